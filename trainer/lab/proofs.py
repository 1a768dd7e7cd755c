"""Which labs bear out what a report goes into, and what they measured beside that report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from trainer.catalog.lab_schema import Lab
from trainer.catalog.packs import get_pack
from trainer.catalog.schema import Pack
from trainer.interviews.models import Interview
from trainer.lab.models import Attempt, Run
from trainer.lab.showing.amounts import shown

WORKED_OUT: Final = ("measured", "computed")  # origins of a figure that are what the lab did


@dataclass(frozen=True, slots=True)
class Kept:
    """A run beside a report: "you predicted 10 writes"; "the lab measured 99 writes"; when."""

    said: str
    found: str
    at: datetime
    url: str


@dataclass(frozen=True, slots=True)
class Proof:
    """A lab, as it is opened from the report; `kept` where that was done and measured."""

    title: str
    url: str
    kept: Kept | None


def proofs_of(interview: Interview) -> Mapping[str, Sequence[Proof]]:
    """By id of a trap, deep dive, decision or mistake, in the order of the labs' index. One query.

    Raises UnknownPack.
    """
    pack = get_pack(interview.pack)
    kept = kept_runs(interview)
    found: dict[str, list[Proof]] = {}
    for lab in in_order(pack):
        proof = Proof(lab.title, _opened_from(interview, lab), kept.get(lab.slug))
        for id_ in set(lab.proves):
            found.setdefault(id_, []).append(proof)
    return found


def kept_runs(interview: Interview) -> dict[str, Kept]:
    """By lab: what was predicted and measured from this interview's report, the newest attempt of
    each lab. What the content lacks, or another person did, is left out."""
    pack = get_pack(interview.pack)
    mine = Attempt.objects.filter(
        interview=interview, owner_id=interview.owner_id, pack=pack.slug, measured__isnull=False
    )
    first = Run.objects.filter(attempt=OuterRef("pk"), state=Run.State.DONE).order_by("number")
    rows = mine.order_by("measured_at").values_list(
        "lab", "predicted", "measured", "measured_at", Subquery(first.values("id")[:1])
    )
    found = {}
    for slug, predicted, measured, at, run_id in rows:
        lab = pack.lab(slug)
        if lab is not None and at is not None:
            url = reverse("lab:one_run", args=[run_id]) if run_id else _opened_from(interview, lab)
            found[slug] = Kept(_said(lab, predicted), _found(lab, measured), at, url)
    return found


def keep_beside(attempt: Attempt, interview: Interview) -> None:
    """From now on keep an attempt beside this report, if it was begun outside of any."""
    Attempt.objects.filter(pk=attempt.pk, interview=None).update(interview=interview)


def in_order(pack: Pack) -> list[Lab]:
    """The labs as the index has them: by group, then those that stand in none."""
    places = [slug for group in pack.lab_groups for slug in group.labs]
    return sorted(
        pack.labs, key=lambda lab: places.index(lab.slug) if lab.slug in places else len(places)
    )


def appendix(interview: Interview) -> list[str]:
    """Of the interview's export: a line for every run that is kept beside its report."""
    kept = kept_runs(interview)
    lines = [
        f"- {lab.title}: {run.said}; {run.found} on {run.at.day} {run.at:%B %Y}."
        for lab in in_order(get_pack(interview.pack))
        if (run := kept.get(lab.slug))
    ]
    return ["## From the lab", "\n".join(lines)] if lines else []


def _opened_from(interview: Interview, lab: Lab) -> str:
    return f"{reverse('lab:lab', args=[interview.pack, lab.slug])}?interview={interview.id}"


def _said(lab: Lab, predicted: float | None) -> str:
    if predicted is None:
        return "you had no idea"
    return f"you predicted {shown(predicted, lab.predicted_figure.unit)}"


def _found(lab: Lab, measured: float | None) -> str:
    figure = lab.predicted_figure
    verb = figure.origin if figure.origin in WORKED_OUT else "gave"
    return f"the lab {verb} {shown(measured or 0.0, figure.unit)}"
