"""The words of free text: which of them count, and their stems."""

import re

_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_SUFFIXES = ("ations", "ation", "ings", "ing", "ers", "ies", "ed", "es", "er", "ly", "s", "y")
_STOP = frozenset(
    re.findall(
        r"\S+",
        "a an and the to of in on at by for with from as it its this that these those i i'd we "
        "you your my our me us be is are am was were do does did so just also or if about into "
        "there please would could should shall can will may might must has have need want think "
        "any",
    )
)
_FILLERS = frozenset(
    re.findall(
        r"\S+",
        "um uh hm hmm hey hi hello sorry thanks actually basically really maybe perhaps guess "
        "suppose know say tell lets let's here",
    )
)
# What chats and forms of a verb make of a word that the bank has otherwise.
_ALIASES = {"ppl": "people", "db": "database", "dbs": "databases", "realtime": "real time"}
_ALIASES |= {"mins": "minutes", "min": "minutes", "secs": "seconds", "sec": "seconds"}
_ALIASES |= dict.fromkeys(("okay", "alright", "fine", "acceptable"), "ok")
_ALIASES |= dict.fromkeys(("writes", "writing", "wrote", "written"), "write")
_ALIASES |= {"whats": "what", "hows": "how", "teh": "the"}
_FIGURE = re.compile(r"\d+(k|m|bn?|ms|s)?")
_UNITS = {"k": "thousand", "m": "million", "b": "billion", "bn": "billion"}
_SOME_FIGURE = "0"  # 200M users or 300M: the question is the same


def stems(text: str) -> list[str]:
    """The words of `text` without stop words, cut to a crude stem."""
    words = _WORD.findall(text.lower())
    return [stem(word) for word in words if word not in _STOP]


def telling_words(text: str) -> list[str]:
    """The words of `text` in the form in which they are compared, before they are cut to stems:
    without stop words and fillers, every figure the same."""
    typed = _WORD.findall(text.lower().replace("\u2019", "'"))
    words = (word for each in typed for word in _spelt_out(each))
    return [word for word in words if word not in _STOP and word not in _FILLERS]


def stem(word: str) -> str:
    """A crude stem: the word without its ending."""
    bare = word.split("'")[0]
    cut = (bare.removesuffix(suffix) for suffix in _SUFFIXES if bare.endswith(suffix))
    return next((short for short in cut if len(short) >= 4), bare.removesuffix("s"))


def _spelt_out(word: str) -> list[str]:
    figure = _FIGURE.fullmatch(word)
    if not figure:
        return _ALIASES.get(word, word).split()
    unit = figure[1]
    return [_SOME_FIGURE, _UNITS.get(unit, unit)] if unit else [_SOME_FIGURE]
