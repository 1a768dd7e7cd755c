"""The list of a person's interviews."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from trainer.catalog.packs import DEFAULT_PACK, get_pack
from trainer.interviews.report.history import attempts, open_attempts, progress_of
from trainer.interviews.selectors import interviews_of

A_PAGE = 25


@never_cache
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """What is open, then the finished attempts with progress; who is nobody yet has none."""
    context: dict[str, object] = {"pack": get_pack(DEFAULT_PACK)}
    if request.user.is_authenticated:
        finished = interviews_of(request.user).filter(status="finished")
        page = Paginator(finished, A_PAGE).get_page(request.GET.get("page"))
        context |= {
            "page": page,
            "open": open_attempts(request.user),
            "attempts": attempts(page.object_list),
            "progress": progress_of(request.user),
        }
    return render(request, "interviews/history.html", context)
