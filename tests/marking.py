"""A marker word in every text that an editor can write, so that a leak of any of them is seen.

A column added later is marked without a change here: texts are found by their kind.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models

from citations.models import Citation
from conditions.models import Condition, FirstCare, RedFlag
from remedies.models import (
    DoseRegimen,
    EntryJudgement,
    EvidenceItem,
    Guideline,
    IntakeLimit,
    Interaction,
    NextStep,
    Precaution,
    Product,
    Remedy,
    RemedyConditionEntry,
    SmallestDifference,
)
from tests.factories import make_citation

MARKER = "Zyxwvut"
SLUG_MARKER = "quagga"
KEY = f"{MARKER}Work"
SEARCHED = date(2026, 11, 26)
FORMS = {
    "verdict": "{marker} {model} {field}: we do not know. It may be. No studies in people.",
    "aliases": "{marker} name\nAnother {marker}",
    "url": "https://example.org/{marker}",
}


def text_fields(model: type[models.Model]) -> list[Any]:
    """The columns of a model that hold an editor's own words."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and field.editable
        and not field.choices
        and field.name not in {"slug", "key"}
    ]


def marked_texts(model: type[models.Model], *, leave_out: tuple[str, ...] = ()) -> dict[str, str]:
    """A marked value for every text of a model; each names its column."""
    texts = {}
    for field in text_fields(model):
        if field.name not in leave_out:
            text = FORMS.get(field.name, "{marker} {model} {field}").format(
                marker=MARKER, model=model._meta.model_name, field=field.name.replace("_", " ")
            )
            texts[field.name] = text[: field.max_length]
    return texts


def mark(thing: Remedy | Condition | RemedyConditionEntry, **leave_out: Any) -> None:
    """Put the marker into every text and into a row of every kind; publishes nothing."""
    work = Citation.objects.filter(key=KEY).first() or make_citation(
        KEY, **marked_texts(Citation, leave_out=("doi", "pmid", "pmcid", "nct"))
    )
    for name, text in marked_texts(type(thing), **leave_out).items():
        setattr(thing, name, text)
    thing.save()
    if isinstance(thing, Remedy):
        _mark_remedy(thing, work)
    elif isinstance(thing, Condition):
        for model in (RedFlag, FirstCare):
            _row(model, work, condition=thing)
    else:
        _mark_entry(thing, work)


def _mark_remedy(remedy: Remedy, work: Citation) -> None:
    amount: dict[str, Any] = {"amount": Decimal(77), "unit": "mg", "basis": "elemental"}
    _row(IntakeLimit, work, remedy=remedy, kind="upper", **amount)
    _row(IntakeLimit, work, remedy=remedy, kind="recommended", **amount)
    _row(Interaction, work, remedy=remedy, severity="major", action="avoid")
    _row(Precaution, work, remedy=remedy, kind="caution", severity="stop")
    _row(Product, None, remedy=remedy, disclosure="affiliate")


def _mark_entry(entry: RemedyConditionEntry, work: Citation) -> None:
    entry.dosing = f"{entry.dosing} [@{KEY}]"
    entry.searched_on = SEARCHED
    entry.save()
    _row(EvidenceItem, None, entry=entry, citation=work, direction="harm")
    _row(DoseRegimen, None, entry=entry, citation=work)
    _row(EntryJudgement, work, entry=entry, kind="publication_bias")
    _row(SmallestDifference, work, entry=entry, measure="MD", value=Decimal(3))
    _row(Guideline, work, entry=entry, year=2024, statement="for")
    _row(NextStep, work, entry=entry)
    _row(Precaution, work, entry=entry, kind="contraindication", severity="stop")


def _row(model: type[models.Model], work: Citation | None, **values: Any) -> None:
    row = model._default_manager.create(**marked_texts(model) | values)
    if work is not None:
        row.citations.add(work)  # type: ignore[attr-defined]
