"""Subjects that editors publish, the revisions that readers read, and redirects of renamed pages.

A subject (condition, remedy, entry) is edited as ordinary rows. Publishing freezes them into one
immutable revision, and pages, lists and search read current revisions only, so that a draft cannot
leak by being forgotten somewhere. The concrete tables belong to the apps above this one.
"""

from publishing.models.citation_revision import CitationRevision
from publishing.models.derived_version import DerivedVersion
from publishing.models.draft_edit import DraftEdit
from publishing.models.draft_state import DraftState
from publishing.models.merge import Merge
from publishing.models.redirect import Redirect
from publishing.models.revision import CONTENT_PACK, Change, Kind, Revision, corrections_index
from publishing.models.row_revision import ReviewState, RowRevision
from publishing.models.schedule import Schedule, ScheduleState
from publishing.models.sourced import CheckableRowModel, SourcedRowModel
from publishing.models.subject import (
    SHOWN,
    NamedSubject,
    RevisionT_co,
    Subject,
    SubjectQuerySet,
    SubjectT,
)
from publishing.models.submission import PlaceComment, Submission, SubmissionState

__all__ = [
    "CONTENT_PACK",
    "SHOWN",
    "Change",
    "CheckableRowModel",
    "CitationRevision",
    "DerivedVersion",
    "DraftEdit",
    "DraftState",
    "Kind",
    "Merge",
    "NamedSubject",
    "PlaceComment",
    "Redirect",
    "ReviewState",
    "Revision",
    "RevisionT_co",
    "RowRevision",
    "Schedule",
    "ScheduleState",
    "SourcedRowModel",
    "Subject",
    "SubjectQuerySet",
    "SubjectT",
    "Submission",
    "SubmissionState",
    "corrections_index",
]
