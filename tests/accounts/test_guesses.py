"""Guessers against the real server in several processes: what reaches a password is what is documented.

They come from any network (as a botnet does, through a trusted proxy) or claim to, over both doors and
every spelling, with a flood of /healthz between. The owner gets in all the while.
"""

import logging
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest

from accounts import logins
from accounts.models import User
from accounts.rate_limits import LOGINS_PER_ACCOUNT, LOGINS_PER_NETWORK
from scripts.run_tests import IN_CI
from tests.conftest import for_a_module
from tests.counting_hasher import FILE
from tests.counts import count
from tests.factories import PASSWORD, make_user
from tests.plugins import nginx
from tests.servers import client_at, database_url, free_port, served

pytestmark = pytest.mark.usefixtures("transactional_db")
DOORS = (("/accounts/login/", "login"), ("/admin/login/", "username"))
PROXY, STRANGER = "127.0.0.1", "127.0.8.1"
SPELLINGS = (
    *("sisikiks", "SISIKIKS", "SiSiKiKs", " sisikiks ", "ſıſıkıkſ", "owner@example.org"),
    *("OWNER@example.org", "modern", "Modern", "mod@example.org", "ana", "ANA"),
)
THREADS = 8
logging.getLogger("httpx").setLevel(logging.WARNING)


class Site(NamedTuple):
    urls: list[str]
    folder: Path
    hashes: dict[str, str]
    """The stored password of each account, by name."""

    def looks(self) -> Counter[str]:
        """How often the password of each account was looked at so far."""
        file = self.folder / "checks"
        return Counter(file.read_text().splitlines() if file.exists() else ())


def make_people() -> dict[str, str]:
    make_user("editor", name="sisikiks", email="owner@example.org")
    make_user("moderator", name="modern", email="mod@example.org")
    make_user(name="ana", email="ana@example.org")
    make_user(name="neighbour", email="neighbour@example.org")
    return dict(User.objects.values_list("name", "password"))


@pytest.fixture(scope="module")
def site(prepared, django_db_blocker, tmp_path_factory) -> Iterator[Site]:
    """Two processes, in the drill four as docs/operating.md has them, behind a trusted proxy: us."""
    folder = tmp_path_factory.mktemp("guesses")
    with for_a_module(prepared, django_db_blocker, "guessed", make_people) as hashes:
        ports = [free_port() for _process in range(count(small=2, full=4))]
        environment = {
            "DJANGO_SETTINGS_MODULE": "tests.counting_site",
            "DATABASE_URL": database_url(),
            "VAR_DIR": str(folder),
            "SITE_URL": f"http://127.0.0.1:{ports[0]}",
            "TRUSTED_PROXIES": PROXY,
            FILE: str(folder / "checks"),
        }
        with served([("127.0.0.1", port) for port in ports], environment):
            yield Site([f"http://127.0.0.1:{port}" for port in ports], folder, hashes)


@pytest.fixture
def transactional_db(site) -> None:
    """The database of the servers, which goes as a whole: no transaction may hold it, none is emptied."""


def with_token(client: httpx.Client, path: str) -> dict[str, str]:
    """The hidden field that every form of a client needs; one token does for all."""
    page = client.get(path).raise_for_status().text
    return {
        "csrfmiddlewaretoken": re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    }


def post(client: httpx.Client, url: str, **form: dict[str, str]) -> httpx.Response:
    """Send a form, again where the site is too busy to have looked at it (503)."""
    for _attempt in range(50):
        response = client.post(url, **form)
        if response.status_code != 503:
            break
        time.sleep(0.2)
    return response


def guess(client: httpx.Client, number: int, url: str, form: dict[str, str], login: str) -> int:
    """One guess from a network of its own, or from one that claims to be; its status."""
    client.get(f"{url}/healthz")
    door, field = DOORS[number % 2]
    headers = {"X-Forwarded-For": f"203.{number % 256}.{number // 256}.7", "Referer": url}
    data = form | {field: login, "password": f"guess {number}"}
    return post(client, f"{url}{door}", data=data, headers=headers).status_code


def flood(site: Site, guesses: int, address: str, login_of: Callable[[int], str]) -> Counter[int]:
    """So many guesses by threads side by side, spread over the processes; how they were answered."""

    def work(thread: int) -> Counter[int]:
        with client_at(address, site.urls[0]) as client:
            form = with_token(client, "/accounts/login/")
            numbers = range(thread, guesses, THREADS)
            urls = cycle(site.urls[thread % len(site.urls) :] + site.urls)
            return Counter(
                guess(client, number, url, form, login_of(number))
                for number, url in zip(numbers, urls, strict=False)
            )

    with ThreadPoolExecutor(THREADS) as threads:
        return sum(threads.map(work, range(THREADS)), Counter())


def log_in(client: httpx.Client, login: str = "sisikiks") -> int:
    data = with_token(client, "/accounts/login/") | {"login": login, "password": PASSWORD}
    return post(client, "/accounts/login/", data=data).status_code


def mailed_link(site: Site, client: httpx.Client) -> str:
    """The path of the link in the newest mail, after asking for one."""
    data = with_token(client, "/accounts/password/reset/") | {"email": "owner@example.org"}
    assert post(client, "/accounts/password/reset/", data=data).status_code == 302
    mails = sorted((site.folder / "mail").iterdir(), key=lambda path: path.stat().st_mtime)
    return re.search(r"/accounts/password/reset/key/\S+", mails[-1].read_text())[0]


def windows(begun: float, seconds: int) -> int:
    """How many windows of a limit can have begun since then."""
    return 1 + int((time.monotonic() - begun) // seconds)


def test_of_many_guesses_the_documented_number_reaches_the_password_and_the_owner_gets_in(site):
    begun = time.monotonic()
    guesses = count(small=60, full=1_000)
    with client_at(PROXY, site.urls[0]) as home, client_at(PROXY, site.urls[-1]) as away:
        for client, address in ((home, "198.51.100.9"), (away, "192.0.2.9")):
            client.headers.update({"X-Forwarded-For": address, "Referer": str(client.base_url)})
        assert log_in(home) == 302
        device = {logins.device_cookie(): home.cookies[logins.device_cookie()]}
        home.cookies.clear()
        home.cookies.update(device)
        before = site.looks()
        with ThreadPoolExecutor(1) as guessers:
            flooded = guessers.submit(
                flood, site, guesses, PROXY, lambda number: SPELLINGS[number * 7 % len(SPELLINGS)]
            )
            while not flooded.done() and site.looks().total() < before.total() + 20:
                time.sleep(0.05)
            assert log_in(home) == 302, "the owner's own device is locked out"
            statuses = flooded.result()
        looks = site.looks() - before
        assert log_in(away) == 429, "guessers are not slowed down"
        link = mailed_link(site, away)
        form = away.get(link).headers["Location"]
        new = dict.fromkeys(("password1", "password2"), "another long password")
        assert post(away, form, data=with_token(away, form) | new).status_code == 302
        assert away.get("/accounts/").status_code == 200, (
            "the mailed link does not let the owner in"
        )
    allowed = LOGINS_PER_ACCOUNT.limit * windows(begun, LOGINS_PER_ACCOUNT.seconds)
    print(
        f"{guesses} guesses, statuses {dict(statuses)}, passwords looked at {sum(looks.values())}"
    )
    assert looks[site.hashes["sisikiks"]] - 1 <= allowed  # one is the owner's
    assert looks[site.hashes["ana"]] <= allowed
    assert looks[site.hashes["modern"]] <= allowed
    assert looks[site.hashes["sisikiks"]] - 1 >= LOGINS_PER_ACCOUNT.limit, (
        "too few were let through"
    )
    assert set(statuses) <= {200, 400, 429}  # the admin answers a wrong password with 200


def test_who_claims_many_addresses_is_one_network(site):
    begun = time.monotonic()
    before = site.looks()
    statuses = flood(site, count(small=60, full=600), STRANGER, lambda number: f"nobody{number}")
    looks = site.looks() - before
    allowed = LOGINS_PER_NETWORK.limit * windows(begun, LOGINS_PER_NETWORK.seconds)
    assert LOGINS_PER_NETWORK.limit <= looks.total() <= allowed
    assert statuses[429] == statuses.total() - looks.total()


@pytest.fixture(scope="module")
def proxy_url(site, tmp_path_factory) -> Iterator[str]:
    """The documented nginx in front of all processes."""
    port = free_port()
    upstreams = [url.removeprefix("http://") for url in site.urls]
    program = nginx.required(in_ci=IN_CI)
    servers = nginx.example("guessed", *upstreams, listen=port)
    with nginx.running(program, tmp_path_factory.mktemp("nginx"), servers):
        yield f"http://127.0.0.1:{port}"


def test_strangers_behind_the_same_proxy_lock_nobody_out(site, proxy_url):
    """They claim the owner's address, too: it is not their word that counts."""
    home = "127.0.11.1"
    with client_at("127.0.10.1", proxy_url) as stranger, client_at(home, proxy_url) as owner:
        form = with_token(stranger, "/accounts/login/")
        headers = {"X-Forwarded-For": home, "Forwarded": f"for={home}", "X-Real-IP": home}
        for number in range(LOGINS_PER_NETWORK.limit + 5):
            door, field = DOORS[number % 2]
            data = form | {field: f"stranger{number}", "password": "wrong"}
            last = post(stranger, door, data=data, headers=headers)
        assert last.status_code == 429
        assert log_in(owner, "neighbour") == 302, "strangers have used up the tries of others"
