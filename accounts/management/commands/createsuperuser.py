"""manage.py createsuperuser, as Django documents it, with our rules for a password from the environment."""

import os
from typing import Any

from django.contrib.auth.management.commands.createsuperuser import Command as DjangoCommand
from django.core.management.base import CommandParser

from accounts.management import weak_passwords
from accounts.models import User


class Command(DjangoCommand):
    def add_arguments(self, parser: CommandParser) -> None:
        """Django's and our own."""
        super().add_arguments(parser)
        weak_passwords.add_option(parser)

    def handle(self, *args: Any, **options: Any) -> str | None:
        """Check the password of DJANGO_SUPERUSER_PASSWORD; a typed one is checked by Django itself."""
        password = os.environ.get("DJANGO_SUPERUSER_PASSWORD")
        if password and not options["interactive"]:
            names = {
                field: options.get(field) or os.environ.get(f"DJANGO_SUPERUSER_{field.upper()}", "")
                for field in ("name", "email")
            }
            weak_passwords.check(
                self, password, User(**names), allowed=options["allow_weak_password"]
            )
        result: str | None = super().handle(*args, **options)
        return result
