"""The numbers in words: each with what it counts, so that nobody has to guess what it means."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from discussions.dashboard.content_figures import MOST_READ, ContentFigures, content_figures
from discussions.dashboard.talk_figures import TalkFigures, talk_figures
from remedies.choices import Certainty


@dataclass(frozen=True)
class Figure:
    """A number with its name, what it counts, and the URL name of the list behind it, if there is one."""

    label: str
    value: str
    meaning: str
    url_name: str = ""


@dataclass(frozen=True)
class CertaintyCount:
    """How many published entries have a certainty."""

    certainty: str
    number: int


@dataclass(frozen=True)
class TrustPage:
    """All that the page shows, as of a day."""

    as_of: date
    content: list[Figure]
    by_certainty: list[CertaintyCount]
    readers: list[Figure]
    moderation: list[Figure]


def trust_page() -> TrustPage:
    """The page of today."""
    today = timezone.localdate()
    content, talk = content_figures(today), talk_figures(today)
    return TrustPage(
        as_of=today,
        content=list(_content(content, today)),
        by_certainty=[
            CertaintyCount(certainty, content.by_certainty[certainty])
            for certainty in Certainty.values
            if content.by_certainty.get(certainty)
        ],
        readers=list(_readers(content, talk, today)),
        moderation=list(_moderation(talk)),
    )


def _content(content: ContentFigures, today: date) -> Iterator[Figure]:
    read = content.sentences
    yield Figure(
        _("Answers published"),
        number_format(content.entries, force_grouping=True),
        _("Pages about one remedy for one condition that readers see today."),
        "remedies",
    )
    yield Figure(
        _("Median age of an answer"),
        _days_since(content.middle_written_on, today),
        _(
            "Half of the answers were written or looked through again more recently. Counted from the day under the title."
        ),
        "recently_reviewed",
    )
    yield Figure(
        _("Reviews overdue"),
        number_format(content.overdue, force_grouping=True),
        _(
            "Answers, remedies and conditions whose day of the next review has passed. Each says so."
        ),
    )
    yield Figure(
        _("Claims with a source"),
        _share(read.sourced_claims, read.claims),
        _(
            "Sentences with a figure, a comparison or an effect, found by a program, that name their source. "
            "Looked at: the texts of the %(count)s answers written last, %(most)s at most."
        )
        % {"count": read.entries, "most": MOST_READ},
        "editorial_policy",
    )
    yield Figure(
        _("All sentences with a source"),
        _share(read.sourced, read.sentences),
        _("The same of all sentences, also of those that explain, advise or say what is unknown."),
    )


def _readers(content: ContentFigures, talk: TalkFigures, today: date) -> Iterator[Figure]:
    challenges = talk.challenges
    yield Figure(
        _("Challenges open"),
        number_format(challenges.open, force_grouping=True),
        _(
            "Claims that readers called wrong, or named a source for, and that no editor has answered."
        ),
        "challenges",
    )
    if talk.oldest_open:
        yield Figure(
            _("Open for"),
            _days_since(talk.middle_open, today),
            _("The median. The oldest is of %(day)s.") % {"day": date_format(talk.oldest_open)},
        )
    yield Figure(
        _("Challenges answered"),
        number_format(challenges.accepted + challenges.declined, force_grouping=True),
        _("Accepted: %(accepted)s. Declined, with a reason: %(declined)s.")
        % {"accepted": challenges.accepted, "declined": challenges.declined},
        "challenges",
    )
    yield Figure(
        _("Corrections in the last 365 days"),
        number_format(content.corrections_of_year, force_grouping=True),
        _(
            "Versions that were published since a page said something wrong. Since the beginning: %(all)s."
        )
        % {"all": content.corrections},
        "recently_corrected",
    )


def _moderation(talk: TalkFigures) -> Iterator[Figure]:
    yield Figure(
        _("Comments removed"),
        number_format(talk.removed, force_grouping=True),
        _("Each with a reason that the author was given. Put back: %(restored)s.")
        % {"restored": talk.restored},
        "moderation_log",
    )
    yield Figure(
        _("Reports without consequence"),
        number_format(talk.kept, force_grouping=True),
        _("Comments that somebody reported and a moderator kept."),
    )
    yield Figure(
        _("Members reminded, paused or suspended"),
        number_format(talk.sanctions, force_grouping=True),
        _("Decisions, not people: one member may have had several."),
    )
    yield Figure(
        _("Appeals answered"),
        number_format(talk.appeals_upheld + talk.appeals_overturned, force_grouping=True),
        _(
            "Taken back on appeal: %(overturned)s. Left to stand: %(upheld)s. Another moderator answers."
        )
        % {"overturned": talk.appeals_overturned, "upheld": talk.appeals_upheld},
        "moderation_log",
    )


def _days_since(day: date | None, today: date) -> str:
    if day is None:
        return _("no date yet")
    days = max(0, (today - day).days)
    return ngettext("%(count)s day", "%(count)s days", days) % {
        "count": number_format(days, force_grouping=True)
    }


def _share(part: int, whole: int) -> str:
    """“98 % (49 of 50)”, rounded down: what is not all is never 100 %."""
    if not whole:
        return _("nothing to count yet")
    values = {
        "percent": 100 * part // whole,
        "part": number_format(part, force_grouping=True),
        "whole": number_format(whole, force_grouping=True),
    }
    return _("%(percent)s %% (%(part)s of %(whole)s)") % values
