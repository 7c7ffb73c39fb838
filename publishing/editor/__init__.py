"""The form of a subject in the admin: sections, rows that sort, boxes that grow, errors that lead to fields."""
