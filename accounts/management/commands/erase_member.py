"""manage.py erase_member NAME_OR_EMAIL [--keep-words | --consent] [--yes]"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.logins import find_by_login
from accounts.models import User
from accounts.privacy.services import erase_member, withdraw_consent
from remedies_site.exceptions import NotPermitted


class Command(BaseCommand):
    help = (
        "Delete an account at once, with its votes, reports and comments. It cannot be undone, but for "
        "a backup. Members do so themselves on their account page, with seven days to undo it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """NAME_OR_EMAIL, and what becomes of the comments."""
        parser.add_argument("login", metavar="NAME_OR_EMAIL", help="or '#7', the number in the log")
        what = parser.add_mutually_exclusive_group()
        what.add_argument(
            "--keep-words", action="store_true", help="leave the comments, without the name"
        )
        what.add_argument(
            "--consent", action="store_true", help="keep the account; only take its consent back"
        )
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask, and erase. Raises: CommandError."""
        user = _find(options["login"])
        if user is None:
            raise CommandError(f"There is no account {options['login']!r}.")
        if not options["yes"] and input(f"Erase {user.name}? Type the name: ") != user.name:
            raise CommandError("Nothing was erased.")
        if options["consent"]:
            withdraw_consent(user)
            self.stdout.write("The consent is taken back, and what rested on it is erased.")
            return
        try:
            erase_member(user, words=not options["keep_words"])
        except NotPermitted as error:
            raise CommandError(
                f"{user.name} is staff. Take the role away first, so that no record loses its author by accident."
            ) from error
        self.stdout.write("The account is erased.")


def _find(login: str) -> User | None:
    number = login.removeprefix("#")
    if number != login and number.isdecimal():
        return User.objects.filter(pk=number).first()
    return find_by_login(login)
