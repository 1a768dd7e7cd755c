"""Reads an architecture written as text: one connection, chain or box a line. Pure.

    Client -> API Gateway -> Home Mixer, Tweetypie
    Tweetypie -> Kafka: events
    Redis: timelines

A colon after an arrow's end labels the arrow; elsewhere it gives the box a note. What cannot be
read comes back as a remark; nothing raises.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

MOST_BOXES = 60
MOST_ARROWS = 200
MOST_REMARKS = 20
LONGEST = 60  # characters of a name, a note or a label

EXAMPLE = "Client -> API Gateway"

_LINE = re.compile(r"\r\n|\r|\n")
_BULLET = re.compile(r"^(?:[-*+•]|\d{1,3}[.)])\s+")
# Editors turn "--" into a dash, so that an arrow may also be drawn with one.
_ARROW = re.compile(r"\s*(<?[-\u2013\u2014=]+>|<[-\u2013\u2014]+|<==+|[→⇒⟶←⇐⟵↔⇔⟷])\s*")
_BACK = re.compile(r"^[<←⇐⟵↔⇔⟷]")
_FORTH = re.compile(r"[>→⇒⟶↔⇔⟷]$")
_COLON = re.compile(r":(?!//|\d)")  # not that of an address or a port


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the architecture, spelled as it was first."""

    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Arrow:
    """From box to box, by name. `A <-> B` is two arrows."""

    source: str
    target: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """What could not be read or drawn: the line, counted from 1, and a sentence."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Outline:
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    remarks: tuple[Remark, ...]


def parse(text: str) -> Outline:
    """The outline in `text`. Never raises; at most 60 boxes, 200 arrows and 20 remarks."""
    reader = _Reader()
    for number, line in enumerate(_LINE.split(text), start=1):
        reader.read(number, line)
    return reader.outline()


def key(name: str) -> str:
    """What makes two spellings the same name."""
    return _folded(name).casefold()


def _folded(text: str) -> str:
    return " ".join(text.split())


def _name(text: str) -> str:
    """A name without the [brackets] or "quotes" around it; empty when it names nothing."""
    name = _folded(text)
    if len(name) > 2 and (name[0], name[-1]) in {("[", "]"), ('"', '"'), ("`", "`")}:
        name = _folded(name[1:-1])
    return name if any(letter.isalnum() for letter in name) else ""


def _segment(text: str) -> tuple[list[str], str]:
    """The names between two arrows, each once, and what stands after their colon."""
    before, *after = _COLON.split(text, maxsplit=1)
    names = {key(name): name for name in map(_name, reversed(before.split(","))) if name}
    return list(reversed(names.values())), _folded(after[0]) if after else ""


@dataclass
class _Reader:
    """Gathers boxes, arrows and remarks line by line."""

    boxes: dict[str, Box] = field(default_factory=dict)  # by key
    arrows: dict[tuple[str, str], Arrow] = field(default_factory=dict)  # by the ends' keys
    remarks: list[Remark] = field(default_factory=list)
    full: set[str] = field(default_factory=set)  # the limits that were already remarked on

    def read(self, number: int, line: str) -> None:
        content = _BULLET.sub("", line.strip())
        if not content or content.startswith("#"):
            return
        parts = _ARROW.split(content)
        segments = [_segment(part) for part in parts[::2]]
        if not all(names for names, _ in segments):
            self._remark(number, self._nameless(content, len(segments)))
        ends = [
            [key for name in names if (key := self._box(number, name))] for names, _ in segments
        ]
        self._note(number, ends[0], segments[0][1])
        for i, arrow in enumerate(parts[1::2]):
            label = segments[i + 1][1]
            if _FORTH.search(arrow):
                self._connect(number, ends[i], ends[i + 1], label)
            if _BACK.search(arrow):
                self._connect(number, ends[i + 1], ends[i], label)

    def outline(self) -> Outline:
        remarks = self.remarks[:MOST_REMARKS]
        if more := len(self.remarks) - len(remarks):
            remarks[-1] = Remark(
                remarks[-1].line, f"From here on {more + 1} lines or parts could not be read."
            )
        return Outline(tuple(self.boxes.values()), tuple(self.arrows.values()), tuple(remarks))

    def _nameless(self, content: str, segments: int) -> str:
        if segments > 1:
            return f"An arrow needs a name on both sides, as in {EXAMPLE}."
        return f"No name was found in “{_short(content)}”. Write for example {EXAMPLE}."

    def _remark(self, number: int, text: str) -> None:
        self.remarks.append(Remark(number, text))

    def _once(self, number: int, limit: str, text: str) -> None:
        if limit not in self.full:
            self.full.add(limit)
            self._remark(number, text)

    def _fits(self, number: int, what: str, text: str) -> bool:
        if len(text) <= LONGEST:
            return True
        self._remark(
            number, f"{what} “{_short(text)}” is longer than {LONGEST} characters. Shorten it."
        )
        return False

    def _box(self, number: int, name: str) -> str:
        """The key of the box `name`, made when it is new; empty when it cannot be drawn."""
        id_ = key(name)
        if id_ in self.boxes:
            return id_
        if not self._fits(number, "The name", name):
            return ""
        if len(self.boxes) == MOST_BOXES:
            self._once(number, "boxes", f"Only the first {MOST_BOXES} boxes are drawn.")
            return ""
        self.boxes[id_] = Box(name)
        return id_

    def _note(self, number: int, ids: Sequence[str], note: str) -> None:
        for id_ in ids:
            box = self.boxes[id_]
            self.boxes[id_] = Box(box.name, self._joined(number, "The note", box.note, note))

    def _connect(
        self, number: int, sources: Sequence[str], targets: Sequence[str], label: str
    ) -> None:
        for source in sources:
            for target in targets:
                self._arrow(number, source, target, label)

    def _arrow(self, number: int, source: str, target: str, label: str) -> None:
        name = self.boxes[source].name
        if source == target:
            self._remark(number, f"The arrow from {name} to itself is not drawn.")
            return
        if (source, target) not in self.arrows and len(self.arrows) == MOST_ARROWS:
            self._once(number, "arrows", f"Only the first {MOST_ARROWS} arrows are drawn.")
            return
        before = self.arrows.get((source, target), Arrow(name, self.boxes[target].name))
        joined = self._joined(number, "The label", before.label, label)
        self.arrows[source, target] = Arrow(before.source, before.target, joined)

    def _joined(self, number: int, what: str, before: str, text: str) -> str:
        """Both texts, unless they say the same or would be too long together."""
        if not text or text in before.split("; "):
            return before
        joined = f"{before}; {text}" if before else text
        return joined if self._fits(number, what, joined) else before


def _short(text: str) -> str:
    return text if len(text) <= 32 else f"{text[:30].rstrip()}…"
