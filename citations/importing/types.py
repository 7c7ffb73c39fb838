"""Kinds of publication, as registers name them, as kinds of study."""

from collections.abc import Iterable

from citations.choices import StudyType

_KINDS = (
    ("network meta-analysis", StudyType.META_ANALYSIS),
    ("meta-analysis", StudyType.META_ANALYSIS),
    ("meta analysis", StudyType.META_ANALYSIS),
    ("systematic review", StudyType.SYSTEMATIC_REVIEW),
    ("practice guideline", StudyType.GUIDELINE),
    ("guideline", StudyType.GUIDELINE),
    ("randomized controlled trial", StudyType.RANDOMISED_TRIAL),
    ("randomised controlled trial", StudyType.RANDOMISED_TRIAL),
    ("trial registry record", StudyType.REGISTRY_ENTRY),
    ("clinical trial registration", StudyType.REGISTRY_ENTRY),
    ("case reports", StudyType.CASE_REPORT),
    ("review", StudyType.NARRATIVE_REVIEW),
    ("journal article; review", StudyType.NARRATIVE_REVIEW),
)
"""Words of PubMed, Ovid, Embase and the Cochrane Library that say a kind of study, most telling
first. "Clinical Trial" says too little: whether it was randomised decides how much it counts."""


_BY_VALUE = tuple((value.replace("_", " "), StudyType(value)) for value in StudyType.values)


def study_type(types: Iterable[str], own: str = "") -> StudyType:
    """The kind of study that the types of publication say; a reference work where they say none.

    `own` is the value that this site's exports carry, and is taken before all others.
    """
    if own in StudyType.values:
        return StudyType(own)
    words = {word.strip().lower() for kind in types for word in (kind, *kind.split(";"))}
    found = (kind for word, kind in (*_KINDS, *_BY_VALUE) if word in words)
    return next(found, StudyType.REFERENCE_WORK)
