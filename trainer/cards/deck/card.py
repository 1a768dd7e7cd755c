"""What a card is. Pure."""

from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["basic", "cloze", "numeric", "ordering", "picture"]
Topic = Literal[
    "numbers",
    "catches",
    "clarify",
    "architecture",
    "deep-dives",
    "trade-offs",
    "traps",
    "mistakes",
    "pacing",
    "quick-reference",
    "own",
]
# In the order in which a newcomer should meet them.
TOPICS: Final[dict[Topic, str]] = {
    "numbers": "Numbers",
    "catches": "Contested numbers",
    "quick-reference": "Quick reference",
    "architecture": "Architecture",
    "clarify": "Clarifying questions",
    "traps": "Trap questions",
    "trade-offs": "Trade-offs",
    "deep-dives": "Deep dives",
    "mistakes": "Mistakes",
    "pacing": "Pacing",
    "own": "Your own",
}


@dataclass(frozen=True, slots=True)
class Numeric:
    """A typed answer: right within the share `within` (0 to 1) of `value`, in the ledger's unit."""

    value: float
    unit: str
    within: float


@dataclass(frozen=True, slots=True)
class Card:
    """`id` is stable: made of content ids, never of a place or a text. `front` and `back` are prose
    (Markdown with `{{n:slug}}`); a cloze's front has `[…]` where a word is missing. `title`: plain
    words for lists. `status`: of the number that the card is about ("": none).

    `numeric` is there for kind numeric; `order` (prose, two parts or more, as they belong) for
    ordering; `hole`, a component's id, for picture. `about`: the path of the page that explains it.
    """

    id: str
    kind: Kind
    topic: Topic
    title: str
    front: str
    back: str
    tags: tuple[str, ...] = ()
    status: str = ""
    numeric: Numeric | None = None
    order: tuple[str, ...] = ()
    hole: str = ""
    about: str = ""
