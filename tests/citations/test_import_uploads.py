"""Files at the admin's import: who may send them, how large, and what the page says."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from citations.importing.forms import MAX_FILE_BYTES
from citations.models import Citation
from tests.factories import make_user

pytestmark = pytest.mark.django_db
IMPORT = "/admin/citations/citation/import/"


def ris(number: int, extra: str = "") -> str:
    return f"TY  - JOUR\nTI  - Work number {number}\nDO  - 10.1000/{number}\n{extra}ER  - \n\n"


def a_file(content: bytes | str, name: str = "export.ris") -> SimpleUploadedFile:
    data = content.encode() if isinstance(content, str) else content
    return SimpleUploadedFile(name, data, "application/octet-stream")


@pytest.fixture
def editor(client):
    client.force_login(make_user("editor"))
    return client


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_an_uploaded_file_is_imported(editor, encoding):
    text = ris(1).replace("Work", "Œuvre é")
    page = editor.post(IMPORT, {"file": a_file(text.encode(encoding))})
    assert page.status_code == 200
    assert Citation.objects.get().title == "Œuvre é number 1"
    assert ("Windows-1252" in page.content.decode()) == (encoding == "windows-1252")


def test_the_form_can_send_a_file_and_says_how_large(editor):
    page = editor.get(IMPORT).content.decode()
    assert 'enctype="multipart/form-data"' in page
    assert 'type="file"' in page
    assert "up to 20 MB" in page


def test_a_long_file_shows_its_progress_and_then_the_outcome(editor):
    text = "".join(ris(number, f"AB  - {'words ' * 200}\n") for number in range(300))
    response = editor.post(IMPORT, {"file": a_file(text)})
    assert response.streaming
    assert response["Content-Encoding"] == "identity"
    page = b"".join(response.streaming_content).decode()
    assert "300 records read: 300 added, 0 known, 0 not read." in page
    assert page.index("300 records read") < page.index("What came of it") < page.index("</html>")
    assert Citation.objects.count() == 300


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The submitted file is empty."),
        (b"hello", "This is neither RIS, BibTeX, NBIB nor CSL-JSON."),
        (b"PK\x03\x04rest", "seems to be a compressed file"),
        ("TI  - Магний и сон".encode("windows-1251"), "save or export it as UTF-8"),
    ],
)
def test_a_file_that_is_none_is_named(editor, content, sentence):
    response = editor.post(IMPORT, {"file": a_file(content)})
    assert response.status_code == 400
    assert sentence in response.content.decode()


def test_what_was_pasted_beside_a_file_is_not_lost(editor):
    response = editor.post(IMPORT, {"file": a_file(ris(1)), "records": ris(2)})
    assert response.status_code == 400
    assert "Work number 2" in response.content.decode()
    assert not Citation.objects.exists()


def test_a_file_of_20_mb_is_taken_and_a_longer_body_is_not(editor):
    filler = "AB  - " + "x" * 999_000 + "\n"
    text = ris(1, filler * 19)
    assert MAX_FILE_BYTES - 1_100_000 < len(text) < MAX_FILE_BYTES
    page = b"".join(editor.post(IMPORT, {"file": a_file(text)}).streaming_content).decode()
    assert "1 added" in page
    too_long = editor.post(IMPORT, {"file": a_file("x" * (MAX_FILE_BYTES + 1_000_001))})
    assert too_long.status_code == 413
    slightly = editor.post(IMPORT, {"file": a_file("x" * (MAX_FILE_BYTES + 1))})
    assert slightly.status_code == 400
    assert "larger than 20 MB" in slightly.content.decode()


def test_more_than_can_be_pasted_is_413(editor):
    assert editor.post(IMPORT, {"records": "x" * 1_500_000}).status_code == 413


class Unread:
    """A body that must not be read."""

    def __init__(self) -> None:
        self.reads = 0

    def read(self, *args: int) -> bytes:
        self.reads += 1
        return b""

    readline = read

    def __len__(self) -> int:
        return 5_000_000


@pytest.mark.parametrize("role", [None, "member", "moderator"])
def test_nobody_else_has_a_file_read(role):
    client = Client(enforce_csrf_checks=True)
    if role:
        client.force_login(make_user(role))
    body = Unread()
    response = client.generic(
        "POST", IMPORT, b"", "multipart/form-data; boundary=x",
        **{"wsgi.input": body, "CONTENT_LENGTH": "5000000"},
    )  # fmt: skip
    assert response.status_code in {302, 403}
    assert body.reads == 0


def test_a_form_without_its_token_is_refused():
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user("editor"))
    response = client.post(IMPORT, {"file": a_file(ris(1))})
    assert response.status_code == 403
    assert not Citation.objects.exists()
    page = client.get(IMPORT).content.decode()
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    data = {"file": a_file(ris(1)), "csrfmiddlewaretoken": token}
    assert client.post(IMPORT, data).status_code == 200
    assert Citation.objects.count() == 1


def test_no_other_address_takes_a_file(editor):
    for address in ("/admin/citations/citation/add/", "/search/", "/admin/login/"):
        response = editor.post(address, {"file": a_file("x")})
        assert response.status_code in {400, 405}, address
        assert editor.post(address, {"file": a_file("x" * 1_000_001)}).status_code == 413


def test_every_change_is_told_beside_its_record(editor):
    text = ris(1, "UR  - <Go to ISI>://WOS:1\n") + ris(1) + "TY  - JOUR\nTI  - Nowhere\nER  - \n"
    page = editor.post(IMPORT, {"records": text}).content.decode()
    assert (
        "Record 1, Work number 1 (Worknumber1): “&lt;Go to ISI&gt;://WOS:1” is no web address"
        in page
    )
    assert "Known already, and left as they are: Worknumber1" in " ".join(page.split())
    assert "Record 3, Nowhere: has no DOI" in page
