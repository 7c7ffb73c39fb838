"""Signals of citations, for receivers in packages above."""

from django.dispatch import Signal

library_changed = Signal()
"""Works changed in columns that grades read. Sent in the transaction, with their `keys`."""

works_written = Signal()
"""A command of the operator changed works. Sent in its transaction, with their documents from `before`
by key, the `author_name` and the `note` of their revisions."""
