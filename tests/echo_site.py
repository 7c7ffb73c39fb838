"""Settings and two pages: a site that says whom it takes its client for, behind the real server."""

from django.http import HttpRequest, JsonResponse
from django.urls import path

from remedies_site.settings.test import *  # noqa: F403
from remedies_site.uploads import accepts_files

ROOT_URLCONF = "tests.echo_site"
ALLOWED_HOSTS = ["*"]
BACKGROUND_WORKER = "tests.echo_site.no_worker"


def no_worker(_stop: object) -> None:
    """Nothing is to be done beside requests."""


def echo(request: HttpRequest) -> JsonResponse:
    from allauth.account.adapter import get_adapter  # no model may be imported with the settings

    from remedies_site.proxies import client_network

    return JsonResponse(
        {
            "address": request.META["REMOTE_ADDR"],
            "network": client_network(request),
            "allauth": get_adapter(request).get_client_ip(request),
            "is_https": request.is_secure(),
            "forwarded": sorted(name for name in request.META if "FORWARDED" in name),
        }
    )


@accepts_files(21_000_000)
def upload(request: HttpRequest) -> JsonResponse:
    return JsonResponse(
        {"size": sum(len(part) for part in iter(lambda: request.read(100_000), b""))}
    )


urlpatterns = [path("", echo), path("admin/citations/import/", upload)]
