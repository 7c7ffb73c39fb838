"""Signals of publishing, for receivers in packages above."""

from django.dispatch import Signal

revision_published = Signal()
"""An editor or a command published a new revision. Sent in the transaction, with all columns copied.

`subject` is what was published, `by` the person, None for a command. Not sent for a grade that was computed
again, nor for a withdrawal.
"""
