"""manage.py seed_demo: fill an empty database with a large made-up site, for measuring.

The same seed makes the same rows. Everything that readers' pages use is there; the rows that only
the editors' desk reads (evidence items, precautions, limits and the like) are left out, so do not
publish from the desk of such a site.
"""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Count
from tqdm import tqdm

from discussions.models import Thread
from workbench.demo.building import build, is_empty
from workbench.demo.sizes import Sizes

_COUNTS = ("remedies", "conditions", "entries", "comments", "citations", "members")


class Command(BaseCommand):
    help = "Fill an empty database with a large made-up site, for measuring. Never for readers."

    def add_arguments(self, parser: CommandParser) -> None:
        """The seed, and how many rows of each kind."""
        usual = Sizes()
        for name in ("seed", *_COUNTS):
            parser.add_argument(f"--{name}", type=int, default=getattr(usual, name))
        parser.add_argument(
            "--i-know",
            action="store_true",
            help="do it although SITE_URL begins with https, so that this looks like a real site",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, build, and say what was made."""
        sizes = Sizes(**{name: options[name] for name in ("seed", *_COUNTS)})
        self._check(sizes, knows=options["i_know"])
        total = sum(getattr(sizes, name) for name in _COUNTS)
        quiet = True if options["verbosity"] == 0 else None  # None: only on a terminal
        with tqdm(total=total, unit=" rows", disable=quiet) as bar:
            build(sizes, bar.update)
        if options["verbosity"]:
            self._tell(sizes)

    def _check(self, sizes: Sizes, *, knows: bool) -> None:
        if settings.IS_HTTPS and not knows:
            raise CommandError(
                "SITE_URL begins with https: this looks like a site with readers. "
                "If it is none, say --i-know."
            )
        if faults := list(sizes.faults()):
            raise CommandError("\n".join(faults))
        if not is_empty():
            raise CommandError(
                "There is content in this database already; a made-up site needs one of its own. "
                "Give another DATABASE_URL, or VAR_DIR with SQLite."
            )

    def _tell(self, sizes: Sizes) -> None:
        for name in _COUNTS:
            self.stdout.write(f"{name}: {getattr(sizes, name):,}")
        busiest = Thread.objects.annotate(said=Count("comments")).order_by("-said", "pk")
        for thread in busiest.select_related("remedy", "entry__remedy", "entry__condition")[:3]:
            self.stdout.write(f"{thread.page_url}: {thread.said:,} comments")
