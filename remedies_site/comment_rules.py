"""Rules for markdown-it that keep what a member typed: every letter and digit reaches the page.

CommonMark reads a number at the start of a line as a list, which a browser numbers anew, drops what is
nested too deeply, and hides the language of a code block and the title of a link.
"""

import re
from collections.abc import Callable, Sequence
from html import escape

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock, blockquote, list_block
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, emphasis
from markdown_it.token import Token

MAX_LEVEL = 18
"""Levels of quotes and lists; a list item takes two. Deeper markers are shown as they were typed."""

BlockRule = Callable[[StateBlock, int, int, bool], bool]

_FACTORS = re.compile(r"(?:[\d)\]]\*+[\w(\[])|(?:[\w)\]]\*+[\d(\[])")
_URL = re.compile(r"://[^\s<>\"\[\]\x00-\x20]+")
_SCHEME = re.compile(r"(?<![^\W_])https?\Z", re.IGNORECASE)
_TRAILING = ".,;:!?'*_~…。、，”’»"
_CLOSING = {")": "(", "}": "{"}


def keep_what_was_typed(parser: MarkdownIt) -> None:
    """Change the parser of comments so that it drops no letter and no digit, and links bare URLs."""
    parser.disable("entity")
    alternatives = ["paragraph", "reference", "blockquote"]
    quotes, lists = _limited(blockquote, False), _limited(list_block, True)
    parser.block.ruler.at("blockquote", quotes, {"alt": [*alternatives, "list"]})
    parser.block.ruler.at("list", lists, {"alt": alternatives})
    keep_stars_between_factors(parser)
    parser.inline.ruler.before("linkify", "bare_url", _link_bare_url)
    parser.core.ruler.push("link_titles", _show_link_titles)
    parser.add_render_rule("fence", _render_fence)


def keep_stars_between_factors(parser: MarkdownIt) -> None:
    """Read the stars of `5*3*2 mg` as they stand, instead of as emphasis."""
    parser.inline.ruler.at("emphasis", _emphasis_unless_factors)


def _limited(rule: BlockRule, is_list: bool) -> BlockRule:
    """The rule without numbered lists, and without a level below MAX_LEVEL."""

    def limited(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if state.level >= MAX_LEVEL or (is_list and _first_character(state, start).isdigit()):
            return False
        return rule(state, start, end, silent)

    return limited


def _first_character(state: StateBlock, line: int) -> str:
    begin = state.bMarks[line] + state.tShift[line]
    return state.src[begin : begin + 1]


def _emphasis_unless_factors(state: StateInline, silent: bool) -> bool:
    if not silent and state.src[state.pos] == "*":
        before = max(0, state.pos - 1)
        if match := _FACTORS.match(state.src, before):
            stars = match[0][1:-1]
            state.pending += stars
            state.pos += len(stars)
            return True
    return emphasis.tokenize(state, silent)


def _link_bare_url(state: StateInline, silent: bool) -> bool:
    """Read `https://…` as a link, without the punctuation of the sentence around it."""
    rest = _URL.match(state.src, state.pos, state.posMax)
    scheme = _SCHEME.search(state.src[max(0, state.pos - 6) : state.pos]) if rest else None
    if rest is None or scheme is None or state.linkLevel:
        return False
    url = scheme[0] + _without_trailing_punctuation(rest[0])
    if not re.search(r"://\w", url):
        return False
    if not silent:
        if not state.pending.endswith(scheme[0]):
            return False
        state.pending = state.pending[: -len(scheme[0])]
        state.push("link_open", "a", 1).attrs = {"href": state.md.normalizeLink(url)}
        state.push("text", "", 0).content = url
        state.push("link_close", "a", -1)
    state.pos += len(url) - len(scheme[0])
    return True


def _without_trailing_punctuation(url: str) -> str:
    """The URL without a full stop, quote or unopened bracket at its end."""
    while url:
        opening = _CLOSING.get(url[-1])
        if url[-1] not in _TRAILING and (
            opening is None or url.count(opening) >= url.count(url[-1])
        ):
            break
        url = url[:-1]
    return url


def _show_link_titles(state: StateCore) -> None:
    """Put a link's title behind its text: `[text](https://example.org "title")`."""
    for block in state.tokens:
        shown: list[Token] = []
        title = ""
        for token in block.children or []:
            if token.type == "link_open":
                title = str(token.attrs.pop("title", ""))
            if token.type == "link_close" and title:
                shown.append(Token("text", "", 0, content=f" ({title})"))
            shown.append(token)
        if block.children:
            block.children = shown


def _render_fence(
    _renderer: RendererHTML, tokens: Sequence[Token], index: int, *_rest: object
) -> str:
    token = tokens[index]
    first_line = f"{token.info.strip()}\n" if token.info.strip() else ""
    return f"<pre><code>{escape(first_line + token.content, quote=False)}</code></pre>\n"
