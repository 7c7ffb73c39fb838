"""What the operator says of the open data, whom to tell of a weakness, and where machines ask."""

from django.core.exceptions import ImproperlyConfigured

from remedies_site import env
from remedies_site.contact_uri import contact_uri

API_PATH = "/api/v1/"
API_REQUESTS_A_MINUTE = env.number("API_REQUESTS_A_MINUTE", 300)  # from one network

# A licence as people name it (CC-BY-4.0), and where its text is; unset, nobody claims one.
DATA_LICENCE = env.text("DATA_LICENCE")
DATA_LICENCE_URL = env.text("DATA_LICENCE_URL")

SECURITY_CONTACT = env.text("SECURITY_CONTACT")  # unset, SITE_CONTACT where it is an address
if SECURITY_CONTACT and not contact_uri(SECURITY_CONTACT):
    raise ImproperlyConfigured(
        "SECURITY_CONTACT must be an e-mail address or begin with https://, mailto: or tel:; "
        f"it is {SECURITY_CONTACT!r}."
    )
if DATA_LICENCE_URL and not DATA_LICENCE_URL.startswith("https://"):
    raise ImproperlyConfigured(
        f"DATA_LICENCE_URL must begin with https://; it is {DATA_LICENCE_URL!r}."
    )
