"""Where two versions of a scorecard differ, in words. Pure."""

from dataclasses import dataclass

from trainer.catalog.schema import Pack
from trainer.host.card import NONE, Card, Mark

NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Difference:
    """A field with its two versions: `here` on the page, `there` in the other one."""

    name: str
    here: str
    there: str


def differences(here: Card, there: Card, pack: Pack) -> tuple[Difference, ...]:
    """Field by field, in the order of the card."""
    pairs: list[tuple[str, str, str]] = []
    for signal in pack.signals.signals:
        one, two = here.mark(signal.id), there.mark(signal.id)
        pairs += [
            (signal.name, _given(one.given), _given(two.given)),
            (f"{signal.name}, comment", one.comment, two.comment),
            (f"{signal.name}, evidence", _words(one), _words(two)),
        ]
    pairs += [
        ("Verdict", _verdict(here, pack), _verdict(there, pack)),
        ("Comment on the whole", here.comment, there.comment),
    ]
    ids = dict.fromkeys(said.point for said in (*here.points, *there.points))
    pairs += [(f"Point {id_}", _point(here, id_), _point(there, id_)) for id_ in ids]
    return tuple(
        Difference(name, one or NOTHING, two or NOTHING) for name, one, two in pairs if one != two
    )


def _given(given: str) -> str:
    return "not enough evidence" if given == NONE else given


def _words(mark: Mark) -> str:
    return "; ".join(f"“{span.text}”" for span in mark.evidence)


def _verdict(card: Card, pack: Pack) -> str:
    names = {each.id: each.name for each in pack.signals.verdicts}
    return _given(names.get(card.verdict, card.verdict))


def _point(card: Card, id_: str) -> str:
    said = card.point(id_)
    if said is None:
        return ""
    chosen = {True: "covered", False: "not covered", None: ""}[said.covered]
    return ": ".join(part for part in (chosen, said.reason) if part)
