"""A second answer to one moment of a finished interview: two minutes, then both side by side."""

import hashlib
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from trainer.interviews.access import owned
from trainer.interviews.commands import Redo, Refused
from trainer.interviews.models import Interview
from trainer.interviews.report import stopwatch
from trainer.interviews.report.answers import Asked
from trainer.interviews.report.page import Report, report_of
from trainer.interviews.report.redo import moment, next_moment
from trainer.interviews.report.topics import Topic
from trainer.interviews.services import run
from trainer.interviews.views.closed import finished, refuse
from trainer.lib import clock

NO_MOMENT = "That moment is not in this interview. Choose one from the report."
CLOCK_AGAIN = "The start of this answer could not be read, so the clock began again. Send it again."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@owned
@finished
def redo(request: HttpRequest, interview: Interview, line: str) -> HttpResponseBase:
    """The moment with an empty box; after the answer, `?compare` shows all of them."""
    report = report_of(interview)
    found = moment(tuple(section.topic for section in report.sections), line)
    if found is None:
        return refuse(request, interview, NO_MOMENT, HTTPStatus.NOT_FOUND)
    asked = found[1]
    if request.method == "POST":
        return _answer(request, interview, asked)
    if "compare" in request.GET and line in report.state.redone:
        return render(request, "interviews/redo_compare.html", _compared(interview, report, found))
    token = request.GET.get("start", "")
    try:
        stopwatch.started_at(interview.id, line, token)
    except stopwatch.UnreadableStart:  # the address keeps the start, so that a reload does not
        return redirect(f"{request.path}?start={stopwatch.start(interview.id, line, clock.now())}")
    return _form(request, interview, asked, token)


def _answer(request: HttpRequest, interview: Interview, asked: Asked) -> HttpResponse:
    line, token, now = asked.line.name, request.POST.get("start", ""), clock.now()
    text = request.POST.get("text", "").replace("\r\n", "\n")
    try:
        seconds = (now - stopwatch.started_at(interview.id, line, token)).total_seconds()
    except stopwatch.UnreadableStart:
        again = stopwatch.start(interview.id, line, now)
        return _form(request, interview, asked, again, text, CLOCK_AGAIN)
    try:
        run(interview.id, Redo(line, text, max(seconds, 0.0)), now=now, key=_key(token, text))
    except Refused as error:
        return _form(request, interview, asked, token, text, str(error))
    return redirect(reverse("interviews:redo", args=[interview.id, line]) + "?compare")


def _key(token: str, text: str) -> str:
    """The same text sent twice from one page is one answer; a changed one is another."""
    return "redo-" + hashlib.sha256(f"{token}\n{text}".encode()).hexdigest()[:48]


def _form(
    request: HttpRequest,
    interview: Interview,
    asked: Asked,
    token: str,
    text: str = "",
    refusal: str = "",
) -> HttpResponse:
    left_s = stopwatch.REDO_S - _gone_s(interview, asked, token)
    context = {
        "interview": interview,
        "asked": asked,
        "start": token,
        "left_s": max(round(left_s), 0),
        "text": text,
        "refusal": refusal,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refusal else HTTPStatus.OK
    return render(request, "interviews/redo.html", context, status=status)


def _gone_s(interview: Interview, asked: Asked, token: str) -> float:
    started_at = stopwatch.started_at(interview.id, asked.line.name, token)
    return (clock.now() - started_at).total_seconds()


def _compared(
    interview: Interview, report: Report, found: tuple[Topic, Asked]
) -> dict[str, object]:
    topic, asked = found
    line = asked.line.name
    return {
        "interview": interview,
        "report": report,
        "asked": asked,
        "tries": report.state.redone[line],
        "limit_s": stopwatch.REDO_S,
        "section": next(each for each in report.sections if each.topic == topic),
        "next": next_moment(report.moments, report.state.redone, after=line),
    }
