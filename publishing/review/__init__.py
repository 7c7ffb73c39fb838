"""Review by two people: who wrote what waits, what it changes, and the decision on it."""
