"""The ledger: all its numbers, one of them, and where what is taught contradicts itself."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from trainer.catalog.schema import Number, Pack
from trainer.learn.naming import cases_of, labs_about, puzzle_lab
from trainer.learn.numbers import (
    Row,
    by_status,
    chosen,
    grouped,
    lacks_value,
    subject_of,
    subjects,
    wanted,
)
from trainer.learn.views import pack_or_404
from trainer.learn.what_if import fields, followed, readers


@require_safe
def numbers(request: HttpRequest, pack: str) -> HttpResponse:
    """The numbers that the address asks for; a typed search asks for their list alone."""
    found = pack_or_404(pack)
    want = wanted(found, request.GET.dict())
    shown = chosen(found, want)
    context = {
        "pack": found,
        "want": want,
        "groups": grouped(found, shown),
        "shown": len(shown),
        "lacks_value": lacks_value(shown, want.q),
        "statuses": by_status(found),
        "subjects": subjects(found),
    }
    alone = request.headers.get("HX-Request") and not request.headers.get(
        "HX-History-Restore-Request"
    )
    page = "_numbers_found" if alone else "numbers"
    response = render(request, f"learn/{page}.html", {**context, "alone": alone})
    patch_vary_headers(response, ["HX-Request", "HX-History-Restore-Request"])
    return response


@require_safe
def number(request: HttpRequest, pack: str, number: str) -> HttpResponse:
    """One number whole, and what would follow if the values typed in the address were right."""
    found = pack_or_404(pack)
    row = Row(found, number_or_404(found, number))
    asked = fields(found.ledger, row.number, request.GET.dict())
    changed = {each.number.slug: each.value for each in asked if each.is_changed}
    follows = followed(found.ledger, changed)
    context = {
        "pack": found,
        "row": row,
        "subject": subject_of(row.number),
        "readers": [Row(found, each) for each in readers(found.ledger, row.number.slug)],
        "fields": asked,
        "problems": [each for each in asked if each.problem],
        "follows": sorted(follows, key=lambda each: each.number.slug != row.number.slug),
        "labs": labs_about(found, row.number.slug),
        "cases": cases_of(found, row.number.slug),
    }
    return render(request, "learn/number.html", context)


@require_safe
def contradictions(request: HttpRequest, pack: str) -> HttpResponse:
    """Where what is usually taught contradicts itself, with the sums that show it."""
    found = pack_or_404(pack)
    cases = [
        {
            "case": case,
            "rows": [Row(found, found.ledger[slug]) for slug in case.numbers],
            "lab": puzzle_lab(found, case),
        }
        for case in found.contradictions
    ]
    return render(request, "learn/contradictions.html", {"pack": found, "cases": cases})


def number_or_404(pack: Pack, slug: str) -> Number:
    """The number of the pack's ledger, or a 404."""
    try:
        return pack.ledger[slug]
    except KeyError as error:
        raise Http404(f"The ledger has no number called {slug}.") from error
