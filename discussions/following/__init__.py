"""Following: members choose pages and discussions, and are told of what is new there."""
