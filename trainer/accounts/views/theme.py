from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from trainer.accounts.forms import ThemeForm
from trainer.accounts.redirects import next_url, safe_url

YEAR_S = 60 * 60 * 24 * 365


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the wished look in the cookie `theme` (light or dark; none for system) and go back."""
    form = ThemeForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest("The theme is light, dark or system.", "text/plain")
    came_from = safe_url(request, request.META.get("HTTP_REFERER"), reverse("home"))
    response = HttpResponseRedirect(next_url(request) or came_from)
    if form.cleaned_data["theme"] == "system":
        response.delete_cookie("theme", samesite="Lax")
    else:
        _keep(response, form.cleaned_data["theme"])
    return response


def _keep(response: HttpResponse, theme: str) -> None:
    response.set_cookie(
        "theme",
        theme,
        max_age=YEAR_S,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
