"""manage.py restore_database FILE: the name of `restore` in earlier releases."""

from remedies_site.management.commands import restore


class Command(restore.Command):
    help = "The same as `restore`, under its earlier name."
