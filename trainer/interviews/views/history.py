"""The list of a person's interviews."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from trainer.catalog.packs import get_pack
from trainer.interviews.report.history import attempts, progress_of
from trainer.interviews.selectors import interviews_of

PACK = "twitter"  # what the buttons of an empty list open
A_PAGE = 25


@never_cache
@require_GET
def history(request: HttpRequest) -> HttpResponse:
    """All attempts, the newest first, with progress; who is nobody yet has none."""
    context: dict[str, object] = {"pack": get_pack(PACK)}
    if request.user.is_authenticated:
        page = Paginator(interviews_of(request.user), A_PAGE).get_page(request.GET.get("page"))
        context |= {
            "page": page,
            "attempts": attempts(page.object_list),
            "progress": progress_of(request.user),
        }
    return render(request, "interviews/history.html", context)
