"""What a person takes along of their drills: the whole logs, from which all else follows."""

from trainer.accounts.models import User
from trainer.drills.selectors import rounds_of


def drills(person: User) -> list[dict[str, object]]:
    """Exporter "drills": each round with its log, oldest event first."""
    return [
        {
            "id": round.id,
            "pack": round.pack,
            "drill": round.drill,
            "started_at": round.started_at,
            "finished_at": round.finished_at,
            "summary": round.summary,
            "log": [
                {"seq": each.seq, "at": each.at, "kind": each.kind, "data": each.data}
                for each in round.log.all()
            ],
        }
        for round in rounds_of(person).prefetch_related("log")
    ]
