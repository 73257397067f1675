"""The vectors of a corpus.

    codes   how a vector is stored: sign bits, and a byte a dimension
    rows    the tables and the statements on them
    scan    the nearest by sign bits, in memory
    counted the same by a server that has pgvector
    store   what a corpus does with vectors: keep them, say which are missing, find the nearest
    order   which passages are encoded first

Searching by words needs none of it.
"""

from __future__ import annotations
