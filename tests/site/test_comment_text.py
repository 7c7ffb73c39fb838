"""Members' Markdown: every letter and digit that was typed reaches the page."""

from html import unescape

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from remedies_site.markup import is_blank_comment, render, render_comment


def text_of(html: str) -> str:
    """What a reader sees of it."""
    return unescape(nh3.clean(html, tags=set()))


def letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


@pytest.mark.parametrize(
    "typed",
    [
        "5*3*2 mg",
        "(5)*(3)*(2) mg",
        "10**6**2",
        "2019. It helped.",
        "2019) It helped.",
        "1. first",
        "a &amp; b &#65;",
        "# 5 mg",
        "\\1 mg",
        "3_4_5",
        "<b>5</b>",
        "5 ~ 6",
        "[@Jadidi2022, p. 5]",
    ],
)
def test_what_is_no_markup_is_shown_as_it_was_typed(typed) -> None:
    assert text_of(render_comment(typed)).strip() == typed


def test_stars_between_digits_stay_in_editors_texts_too() -> None:
    assert render("5*3*2 mg, *well*") == "<p>5*3*2 mg, <em>well</em></p>\n"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("> 6. some point", "6. some point"),
        ("1. one\n2. two", "1. one\n2. two"),
        ("```python 3\nx = 5\n```", "python 3\nx = 5"),
        ('[a](https://example.org "5 mg")', "a (5 mg)"),
        ("**5** *mg* - `7`", "5 mg - 7"),
        ("这是**重点**内容", "这是重点内容"),
    ],
)
def test_markup_is_left_out_and_its_text_stays(typed, shown) -> None:
    assert text_of(render_comment(typed)).strip() == shown


@pytest.mark.parametrize(
    "typed",
    [
        ">" * 60 + " deep 7",
        "> " * 20 + "deep 7",
        "\n".join("  " * level + f"- level {level}" for level in range(30)),
        "- " * 40 + "deep 7",
        "\n".join("> " * level + f"- {level}\n" for level in range(30)),
    ],
)
def test_text_below_many_quotes_and_lists_is_shown(typed) -> None:
    assert letters(text_of(render_comment(typed))) == letters(typed)


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("See https://example.org/x", "https://example.org/x"),
        ("See https://example.org/x.", "https://example.org/x"),
        ("(https://example.org/a_(b))", "https://example.org/a_(b)"),
        ("> http://example.org/a_b_c?d=5&e=6, yes", "http://example.org/a_b_c?d=5&amp;e=6"),
        ("“https://example.org/5*3*2”", "https://example.org/5*3*2"),
        ("<https://example.org/x>", "https://example.org/x"),
    ],
)
def test_a_bare_url_becomes_a_link_that_search_engines_do_not_follow(typed, url) -> None:
    html = render_comment(typed)
    assert f'<a href="{url}" rel="nofollow ugc noopener">{url}</a>' in html


@pytest.mark.parametrize(
    "typed", ["`https://example.org/x`", "xhttps://example.org", "https://", "ftp://example.org"]
)
def test_what_is_no_web_address_stays_text(typed) -> None:
    assert "<a" not in render_comment(typed)


def test_a_link_inside_a_link_stays_text() -> None:
    html = render_comment("[https://example.org/a](https://example.org/b)")
    assert html.count("<a ") == 1
    assert 'href="https://example.org/b"' in html


@pytest.mark.parametrize(
    "typed",
    [
        *("", " \n", "\u200b", ">", "> >", "&nbsp;", "&#8203;", "1.", "2)", "-", "* * *"),
        *("```\n```", "~~~", "[](https://x)", "\ufe0f", "\u3164"),
        *("\u2800", "\u202e\u200f", "- \n- "),
    ],
)
def test_a_text_that_shows_nothing_is_blank(typed) -> None:
    assert is_blank_comment(render_comment(typed))


@pytest.mark.parametrize("typed", ["5", "?", "👍", "नमस्ते", "-5", "5.5", "<br>"])
def test_a_text_that_shows_something_is_not_blank(typed) -> None:
    assert not is_blank_comment(render_comment(typed))


PIECES = st.sampled_from(
    [
        *("*", "**", "_", "__", "`", "```", "~~~", "> ", "- ", "+ ", "* ", "1. ", "2019) ", "# "),
        *(
            "\n",
            "\n\n",
            "    ",
            "\t",
            "[",
            "] (",
            ")",
            "!",
            "<",
            ">",
            "&amp;",
            "&",
            "\\",
            "|",
            "---",
        ),
        *("https://example.org/a_b", '"', "'", ".", ",", " ", "  \n", "===\n", "[a]: "),
        *("5", "mg", "Ёлка", "שלום", "β", "비타민", "x*3*2"),
    ]
)
TYPED = st.lists(PIECES | st.text(max_size=3), max_size=25).map("".join)


@given(TYPED)
def test_every_letter_and_digit_is_shown_in_order(typed) -> None:
    """Where a link hides its destination, that is markup: the typed pieces make none that is valid."""
    shown = iter(text_of(render_comment(typed)))
    assert all(char in shown for char in letters(typed))
