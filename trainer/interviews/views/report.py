"""The report of a finished interview: the page, its checks, second answers, and the export."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trainer.catalog.packs import get_pack
from trainer.catalog.prose import plain
from trainer.interviews.access import owned
from trainer.interviews.commands import Check, Refused
from trainer.interviews.grade import asking
from trainer.interviews.grade.shown import graded_of
from trainer.interviews.models import Interview
from trainer.interviews.report import markdown
from trainer.interviews.report.appendices import appendices_of
from trainer.interviews.report.page import groups_with, report_of
from trainer.interviews.selectors import log_of, state_of
from trainer.interviews.services import run
from trainer.interviews.state import fold
from trainer.interviews.views.closed import finished, refuse
from trainer.lib import clock

COVERED = {"1": True, "0": False}


@never_cache
@require_safe
@owned
@finished
def report(request: HttpRequest, interview: Interview) -> HttpResponseBase:
    """The whole report."""
    context = {"interview": interview, "report": report_of(interview)}
    return render(request, "interviews/report.html", context)


@require_POST
@owned
@finished
def check(request: HttpRequest, interview: Interview) -> HttpResponseBase:
    """The candidate says whether they covered `point`; `group` is where they said so."""
    covered = COVERED.get(request.POST.get("covered", ""))
    if covered is None:
        return refuse(request, interview, "Choose Covered or Not covered. Nothing was changed.")
    point = request.POST.get("point", "")
    try:
        run(interview.id, Check(point, covered), now=clock.now())
    except Refused as error:
        return refuse(request, interview, str(error))
    found = report_of(interview)
    groups = groups_with(found, point, first=request.POST.get("group", ""))
    if request.headers.get("HX-Request"):
        context = {"interview": interview, "report": found, "groups": groups}
        return render(request, "interviews/report_checked.html", context)
    anchor = f"#points-{groups[0].id}" if groups else ""
    return redirect(reverse("interviews:report", args=[interview.id]) + anchor)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@owned
@finished
def grade(request: HttpRequest, interview: Interview) -> HttpResponseBase:
    """How far the grade is; once it is there, the whole report with it. A form asks for it anew."""
    if request.method == "POST":
        asking.again(interview, state_of(interview))
    if not request.headers.get("HX-Request"):
        return redirect(reverse("interviews:report", args=[interview.id]) + "#grade")
    grading = asking.newest(interview)
    if grading and grading.is_active and request.method != "POST":
        waiting = {"interview": interview, "grading": grading}
        return render(request, "interviews/_report_grading.html", waiting)
    context = {"interview": interview, "report": report_of(interview)}
    response = render(request, "interviews/_report_body.html", context)
    response["HX-Retarget"] = response["HX-Reselect"] = "#report-body"
    response["HX-Reswap"] = "outerHTML"
    return response


@never_cache
@require_safe
@owned
@finished
def export(_: HttpRequest, interview: Interview) -> HttpResponseBase:
    """Everything as one Markdown file."""
    pack, log = get_pack(interview.pack), log_of(interview)
    graded = graded_of(interview, log, fold(log))
    text = markdown.export(
        graded.counted, graded.error, lambda prose: plain(pack, prose), appendices_of(interview)
    )
    name = f"interview-{interview.opened_at:%Y-%m-%d}-{interview.id}.md"
    return HttpResponse(
        text,
        content_type="text/markdown; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
