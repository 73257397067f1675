"""Keeping a corpus up to date from its sources.

    manners   robots.txt, the pace of each host, back-off, and when to leave a host alone: the way to the fetcher
    local     folders and files, which nobody has to be asked for
    log       what the corpus knows of each source: runs, entries, and how far back its lists were walked
    reading   a connector's functions, so that one that fails does not end a run
    walk      along the lists from the newest page;  entries  what becomes of each entry
    freshness which sources have been silent for longer than they usually are, or fail

Nothing is imported here, since the HTTP library takes a fifth of a second.
"""
