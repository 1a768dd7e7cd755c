"""Where to go on from something taught: the drill that asks it, the labs that bear it out. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from trainer.catalog.lab_schema import Lab
from trainer.catalog.schema import Pack


@dataclass(frozen=True, slots=True)
class Practice:
    """A drill, by its slug, and the item to begin with ("": any). `says`: what the link says."""

    drill: str
    says: str
    item: str = ""


@dataclass(frozen=True, slots=True)
class Further:
    """The ways on from one thing taught; both may be empty."""

    practice: tuple[Practice, ...] = ()
    labs: tuple[Lab, ...] = ()


NONE: Final = Further()


def labs_proving(pack: Pack, id: str) -> tuple[Lab, ...]:
    """The labs that bear out the trap, deep dive, decision or mistake `id`, as their index goes."""
    order = [slug for group in pack.lab_groups for slug in group.labs]
    proving = [lab for lab in pack.labs if id in lab.proves]
    return tuple(sorted(proving, key=lambda lab: order.index(lab.slug)))


def of_trap(pack: Pack, id: str, points: Collection[str]) -> Further:
    answer = Practice("traps", "Answer it in three minutes", id)
    return Further((answer, *_spotted(pack, points)), labs_proving(pack, id))


def of_dive(pack: Pack, id: str, points: Collection[str]) -> Further:
    """A dive has no drill of its own; the trap questions about its points ask for the same."""
    traps = [trap for trap in pack.traps if any(point.id in points for point in trap.points)]
    asked = [Practice("traps", f"Answer “{trap.title}”", trap.id) for trap in traps]
    return Further((*asked, *_spotted(pack, points)), labs_proving(pack, id))


def of_decision(pack: Pack, id: str) -> Further:
    decision = next(each for each in pack.trade_offs.decisions if each.id == id)
    argue = Practice("trade-offs", "Argue it in five steps", id)
    argued = (argue,) if decision.ask and pack.step_points else ()
    return Further((*argued, *_spotted(pack, {decision.point.id})), labs_proving(pack, id))


def of_mistake(pack: Pack, id: str, points: Collection[str]) -> Further:
    """With the first flawed design that makes the mistake."""
    made = next((d for d in pack.flawed if any(s.mistake == id for s in d.sentences)), None)
    found = (Practice("mistakes", "Find it in a design", made.id),) if made else ()
    return Further((*found, *_spotted(pack, points)), labs_proving(pack, id))


def of_component(pack: Pack, id: str) -> Further:
    """With the labs in which what plays its part can be watched; they have it under the same id."""
    watched = [slug for each in pack.stand_ins if each.id == id for slug in each.labs]
    return Further(labs=tuple(lab for lab in pack.labs if lab.slug in watched))


def asking(pack: Pack) -> tuple[Practice, ...]:
    """The drill of clarifying questions, which is one round about all of them."""
    asked = Practice("clarify", "Ask them in five minutes")
    return (asked,) if pack.clarify.essential else ()


def deciding(pack: Pack) -> tuple[Practice, ...]:
    """The drill of all decisions one after the other, for which there must be enough of them."""
    asked = [each for each in pack.trade_offs.decisions if each.ask and each.takes]
    return (Practice("quick-fire", "Decide them in quick fire"),) if len(asked) > 2 else ()


def finding(pack: Pack) -> tuple[Practice, ...]:
    """The drill of flawed designs."""
    return (Practice("mistakes", "Find mistakes in a design"),) if pack.flawed else ()


def nowhere(_: Pack) -> tuple[Practice, ...]:
    return ()


def _spotted(pack: Pack, points: Collection[str]) -> tuple[Practice, ...]:
    pair = next((pair for pair in pack.spot if set(pair.points) & set(points)), None)
    return (Practice("spot", "Tell the weak answer", pair.id),) if pair else ()
