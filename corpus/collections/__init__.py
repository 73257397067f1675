"""Private collections: corpora of their own beside a corpus, searched only where they are named.

    places    where a collection lies, and which there are
    together  several corpora searched as one
    probes    finding the words of documents in whatever bytes
    purge     removing a collection, or what is past its time, and looking whether anything is left

Nothing here is known to the rest of the corpus, so that no search, list, export or backup of it can hold a
collection's words.
"""

from __future__ import annotations

from corpus.collections.places import (
    Collection,
    collection_address,
    collections,
    make_collection,
    open_searchable,
    set_terms,
    terms_of,
    valid_name,
)
from corpus.collections.together import Searchable, Together

__all__ = [
    "Collection",
    "Searchable",
    "Together",
    "collection_address",
    "collections",
    "make_collection",
    "open_searchable",
    "set_terms",
    "terms_of",
    "valid_name",
]
