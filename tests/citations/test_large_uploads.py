"""Five thousand records of every format in one uploaded file, while members go on posting."""

import json
import time
from collections.abc import Callable
from threading import Thread

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import Allowance
from citations.importing.forms import MAX_FILE_BYTES
from citations.models import Citation
from discussions.models import Comment
from tests.counts import FULL, count
from tests.factories import make_entry, make_user

pytestmark = pytest.mark.django_db(transaction=True)
IMPORT = "/admin/citations/citation/import/"
NUMBER = count(small=150, full=5_000)
ABSTRACT = "Words of an abstract, with 5 % of α & β, that nobody stores. "
LETTERS = 55 if FULL else 30
"""Repetitions of the abstract: with 5,000 records the file has nearly 20 MB."""


def ris(number: int, abstract: str) -> str:
    return (
        f"TY  - JOUR\nTI  - Work number {number}\nAU  - Author{number}, A.\nPY  - 2020\nJO  - Test\n"
        f"VL  - 1\nDO  - 10.1000/{number}\nAB  - {abstract}\nER  - \n\n"
    )


def bibtex(number: int, abstract: str) -> str:
    text = abstract.replace("%", "\\%").replace("&", "\\&")
    return (
        f"@article{{k{number},\n  title = {{Work number {number}}},\n  author = {{Author{number}, A.}},\n"
        f"  year = 2020,\n  doi = {{10.1000/{number}}},\n  abstract = {{{text}}}\n}}\n\n"
    )


def nbib(number: int, abstract: str) -> str:
    return (
        f"PMID- {number}\nTI  - Work number {number}\nFAU - Author{number}, A\nDP  - 2020\n"
        f"AID - 10.1000/{number} [doi]\nAB  - {abstract}\n\n"
    )


def csl(number: int, abstract: str) -> str:
    item = {
        "id": str(number), "type": "article-journal", "title": f"Work number {number}",
        "author": [{"family": f"Author{number}", "given": "A."}], "DOI": f"10.1000/{number}",
        "issued": {"date-parts": [[2020]]}, "abstract": abstract,
    }  # fmt: skip
    return json.dumps(item, ensure_ascii=False)


def file_of(write: Callable[[int, str], str]) -> bytes:
    records = [write(number, ABSTRACT * LETTERS) for number in range(1, NUMBER + 1)]
    text = f"[{','.join(records)}]" if write is csl else "".join(records)
    data = text.encode()
    assert len(data) <= MAX_FILE_BYTES
    assert not FULL or len(data) > MAX_FILE_BYTES * 0.85
    return data


def upload(editor: Client, data: bytes, outcome: dict[str, object]) -> None:
    try:
        started = time.monotonic()
        answer = editor.post(IMPORT, {"file": SimpleUploadedFile("works", data)})
        parts = answer.streaming_content if answer.streaming else [answer.content]
        outcome["page"] = b"".join(parts).decode()
        outcome["seconds"] = time.monotonic() - started
    finally:
        connection.close()


@pytest.mark.parametrize("write", [ris, bibtex, nbib, csl])
def test_a_large_file_is_imported_while_members_post(write):
    entry, members = make_entry(), [make_user() for _ in range(4)]
    editor, posting = Client(), [Client() for _ in members]
    editor.force_login(make_user("editor"))
    for client, member in zip(posting, members, strict=True):
        client.force_login(member)
    url = reverse("comment_on_entry", args=[entry.remedy.slug, entry.condition.slug])
    before = Citation.objects.count()
    outcome: dict[str, object] = {}
    importing = Thread(target=upload, args=(editor, file_of(write), outcome))
    importing.start()
    waits: list[float] = []
    while importing.is_alive():
        Allowance.objects.filter(user__in=members).delete()  # the limits have tests of their own
        started = time.monotonic()
        answer = posting[len(waits) % 4].post(url, {"body": f"Post number {len(waits)}"})
        waits.append(time.monotonic() - started)
        assert answer.status_code == 303
        time.sleep(0.02)
    importing.join()
    p95 = sorted(waits)[int(len(waits) * 0.95)]
    print(f"{write.__name__}: {outcome['seconds']:.1f} s, {len(waits)} posts, p95 {p95:.3f} s")
    assert f"{NUMBER} records read: {NUMBER} added" in outcome["page"] or NUMBER < 1_000
    assert Citation.objects.count() == before + NUMBER
    assert Comment.objects.count() == len(waits) > 0
    assert outcome["seconds"] < 60
    assert p95 < 1
