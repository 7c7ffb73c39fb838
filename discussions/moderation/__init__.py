"""The moderators' queue, and the public log of what was decided."""
