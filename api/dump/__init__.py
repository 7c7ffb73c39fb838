"""The dump: what is published, as files that load again, with their sums and their dictionary."""
