"""The ways in and out: sign up, sign in, sign out."""

from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from trainer.accounts import services
from trainer.accounts.errors import UsernameTaken
from trainer.accounts.forms import SignInForm, SignUpForm
from trainer.accounts.redirects import next_url
from trainer.accounts.throttle import seconds_to_wait
from trainer.resilience import redis_clients

WRONG = (
    "This username and password do not belong together. Check both, also capital letters in the "
    "password, and try again."
)


def _has_account(request: HttpRequest) -> bool:
    return request.user.is_authenticated and not request.user.is_guest


def _onward(request: HttpRequest) -> HttpResponseRedirect:
    return HttpResponseRedirect(next_url(request) or reverse("accounts:you"))


@never_cache
@sensitive_post_parameters("new_password", "repeated")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    if _has_account(request):
        return _onward(request)
    form = SignUpForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        address = request.META.get("REMOTE_ADDR", "")
        if wait_s := seconds_to_wait(redis_clients.rebuildable(), address):
            return _too_many_sign_ups(request, wait_s)
        data = form.cleaned_data
        try:
            services.sign_up(request, data["username"], data["new_password"])
        except UsernameTaken as error:
            form.add_error("username", str(error))
        else:
            return _onward(request)
    return render(request, "accounts/sign_up.html", {"form": form, "next": next_url(request)})


def _too_many_sign_ups(request: HttpRequest, wait_s: int) -> HttpResponse:
    context = {"minutes": -(-wait_s // 60)}
    response = render(request, "accounts/too_many.html", context, status=429)
    response["Retry-After"] = str(wait_s)
    return response


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    if _has_account(request):
        return _onward(request)
    form = SignInForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        # With the request, so that axes counts; its middleware turns a lockout into the 429 page.
        account = authenticate(request, **form.cleaned_data)
        if account is not None:
            services.sign_in(request, account)
            return _onward(request)
        form.add_error(None, WRONG)
    return render(request, "accounts/sign_in.html", {"form": form, "next": next_url(request)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """A guest cannot come back, so they are asked first, whatever button they pressed."""
    if not request.user.is_authenticated:
        return redirect("accounts:you")
    may_leave = _has_account(request) or request.POST.get("confirm") == "yes"
    if request.method == "POST" and may_leave:
        services.sign_out(request)
        return redirect("home")
    return render(request, "accounts/sign_out.html")
