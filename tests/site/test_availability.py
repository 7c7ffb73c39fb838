"""The real site stays up while something that it leans on does not: mail server, database, disk."""

import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from django.db import connection

from scripts.running_site import running_site

pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="these sites have an SQLite file of their own"
)


@contextmanager
def mute_mail_server() -> Iterator[tuple[int, list[socket.socket]]]:
    """A port that accepts connections and never says a word, and who connected."""
    accepted: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def accept() -> None:
            while True:
                try:
                    accepted.append(listener.accept()[0])
                except OSError:
                    return

        threading.Thread(target=accept, daemon=True).start()
        yield listener.getsockname()[1], accepted
        listener.shutdown(socket.SHUT_RDWR)
    for client in accepted:
        client.close()


def open_form(client: httpx.Client, path: str) -> dict[str, str]:
    """The hidden fields that a form of the page sends along."""
    page = client.get(path).raise_for_status().text
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    return {"csrfmiddlewaretoken": token}


def seconds_for(client: httpx.Client, path: str) -> float:
    begun = time.monotonic()
    client.get(path).raise_for_status()
    return time.monotonic() - begun


def test_a_mute_mail_server_and_resets_of_passwords_keep_nobody_waiting():
    with mute_mail_server() as (port, accepted):
        settings = {"EMAIL_URL": f"smtp://127.0.0.1:{port}"}
        with (
            running_site(populated_site=False, settings=settings) as url,
            httpx.Client(base_url=url, headers={"Referer": url}, timeout=30) as client,
        ):
            slowest = 0.0
            for number in range(4):
                form = open_form(client, "/accounts/password/reset/")
                begun = time.monotonic()
                response = client.post(
                    "/accounts/password/reset/", data=form | {"email": f"a{number}@example.org"}
                )
                slowest = max(slowest, time.monotonic() - begun)
                assert response.status_code == 302
                slowest = max(slowest, seconds_for(client, "/robots.txt"))
                slowest = max(slowest, seconds_for(client, "/remedies/"))
            assert accepted, "the worker never tried to send a mail"
            assert slowest < 1
