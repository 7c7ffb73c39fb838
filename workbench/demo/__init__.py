"""A large made-up site for measuring: the same seed makes the same rows. See `building`."""
