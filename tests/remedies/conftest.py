"""A small content pack in a folder, to be broken in one place; and the whole database as values."""

from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command

CITATIONS = """\
citations:
  - key: A1
    title: A first work
    pmid: '1'
    study_type: randomised_trial
  - key: B2
    title: A second work
    doi: 10.1186/b2
    study_type: meta_analysis
    sample_size: 75
"""
CIRCUMSTANCES = """\
circumstances:
  - slug: tetracyclines
    kind: medicine
    name: tetracycline antibiotics
    members:
      - doxycycline
  - slug: pregnancy
    kind: life
    name: pregnant
"""
CONDITIONS = """\
conditions:
  - slug: insomnia
    name: Insomnia
    aliases:
      - sleeplessness
    category: sleep
    one_line: Too little sleep.
    overview: |-
      Sleep is short [@A1].

      Nights are long.
    red_flags:
      - checked: false
        text: it came all at once
    first_care:
      - text: Doctors look for a cause first.
        citations:
          - B2
    written_on: 2026-01-01
    review_due: 2027-01-01
  - slug: migraine
    name: Migraine
    category: neurological
    one_line: A headache that comes back.
"""
MAGNESIUM = """\
remedy:
  slug: magnesium
  name: Magnesium
  kind: mineral
  one_line: A mineral.
  what_it_is: It is a mineral [@A1].
  limits:
    - kind: upper
      authority: An agency
      population: adults
      amount: 350
      unit: mg
      basis: elemental
      citations:
        - A1
entries:
  - remedy: magnesium
    condition: insomnia
    verdict: It may help a little [@B2].
    effect: benefit
    certainty: low
    warnings: None were found.
    evidence_items:
      - citation: B2
        outcome: sleep
        direction: benefit
        result: A little better.
    regimens:
      - form: magnesium oxide
        amount: 12.5
        amount_max: 250
        unit: mg
        per: day
        basis: salt
        citation: A1
    written_on: 2026-01-01
  - remedy: magnesium
    condition: migraine
    verdict: There are no studies in people.
    effect: unknown
    certainty: no_studies
    search:
      searched_on: 2026-01-01
      searched_where: a registry
      searched_null: true
      found_none: true
    precautions:
      - checked: false
        kind: caution
        severity: caution
        text: Ask a pharmacist.
        applies_to:
          - pregnancy
    written_on: 2026-01-01
"""


class PackFolder:
    """A content pack as files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.write("citations.yaml", CITATIONS)
        self.write("circumstances.yaml", CIRCUMSTANCES)
        self.write("conditions.yaml", CONDITIONS)
        self.write("remedies/magnesium.yaml", MAGNESIUM)

    def write(self, file: str, text: str) -> None:
        """Write one file of the pack."""
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def edit(self, file: str, old: str, new: str) -> None:
        """Replace the one place where `old` stands."""
        text = (self.folder / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        self.write(file, text.replace(old, new))

    def load(self, *arguments: str) -> None:
        """As the operator does, quietly."""
        call_command("load_content", self.folder, *arguments, verbosity=0)


def files_below(folder: Path) -> dict[str, bytes]:
    """Every file with its bytes, by its path."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, link tables too, to the last column."""
    return {
        model._meta.db_table: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models(include_auto_created=True)
    }


@pytest.fixture
def pack(tmp_path) -> PackFolder:
    """A good pack of two works, two circumstances, two conditions, one remedy and two entries."""
    return PackFolder(tmp_path / "pack")
