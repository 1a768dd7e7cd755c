"""Celery's own scheduler, on a schedule in the data folder."""

from pathlib import Path

from celery.beat import PersistentScheduler

from trainer.runtime.layout import make_data_dir


class Scheduler(PersistentScheduler):  # type: ignore[misc]
    """CELERY_BEAT_SCHEDULER. Makes the folder: on a machine of its own beat is its only user."""

    def setup_schedule(self) -> None:
        make_data_dir(Path(self.schedule_filename).parent)
        super().setup_schedule()
