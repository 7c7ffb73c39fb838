"""No input raises, and none takes time beyond its size."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citations.importing import ImportedRecord, read_references
from tests.counts import count

SIGNS = st.sampled_from(
    ["TY  - JOUR\n", "ER  - \n", "TI  - ", "AU  - ", "DO  - 10.1/x\n", "UR  - ", "AN  - 5\n", "PMID- 1\n",
     "      ", "@article{a,", "@string{x=", "title={", "author=\"", "doi={10.1/x}", "}", "{", "\"", ",", "\n",
     "#", "=", "\\", "$", "%", "&amp;", "<sub>", "</sub>", "[{\"id\": 1, \"title\": ", "\"author\": [", "]",
     "\\textbf{", "\\'", " and ", "\x00", "\ufeff", "\ud7ff", "\u2028", "RETRACTED: ", "2020", "{\"a\":"]
)  # fmt: skip


@given(st.lists(st.one_of(SIGNS, st.text(max_size=8)), max_size=40).map("".join))
def test_no_text_raises(text):
    for record in read_references(text):
        assert record.number >= 1
        if isinstance(record, ImportedRecord):
            record.document.canonical()


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=9),
        lambda inner: st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["title", "author", "DOI", "URL", "issued", "date-parts", "custom", "note",
                             "items", "message", "updated-by", "update-to", "family", "given", "page"]),
            inner, max_size=6,
        ),
        max_leaves=12,
    )
)  # fmt: skip
def test_no_value_in_json_raises(value):
    for text in (json.dumps([{"title": "T", "DOI": "10.1/x", "custom": value, "author": value}]),
                 json.dumps([{"title": value, "DOI": value, "issued": value, "note": value}]),
                 json.dumps({"items": value, "updated-by": value})):  # fmt: skip
        list(read_references(text))


SIZE = count(small=300_000, full=20_000_000)
AWKWARD = {
    "braces": "{",
    "entries without an end": "@article{x, a={b}\n",
    "entries": "@a{",
    "records without content": "TY  - JOUR\nER  - \n",
    "lists": '[{"a":[',
    "broken items": '[{"a":"b},',
    "blank lines": "\n",
    "lines of nothing": "x\n",
    "at signs": "@\n",
    "one title of markup": ("TY  - JOUR\nDO  - 10.1/x\nTI  - ", "<b>&amp;"),
    "one title of LaTeX": ("@misc{a, doi={10.1/x}, title={", "\\'e$x$"),
    "one list of authors": ("@misc{a, doi={10.1/x}, title={T}, author={", "A, B and "),
    "one DOI": ("TY  - JOUR\nTI  - T\nDO  - 10.1/x", "."),
    "one address": ("TY  - JOUR\nTI  - T\nUR  - https://", "a."),
    "one journal": ("TY  - JOUR\nTI  - T\nDO  - 10.1/x\nJO  - ", "a 1(2):3 "),
    "one abstract of lines": ("PMID- 1\nTI  - T\nAB  - ", "x\n      "),
}


@pytest.mark.parametrize("name", AWKWARD)
def test_awkward_input_takes_seconds(name):
    shape = AWKWARD[name]
    start, part = shape if isinstance(shape, tuple) else ("", shape)
    text = start + part * (SIZE // len(part))
    started = time.monotonic()
    for _record in read_references(text):
        pass
    assert time.monotonic() - started < 60


def nbib(number: int) -> str:
    lines = "\n      ".join(["Words of an abstract that goes on and on, line after line"] * 40)
    return f"PMID- {number}\nTI  - Work {number}\nAB  - {lines}\nAU  - Ohm C\nAID - 10.1/{number} [doi]\n\n"


def bibtex(number: int) -> str:
    abstract = "Words of an abstract with 5\\% of \\emph{LaTeX} " * 50
    return f"@article{{k{number},\n title = {{Work {number} {{\\'e}}}},\n abstract = {{{abstract}}},\n doi = {{10.1/{number}}}\n}}\n"


@pytest.mark.parametrize("one", [nbib, bibtex])
def test_time_grows_with_the_size_and_not_with_its_square(one):
    number = count(small=400, full=5_000)
    text = "".join(map(one, range(1, number + 1)))
    started = time.monotonic()
    found = [record for record in read_references(text) if isinstance(record, ImportedRecord)]
    taken = time.monotonic() - started
    assert len(found) == number
    assert taken < count(small=15, full=60)
