"""A page's references over HTTP, as files for other programs."""

import pytest
from django.urls import reverse

from citations.formats import FORMATS


@pytest.mark.django_db
@pytest.mark.parametrize("ending", FORMATS)
def test_pages_offer_the_file_and_it_comes_under_its_name(standing_world, client, ending):
    for subject, name, slugs in (
        (standing_world.legs_entry, "entry", ["magnesium", "restless-legs-syndrome"]),
        (standing_world.magnesium, "remedy", ["magnesium"]),
        (standing_world.restless_legs, "condition", ["restless-legs-syndrome"]),
    ):
        address = reverse(f"{name}_references", args=[*slugs, ending])
        assert f'href="{address}"' in client.get(subject.get_absolute_url()).content.decode()
        answer = client.get(address)
        assert answer.status_code == 200
        assert f'{"-".join(slugs)}-references.{ending}"' in answer["Content-Disposition"]
        assert answer["Content-Type"].endswith("charset=utf-8")
        assert "Agency2019" in answer.content.decode() or ending == "txt"


@pytest.mark.django_db
def test_there_is_no_other_format_and_no_file_of_an_old_version(standing_world, client):
    entry = standing_world.legs_entry
    assert client.get(f"{entry.get_absolute_url()}references.docx").status_code == 404
    old = client.get(f"{entry.get_absolute_url()}r/1/").content.decode()
    assert "references.bib" not in old
