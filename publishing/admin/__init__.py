"""What every subject has in the admin, and what of publishing has pages of its own there."""

from publishing.admin.past import RedirectAdmin, RevisionAdmin
from publishing.admin.review_queue import SubmissionAdmin
from publishing.admin.state_filter import StateFilter
from publishing.admin.subject_admin import SubjectAdmin
from publishing.banners import admin as banners_admin  # noqa: F401  (registers what it holds)
from publishing.review import admin as review_admin  # noqa: F401  (the same)
from publishing.reviewers import admin as reviewers_admin  # noqa: F401  (the same)

__all__ = ["RedirectAdmin", "RevisionAdmin", "StateFilter", "SubjectAdmin", "SubmissionAdmin"]
