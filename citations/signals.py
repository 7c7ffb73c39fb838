"""What packages above this one may listen to."""

from django.dispatch import Signal

library_changed = Signal()
"""Works changed in columns that grades read. Sent inside the transaction, with `keys`: their keys."""
