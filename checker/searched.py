"""What was looked through, and what is needed to get the same answer again."""

from __future__ import annotations

import datetime
from importlib.metadata import version
from weakref import WeakKeyDictionary

from checker.settings import Settings
from checker.speakers import load_register
from checker.types import Claim, Provenance, Searched
from corpus.store import Corpus
from corpus.types import PartialDate


def searched(claim: Claim, corpus: Corpus, settings: Settings) -> Searched:
    """What the corpus holds, and how much of the claimed speaker around the date of the claim or of the article."""
    near = None
    if claim.speaker:
        near = _documents_near(claim.speaker, claim.date or claim.article_date, settings.near_days, corpus)
    return Searched(corpus.coverage(), near)


_NEAR: WeakKeyDictionary[Corpus, dict[tuple[object, ...], int]] = WeakKeyDictionary()
"""What was counted, for as long as a corpus is open; an article asks the same many times over."""


def _documents_near(speaker: str, date: PartialDate | None, days: int, corpus: Corpus) -> int:
    """How many documents of a speaker lie around a date."""
    counted = _NEAR.setdefault(corpus, {})
    asked = (speaker, date, days, corpus.fingerprint())
    if asked not in counted:
        register = load_register()
        first, last = _window(date, days)
        labels = register.labels(speaker, corpus.speaker_labels())
        counted[asked] = corpus.speaker_documents(labels, register.publishers(speaker), first, last)
    return counted[asked]


def _window(date: PartialDate | None, days: int) -> tuple[PartialDate | None, PartialDate | None]:
    """What counts as around a date, at the date's own precision; everything when there is none."""
    if date is None:
        return None, None
    if date.day is None:
        return date, date
    day = date.to_date().toordinal()
    bounds = (datetime.date.min.toordinal(), datetime.date.max.toordinal())
    around = [datetime.date.fromordinal(min(max(day + sign * days, bounds[0]), bounds[1])) for sign in (-1, 1)]
    first, last = (PartialDate(each.year, each.month, each.day) for each in around)
    return first, last


def provenance(corpus: Corpus, settings: Settings) -> Provenance:
    """What is needed to get the same answers again."""
    coverage = corpus.coverage()
    return Provenance(version("onrecord"), corpus.fingerprint(), None, coverage.encoded_share, settings.profile)
