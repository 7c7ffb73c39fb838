"""Signals of accounts, for receivers in packages above."""

from django.dispatch import Signal

rounds_due = Signal()
"""The worker has time for what is done every few minutes. Sent outside of a transaction, without arguments."""

minute_passed = Signal()
"""The worker has time for what has come due. Sent outside of a transaction, about once a minute."""
