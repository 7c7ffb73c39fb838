"""Signals of citations, for receivers in packages above."""

from django.dispatch import Signal

library_changed = Signal()
"""Works changed in columns that grades read. Sent in the transaction, with their `keys`."""
