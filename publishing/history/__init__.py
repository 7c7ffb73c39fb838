"""What became of a subject over time: its revisions, what differs between two, and the way back."""
