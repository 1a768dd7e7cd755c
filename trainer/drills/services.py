"""The verbs: start a round, act in one. The only code that writes a log."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from trainer.accounts.models import User
from trainer.catalog.packs import get_pack
from trainer.catalog.schema import Pack
from trainer.drills import after, kinds
from trainer.drills.drill import Drill, Sitting
from trainer.drills.log import FINISHED, KEPT, Body, Log
from trainer.drills.models import Round, RoundEvent
from trainer.drills.selectors import log_of, rounds_of
from trainer.drills.typed import Refused, Typed, check
from trainer.lib.ids import new_id

ROUNDS_A_DAY = 300  # that one person may start
LOG_LIMIT = 3_000  # events of one round: a draft saved each second for most of an hour
LOG_TEXT_LIMIT = 5_000_000  # characters in all of them: each command reads them
KEEP = "keep"  # the command of every drill: a draft is saved


@transaction.atomic
def start(owner: User, pack: Pack, drill: Drill, now: datetime, wanted: str = "") -> Round:
    """A new round. Raises Refused for too many in one day."""
    if rounds_of(owner).filter(started_at__gt=now - timedelta(days=1)).count() >= ROUNDS_A_DAY:
        raise Refused(f"You have started {ROUNDS_A_DAY} rounds within a day. Go on tomorrow.")
    id_ = new_id()
    seed = int(id_, 36) % 2**31
    round = Round.objects.create(
        id=id_, owner=owner, pack=pack.slug, drill=drill.slug, seed=seed, started_at=now
    )
    _store(round, Log(()).then(now, [drill.begin(pack, seed, wanted)]), known=0)
    return round


@transaction.atomic
def act(round_id: str, command: str, typed: Typed, *, now: datetime, key: str | None = None) -> Log:
    """Runs `command` under the round's lock, stores what comes of it, and gives the log after it.

    The same `key` twice stores once. The log's time never runs backward. Raises Refused, KeyError
    for a command that the drill does not have, UnknownPack, or Round.DoesNotExist.
    """
    round = _locked(round_id)
    drill, log = kinds.BY_SLUG[round.drill], log_of(round)
    decide = _keep if command == KEEP else drill.commands[command]
    if key and round.log.filter(key=key).exists():
        return log
    check(typed)
    sitting = Sitting(round, get_pack(round.pack), log, max(now, log.last_at), typed)
    bodies = decide(sitting)
    if not bodies:
        return log
    _must_have_room(log, bodies)
    log = log.then(sitting.now, bodies)
    _store(round, log, known=sitting.log.seq, key=key)
    _tell(drill, Sitting(round, sitting.pack, log, sitting.now, typed), bodies)
    return log


def _locked(round_id: str) -> Round:
    """The owner's row first, as whoever deletes a person or takes a guest's rows along locks it
    before the rows that point at it: the other way round, each would wait for the other."""
    owner_id = Round.objects.values_list("owner_id", flat=True).get(pk=round_id)
    User.objects.select_for_update(no_key=True).filter(pk=owner_id).first()
    return Round.objects.select_for_update().get(pk=round_id)


def _keep(sitting: Sitting) -> Sequence[Body]:
    box, text = sitting.typed.one("box")[:60], sitting.typed.one("text")
    if sitting.log.drafts.get(box, "") == text:
        return ()
    return (Body(KEPT, {"box": box, "text": text}),)


def _must_have_room(log: Log, bodies: Sequence[Body]) -> None:
    ending = any(body.kind == FINISHED for body in bodies)
    if not ending and (log.seq >= LOG_LIMIT or log.written >= LOG_TEXT_LIMIT):
        raise Refused(
            "This round holds as much as can be stored, so nothing more is saved. "
            "Copy what you still need from this page, and start another round."
        )


def _store(round: Round, log: Log, *, known: int, key: str | None = None) -> None:
    """The events after the `known` first ones; the key stands on the first of them."""
    RoundEvent.objects.bulk_create(
        RoundEvent(
            round=round,
            seq=event.seq,
            at=event.at,
            kind=event.kind,
            data=dict(event.data),
            key=key if event.seq == known + 1 else None,
        )
        for event in log.events[known:]
    )


def _tell(drill: Drill, sitting: Sitting, bodies: Sequence[Body]) -> None:
    round = sitting.round
    for result in drill.then(sitting, bodies):
        after.told(round, result, sitting.now)
    if any(body.kind != KEPT for body in bodies):
        round.summary = drill.summary(sitting)
        round.finished_at = sitting.log.finished_at
        round.save(update_fields=["summary", "finished_at"])
