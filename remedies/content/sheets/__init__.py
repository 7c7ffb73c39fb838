"""Documents as sheets of a spreadsheet (CSV), and sheets as a content pack."""
