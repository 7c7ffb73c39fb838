import ipaddress

import pytest
from django.core.checks import run_checks

from remedies_site import checks

STATED = (
    *("SITE_OPERATOR", "SITE_CONTACT", "SITE_FUNDING", "EMERGENCY_NUMBER"),
    *("HELPLINES", "DATA_LICENCE", "ACCESSIBILITY_AUDIT"),
)


@pytest.fixture
def public_site(settings):
    """A site whose operator has said everything."""
    for name in STATED:
        setattr(settings, name, "stated")
    settings.REVIEW = "two"
    settings.EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    return settings


def own_warnings() -> list[str]:
    found = run_checks(include_deployment_checks=True)
    return sorted(str(warning.msg) for warning in found if (warning.id or "").startswith("site."))


def test_a_site_whose_operator_said_everything_has_nothing_to_mend(public_site):
    assert own_warnings() == []


@pytest.mark.parametrize("name", STATED)
def test_what_only_the_operator_knows_is_asked_for(public_site, name):
    setattr(public_site, name, "")
    (warning,) = own_warnings()
    assert warning.startswith(f"{name} is not set")


def test_publishing_alone_is_advised_against(public_site):
    public_site.REVIEW = "one"
    assert [warning.id for warning in checks.two_people_review(None)] == ["site.W002"]
    assert "REVIEW=two" in own_warnings()[0]


def test_mail_that_nobody_receives_is_told(public_site):
    public_site.EMAIL_DELIVERY_BACKEND = "remedies_site.mail.LoggedFileBackend"
    assert "EMAIL_URL" in own_warnings()[0]


def test_https_without_a_trusted_proxy_is_told(public_site):
    public_site.IS_HTTPS, public_site.STAFF_MFA = True, True
    assert [warning.id for warning in checks.proxies_are_named(None)] == ["site.W006"]
    assert "TRUSTED_PROXIES is not set" in own_warnings()[0]
    public_site.TRUSTED_PROXIES = [ipaddress.ip_network("127.0.0.1")]
    assert own_warnings() == []


def test_a_public_site_whose_staff_log_in_by_password_alone_is_told(public_site):
    public_site.IS_HTTPS, public_site.STAFF_MFA = True, False
    public_site.TRUSTED_PROXIES = [ipaddress.ip_network("127.0.0.1")]
    assert "STAFF_MFA=on" in own_warnings()[0]
    public_site.STAFF_MFA = True
    assert own_warnings() == []


def test_a_public_site_at_an_ip_address_is_told_that_it_has_no_passkeys(public_site):
    public_site.IS_HTTPS = public_site.STAFF_MFA = True
    public_site.TRUSTED_PROXIES = [ipaddress.ip_network("127.0.0.1")]
    public_site.MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
    assert [warning.id for warning in checks.passkeys_are_offered(None)] == ["site.W007"]
    assert "SITE_URL is an IP address" in own_warnings()[0]
    public_site.MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
    assert own_warnings() == []


def test_numbers_that_leave_the_machine_are_told(public_site):
    public_site.METRICS_PORT, public_site.METRICS_HOST = 9100, "0.0.0.0"
    assert "METRICS_HOST" in own_warnings()[0]
    public_site.METRICS_HOST = "127.0.0.1"
    assert own_warnings() == []


def test_a_site_on_one_machine_is_not_nagged(settings):
    settings.SITE_OPERATOR = ""
    found = run_checks()
    assert not [warning for warning in found if (warning.id or "").startswith("site.")]


@pytest.mark.parametrize(("processes", "worker"), [(2, True), (1, False)])
def test_several_processes_without_a_shared_cache_are_refused(public_site, processes, worker):
    public_site.WEB_PROCESSES, public_site.WORKER = processes, worker
    (error,) = checks.processes_share_a_cache(None)
    assert (error.id, error.is_serious()) == ("site.E001", True)
    assert own_warnings() == [error.msg]
    public_site.CACHES = {"default": {"BACKEND": "remedies_site.shared_cache.SharedCache"}}
    assert checks.processes_share_a_cache(None) == []
