"""A member's own data: to read it, take it along, take the consent back, and leave."""
