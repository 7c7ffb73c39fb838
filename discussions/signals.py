"""Signals of discussions, for receivers in packages above."""

from django.dispatch import Signal

words_erased = Signal()
"""A member deleted a comment or replaced its words. Sent in the transaction, without arguments."""
