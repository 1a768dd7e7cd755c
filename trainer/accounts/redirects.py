from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def safe_url(request: HttpRequest, url: str | None, default: str) -> str:
    """`url` if it leads to this site, else `default`: no crafted link sends anybody elsewhere."""
    here = {request.get_host()}
    if url and url_has_allowed_host_and_scheme(url, here, require_https=request.is_secure()):
        return url
    return default


def next_url(request: HttpRequest) -> str:
    """Where the person wanted to go (`next` of the form, else of the address), or "" if nowhere."""
    return safe_url(request, request.POST.get("next") or request.GET.get("next"), "")
