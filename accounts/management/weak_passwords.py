"""What commands that take a password do with a weak one."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from accounts.services import password_errors


def add_option(parser: CommandParser) -> None:
    """`--allow-weak-password`."""
    parser.add_argument(
        "--allow-weak-password",
        action="store_true",
        help="take a password that members could not choose (on https; elsewhere it is taken anyway)",
    )


def check(command: BaseCommand, password: str, user: User, *, allowed: bool) -> None:
    """Name each fault of the password. Raises: CommandError, for a site on https unless `allowed`."""
    messages = password_errors(password, user)
    if messages and settings.IS_HTTPS and not allowed:
        raise CommandError(f"{' '.join(messages)} Choose another, or add --allow-weak-password.")
    for message in messages:
        command.stderr.write(command.style.WARNING(f"A weak password: {message}"))
