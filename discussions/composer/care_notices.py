"""What the author reads about the findings in a text, before anybody else reads the text."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from discussions.bodies import body_version
from discussions.composer.danger_rule import find_danger
from discussions.composer.findings import ExceededLimit, Finding, FindingKind
from discussions.composer.services import NeedsCare
from discussions.composer.spoken_text import split_sentences
from discussions.composer.text_check import kinds_of
from remedies.choices import Unit
from remedies.doses.limits import round_amount
from remedies_site.exceptions import ServiceError
from remedies_site.numbers import format_number

_MOST_QUOTES = 3


@dataclass(frozen=True)
class LimitNotice:
    """A limit that an amount in the text exceeds, in words, and where the page tells of it."""

    sentence: str
    counts: str
    remedy: str
    url: str


@dataclass(frozen=True)
class Notice:
    """All findings of one kind; `quotes` are the words that were found, at most three."""

    kind: str
    quotes: Sequence[str]
    limits: Sequence[LimitNotice] = ()
    is_advice: bool = True


def notices_context(error: ServiceError, body: str) -> dict[str, object]:
    """What the form shows of a text that wants care.

    Where it was not stored for another reason, help is shown all the same to somebody in danger.
    """
    if not isinstance(error, NeedsCare):
        return {"needs_help": any(find_danger(split_sentences(body)))}
    return {
        "notices": notices_of(error.body, error.findings),
        "checked": body_version(error.body),
    }


def waiting_message() -> str:
    """What an author reads after sending a comment that waits; the comment itself says why."""
    return _(
        "Your comment is with the moderators. They read it before others can; until then only you see it."
    )


def notices_of(body: str, findings: Sequence[Finding]) -> list[Notice]:
    """One notice for each kind, the most urgent first."""
    return [
        _notice(kind, body, [found for found in findings if found.kind is kind])
        for kind in kinds_of(findings)
    ]


def _notice(kind: FindingKind, body: str, findings: Sequence[Finding]) -> Notice:
    quotes = dict.fromkeys(" ".join(found.excerpt(body).split()) for found in findings)
    limits = dict.fromkeys(_limit_notice(found.limit) for found in findings if found.limit)
    return Notice(
        kind=kind.value,
        quotes=list(quotes)[:_MOST_QUOTES],
        limits=list(limits)[:_MOST_QUOTES],
        is_advice=any(found.is_advice for found in findings),
    )


def _limit_notice(exceeded: ExceededLimit) -> LimitNotice:
    row = exceeded.row
    values = {
        "amount": _format_amount(exceeded.amount, exceeded.unit),
        "remedy": exceeded.remedy,
        "limit": _format_amount(row.amount, row.unit),
        "population": row.population,
        "authority": row.authority,
    }
    sentence = _(
        "We read it as %(amount)s of %(remedy)s a day. The upper limit for %(population)s is %(limit)s a day"
        " (%(authority)s)."
    )
    return LimitNotice(sentence % values, row.counts, exceeded.remedy, exceeded.url)


def _format_amount(amount: Decimal, unit: Unit) -> str:
    is_whole = amount == amount.to_integral_value()
    return f"{format_number(amount if is_whole else round_amount(amount))} {unit.label}"
