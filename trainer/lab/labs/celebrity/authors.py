"""Who posts: accounts by how many follow them, so that every world has them."""

from dataclasses import dataclass

from trainer.lab.stage import LabError
from trainer.twitter import api

AVERAGE = 700  # followers: the guide's average account


@dataclass(frozen=True, slots=True)
class Author:
    """`role` says what the account stands for."""

    role: str
    id: int
    handle: str
    followers: int

    @property
    def text(self) -> str:
        """Of its tweet, the same in every world."""
        return f"One tweet of the account {self.role}"


def authors_of(base: api.World) -> list[Author]:
    """The one nearest the average, the one just below the world's threshold, the one at it (or
    next above), and the largest. Raises LabError where the world has no such accounts."""
    line, find = base.threshold, api.audiences
    found = {
        "near the average": nearest(base, min(AVERAGE, line - 1)),
        "just below the line": find.largest(base, most=line - 1),
        "at the line": find.smallest(base, least=line),
        "the largest": find.largest(base),
    }
    if not all(found.values()):
        raise LabError(
            f"No account of this world has {line:,} followers or more: choose another world."
        )
    return [
        Author(role, people[0].id, people[0].handle, people[0].followers)
        for role, people in found.items()
    ]


def nearest(base: api.World, followers: int) -> list[api.Person]:
    """The account whose number of followers is nearest, or nobody in an empty world."""
    around = [
        *api.audiences.largest(base, most=followers),
        *api.audiences.smallest(base, least=followers),
    ]
    return sorted(around, key=lambda person: abs(person.followers - followers))[:1]
