"""manage.py seed_demo: fill an empty database with a large demo site, for measurements.

The same seed makes the same rows. Everything that public pages read is there; the rows that only the
admin reads (evidence items, precautions, limits and the like) are left out, so publishing a page of
such a site from the admin would lose them.
"""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Count
from tqdm import tqdm

from discussions.models import Thread
from workbench.demo.site_builder import build_site, is_empty
from workbench.demo.sizes import Sizes

_COUNTS = ("remedies", "conditions", "entries", "comments", "citations", "members")


class Command(BaseCommand):
    help = "Fill an empty database with a large made-up site, for measuring. Never for readers."

    def add_arguments(self, parser: CommandParser) -> None:
        """The seed, and how many rows of each kind."""
        defaults = Sizes()
        for name in ("seed", *_COUNTS):
            parser.add_argument(f"--{name}", type=int, default=getattr(defaults, name))
        parser.add_argument(
            "--i-know",
            action="store_true",
            help="do it although SITE_URL begins with https, so that this looks like a real site",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Validate the options, build the site, and report what it has."""
        sizes = Sizes(**{name: options[name] for name in ("seed", *_COUNTS)})
        self._validate(sizes, is_forced=options["i_know"])
        total = sum(getattr(sizes, name) for name in _COUNTS)
        disable = True if options["verbosity"] == 0 else None  # None: shown on a terminal only
        with tqdm(total=total, unit=" rows", disable=disable) as bar:
            build_site(sizes, bar.update)
        if options["verbosity"]:
            self._report(sizes)

    def _validate(self, sizes: Sizes, *, is_forced: bool) -> None:
        if settings.IS_HTTPS and not is_forced:
            raise CommandError(
                "SITE_URL begins with https: this looks like a site with readers. "
                "If it is none, say --i-know."
            )
        if errors := list(sizes.errors()):
            raise CommandError("\n".join(errors))
        if not is_empty():
            raise CommandError(
                "There is content in this database already; a made-up site needs one of its own. "
                "Give another DATABASE_URL, or VAR_DIR with SQLite."
            )

    def _report(self, sizes: Sizes) -> None:
        for name in _COUNTS:
            self.stdout.write(f"{name}: {getattr(sizes, name):,}")
        busiest = Thread.objects.annotate(total=Count("comments")).order_by("-total", "pk")
        for thread in busiest.select_related("remedy", "entry__remedy", "entry__condition")[:3]:
            self.stdout.write(f"{thread.page_url}: {thread.total:,} comments")
