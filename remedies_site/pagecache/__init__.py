"""Whole pages for readers without a cookie, kept in front of Django.

`store` keeps responses, `application` answers from them, `versions` says whether what a page shows has
changed, `triggers` lets the database note that, `shown` lists what each table and each address is about.
"""
