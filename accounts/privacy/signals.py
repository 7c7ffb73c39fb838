"""Signals for receivers in packages above, which hold what members write."""

from django.dispatch import Signal

contributions_withdrawn = Signal()
"""A member takes back what they gave the site. Sent in the transaction, with the row of the person locked.

`user` is the person. Votes and experience reports go in any case. `words` says whether comments lose
their text as well; without it they stay, without a name.
"""
