"""System checks: a site that is set up wrongly says so before anybody visits it."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register


@register(Tags.security, deploy=True)
def operator_is_stated(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """What only the operator knows; unset, the pages say “not stated by the operator”."""
    said = {
        "SITE_OPERATOR": "not stated by the operator",
        "SITE_CONTACT": "not stated by the operator",
        "SITE_FUNDING": "not stated by the operator",
        "EMERGENCY_NUMBER": "the emergency number of your country",
    }
    return [
        Warning(f"{name} is not set: the site says “{words}”.", id="site.W001")
        for name, words in said.items()
        if not getattr(settings, name)
    ]


@register(Tags.security)
def limits_are_on(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Without limits anybody can flood the site; that is for load tests alone."""
    if settings.RATE_LIMITS:
        return []
    return [Warning("RATE_LIMITS=off: NOBODY IS LIMITED. For load tests only.", id="site.W004")]


@register(Tags.security, deploy=True)
def two_people_review(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A public health site is better with a second pair of eyes."""
    if settings.REVIEW == "two":
        return []
    return [
        Warning(
            "REVIEW=one lets an editor publish alone. Set REVIEW=two for a public site.",
            id="site.W002",
        )
    ]


@register(Tags.security, deploy=True)
def mail_leaves_the_house(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Without EMAIL_URL, mails are files that nobody receives."""
    if settings.EMAIL_BACKEND == "remedies_site.mail.LoggedFiles":
        return [Warning("EMAIL_URL is not set: mails are written to files.", id="site.W003")]
    return []
