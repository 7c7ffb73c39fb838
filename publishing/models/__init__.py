"""Subjects that editors publish, the revisions that readers read, and redirects of renamed pages.

A subject (condition, remedy, entry) is edited as ordinary rows. Publishing freezes them into one
immutable revision, and pages, lists and search read current revisions only, so that a draft cannot
leak by being forgotten somewhere. The concrete tables belong to the apps above this one.
"""

from publishing.models.autosaved_form import AutosavedForm
from publishing.models.citation_revision import CitationRevision
from publishing.models.clinical_review import ClinicalReview
from publishing.models.derived_version import DerivedVersion
from publishing.models.draft_edit import DraftEdit
from publishing.models.draft_state import DraftState
from publishing.models.merge import Merge
from publishing.models.redirect import Redirect
from publishing.models.reviewer import LONGEST_STATEMENT, ConflictStatement, Reviewer
from publishing.models.revision import CONTENT_PACK, Change, Kind, Revision, corrections_index
from publishing.models.row_revision import ReviewState, RowRevision
from publishing.models.safety_banner import LONGEST_BANNER, SafetyBanner
from publishing.models.schedule import Schedule, ScheduleState
from publishing.models.sourced import CheckableRowModel, SourcedRowModel
from publishing.models.subject import (
    SHOWN,
    NamedSubject,
    RevisionT_co,
    Subject,
    SubjectQuerySet,
    SubjectT,
    newest_index,
)
from publishing.models.submission import PlaceComment, Submission, SubmissionState

__all__ = [
    "CONTENT_PACK",
    "LONGEST_BANNER",
    "LONGEST_STATEMENT",
    "SHOWN",
    "AutosavedForm",
    "Change",
    "CheckableRowModel",
    "CitationRevision",
    "ClinicalReview",
    "ConflictStatement",
    "DerivedVersion",
    "DraftEdit",
    "DraftState",
    "Kind",
    "Merge",
    "NamedSubject",
    "PlaceComment",
    "Redirect",
    "ReviewState",
    "Reviewer",
    "Revision",
    "RevisionT_co",
    "RowRevision",
    "SafetyBanner",
    "Schedule",
    "ScheduleState",
    "SourcedRowModel",
    "Subject",
    "SubjectQuerySet",
    "SubjectT",
    "Submission",
    "SubmissionState",
    "corrections_index",
    "newest_index",
]
