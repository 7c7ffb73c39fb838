"""Bursts of votes: found by the worker, taken out of the counts by a moderator's decision alone."""
