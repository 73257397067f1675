"""What a reader checks, kept so that it has an address: the text, and what was corrected in it.

types       a draft and the corrections made in it
statements  a draft with its corrections -> who says what in it, each under a name that survives other changes
store       the tables, and the few ways to read and change them
"""

from __future__ import annotations

from web.drafts.statements import Statement, anchors, statements
from web.drafts.store import Drafts
from web.drafts.types import Case, Draft, Mark, MarkKind, UnderReview, UnknownDraft

__all__ = [
    "Case",
    "Draft",
    "Drafts",
    "Mark",
    "MarkKind",
    "Statement",
    "UnderReview",
    "UnknownDraft",
    "anchors",
    "statements",
]
