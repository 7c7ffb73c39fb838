"""What each table is shown on, and what each address shows, in scopes.

A scope is the name of a row of `page_version`: `content` (whatever editors publish, and names of
members), `remedy:magnesium` and `condition:insomnia` (what members say about them), `all` (any of
these). A page that is made again takes the parts of what members say that have not changed: each of
them has a scope as well, such as `entry-discussion:12` (`entry_parts`). Tables are named as in the database; tests/site/pagecache/test_shown.py fails where one is
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
_EXPERIENCES = (
    "SELECT 'experiences:' || e.id FROM remedies_remedyconditionentry e WHERE e.id = {entry}"
)
_VOTES = "SELECT 'remedy-votes:' || e.remedy_id FROM remedies_remedyconditionentry e WHERE e.id = {entry}"
_TALK_OF_ENTRY = (
    "SELECT 'entry-discussion:' || e.id FROM remedies_remedyconditionentry e WHERE e.id = {entry} "
    "UNION SELECT 'remedy-comments:' || e.remedy_id FROM remedies_remedyconditionentry e "
    "WHERE e.id = {entry}"
)
_TALK_OF_REMEDY = (
    "SELECT 'remedy-discussion:' || r.id FROM remedies_remedy r WHERE r.id = {remedy} "
    "UNION SELECT 'remedy-comments:' || r.id FROM remedies_remedy r WHERE r.id = {remedy}"
)


def _of_discussion(entry: str, remedy: str) -> str:
    return " UNION ".join(
        (
            _OF_ENTRY.format(entry=entry),
            _TALK_OF_ENTRY.format(entry=entry),
            _OF_REMEDY.format(remedy=remedy),
            _TALK_OF_REMEDY.format(remedy=remedy),
        )
    )


def _of_thread(thread: str) -> str:
    return _of_discussion(
        f"(SELECT t.entry_id FROM discussions_thread t WHERE t.id = {thread})",
        f"(SELECT t.remedy_id FROM discussions_thread t WHERE t.id = {thread})",
    )


def _of_report(entry: str) -> str:
    return f"{_OF_ENTRY.format(entry=entry)} UNION {_EXPERIENCES.format(entry=entry)}"


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
            "citations_formerkey",
            "conditions_condition",
            "conditions_conditionrevision",
            "conditions_firstcare",
            "conditions_firstcare_citations",
            "conditions_oldaddress",
            "conditions_redflag",
            "conditions_redflag_citations",
            "publishing_citationrevision",
            "publishing_clinicalreview",
            "publishing_conflictstatement",
            "publishing_reviewer",
            "publishing_safetybanner",
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
        hidden=frozenset(
            {
                *("password", "last_login", "email", "consented_at", "colour_scheme"),
                "digest_mailed_at",
                *("joined_at", "shows_comments"),  # of profiles, which are never kept
                *("name_skeleton", "is_name_older"),
                "credential_register",
            }
        ),
        new_if="new.is_staff OR new.is_superuser",  # others are shown once they have said something
    ),
    # Its counters go with a row of entryvote.
    "remedies_remedyconditionentry": Watched(hidden=frozenset({"up_count", "down_count"})),
    "remedies_entryvote": Watched(f"{_OF_ENTRY} UNION {_VOTES}".format(entry="{row}.entry_id")),
    "remedies_experiencereport": Watched(_of_report("{row}.entry_id")),
    "remedies_reportedsideeffect": Watched(
        _of_report(
            "(SELECT x.entry_id FROM remedies_experiencereport x WHERE x.id = {row}.report_id)"
        )
    ),
    "discussions_thread": Watched(_of_discussion("{row}.entry_id", "{row}.remedy_id")),
    "discussions_comment": Watched(_of_thread("{row}.thread_id")),
    "discussions_commentvote": Watched(_of_comment("{row}.comment_id")),
    "discussions_report": Watched(_of_comment("{row}.comment_id")),
    "discussions_challenge": Watched(
        _OF_ENTRY.format(entry="{row}.entry_id")
        + " UNION "
        + _OF_REMEDY.format(remedy="{row}.remedy_id")
        + " UNION SELECT 'condition:' || c.slug FROM conditions_condition c "
        "WHERE c.id = {row}.condition_id",
        hidden=frozenset({"care"}),
    ),
    "search_pagerequest": Watched("SELECT 'all'"),
    "discussions_decision": Watched("SELECT 'all'"),
    # The public log has those that are decided.
    "discussions_voteburst": Watched(
        "SELECT 'all'",
        hidden=frozenset({"first_at", "last_at", "votes", "young_votes"}),
        new_if="new.state <> 'open'",
    ),
}

NOT_SHOWN = frozenset(
    {
        "account_emailaddress",
        "account_emailconfirmation",
        "accounts_accountdeletion",
        "accounts_actioncount",
        "accounts_allowance",
        "accounts_notification",
        "accounts_notificationsetting",
        "accounts_outgoingmail",
        "accounts_sanction",
        "accounts_session",
        "accounts_user_user_permissions",
        "auth_group_permissions",
        "auth_permission",
        "citations_linkcheck",
        "discussions_announcement",
        "discussions_follow",
        "discussions_lastvisit",
        "django_admin_log",
        "django_content_type",
        "django_session",
        "discussions_appeal",
        "discussions_note",
        "discussions_voteburst_comment_votes",
        "discussions_voteburst_entry_votes",
        "mfa_authenticator",
        "publishing_autosavedform",
        "publishing_derivedversion",
        "publishing_draftedit",
        "publishing_merge",
        "publishing_draftstate",
        "publishing_placecomment",
        "publishing_schedule",
        "publishing_submission",
        "remedies_lintreport",
        "remedies_mention",  # made from the others by triggers, and so is the next
        "remedies_searchitem",
        "remedies_uploadedpack",
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


def entry_discussion(entry_id: int) -> str:
    """The scope of the comments on an entry."""
    return f"entry-discussion:{entry_id}"


def remedy_discussion(remedy_id: int) -> str:
    """The scope of the comments on a remedy as such."""
    return f"remedy-discussion:{remedy_id}"


def remedy_comments(remedy_id: int) -> str:
    """The scope of all comments on a remedy and on its entries."""
    return f"remedy-comments:{remedy_id}"


def remedy_votes(remedy_id: int) -> str:
    """The scope of all votes on the entries of a remedy."""
    return f"remedy-votes:{remedy_id}"


def experiences(entry_id: int) -> str:
    """The scope of the experience reports on an entry."""
    return f"experiences:{entry_id}"


def entry_parts(entry_id: int, remedy_id: int) -> tuple[str, ...]:
    """The scopes of the parts of an entry's page that members write."""
    return (entry_discussion(entry_id), experiences(entry_id), *remedy_parts(remedy_id))


def remedy_parts(remedy_id: int) -> tuple[str, ...]:
    """The scopes of the parts of a remedy's page that members write."""
    return (remedy_discussion(remedy_id), remedy_comments(remedy_id), remedy_votes(remedy_id))
