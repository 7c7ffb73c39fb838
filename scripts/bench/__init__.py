"""`make bench`: what the site costs beside a bare Django view, on both databases.

F is the CPU of one bare view without middleware that returns the bytes of the entry page from the same
server (`bare_view`). Costs are CPU of the server process for each request, one request at a time on one
connection, medians of interleaved rounds on this machine: as ratios they mean something on another.
Server and client stand on cores of their own where there are two. Rate limits are off; nothing but this
machine is asked.

`__main__` runs everything and writes the table. `costs` measures, `results` holds values against goals,
`sites` starts what is measured and `rows` fills it. The others are one kind of row each.
"""
