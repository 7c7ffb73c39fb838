"""Every word that readers see goes through gettext: a made-up language puts brackets around each
translated text, and what is left outside them has to be content."""

import re
from collections.abc import Iterator
from urllib.parse import unquote_plus

import pytest
from django.contrib import admin
from django.db.models import Choices
from django.utils import translation
from django.utils.functional import Promise

from api.views import EXAMPLES, KINDS
from citations.models import Citation
from conditions.services import withdraw_condition
from remedies.models import RemedyConditionEntry
from remedies.pages import map_cells
from remedies.templatetags import remedies as remedies_tags
from remedies_site.pagecache import constant_parts
from tests.factories import make_condition
from tests.reading import Page, words
from tests.surfaces import NOT_HTML, addresses_of

OWN = {
    *("accounts", "citations", "conditions", "discussions", "publishing", "remedies", "search"),
}
EDITED = {"accounts", "citations", "conditions", "remedies"}
"""Packages whose rows are edited in the admin."""

BRACKETS = re.compile(r"⟦[^⟦⟧]*⟧")
WORD = re.compile(r"[^\W\d_]+")
SPOKEN = ("title", "alt", "placeholder", "aria-label", "data-label")

# The same in every language: symbols of units, names of registers, and what a query asked for.
SYMBOLS = {"g", "mg", "IU", "mmol", "mEq", "ml"}
FORMATS = {"bibtex", "ris", "csl", "json"}  # files of references
WORK = {"barra", "de", "internet", "med", "res"}  # cited beside every vote
REGISTERS = {"DOI", "PMID", "PMCID", "NCT", "ICD-10", "MeSH"}


@pytest.fixture
def world(standing_world):
    return standing_world


@pytest.fixture
def _nothing_kept() -> Iterator[None]:
    """What is kept by its language is made anew before and after: here the language keeps its name."""
    for wait in (True, False):
        for module in (remedies_tags, map_cells, constant_parts):
            for function in vars(module).values():
                if hasattr(function, "cache_clear"):
                    function.cache_clear()
        if wait:
            yield


@pytest.fixture
def brackets(monkeypatch, _nothing_kept):
    """A language that says everything in brackets."""

    def one(message: str) -> str:
        return f"⟦{message}⟧" if message else message

    def many(singular: str, plural: str, number: int) -> str:
        return f"⟦{singular if number == 1 else plural}⟧"

    speak = translation._trans
    monkeypatch.setattr(speak, "gettext", one, raising=False)
    monkeypatch.setattr(speak, "ngettext", many, raising=False)
    monkeypatch.setattr(speak, "pgettext", lambda _context, message: one(message), raising=False)
    monkeypatch.setattr(
        speak, "npgettext", lambda _context, *arguments: many(*arguments), raising=False
    )


def strings_of(value: object) -> Iterator[str]:
    """Every string inside a document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings_of(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings_of(part)


def content_words(world, settings) -> set[str]:
    """The words that editors wrote and the operator stated."""
    texts = [settings.SITE_NAME, settings.SITE_URL]
    for work in Citation.objects.all():
        texts += [work.title, work.authors, work.container, work.publisher, work.short_name]
    for subject in (world.magnesium, world.restless_legs, world.insomnia):
        texts += [*strings_of(subject.current_revision.document), subject.one_line]
    for entry in RemedyConditionEntry.objects.all():
        texts += strings_of(entry.current_revision.document)
    return {word for text in texts for word in WORD.findall(text.casefold())}


ADDRESSES = {word for address in (*KINDS, *EXAMPLES) for word in WORD.findall(address)}
"""What the page about the open data names: addresses are the same in every language."""


def outside(text: str) -> set[str]:
    """The words outside all brackets."""
    before = None
    while before != text:
        before, text = text, BRACKETS.sub(" ", text)
    return {word for word in WORD.findall(text.casefold()) if len(word) > 1}


def said_by(page: Page) -> Iterator[str]:
    """Everything a reader sees or hears."""
    yield from (words(part) for part in page.one("body") if part.tag != "script")
    yield page.title
    for meta in page.all("meta"):
        if meta.get("name") == "description" or meta.get("property") in {"og:title"}:
            yield meta.get("content", "")
    for element in page.root.iter():
        yield from (element.get(name, "") for name in SPOKEN)


def test_all_that_readers_see_goes_through_gettext(world, settings, brackets):
    settings.PRODUCTS = True
    make_condition("Hiccups", one_line="Restless.")
    withdraw_condition(world.insomnia, by=None, reason="restless")
    known = (
        content_words(world, settings)
        | WORK
        | FORMATS
        | ADDRESSES
        | {"hiccups"}
        | {unit.casefold() for unit in SYMBOLS}
    )
    urls = [url for name, url in addresses_of(world.legs_entry) if name not in NOT_HTML]
    for url in [*urls, "/conditions/insomnia/", "/remedies/magnesium/hiccups/"]:
        page = Page(world.vera.get(url))
        asked = unquote_plus(url)  # said back by a search, and printed on paper
        left = set().union(*(outside(said) for said in said_by(page)))
        assert left - known - set(WORD.findall(asked.casefold())) == set(), url


def test_the_made_up_language_is_spoken(world, brackets):
    page = Page(world.vera.get("/remedies/magnesium/"))
    assert words(page.by_id("what-it-is")) == "⟦What it is⟧"


def choices(base: type[Choices] = Choices) -> Iterator[type[Choices]]:
    """Every enum of choices of this project."""
    for enum in base.__subclasses__():
        if enum.__module__.partition(".")[0] in OWN:
            yield enum
        yield from choices(enum)


def test_the_enums_of_every_package_are_there():
    packages = {enum.__module__.partition(".")[0] for enum in choices()}
    assert packages == {
        *("accounts", "citations", "conditions", "discussions", "publishing", "remedies", "search"),
    }


@pytest.mark.parametrize("enum", [*choices()], ids=lambda enum: enum.__name__)
def test_the_words_of_a_list_wait_for_the_reader_s_language(enum):
    for member in enum:
        label = member._label_
        assert isinstance(label, Promise) or label in SYMBOLS, member


def admin_fields() -> list:
    models = [model for model in admin.site._registry if model._meta.app_label in EDITED]
    models += [
        inline.model
        for registered in admin.site._registry.values()
        for inline in registered.inlines
    ]
    return [
        pytest.param(field, id=f"{model.__name__}.{field.name}")
        for model in dict.fromkeys(models)
        if not model._meta.model_name.endswith("revision")
        for field in model._meta.get_fields()
        if getattr(field, "editable", False)
        and not field.auto_created
        and not (field.is_relation and field.name in {"remedy", "condition", "entry"})
        and field.name not in NOT_ASKED_FOR
    ]


NOT_ASKED_FOR = {
    *("path", "target", "moved_at", "slug"),
    *("password", "last_login", "is_superuser", "groups", "user_permissions"),
}


def test_every_package_has_fields_in_the_admin():
    packages = {field.values[0].model.__module__.partition(".")[0] for field in admin_fields()}
    assert packages == EDITED
    assert len(admin_fields()) > 100


@pytest.mark.parametrize("field", admin_fields())
def test_fields_of_the_admin_are_named_in_the_reader_s_language(field):
    model = field.model._meta
    assert isinstance(field._verbose_name, Promise) or field.verbose_name in REGISTERS
    assert isinstance(field.help_text, Promise) or field.help_text == ""
    assert isinstance(model.verbose_name, Promise)
