"""What a person may see and do with what is theirs."""

from typing import cast

from django.contrib import messages
from django.contrib.auth import authenticate
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from trainer.accounts import portability, services
from trainer.accounts.forms import ChangePasswordForm, DeleteForm
from trainer.accounts.guests import kept_until
from trainer.accounts.models import User

WRONG_PASSWORD = "This is not your current password. Try again."  # noqa: S105
PASSWORD_CHANGED = "Your password is changed. Other devices are signed out."  # noqa: S105
DELETED = "Deleted: who you were here and everything you made. Nothing is kept."


def _known(request: HttpRequest, password: str) -> bool:
    """Whether `password` is theirs. By axes, so that a borrowed session cannot try them all."""
    username = cast(User, request.user).username
    return authenticate(request, username=username, password=password) is not None


@never_cache
@require_safe
def you(request: HttpRequest) -> HttpResponse:
    context: dict[str, object] = {}
    if request.user.is_authenticated and request.user.is_guest:
        context["kept_until"] = kept_until(request.user)
    return render(request, "accounts/you.html", context)


@never_cache
@login_required
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    contents = portability.export(cast(User, request.user), timezone.now())
    layout = {"indent": 2, "ensure_ascii": False}
    disposition = {"Content-Disposition": 'attachment; filename="my-data.json"'}
    return JsonResponse(contents, json_dumps_params=layout, headers=disposition)


@never_cache
@sensitive_post_parameters("current_password", "new_password", "repeated")
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    account = cast(User, request.user)
    if account.is_guest:
        return redirect("accounts:sign_up")
    form = ChangePasswordForm(request.POST if request.method == "POST" else None, person=account)
    if form.is_valid():
        if _known(request, form.cleaned_data["current_password"]):
            services.change_password(request, account, form.cleaned_data["new_password"])
            messages.success(request, PASSWORD_CHANGED)
            return redirect("accounts:you")
        form.add_error("current_password", WRONG_PASSWORD)
    return render(request, "accounts/password.html", {"form": form})


@never_cache
@sensitive_post_parameters("current_password")
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest) -> HttpResponse:
    person = cast(User, request.user)
    posted = request.POST if request.method == "POST" else None
    form = None if person.is_guest else DeleteForm(posted)
    if posted is not None and _may_delete(request, form):
        services.delete_person(request, person)
        messages.success(request, DELETED)
        return redirect("accounts:you")
    return render(request, "accounts/delete.html", {"form": form})


def _may_delete(request: HttpRequest, form: DeleteForm | None) -> bool:
    if form is None:  # a guest: the page they posted from was the question
        return True
    if not form.is_valid():
        return False
    if not _known(request, form.cleaned_data["current_password"]):
        form.add_error("current_password", WRONG_PASSWORD)
    return form.is_valid()
