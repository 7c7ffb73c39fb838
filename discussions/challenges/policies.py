"""Limits of what a challenge holds."""

MAX_CHALLENGE = 2_000
MAX_QUOTED = 600
MAX_ANSWER = 1_000
MOST_WAITING = 10
"""Challenges of one member that nobody has decided; with so many, there is no room for another."""
