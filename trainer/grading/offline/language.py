"""Whether a text can be graded offline: not empty, and in English. Pure."""

import re
from typing import Final

from trainer.grading.offline.word_lists import word_set

EMPTY: Final = "Not gradable offline: the answer is empty."
FOREIGN: Final = "Not gradable offline: the answer is not in English, as far as can be told."

_WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
# Small words that only one side has: "a", "me", "on" or "so" prove nothing.
_ENGLISH: Final = word_set(
    "the and of to is that it for with you we are this they have not but what all when "
    "there can your which their would if then because than how from has been was were by "
    "be or at as its our them only so also i into over per out"
)
_FOREIGN: Final = (
    frozenset(
        # French, German, Spanish, Portuguese, Italian, Dutch, Polish, Turkish, Romanian
        word_set(
            "le la les des une un du est et dans pour pas que qui sur avec ne plus sont nous vous "
            "il elle ce cette aux par mais ou leur si se der die das und ist nicht ein eine einen "
            "zu den dem mit auf fur von sich auch wird wir ich sie es aber wenn werden oder bei "
            "nach nur wie noch el los las una en por con para como pero su sus lo al mas muy esta "
            "son hay cuando usuarios o os um uma nao do da dos das em no na e com mas sao ao pelo "
            "muito quando il gli di che non per sono della nel alla anche piu questo come ma si "
            "het een van niet dat zijn voor met maar ook naar aan te wordt nie na to sie jest ze "
            "do przez dla jak tak ve bir bu icin ile da de mi cok gibi olarak si de la cu nu pe "
            "care mai este sunt"
        )
    )
    - _ENGLISH
    - word_set("no do die on as so an or at in me his me es e o den per come he")
)
_FOREIGN_LEAST: Final = 3
_FOREIGN_SHARE: Final = 0.12
_SHORT, _FOREIGN_SHARE_OF_SHORT = 10, 0.5  # words
_OTHER_SCRIPT: Final = 0.4


def why_not(text: str) -> str:
    """Why the text cannot be graded, for people; "" where it can."""
    letters = [char for char in text if char.isalpha()]
    if not letters:
        return EMPTY
    other = sum(not _latin(char) for char in letters)
    if other / len(letters) > _OTHER_SCRIPT:
        return FOREIGN
    words = [_folded(word) for word in _WORD.findall(text.lower())]
    english = sum(word in _ENGLISH for word in words)
    foreign = sum(word in _FOREIGN for word in words)
    share = _FOREIGN_SHARE if len(words) >= _SHORT else _FOREIGN_SHARE_OF_SHORT
    much = foreign >= _FOREIGN_LEAST and foreign / len(words) > share
    return FOREIGN if much and foreign > 1.5 * english else ""


def _latin(char: str) -> bool:
    return ord(char) < 0x250 or 0x1E00 <= ord(char) < 0x1F00


_FOLDS: Final = str.maketrans(
    "àâäáãåçéèêëíìîïñóòôöõúùûüýÿßșşțţăğıł", "aaaaaaceeeeiiiinooooouuuuyysssttagil"
)


def _folded(word: str) -> str:
    return word.translate(_FOLDS)
