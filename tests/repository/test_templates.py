"""Rules about templates: they compile, name their inputs, translate every word, trust no string."""

import ast
import re
import tomllib
from html import unescape
from pathlib import Path

import pytest
from django.template.loader import get_template

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PARTS = [path for path in TEMPLATES if path.name.startswith("_")]
PACKAGES = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
    "importlinter"
]["root_packages"]
FEATURES = ("pages", "check", "experience")
DRAWINGS = "charts"
"""Folders of templates/remedies/; the drawings are of no feature, and every feature may show them."""

# The only modules that may mark a string as safe HTML, and why.
TRUSTED = {
    "discussions/moderation/queue.py",  # as in selectors
    "discussions/rendering.py",  # items that a template made, joined
    "remedies/pages/map_cells.py",  # cells that a template made, their gaps filled with escaped values
    "remedies_site/pagecache/live_parts.py",  # the mark of a place, of digits
    "publishing/editor/widget_html.py",  # widgets and fields, every value of which is escaped
    "citations/marks.py",  # joins the sanitiser's output with links made by format_html
    "workbench/gallery/views.py",  # HTML rendered by our own templates, for the component page
    "discussions/selectors.py",  # a comment's HTML, made by the sanitiser when it was stored
    "remedies_site/structured_data.py",  # JSON with <, > and & as \u003C and the like
    "discussions/fragments.py",  # the preview of a comment, made by the same sanitiser
}
# Attributes whose values readers see or hear.
READ_ATTRIBUTES = (
    "title",
    "alt",
    "placeholder",
    "aria-label",
    "aria-description",
    "data-label",
    "label",
)
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
ATTRIBUTES = {"discussions/_htmx_attributes.html"}
# Loops that pass their whole context on: hundreds of items a page, and a new context for each is slow.
LOOPS = {"discussions/_comments.html"}

COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?%\}.*?\{% endcomment %\}", re.S)
TRANSLATED = re.compile(r"\{% blocktranslate.*?%\}.*?\{% endblocktranslate %\}", re.S)
TAG = re.compile(r"\{%.*?%\}", re.S)
VALUE = re.compile(r"\{\{.*?\}\}", re.S)
ELEMENT = re.compile(r"<!?/?[a-zA-Z](?:[^>\"']|\"[^\"]*\"|'[^']*')*>", re.S)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT / "templates"))


MAIL = "account/email/base_message.html"
"""The one template with a style sheet of its own: mail programs fetch none, and know no policy."""
STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)


def markup_of(text: str) -> str:
    """A template without comments, translated words, tags and values."""
    text = re.sub(r"(</?)\{\{.*?\}\}", r"\1x", text)  # an element whose level is a value
    for pattern in (COMMENT, TRANSLATED, TAG, VALUE):
        text = pattern.sub("", text)
    return text


def untranslated(text: str) -> list[str]:
    """Words of a template that do not go through gettext."""
    rest = markup_of(text)
    texts = [ELEMENT.sub(" ", rest)]
    for element in ELEMENT.findall(rest):
        texts += re.findall(rf'\s(?:{"|".join(READ_ATTRIBUTES)})="([^"]*)"', element)
    words = {word for part in texts for word in re.findall(r"[^\W\d_]{2,}", unescape(part))}
    return sorted(words - SAME_EVERYWHERE) + sentences_in_tags(text)


def sentences_in_tags(text: str) -> list[str]:
    """Strings of several words that a tag other than `translate` is given."""
    sentences = []
    for tag in TAG.findall(COMMENT.sub("", text)):
        if not re.match(r"\{% (translate|blocktranslate)\b", tag):
            strings = re.findall(r"(?<!_\()\"([^\"]*)\"|(?<!_\()'([^']*)'", tag)
            sentences += [part for pair in strings for part in pair if re.search(r"\w \w", part)]
    return sentences


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
def test_a_part_names_its_inputs_first(path):
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
    rest = markup_of(path.read_text(encoding="utf-8"))
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
    """A page is a list of its parts, and a part fits on a screen."""
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= (60 if path in PARTS else 120)


def test_every_part_is_used():
    """The gallery shows every part, so its examples do not count."""
    serving = [path for path in python_files() if "workbench" not in path.parts]
    sources = "\n".join(path.read_text(encoding="utf-8") for path in [*TEMPLATES, *serving])
    assert [name_of(path) for path in PARTS if f'"{name_of(path)}"' not in sources] == []


def test_features_of_remedies_include_no_part_of_each_other():
    """What several features share is in templates/remedies/ itself, or comes through a tag."""
    folder = ROOT / "templates" / "remedies"
    assert {path.name for path in folder.iterdir() if path.is_dir()} == {*FEATURES, DRAWINGS}
    parts = 0
    for feature in (*FEATURES, DRAWINGS):
        for path in (folder / feature).rglob("*.html"):
            for other in re.findall(
                r'"remedies/(\w+)/\w+\.html"', path.read_text(encoding="utf-8")
            ):
                assert other in {feature, DRAWINGS}, path
                parts += 1
    assert parts > 50


def python_files() -> list[Path]:
    return [path for app in PACKAGES for path in sorted((ROOT / app).rglob("*.py"))]


def trusting(source: str) -> bool:
    """Whether code marks a string as safe HTML."""
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
    modules = {
        str(path.relative_to(ROOT))
        for path in python_files()
        if trusting(path.read_text(encoding="utf-8"))
    }
    assert modules == TRUSTED


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
    assert inline(markup_of(text)) != []
    assert inline(markup_of('<script src="{{ x }}" defer></script><p class="style">')) == []
