"""Gradings, and the version of the rubric that they go by."""

from functools import lru_cache

from django.conf import settings

from trainer.accounts.models import User
from trainer.catalog.packs import get_pack
from trainer.grading.models import Grading
from trainer.grading.offline.fitted import fitted
from trainer.grading.version import rubric_version


def grading_of(subject: str, owner: User) -> Grading | None:
    """The newest grading of what is called `subject`, if that person asked for one."""
    mine = Grading.objects.filter(owner=owner, subject=subject)
    return mine.order_by("-asked_at", "-id").first()


def grading(id: str) -> Grading | None:
    """Whosever it is: who may see it is for the asking room to check."""
    return Grading.objects.filter(pk=id).first()


def rubric_of(slug: str) -> str:
    """The version of a pack's rubric. Raises UnknownPack."""
    return _rubric(str(settings.CONTENT_DIR), slug)


@lru_cache(maxsize=16)
def _rubric(_content: str, slug: str) -> str:
    return rubric_version(get_pack(slug), fitted().name)
