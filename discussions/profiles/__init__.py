"""The public profile of a member."""
