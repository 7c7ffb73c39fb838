"""The stylesheet that readers get is CSS without a fault."""

import re
from pathlib import Path

import pytest

from remedies_site import staticbundle
from tests.plugins import nu_checker

# What the checker does not know of the standard yet. Conditions on a container read like those on
# the window, so what stands inside them is checked in that form.
BEHIND = (
    "“container-type”: Property “container-type” doesn't exist.",
    "“scroll-target-group”: Property “scroll-target-group” doesn't exist.",
    "Unknown pseudo-element or pseudo-class “:target-current”",
)


def faults_of(css: str, folder: Path) -> list[nu_checker.Fault]:
    path = folder / "site.css"
    path.write_text(re.sub(r"@container(?=\s*\()", "@media", css), encoding="utf-8")
    found = nu_checker.check([path], css=True)
    return [fault for fault in found if not any(part in fault.message for part in BEHIND)]


def test_the_stylesheet_is_valid(tmp_path):
    faults = faults_of(staticbundle.build_bundle().read_text(encoding="utf-8"), tmp_path)
    assert "\n".join(map(str, faults)) == ""


def test_the_stylesheet_holds_all_its_parts():
    assert len(staticbundle.stylesheets()) > 40
    assert len(staticbundle.build_bundle().read_text(encoding="utf-8")) > 20_000


@pytest.mark.parametrize("part", staticbundle.stylesheets(), ids=lambda path: path.name)
def test_every_block_that_opens_closes(part):
    """The standard closes what stays open, and nests what follows: no checker may complain."""
    css = re.sub(r"/\*.*?\*/", "", part.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert css.count("{") == css.count("}")


@pytest.mark.parametrize(
    "css",
    [
        "p { colour: red; }",
        "p { color: reddish; }",
        "p { margin-block-start: 3 rem; }",
        "@container (min-width: 4rem) { p { colour: red; } }",
        "@medium print { p { color: red; } }",
    ],
)
def test_a_fault_is_found(tmp_path, css):
    assert faults_of(css, tmp_path)
