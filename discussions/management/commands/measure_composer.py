"""Print how well the composer's rules find what the labelled comments hold; fail where that is too little."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from discussions.composer.measuring import (
    BUILD,
    HELD_OUT,
    LEAST_PRECISION,
    LEAST_RECALL,
    Score,
    measure,
    overall,
    read_examples,
    read_names,
)


class Command(BaseCommand):
    help = "Print precision and recall of the composer's rules; fails below 0.9 or 0.8."

    def handle(self, *args: object, **options: object) -> None:
        names = read_names(settings.CONTENT_PACK)
        examples = read_examples(settings.BASE_DIR / "workbench")
        for half, title in ((BUILD, "built with"), (HELD_OUT, "held out")):
            chosen = [example for example in examples if example.half == half]
            scores = measure(chosen, names)
            self.stdout.write(f"{title}: {len(chosen)} comments")
            for kind, score in scores.items():
                self._write_score(kind.value, score)
            total = overall(scores)
            self._write_score("all kinds", total)
        if total.precision < LEAST_PRECISION or total.recall < LEAST_RECALL:
            raise CommandError(
                f"Held-out precision is to be at least {LEAST_PRECISION}, recall {LEAST_RECALL}."
            )

    def _write_score(self, title: str, score: Score) -> None:
        self.stdout.write(
            f"  {title:<10} precision {score.precision:.2f}  recall {score.recall:.2f}"
            f"  ({score.hits} right, {score.false_alarms} false, {score.misses} missed)"
        )
