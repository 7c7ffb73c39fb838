"""The bill of materials names every locked package with its hashes, and is the same each time."""

import json
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from scripts.sbom import bill_of_materials, pins

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements" / "runtime.txt").read_text(encoding="utf-8")
PROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_every_locked_package_is_there_with_all_its_hashes():
    named = re.findall(r"(?m)^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==", LOCK)
    bill = bill_of_materials(LOCK, PROJECT)
    assert len(named) > 30
    assert sorted(named) == [component["name"] for component in bill["components"]]
    hashes = [each["content"] for component in bill["components"] for each in component["hashes"]]
    assert sorted(hashes) == sorted(re.findall(r"sha256:([0-9a-f]{64})", LOCK))
    assert all(component["hashes"] for component in bill["components"])


def test_versions_are_those_that_are_installed():
    (django,) = [pin for pin in pins(LOCK) if pin.name == "django"]
    assert django.version == version("django")
    assert django.marker == ""


def test_a_package_of_some_machines_says_of_which():
    lock = "colorama==0.4.6 ; sys_platform == 'win32' \\\n    --hash=sha256:" + "a" * 64 + "\n"
    (pin,) = pins(lock)
    assert pin == ("colorama", "0.4.6", "sys_platform == 'win32'", ("a" * 64,))


def test_it_is_cyclonedx_without_addresses_and_the_same_bytes_each_time(tmp_path):
    places = [tmp_path / name for name in ("one.json", "two.json")]
    for place in places:
        subprocess.run([sys.executable, "-m", "scripts.sbom", str(place)], cwd=ROOT, check=True)
    one, two = (place.read_text(encoding="utf-8") for place in places)
    assert one == two
    bill = json.loads(one)
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", bill["serialNumber"])
    assert re.findall(r"https?://[^\"]+", one) == [
        "http://cyclonedx.org/schema/bom-1.6.schema.json"
    ]
    other = bill_of_materials(LOCK.replace("django==", "django==9.", 1), PROJECT)
    assert other["serialNumber"] != bill["serialNumber"]
