"""manage.py backup_database FILE: the name of `backup` in earlier releases."""

from remedies_site.management.commands import backup


class Command(backup.Command):
    help = "The same as `backup`, under its earlier name."
