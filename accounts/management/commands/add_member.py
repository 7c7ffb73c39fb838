"""manage.py add_member EMAIL --password P [--role ROLE] [--name NAME]"""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.management import weak_passwords
from accounts.models import User
from accounts.roles import ROLES
from accounts.services import add_member, name_from_email


class Command(BaseCommand):
    help = "Make a verified account, with consent recorded and the rights of a role."

    def add_arguments(self, parser: CommandParser) -> None:
        """EMAIL and options."""
        parser.add_argument("email")
        parser.add_argument("--password", required=True)
        parser.add_argument("--role", choices=["member", *ROLES], default="member")
        parser.add_argument("--name", help="public name; made from the address when left out")
        weak_passwords.add_option(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Create the account. Raises: CommandError."""
        email = options["email"]
        if not options["password"]:
            raise CommandError("The password is empty: write one after --password.")
        name = options["name"] or name_from_email(email)
        weak_passwords.check(
            self,
            options["password"],
            User(name=name, email=email),
            allowed=options["allow_weak_password"],
        )
        try:
            user = add_member(
                email=email,
                password=options["password"],
                name=name,
                role=options["role"],
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{user.name} <{user.email}> can log in now, as {options['role']}.")
