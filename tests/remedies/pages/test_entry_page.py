"""The page of a remedy with one condition open, on the content as it is shipped."""

import re
from datetime import date

import pytest
from django.db.models import Count, Q
from django.test import Client

from citations.models import Citation
from citations.schema import citation_keys
from conditions.services import withdraw_condition
from discussions.models import Comment
from remedies.models import EntryRevision, EntryVote, Remedy, RemedyConditionEntry
from remedies.pages.groups import EVIDENCE_GROUPS
from remedies.schema import EntryDocument, RemedyDocument
from tests.factories import make_condition, make_entry, make_remedy
from tests.reading import SVG, Page, find, links, words
from tests.remedies.content.shipped import ENTRIES

pytestmark = pytest.mark.every_page

LEGS = "/remedies/magnesium/restless-legs-syndrome/"
RECT = f"{SVG}rect"
EMPTY = "No comments yet. Be the first to start the conversation!"
NO_PRODUCTS = "No recommended products added yet."


@pytest.fixture(scope="module")
def pages(_loaded_pack, django_db_blocker) -> list[tuple[RemedyConditionEntry, Page]]:
    """Every entry with its page as a visitor gets it, rendered once for all tests that only read."""
    with django_db_blocker.unblock():
        entries = RemedyConditionEntry.objects.published().select_related("remedy", "condition")
        return [(entry, Page(Client().get(entry.get_absolute_url()))) for entry in entries]


@pytest.fixture
def legs(pages, content) -> Page:
    """Magnesium for restless legs syndrome, as a visitor without scripts gets it."""
    return next(page for entry, page in pages if entry.get_absolute_url() == LEGS)


@pytest.fixture
def entry(content) -> RemedyConditionEntry:
    return RemedyConditionEntry.objects.get(
        remedy__slug="magnesium", condition__slug="restless-legs-syndrome"
    )


def test_names_both_in_heading_and_title(legs):
    assert legs.h1 == "Magnesium for Restless Legs Syndrome"
    assert legs.title.startswith(legs.h1)
    assert legs.one("meta", property="og:title").get("content") == legs.title
    assert legs.one("link", rel="canonical").get("href").endswith(LEGS)


def test_verdict_with_its_citations(legs, entry):
    verdict = legs.one("section", class_="verdict")
    assert "Very low certainty" in words(verdict)
    assert "Not known" in words(verdict)
    marks = [mark for mark in links(verdict) if mark.startswith("#ref-")]
    assert len(marks) == len(re.findall(r"@[A-Za-z]", entry.verdict))


def test_votes_stand_at_their_true_counts(legs, entry, client):
    assert words(legs.one("p", class_="votes__counts")) == "0 up • 0 down"
    RemedyConditionEntry.objects.filter(pk=entry.pk).update(up_count=3, down_count=2)
    again = Page(client.get(LEGS))
    assert words(again.one("p", class_="votes__counts")) == "3 up • 2 down"


def test_stop_box_comes_before_the_doses_and_names_whom(legs, entry):
    box = legs.one("section", class_="callout--stop", aria_labelledby="stop-heading")
    stops = [
        row.who
        for owner in (entry, entry.remedy)
        for row in owner.precautions.filter(severity="stop").exclude(kind="get_help")
    ]
    first = next(find(box, "ul"))
    assert sorted(words(item) for item in find(first, "li")) == sorted(set(stops))
    assert legs.ids.index("stop-heading") < legs.ids.index("how-to-use-heading")


def test_doses_that_studies_used_with_their_basis(legs, entry):
    doses = legs.by_id("how-to-use")
    rows = list(find(doses, "li", class_="chart__row"))
    table = list(find(next(find(doses, "tbody")), "tr"))
    regimens = list(entry.regimens.all())
    assert len(rows) == len(regimens) >= 2
    for row, line, regimen in zip(rows, table, regimens, strict=True):
        assert regimen.form in words(row)
        assert any(link.startswith("#ref-") for link in links(row))
        text = words(line)
        assert format(regimen.amount.normalize(), "f") in text
        assert re.search(r"weight of the|elemental|does not say whether", text, re.I)
    assert "Doses that studies used" in words(doses)
    assert "They are not advice" in words(doses)


def test_no_dose_says_take(legs):
    assert not re.search(r"\btake \d", words(legs.by_id("how-to-use")), re.I)


def test_every_warning_is_there(legs, entry):
    warnings = words(legs.by_id("warnings"))
    rows = [*entry.precautions.all(), *entry.remedy.precautions.all()]
    assert rows
    for row in rows:
        assert row.text in warnings
    for interaction in entry.remedy.interactions.all():
        assert interaction.effect in warnings
        assert interaction.advice in warnings
    for flag in entry.condition.red_flags.all():
        assert flag.text in warnings


def test_evidence_stands_under_the_kind_of_its_study(legs, entry):
    items = list(entry.evidence_items.select_related("citation"))
    groups = [
        (key, [item for item in items if item.citation.study_type in kinds])
        for key, kinds in EVIDENCE_GROUPS
    ]
    filled = [(key, group) for key, group in groups if group]
    evidence = legs.by_id("evidence")
    headings = [
        heading.get("id", "").removeprefix("evidence-")
        for heading in find(evidence, "h3")
        if heading.get("id")
    ]
    keys = [key for key, _group in filled]
    assert headings == ["words", "chart", *keys, "grade", "guideline-table", "search"]
    names = [words(name) for name in find(evidence, "h4")]
    expected = [item.citation.short_name for _key, group in filled for item in group]
    assert [name.partition(" Reference")[0] for name in names] == expected
    for item in items:
        assert item.result in words(evidence)
    assert sum(len(group) for _key, group in groups) == len(items) >= 5


def test_rationale_in_its_labelled_kinds(legs):
    why = legs.by_id("why")
    assert [words(heading).partition(":")[0] for heading in find(why, "h3")] == [
        "Mechanism",
        "Observations",
        "Clinical reasons",
    ]
    assert words(next(find(why, "h2"))) == "Why it works for Restless Legs Syndrome"


def test_a_mechanism_alone_is_called_no_evidence(pages):
    sentence = "This explains how it might work; it is not evidence that it does."
    for entry, page in pages:
        alone = bool(entry.mechanism) and not (entry.observational or entry.clinical)
        assert (sentence in page.words) == alone


@pytest.mark.parametrize("number", range(len(ENTRIES)))
def test_references_and_marks_lead_to_each_other(pages, number):
    check_references(pages[number][1])


def check_references(page: Page) -> None:
    """Every mark leads to a reference, every reference back to its first mark and its parts."""
    assert len(page.ids) == len(set(page.ids)), "an id stands twice"
    marks = {
        mark.get("id"): mark.get("href")
        for cite in page.all("sup", class_="cite")
        for mark in find(cite, "a")
    }
    references = page.all("li", class_="reference")
    assert [item.get("id") for item in references] == [
        f"ref-{number}" for number in range(1, len(references) + 1)
    ]
    back = {
        link.removeprefix("#"): f"#{item.get('id')}"
        for item in references
        for link in links(item)
        if link.startswith("#")
    }
    assert back.items() <= marks.items()
    first = {f"cite-{number}-1" for number in range(1, len(references) + 1)}
    assert marks
    assert first <= back.keys() & marks.keys()
    for element in page.root.iter("a"):
        href = element.get("href", "")
        if href.startswith("#"):
            assert href[1:] in page.ids, f"{href} leads nowhere"


def test_every_reference_says_where_the_work_is(legs):
    for item in legs.all("li", class_="reference"):
        outside = [link for link in links(item) if not link.startswith("#")]
        assert len(outside) == 1
        assert outside[0].startswith(("https://", "http://"))


def test_marks_are_numbered_in_reading_order(legs):
    order = [link for link in links(legs.by_id("main")) if link.startswith("#ref-")]
    first_uses = list(dict.fromkeys(order))
    assert first_uses == [f"#ref-{number}" for number in range(1, len(first_uses) + 1)]


def test_date_written_and_review_state(legs, entry):
    assert (
        "Information, not medical advice. Written from the cited abstracts on "
        f"{entry.written_on.day} {entry.written_on:%B %Y}. Not yet reviewed by a clinician."
    ) in words(legs.one("p", class_="review-state"))
    dates = words(foot := legs.one("dl", class_="page-dates"))
    assert links(foot) == [f"{LEGS}r/{entry.current_revision.number}/", f"{LEGS}history/"]
    assert "Reviewed by a clinician not yet" in dates
    assert f"Next review due by {entry.review_due.day} {entry.review_due:%B %Y}" in dates


def test_an_overdue_review_is_announced_at_the_top(content, client, entry):
    dates = {"written_on": "2025-11-23", "review_due": "2026-11-23"}
    late = {"document": entry.current_revision.document | dates}
    number = entry.current_revision.number + 1
    stored = EntryRevision.objects.filter(pk=entry.current_revision_id).values().get()
    stored.pop("id")
    revision = EntryRevision.objects.create(**stored | late | {"number": number})
    RemedyConditionEntry.objects.filter(pk=entry.pk).update(current_revision=revision)
    notice = "This page is due for review since 23 November 2026."
    overdue = date.today() > date(2026, 11, 23)
    assert (notice in Page(client.get(LEGS)).words) == overdue


@pytest.mark.parametrize("anchor", ["discussion", "discussion-remedy"])
def test_both_discussions_are_empty_in_the_exact_words(legs, anchor):
    discussion = legs.by_id(anchor)
    assert words(next(find(discussion, "p", class_="discussion__empty"))) == EMPTY
    assert "(0)" in words(next(find(discussion, "h3")))


def test_the_discussion_of_the_condition_comes_first(legs):
    assert legs.ids.index("discussion") < legs.ids.index("discussion-remedy")


def test_general_information_stands_closed_but_whole(legs):
    details = next(find(legs.by_id("general"), "details"))
    assert details.get("open") is None
    for anchor in ("what-it-is", "how-it-works", "why-it-matters", "considerations"):
        assert [heading.get("id") for heading in find(details, "h3")].count(anchor) == 1


def test_statistics_equal_queries(legs):
    check_statistics(legs, Remedy.objects.get(slug="magnesium"))


def member_counts(entries, remedy: Remedy) -> dict[str, int]:
    """Counts of what members did: votes on published entries, visible comments of both scopes."""
    votes = EntryVote.objects.filter(entry__in=entries)
    comments = Comment.objects.filter(
        Q(thread__remedy=remedy) | Q(thread__entry__in=entries), state="visible"
    )
    return {
        "votes-up": votes.filter(value=1).count(),
        "votes-down": votes.filter(value=-1).count(),
        "comments": comments.count(),
        "contributors": comments.values("author").distinct().count(),
    }


def check_statistics(page: Page, remedy: Remedy) -> None:
    """Every named number is the result of a query of its own."""
    entries = RemedyConditionEntry.objects.published().filter(remedy=remedy)
    documents = [RemedyDocument.model_validate(remedy.current_revision.document)]
    documents += [
        EntryDocument.model_validate(entry.current_revision.document) for entry in entries
    ]
    keys = {key for document in documents for key in citation_keys(document)}
    works = Citation.objects.filter(key__in=keys)
    by_kind = works.values_list("study_type").annotate(count=Count("pk")).order_by()
    changes = [remedy.current_revision.published_at]
    changes += [entry.current_revision.published_at for entry in entries]
    first = remedy.revisions.order_by("number").first().published_at
    expected = {
        "conditions": str(entries.count()),
        **{name: str(number) for name, number in member_counts(entries, remedy).items()},
        "works": str(works.count()),
        "first-published": f"{first:%Y-%m-%d}",
        "last-changed": f"{max(changes):%Y-%m-%d}",
    }
    for kind, count in by_kind:
        expected[f"works-{kind}"] = str(count)
    assert page.statistics == expected


def test_statistics_move_with_what_is_published(content, client, entry):
    before = Page(client.get(LEGS)).statistics
    other = RemedyConditionEntry.objects.exclude(pk=entry.pk).select_related("condition")[0]
    withdraw_condition(other.condition, by=None, reason="It was wrong.")
    page = Page(client.get(LEGS))
    assert int(page.statistics["conditions"]) == int(before["conditions"]) - 1
    check_statistics(page, entry.remedy)


def test_all_conditions_are_links_with_one_current(pages):
    assert len(pages) == len(ENTRIES)
    for entry, page in pages:
        everywhere = {
            other.get_absolute_url() for other, _page in pages if other.remedy_id == entry.remedy_id
        }
        navigation = page.by_id("condition-list")
        urls = links(navigation)
        assert urls[0] == entry.remedy.get_absolute_url()
        assert len(urls) == len(everywhere) + 1
        assert set(urls[1:]) == everywhere
        current = [link for link in find(navigation, "a") if link.get("aria-current")]
        assert [(link.get("href"), link.get("aria-current")) for link in current] == [
            (entry.get_absolute_url(), "page")
        ]


def test_conditions_stand_from_a_to_z(legs):
    names = [words(name) for name in find(legs.by_id("condition-list"), "a")][1:]
    assert names == sorted(names, key=str.casefold)


def test_products_only_where_the_operator_switched_them_on(content, client, settings):
    for on in (False, True):
        settings.PRODUCTS = on
        page = Page(client.get(LEGS))
        assert (NO_PRODUCTS in page.words) == on
        assert page.has("products") == on


def test_a_product_carries_its_disclosure(content, client, settings, entry):
    settings.PRODUCTS = True
    product = {"name": "A product", "url": "https://example.org/p", "disclosure": "affiliate"}
    revision = entry.remedy.current_revision
    stored = type(revision).objects.filter(pk=revision.pk).values().get()
    stored.pop("id")
    document = revision.document | {"products": [product]}
    revision = type(revision).objects.create(**stored | {"number": 99, "document": document})
    Remedy.objects.filter(pk=entry.remedy_id).update(current_revision=revision)
    products = Page(client.get(LEGS)).by_id("products")
    link = next(find(products, "a"))
    assert link.get("rel") == "sponsored nofollow"
    assert "Affiliate link: we are paid if you buy." in words(products)
    assert NO_PRODUCTS not in words(products)


CAUTION = "General caution, not yet checked against a source. Ask a pharmacist."


def test_unchecked_cautions_say_so_and_hold_no_figure(pages):
    seen = 0
    for _entry, page in pages:
        parents = {child: parent for parent in page.root.iter() for child in parent}
        for note in page.all("span", class_="unchecked"):
            assert words(note) == CAUTION
            item = parents[note]
            while item.tag != "li":
                item = parents[item]
            assert not re.search(r"\d", words(item)), words(item)
            assert not list(find(item, "sup"))
            seen += 1
    assert seen > 40


def test_unchecked_rows_are_counted_one_for_one(legs, entry):
    remedy, condition = entry.remedy, entry.condition
    rows = (entry.precautions, remedy.precautions, remedy.interactions, condition.red_flags)
    unchecked = sum(owner.filter(checked=False).count() for owner in rows)
    assert len(legs.all("span", class_="unchecked")) == unchecked > 0


def test_sections_stand_in_the_order_of_the_design(legs):
    sections = [
        "next-steps", "stop-heading", "vote-line", "how-to-use", "warnings", "evidence", "why", "references", "members",
        "general", "statistics",
    ]  # fmt: skip
    assert [name for name in legs.ids if name in sections] == sections


def test_no_entry_claims_more_than_its_grade(pages):
    for entry, page in pages:
        effect = words(page.one(class_="verdict__effect"))
        if entry.shown_certainty in {"very_low", "no_studies"} and entry.shown_effect != "mixed":
            assert effect in {"Not known", "May harm"}
        if effect in {"Helps", "Probably helps", "May help"}:
            assert entry.shown_effect == "benefit"


def test_the_page_is_cited_by_the_revision_that_is_read(legs, entry):
    citation = words(legs.one("div", class_="page-dates__cite"))
    number = entry.current_revision.number
    assert citation.startswith(
        "Cite this page Magnesium for Restless Legs Syndrome. Plain Remedies"
    )
    assert citation.endswith(f"{LEGS}r/{number}/")


def test_a_section_without_a_source_says_so(db, client):
    entry = make_entry(make_remedy(), make_condition(), dosing="", evidence="")
    page = Page(client.get(entry.get_absolute_url()))
    assert "We have found no dose by mouth" in words(page.by_id("how-to-use"))
    assert "No search is on record for this page yet." in words(page.by_id("evidence"))


def test_each_dose_stands_beside_the_limits_or_says_why_not(pages):
    compared = reasons = 0
    for _entry, page in pages:
        doses = page.by_id("how-to-use")
        rows = list(find(doses, "li", class_="chart__row"))
        table = list(find(next(find(doses, "tbody")), "tr")) if rows else []
        for row, line in zip(rows, table, strict=True):
            solid = [*find(row, RECT, class_="chart__bar--solid")]
            not_compared = "Not compared with the limit" in words(row)
            if "Against the limit for adults:" in words(line):
                assert solid
                assert not not_compared
                compared += 1
            reasons += not_compared
    assert compared > 20
    assert reasons > 3


def test_a_caution_at_a_dose_is_outside_every_fold(pages):
    """Above a limit, and where harm was found below one: in the row of the dose, not in the table."""
    seen = 0
    for _entry, page in pages:
        folded = {id(element) for details in page.all("details") for element in details.iter()}
        for caution in find(page.by_id("how-to-use"), "p", class_="chart__caution"):
            assert id(caution) not in folded
            seen += 1
    assert seen > 10


def test_an_oxide_dose_reads_in_elemental_milligrams(legs):
    doses = words(legs.by_id("how-to-use"))
    assert "about 151 mg elemental" in doses
    assert "43 % of 350 mg (US)" in doses
