"""Bringing cards in: choose a file, see what it would do, then do it.

The file is kept on the server between the two steps (see `sharing.bringing`), so that what is
confirmed is what was shown, and nobody has to choose it twice.
"""

from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from trainer.accounts.guests import ensure_user
from trainer.accounts.models import User
from trainer.cards.errors import OwnerGone
from trainer.cards.sharing import bringing
from trainer.cards.sharing.plan import Plan
from trainer.cards.sharing.reading import MOST_BYTES, read
from trainer.cards.sharing.row import MOST_ROWS, Unreadable
from trainer.lib import clock

SHOWN: Final = 20  # of new and changed cards, in the preview
SHOWN_REFUSED: Final = 100
NO_FILE: Final = (
    f"No file came, or one of over {MOST_BYTES // 1024**2} MB. Choose a .csv, .json, .txt or .zip "
    "file; split a larger one."
)
GONE: Final = "That file is not waiting any more: it was imported, replaced, or a day old."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def import_page(request: HttpRequest) -> HttpResponse:
    """The form, or the preview where a file waits. A POST brings a file, confirms the one that
    waits (`confirm`: its id), or lets it go (`drop`)."""
    if request.method != "POST":
        return _waiting(request)
    if "drop" in request.POST:
        if isinstance(request.user, User):
            bringing.drop(request.user)
        return redirect("cards:import")
    if "confirm" in request.POST:
        return _confirm(request, request.POST["confirm"])
    return _upload(request)


def _waiting(request: HttpRequest) -> HttpResponse:
    """The preview of the file that waits; where none does, or it cannot be read any more, the
    form."""
    draft = bringing.draft_of(_visitor(request))
    if draft is None:
        return _page(request)
    try:
        plan = bringing.foreseen(draft)
    except Unreadable as error:
        return _page(request, str(error))
    return _page(request, draft=draft, plan=plan)


def _upload(request: HttpRequest) -> HttpResponse:
    file = request.FILES.get("file")
    if file is None or file.size is None or file.size > MOST_BYTES:
        return _page(request, NO_FILE)
    try:
        read(file.name or "", content := file.read())
        bringing.keep(ensure_user(request), file.name or "", content, clock.now())
    except (Unreadable, OwnerGone) as error:
        return _page(request, str(error))
    return redirect("cards:import")


def _confirm(request: HttpRequest, draft_id: str) -> HttpResponse:
    draft = bringing.draft_of(_visitor(request))
    try:
        done = bringing.bring(draft, clock.now()) if draft and draft.pk == draft_id else None
    except Unreadable:
        return redirect("cards:import")  # which says why
    if done is None:
        messages.warning(request, GONE)
        return redirect("cards:import")
    messages.success(request, _said(done))
    return redirect("cards:own")


def _page(request: HttpRequest, problem: str = "", **more: Any) -> HttpResponse:
    """`more`: a `draft` and its `plan`, to be shown instead of the form."""
    context: dict[str, Any] = {
        "problem": problem,
        "most_rows": f"{MOST_ROWS:,}",
        "most_mb": MOST_BYTES // 1024**2,
        "shown": f":{SHOWN}",
        "shown_refused": f":{SHOWN_REFUSED}",
        **more,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
    return render(request, "cards/import.html", context, status=status)


def _visitor(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _said(done: Plan) -> str:
    """What an import did, in a sentence."""
    counts = [
        f"{len(done.new):,} new",
        f"{len(done.changed):,} changed",
        f"{done.same:,} the same",
        f"{len(done.refused):,} left out",
    ]
    notes = f" Notes: {len(done.notes):,}." if done.notes else ""
    return f"The import is done. Cards: {', '.join(counts)}.{notes}"
