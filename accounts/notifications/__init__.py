"""Stands in until the notifications are merged."""
