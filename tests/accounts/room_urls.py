from django.http import HttpRequest, HttpResponse
from django.urls import path

from trainer.accounts.guests import ensure_user
from trainer.urls import urlpatterns as site


def room(request: HttpRequest) -> HttpResponse:
    return HttpResponse(ensure_user(request).username)


def reads_who_is_here(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.user.get_username())


urlpatterns = [*site, path("room/", room), path("whoami/", reads_who_is_here)]
