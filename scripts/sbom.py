"""`make sbom`: the software bill of materials of the site, from its locked packages.

CycloneDX 1.6 as JSON, into `var/sbom.json`. The same lock gives the same bytes: no time, no random number,
and no address of where packages come from. The hashes are those that the installation insists on.
"""

import hashlib
import json
import re
import sys
import tomllib
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements" / "runtime.txt"
_PIN = re.compile(r"(?P<name>[A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(?P<version>[^\s;\\]+)(?P<rest>.*)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_MARKER = re.compile(r";\s*([^\\]+?)\s*(?:--hash|\\|$)")
_NAMESPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")  # of URLs, by RFC 9562


class Pin(NamedTuple):
    """A locked package: the marker says on which machines it is installed, empty for all."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]


def pins(lock: str) -> Iterator[Pin]:
    """The packages of a file of requirements, in its order."""
    for line in lock.replace("\\\n", " ").splitlines():
        if match := _PIN.match(line.strip()):
            rest = match["rest"]
            marker = _MARKER.search(rest)
            yield Pin(
                match["name"],
                match["version"],
                marker[1] if marker else "",
                tuple(sorted(_HASH.findall(rest))),
            )


def bill_of_materials(lock: str, project: str) -> dict[str, object]:
    """The document for a lock and the text of the project's pyproject.toml."""
    about = tomllib.loads(project)["project"]
    digest = hashlib.sha256(f"{lock}\n{about['name']} {about['version']}".encode()).hexdigest()
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(_NAMESPACE, digest)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": about["name"],
                "name": about["name"],
                "version": about["version"],
                "description": about["description"],
            }
        },
        "components": [_component(pin) for pin in sorted(pins(lock))],
    }


def _component(pin: Pin) -> dict[str, object]:
    url = f"pkg:pypi/{pin.name.lower().replace('_', '-')}@{pin.version}"
    component: dict[str, object] = {
        "type": "library",
        "bom-ref": url,
        "name": pin.name,
        "version": pin.version,
        "purl": url,
        "hashes": [{"alg": "SHA-256", "content": digest} for digest in pin.hashes],
    }
    if pin.marker:
        component["properties"] = [{"name": "python:marker", "value": pin.marker}]
    return component


def main(arguments: list[str]) -> int:
    """Write the document where it is wanted, or into `var/sbom.json`."""
    place = Path(arguments[0]) if arguments else ROOT / "var" / "sbom.json"
    bill = bill_of_materials(
        LOCK.read_text(encoding="utf-8"), (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    )
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(json.dumps(bill, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{place}: {len(list(pins(LOCK.read_text(encoding='utf-8'))))} packages")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
