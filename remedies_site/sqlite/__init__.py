"""The database backend of SQLite: Django's own, with a queue for those who write (docs/adr/0041)."""
