"""Renders Markdown to safe HTML, for pages, previews and revisions: nothing else renders Markdown.

Raw HTML is disabled in the parser, and a sanitiser with an allowlist of tags runs after it, so that an
error in one is caught by the other. The sanitiser also closes open tags, since an unbalanced tag could
swallow the forms that follow it on a page.

A citation mark (`[@Key]`) becomes a placeholder that keeps its keys: each page numbers its own marks.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from html import escape, unescape

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from remedies_site.comment_rules import keep_stars_between_factors, keep_what_was_typed

RENDERER_VERSION = 2
"""Increment it when the same Markdown gives other HTML; then `rerender_revisions` and `rerender_comments`
render anew."""

KEY = r"[A-Za-z0-9][A-Za-z0-9_.:/-]*"
_WORK = rf"@{KEY}(?:,[^;\[\]@]*)?"
MARK = re.compile(rf"\[({_WORK}(?:;\s*{_WORK})*)\]")
PLACEHOLDER = re.compile(r'<span data-cites="([^"]*)"></span>')

_TAGS = {
    *("p", "br", "hr", "em", "strong", "s", "code", "pre", "blockquote", "sup", "sub"),
    *("ul", "ol", "li", "h3", "h4", "h5", "a", "span"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {"*": set[str](), "a": {"href", "title"}, "span": {"data-cites"}, "ol": {"start"}}
_COMMENT_TAGS = {"p", "a", "em", "strong", "ul", "ol", "li", "code", "pre", "blockquote", "br"}
_BIDI_CONTROLS = frozenset(
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
)
_INVISIBLE_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | {
    chr(code) for code in range(0xFE00, 0xFE10)
}
"""Characters of visible categories that show nothing: fillers and variation selectors."""
_BLOCK = re.compile(r"<(?=/?(?:p|br|hr|li|[uo]l|h\d|blockquote|pre|t(?:able|r|h|d))\b)")
_MAX_BRACKETS = 200
_HEADING_SHIFT = 2  # sections of a page are h2: the first heading of a text is h3


def render(markdown: str) -> str:
    """Editors' Markdown as safe HTML, citation marks as placeholders."""
    return _clean(_parser().render(markdown))


def render_inline(markdown: str) -> str:
    """Editors' inline Markdown (a verdict) as safe HTML without paragraphs, marks as placeholders."""
    return _clean(_parser().renderInline(markdown))


def render_comment(markdown: str) -> str:
    """A member's Markdown as safe HTML: no headings, tables, images or citation marks."""
    text = without_controls(markdown)
    # Matching very many brackets takes quadratic time: such a text has no links.
    parser = _comment_parser(links=text.count("[") <= _MAX_BRACKETS)
    return nh3.clean(
        parser.render(text),
        tags=_COMMENT_TAGS,
        attributes={"a": {"href"}, "*": set()},
        url_schemes={"http", "https"},
        link_rel="nofollow ugc noopener",
    )


def is_blank_comment(html: str) -> bool:
    """Whether a rendered comment shows nothing: spaces, invisible characters, or a bare list number."""
    text = unescape(unescape(nh3.clean(html, tags=set())))
    visible = "".join(
        char
        for char in text
        if unicodedata.category(char)[0] not in "ZC" and char not in _INVISIBLE_LETTERS
    )
    return not visible or bool(re.fullmatch(r"\d{1,9}[.)]", visible))


def plain_text(markdown: str) -> str:
    """The text without markup and citation marks, paragraphs joined by single spaces."""
    text = html_to_text(_parser().render(re.sub(r"\s*" + MARK.pattern, "", markdown)))
    return re.sub(r"\s+([.,;:!?)])", r"\1", text)


def html_to_text(html: str) -> str:
    """The words of rendered HTML, paragraphs joined by single spaces."""
    return unescape(" ".join(nh3.clean(_BLOCK.sub(" <", html), tags=set()).split()))


def _clean(html: str) -> str:
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener",
    )


def without_controls(text: str) -> str:
    """The text without control characters and characters that change its direction."""
    return "".join(
        char
        for char in text
        if char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cs"}
        if char not in _BIDI_CONTROLS
    )


@cache
def _comment_parser(links: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": 20})
    parser.disable(["image", "heading", "lheading", "hr", "reference", "html_block"])
    if not links:
        parser.disable("link")
    keep_what_was_typed(parser)
    parser.validateLink = _is_web_url  # type: ignore[method-assign]
    return parser


def _is_web_url(url: str) -> bool:
    return bool(re.match(r"https?://", url.strip().lower()))


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.disable("image")
    keep_stars_between_factors(parser)
    parser.inline.ruler.before("link", "citation", _parse_mark)
    parser.core.ruler.push("shift_headings", _shift_headings)
    parser.add_render_rule("citation", _render_mark)
    parser.validateLink = _is_safe_link  # type: ignore[method-assign]
    return parser


def _is_safe_link(url: str) -> bool:
    """False for `javascript:` and other schemes, and for `//host`, which looks like a path of this site."""
    scheme = re.match(r"[a-z][a-z0-9+.-]*:", url.strip().lower())
    if scheme:
        return scheme[0] in {"http:", "https:", "mailto:"}
    return not url.strip().startswith(("//", "\\", "/\\"))


def _parse_mark(state: StateInline, silent: bool) -> bool:
    match = MARK.match(state.src, state.pos) if state.src.startswith("[@", state.pos) else None
    if match is None:
        return False
    if not silent:
        token = state.push("citation", "", 0)
        token.content = match[1]
    state.pos = match.end()
    return True


def _render_mark(
    _renderer: RendererHTML, tokens: Sequence[Token], index: int, *_rest: object
) -> str:
    return f'<span data-cites="{escape(tokens[index].content)}"></span>'


def _shift_headings(state: StateCore) -> None:
    for token in state.tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + _HEADING_SHIFT, 5)}"
