"""What bars a member from writing for a time, and until when."""
