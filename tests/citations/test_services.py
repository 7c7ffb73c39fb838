import pytest

from conditions.schema import ConditionDocument
from publishing.services import check_citations, unknown_keys
from remedies_site.exceptions import NotPublishable
from tests.factories import make_citation

pytestmark = pytest.mark.django_db


def document(**values) -> ConditionDocument:
    return ConditionDocument.model_validate(
        {"slug": "a", "name": "A", "category": "other", "one_line": "A."} | values
    )


def test_known_works_may_be_cited():
    make_citation("A1")
    check_citations(document(overview="Words [@A1]."))


def test_every_unknown_work_is_named_with_its_place():
    make_citation("A1")
    care = [{"text": "First.", "citations": ["A1", "Gone"]}]
    with pytest.raises(NotPublishable) as raised:
        check_citations(document(overview="Words [@A1; @Lost].", first_care=care))
    assert raised.value.errors == [
        ("overview", "no citation has the key 'Lost'"),
        ("first_care[1].citations", "no citation has the key 'Gone'"),
    ]


def test_keys_are_told_apart_by_their_case():
    make_citation("Jadidi2022")
    assert unknown_keys(["Jadidi2022", "jadidi2022"]) == {"jadidi2022"}


def test_citing_nothing_asks_nothing_wrong():
    assert unknown_keys([]) == set()
