"""People with a checked credential who review pages, and the reviews of theirs that count."""
