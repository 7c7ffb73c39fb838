"""What each table is shown on, and what each address shows, in scopes.

A scope is the name of a row of `page_version`: `content` (whatever editors publish, and names of
members), `remedy:magnesium` and `condition:insomnia` (what members say about them), `all` (any of
these). Tables are named as in the database; tests/site/pagecache/test_shown.py fails where one is
missing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

ALL = "all"
CONTENT = "content"

_OF_ENTRY = (
    "SELECT 'remedy:' || r.slug FROM remedies_remedy r "
    "JOIN remedies_remedyconditionentry e ON e.remedy_id = r.id WHERE e.id = {entry} "
    "UNION SELECT 'condition:' || c.slug FROM conditions_condition c "
    "JOIN remedies_remedyconditionentry e ON e.condition_id = c.id WHERE e.id = {entry}"
)
_OF_REMEDY = "SELECT 'remedy:' || r.slug FROM remedies_remedy r WHERE r.id = {remedy}"


def _of_thread(thread: str) -> str:
    entry = _OF_ENTRY.format(
        entry=f"(SELECT t.entry_id FROM discussions_thread t WHERE t.id = {thread})"
    )
    remedy = _OF_REMEDY.format(
        remedy=f"(SELECT t.remedy_id FROM discussions_thread t WHERE t.id = {thread})"
    )
    return f"{entry} UNION {remedy}"


def _of_comment(comment: str) -> str:
    return _of_thread(f"(SELECT m.thread_id FROM discussions_comment m WHERE m.id = {comment})")


@dataclass(frozen=True)
class Watched:
    """A table whose rows are shown.

    `scopes` is a SELECT of their names, with `{row}` for the changed row; without one the rows are
    content. An update that touches `hidden` columns alone changes no page, nor does a new row that does
    not meet `new_if`, an SQL condition on the row `new`.
    """

    scopes: str = f"SELECT '{CONTENT}'"
    hidden: frozenset[str] = frozenset()
    new_if: str = ""


_CONTENT = Watched()
WATCHED: Mapping[str, Watched] = {
    **dict.fromkeys(
        (
            "accounts_formername",
            "accounts_user_groups",
            "auth_group",
            "citations_citation",
            "conditions_condition",
            "conditions_conditionrevision",
            "conditions_firstcare",
            "conditions_firstcare_citations",
            "conditions_oldaddress",
            "conditions_redflag",
            "conditions_redflag_citations",
            "publishing_citationrevision",
            "remedies_circumstance",
            "remedies_circumstancerevision",
            "remedies_doseregimen",
            "remedies_entryjudgement",
            "remedies_entryjudgement_citations",
            "remedies_entryrevision",
            "remedies_evidenceitem",
            "remedies_evidenceitem_reviews",
            "remedies_evidenceitem_superseded_by",
            "remedies_guideline",
            "remedies_guideline_citations",
            "remedies_intakegap",
            "remedies_intakegap_citations",
            "remedies_intakelimit",
            "remedies_intakelimit_citations",
            "remedies_interaction",
            "remedies_interaction_applies_to",
            "remedies_interaction_citations",
            "remedies_nextstep",
            "remedies_nextstep_citations",
            "remedies_precaution",
            "remedies_precaution_applies_to",
            "remedies_precaution_citations",
            "remedies_precaution_matters_for",
            "remedies_product",
            "remedies_remedy",
            "remedies_remedyrevision",
            "remedies_smallestdifference",
            "remedies_smallestdifference_citations",
        ),
        _CONTENT,
    ),
    "accounts_user": Watched(
        hidden=frozenset({"password", "last_login", "email", "consented_at", "colour_scheme"}),
        new_if="new.is_staff OR new.is_superuser",  # others are shown once they have said something
    ),
    # Its counters go with a row of entryvote.
    "remedies_remedyconditionentry": Watched(hidden=frozenset({"up_count", "down_count"})),
    "remedies_entryvote": Watched(_OF_ENTRY.format(entry="{row}.entry_id")),
    "remedies_experiencereport": Watched(_OF_ENTRY.format(entry="{row}.entry_id")),
    "remedies_reportedsideeffect": Watched(
        _OF_ENTRY.format(
            entry="(SELECT x.entry_id FROM remedies_experiencereport x WHERE x.id = {row}.report_id)"
        )
    ),
    "discussions_thread": Watched(
        f"{_OF_ENTRY.format(entry='{row}.entry_id')} UNION {_OF_REMEDY.format(remedy='{row}.remedy_id')}"
    ),
    "discussions_comment": Watched(_of_thread("{row}.thread_id")),
    "discussions_commentvote": Watched(_of_comment("{row}.comment_id")),
    "discussions_report": Watched(_of_comment("{row}.comment_id")),
}

NOT_SHOWN = frozenset(
    {
        "account_emailaddress",
        "account_emailconfirmation",
        "accounts_actioncount",
        "accounts_allowance",
        "accounts_outgoingmail",
        "accounts_session",
        "accounts_user_user_permissions",
        "auth_group_permissions",
        "auth_permission",
        "django_admin_log",
        "django_content_type",
        "django_session",
        "mfa_authenticator",
        "publishing_derivedversion",
        "publishing_draftedit",
        "remedies_mention",  # made from the others by triggers, and so is the next
        "remedies_searchitem",
    }
)
"""No page for readers without a cookie depends on these."""

_ABOUT = re.compile(r"/(remedies|conditions)/([-a-z0-9]{1,120})/")


def scopes_of(path: str) -> tuple[str, ...]:
    """What the page at a path shows: content with the talk about its remedy or condition, or all."""
    about = _ABOUT.match(path)
    if about is None or "/compare/" in path:
        return (ALL,)
    kind = "remedy" if about[1] == "remedies" else "condition"
    return (CONTENT, f"{kind}:{about[2]}")
