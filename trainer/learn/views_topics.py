"""The topics of a pack, one page each."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trainer.learn.drawn import picture
from trainer.learn.topics import topic as find
from trainer.learn.views import pack_or_404


@require_safe
def topic(request: HttpRequest, pack: str, topic: str) -> HttpResponse:
    """All that the pack teaches of a topic."""
    found = pack_or_404(pack)
    try:
        chosen = find(found, topic)
    except LookupError as error:
        raise Http404(str(error)) from error
    context = {
        "pack": found,
        "topic": chosen,
        "practice": chosen.practice(found),
        "sections": [section for section in chosen.sections(found) if section.entries],
        "picture": picture(found.architecture) if chosen.slug == "architecture" else None,
    }
    return render(request, "learn/topic.html", context)
