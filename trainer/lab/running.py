"""Doing a run: in a worker, with its progress told, its lease renewed and its end written down."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from django.conf import settings
from django.db import Error as DbError
from django.db import InterfaceError, OperationalError, connection
from redis.exceptions import RedisError

from trainer.catalog.lab_schema import Lab
from trainer.catalog.packs import get_pack
from trainer.lab import labs, notices, overlays, queue
from trainer.lab.given import Given
from trainer.lab.models import Attempt, Run
from trainer.lab.stage import LabCode, LabError, Stage
from trainer.lab.telling import RowSink, checked, end
from trainer.lib import clock
from trainer.resilience.redis_clients import rebuildable
from trainer.twitter import api

BACK_S, EVERY_S = 12.0, 0.1
OURS = "The lab failed, and not by your doing; it is logged. Run it again."

log = logging.getLogger(__name__)


def work(name: str) -> bool:
    """Do the next run of the queue `name`, if one may start; whether one was done."""
    run = queue.take(name, clock.now())
    if run is None:
        return False
    notices.notify(run.id)
    with _leased(run):
        _do(run)
    return True


def _do(run: Run) -> None:
    """Run it to an end of one kind or another."""
    try:
        lab = lab_of(run.attempt)
        _clear(run.attempt)
        stage = _stage(run, labs.BY_NAME[lab.runs])
        labs.BY_NAME[lab.runs].run(stage)
        result = checked(stage.result.as_json())
        if end(run, Run.State.DONE, said="", share=1.0, result=result, ended_at=clock.now()):
            _keep_measured(run.attempt, result["figures"][lab.prediction.figure])
    except (LabError, api.errors.TwitterError) as error:
        _failed(run, str(error))
    except (OperationalError, InterfaceError) as error:
        # Postgres is away, and could not be told of an end either: when its lease is over, the run
        # begins again.
        log.warning("lab run %s was cut off: %s", run.id, type(error).__name__)
    except Exception:  # the outermost loop of a run: the worker goes on
        if not _is_stopped(run):
            log.exception("lab run %s (%s) failed", run.id, run.attempt.lab)
        _failed(run, OURS)


def _failed(run: Run, why: str) -> None:
    """A run that was to stop has stopped, whatever it met then: a reset takes its worlds away."""
    if _is_stopped(run):
        end(run, Run.State.STOPPED, error=queue.STOPPED, ended_at=clock.now())
    else:
        end(run, Run.State.FAILED, error=why[:600], ended_at=clock.now())


def _is_stopped(run: Run) -> bool:
    return Run.objects.filter(pk=run.pk, stop_asked=True).exists()


def lab_of(attempt: Attempt) -> Lab:
    """The lab in the content. Raises LabError where it is not there any more."""
    lab = get_pack(attempt.pack).lab(attempt.lab)
    if lab is None or lab.runs not in labs.BY_NAME:
        raise LabError("This lab is no longer on this site: choose another.")
    return lab


def _clear(attempt: Attempt) -> None:
    """What the last run, and in a sandbox the last visitor, left behind."""
    if settings.SANDBOX:
        _flush_own_redis()
    overlays.drop(attempt)


def _flush_own_redis() -> None:
    """The sandbox's, once it is up: the last run may have taken it down."""
    end_s = time.monotonic() + BACK_S
    while True:
        try:
            rebuildable().flushdb()
        except (RedisError, OSError) as error:
            if time.monotonic() > end_s:
                raise LabError("The sandbox's Redis does not come back: run it again.") from error
            time.sleep(EVERY_S)
        else:
            return


def _keep_measured(attempt: Attempt, measured: float) -> None:
    """Of the first run that was done: the prediction is compared with it."""
    Attempt.objects.filter(pk=attempt.pk, measured=None).update(
        measured=measured, measured_at=clock.now()
    )


def _stage(run: Run, code: LabCode) -> Stage:
    return Stage(
        api.get_base(run.base) if run.base else None,
        Given(run.values),
        RowSink(run),
        most_s=code.most_s,
        make_world=partial(overlays.make, run.attempt),
    )


@contextmanager
def _leased(run: Run) -> Iterator[None]:
    """Say every few seconds that this worker is still there."""
    ended = threading.Event()
    renewing = threading.Thread(target=_renew, args=(run, ended), daemon=True)
    renewing.start()
    try:
        yield
    finally:
        ended.set()
        renewing.join()


def _renew(run: Run, ended: threading.Event) -> None:
    try:
        while not ended.wait(queue.RENEW_S):
            try:
                queue.renew(run, clock.now())
            except DbError as error:
                log.warning("the lease of run %s is not renewed: %s", run.id, type(error).__name__)
                connection.close()  # the next try takes another
    finally:
        connection.close()
