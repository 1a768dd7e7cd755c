"""The owner's page of invitations: make one, see them all, revoke."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from trainer.host import inviting
from trainer.host.errors import BadInvitation
from trainer.host.forms import InviteForm
from trainer.host.models import Invitation
from trainer.host.selectors import cards_of, invitations_of
from trainer.interviews.access import owned
from trainer.interviews.models import Interview
from trainer.lib import clock


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@owned
def invitations(request: HttpRequest, interview: Interview) -> HttpResponseBase:
    """Lists them. A form makes one, and its link is shown in the answer, this once."""
    form = InviteForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
        return _page(request, interview, form, status=status)
    try:
        made, token = inviting.invite(
            interview, form.cleaned_data["label"], form.cleaned_data["days"], clock.now()
        )
    except BadInvitation as error:
        form.add_error(None, str(error))
        return _page(request, interview, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    link = request.build_absolute_uri(reverse("host:join", args=[token]))
    return _page(request, interview, InviteForm(), made, link, HTTPStatus.CREATED)


@require_POST
@owned
def revoke(request: HttpRequest, interview: Interview, invitation: str) -> HttpResponseBase:
    """Ends an invitation, and the access of who accepted it."""
    if not inviting.revoke(interview, invitation, clock.now()):
        raise Http404("This interview has no such invitation.")
    messages.success(
        request, "Revoked: the link opens nothing any more, and who had accepted it is out."
    )
    return redirect("host:invitations", interview.id)


def _page(
    request: HttpRequest,
    interview: Interview,
    form: InviteForm,
    made: Invitation | None = None,
    link: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponseBase:
    context = {
        "interview": interview,
        "form": form,
        "made": made,
        "link": link,
        "invitations": invitations_of(interview),
        "submitted": {card.rater_id for card in cards_of(interview)},
        "now": clock.now(),
    }
    return render(request, "host/invitations.html", context, status=status)
