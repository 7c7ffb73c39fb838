"""Lists of the admin count no further than anybody turns their pages."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from citations.models import Citation
from conditions.models import Condition
from discussions.models import Comment, Report
from remedies.models import Remedy, RemedyConditionEntry
from remedies_site import admin_lists
from tests.factories import make_comment, make_remedy

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "model", [RemedyConditionEntry, Remedy, Condition, Citation, Comment, Report]
)
def test_a_list_over_a_table_that_grows_is_bounded(admin_client, model):
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    with CaptureQueriesContext(connection) as queries:
        assert admin_client.get(url).status_code == 200
    counts = [query["sql"] for query in queries if "COUNT(*)" in query["sql"]]
    table = model._meta.db_table
    whole = [sql for sql in counts if table in sql and str(admin_lists.MOST_ROWS) not in sql]
    assert whole == []
    assert isinstance(admin.site._registry[model], admin_lists.BoundedListAdmin)


def test_rows_beyond_the_bound_have_no_page_and_are_found_by_search(admin_client, monkeypatch):
    monkeypatch.setattr(admin_lists, "MOST_ROWS", 2)
    for name in ("Alpha", "Beta", "Gamma"):
        make_remedy(name)
    url = reverse("admin:remedies_remedy_changelist")
    assert admin_client.get(url).context["cl"].result_count == 2
    assert b"Gamma" in admin_client.get(f"{url}?q=gamma").content


def test_comments_have_the_number_of_their_reports(admin_client):
    comment = make_comment()
    Report.objects.create(comment=comment, reason="other", detail="x")
    response = admin_client.get(reverse("admin:discussions_comment_changelist"))
    (shown,) = response.context["cl"].result_list
    assert shown.number_of_reports == 1


LISTS = sorted(
    (model._meta.app_label, model._meta.model_name)
    for model, listed in admin.site._registry.items()
    if listed.search_fields
)


@pytest.mark.parametrize(("app", "name"), LISTS)
def test_a_search_with_very_many_words_looks_for_the_first_and_says_so(admin_client, app, name):
    words = "+".join(f"w{number}" for number in range(1_500))
    response = admin_client.get(reverse(f"admin:{app}_{name}_changelist") + f"?q={words}")
    assert response.status_code == 200
    assert "searched for the first 30 words alone" in response.content.decode()


def test_a_search_with_few_words_finds_as_before_and_says_nothing(admin_client):
    make_remedy("Alpha Beta")
    make_remedy("Alpha Gamma")
    response = admin_client.get(reverse("admin:remedies_remedy_changelist") + "?q=alpha+gamma")
    (shown,) = response.context["cl"].result_list
    assert shown.name == "Alpha Gamma"
    assert "words alone" not in response.content.decode()


def test_choices_of_a_field_take_many_words_too(admin_client):
    words = "+".join(f"w{number}" for number in range(1_500))
    response = admin_client.get(
        f"/admin/autocomplete/?app_label=remedies&model_name=remedyconditionentry"
        f"&field_name=remedy&term={words}"
    )
    assert (response.status_code, response.json()["results"]) == (200, [])
