"""Which sentences of editors claim something, and whether they say where it comes from."""
