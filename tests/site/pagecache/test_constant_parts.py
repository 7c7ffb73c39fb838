"""Parts that only their values and the language decide: rendered once, and the same as without that."""

import pytest
from django.template import engines
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from remedies_site.pagecache import constant_parts
from remedies_site.pagecache.constant_parts import constant_part

PAGES = "layout/_site_pages.html"


@pytest.fixture(autouse=True)
def renderings(monkeypatch):
    """The templates that were loaded to be rendered, one after the other."""
    constant_parts._rendered.cache_clear()
    loaded = []
    load = constant_parts.loader.get_template
    monkeypatch.setattr(
        constant_parts.loader, "get_template", lambda name: loaded.append(name) or load(name)
    )
    yield loaded
    constant_parts._rendered.cache_clear()


def test_a_part_is_rendered_once_for_equal_values(renderings):
    first = constant_part(PAGES, place="menu")
    assert constant_part(PAGES, place="menu") == first
    assert isinstance(first, SafeString)
    assert 'id="menu-look-up"' in first
    assert renderings == [PAGES]


def test_other_values_make_another_part(renderings):
    assert 'id="footer-look-up"' in constant_part(PAGES, place="footer")
    assert 'id="menu-look-up"' in constant_part(PAGES, place="menu")
    assert len(renderings) == 2


def test_each_language_has_its_own(renderings):
    for language in ("en", "de", "en"):
        with override(language):
            constant_part(PAGES, place="menu")
    assert len(renderings) == 2


def test_in_development_it_is_rendered_each_time(renderings, settings):
    settings.DEBUG = True
    constant_part(PAGES, place="menu")
    constant_part(PAGES, place="menu")
    assert len(renderings) == 2


def test_values_are_escaped():
    assert "<b>" not in constant_part(PAGES, place="<b>")


def test_a_text_that_is_marked_as_safe_is_another_one():
    assert "<b>" in constant_part(PAGES, place=mark_safe("<b>"))
    assert "<b>" not in constant_part(PAGES, place="<b>")


def test_the_tag_gives_a_page_the_same_part():
    template = engines["django"].from_string(
        f"{{% load live %}}{{% constant '{PAGES}' place='menu' %}}"
    )
    assert template.render({}) == constant_part(PAGES, place="menu")
