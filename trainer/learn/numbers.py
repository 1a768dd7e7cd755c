"""The ledger as a page shows it: which numbers are wanted, and each with its sum. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, get_args

from trainer.catalog.schema import Citation, Number, Pack, Source, Status
from trainer.catalog.sums import USE, Sum, sum_of
from trainer.grading.amounts import is_close
from trainer.grading.offline.number_words import SCALES, WORDS
from trainer.grading.offline.numbers import UNITS
from trainer.learn.signed import is_negative, signed_amount
from trainer.learn.units import counted_in

STATUSES: Final[tuple[Status, ...]] = get_args(Status)
OTHERS: Final = "Other numbers"  # the heading of those that name none
LONGEST_SEARCH: Final = 80  # characters that are read
SAME_WITHIN: Final = 0.005  # 5.8K finds 5,787
_COUNTING: Final = UNITS.keys() | SCALES.keys() | WORDS.keys()
_WORD: Final = re.compile(r"[^\W_]+(?:[.,%-][^\W_]+)*%?")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which numbers to show: "" and False let all through. `unknown`: what was asked for and is no
    status or subject of this pack."""

    status: str = ""
    subject: str = ""
    key: bool = False
    q: str = ""
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """A number of a pack as it is shown."""

    pack: Pack
    number: Number

    @property
    def use(self) -> str:
        """How to use it: "say it"."""
        return USE[self.number.status]

    @cached_property
    def sum(self) -> Sum | None:
        return sum_of(self.number, self.pack.ledger)

    @property
    def cites(self) -> list[tuple[Citation, Source]]:
        """What sources say of it, in order."""
        sources = {source.id: source for source in self.pack.sources}
        return [(cited, sources[cited.source]) for cited in self.number.cites]

    @property
    def counted_in(self) -> str:
        """The unit, where the number's own text does not name it."""
        return counted_in(self.number)


def wanted(pack: Pack, asked: Mapping[str, str]) -> Wanted:
    """What an address asks for; a status or subject that there is not is left out, and named."""
    status, subject = asked.get("status", "").strip(), asked.get("subject", "").strip()
    known_status, known_subject = status in STATUSES, subject in subjects(pack)
    unknown = [(status, known_status), (subject, known_subject)]
    return Wanted(
        status if known_status else "",
        subject if known_subject else "",
        asked.get("key", "") not in {"", "0"},
        " ".join(asked.get("q", "").split())[:LONGEST_SEARCH],
        tuple(each[:LONGEST_SEARCH] for each, known in unknown if each and not known),
    )


def subject_of(number: Number) -> str:
    """The heading under which a number stands."""
    return number.subject or number.key_group or OTHERS


def subjects(pack: Pack) -> tuple[str, ...]:
    """The headings, in the order of the ledger."""
    return tuple(dict.fromkeys(subject_of(number) for number in pack.numbers))


def by_status(pack: Pack) -> dict[Status, int]:
    """How many numbers there are of each status."""
    return {status: sum(number.status == status for number in pack.numbers) for status in STATUSES}


def chosen(pack: Pack, want: Wanted) -> tuple[Number, ...]:
    """The wanted numbers, in the order of the ledger."""
    kept = [
        number
        for number in pack.numbers
        if want.status in {"", number.status}
        and want.subject in {"", subject_of(number)}
        and (number.key_group or not want.key)
    ]
    return tuple(_searched(kept, want.q) if want.q else kept)


def grouped(pack: Pack, numbers: tuple[Number, ...]) -> list[tuple[str, list[Row]]]:
    """The numbers under their headings; headings without any are left out."""
    rows: dict[str, list[Row]] = {subject: [] for subject in subjects(pack)}
    for number in numbers:
        rows[subject_of(number)].append(Row(pack, number))
    return [(subject, found) for subject, found in rows.items() if found]


def lacks_value(numbers: Iterable[Number], q: str) -> bool:
    """Whether `q` is an amount, and the value of none of `numbers`."""
    words = _words(q)
    is_amount = any(word[0].isdigit() for word in words) and all(map(_is_counting, words))
    return is_amount and not any(_has_value(number, q) for number in numbers)


def _searched(numbers: list[Number], q: str) -> list[Number]:
    """Those of the typed value ("250M" is 250,000,000); where there is none, those that have every
    word that was typed."""
    valued = [number for number in numbers if _has_value(number, q)]
    if valued:
        return valued
    words = [_beginning(word) for word in _words(q)]
    if not words or is_negative(q):
        return []
    return [number for number in numbers if all(word.search(_text(number)) for word in words)]


def _words(q: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(q)]


def _beginning(word: str) -> re.Pattern[str]:
    """Where a word begins with `word`; a figure is whole: `20` is no beginning of `2022`."""
    whole = r"(?![^\W_]|[.,%]\d|%)" if word[0].isdigit() else ""
    return re.compile(rf"(?<![^\W_])(?<!\d[.,]){re.escape(word)}{whole}")


def _has_value(number: Number, q: str) -> bool:
    if q.casefold() == number.text.casefold():
        return True
    value = signed_amount(q, number.unit)
    if value is None or not _is_amount_of(number, q):
        return False
    return is_close(value, number.value, SAME_WITHIN)


def _is_amount_of(number: Number, q: str) -> bool:
    """Whether no word is typed but figures, units, and what the number counts: "250M users"."""
    return all(_is_counting(word) or word in _text(number) for word in _words(q))


def _is_counting(word: str) -> bool:
    return word[0].isdigit() or word in _COUNTING


def _text(number: Number) -> str:
    parts = (number.label, number.text, number.key_text, number.slug, number.unit, number.worth)
    return " ".join(part for part in (*parts, number.story) if part).casefold()
