"""Readers challenge a claim or name a source; editors answer, and a revision names whoever prompted it."""
