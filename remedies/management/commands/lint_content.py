"""manage.py lint_content: list claims without a source, banned words and verdicts beyond their grade."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from publishing.claims.measure import measure
from remedies.lint.content_errors import content_errors, uncited_keys


class Command(BaseCommand):
    help = (
        "Check the words of everything published, and of drafts that never were: claims without a "
        "citation mark, banned words, verdicts that do not fit their grade, and works that nothing "
        "cites. Fails where something is wrong."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The option to measure the rules themselves instead."""
        parser.add_argument(
            "--measure",
            action="store_true",
            help="print how well the rules for claims agree with the labelled sentences",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a line for each error. Raises CommandError with their number, where there are any."""
        if options["measure"]:
            self._measure()
            return
        errors = list(content_errors())
        for error in errors:
            self.stdout.write(str(error))
        for key in uncited_keys():
            self.stdout.write(f"note: nothing published cites {key}")
        if errors:
            raise CommandError(f"{len(errors)} to mend")
        self.stdout.write("Nothing to mend.")

    def _measure(self) -> None:
        result = measure()
        for sentence in result.missed:
            self.stdout.write(f"missed: {sentence}")
        for sentence in result.false_positives:
            self.stdout.write(f"no claim: {sentence}")
        self.stdout.write(f"precision {result.precision:.2f}, recall {result.recall:.2f}")
