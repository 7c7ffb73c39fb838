"""The second factors that log-in knows, and their forms."""

import ipaddress
from urllib.parse import SplitResult

MFA_ADAPTER = "accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "accounts.forms.CodeForm",
    "reauthenticate": "accounts.forms.ConfirmByCodeForm",
    "activate_totp": "accounts.forms.AddAppForm",
}
# Nobody gets in with an unconfirmed address, so none can be kept out by one; with a second factor, too.
MFA_ALLOW_UNVERIFIED_EMAIL = True


def factor_types(site: SplitResult) -> list[str]:
    """The kinds of second factor at this address: browsers bind passkeys to a name, never to an IP address."""
    return ["totp", "recovery_codes", *(["webauthn"] if is_name(site.hostname or "") else [])]


def is_name(host: str) -> bool:
    """Whether a host is a name, not an IP address."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return bool(host)
    return False
