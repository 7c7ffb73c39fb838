"""Checks of editors' texts: claims without a source, and banned words."""
