"""Remedies, entries and their revisions in the admin."""

from remedies.admin.entry import EntryAdmin
from remedies.admin.remedy import RemedyAdmin
from remedies.admin.revision import EntryRevisionAdmin, RemedyRevisionAdmin

__all__ = ["EntryAdmin", "EntryRevisionAdmin", "RemedyAdmin", "RemedyRevisionAdmin"]
