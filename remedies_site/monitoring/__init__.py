"""What operators see of a running site: numbers, names of requests, slow queries, errors.

Nothing of it holds what somebody reads, types or is called: routes are named as in the URLconf, and numbers
are sums.
"""
