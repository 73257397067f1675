"""What was looked through, and what is needed to get the same answer again."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from weakref import WeakKeyDictionary

from checker.judge import Judge, Readers, judge_name, load_judge
from checker.settings import Settings
from checker.speakers import Register, filled, load_register
from checker.tongue import worded
from checker.types import Claim, Provenance, Searched, Warning
from corpus.collections import Searchable
from corpus.embed import Encoders
from corpus.errors import DocumentNotFound
from corpus.store import Corpus
from corpus.types import PartialDate


def searched(claim: Claim, corpus: Searchable, settings: Settings, *, by_meaning: bool = False) -> Searched:
    """What the corpus holds, and how much of the claimed speaker around the date of the claim or of the article.

    The encoded share is that of this search: nothing where only words were compared.
    """
    coverage = corpus.coverage()
    if not (by_meaning and _encoder_names(corpus, settings) and readers_of(corpus, settings) != Readers()):
        coverage = replace(coverage, encoded_share=0.0)
    if not claim.speaker:
        return Searched(coverage, None)
    date = claim.date or claim.article_date
    counted = _NEAR.setdefault(corpus, {})
    asked = (claim.speaker, date, settings.near_days, settings.speakers, corpus.fingerprint())
    if asked not in counted:
        counted[asked] = _held_of(claim.speaker, date, settings.near_days, corpus, register_of(corpus, settings))
    return Searched(coverage, *counted[asked])


def misnamed(claim: Claim, corpus: Searchable) -> tuple[Warning, ...]:
    """A warning where the claim names a document that is not held."""
    if claim.document_id is None or any(
        _holds(corpus.within(name), claim.document_id) for name in (None, *corpus.collections)
    ):
        return ()
    says = worded(
        "There is no document “%(id)s” here, so that every place counts as another document’s.", id=claim.document_id
    )
    return (Warning("unknown-document", says),)


def _holds(corpus: Corpus, id: str) -> bool:
    try:
        corpus.document(id)
    except DocumentNotFound:
        return False
    return True


_Near = tuple[int, tuple[PartialDate, ...]]

_NEAR: WeakKeyDictionary[Searchable, dict[tuple[object, ...], _Near]] = WeakKeyDictionary()
"""What was counted, for as long as a corpus is open; an article asks the same many times over."""


def _held_of(speaker: str, date: PartialDate | None, days: int, corpus: Searchable, register: Register) -> _Near:
    """How many documents of a speaker lie around a date, and which are nearest when none does."""
    first, last = _window(date, days)
    labels = register.labels(speaker, [each.label for each in corpus.speaker_labels()])
    publishers = register.publishers(speaker)
    terms = register.in_office(speaker)
    if not terms:
        near = corpus.speaker_documents(labels, publishers, first, last)
        return near, corpus.nearest_dates(labels, publishers, date) if date and not near else ()
    near = corpus.speaker_documents(labels, (), first, last)
    for offices, begin, end in terms:  # an institution speaks for a person while the office is held
        since, until = max(first, begin, key=str) if first else begin, min(last, end, key=str) if last else end
        if str(since) <= str(until):
            of_office = corpus.speaker_documents(labels, offices, since, until)
            near += of_office - corpus.speaker_documents(labels, (), since, until)
    if date is None or near:
        return near, ()
    return near, corpus.nearest_dates(labels, (), date) or corpus.nearest_dates((), publishers, date)


def _window(date: PartialDate | None, days: int) -> tuple[PartialDate | None, PartialDate | None]:
    """What counts as around a date, at the date's own precision; everything when there is none."""
    if date is None:
        return None, None
    return date.shifted(-days), date.shifted(days)


def register_of(corpus: Searchable, settings: Settings) -> Register:
    """The speaker register with an editor's entries, filled up with who speaks in the corpus."""
    known = _REGISTERS.get(corpus)
    asked = (settings.speakers, corpus.fingerprint())
    if known is None or known[0] != asked:
        known = (asked, filled(load_register(settings.speakers), corpus.speaker_labels))
        _REGISTERS[corpus] = known
    return known[1]


_REGISTERS: WeakKeyDictionary[Searchable, tuple[tuple[str, str], Register]] = WeakKeyDictionary()
"""The filled register of each open corpus, made again when the corpus or the editor's file changes."""


def encoders_of(settings: Settings) -> Encoders:
    """The encoders that the settings name: one set for the whole process, since a model takes seconds to load."""
    return _encoders(settings.encoder, settings.multilingual, settings.cache)


def readers_of(corpus: Searchable, settings: Settings) -> Readers:
    """What reads for meaning; nothing where the settings or the weights leave it out, or the corpus has no such vectors."""
    encoders = encoders_of(settings)
    across = encoders.has("multilingual") and any(each.space == "multilingual" for each in corpus.spaces())
    judge = _judge(encoders) if settings.judge == "own" else None
    return Readers(judge, encoders.embedder("multilingual") if across else None)


@lru_cache(maxsize=4)
def _judge(encoders: Encoders) -> Judge | None:
    return load_judge(encoders)


@lru_cache(maxsize=4)
def _encoders(english: str, multilingual: str, cache: str) -> Encoders:
    return Encoders(english, multilingual, cache=Path(cache).expanduser())


def provenance(corpus: Searchable, settings: Settings, *, tagger: str | None = None) -> Provenance:
    """What is needed to get the same answers again; the encoders are those that made the corpus' vectors.

    `tagger` names what bounded the statements, where they were taken out of an article.
    """
    names = _encoder_names(corpus, settings)
    share = corpus.coverage().encoded_share if names else 0.0
    judge = judge_name() if settings.judge == "own" else None
    return Provenance(
        _version(), corpus.fingerprint(), ", ".join(names) or None, share, settings.profile, judge=judge,
        tagger=tagger, collections=corpus.collections,
    )  # fmt: skip


@cache
def _version() -> str:
    return version("onrecord")


def _encoder_names(corpus: Searchable, settings: Settings) -> tuple[str, ...]:
    """The encoders whose vectors the corpus holds and the settings can search."""
    encoders = encoders_of(settings)
    return tuple(dict.fromkeys(each.name for each in corpus.spaces() if encoders.has(each.space)))
