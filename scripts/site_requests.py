"""Every request whose answer `scripts/compare_pages.py` saves, from what the database holds.

The project is known here by its URL paths and table names alone, which stay: no module of it is
imported, so that the same files read a site before and after modules have moved.
"""

import hashlib
import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode, urljoin, urlsplit

from django.apps import apps
from django.db.models import Max

QUERIES = (
    *("magnesium", "magnesum", "mag", "Vitamin D", "omega-3", "restless legs", "rls", "insomnia"),
    *("magnesium restless legs", "iron deficiency", "kidney disease", "melatonin and warfarin"),
    *("müde", "nothing-of-the-kind", "<script>alert(1)</script>", "e", " ", "x" * 300, ""),
)
MEDICINES = "warfarin, ibuprofn; levothyroxine\nnosuchmedicine"
FORMATS = ("bib", "ris", "json", "txt", "pdf")
ORDERS = ("best", "new", "old", "discussed", "nonsense")
LINK = re.compile(r'(?:href|hx-get)="([^"#]+)')
CONDITION, REMEDY, ENTRY = SUBJECTS = (
    *("conditions_condition", "remedies_remedy", "remedies_remedyconditionentry"),
)
COMMENT = "discussions_comment"
API = ("openapi.json", "remedies", "conditions", "entries", "citations", "none")
ANYBODY, MEMBER, EDITOR = "anybody", "member", "editor"


@dataclass(frozen=True)
class Request:
    """One request: who sends it, how and where; `data` is the form of a POST."""

    path: str
    viewer: str = ANYBODY
    method: str = "GET"
    data: tuple[tuple[str, str], ...] = ()
    htmx: bool = False

    @property
    def file_name(self) -> str:
        """Readable, and one for each request."""
        digest = hashlib.sha256(repr(self).encode()).hexdigest()[:8]
        words = re.sub(r"[^\w.=-]+", "_", self.path).strip("_")[:90]
        return f"{self.viewer}/{self.method}_{words}_{digest}.txt"


def table(name: str) -> Any:
    """The rows of a database table, through whichever model of whichever app has it."""
    models = {model._meta.db_table: model for model in apps.get_models()}
    return models[name]._base_manager.order_by("pk")


def column(name: str, *columns: str) -> list[Any]:
    """Values of a table in the order of its primary key: plain for one column, else tuples."""
    return list(table(name).values_list(*columns, flat=len(columns) == 1))


def form(**fields: str | Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The fields of a form as pairs; a sequence gives one pair a value."""
    return tuple(
        (name, value)
        for name, values in fields.items()
        for value in ([values] if isinstance(values, str) else values)
    )


class Subject(NamedTuple):
    """A condition, remedy or entry, published or not; entries have the slugs of their two parts."""

    table: str
    slugs: tuple[str, ...]
    newest: int
    """The number of its newest revision; 0 without one."""

    @property
    def url(self) -> str:
        """The path of its page."""
        above = "conditions" if self.table == CONDITION else "remedies"
        return f"/{'/'.join((above, *self.slugs))}/"

    @property
    def below(self) -> str:
        """What stands above its revisions and files."""
        return self.url if self.table == ENTRY else f"{self.url}-/"


def subjects(*tables: str) -> list[Subject]:
    """The subjects in these tables, drafts and withdrawn ones too."""
    found = []
    for name in tables:
        slugs = ("remedy__slug", "condition__slug") if name == ENTRY else ("slug",)
        numbered = table(name).annotate(newest=Max("revisions__number"))
        for *parts, newest in numbered.values_list(*slugs, "newest"):
            found.append(Subject(name, tuple(parts), newest or 0))
    return found


def lists() -> Iterator[str]:
    """Home, lists with their filters and pages, the evidence map, search."""
    kinds = [("kind", kind) for kind in sorted({*column(REMEDY, "kind"), "none"})]
    categories = sorted({*column(CONDITION, "category"), "none"})
    narrowed = [*kinds, *(("category", category) for category in categories)]
    for url in ("/remedies/", "/conditions/", "/map/", "/map.csv"):
        yield url
        yield from (f"{url}?{urlencode([pair])}" for pair in narrowed)
    for url in ("/remedies/", "/conditions/", "/recent/reviewed/", "/recent/corrected/"):
        yield from (f"{url}{query}" for query in ("", "?last=1", "?after=none", "?before=x"))
    works = column("citations_citation", "doi", "pmid", "key")
    known = [value for work in works[:3] for value in work if value]
    for query in (*QUERIES, *known):
        q = urlencode({"q": query})
        yield from (f"/search/?{q}", f"/search/?{q}&page=2", f"/search/suggestions/?{q}")
    for kind in ("remedy", "condition", "entry", "reference", "comment", "none"):
        yield f"/search/?q=magnesium&kind={kind}"


def alone() -> Iterator[str]:
    """Pages that stand for themselves, and URLs that lead nowhere."""
    yield from ("/", "/about/", "/about/privacy/", "/about/rules/", "/about/grading/")
    yield from (
        "/about/components/",
        "/about/moderation/",
        *("/about/editorial/", "/about/accessibility/", "/about/licence/", "/about/help/"),
        *("/about/criteria/", "/trust/", "/browser-reports/"),
        "/about/reviewers/",
        "/about/reviewers/nobody-of-this-name/",
        "/search/",
        "/healthz",
        "/readyz",
        "/favicon.ico",
        "/robots.txt",
        "/sitemap.xml",
        "/sitemap/pages.xml",
        "/opensearch.xml",
        "/.well-known/security.txt",
        "/.well-known/change-password",
        "/api/",
        "/api/v1/",
        *(f"/api/v1/{name}" for name in API),
        "/feeds/updates.atom",
        "/feeds/corrections.atom",
        "/accounts/notifications/unsubscribe/nonsense/",
        *(f"/sitemap/{section}-1.xml" for section in ("remedies", "conditions", "entries", "none")),
    )
    yield from (f"/accounts/{name}/" for name in ("login", "signup", "password/reset", "logout"))
    yield from ("/accounts/login/?next=/check/", "/accounts/", "/accounts/name/", "/admin/")
    yield from ("/moderation/", "/moderation/1/", "/moderation/appeals/", "/moderation/appeals/1/")
    yield from ("/decisions/1/", "/moderation/bursts/", "/moderation/bursts/1/")
    yield from ("/reports/1/withdraw/", "/accounts/delete/planned/")
    yield from (
        "/challenges/",
        "/challenges/?state=open",
        "/challenges/1/",
        "/challenges/1/delete/",
    )
    yield from ("/requests/", "/requests/ask/", "/requests/ask/?q=magnesium")
    yield from ("/follows/1/delete/", "/members/nobody-of-this-name/")
    yield from ("/accounts/password/reset/done/", "/accounts/confirm-email/", "/admin/login/")
    yield from ("/no/such/page/", "/remedies/no-such-remedy/", "/conditions/no-such-condition/")
    yield from ("/remedies", "/comments/999999999/", "/references/no-such-key/", "/check/?r=none")


def subject_paths(subject: Subject) -> Iterator[str]:
    """The pages and files of one subject, and the next revision, which is not there."""
    url, below = subject.url, subject.below
    yield from (url, f"{url}?draft", f"{url}?page=2")
    kinds = {CONDITION: "conditions", REMEDY: "remedies", ENTRY: "entries"}
    yield f"/api/v1/{kinds[subject.table]}/{'/'.join(subject.slugs)}"
    yield from (f"{below}references.{ending}" for ending in FORMATS)
    yield from (f"{below}challenges/", f"{below}challenge/", f"{below}challenge/?p=warnings")
    if subject.table != ENTRY:
        yield from (f"{below}feed.atom", f"{below}follow/")
    yield from (f"{below}r/{number}/" for number in range(1, subject.newest + 2))
    yield from (f"{below}history/{part}" for part in ("", "?last=1", "?from=1&to=2", "1...2/"))
    if subject.table == CONDITION:
        yield from (f"{url}?sort={sort}" for sort in ("name", "cautions", "none"))
        yield from (f"{url}avoid/", f"{url}-/remedies/", f"{url}-/remedies/?last=1")
        return
    yield from (f"{url}?order={order}" for order in ORDERS)
    if subject.table == REMEDY:
        yield from (f"{below}comments/", f"{below}comments/follow/")
        yield from (f"{url}?sort=name", f"/check/?r={subject.slugs[0]}")
        yield f"{url}-/conditions/"
        return
    yield from (f"{url}grade/", f"{url}grade/?draft")
    yield from (f"{url}?print={kind}" for kind in ("clinician", "patient"))
    yield from (f"{url}{name}/" for name in ("vote", "comments", "comments/follow", "experience"))


def comparisons() -> Iterator[str]:
    """For each condition its own first remedies side by side; for one, every wrong choice too."""
    entries = subjects(ENTRY)
    for number, slug in enumerate(column(CONDITION, "slug")):
        own = [entry.slugs[0] for entry in entries if entry.slugs[1] == slug]
        picks = [[], own[:2], own[3::-1]]
        if not number:
            some = column(REMEDY, "slug")[:5]
            picks += [some[:1], some[:2], some, [*some[:1] * 2], [*some[:1], "none"]]
        yield from (f"/conditions/{slug}/compare/?{urlencode({'r': r}, doseq=True)}" for r in picks)


def public_paths() -> Iterator[str]:
    """Every path that the database has a page for, and a few that it has none for."""
    yield from alone()
    yield from lists()
    for subject in subjects(CONDITION, REMEDY, ENTRY):
        yield from subject_paths(subject)
    yield from comparisons()
    yield from (f"/references/{quote(key)}/" for key in column("citations_citation", "key"))
    for pk in column(COMMENT, "pk"):
        yield from (f"/comments/{pk}/{name}" for name in ("", "report/", "edit/", "vote/"))
    yield from (f"/about/reviewers/{slug}/" for slug in column("publishing_reviewer", "slug"))
    for name in column("accounts_user", "name"):
        yield from (f"/members/{name}/", f"/members/{name.upper()}/", f"/members/{name}/?last=1")
    for path in column("conditions_oldaddress", "path"):
        below = ("", "?sort=name", "avoid/", "compare/", "grade/", "r/1/", "-/r/1/", "iron/")
        yield from (f"{path}{part}" for part in below)


def private_forms() -> Iterator[Request]:
    """The interaction check and what a condition's page leaves out; wrong answers of one of them."""
    remedies, terms = column(REMEDY, "slug"), column("remedies_circumstance", "slug")
    right = [form(medicines=MEDICINES, circumstance=terms[:3]), form(circumstance=terms)]
    wrong = [(), form(circumstance=["none"]), form(medicines="x" * 4001)]
    for data in (*right, *wrong, *(form(circumstance=[term]) for term in terms)):
        yield Request("/check/", method="POST", data=(*form(r=remedies), *data))
    yield Request("/check/", method="POST", data=form(medicines=MEDICINES))
    yield Request("/check/", method="POST", data=form(r=["none"], medicines=MEDICINES))
    conditions = column(CONDITION, "slug")
    urls = [f"/conditions/{slug}/avoid/" for slug in conditions]
    urls += [f"{path}avoid/" for path in column("conditions_oldaddress", "path")]
    for url in urls:
        yield from (Request(url, method="POST", data=data) for data in right)
    yield from (Request(urls[0], method="POST", data=data) for data in wrong)


def public_forms() -> Iterator[Request]:
    """POST by anybody: the private forms, reports, accounts, and what sends to log in."""
    yield from private_forms()
    for entry in subjects(ENTRY)[:1]:
        for name in ("", "vote/", "comments/", "experience/"):
            yield Request(f"{entry.url}{name}", method="POST", data=form(value="1", body="Words."))
    for pk in column(COMMENT, "pk")[:3]:
        yield Request(f"/comments/{pk}/report/", method="POST", data=form(reason="danger"))
        yield Request(f"/comments/{pk}/report/", method="POST", data=form(reason="none"))
    login = form(login="nobody-of-this-name", password="not a password")  # noqa: S106
    yield Request("/accounts/login/", method="POST", data=login)
    yield Request("/accounts/signup/", method="POST", data=form(username="x"))
    yield Request("/", method="OPTIONS")


def signed_in_requests(viewer: str) -> Iterator[Request]:
    """What somebody with an account meets: their pages, and the forms below every subject."""
    own = ("", "name/", "colours/", "email/", "password/change/", "2fa/", "sessions/", "logout/")
    own += tuple(f"2fa/webauthn/{page}" for page in ("", "add/", "reauthenticate/", "keys/1/edit/"))
    own += ("profile/", "data/", "data/export/", "consent/", "delete/")
    own += ("notifications/", "notifications/mails/", "notifications/1/")
    paths = ["/", "/remedies/", "/check/", *(f"/accounts/{name}" for name in own)]
    for subject in subjects(CONDITION, REMEDY, ENTRY):
        paths += [subject.url, f"{subject.url}?draft"]
    for entry in subjects(ENTRY):
        names = ("grade/?draft", "?draft&print=patient", "experience/", "experience/delete/")
        paths += [f"{entry.url}{name}" for name in names]
        yield Request(f"{entry.url}vote/", viewer, "POST", form(value="1"), htmx=True)
    for entry in subjects(ENTRY)[:1]:
        yield Request(f"{entry.url}vote/", viewer, "POST", form(value="-1"))
        yield Request(f"{entry.url}vote/", viewer, "POST", form(value="7"))
        for url in (f"{entry.url}comments/", f"/remedies/{entry.slugs[0]}/-/comments/"):
            yield Request(url, viewer, "POST", form(body=" "))
        yield Request(f"{entry.url}experience/", viewer, "POST", form(form="none"))
        yield Request(f"{entry.url}experience/delete/", viewer, "POST")
    for pk in column(COMMENT, "pk"):
        paths += [f"/comments/{pk}/{name}/" for name in ("edit", "delete", "report")]
        yield Request(f"/comments/{pk}/vote/", viewer, "POST", form(value="1"), htmx=True)
        yield Request(f"/comments/{pk}/edit/", viewer, "POST", form(body="Other words."), htmx=True)
        yield Request(f"/comments/{pk}/delete/", viewer, "POST")
        yield Request(f"/comments/{pk}/report/", viewer, "POST", form(reason="danger"))
    yield from (Request(path, viewer) for path in paths)


def admin_requests() -> Iterator[Request]:
    """The editors' admin: its index, and lists, empty forms and filled ones of what they edit."""
    yield Request("/admin/", EDITOR)
    yield Request("/admin/remedies/remedyconditionentry/to-do/", EDITOR)
    for name in (
        *SUBJECTS,
        *("conditions_conditionrevision", "remedies_remedyrevision", "remedies_entryrevision"),
        *("citations_citation", "remedies_circumstance"),
    ):
        url = f"/admin/{name.replace('_', '/', 1)}/"
        yield from (Request(f"{url}{part}", EDITOR) for part in ("", "?q=magnesium", "add/"))
        pages = ("change/", "history/", "withdraw/") if name in SUBJECTS else ("change/",)
        for pk in column(name, "pk")[:20]:
            yield from (Request(f"{url}{pk}/{page}", EDITOR) for page in pages)


def everything(viewers: Iterable[str]) -> Iterator[Request]:
    """Every request that is sent before links are followed."""
    yield from (Request(path) for path in public_paths())
    yield from (Request(entry.url, htmx=True) for entry in subjects(ENTRY))
    yield from public_forms()
    for viewer in viewers:
        yield from signed_in_requests(viewer)
        if viewer == EDITOR:
            yield from admin_requests()


def links(path: str, body: str) -> Iterator[str]:
    """Paths of this site that a page links to; static files, accounts and the admin left out."""
    for link in LINK.findall(body):
        url = urlsplit(urljoin(f"http://site{path}", html.unescape(link)))
        target = url.path + (f"?{url.query}" if url.query else "")
        if url.netloc == "site" and not target.startswith(("/static/", "/accounts/", "/admin/")):
            yield target
