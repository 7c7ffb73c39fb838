"""White space that no browser shows is left out of templates; nothing that was apart is joined."""

import re

import pytest
from django.template import Context, Engine

LOADER = "remedies_site.template_loaders.Loader"
PAGES = {
    "indented.html": "<ul>\n    <li>a</li>\n\n    <li>b</li>\n</ul>\n",
    "apart.html": "<b>a</b>\n  {% if yes %}\n    <b>b</b>\n  {% endif %}\n<b>c</b>",
    "joined.html": "<b>a</b>{% if yes %}<b>b</b>{% else %}\n<i></i>{% endif %}<b>c</b>",
    "branches.html": "a{% if yes %}\n b\n{% elif no %} \n c\n{% else %}d{% endif %}\n e",
    "loop.html": "<ol>\n{% for n in some %}\n  <li>{{ n }}</li>\n{% empty %}\n  -\n{% endfor %}\n</ol>",
    "words.html": "<p>{% for n in some %} {{ n }}{% endfor %} end</p>",
    "empty.html": "a\n{% for n in none %}x\n{% endfor %}\nb{% for n in none %}\nx{% endfor %}c",
    "value.html": "<p>\n  {{ text }}\n</p>\n{% with a=1 %}\n  {{ a }}\n{% endwith %}\n.",
    "part.html": "{% load i18n %}\n<i>\n  p</i>\n",
    "whole.html": "a\n{% include 'part.html' %}\n b{% include 'part.html' %}c",
    "child.html": "{% extends 'parent.html' %}\n{% block one %}\n\n  x\n{% endblock %}",
    "parent.html": "<p>{% block one %}{% endblock %}\n\n{% block two %}\n  y {% endblock %}</p>",
    "notes.txt": "a\n\n  b\n",
}
VALUES = {"yes": True, "no": False, "some": [1, 2, 3], "none": [], "text": "two\n\n  lines"}


def printed(name: str, loader: str, **values: object) -> str:
    """A template as an engine with this loader prints it, the second time as the first."""
    sources = [("django.template.loaders.locmem.Loader", PAGES)]
    libraries = {"i18n": "django.templatetags.i18n"}
    engine = Engine(loaders=[(loader, sources)], libraries=libraries)
    first, second = (
        engine.get_template(name).render(Context(VALUES | values)) for _time in range(2)
    )
    assert first == second
    return first


@pytest.mark.parametrize("values", [{}, {"yes": False}, {"yes": False, "no": True}])
@pytest.mark.parametrize("name", [name for name in PAGES if name.endswith(".html")])
def test_a_browser_shows_the_same(name, values):
    plain = printed(name, "django.template.loaders.cached.Loader", **values)
    short = printed(name, LOADER, **values)
    assert re.sub(r"\s+", " ", short) == re.sub(r"\s+", " ", plain)
    assert len(short) <= len(plain)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("indented.html", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("apart.html", "<b>a</b>\n<b>b</b>\n<b>c</b>"),
        ("loop.html", "<ol>\n<li>1</li>\n<li>2</li>\n<li>3</li>\n</ol>"),
        ("notes.txt", "a\n\n  b\n"),
    ],
)
def test_lines_of_tags_and_indentation_are_left_out(name, short):
    assert printed(name, LOADER) == short


def test_a_value_keeps_its_lines():
    assert "two\n\n  lines" in printed("value.html", LOADER)


def test_pages_of_the_site_have_no_indentation(client, db):
    page = client.get("/about/").text
    assert page.count("<") > 100
    assert not re.search(r"\n[ \t]", page)
