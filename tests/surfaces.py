"""Every way that content comes out. Leak tests walk it; an address that is not on it fails
`tests/site/test_surfaces.py`.

A surface is named like its address in the URLconf and tells, for the remedy and the condition of
an entry, every address at which something of them could show. Addresses of the editors' desk are
apart: `tests/site/test_admin_rights.py` walks those.
"""

from collections.abc import Callable, Iterator
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from citations.formats import FORMATS
from citations.schema import citation_keys
from conditions.models import Condition
from conditions.schema import ConditionDocument
from discussions.challenges.claimed_parts import PART_FIELDS
from discussions.models import Challenge, Comment
from discussions.templatetags.discussions import comment_action
from publishing.models import Reviewer
from remedies.models import Remedy, RemedyConditionEntry
from remedies.schema import EntryDocument, RemedyDocument
from remedies.sitemaps import PER_PART

Entry = RemedyConditionEntry


def _plain(name: str) -> Callable[[Entry], list[str]]:
    return lambda _entry: [reverse(name)]


def _narrowed(name: str, by: str, value: str) -> list[str]:
    """The whole list, and what the filter leaves of it."""
    return [reverse(name), f"{reverse(name)}?{urlencode({by: value})}"]


def _searches(entry: Entry) -> list[str]:
    """Names as they are in the draft and as they are shown, by the first letters of each word: so
    that the page, which repeats what was typed, holds a whole name only where it found one."""
    parts = (entry.remedy, entry.condition)
    names = [name for part in parts for name in (part.name, part.shown_name, part.aliases) if name]
    names.append(f"{entry.remedy.name} {entry.condition.name}")
    typed = {" ".join(word[:4] for word in name.split()) for name in names}
    return [reverse("search"), *(f"{reverse('search')}?{urlencode({'q': q})}" for q in typed)]


def _suggestions(entry: Entry) -> list[str]:
    return [
        address.replace(reverse("search"), reverse("suggestions")) for address in _searches(entry)
    ]


def _references(entry: Entry) -> list[str]:
    revision = entry.current_revision
    document = EntryDocument.model_validate(revision.document) if revision else None
    keys = set(entry.shown_citations) | {row.citation.key for row in entry.evidence_items.all()}
    keys |= set(citation_keys(document)) if document else set()
    return [reverse("reference", args=[key]) for key in sorted(keys)]


def _revisions(entry: Entry) -> range:
    """One more than there can be, so that the missing one is asked for too."""
    most = max(part.revisions.count() for part in (entry, entry.remedy, entry.condition))
    return range(1, most + 2)


def _remedy(entry: Entry) -> list[str]:
    address = reverse("remedy", args=[entry.remedy.slug])
    return [address, f"{address}?sort=name", f"{address}?draft"]


def _condition(entry: Entry) -> list[str]:
    address = reverse("condition", args=[entry.condition.slug])
    sorts = [f"{address}?sort={sort}" for sort in ("name", "cautions")]
    return [address, f"{address}?draft", *sorts]


def _compare(entry: Entry) -> list[str]:
    """With another remedy that readers see, before and after it; and the form to choose with."""
    address = reverse("compare", args=[entry.condition.slug])
    others = Remedy.objects.published().exclude(pk=entry.remedy_id)
    wanted = [entry.remedy.slug, *others.values_list("slug", flat=True)[:1]]
    pairs = [urlencode({"r": order}, doseq=True) for order in (wanted, wanted[::-1])]
    return [address, *(f"{address}?{pair}" for pair in pairs)]


def _entry(entry: Entry) -> list[str]:
    address = reverse("entry", args=[entry.remedy.slug, entry.condition.slug])
    queries = ("", "?draft", "?print=clinician", "?print=patient", "?draft&print=patient")
    return [f"{address}{query}" for query in queries]


def _files(name: str, slugs: list[str]) -> list[str]:
    return [reverse(name, args=[*slugs, ending]) for ending in FORMATS]


def _history(subject: Entry | Remedy | Condition) -> list[str]:
    address = f"{subject.url_below}history/"
    return [address, f"{address}?last=1", f"{address}?from=1&to=1"]


def _differences(subject: Entry | Remedy | Condition) -> list[str]:
    """Of each two neighbours, and of the first and the last; one more than there are."""
    most = subject.revisions.count()
    pairs = {(1, 2), (1, most), *((number, number + 1) for number in range(1, most + 1))}
    return [
        f"{subject.url_below}history/{first}...{second}/"
        for first, second in sorted(pairs)
        if 0 < first < second
    ]


def _challenges(entry: Entry, name: str) -> list[str]:
    """The form or the list of challenges of each part, and the form for every part of the page."""
    parts: tuple[tuple[str, list[str], tuple[str, ...]], ...] = (
        ("entry", [entry.remedy.slug, entry.condition.slug], tuple(PART_FIELDS[EntryDocument])),
        ("remedy", [entry.remedy.slug], tuple(PART_FIELDS[RemedyDocument])),
        ("condition", [entry.condition.slug], tuple(PART_FIELDS[ConditionDocument])),
    )
    _kind, slugs, keys = next(part for part in parts if name.endswith(part[0]))
    address = reverse(name, args=slugs)
    return [address, *(f"{address}?p={key}" for key in keys)] if "_of_" not in name else [address]


def _api(entry: Entry) -> list[str]:
    """The description, every list and what it leaves of the entry, and each part of the entry whole."""
    remedy, condition = entry.remedy.slug, entry.condition.slug
    keys = [address.split("/")[-2] for address in _references(entry)]
    paths = [
        *("openapi.json", "remedies", "conditions", "entries", "citations"),
        *(f"entries?remedy={remedy}", f"entries?condition={condition}"),
        *(f"remedies/{remedy}", f"conditions/{condition}", f"entries/{remedy}/{condition}"),
        *(f"citations/{key}" for key in keys),
    ]
    return [reverse("api_index") + path for path in paths]


_CHALLENGES = (
    *("challenge_entry", "challenge_remedy", "challenge_condition"),
    *("challenges_of_entry", "challenges_of_remedy", "challenges_of_condition"),
)
GOVERNANCE = (
    *("editorial_policy", "accessibility", "data_licence", "help_now", "criteria", "trust"),
)
SURFACES: dict[str, Callable[[Entry], list[str]]] = {
    "home": _plain("home"),
    "remedies": lambda entry: _narrowed("remedies", "kind", entry.remedy.kind),
    "conditions": lambda entry: _narrowed("conditions", "category", entry.condition.category),
    "recently_reviewed": _plain("recently_reviewed"),
    "recently_corrected": _plain("recently_corrected"),
    "about": _plain("about"),
    "privacy": _plain("privacy"),
    "rules": _plain("rules"),
    "grading": _plain("grading"),
    **{name: _plain(name) for name in GOVERNANCE},
    "moderation_log": _plain("moderation_log"),
    "reviewers": _plain("reviewers"),
    "reviewer": lambda _entry: [
        reverse("reviewer", args=[slug])
        for slug in Reviewer.objects.order_by("pk").values_list("slug", flat=True)
    ],
    "api_page": _plain("api_page"),
    "api_index": _plain("api_index"),
    "api_v1": _api,
    "opensearch": _plain("opensearch"),
    "sitemap": _plain("sitemap"),
    "sitemap_pages": _plain("sitemap_pages"),
    "sitemap_part": lambda entry: [
        reverse("sitemap_part", args=[section, (subject.pk - 1) // PER_PART + 1])
        for section, subject in zip(("entries", "remedies", "conditions"), entry.parts, strict=True)
    ],
    "robots": _plain("robots"),
    "healthz": _plain("healthz"),
    "readyz": _plain("readyz"),
    "check": lambda entry: [reverse("check"), f"{reverse('check')}?r={entry.remedy.slug}"],
    "search": _searches,
    "suggestions": _suggestions,
    "reference": _references,
    "remedy": _remedy,
    "condition": _condition,
    "uses_of_remedy": lambda entry: [reverse("uses_of_remedy", args=[entry.remedy.slug])],
    "remedies_for_condition": lambda entry: [
        reverse("remedies_for_condition", args=[entry.condition.slug])
    ],
    "avoid": lambda entry: [reverse("avoid", args=[entry.condition.slug])],
    "compare": _compare,
    "evidence_map": _plain("evidence_map"),
    "evidence_map_csv": _plain("evidence_map_csv"),
    "entry": _entry,
    "entry_grade": lambda entry: [
        f"{reverse('entry_grade', args=[entry.remedy.slug, entry.condition.slug])}{query}"
        for query in ("", "?draft")
    ],
    "updates_feed": _plain("updates_feed"),
    "remedy_feed": lambda entry: [reverse("remedy_feed", args=[entry.remedy.slug])],
    "condition_feed": lambda entry: [reverse("condition_feed", args=[entry.condition.slug])],
    "remedy_references": lambda entry: _files("remedy_references", [entry.remedy.slug]),
    "condition_references": lambda entry: _files("condition_references", [entry.condition.slug]),
    "entry_references": lambda entry: _files(
        "entry_references", [entry.remedy.slug, entry.condition.slug]
    ),
    "corrections_feed": _plain("corrections_feed"),
    "remedy_history": lambda entry: _history(entry.remedy),
    "condition_history": lambda entry: _history(entry.condition),
    "entry_history": _history,
    "remedy_difference": lambda entry: _differences(entry.remedy),
    "condition_difference": lambda entry: _differences(entry.condition),
    "entry_difference": _differences,
    "remedy_revision": lambda entry: [
        reverse("remedy_revision", args=[entry.remedy.slug, number]) for number in _revisions(entry)
    ],
    "condition_revision": lambda entry: [
        reverse("condition_revision", args=[entry.condition.slug, number])
        for number in _revisions(entry)
    ],
    "entry_revision": lambda entry: [
        reverse("entry_revision", args=[entry.remedy.slug, entry.condition.slug, number])
        for number in _revisions(entry)
    ],
    **{
        name: lambda entry, name=name: _challenges(entry, name)  # type: ignore[misc]
        for name in _CHALLENGES
    },
    "challenges": lambda _entry: [
        reverse("challenges"),
        *(f"{reverse('challenges')}?state={state}" for state in ("open", "accepted", "declined")),
    ],
    "challenge": lambda entry: [
        challenge.get_absolute_url()
        for challenge in Challenge.objects.filter(
            Q(entry=entry) | Q(remedy=entry.remedy) | Q(condition=entry.condition)
        )
    ],
    "requests": _plain("requests"),
    "ask": _plain("ask"),
}
"""Name of the address to every place where it could show something of an entry."""

TALK: dict[str, Callable[[Comment], list[str]]] = {
    "comment": lambda comment: [comment.get_absolute_url()],
    "comment_report": lambda comment: [f"{comment.get_absolute_url()}report/"],
    "comment_edit": lambda comment: [f"{comment.get_absolute_url()}edit/"],
    "comment_delete": lambda comment: [f"{comment.get_absolute_url()}delete/"],
    "pages": lambda comment: [
        f"{comment.thread.page_url}?{query}"
        for query in (
            "order=best",
            "order=new",
            "order=old",
            "order=discussed",
            "page=1",
            f"thread={comment.root_id or comment.pk}",
        )
    ],
    "remedy": lambda comment: [_remedy_of(comment).get_absolute_url()],
    "decision": lambda comment: [
        decision.get_absolute_url() for decision in comment.decisions.all()
    ],
    "member": lambda comment: [_profile(comment), f"{_profile(comment)}?last=1"],
    "comment_on_entry": lambda comment: [_quote(comment, comment.thread.subject)],
    "comment_on_remedy": lambda comment: [_quote(comment, _remedy_of(comment))],
}
"""Where something of a comment could show."""

STAFF_ALONE = {
    *("components", "moderation", "moderation_decide"),
    *("moderation_appeals", "moderation_appeal"),
    *("moderation_bursts", "moderation_burst"),
}
"""Addresses for staff: made-up examples, and the comments that moderators decide on."""

WITHOUT_CONTENT = {"favicon", "security_txt", "change_password"}
"""Addresses that only say where a file or a page is, or whom to write to."""

DEEDS = {
    *("entry_vote", "entry_experience", "entry_experience_delete"),
    *("comment_vote", "report_withdraw"),
    *("follow_remedy", "follow_condition", "unfollow", "challenge_delete"),
    *("follow_remedy_discussion", "follow_entry_discussion"),
    "browser_reports",
}
"""Addresses that only take forms."""


def _profile(comment: Comment) -> str:
    """The profile of the author, or the address of nobody's where the comment has none any more."""
    return reverse("member", args=[comment.author.name if comment.author else "nobody"])


def _remedy_of(comment: Comment) -> Remedy:
    subject = comment.thread.subject
    return subject if isinstance(subject, Remedy) else subject.remedy


def _quote(comment: Comment, subject: Entry | Remedy) -> str:
    """The form of a reply that quotes the comment."""
    return f"{comment_action(subject)}?parent={comment.pk}&quote=1"


ERRORS: dict[str, Callable[[Entry], list[str]]] = {
    "not found": lambda entry: [
        "/no/such/page/",
        f"{_remedy(entry)[0]}no-such-condition/",
        reverse("entry", args=["no-such-remedy", entry.condition.slug]),
    ],
}
"""Answers that come from no address of the URLconf."""

NOT_HTML = {
    *(
        "sitemap",
        "sitemap_pages",
        "sitemap_part",
        "robots",
        "healthz",
        "readyz",
        "suggestions",
        "evidence_map_csv",
    ),
    *("api_index", "api_v1", "opensearch"),
    *("remedy_references", "condition_references", "entry_references"),
    *("updates_feed", "remedy_feed", "condition_feed", "corrections_feed"),
}


def addresses_of(entry: Entry) -> Iterator[tuple[str, str]]:
    """Every (surface, address) that could show something of the entry."""
    for name, places in (SURFACES | ERRORS).items():
        for address in places(entry):
            yield name, address


def named_patterns(
    patterns: list[URLPattern | URLResolver] | None = None, prefix: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    """Every pattern of the URLconf with the whole route to it."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from named_patterns(pattern.url_patterns, route)
        else:
            yield route, pattern
