"""Reads for the rules: remedies with their limits, and names of medicines; only where a text needs them."""

from collections.abc import Sequence
from functools import lru_cache

from django.db.models import Case, Q, When
from django.urls import reverse

from conditions.models import Condition
from discussions.choices import State
from discussions.composer.dose_rule import mentions_amount
from discussions.composer.findings import Finding
from discussions.composer.known_names import MedicineNames, RemedyNames, medicine_names
from discussions.composer.stop_rule import mentions_stopping
from discussions.composer.text_check import check_text
from discussions.models import Report
from remedies.check.selectors import circumstance_terms
from remedies.check.spoken import shipped_vocabulary
from remedies.check.vocabulary import Term
from remedies.choices import LimitKind
from remedies.models import IntakeLimit, Remedy, RemedyConditionEntry
from remedies.schema import LimitRow

_MOST_REMEDIES = 500
"""Remedies with a limit whose names are looked for; the one that is discussed is always among them."""


def check_comment(body: str, subject: Remedy | Condition | RemedyConditionEntry) -> list[Finding]:
    """What the rules find in a text about the subject: two queries, or none for most texts."""
    of_amounts = mentions_amount(body)
    remedies = remedies_with_limits(subject) if of_amounts else []
    medicines = MedicineNames()
    if of_amounts or mentions_stopping(body):
        medicines = _medicine_names(tuple(circumstance_terms()))
    return check_text(body, remedies, medicines)


def remedies_with_limits(
    subject: Remedy | Condition | RemedyConditionEntry,
) -> list[RemedyNames]:
    """The published remedies that have an upper limit for adults, and the one discussed; one query."""
    own = _remedy_key(subject)
    limits = IntakeLimit.objects.filter(kind=LimitKind.UPPER, adults=True)
    rows = (
        Remedy.objects.published()
        .filter(Q(pk=own) | Q(pk__in=limits.values("remedy")))
        .order_by(Case(When(pk=own, then=0), default=1), "pk")
        .values_list(
            *("pk", "shown_name", "slug", "shown_aliases"), "current_revision__document__limits"
        )
    )
    return [
        RemedyNames(
            name,
            f"{reverse('remedy', args=[slug])}#limits",
            tuple(aliases.splitlines()),
            _upper_for_adults(limits_of_document),
            is_subject=pk == own,
        )
        for pk, name, slug, aliases, limits_of_document in rows[:_MOST_REMEDIES]
    ]


def _remedy_key(subject: Remedy | Condition | RemedyConditionEntry) -> int:
    """The key of the remedy that is discussed; 0, which is none, for a condition."""
    if isinstance(subject, Remedy):
        return subject.pk
    return subject.remedy_id if isinstance(subject, RemedyConditionEntry) else 0


def _upper_for_adults(rows: list[dict[str, object]] | None) -> tuple[LimitRow, ...]:
    limits = [LimitRow.model_validate(row) for row in rows or []]
    return tuple(row for row in limits if row.kind is LimitKind.UPPER and row.adults)


@lru_cache(maxsize=2)
def _medicine_names(terms: tuple[Term, ...]) -> MedicineNames:
    return medicine_names(shipped_vocabulary(terms), terms)


def reasons_to_wait(keys: Sequence[int]) -> dict[int, str]:
    """Why comments wait for a moderator, in words for their authors; one query, none for no keys."""
    if not keys:
        return {}
    reports = Report.objects.filter(
        comment__in=keys, comment__state=State.HELD, is_automatic=True, decision=None
    ).order_by("pk")
    reasons: dict[int, list[str]] = {}
    for report in reports:
        text = report.detail or str(report.get_reason_display())
        reasons.setdefault(report.comment_id, []).append(text)
    return {key: "; ".join(dict.fromkeys(texts)) for key, texts in reasons.items()}
