"""Merging two works or two conditions, and renaming a page: shown first, decided by two people."""
