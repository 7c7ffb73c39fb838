"""manage.py reencrypt_second_factors: encrypt them with the new SECRET_KEY, so that the old one can go."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.second_factor import reencrypt_secrets


class Command(BaseCommand):
    help = (
        "After a change of SECRET_KEY, with the old one in SECRET_KEY_FALLBACKS: encrypt the secrets of "
        "second factors with the new one. The old one can go afterwards."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Encrypt them. Raises CommandError where no key reads some."""
        written, unreadable = reencrypt_secrets()
        self.stdout.write(f"{written} secrets are encrypted with SECRET_KEY now.")
        if unreadable:
            people = ", ".join(f"#{number}" for number in sorted(set(unreadable)))
            raise CommandError(
                f"No key reads the secrets of {people}. Add the key that they were stored with to "
                "SECRET_KEY_FALLBACKS, or run reset_second_factor for them."
            )
