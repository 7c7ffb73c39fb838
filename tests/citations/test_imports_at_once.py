"""Imports beside each other, beside editors who save, and beside members who post."""

import time
from threading import Thread

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from citations.importing import read_references, services
from citations.importing.services import import_in_batches, import_works
from citations.models import Citation
from tests.counts import count
from tests.factories import make_citation, make_comment, make_entry, make_user
from tests.threads import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)


def records(number: int, *, start: int = 0) -> str:
    return "".join(
        f"TY  - JOUR\nAU  - Ohm, C.\nTI  - A work on magnesium, number {n}\nT2  - J Test\nVL  - 1\n"
        f"PY  - 2020\nDO  - 10.1000/{n}\nUR  - https://example.org/{n}\nAB  - {'words ' * 150}\nER  - \n\n"
        for n in range(start, start + number)
    )


def addresses(number: int) -> str:
    """Works that nothing in the database keeps from being stored twice."""
    return "".join(
        f"TY  - ELEC\nTI  - A page, number {n}\nUR  - https://example.org/{n}\nER  - \n\n"
        for n in range(number)
    )


@pytest.mark.parametrize("text", [records(60), addresses(60)], ids=["DOIs", "addresses"])
def test_the_same_import_twice_at_once_stores_every_work_once(text):
    results = all_at_once([lambda: import_works(read_references(text)) for _ in range(2)])
    assert Citation.objects.count() == 60
    assert sum(len(result.added) for result in results) == 60
    assert sum(len(result.known) for result in results) == 60
    assert not any(result.unreadable for result in results)


def test_imports_of_other_works_by_one_author_get_keys_of_their_own():
    texts = [records(40), records(40, start=100)]
    all_at_once([lambda text=text: import_works(read_references(text)) for text in texts])
    assert Citation.objects.count() == 80


def test_a_work_that_an_editor_adds_meanwhile_is_known():
    stored = import_in_batches(read_references(records(2 * services.BATCH)))
    next(stored)
    make_citation("ByHand", doi=f"10.1000/{2 * services.BATCH - 1}")
    [*_rest, result] = stored
    assert result.known == ["ByHand"]


def test_a_doi_that_an_editor_gives_an_older_work_meanwhile_is_known():
    work = make_citation("Older")
    stored = import_in_batches(read_references(records(2 * services.BATCH)))
    next(stored)
    Citation.objects.filter(pk=work.pk).update(doi=f"10.1000/{2 * services.BATCH - 1}")
    [*_rest, result] = stored
    assert result.known == ["Older"]
    assert Citation.objects.count() == 2 * services.BATCH


def test_an_import_that_stopped_halfway_is_run_again():
    text = records(2 * services.BATCH)
    half = import_in_batches(read_references(text))
    next(half)
    half.close()
    assert Citation.objects.count() == services.BATCH
    result = import_works(read_references(text))
    assert (len(result.added), len(result.known)) == (services.BATCH, services.BATCH)


def test_what_the_database_refuses_spoils_no_other_record(monkeypatch):
    long_funding = records(1, start=5)
    plain = records(3)
    works = [*read_references(plain), *read_references(long_funding)]
    too_long = works[1].document.model_copy(update={"doi": f"10.1000/{'x' * 300}", "title": ""})
    works[1] = type(works[1])(2, "the bad one", too_long)
    result = import_works(works)
    assert len(result.added) == 3
    assert [(record.number, record.reason) for record in result.unreadable] == [
        (2, "the database does not take it")
    ]


def test_two_editors_who_give_one_doi_at_once_both_get_an_answer():
    editors = [make_user("editor") for _ in range(2)]
    address = reverse("admin:citations_citation_add")

    def save(number: int) -> int:
        client = Client()
        client.force_login(editors[number])
        data = {"key": f"Key{number}", "title": "T", "study_type": "cohort", "doi": "10.1000/x"}
        return client.post(address, data).status_code

    answers = all_at_once([lambda number=number: save(number) for number in range(2)])
    assert sorted(answers) == [200, 302]
    assert Citation.objects.count() == 1


def test_members_go_on_posting_while_thousands_of_records_are_imported():
    number = count(small=400, full=5_000)
    entry = make_entry()
    members = [make_user() for _ in range(4)]
    text = records(number)
    outcome: dict[str, object] = {}

    def run() -> None:
        try:
            started = time.monotonic()
            outcome["result"] = import_works(read_references(text))
            outcome["seconds"] = time.monotonic() - started
        finally:
            connection.close()

    importing = Thread(target=run)
    importing.start()
    waits = []
    while importing.is_alive():
        started = time.monotonic()
        make_comment(entry, by=members[len(waits) % 4])
        waits.append(time.monotonic() - started)
        time.sleep(0.02)
    importing.join()
    waits.sort()
    p95 = waits[int(len(waits) * 0.95)]
    print(f"{number} records in {outcome['seconds']:.1f} s, {len(waits)} posts, p95 {p95:.3f} s")
    assert len(outcome["result"].added) == number
    assert outcome["seconds"] < 60
    assert p95 < 1
