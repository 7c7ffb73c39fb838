"""Search: what is asked, what may match it, in which order it stands.

`asking` (what was typed), `spelling` and `ranking` are pure. `sources` says what is found and
`upkeep` keeps the index by triggers; one engine a database (`sqlite`, `postgresql`) answers through
the few questions of `engine`. `finding` puts them together.
"""
