"""From studies to certainty: pure functions that know no rows, no pages and no votes."""
