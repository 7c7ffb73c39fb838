"""Readers without a session are served from a copy of the database, where DATABASE_REPLICA_URL names one.

Not before the copy has all that the main database has for the page (`admission`); ADR 53 argues why that is
enough.
"""
