"""Finds a Chromium on the machine, else installs one."""

import os
import platform
import shutil
import subprocess
import sys

from tests.plugins.databases import Unavailable

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"

# Headless, without a GPU, and silent: a browser in a test asks nobody for anything.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find() -> str | None:
    """The program named by CHROMIUM, else the first one on the machine that starts."""
    candidates = [os.environ.get("CHROMIUM"), *map(shutil.which, NAMES), MAC, _playwrights_own()]
    return next((path for path in candidates if path and _starts(path)), None)


def ensure() -> str:
    """The same, after installing one where there is none."""
    for step in (None, _install_package, _download):
        if step is not None:
            step()
        if path := find():
            return path
    raise Unavailable(
        "No Chromium for the browser tests: none is on this machine and none could be installed; "
        "install the package chromium, or name the program with CHROMIUM."
    )


def _starts(path: str) -> bool:
    """A name on the path may be an empty shell that only says where to get the real one."""
    return os.path.exists(path) and _quietly([path, "--version"], seconds=30)


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    try:
        with sync_playwright() as playwright:
            return playwright.chromium.executable_path
    except Exception:
        return None


def _install_package() -> None:
    """By the system's package manager, which brings the libraries and a font along."""
    if platform.system() != "Linux" or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print("Installing Chromium with apt-get …", flush=True)
    _quietly(["apt-get", "update"], seconds=180)
    packages = ["chromium", "fonts-liberation"]
    _quietly(["apt-get", "install", "-y", "--no-install-recommends", *packages], seconds=900)


def _download() -> None:
    print("Downloading Chromium with Playwright …", flush=True)
    _quietly([sys.executable, "-m", "playwright", "install", "chromium"], seconds=300)


def _quietly(command: list[str], *, seconds: int) -> bool:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(  # nothing is read from the terminal
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds, env=environment
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
