"""Examples of the comparison of remedies and of the evidence map."""

from collections.abc import Iterator

from remedies.choices import (
    Certainty,
)
from remedies.models import Remedy
from remedies.pages.compare_data import Cell, CellLine, ComparedRow
from remedies.pages.map_data import MapAnswer, MapCell, MapRow, MapSubject
from workbench.gallery.example import Example, example
from workbench.gallery.examples.sample_documents import sample_remedy


def examples() -> Iterator[Example]:
    """The table of the comparison, its form, the map."""
    yield from _comparison()
    yield from _map()


def _comparison() -> Iterator[Example]:
    line = CellLine("Example salt; 8 weeks", "150 mg a day", caution_only=True)
    cells = [
        Cell("Example", [line, line], url="#", link="More on these doses"),
        Cell("Another example", missing="No dose in what we read"),
        Cell("A third example", certainty=Certainty.LOW, url="#", link="Why this grade?"),
    ]
    effect = Cell("A fourth example", [CellLine("", lead="May help")], mark="helps")
    names = [cell.remedy for cell in cells]
    rows = [ComparedRow("example", "Doses that studies used", cells)]
    yield example(
        "remedies/pages/_compare_table.html",
        "",
        caption="Example",
        id="compared",
        names=names,
        rows=rows,
    )
    for cell in (*cells, effect):
        yield example("remedies/pages/_compare_cell.html", cell.remedy, cell=cell)
    yield example("remedies/pages/_compare_line.html", "", line=line)
    context = {
        "url": "#",
        "remedies": [sample_remedy(), Remedy(pk=1, slug="another", shown_name="Another")],
    }
    yield example("remedies/pages/_compare_chooser.html", "", chosen={1}, **context)
    yield example(
        "remedies/pages/_compare_chooser.html", "nothing to compare", remedies=[], chosen=set()
    )


def _map() -> Iterator[Example]:
    remedy, condition, other = (
        MapSubject(name, name.lower().replace(" ", "-"), name, group)
        for name, group in (
            ("Example", "mineral"),
            ("Example condition", "sleep"),
            ("Another condition", "ear"),
        )
    )
    path = f"{remedy.slug}/{condition.slug}/"
    answer = MapAnswer("May help", "helps", Certainty.LOW.level, "Low certainty", 2)
    squares = [MapCell(1, condition, path, answer), MapCell(2, other)]
    rows = [MapRow(remedy, squares)]
    yield example("remedies/pages/_map_grid.html", "", columns=[condition, other], rows=rows)
    place = {"row": 1, "column": 1, "row_name": remedy.name, "column_name": condition.name}
    yield example("remedies/pages/_map_cell.html", "answer", answer=answer, path=path, **place)
    yield example("remedies/pages/_map_cell.html", "not reviewed", answer=None, path="", **place)
    yield example("remedies/pages/_map_key.html")
