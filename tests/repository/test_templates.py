"""Rules about the templates: they compile, say what they need, translate every word, trust nothing."""

import ast
import re
from html import unescape
from pathlib import Path

import pytest
from django.template.loader import get_template

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PARTS = [path for path in TEMPLATES if path.name.startswith("_")]
PACKAGES = ("accounts", "citations", "conditions", "discussions", "remedies", "remedies_site")

# The only modules that may say of a string that it is safe HTML, and why.
TRUSTED = {
    "citations/marks.py",  # joins the sanitiser's output with links made by format_html
    "remedies_site/components.py",  # what our own templates have drawn, for the component page
    "discussions/selectors.py",  # a comment's HTML, made by the sanitiser when it was stored
}
# Attributes that readers see or hear.
SPOKEN = ("title", "alt", "placeholder", "aria-label", "aria-description", "data-label", "label")
# Words that are the same in every language.
SAME_EVERYWHERE = {
    "PubMed",
    "BibTeX",
    "RIS",
    "CSL",
    "JSON",
    "Barra",
    "Internet",
    "Med",
    "Res",
    "de",
}  # and a cited work
# Parts that hold attributes for the element around them, and no words.
ATTRIBUTES = {"discussions/_swaps.html"}
# Loops that hand their whole context on: drawn hundreds of times a page, a context each is dear.
LOOPS = {"discussions/_comments.html"}

COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?%\}.*?\{% endcomment %\}", re.S)
TRANSLATED = re.compile(r"\{% blocktranslate.*?%\}.*?\{% endblocktranslate %\}", re.S)
TAG = re.compile(r"\{%.*?%\}", re.S)
VALUE = re.compile(r"\{\{.*?\}\}", re.S)
ELEMENT = re.compile(r"<!?/?[a-zA-Z](?:[^>\"']|\"[^\"]*\"|'[^']*')*>", re.S)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT / "templates"))


MAIL = "account/email/base_message.html"
"""The one template with a style sheet of its own: programs for mail fetch none, and have no policy."""
STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)


def bare(text: str) -> str:
    """A template without comments, translated words, tags and values."""
    text = re.sub(r"(</?)\{\{.*?\}\}", r"\1x", text)  # an element whose level is a value
    for pattern in (COMMENT, TRANSLATED, TAG, VALUE):
        text = pattern.sub("", text)
    return text


def untranslated(text: str) -> list[str]:
    """Words of a template that would be the same in every language."""
    rest = bare(text)
    said = [ELEMENT.sub(" ", rest)]
    for element in ELEMENT.findall(rest):
        said += re.findall(rf'\s(?:{"|".join(SPOKEN)})="([^"]*)"', element)
    words = {word for part in said for word in re.findall(r"[^\W\d_]{2,}", unescape(part))}
    return sorted(words - SAME_EVERYWHERE) + sentences_in_tags(text)


def sentences_in_tags(text: str) -> list[str]:
    """Strings of several words that a tag other than `translate` is given."""
    found = []
    for tag in TAG.findall(COMMENT.sub("", text)):
        if not re.match(r"\{% (translate|blocktranslate)\b", tag):
            strings = re.findall(r"(?<!_\()\"([^\"]*)\"|(?<!_\()'([^']*)'", tag)
            found += [part for pair in strings for part in pair if re.search(r"\w \w", part)]
    return found


def test_the_templates_are_found():
    """The rules below hold of an empty list too."""
    assert len(TEMPLATES) > 150
    assert len(PARTS) > 100
    assert {name_of(path) for path in TEMPLATES} > {MAIL} | ATTRIBUTES | LOOPS


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_it_compiles(path):
    get_template(name_of(path))


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_every_word_goes_through_gettext(path):
    if name_of(path) in ATTRIBUTES:
        return
    assert untranslated(STYLE.sub("", path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("path", PARTS, ids=name_of)
def test_a_part_states_its_inputs_first(path):
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    assert re.fullmatch(r"\{# Inputs: \S.* #\}", first)


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_parts_are_given_what_they_state_and_nothing_else(path):
    for tag in inclusions(path.read_text(encoding="utf-8")):
        assert tag.endswith(" only %}") or name_of(path) in LOOPS, tag


def inclusions(text: str) -> list[str]:
    """The tags that draw a part."""
    return [tag for tag in TAG.findall(text) if re.match(r'\{% include "[^"]*/_\w+\.html"', tag)]


def test_nearly_every_part_is_drawn_by_a_tag_that_is_seen():
    seen = "\n".join(
        tag for path in TEMPLATES for tag in inclusions(path.read_text(encoding="utf-8"))
    )
    drawn = [path for path in PARTS if f'"{name_of(path)}"' in seen]
    assert len(drawn) > 0.6 * len(PARTS)


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_nothing_is_trusted(path):
    assert not trusts(path.read_text(encoding="utf-8"))


def trusts(text: str) -> bool:
    """Whether a template says of a value that it is safe as it stands."""
    return re.search(r"\|\s*(safe|safeseq)\b|autoescape off", COMMENT.sub("", text)) is not None


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_nothing_is_inline(path):
    rest = bare(path.read_text(encoding="utf-8"))
    if name_of(path) == MAIL:
        rest = STYLE.sub("", rest)
    assert inline(rest) == []


def inline(rest: str) -> list[str]:
    """Styles and scripts that stand in a page itself; `rest` is a bare template."""
    found = re.findall(r"<style\b|<script\b(?![^>]*\bsrc=)|javascript:", rest)
    return found + [
        element
        for element in ELEMENT.findall(rest)
        if re.search(r"\s(style|on[a-z]+)\s*=", element)
    ]


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_it_is_short(path):
    """House numbers: a page is a table of contents, a part fits on a screen."""
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= (60 if path in PARTS else 120)


def test_every_part_is_used():
    sources = [*TEMPLATES, *(path for app in PACKAGES for path in (ROOT / app).rglob("*.py"))]
    everything = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    assert [name_of(path) for path in PARTS if f'"{name_of(path)}"' not in everything] == []


def python_files() -> list[Path]:
    return [path for app in PACKAGES for path in sorted((ROOT / app).rglob("*.py"))]


def trusting(source: str) -> bool:
    """Whether code says of a string that it is safe as it stands."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Name | ast.Attribute):
            name = node.id if isinstance(node, ast.Name) else node.attr
            if name in {"mark_safe", "html_safe", "__html__"}:
                return True
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {
            "SafeString",
            "SafeText",
        }:
            return True
    return False


def test_no_code_trusts_a_string_but_where_it_is_listed():
    found = {
        str(path.relative_to(ROOT))
        for path in python_files()
        if trusting(path.read_text(encoding="utf-8"))
    }
    assert found == TRUSTED


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<p>Hello</p>", ["Hello"]),
        ('<p>{% translate "Hello" %}</p>', []),
        ("<p>{% blocktranslate trimmed %}Hello {{ x }}{% endblocktranslate %}</p>", []),
        ('<a title="Hello" class="some class">{{ x }}</a>', ["Hello"]),
        ('<a title="{% translate \'Hello\' %}">{{ x|date:"DATE_FORMAT" }}</a>', []),
        ('{% include "a/_b.html" with x="Two words" only %}', ["Two words"]),
        ('{% include "a/_b.html" with x=_("Two words") only %}', []),
        ("{# Hello there #}&nbsp;–&amp;", []),
        ('<p class="{% if x %}a{% endif %}">•</p>', []),
    ],
)
def test_the_scan_for_words_finds_them(text, words):
    assert untranslated(text) == words


@pytest.mark.parametrize("source", ["mark_safe(x)", "safestring.mark_safe(x)", "SafeString(x)"])
def test_the_scan_for_trust_finds_it(source):
    assert trusting(source)


@pytest.mark.parametrize(
    "text", ["{{ x|safe }}", "{{ x | safeseq }}", "{% autoescape off %}{{ x }}{% endautoescape %}"]
)
def test_the_scan_for_trust_finds_it_in_a_template(text):
    assert trusts(text)
    assert not trusts("{# x|safe #}{{ safe }}")


@pytest.mark.parametrize(
    "text",
    [
        "<style>p { color: red }</style>",
        "<script>alert(1)</script>",
        '<p style="color: red">',
        '<a href="#" onclick="go()">',
        '<a href="javascript:go()">',
    ],
)
def test_the_scan_for_inline_parts_finds_them(text):
    assert inline(bare(text)) != []
    assert inline(bare('<script src="{{ x }}" defer></script><p class="style">')) == []
