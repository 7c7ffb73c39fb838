"""What a result means for people: natural frequencies, differences that matter, forest plots. Pure."""
