"""Members' Markdown: whatever is written, what is stored is harmless and balanced."""

import time
from urllib.parse import urlsplit

import html5lib
import pytest

from remedies_site.markup import render_comment
from tests.hostile import BODIES

ALLOWED = {
    "p": set(),
    "br": set(),
    "a": {"href", "rel"},
    **{tag: set() for tag in ("em", "strong", "ul", "ol", "li", "code", "pre", "blockquote")},
}


def elements(html: str):
    """What a browser makes of it, inside a page's body."""
    body = html5lib.parse(f"<body><div>{html}</div></body>", namespaceHTMLElements=False).find(
        "body"
    )
    return [element for element in body.iter() if isinstance(element.tag, str)][2:]


def test_the_collection_holds_at_least_120() -> None:
    assert len(set(BODIES)) >= 120


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_a_hostile_body_is_harmless(body) -> None:
    for element in elements(render_comment(body)):
        assert element.tag in ALLOWED
        assert set(element.keys()) <= ALLOWED[element.tag]
        if element.tag == "a":
            assert urlsplit(element.get("href")).scheme in {"http", "https"}
            assert element.get("rel") == "nofollow ugc noopener"


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_a_hostile_body_leaves_what_follows_alone(body) -> None:
    page = f"<body><div>{render_comment(body)}</div><form id=after><input name=x></form></body>"
    parsed = html5lib.parse(page, namespaceHTMLElements=False)
    form = parsed.find("./body/form")
    assert form is not None
    assert form.find("input") is not None


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_nothing_turns_the_direction_of_the_text_around_it(body) -> None:
    assert not set(render_comment(body)) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u200f")


@pytest.mark.drill
@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_no_body_costs_more_than_300_ms(body) -> None:
    begun = time.process_time()
    render_comment(body[:10_000])
    assert time.process_time() - begun < 0.3


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("It *helped* me.", "<p>It <em>helped</em> me.</p>\n"),
        ("one\ntwo", "<p>one<br>\ntwo</p>\n"),
        (
            "See [this](https://example.org/a).",
            '<p>See <a href="https://example.org/a" rel="nofollow ugc noopener">this</a>.</p>\n',
        ),
        ("[@Jadidi2022]", "<p>[@Jadidi2022]</p>\n"),
    ],
)
def test_ordinary_words_come_out_as_meant(written, stored) -> None:
    assert render_comment(written) == stored
