"""How good the rules are: their findings against labels that were given before the rules were written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from discussions.composer.findings import FindingKind
from discussions.composer.known_names import MedicineNames, RemedyNames, medicine_names
from discussions.composer.text_check import check_text, kinds_of
from remedies.check.spoken import shipped_vocabulary
from remedies.check.vocabulary import Term
from remedies.choices import LimitKind
from remedies.content.files import read_pack
from remedies_site import yaml_format

EXAMPLES = Path("composer") / "examples.yaml"
"""Inside the folder of the workbench."""
LEAST_PRECISION, LEAST_RECALL = 0.9, 0.8
BUILD, HELD_OUT = "build", "held_out"


@dataclass(frozen=True)
class LabelledComment:
    """A text with the kinds that it should be found to have; `about` is the slug of a remedy."""

    key: str
    half: str
    about: str
    kinds: frozenset[FindingKind]
    text: str


@dataclass(frozen=True)
class Score:
    """How often a kind was found rightly, found wrongly, and missed."""

    hits: int
    false_alarms: int
    misses: int

    @property
    def precision(self) -> float:
        """The share of the found that was right; 1 where nothing was found."""
        found = self.hits + self.false_alarms
        return self.hits / found if found else 1.0

    @property
    def recall(self) -> float:
        """The share of what should be found that was found; 1 where there was nothing."""
        wanted = self.hits + self.misses
        return self.hits / wanted if wanted else 1.0

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.hits + other.hits,
            self.false_alarms + other.false_alarms,
            self.misses + other.misses,
        )


@dataclass(frozen=True)
class ShippedNames:
    """The remedies and medicines of a content pack, as the rules take them."""

    remedies: dict[str, RemedyNames]
    medicines: MedicineNames

    def for_page_of(self, slug: str) -> list[RemedyNames]:
        """The remedies as they are on the page of one; of none, where the pack has not that one."""
        own = self.remedies.get(slug, RemedyNames(slug.replace("-", " "), "", ()))
        subject = RemedyNames(own.name, own.url, own.labels, own.limits, is_subject=True)
        return [subject, *(other for other in self.remedies.values() if other.name != own.name)]


def read_examples(folder: Path) -> list[LabelledComment]:
    """The labelled comments of a content pack."""
    content = yaml_format.read((folder / EXAMPLES).read_text(encoding="utf-8"))
    assert isinstance(content, dict)  # noqa: S101  (a file of ours)
    return [
        LabelledComment(
            key=row["id"],
            half=row["half"],
            about=row["about"],
            kinds=frozenset(map(FindingKind, row["labels"])),
            text=row["text"],
        )
        for row in content["examples"]
    ]


def read_names(folder: Path) -> ShippedNames:
    """The remedies with their upper limits for adults, and the medicines, from the files of a pack."""
    pack = read_pack(folder)
    terms = tuple(
        Term(row.slug, row.kind, row.name, tuple(row.members)) for row in pack.circumstances
    )
    remedies = {
        part.remedy.slug: RemedyNames(
            part.remedy.name,
            "",
            tuple(part.remedy.aliases),
            tuple(row for row in part.remedy.limits if row.kind is LimitKind.UPPER and row.adults),
        )
        for part in pack.remedies
    }
    return ShippedNames(remedies, medicine_names(shipped_vocabulary(terms), terms))


def found_kinds(example: LabelledComment, names: ShippedNames) -> frozenset[FindingKind]:
    """What the rules find in it."""
    remedies = names.for_page_of(example.about)
    return frozenset(kinds_of(check_text(example.text, remedies, names.medicines)))


def measure(examples: Iterable[LabelledComment], names: ShippedNames) -> dict[FindingKind, Score]:
    """The score of each kind."""
    pairs = [(example.kinds, found_kinds(example, names)) for example in examples]
    return {kind: _score(kind, pairs) for kind in FindingKind}


def overall(scores: dict[FindingKind, Score]) -> Score:
    """All kinds together."""
    return sum(scores.values(), Score(0, 0, 0))


def _score(
    kind: FindingKind, pairs: Sequence[tuple[frozenset[FindingKind], frozenset[FindingKind]]]
) -> Score:
    return Score(
        hits=sum(kind in wanted and kind in found for wanted, found in pairs),
        false_alarms=sum(kind not in wanted and kind in found for wanted, found in pairs),
        misses=sum(kind in wanted and kind not in found for wanted, found in pairs),
    )
