"""What helps an editor while typing: text that is kept, the live page, and what a page still lacks."""
