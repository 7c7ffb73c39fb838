"""Queries and keys that no browser sends: every list and form of the admin answers in words, never 500."""

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.urls import reverse

from tests.counts import FULL
from tests.reading import Page

pytestmark = [pytest.mark.django_db, pytest.mark.every_page]
ODD = ("%00", "99999", "9" * 30, "-1", "x") if FULL else ("%00", "9" * 30)
LOOKUPS = ("", "__year", "__in", "__exact", "__id__exact", "__gte", "__lt", "__isnull", "__isempty")
if not FULL:
    LOOKUPS = LOOKUPS[:3]
KEYS = ("%00", "9" * 30, "x", "-1", "%ff", "1_5Fx", "_00")[: None if FULL else 2]


def list_url(model) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def filtered_fields(model_admin: admin.ModelAdmin) -> Iterator[str]:
    """What a list is filtered by: fields, and the parameters of filters of its own."""
    for each in model_admin.get_list_filter(None):
        if isinstance(each, str):
            yield each
        elif isinstance(each, tuple):
            yield each[0]
        else:
            yield each.parameter_name
    yield "id"


def queries(model_admin: admin.ModelAdmin) -> Iterator[str]:
    for name in ("q", "o", "p", "_to_field", "no_such_field"):
        yield from (f"{name}={value}" for value in ODD)
    for name in filtered_fields(model_admin):
        yield from (f"{name}{lookup}={value}" for lookup in LOOKUPS for value in ODD)
        yield f"{name}__gte=99999-01-01&{name}__lt=2020-01-01"
    if day := model_admin.date_hierarchy:
        for value in (*ODD, "30"):
            yield f"{day}__year={value}"
            yield f"{day}__year=2026&{day}__month={value}"
            yield f"{day}__year=2026&{day}__month=2&{day}__day={value}"


@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model._meta.label)
def test_a_list_of_the_admin_takes_any_query(admin_client, model):
    count = 0
    for query in queries(admin.site._registry[model]):
        response = admin_client.get(f"{list_url(model)}?{query}")
        assert response.status_code in {200, 302, 400}, query
        if "%00" in query:
            assert response.status_code == 400, query
        count += 1
    assert count > 10


@pytest.mark.parametrize(
    "query",
    [
        "review_due__year=99999",
        "review_due__gte=99999-01-01",
        "kind=%00",
        "q=%00",
        "review_due__year=" + "9" * 30,
        "kind__no_such=1",
    ],
)
def test_what_cannot_be_compared_is_answered_with_400_and_words(admin_client, query):
    response = admin_client.get(f"/admin/remedies/remedy/?{query}")
    assert response.status_code == 400
    assert Page(response).h1


@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model._meta.label)
def test_a_form_of_the_admin_takes_any_key(admin_client, model):
    for key in KEYS:
        for page in ("change", "delete", "history"):
            url = f"{list_url(model)}{key}/{page}/"
            for ask in (admin_client.get, admin_client.post):
                assert ask(url, {"post": "yes"}).status_code in {302, 400, 403, 404}, url
        sent = {"action": "delete_selected", "_selected_action": key.replace("%00", "\x00")}
        assert admin_client.post(list_url(model), sent).status_code in {200, 302, 400, 403}


@pytest.mark.parametrize(
    "url",
    [
        "/admin/autocomplete/?term=%00&app_label=remedies&model_name=evidenceitem&field_name=citation",
        "/admin/autocomplete/?term=a&app_label=%00&model_name=evidenceitem&field_name=citation",
        "/admin/?next=%00",
    ],
)
def test_other_addresses_of_the_admin_take_no_nul(admin_client, url):
    assert admin_client.get(url).status_code == 400


@pytest.mark.parametrize("key", ["%00", "a%00b", "Moss2021%00"])
def test_a_work_whose_key_holds_a_nul_is_404(client, key):
    assert client.get(f"/references/{key}/").status_code == 404
