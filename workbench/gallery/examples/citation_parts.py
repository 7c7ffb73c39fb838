"""Examples of the parts of references, and made-up works."""

from collections.abc import Iterator
from datetime import date

from citations.models import Citation
from citations.references import ListedReference, PageReferences
from remedies_site.markup import render
from workbench.gallery.example import Example, example


def sample_work(key: str = "Example2020", **values: object) -> Citation:
    """A made-up work, not stored; `values` replace its fields."""
    fields = {
        "title": "A made-up trial of an example",
        "authors": "Ahlberg B\nOhm C",
        "container": "Journal of Examples 1:1",
        "year": 2020,
        "doi": "10.1234/example",
        "study_type": "randomised_trial",
        "sample_size": 75,
    }
    return Citation(key=key, **fields | values)


def sample_references() -> list[ListedReference]:
    """Three references: one plain, one retracted, one that is not printed."""
    retracted = sample_work("Gone2019", authors="A\nB\nC\nD", retracted_on=date(2024, 1, 1))
    page = sample_work("Page2021", doi="", url="https://example.org/", study_type="reference_work")
    return [
        ListedReference(1, "ref-1", sample_work(), ["cite-1-1", "cite-1-2"]),
        ListedReference(2, "ref-2", retracted, ["cite-2-1"]),
        ListedReference(3, "ref-3", page, ["cite-3-1"], on_paper=False),
    ]


def examples() -> Iterator[Example]:
    """A reference, lists and sections of them, the notice of retractions, an editor's preview."""
    references = sample_references()
    for title, line in zip(("", "retracted", "a page, not on paper"), references, strict=True):
        yield example("citations/_reference.html", title, reference=line, work=line.work)
    yield example("citations/_authors.html", "two", authors=["Ahlberg B", "Ohm C"])
    yield example("citations/_authors.html", "many", authors=list("ABCDE"))
    yield example("citations/_back_links.html", "", reference=references[0])
    yield example("citations/_reference_link.html", "", work=references[0].work)
    yield example("citations/_reference_list.html", "", references=references)
    yield example("citations/_reference_section.html", "", references=references)
    yield example("citations/_retracted_notice.html", "", retracted=references[1:2])
    yield example("citations/_retracted_notice.html", "none", retracted=[])
    yield example("citations/_reference_files.html", "", files="#references.")
    yield example(
        "citations/_preview.html",
        "for editors",
        body=PageReferences([]).html(render("A **text** as the page shows it.")),
        references=references,
        unknown=["Nobody1999"],
    )
