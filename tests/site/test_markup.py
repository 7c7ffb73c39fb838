"""Hostile Markdown is read back as a browser reads it: html5lib builds the tree, not a pattern."""

import re

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from remedies_site.markup import PLACEHOLDER, plain_text, render, render_inline

ALLOWED = {
    *("p", "br", "hr", "em", "strong", "s", "code", "pre", "blockquote", "sup", "sub"),
    *("ul", "ol", "li", "h3", "h4", "h5", "a", "span"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {"a": {"href", "title", "rel"}, "span": {"data-cites"}, "ol": {"start"}}


def elements(html: str) -> list:
    """Every element of a page whose form the text must not swallow."""
    page = html5lib.parse(
        f"<!doctype html><main>{html}</main><form id=after></form>", namespaceHTMLElements=False
    )
    (main,) = page.iter("main")
    (form,) = page.iter("form")
    assert form not in list(main.iter()), "the text swallowed what follows it"
    return [element for element in main.iter() if element is not main]


def assert_harmless(html: str) -> None:
    for element in elements(html):
        assert element.tag in ALLOWED
        assert set(element.attrib) <= ATTRIBUTES.get(element.tag, set())
        href = re.sub(r"[\x00-\x20]", "", element.get("href", "")).replace("\\", "/").lower()
        assert not href.startswith("//")
        scheme = re.match(r"[a-z][a-z0-9+.-]*:", href)
        assert scheme is None or scheme[0] in {"http:", "https:", "mailto:"}


def test_plain_markdown_becomes_plain_html():
    html = render("One *two* **three**.\n\n- a\n- b").replace("\n", "")
    assert html == ("<p>One <em>two</em> <strong>three</strong>.</p><ul><li>a</li><li>b</li></ul>")


def test_tables_and_struck_words_are_part_of_the_policy():
    tags = {element.tag for element in elements(render("| a |\n| - |\n| ~~b~~ |"))}
    assert tags == {"table", "thead", "tbody", "tr", "th", "td", "s"}


def test_links_to_the_web_and_to_this_site_stay():
    html = render("[a](https://example.org/x?y=1) [b](/remedies/) [c](#ref-1) [d](mailto:a@b.org)")
    links = [element.get("href") for element in elements(html) if element.tag == "a"]
    assert links == ["https://example.org/x?y=1", "/remedies/", "#ref-1", "mailto:a@b.org"]


def test_headings_stand_below_those_of_the_page():
    html = render("# one\n\n## two\n\n### three\n\n#### four\n\n###### six")
    assert [element.tag for element in elements(html)] == ["h3", "h4", "h5", "h5", "h5"]


@pytest.mark.parametrize(
    "markdown",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<p onclick='alert(1)'>text</p>",
        "<svg/onload=alert(1)>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<style>*{display:none}</style>",
        "<form action=//evil.example><button>go</button>",
        "</main></form></div><h1>mine",
        "<!-- open comment",
        "<![CDATA[ <script>alert(1)</script> ]]>",
        "<textarea>",
        "<plaintext>",
        '<span data-cites="@Forged">',
        "`<script>alert(1)</script>`",
        "```html\n<script>alert(1)</script>\n```",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "> <b onmouseover=alert(1)>\n> quote",
        "| <td onclick=x> | \n| - |\n| </table><script> |",
        "# <script>\n\n<h1>",
    ],
)
def test_raw_html_is_shown_as_words(markdown):
    html = render(markdown) + render_inline(markdown)
    assert_harmless(html)
    assert not PLACEHOLDER.search(html)


def test_the_words_of_raw_html_stay_readable():
    assert "<b>" in plain_text("Give <b>both</b> numbers")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "&#x6A;avascript&colon;alert(1)",
        "java&Tab;script:alert(1)",
        "java&NewLine;script:alert(1)",
        "&#1;javascript:alert(1)",
        "&#160;javascript:alert(1)",
        "<javascript:alert(1)>",
        "< javascript:alert(1)>",
        "vbscript:msgbox(1)",
        "data:text/html;base64,PHNjcmlwdD4=",
        "DATA:image/svg+xml,<svg/onload=alert(1)>",
        "file:///etc/passwd",
        "blob:https://example.org/1",
        "//evil.example/x",
        "<//evil.example/x>",
        "&#47;&#47;evil.example",
        "/\\evil.example",
        "\\\\\\\\evil.example",
        "\\/\\/evil.example",
        "&#92;&#92;evil.example",
        "/&Tab;/evil.example",
        "&Tab;//evil.example",
        "&#12;//evil.example",
    ],
)
def test_no_link_leads_where_it_must_not(url):
    for markdown in (f"[text]({url})", f"[text][r]\n\n[r]: {url}", f"<{url}>"):
        assert_harmless(render(markdown))
        assert_harmless(render_inline(markdown))


@pytest.mark.parametrize(
    "markdown", ["![alt](https://example.org/a.png)", "![alt][r]\n\n[r]: /a.png", '![a](/x "t")']
)
def test_pictures_are_not_part_of_the_content(markdown):
    html = render(markdown)
    assert_harmless(html)
    assert "img" not in {element.tag for element in elements(html)}


@pytest.mark.parametrize(
    "markdown",
    ["**open", "[open](", "- a\n  - b\n    > c", "| a |\n| - |", "~~~\nopen", "</p>" * 9],
)
def test_what_an_author_left_open_is_closed(markdown):
    assert_harmless(render(markdown))


def test_a_mark_becomes_a_placeholder_that_keeps_its_keys():
    html = render("It helps [@Jadidi2022; @ODS-Magnesium, p. 3].")
    assert PLACEHOLDER.findall(html) == ["@Jadidi2022; @ODS-Magnesium, p. 3"]
    assert "[@" not in html


def test_a_placeholder_survives_signs_in_its_locator():
    html = render('Words [@A, p. "3" <b> & more].')
    assert_harmless(html)
    assert len(PLACEHOLDER.findall(html)) == 1


@pytest.mark.parametrize(
    "markdown", ["[@]", "[@ A]", "[@A;]", "[@A @B]", "[A]", "\\[@A]", "`[@A]`"]
)
def test_what_only_resembles_a_mark_stays_text(markdown):
    assert not PLACEHOLDER.search(render(markdown))


def test_a_verdict_is_one_run_of_text():
    assert render_inline("It *may* help [@A].") == (
        'It <em>may</em> help <span data-cites="@A"></span>.'
    )
    assert render_inline("# not a heading") == "# not a heading"


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("It **may** help [@A; @B, p. 3].", "It may help."),
        ("One [@A]\n\ntwo.", "One two."),
        ("- a\n- b", "a b"),
        ("# Head\n\nText", "Head Text"),
        ("un*believ*able", "unbelievable"),
        ("(*Ginkgo*), “*x*”", "(Ginkgo), “x”"),
        ("[link](https://example.org)", "link"),
        ("a < b & c", "a < b & c"),
        ("line\\\nbreak", "line break"),
        ("| a | b |\n| - | - |\n| c | d |", "a b c d"),
        ("", ""),
    ],
)
def test_plain_text_is_the_words_alone(markdown, words):
    assert plain_text(markdown) == words


hostile = st.lists(
    st.sampled_from(
        [
            *("<", ">", "</", "script", "img", "onerror=", "javascript:", "//x", "\\", "/", "`"),
            *("[", "]", "(", ")", "!", "@A", "[@A]", "[@A, p. 1]", "*", "_", "~~", "#", "|", "- "),
            *(
                "\n",
                "\n\n",
                "&#106;",
                "&lt;",
                "&colon;",
                '"',
                "'",
                "<!--",
                "<p>",
                "</main>",
                "a",
                " ",
            ),
        ]
    ),
    max_size=30,
).map("".join)


@given(hostile | st.text(max_size=80))
def test_whatever_is_written_is_harmless_on_the_page(markdown):
    assert_harmless(render(markdown))
    assert_harmless(render_inline(markdown))


@given(hostile)
def test_plain_text_is_one_line_without_marks(markdown):
    words = plain_text(markdown)
    assert words == " ".join(words.split())
    assert "[@A]" not in plain_text(f"word [@A] {markdown.replace('[@A', '')}")
