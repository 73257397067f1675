"""A corpus and some private collections, searched as if they were one."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from types import MappingProxyType, TracebackType
from typing import Self

from corpus.embed import Encoders
from corpus.retrieve import interleaved, summed
from corpus.store import Corpus
from corpus.types import Candidate, Coverage, PartialDate, Query, SpeakerLabel
from corpus.vectors.rows import StoredSpace


class Together:
    """A corpus (under the name None) and collections of it; closes them all.

    Passages say in which of them they lie, and `within` leads there: two corpora may have documents of one id, and
    number their passages alike. Frequencies are summed, so that a word is as rare as in one corpus that held everything.
    """

    def __init__(self, corpus: Corpus, held: Mapping[str, Corpus]) -> None:
        self.collections = tuple(held)
        self._each: Mapping[str | None, Corpus] = MappingProxyType(dict([(None, corpus), *held.items()]))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of all connections."""
        with ExitStack() as stack:
            for each in self._each.values():
                stack.callback(each.close)

    @contextmanager
    def still(self) -> Iterator[None]:
        """One state of each for all that this thread reads meanwhile."""
        with ExitStack() as stack:
            for each in self:
                stack.enter_context(each.still())
            yield

    def within(self, collection: str | None) -> Corpus:
        """The corpus in which a passage of that collection lies."""
        return self._each[collection]

    def retrieve(self, query: Query, *, limit: int, encoders: Encoders | None = None) -> tuple[Candidate, ...]:
        """The passages that may hold what the query looks for, best first: up to `limit` of each corpus.

        Not so many of all: the commonplaces of a large corpus would take the places of a small collection.
        """
        frequencies = summed(each.frequencies(query) for each in self._each.values())
        found = _merged(
            {name: each.by_words(query, limit=limit, frequencies=frequencies) for name, each in self._each.items()}
        )
        if encoders is None or not query.meaning:
            return found
        by_corpus = {name: each.by_meaning(query, limit=limit, encoders=encoders) for name, each in self._each.items()}
        # Each corpus gives the same rankings in the same order: what there are hangs on the query and the encoders.
        rankings = [
            _merged(dict(zip(by_corpus, rankings, strict=True))) for rankings in zip(*by_corpus.values(), strict=True)
        ]
        return interleaved(found, rankings, limit=limit * len(self._each))

    def retrieve_earlier(self, query: Query, *, limit: int) -> tuple[Candidate, ...]:
        """The same by words among versions that are not current any more."""
        frequencies = summed(each.frequencies(query) for each in self._each.values())
        return _merged(
            {
                name: each.retrieve_earlier(query, limit=limit, frequencies=frequencies)
                for name, each in self._each.items()
            }
        )

    def document_frequency(self, keys: Sequence[str]) -> list[int]:
        """In how many passages each folded word stands."""
        return [sum(counts) for counts in zip(*(each.document_frequency(keys) for each in self), strict=True)]

    def speaker_labels(self) -> tuple[SpeakerLabel, ...]:
        """Every label under which somebody speaks, with the number of turns or pages and when."""
        labels: dict[str, list[SpeakerLabel]] = defaultdict(list)
        for each in self:
            for label in each.speaker_labels():
                labels[label.label].append(label)
        return tuple(
            SpeakerLabel(
                name,
                sum(use.statements for use in uses),
                min((use.first for use in uses if use.first), key=str, default=None),
                max((use.last for use in uses if use.last), key=str, default=None),
            )
            for name, uses in labels.items()
        )

    def speaker_documents(
        self,
        labels: Collection[str],
        publishers: Collection[str],
        first: PartialDate | None = None,
        last: PartialDate | None = None,
    ) -> int:
        """How many documents have one of these speakers, or a publisher whose name contains one of these, in a time."""
        return sum(each.speaker_documents(labels, publishers, first, last) for each in self)

    def nearest_dates(
        self, labels: Collection[str], publishers: Collection[str], around: PartialDate
    ) -> tuple[PartialDate, ...]:
        """The dates of these speakers' last document before a date and first one after it, as far as there are any."""
        found = [date for each in self for date in each.nearest_dates(labels, publishers, around)]
        before = max((date for date in found if str(date) <= str(around)), key=str, default=None)
        after = min((date for date in found if str(date) > str(around)), key=str, default=None)
        return tuple(date for date in (before, after) if date)

    def coverage(self) -> Coverage:
        """What is held in all of them, in a few figures."""
        held = [each.coverage() for each in self]
        passages = sum(each.passages for each in held)
        encoded = sum(each.encoded_share * each.passages for each in held)
        return Coverage(
            sum(each.documents for each in held),
            passages,
            tuple(sorted({publisher for each in held for publisher in each.publishers})),
            min((each.first for each in held if each.first), key=str, default=None),
            max((each.last for each in held if each.last), key=str, default=None),
            encoded / passages if passages else 0.0,
        )

    def spaces(self) -> tuple[StoredSpace, ...]:
        """The spaces that hold vectors in one of them."""
        return tuple({space.name: space for each in self for space in each.spaces()}.values())

    def fingerprint(self) -> str:
        """Twelve hexadecimal digits that are the same exactly when the same versions are held in the same collections."""
        told = json.dumps([(name, each.fingerprint()) for name, each in self._each.items()])
        return hashlib.sha256(told.encode()).hexdigest()[:12]

    def __iter__(self) -> Iterator[Corpus]:
        return iter(self._each.values())


Searchable = Corpus | Together
"""What a claim is checked against."""


def _merged(rankings: Mapping[str | None, Iterable[Candidate]]) -> tuple[Candidate, ...]:
    """The candidates of several corpora in one ranking; of equals, the corpus' own come first."""
    found = [
        replace(candidate, passage=replace(candidate.passage, collection=name))
        for name, ranking in rankings.items()
        for candidate in ranking
    ]
    return tuple(sorted(found, key=lambda candidate: -candidate.score))
