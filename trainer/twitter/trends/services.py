"""A person decides what the gates could not."""

from datetime import datetime

from django.db import transaction

from trainer.twitter.errors import UnknownTrend
from trainer.twitter.storable import is_storable
from trainer.twitter.trends.gates import Verdict
from trainer.twitter.trends.models import TrendReview
from trainer.twitter.trends.ranking import Trend
from trainer.twitter.trends.selectors import GLOBAL_REGION, trends
from trainer.twitter.world.overlays import hold, writable
from trainer.twitter.world.value import World

REASON_LENGTH = 200  # the column's


def review_queue(
    world: World, *, region: int | None = None, now: datetime
) -> tuple[TrendReview, ...]:
    """Put on the queue what is flagged and would be in the top 10 at `now` (real time); all that
    waits there for this list, oldest first. Raises BaseIsImmutable, UnknownWorld."""
    writable(world)
    at = world.now(now)
    flagged = [
        TrendReview(
            world_id=world.id,
            term=trend.term,
            region=_code(region),
            state=TrendReview.State.PENDING,
            reason=_reason(trend),
            flagged_at=at,
        )
        for trend in trends(world, region=region, at=at).waiting
    ]
    with transaction.atomic():
        hold(world)
        TrendReview.objects.bulk_create(flagged, ignore_conflicts=True)
    pending = TrendReview.objects.filter(
        world_id=world.id, region=_code(region), state=TrendReview.State.PENDING
    )
    return tuple(pending.order_by("flagged_at", "term"))


def approve(world: World, term: str, region: int | None = None, *, now: datetime) -> None:
    """Let a flagged term trend. No refusal is lifted by it. Raises UnknownTrend."""
    _decide(world, term, region, TrendReview.State.APPROVED, now)


def reject(world: World, term: str, region: int | None = None, *, now: datetime) -> None:
    """Keep a term from trending in this list. Raises UnknownTrend."""
    _decide(world, term, region, TrendReview.State.REJECTED, now)


def _decide(
    world: World, term: str, region: int | None, state: TrendReview.State, now: datetime
) -> None:
    """The last decision holds."""
    writable(world)
    if not is_storable(term):
        raise UnknownTrend(term)
    rows = TrendReview.objects.filter(world_id=world.id, term=term, region=_code(region))
    if not rows.update(state=state, decided_at=world.now(now)):
        raise UnknownTrend(term)


def _code(region: int | None) -> int:
    return GLOBAL_REGION if region is None else region


def _reason(trend: Trend) -> str:
    """The flags with their figures."""
    flags = (f.reason for f in trend.findings if f.verdict is Verdict.FLAGGED)
    return "; ".join(flags)[:REASON_LENGTH]
