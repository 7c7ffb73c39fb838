"""Subjects that editors publish, the revisions that readers read, and redirects of renamed pages.

A subject (condition, remedy, entry) is edited as ordinary rows. Publishing freezes them into one
immutable revision, and pages, lists and search read current revisions only, so that a draft cannot
leak by being forgotten somewhere. The concrete tables belong to the apps above this one.
"""

from publishing.models.derived_version import DerivedVersion
from publishing.models.redirect import Redirect
from publishing.models.revision import CONTENT_PACK, Kind, Revision
from publishing.models.sourced import CheckableRowModel, SourcedRowModel
from publishing.models.subject import (
    NamedSubject,
    RevisionT_co,
    Subject,
    SubjectQuerySet,
    SubjectT,
)

__all__ = [
    "CONTENT_PACK",
    "CheckableRowModel",
    "DerivedVersion",
    "Kind",
    "NamedSubject",
    "Redirect",
    "Revision",
    "RevisionT_co",
    "SourcedRowModel",
    "Subject",
    "SubjectQuerySet",
    "SubjectT",
]
