"""The settings of the cards, and the interview's date by itself."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from trainer.accounts.guests import ensure_user
from trainer.accounts.redirects import next_url
from trainer.cards.settings_form import MOST_NEW, DateForm, SettingsForm, initial
from trainer.cards.views.person import person
from trainer.cards.workload import cost
from trainer.lib import clock
from trainer.schedule.selectors import preferences
from trainer.schedule.services import prefer
from trainer.schedule.terms import day_of

SAVED = "Your settings are kept. They hold from the next answer on."
NO_DATE = "No date is kept. You can set one in the settings of the cards."
EXAMPLES = (0.8, 0.95, 0.97)  # whose cost the page names, beside the person's own


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request: HttpRequest) -> HttpResponse:
    """The settings, and what the wished retention costs. A stranger becomes a guest by saving."""
    own = preferences(person(request))
    today = day_of(clock.now(), own.utc_offset_min)
    posted = request.POST if request.method == "POST" else None
    form = SettingsForm(posted, initial=initial(own), today=today, kept=own.interview_on)
    if posted is not None and form.is_valid():
        prefer(ensure_user(request), **form.wanted)
        messages.success(request, SAVED)
        return redirect("cards:settings")
    costs = [cost(each) for each in EXAMPLES if round(each, 2) != round(own.retention, 2)]
    context: dict[str, Any] = {"form": form, "cost": cost(own.retention), "costs": costs}
    status = HTTPStatus.OK if posted is None else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "cards/settings.html", context, status=status)


@require_POST
def interview_date(request: HttpRequest) -> HttpResponse:
    """Keeps the date, or that there is none; a date that cannot be kept comes back on the plan."""
    own = preferences(person(request))
    today = day_of(clock.now(), own.utc_offset_min)
    form = DateForm(request.POST, today=today, kept=own.interview_on)
    no_date = "none" in request.POST
    if not no_date and not (form.is_valid() and form.cleaned_data["interview_on"]):
        return _asked_again(request, form)
    wanted = {"interview_on": None, "interview_asked": True} if no_date else form.wanted
    prefer(ensure_user(request), **wanted)
    if no_date:
        messages.info(request, NO_DATE)
    return redirect(next_url(request) or reverse("cards:plan"))


@require_POST
def new_a_day(request: HttpRequest) -> HttpResponse:
    """Keeps how many new cards a day brings, as the plan proposes."""
    wanted = request.POST.get("new_a_day", "")
    is_number = wanted.isascii() and wanted.isdecimal() and len(wanted) <= 3
    if not is_number or int(wanted) > MOST_NEW:
        return redirect("cards:settings")
    prefer(ensure_user(request), new_a_day=int(wanted))
    return redirect("cards:plan")


def _asked_again(request: HttpRequest, form: DateForm) -> HttpResponse:
    if form.is_valid():
        form.add_error("interview_on", "Give the day of the interview, or choose “No date”.")
    context = {"form": form, "refused": True}
    return render(request, "cards/plan.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
