"""The topics of a pack to read, in the order in which an interview comes to them. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from trainer.catalog.schema import Pack
from trainer.learn import further, taught
from trainer.learn.further import Practice
from trainer.learn.taught import Section


@dataclass(frozen=True, slots=True)
class Topic:
    """One page. `about` says in a sentence what is on it. `cards`: the topic of the flashcards.
    `practice` is for the topic as a whole. A pack without any entry has no such page."""

    slug: str
    title: str
    about: str
    cards: str
    sections: Callable[[Pack], tuple[Section, ...]]
    practice: Callable[[Pack], tuple[Practice, ...]] = further.nowhere


ALL: Final = (
    Topic(
        "clarifying-questions",
        "Clarifying questions",
        "What to ask before designing anything, why, and what to leave unasked.",
        "clarify",
        taught.questions,
        further.asking,
    ),
    Topic(
        "architecture",
        "Architecture",
        "The drawing, what each part does, and the flows to lead through it.",
        "architecture",
        taught.architecture,
        further.finding,
    ),
    Topic(
        "deep-dives",
        "Deep dives",
        "The parts an interviewer looks into, what to bring up there, and what is asked next.",
        "deep-dives",
        taught.deep_dives,
    ),
    Topic(
        "trade-offs",
        "Trade-offs",
        "The decisions with both options and the reason, and five steps to argue any decision.",
        "trade-offs",
        taught.trade_offs,
        further.deciding,
    ),
    Topic(
        "traps",
        "Trap questions",
        "The hard questions, the answer that fails, the answer that holds, and the follow-ups.",
        "traps",
        taught.traps,
    ),
    Topic(
        "mistakes",
        "Mistakes",
        "What candidates often get wrong, why it counts against them, and what to say instead.",
        "mistakes",
        taught.mistakes,
    ),
    Topic(
        "pacing",
        "Pacing",
        "How the minutes are shared out, with the aim of each phase.",
        "pacing",
        taught.pacing,
    ),
)


def topics(pack: Pack) -> tuple[Topic, ...]:
    """The topics that the pack has something to read for."""
    return tuple(t for t in ALL if any(section.entries for section in t.sections(pack)))


def topic(pack: Pack, slug: str) -> Topic:
    """The topic `slug`. Raises LookupError, with the slugs that there are."""
    found = {each.slug: each for each in topics(pack)}
    if slug not in found:
        raise LookupError(f"{pack.slug} has no topic “{slug[:40]}”, but {', '.join(found)}.")
    return found[slug]
