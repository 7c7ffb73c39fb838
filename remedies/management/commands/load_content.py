"""manage.py load_content FOLDER: check a content pack whole, then load and publish it, or only plan it."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from tqdm import tqdm

from remedies.content.files import read_pack
from remedies.content.load_plan import LoadPlan, PlanResult, results_of
from remedies.content.load_state import LoadOptions
from remedies.content.loading import database_is_empty, load_pack
from remedies.content.pack import Pack
from remedies.content.plan_text import plan_lines
from remedies.content.planning import documents_in, plan_load
from remedies.content.unchanged_rows import ChangedSincePlan
from remedies.lint.debts import DebtKind, debts
from remedies_site.pack_reader import InvalidPack
from remedies_site.single_run import AlreadyRunning

_CHANGES = 3
"""The exit status of `--plan --exit-code` where loading would change something."""


class Command(BaseCommand):
    help = (
        "Load a content pack: overwrites the rows it names and publishes them. Checks every file "
        "first; when anything is wrong, nothing changes. All of it is one transaction: killed at any "
        "point, it leaves the database as it was. With --plan it says what it would do, and does nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The pack's folder, and what to do with it."""
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="do nothing where there is a remedy, a condition or a citation already",
        )
        parser.add_argument("--plan", action="store_true", help="say what would change, and stop")
        parser.add_argument("--verbose", action="store_true", help="with --plan: texts in full")
        parser.add_argument("--json", action="store_true", help="with --plan: for machines")
        parser.add_argument(
            "--exit-code",
            action="store_true",
            help=f"with --plan: exit with {_CHANGES} where something would change",
        )
        parser.add_argument(
            "--partial", action="store_true", help="the pack may be one without remedies"
        )
        parser.add_argument(
            "--page-by-page",
            action="store_true",
            help="a transaction for each page, so that members post meanwhile on SQLite; an "
            "interrupted load is then finished by the same command again",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, load, and print what was done. Raises CommandError, and then nothing changed."""
        if not options["folder"].is_dir():
            raise CommandError(f"{options['folder']} is not a folder.")
        try:
            if options["plan"]:
                self._plan(options)
            elif options["if_empty"]:
                # Killed halfway it must be empty still, or the next `prepare` would leave it at that.
                with transaction.atomic():
                    if database_is_empty():
                        self._load(options)
            else:
                self._load(options)
        except InvalidPack as invalid:
            self._fail(invalid, as_json=options["plan"] and options["json"])
        except (AlreadyRunning, ChangedSincePlan) as error:
            raise CommandError(str(error)) from error

    def _fail(self, invalid: InvalidPack, *, as_json: bool) -> None:
        if as_json:
            errors = [error._asdict() for error in invalid.errors]
            self.stdout.write(json.dumps({"errors": errors}, ensure_ascii=False, indent=2))
        lines = "\n".join(f"  {error}" for error in invalid.errors)
        count = len(invalid.errors)
        raise CommandError(f"Nothing was loaded, {count} to mend:\n{lines}") from invalid

    def _plan(self, options: dict[str, Any]) -> None:
        disable = True if options["verbosity"] == 0 else None  # None: shown on a terminal only
        with tqdm(unit=" files", desc="reading", disable=disable) as bar:
            pack = read_pack(options["folder"], lambda: _advance(bar), partial=options["partial"])
        total = documents_in(pack)
        with tqdm(total=total, unit=" documents", desc="comparing", disable=disable) as bar:
            plan = plan_load(pack, LoadOptions(), lambda more: _advance(bar, more)).plan
        if options["json"]:
            self.stdout.write(json.dumps(plan.as_json(), ensure_ascii=False, indent=2))
        else:
            for line in plan_lines(plan, full=options["verbose"]):
                self.stdout.write(line)
        if options["exit_code"] and plan.changes_anything:
            sys.exit(_CHANGES)

    def _load(self, options: dict[str, Any]) -> None:
        quiet = options["verbosity"] == 0
        pack: Pack = read_pack(options["folder"], partial=options["partial"])
        plan = load_pack(
            pack,
            lambda line: None if quiet else self.stdout.write(line),
            page_by_page=options["page_by_page"],
        )
        if not quiet:
            self._report(plan)

    def _report(self, plan: LoadPlan) -> None:
        counts = plan.counts
        published = counts.get("published", 0) + len(_pages(plan, PlanResult.REGRADED))
        unchanged = len(_pages(plan, PlanResult.UNCHANGED))
        self.stdout.write(
            self.style.SUCCESS(
                f"{counts['new'] + counts['changed']} written, {published} published, "
                f"{unchanged} unchanged, {counts.get('left withdrawn', 0)} left withdrawn."
            )
        )
        if drafts := results_of(plan.documents, PlanResult.DRAFT):
            self.stdout.write(f"{len(drafts)} kept as drafts until an editor mends them:")
            self.stdout.writelines(f"  {one.label}: {'; '.join(one.notes)}" for one in drafts)
        unsearched = sum(debt.kind is DebtKind.NO_SEARCH for debt in debts())
        if unsearched:
            self.stdout.write(
                f"{unsearched} entries have no search on record: see “What needs an editor” in the admin."
            )


def _advance(bar: "tqdm[Any]", more: int = 1) -> None:
    bar.update(more)


def _pages(plan: LoadPlan, result: PlanResult) -> list[str]:
    """The labels of the conditions, remedies and entries with a result."""
    return [one.label for one in results_of(plan.documents, result) if one.kind.is_page]
