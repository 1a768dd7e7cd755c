"""Everything that a pack teaches, cut into the passages that the search finds. Pure.

A passage is as long as what stands at its address, so that a result leads to what was found.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from trainer.catalog.schema import Number, Pack
from trainer.catalog.texts import Text, texts
from trainer.learn.taught import Entry, Section
from trainer.learn.topics import topics

Plain = Callable[[str], str]  # prose without its marks, and with the numbers filled in

KINDS: Final = {  # by the kind of a topic's section
    "essential": "Clarifying question",
    "avoid": "Question to leave out",
    "layer": "Component",
    "flow": "Flow",
    "dive": "Deep dive",
    "decision": "Trade-off",
    "step": "Step of an argument",
    "trap": "Trap question",
    "mistake": "Mistake",
}
# Where many match, what is to be understood comes before a figure derived from others and before a
# line of an interview.
WORTH: Final = {"key": 1.2, "Number": 0.8, "Sample interview": 0.7, "Stand-in": 0.8, "Drill": 0.7}
# Fields that are no prose and by which a thing is called all the same; others hold ids.
_NAMES: Final = {"title", "name", "topic", "heading", "wordings", "cues", "aliases"}


class Place(NamedTuple):
    """Where it stands: the URL name and arguments after the pack's, and what follows the path."""

    view: str
    arguments: tuple[str, ...] = ()
    tail: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """`text` is shown, `also` is not: more words by which it is found. `number`: whose it is, if
    it is a number of the ledger. `worth`: a factor of its rank among others that match."""

    kind: str
    title: str
    text: str
    place: Place
    also: str = ""
    number: str = ""
    worth: float = 1.0


def passages(pack: Pack, plain: Plain) -> tuple[Passage, ...]:
    """All of them, in the order in which they are taught. `plain` turns a text of `pack` plain."""
    return tuple(
        Passage(
            each.kind,
            plain(each.title),
            " ".join(plain(each.text).split()),
            each.place,
            each.also,
            each.number,
            each.worth,
        )
        for part in (
            _numbers,
            _contradictions,
            _topics,
            _pacing,
            _quick,
            _sample,
            _labs,
            _drill,
            _rest,
        )
        for each in part(pack)
    )


def _numbers(pack: Pack) -> Iterator[Passage]:
    sources = {source.id: f"{source.title} {source.publisher}" for source in pack.sources}
    for each in pack.numbers:
        text = f"{_with_unit(each)}: {each.status}. {_joined([each.worth, each.story])}"
        also = _joined([each.slug, each.formula, *(sources[cite.source] for cite in each.cites)])
        worth = WORTH["key"] if each.key_group else WORTH["Number"]
        place = Place("learn:number", (each.slug,))
        yield Passage("Number", each.label, text, place, also, each.slug, worth)


def _with_unit(number: Number) -> str:
    """Such as `700 followers` and `1.5 s`: the unit where the text does not show it itself."""
    if number.unit in ("share", "x", "") or number.unit.split("/")[0] in number.text:
        return number.text
    return f"{number.text} {number.unit}"


def _contradictions(pack: Pack) -> Iterator[Passage]:
    for each in pack.contradictions:
        place = Place("learn:contradictions", tail=f"#{each.id}")
        text = _joined([each.told, each.follows, each.ask, each.say])
        yield Passage("Contradiction", each.title, text, place)


def _topics(pack: Pack) -> Iterator[Passage]:
    yield Passage(
        "Architecture",
        "How to draw it",
        pack.architecture.advice,
        Place("learn:topic", ("architecture",)),
    )
    for topic in topics(pack):
        for section in topic.sections(pack):
            if section.lead and section.kind in KINDS:
                place = Place("learn:topic", (topic.slug,), f"#{section.id}")
                yield Passage(KINDS[section.kind], section.title, section.lead, place)
            for entry in section.entries if section.kind in KINDS else ():
                yield _taught(topic.slug, section, entry)


def _taught(topic: str, section: Section, entry: Entry) -> Passage:
    found = tuple(texts(entry.taught, type(entry.taught)))
    # A question to ask is its own title; its topic is one word.
    asks = {each.field: each.value for each in found}
    title = asks["ask"] if section.kind == "essential" else entry.title
    prose = [each.value for each in found if each.is_prose and each.value != title]
    names = [each.value for each in found if not each.is_prose and _field(each) in _NAMES]
    place = Place("learn:topic", (topic,), f"#{entry.id}")
    return Passage(KINDS[section.kind], title, _joined(prose), place, _joined(names))


def _field(text: Text) -> str:
    return text.field.rsplit(".", 1)[-1].split("[", 1)[0]


def _pacing(pack: Pack) -> Iterator[Passage]:
    for each in pack.formats:
        place = Place("learn:topic", ("pacing",), f"#{each.id}")
        yield Passage("Pacing", each.name, each.summary, place)
        for phase in each.phases:
            place = Place("learn:topic", ("pacing",), f"#{each.id}-{phase.id}")
            text = f"{phase.minutes:g} minutes. {_joined([phase.focus, *phase.tips])}"
            yield Passage("Pacing", f"{each.name}: {phase.name}", text, place)


def _quick(pack: Pack) -> Iterator[Passage]:
    for section in pack.quick_reference.sections:
        for item in section.items:
            place = Place("learn:quick", tail=f"#{item.id}")
            yield Passage("Quick reference", section.title, item.text, place)


def _sample(pack: Pack) -> Iterator[Passage]:
    played = pack.format(pack.walkthrough.format)
    names = {phase.id: phase.name for phase in played.phases} if played else {}
    for spoken in pack.walkthrough.phases:
        for count, line in enumerate(spoken.lines, start=1):
            place = Place("learn:sample", tail=f"?phase={spoken.phase}&line={count}")
            title = f"{names.get(spoken.phase, spoken.phase)}, {line.who}"
            yield Passage(
                "Sample interview", title, line.text, place, worth=WORTH["Sample interview"]
            )


def _labs(pack: Pack) -> Iterator[Passage]:
    for lab in pack.labs:
        also = _joined([lab.claim.says, lab.breaks.text, *(each.label for each in lab.figures)])
        place = Place("lab:lab", (lab.slug,))
        # What is measured, and what to expect of it, is seen after a prediction only.
        yield Passage("Lab", lab.title, f"{lab.intro} {lab.asked}", place, also)
    for each in pack.stand_ins:
        place = Place("lab:stand_ins", tail=f"#{each.id}")
        text = _joined([each.does, f"Here: {each.here}.", each.difference])
        yield Passage("Stand-in", each.real, text, place, worth=WORTH["Stand-in"])


def _drill(pack: Pack) -> Iterator[Passage]:
    for each in pack.spot:
        place = Place("drills:start", ("spot",), f"?item={each.id}")
        text = f"{each.topic}. Spot the bad answer of two."
        # Which answer is the bad one, and why, is to be found out in the drill.
        yield Passage("Drill", each.ask, text, place, each.why, worth=WORTH["Drill"])


def _rest(pack: Pack) -> Iterator[Passage]:
    """The sets of weights, which the lab on weights shows."""
    shown = next((lab.slug for lab in pack.labs if lab.runs == "weights"), None)
    for each in pack.weights if shown else ():
        also = _joined([*each.weights, *(other.label for other in each.others)])
        catches = (weight.catch for weight in each.weights.values())
        text = _joined([each.what, *catches])
        yield Passage("Weights", each.name, text, Place("lab:lab", (shown or "",)), also)


def _joined(parts: Iterable[str | None]) -> str:
    return " ".join(part for part in parts if part)
