"""Urgent warnings that a publisher puts on pages at once: set, shown, confirmed, lifted."""
