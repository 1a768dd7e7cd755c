"""Pages to read: a pack's index and its sample interview."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from trainer.catalog.packs import DEFAULT_PACK, get_pack
from trainer.catalog.schema import Pack
from trainer.interviews.pacing import clock
from trainer.learn.position import NoSuchPlace, Position, after, before, find, line_at, query
from trainer.learn.sample import Sample, sample_of
from trainer.learn.topics import topics
from trainer.lib.segments import segments


@require_safe
def first_pack(_: HttpRequest) -> HttpResponse:
    """The index of the pack that the product opens with."""
    return redirect("learn:index", DEFAULT_PACK)


@require_safe
def index(request: HttpRequest, pack: str) -> HttpResponse:
    """What a pack has to read."""
    found = pack_or_404(pack)
    context = {"pack": found, "sample": sample_of(found), "topics": topics(found)}
    return render(request, "learn/index.html", context)


@require_safe
def sample(request: HttpRequest, pack: str) -> HttpResponse:
    """The sample interview at the line that `?phase=` and `?line=` name, the first by default."""
    found = pack_or_404(pack)
    played = sample_of(found)
    wrong = ""
    try:
        here = find(played, request.GET.get("phase", ""), request.GET.get("line", ""))
    except NoSuchPlace as error:
        wrong = str(error)
        here = find(played, "", "")
    context = {"pack": found, "sample": played, "wrong": wrong, **surroundings(played, here)}
    return render(request, "learn/sample.html", context, status=404 if wrong else 200)


def surroundings(sample: Sample, here: Position) -> dict[str, object]:
    """What the page shows around the line at `here`: its phase, the clock, the ways on."""
    phase, line = line_at(sample, here)
    return {
        "phase": phase,
        "line": line,
        "into_s": line.at_s - phase.starts_s,
        "face": clock(sample.plan, here.phase, line.at_s),
        "previous": query(sample, before(sample, here)),
        "next": query(sample, after(sample, here)),
        "strip": segments([(each.name, each.ends_s - each.starts_s) for each in sample.phases]),
        "gone_percent": round(line.at_s / sample.plan.total_s * 100, 3),
    }


def pack_or_404(slug: str) -> Pack:
    """The pack, or a 404."""
    try:
        return get_pack(slug)
    except LookupError as error:
        raise Http404(f"There is no pack called {slug}.") from error
