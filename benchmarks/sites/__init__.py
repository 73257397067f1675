"""Invented sites of real publishers: their markup and addresses as recorded facts, and not one word of theirs.

Marlo, its harbours and everybody who speaks there do not exist. `answer` is what a server would say to an address, and
`expected` what a connector must make of every page: both are made from the same items, apart from the readers.
"""

from __future__ import annotations

from benchmarks.sites.kremlin import kremlin_site
from benchmarks.sites.mid import mid_site
from benchmarks.sites.president_ua import president_ua_site
from benchmarks.sites.site import Answer, Expected, Said, Site
from benchmarks.sites.whitehouse import whitehouse_site

__all__ = [
    "Answer",
    "Expected",
    "Said",
    "Site",
    "kremlin_site",
    "mid_site",
    "president_ua_site",
    "whitehouse_site",
]
