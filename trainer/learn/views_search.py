"""The search over everything that a pack teaches."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from trainer.learn.search.asked import QUERY_MAX, TooLong, read
from trainer.learn.search.selectors import search as find
from trainer.learn.views import pack_or_404


@require_safe
def search(request: HttpRequest, pack: str) -> HttpResponse:
    """What is found for `?q=`, as a page; while somebody types there, the results alone."""
    found = pack_or_404(pack)
    typed = request.GET.get("q", "")
    context: dict[str, object] = {"pack": found, "q": typed[:QUERY_MAX], "most": QUERY_MAX}
    context["found"] = None
    status = HTTPStatus.OK
    try:
        query = read(typed)
        context["found"] = find(found, query) if query else None
    except TooLong as error:
        context["refused"] = str(error)
        status = HTTPStatus.BAD_REQUEST
    asked = request.headers
    alone = "HX-Request" in asked and "HX-History-Restore-Request" not in asked
    page = "learn/_search_results.html" if alone else "learn/search.html"
    # htmx shows no answer that failed, and a sentence is better than silence.
    response = render(
        request, page, {**context, "alone": alone}, status=HTTPStatus.OK if alone else status
    )
    patch_vary_headers(response, ["HX-Request", "HX-History-Restore-Request"])
    return response
