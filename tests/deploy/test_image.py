"""The image of deploy/Dockerfile: what is copied into it is enough to serve, and it is built where that can be done."""

import os
import re
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.counts import FULL
from tests.servers import free_port

pytestmark = pytest.mark.every_page  # no database is in it
ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
SETTINGS = {
    "SITE_URL": "https://remedies.example.org",
    "SECRET_KEY": "k" * 50,
    "EMAIL_URL": "smtp://127.0.0.1:9",
}
OWN = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "PYTHONPATH", "TIME_LIMITS", *SETTINGS)
HEALTHY_SECONDS = 240


@pytest.fixture
def copied(tmp_path) -> Path:
    """A folder with what the ignore file lets into the image, and nothing else of the repository."""
    folder = tmp_path / "site"
    lines = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    for name in (line[1:] for line in lines if line.startswith("!")):
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, folder / name, ignore=ignored)
        else:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    return folder


def environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in OWN}
    return kept | SETTINGS | {"VAR_DIR": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}


def health_code() -> str:
    """The code by which the image looks whether the site is alive."""
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    return re.search(r'HEALTHCHECK .*?CMD \["python", "-c", "(.+?)"\]', text, re.S)[1]


def check_health(port: int) -> subprocess.CompletedProcess[bytes]:
    code = health_code().replace(":8000", f":{port}")
    return subprocess.run([sys.executable, "-c", code], capture_output=True)


def test_what_the_image_copies_passes_the_checks_and_serves(copied, tmp_path):
    settings = environment(tmp_path / "var")
    (tmp_path / "var").mkdir()
    command = [sys.executable, "manage.py", "check", "--fail-level", "ERROR"]
    done = subprocess.run(command, cwd=copied, env=settings, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    port = free_port()
    command = [sys.executable, "-m", "remedies_site.server", "--port", str(port)]
    assert check_health(port).returncode != 0
    server = subprocess.Popen(command, cwd=copied, env=settings)
    try:
        wait_until_healthy(lambda: check_health(port))
        ready = httpx.get(f"http://127.0.0.1:{port}/readyz")
        assert ready.status_code == 503  # there is no database yet, and none is made
        assert not list((tmp_path / "var").glob("*.sqlite3"))
    finally:
        server.terminate()
        server.wait(timeout=30)


def wait_until_healthy(check) -> None:
    end = time.monotonic() + HEALTHY_SECONDS
    while (done := check()).returncode != 0:
        assert time.monotonic() < end, done.stderr
        time.sleep(0.5)


# Built and started ------------------------------------------------------------------------------


def find_builder() -> str | None:
    """A program that can build images here, and the service that it needs answers."""
    for name in ("docker", "podman"):
        program = shutil.which(name)
        if program and subprocess.run([program, "info"], capture_output=True).returncode == 0:
            return program
    return None


@pytest.fixture
def image() -> Iterator[tuple[str, str]]:
    """The builder, and the name of an image that it has built of this checkout."""
    if not FULL:
        pytest.skip("the drill builds the image: it fetches what it is made of")
    builder = find_builder()
    if builder is None:
        pytest.skip("no builder of images answers on this machine")
    name = f"remedies-test:{uuid.uuid4().hex[:12]}"
    subprocess.run(
        [builder, "build", "-f", "deploy/Dockerfile", "-t", name, "."], cwd=ROOT, check=True
    )
    try:
        yield builder, name
    finally:
        subprocess.run([builder, "rmi", "--force", name], check=True, capture_output=True)


def test_the_image_is_built_runs_as_nobody_special_and_becomes_healthy(image):
    builder, name = image
    options = [f"--env={key}={value}" for key, value in SETTINGS.items()]
    user_id = [builder, "run", "--rm", name, "id", "-u"]
    assert subprocess.check_output(user_id, text=True).strip() == "10001"
    begun = [builder, "run", "--detach", "--read-only", "--tmpfs=/tmp", "--cap-drop=ALL", *options]
    words = ["sh", "-c", "python manage.py prepare && exec python -m remedies_site.server"]
    container = subprocess.check_output([*begun, name, *words], text=True).strip()
    try:
        inside = [builder, "exec", container, "python", "-c"]
        wait_until_healthy(lambda: subprocess.run([*inside, health_code()], capture_output=True))
        page = (
            "from urllib.request import Request, urlopen;"
            "print(urlopen(Request('http://127.0.0.1:8000/remedies/magnesium/',"
            " headers={'Host': 'remedies.example.org', 'X-Forwarded-Proto': 'https'})).status)"
        )
        assert subprocess.check_output([*inside, page], text=True).strip() == "200"
    finally:
        subprocess.run([builder, "rm", "--force", "--volumes", container], check=True)
