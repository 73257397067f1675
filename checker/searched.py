"""What was looked through, and what is needed to get the same answer again."""

from __future__ import annotations

import datetime
from functools import lru_cache
from importlib.metadata import version

from checker.settings import Settings
from checker.speakers import load_register
from checker.types import Claim, Provenance, Searched
from corpus.store import Corpus
from corpus.types import PartialDate


def searched(claim: Claim, corpus: Corpus, settings: Settings) -> Searched:
    """What the corpus holds, and how much of the claimed speaker around the date of the claim or of the article."""
    near = None
    if claim.speaker:
        near = _documents_near(
            claim.speaker, claim.date or claim.article_date, settings.near_days, corpus, corpus.fingerprint()
        )
    return Searched(corpus.coverage(), near)


@lru_cache(maxsize=4096)
def _documents_near(speaker: str, date: PartialDate | None, days: int, corpus: Corpus, _fingerprint: str) -> int:
    """How many documents of a speaker lie around a date; an article asks the same many times over."""
    register = load_register()
    first, last = _window(date, days)
    labels = register.labels(speaker, corpus.speaker_labels())
    return corpus.speaker_documents(labels, register.publishers(speaker), first, last)


def _window(date: PartialDate | None, days: int) -> tuple[PartialDate | None, PartialDate | None]:
    """What counts as around a date, at the date's own precision; everything when there is none."""
    if date is None:
        return None, None
    if date.day is None:
        return date, date
    around = [date.to_date() + datetime.timedelta(days=sign * days) for sign in (-1, 1)]
    first, last = (PartialDate(day.year, day.month, day.day) for day in around)
    return first, last


def provenance(corpus: Corpus, settings: Settings) -> Provenance:
    """What is needed to get the same answers again."""
    coverage = corpus.coverage()
    return Provenance(version("onrecord"), corpus.fingerprint(), None, coverage.encoded_share, settings.profile)
