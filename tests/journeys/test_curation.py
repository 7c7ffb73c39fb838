"""An editor makes a whole page without leaving the desk, and a visitor reads it."""

from datetime import date

from django.test import Client

from citations.models import Citation
from conditions.models import Condition
from remedies.models import Remedy, RemedyConditionEntry
from tests.admin_forms import add, change, messages_of
from tests.factories import make_user
from tests.reading import Page, find, links, words


def test_from_nothing_to_a_page_that_a_visitor_reads(db):
    editor = Client()
    editor.force_login(make_user("editor", name="edda"))
    visitor = Client()

    work = add_citation(editor)
    condition = add_condition(editor, work)
    remedy = add_remedy(editor, work)
    entry = add_entry(editor, remedy, condition, work)
    address = "/remedies/zinc/common-cold/"
    assert entry.get_absolute_url() == address
    assert visitor.get(address).status_code == 404

    response = change(editor, entry).press("_publish")
    assert "Published as revision 1." in messages_of(response)
    check_page(Page(visitor.get(address)))

    form = change(editor, entry).fill(
        verdict="We do not know yet whether zinc makes a cold shorter [@Prasad2008].",
        change_note="A second look",
        is_correction="on",
    )
    assert "Published as revision 2." in messages_of(form.press("_publish"))
    assert "whether zinc makes a cold shorter" in Page(visitor.get(address)).words
    revision = entry.revisions.first()
    assert (revision.number, revision.kind) == (2, "correction")
    assert (revision.note, revision.author_name) == ("A second look", "edda")
    assert "whether zinc shortens a cold" in Page(visitor.get(f"{address}r/1/")).words


def add_citation(editor: Client) -> Citation:
    form = add(editor, "citations_citation").fill(
        key="Prasad2008",
        title="Duration of symptoms with zinc",
        authors="Prasad AS\nBeck FW",
        container="J Infect Dis",
        year="2008",
        pmid="18279051",
        study_type="randomised_trial",
        sample_size="50",
    )
    response = form.press()
    assert "was added successfully" in messages_of(response), messages_of(response)
    return Citation.objects.get(key="Prasad2008")


def add_condition(editor: Client, work: Citation) -> Condition:
    form = add(editor, "conditions_condition").fill(
        name="Common cold",
        slug="common-cold",
        aliases="cold\r\n\r\n  coryza ",
        category="other",
        one_line="An infection of nose and throat.",
        overview="It passes by itself [@Prasad2008].",
    )
    form.row("red_flags", text="you cannot get your breath", checked=None)
    form.row("first_care", text="Doctors advise rest.", citations=[work.pk])
    response = form.press("_publish")
    assert "Published as revision 1." in messages_of(response), messages_of(response)
    condition = Condition.objects.get(slug="common-cold")
    assert condition.shown_alias_list == ["cold", "coryza"]
    return condition


def add_remedy(editor: Client, work: Citation) -> Remedy:
    form = add(editor, "remedies_remedy").fill(
        name="Zinc",
        slug="zinc",
        kind="mineral",
        one_line="A mineral.",
        what_it_is="A trace element [@Prasad2008].",
    )
    form.row(
        "limits",
        kind="upper",
        authority="An agency",
        population="adults",
        amount="40",
        unit="mg",
        basis="elemental",
        counts="food and supplements",
        citations=[work.pk],
    )
    form.row(
        "interactions",
        substance="penicillamine",
        effect="The medicine acts less.",
        severity="moderate",
        action="apart",
        advice="Ask how long to wait.",
        checked=None,
    )
    form.row(
        "precautions",
        kind="contraindication",
        severity="stop",
        who="you have a copper deficiency",
        text="It makes it worse.",
        citations=[work.pk],
    )
    response = form.press("_publish")
    assert "Published as revision 1." in messages_of(response), messages_of(response)
    return Remedy.objects.get(slug="zinc")


def add_entry(
    editor: Client, remedy: Remedy, condition: Condition, work: Citation
) -> RemedyConditionEntry:
    form = add(editor, "remedies_remedyconditionentry").fill(
        remedy=remedy.pk,
        condition=condition.pk,
        verdict="We do not know whether zinc shortens a cold [@Prasad2008].",
        effect="benefit",
        certainty="very_low",
        dosing="Studies used lozenges [@Prasad2008, p. 2].",
        mechanism="It may keep the virus out [@Prasad2008].",
        written_on="2026-11-22",
        review_due="2027-11-22",
    )
    form.row(
        "regimens",
        form="zinc acetate lozenge",
        amount="13.3",
        unit="mg",
        per="dose",
        doses_per_day="6",
        basis="elemental",
        citation=work.pk,
    )
    form.row(
        "precautions",
        kind="side_effect",
        severity="caution",
        text="It can taste bad and upset the stomach.",
        citations=[work.pk],
    )
    form.row(
        "evidence_items",
        citation=work.pk,
        outcome="days of cold",
        n_analysed="50",
        direction="benefit",
        result="Shorter by three days.",
    )
    response = form.press()
    assert "was added successfully" in messages_of(response), messages_of(response)
    return RemedyConditionEntry.objects.get()


def check_page(page: Page) -> None:
    assert page.h1 == "Zinc for Common cold"
    assert "Not known" in words(page.one("section", class_="verdict"))  # one small trial
    doses = words(page.by_id("how-to-use"))
    assert "13.3 mg, 6 times a day" in doses
    assert "Counted as zinc itself (elemental)" in doses
    warnings = words(page.by_id("warnings"))
    for text in ("copper deficiency", "upset the stomach", "Penicillamine", "get your breath"):
        assert text in warnings
    assert "you have a copper deficiency" in page.words[: page.words.index("How to use for")]
    assert "Randomised trials" in words(page.by_id("evidence"))
    assert "It may keep the virus out" in words(page.by_id("why"))
    reference = page.one("li", class_="reference")
    assert "https://pubmed.ncbi.nlm.nih.gov/18279051/" in links(reference)
    assert "Prasad AS, Beck FW" in words(reference)
    assert "(p. 2)" in words(next(find(page.by_id("how-to-use"), "div", class_="prose")))
    assert page.statistics["conditions"] == "1"


def test_the_preview_is_the_page_s_own_rendering(world):
    markdown = "It *may* help [@Ahlberg2020].\n\n- one\n- two [@Moss2021, p. 3]"
    editor = world.browser_of(world.edda)
    preview = Page(editor.post("/admin/markdown-preview/", {"content": markdown}))
    world.legs_entry.mechanism = markdown
    world.legs_entry.verdict = "There are no studies in people."
    world.legs_entry.searched_on = date(2026, 11, 26)
    world.legs_entry.searched_where = "PubMed"
    world.legs_entry.searched_null = True
    world.legs_entry.found_none = True
    world.legs_entry.save()
    world.legs_entry.regimens.all().delete()
    world.legs_entry.evidence_items.all().delete()
    change(editor, world.legs_entry).press("_publish")
    why = Page(world.vera.get(world.legs_entry.get_absolute_url())).by_id("why")
    shape = [
        [(part.tag, part.text) for part in place.iter() if part.tag in {"p", "em", "ul", "li"}]
        for place in (next(find(preview.root, class_="prose")), next(find(why, class_="prose")))
    ]
    assert shape[0] == shape[1]
    assert words(preview.root).count("Reference") == 2


def test_a_draft_is_looked_at_before_it_is_published(world):
    editor = world.browser_of(world.edda)
    form = add(editor, "conditions_condition").fill(
        name="Hiccups", slug="hiccups", category="other", one_line="They come and go."
    )
    assert "was added successfully" in messages_of(form.press())
    draft = Page(editor.get("/conditions/hiccups/"))
    assert "This is a draft." in draft.words
    assert world.vera.get("/conditions/hiccups/").status_code == 404
    assert Condition.objects.get(slug="hiccups").edited_by == world.edda
    assert Condition.objects.get(slug="hiccups").edited_at.date() <= date.today()
