"""A large demo site for measurements: the same seed makes the same rows. See `site_builder`."""
