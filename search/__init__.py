"""Full-text search: the query, the index, the ranking and the results.

`query`, `spelling`, `ranking` and `highlighting` are pure. `sources` declares what is indexed and
`index` creates the triggers that maintain it. `engine` selects the module for the connected database
(`sqlite` or `postgresql`), which finds candidates. `corrections`, `hits` and `results` put together
what the page shows.
"""
