from celery import shared_task

from trainer.cards.sharing import bringing
from trainer.lib import clock


@shared_task(name="cards.forget_drafts", ignore_result=True)  # type: ignore[untyped-decorator]
def forget_drafts() -> None:
    """Every hour: let go of files that were uploaded and never confirmed. May be run twice."""
    bringing.forget_drafts(clock.now())
