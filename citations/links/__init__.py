"""Whether the addresses of works still answer: looked at by a command, shown to editors."""
