"""System checks of the settings, run at every start and by `check --deploy`."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from remedies_site.env import LOOPBACK


@register(Tags.security, deploy=True)
def operator_is_stated(
    app_configs: Sequence[AppConfig] | None, **kwargs: object
) -> list[CheckMessage]:
    """Warn about settings that only the operator knows; pages show a placeholder for unset ones."""
    placeholders = {
        "SITE_OPERATOR": "not stated by the operator",
        "SITE_CONTACT": "not stated by the operator",
        "SITE_FUNDING": "not stated by the operator",
        "EMERGENCY_NUMBER": "the emergency number of your country",
        "HELPLINES": "not stated by the operator",
        "DATA_LICENCE": "not stated by the operator",
        "ACCESSIBILITY_AUDIT": "not stated by the operator",
    }
    return [
        Warning(f"{name} is not set: the site says “{placeholder}”.", id="site.W001")
        for name, placeholder in placeholders.items()
        if not getattr(settings, name)
    ]


@register(Tags.security)
def rate_limits_are_on(
    app_configs: Sequence[AppConfig] | None, **kwargs: object
) -> list[CheckMessage]:
    """Warn where rate limits are off: that is for load tests only."""
    if settings.RATE_LIMITS:
        return []
    return [Warning("RATE_LIMITS=off: NOBODY IS LIMITED. For load tests only.", id="site.W004")]


@register(Tags.security, deploy=True)
def two_people_review(
    app_configs: Sequence[AppConfig] | None, **kwargs: object
) -> list[CheckMessage]:
    """Warn where one editor can publish alone; a public health site should have two review."""
    if settings.REVIEW == "two":
        return []
    return [
        Warning(
            "REVIEW=one lets an editor publish alone. Set REVIEW=two for a public site.",
            id="site.W002",
        )
    ]


@register(Tags.security, deploy=True)
def staff_have_a_second_factor(
    app_configs: Sequence[AppConfig] | None, **kwargs: object
) -> list[CheckMessage]:
    """Warn where a stolen password of an editor is enough to change what readers see."""
    if settings.STAFF_MFA or not settings.IS_HTTPS:
        return []
    return [
        Warning(
            "STAFF_MFA=off: the password of an editor is enough. Set STAFF_MFA=on.",
            id="site.W005",
        )
    ]


@register(Tags.security, deploy=True)
def passkeys_are_offered(
    app_configs: Sequence[AppConfig] | None, **kwargs: object
) -> list[CheckMessage]:
    """Warn where a public site offers no passkeys, since no browser binds one to an IP address."""
    if "webauthn" in settings.MFA_SUPPORTED_TYPES or not settings.IS_HTTPS:
        return []
    return [
        Warning(
            "SITE_URL is an IP address: passkeys are left out. Give the site a name.",
            id="site.W007",
        )
    ]


@register(Tags.security, deploy=True)
def mail_server_is_set(
    app_configs: Sequence[AppConfig] | None, **kwargs: object
) -> list[CheckMessage]:
    """Warn where mails are written to files, because EMAIL_URL is not set."""
    if settings.EMAIL_DELIVERY_BACKEND == "remedies_site.mail.LoggedFileBackend":
        return [Warning("EMAIL_URL is not set: mails are written to files.", id="site.W003")]
    return []


@register(Tags.security, deploy=True)
def proxies_are_named(
    app_configs: Sequence[AppConfig] | None, **kwargs: object
) -> list[CheckMessage]:
    """Warn where https can only come from a proxy, and none is believed: every page would redirect."""
    if settings.TRUSTED_PROXIES or not settings.IS_HTTPS:
        return []
    return [
        Warning(
            "SITE_URL is https and TRUSTED_PROXIES is not set: the proxy that ends TLS is not believed, "
            "so pages redirect for ever and all clients count as one.",
            hint="Name the proxy: TRUSTED_PROXIES=127.0.0.1 where it runs on this machine.",
            id="site.W006",
        )
    ]


@register(Tags.security, deploy=True)
def processes_share_a_cache(
    app_configs: Sequence[AppConfig] | None, **kwargs: object
) -> list[CheckMessage]:
    """Refuse several processes with a cache that each has for itself."""
    is_own = settings.CACHES["default"]["BACKEND"].endswith(("LocMemCache", "DummyCache"))
    if not is_own or (settings.WEB_PROCESSES == 1 and settings.WORKER):
        return []
    reason = (
        f"WEB_PROCESSES={settings.WEB_PROCESSES}"
        if settings.WEB_PROCESSES > 1
        else "WORKER=off, so the worker is a process of its own"
    )
    return [
        Error(
            f"{reason}, but CACHE_URL is the memory of one process: what one keeps no other sees.",
            hint="Name one cache for all of them: CACHE_URL=redis://host:6379/0.",
            id="site.E001",
        )
    ]


@register(Tags.security, deploy=True)
def metrics_stay_here(
    app_configs: Sequence[AppConfig] | None, **kwargs: object
) -> list[CheckMessage]:
    """Warn where the numbers for Prometheus, which nothing protects, are served beyond this machine."""
    if not settings.METRICS_PORT or settings.METRICS_HOST in LOOPBACK:
        return []
    return [
        Warning(
            f"METRICS_HOST={settings.METRICS_HOST}: whoever reaches that port reads the numbers of the site.",
            hint="Leave it at 127.0.0.1, or let a firewall admit Prometheus alone.",
            id="site.W008",
        )
    ]
