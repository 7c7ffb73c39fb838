"""manage.py reset_second_factor NAME_OR_EMAIL"""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.adapters import AccountAdapter
from accounts.logins import find_by_login
from accounts.services import reset_second_factor


class Command(BaseCommand):
    help = (
        "Remove the second factor of somebody who lost their phone and their recovery codes, and log "
        "them out everywhere. Make sure first that it is they who ask."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """NAME_OR_EMAIL."""
        parser.add_argument("login", metavar="NAME_OR_EMAIL")

    def handle(self, *args: Any, **options: Any) -> None:
        """Remove it and write to the person. Raises: CommandError."""
        user = find_by_login(options["login"])
        if user is None:
            raise CommandError(f"There is no account {options['login']!r}.")
        if not reset_second_factor(user):
            raise CommandError(f"{user.name} has no second factor.")
        context = {
            "site_name": settings.SITE_NAME,
            "site_url": settings.SITE_URL,
            "timestamp": timezone.now(),
        }
        mail = AccountAdapter().render_mail("mfa/email/totp_deactivated", user.email, context)
        mail.send()
        self.stdout.write(
            f"{user.name} <{user.email}> logs in by password alone now, and was told by mail."
        )
