import pytest
from django.urls import reverse

from citations.document import to_document
from citations.models import Citation
from tests.admin_forms import change
from tests.factories import make_citation, make_user

pytestmark = pytest.mark.django_db
LEAST = {"key": "Jadidi2022", "title": "A trial", "study_type": "cohort", "pmid": "1"}


@pytest.fixture
def save(client):
    """Fills in the form for a new work as an editor; gives the form back where it is refused."""
    client.force_login(make_user("editor"))

    def post(**values):
        response = client.post(reverse("admin:citations_citation_add"), LEAST | values)
        return response.context["adminform"].form if response.status_code == 200 else None

    return post


def test_an_editor_adds_a_work(save):
    assert save() is None
    assert Citation.objects.get().key == "Jadidi2022"


def test_pasted_lines_are_tidied(save):
    assert save(title="A trial\r\nof  magnesium", authors="Jadidi A\r\n\r\nKhatami M") is None
    work = to_document(Citation.objects.get())
    assert (work.title, work.authors) == ("A trial of magnesium", ["Jadidi A", "Khatami M"])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("year", "99"),
        ("url", "ftp://example.org/a"),
        ("authors", "See [@Other]"),
        ("funding", "x" * 301),
        ("doi", "11.1/x"),
        ("key", "a b"),
    ],
)
def test_what_the_content_pack_would_refuse_is_refused_at_its_field(save, name, value):
    form = save(**{name: value})
    assert set(form.errors) == {name}
    assert not Citation.objects.exists()


def test_a_work_that_nobody_can_find_is_refused(save):
    assert "Give a way to find the work" in str(save(pmid="").errors)


def test_the_key_of_a_stored_work_never_changes(save, client):
    work = make_citation("A1")
    form = change(client, work).fill(**LEAST)
    assert form.press().status_code == 200
    work.refresh_from_db()
    assert (work.key, work.title) == ("A1", "A trial")
