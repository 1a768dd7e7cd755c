"""A lab's page, and what a visitor does on it: predict, run, stop, reset."""

from collections.abc import Mapping
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from trainer.accounts.guests import ensure_user
from trainer.catalog.lab_schema import Lab
from trainer.catalog.schema import Pack
from trainer.interviews.models import Interview
from trainer.lab import bases, controls, labs, limits, page, proofs, services
from trainer.lab.models import Attempt, Run
from trainer.lab.saying import world_sentence
from trainer.lab.selectors import open_attempt
from trainer.lab.showing.typed import read_amount
from trainer.lab.stage import LabError, Needs, find_account
from trainer.lab.views.finding import lab_or_404, pack_or_404, with_lab, with_own_run
from trainer.lib import clock
from trainer.resilience.rate_limit import Verdict
from trainer.resilience.redis_clients import rebuildable
from trainer.twitter import api

PREDICT_FIRST = "Commit a prediction first: a number, or “No idea”."


@require_safe
@never_cache
@with_lab
def lab(request: HttpRequest, pack: Pack, lab: Lab) -> HttpResponse:
    """The lab at the visitor's own attempt, if there is one."""
    return _shown(request, pack, lab, open_attempt(request.user.pk, pack.slug, lab.slug))


@require_POST
@with_lab
def predict(request: HttpRequest, pack: Pack, lab: Lab) -> HttpResponse:
    """Commit a prediction, or "no idea"."""
    typed = request.POST.get("value", "").strip()
    value: float | None = None
    if "no_idea" not in request.POST:
        try:
            value = read_amount(typed, lab.predicted_figure.unit)
        except ValueError as error:
            return _not_read(request, pack, lab, typed[:60], str(error))
    verdict = limits.ask(rebuildable(), request.session.session_key, _address(request))
    if not verdict.allowed:
        return _not_read(request, pack, lab, typed[:60], _too_often(verdict))
    owner = ensure_user(request)
    services.predict(
        owner.pk,
        pack.slug,
        lab,
        typed="" if value is None else typed,
        value=value,
        interview=_own_interview(request, owner.pk),
        now=clock.now(),
    )
    return _back(pack, lab)


@require_POST
@with_lab
def run(request: HttpRequest, pack: Pack, lab: Lab) -> HttpResponse:
    """Queue a run: the first with the default inputs, later ones with those that were typed, or
    (`break`) with those that push it too far."""
    attempt = open_attempt(request.user.pk, pack.slug, lab.slug)
    if attempt is None:
        return _refused(request, pack, lab, None, PREDICT_FIRST)
    verdict = limits.start(rebuildable(), attempt.owner_id, _address(request))
    if not verdict.allowed:
        status = HTTPStatus.TOO_MANY_REQUESTS
        return _refused(request, pack, lab, attempt, _too_often(verdict), status)
    typed = _typed(request, lab, attempt)
    values, errors = controls.read_all(lab, typed)
    errors |= _unknown_accounts(lab, values, errors)
    if errors:
        return _shown(
            request,
            pack,
            lab,
            attempt,
            HTTPStatus.UNPROCESSABLE_ENTITY,
            typed_in=typed,
            errors=errors,
        )
    if (interview := _own_interview(request, attempt.owner_id)) is not None:
        proofs.keep_beside(attempt, interview)
    try:
        services.start(attempt, lab, values, clock.now())
    except LabError as error:
        return _refused(request, pack, lab, attempt, str(error), typed_in=typed)
    return redirect(f"{reverse('lab:lab', args=[pack.slug, lab.slug])}#live")


@require_POST
@with_own_run
def stop(_: HttpRequest, run: Run) -> HttpResponse:
    """Stop a run; what it measured so far is still shown."""
    services.stop(run, clock.now())
    return redirect("lab:lab", run.attempt.pack, run.attempt.lab)


@require_POST
@with_lab
def reset(request: HttpRequest, pack: Pack, lab: Lab) -> HttpResponse:
    """Begin anew: with a fresh world, and a fresh prediction."""
    attempt = open_attempt(request.user.pk, pack.slug, lab.slug)
    if attempt is not None:
        services.reset(attempt, clock.now())
    return _back(pack, lab)


@require_safe
@never_cache
@with_own_run
def live(request: HttpRequest, run: Run) -> HttpResponse:
    """The part of the page that changes while a run goes."""
    pack = pack_or_404(run.attempt.pack)
    lab = lab_or_404(pack, run.attempt.lab)
    live = page.live_of(pack, lab, run, clock.now())
    context = {"pack": pack, "lab": lab, "live": live, "run": run}
    return render(request, "lab/_live.html", context)


@require_safe
@never_cache
@with_own_run
def one_run(request: HttpRequest, run: Run) -> HttpResponse:
    """The lab's page at a run that is not the newest."""
    pack = pack_or_404(run.attempt.pack)
    return _shown(request, pack, lab_or_404(pack, run.attempt.lab), run.attempt, run=run)


def _not_read(request: HttpRequest, pack: Pack, lab: Lab, typed: str, reason: str) -> HttpResponse:
    """The page with a prediction that was refused, and why."""
    attempt = open_attempt(request.user.pk, pack.slug, lab.slug)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return _shown(request, pack, lab, attempt, status, typed=typed, prediction_error=reason)


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def _too_often(verdict: Verdict) -> str:
    return f"That was too often: wait {verdict.retry_after_header} s, then try again."


def _back(pack: Pack, lab: Lab) -> HttpResponse:
    return redirect("lab:lab", pack.slug, lab.slug)


def _typed(request: HttpRequest, lab: Lab, attempt: Attempt) -> Mapping[str, str]:
    if attempt.measured is None:
        return {}
    if "break" in request.POST:
        return {name: str(value) for name, value in lab.breaks.values.items()}
    return {key: request.POST[key] for key in request.POST if lab.control(key)}


def _unknown_accounts(
    lab: Lab, values: Mapping[str, object], errors: Mapping[str, str]
) -> dict[str, str]:
    """A sentence for every account that is not in the world in which the lab would run."""
    typed = {
        control.id: str(values[control.id])
        for control in lab.controls
        if control.kind == "account" and control.id not in errors and values[control.id]
    }
    base = (
        bases.choose(labs.BY_NAME[lab.runs].needs) if typed and lab.runs in labs.BY_NAME else None
    )
    if base is None:
        return {}
    found = {}
    for name, account in typed.items():
        try:
            find_account(api.get_base(base.name), account)
        except api.errors.UnknownAccount as error:
            found[name] = str(error)
        except api.errors.TwitterError:
            continue  # the world is not there: the run will say so
    return found


def _own_interview(request: HttpRequest, owner_id: int | None) -> Interview | None:
    """The one from whose report the lab was opened; None where that is not this visitor's."""
    asked = request.POST.get("interview") or request.GET.get("interview") or ""
    if owner_id is None or not (asked.isascii() and asked.isalnum()):
        return None
    mine = Interview.objects.filter(owner_id=owner_id, status="finished")
    return mine.filter(pk=asked).first()


def _refused(
    request: HttpRequest,
    pack: Pack,
    lab: Lab,
    attempt: Attempt | None,
    problem: str,
    status: int = HTTPStatus.CONFLICT,
    typed_in: Mapping[str, str] | None = None,
) -> HttpResponse:
    return _shown(request, pack, lab, attempt, status, typed_in=typed_in, problem=problem)


def _shown(
    request: HttpRequest,
    pack: Pack,
    lab: Lab,
    attempt: Attempt | None,
    status: int = HTTPStatus.OK,
    *,
    run: Run | None = None,
    typed_in: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    **more: str,
) -> HttpResponse:
    beside = _own_interview(request, request.user.pk)
    built = page.build(
        pack,
        lab,
        attempt,
        clock.now(),
        hindrance=services.hindrance(lab),
        world_sentence=_world_sentence(lab),
        run=run,
        typed_in=typed_in,
        errors=errors,
        interview_id=beside.id if beside else (attempt and attempt.interview_id) or "",
        **more,
    )
    context = {"pack": pack, "lab": lab, "page": built, "live": built.live, "run": built.run}
    return render(request, "lab/lab.html", context, status=status)


def _world_sentence(lab: Lab) -> str:
    code = labs.BY_NAME.get(lab.runs)
    base = bases.choose(code.needs if code else Needs.NOTHING)
    return world_sentence(base.name, base.accounts, "Runs") if base else ""
