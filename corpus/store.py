"""The corpus: documents with their versions, turns and passages in one folder, and the way to find them."""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from difflib import get_close_matches
from types import TracebackType
from typing import Any, Self, TypeVar, cast

import numpy as np
from sqlalchemy import Connection, Engine, select

from corpus import index, rows, searching
from corpus.adding import Added, Arrival, store_batch, take_back
from corpus.catalogue import Entry, current, read_catalogue, read_coverage, read_superseded
from corpus.database import Location, Place, is_current, open_database, place_at, writing
from corpus.embed import Encoders
from corpus.errors import CorpusUnavailable, DocumentNotFound
from corpus.growth import Growth, read_growth
from corpus.history import History, note_met
from corpus.holdings import Holdings, holdings
from corpus.listing import Listed, Publisher, Stats, read_listed, read_stats
from corpus.passages import SCHEME
from corpus.postings import Numbers, gram_hashes
from corpus.related import related
from corpus.relatives import Addresses, Relative, addresses
from corpus.retrieve import Frequencies, Lexical, interleaved
from corpus.schema import setting, version
from corpus.searching import Held
from corpus.shelf import Hit, Shelved
from corpus.speaking import Group, Voices, read_voices
from corpus.terms import Terms, read_terms
from corpus.types import (
    Candidate,
    Coverage,
    Document,
    PartialDate,
    Query,
    SpeakerLabel,
    StoredDocument,
)
from corpus.vectors.rows import StoredSpace
from corpus.vectors.store import VectorStore
from corpus.verify import problems

BATCH_POSTINGS = 4_000_000
BATCH_DOCUMENTS = 1_000
"""A batch is one transaction; so much is gathered in memory (about 200 MB) before it is written."""

Noted = TypeVar("Noted")

_CACHED = 256
"""Documents kept in memory: the candidates of a few quotes."""

_WORDS = 1 << 16
"""Words whose frequency is kept in memory: the commonest, whose entries are the longest to read, come again and again."""


@dataclass(slots=True)
class _Still:
    """One state of the corpus, as one thread sees it: the transaction that reads it, and what was worked out of it."""

    connection: Connection
    state: str
    coverage: Coverage | None = None


class Corpus:
    """A corpus in a folder; safe to share between threads, and to open before a fork.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, Corpus.open(folder, create=True) as corpus:
    ...     corpus.coverage().documents
    0
    """

    def __init__(self, place: Place) -> None:
        self.place = place
        self._lock = threading.RLock()
        self._writing = threading.Lock()  # another one, so that nobody who reads waits for a batch
        self._engines: dict[int, Engine] = {}
        self._documents: OrderedDict[tuple[str, str, int | None], StoredDocument] = OrderedDict()
        self._held: dict[str, Any] = {}
        self._relatives: OrderedDict[tuple[str, str], tuple[Relative, ...]] = OrderedDict()
        self._seen = ""
        self._stills: dict[int, _Still] = {}
        self.vectors = VectorStore(lambda: self._engine, self._reading)
        self.history = History(lambda: self._engine, self._reading)

    @classmethod
    def open(cls, location: Location, *, create: bool = False) -> Self:
        """Open the corpus at a folder or a server’s address; raises CorpusUnavailable when there is none, or make one."""
        corpus = cls(place_at(location))
        corpus._engines[os.getpid()] = open_database(corpus.place, create=create)
        try:
            corpus._settle()
        except CorpusUnavailable:
            corpus.close()
            raise
        return corpus

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of this process' connections; those of the process that it was forked from are not ours to close."""
        with self._lock:
            engine = self._engines.pop(os.getpid(), None)
            if engine is not None:
                engine.dispose()

    def _settle(self) -> None:
        """Note how passages are cut, or refuse a corpus that was cut otherwise."""
        if self._setting(rows.UNFINISHED) is not None:
            raise CorpusUnavailable(
                f"{self.place.name}: a copy to it was not finished; the same “onrecord corpus copy” goes on from there"
            )
        found = self._setting("passages")
        if found is None:
            with writing(self._engine) as connection:
                rows.put_setting(connection, "passages", SCHEME)
                connection.commit()
        elif found != SCHEME:
            raise CorpusUnavailable(
                f"{self.place.name}: passages are cut by scheme {found}, not {SCHEME}; run “onrecord corpus reindex”"
            )

    @property
    def _engine(self) -> Engine:
        """One engine a process: a connection must not be carried over a fork."""
        with self._lock:
            process = os.getpid()
            if process not in self._engines:
                self._engines[process] = open_database(self.place, create=False)
            return self._engines[process]

    # Writing

    def add(self, documents: Iterable[Document], *, settle: bool = True) -> Iterator[Added]:
        """Store documents, batch by batch, and say what became of each once it is safe on disk.

        What is held already changes nothing; another text under the same id is a new version, and so is another
        thing said of the text: its speakers, its date. Where the last that is met of a document is an earlier version
        of it, that one is current again; this is done, and told, at the end, so that whoever stands in one file
        twice does not go to and fro. `settle` merges what many batches left behind.
        """
        gathered: list[Document] = []
        earlier: dict[str, Added] = {}
        weight = 0
        for document in documents:
            gathered.append(document)
            weight += len(document.text) // 2  # about as many postings as half the letters
            if len(gathered) >= BATCH_DOCUMENTS or weight >= BATCH_POSTINGS:
                yield from self._add_batch(gathered, earlier)
                gathered, weight = [], 0
        if gathered:
            yield from self._add_batch(gathered, earlier)
        if earlier:
            yield from self.note(lambda open: [take_back(open, each) for each in earlier.values()])
        if settle:
            index.merge(self._engine)

    def settle(self, *, most: int = 1) -> None:
        """Merge the index into at most so many segments."""
        index.merge(self._engine, most=most)

    def _add_batch(self, documents: Sequence[Document], earlier: dict[str, Added]) -> Iterator[Added]:
        with self._writing, writing(self._engine) as connection:
            added = store_batch(connection, documents)
            connection.commit()
        if sum(each.passages for each in added):
            index.merge(self._engine, most=6 * index.MANY)
        for each in added:
            if (overtaken := earlier.pop(each.document_id, None)) is not None:
                yield overtaken
            if each.current:
                yield each
            else:
                earlier[each.document_id] = each

    def arrive(
        self, arrivals: Sequence[Arrival], *, beside: Callable[[Connection, Sequence[Added]], None]
    ) -> list[Added]:
        """Store documents as they were met at their sources, with their bytes, and what `beside` writes, all or nothing.

        It is one transaction: nobody ever holds a document without its bytes, or a source's mark of one that is not there.
        """
        with self._writing, writing(self._engine) as connection:
            found = {each.document.id: each.capture for each in arrivals if each.capture is not None}
            added = []
            for each, stored in zip(
                arrivals, store_batch(connection, [one.document for one in arrivals], captures=found), strict=True
            ):
                added.append(take_back(connection, stored))
                note_met(connection, stored.document_id, stored.version, found=each.capture)
            beside(connection, added)
            connection.commit()
        if sum(each.passages for each in added):
            index.merge(self._engine, most=6 * index.MANY)
        return added

    def note(self, write: Callable[[Connection], Noted]) -> Noted:
        """Write something that belongs to no document, as one transaction."""
        with self._writing, writing(self._engine) as connection:
            noted = write(connection)
            connection.commit()
        return noted

    # Reading

    collections: tuple[str, ...] = ()
    """The private collections that are searched too: none, unless there are several corpora (`corpus.collections`)."""

    def look_up(self, read: Callable[[Connection], Noted]) -> Noted:
        """Read what belongs to no document."""
        with self._reading() as connection:
            return read(connection)

    @contextmanager
    def still(self) -> Iterator[None]:
        """One state of the corpus for all that this thread reads meanwhile, whatever others write: evidence that fits together.

        It is also quicker, since nothing is asked twice.
        """
        thread = threading.get_ident()
        if thread in self._stills:
            yield
            return
        with self._engine.connect() as connection:
            self._seen = rows.read_state(connection)
            self._stills[thread] = _Still(connection, self._seen)
            try:
                yield
            finally:
                del self._stills[thread]

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """The connection of this thread's `still`, or one of its own."""
        still = self._stills.get(threading.get_ident())
        if still is not None:
            yield still.connection
            return
        with self._engine.connect() as connection:
            yield connection

    def within(self, collection: str | None) -> Corpus:
        """The corpus in which a passage lies; the face of several corpora (`corpus.collections`) has several."""
        assert collection is None
        return self

    def spaces(self) -> tuple[StoredSpace, ...]:
        """The spaces that hold vectors."""
        return self.vectors.spaces()

    def terms(self) -> Terms:
        """Until when what is here is under embargo, and how long it is kept; nothing of both for a corpus that is not private."""
        with self._reading() as connection:
            return read_terms(connection)

    def document(self, id: str, *, version: int | None = None) -> StoredDocument:
        """A document in its current version, or in the one of that number; raises DocumentNotFound."""
        if "\x00" in id:  # no text holds it, and a server would refuse the question
            raise DocumentNotFound(f"there is no document {id!r} in {self.place.name}")
        # The words of a numbered version never change: the state that `retrieve` saw is new enough for it.
        wanted = (self._seen if version else self._state(), id, version)
        with self._lock:
            if wanted in self._documents:
                self._documents.move_to_end(wanted)
                return self._documents[wanted]
        with self._reading() as connection:
            found = rows.read_document(connection, id, version)
        if found is None:
            raise DocumentNotFound(self._not_found(id, version))
        with self._lock:
            self._documents[wanted] = found
            while len(self._documents) > _CACHED:
                self._documents.popitem(last=False)
        return found

    def _not_found(self, id: str, number: int | None) -> str:
        with self._reading() as connection:
            ids = connection.execute(
                select(version.c.document_id)
                .where(version.c.document_id.startswith(id[:8], autoescape=True))
                .limit(500)
            ).scalars()
            close = get_close_matches(id, list(ids), n=3, cutoff=0.6)
        which = f"version {number} of {id!r}" if number else f"document {id!r}"
        return f"there is no {which} in {self.place.name}" + (f"; did you mean {', '.join(close)}?" if close else "")

    def documents(self, *, publisher: str | None = None, limit: int | None = None) -> Iterator[Listed]:
        """The documents held, by date; `publisher` narrows to names that contain it."""
        named = [publisher.lower()] if publisher else []
        publishers = self._publishers(named) if publisher else None
        with self._reading() as connection:
            yield from read_listed(connection, publishers, limit)

    def retrieve(self, query: Query, *, limit: int, encoders: Encoders | None = None) -> tuple[Candidate, ...]:
        """The passages that may hold what the query looks for, best first.

        Where a quote has several parts, those of one turn support one another. A document that the query names, or
        the documents of its time, are searched however common the words are elsewhere; up to half of the places are
        theirs. With encoders, a query that asks for meaning finds passages in other words too.
        """
        found = self.by_words(query, limit=limit)
        if encoders is None or not query.meaning:
            return found
        return interleaved(found, self.by_meaning(query, limit=limit, encoders=encoders), limit=limit)

    def retrieve_earlier(
        self, query: Query, *, limit: int, frequencies: Frequencies | None = None
    ) -> tuple[Candidate, ...]:
        """The same by words among versions that are not current any more; what they say is never said now."""
        superseded = self._superseded()
        if not len(superseded):
            return ()
        passages = self._held_coverage().passages
        with self._reading() as connection:
            lexical = Lexical(connection, passages, superseded, only=superseded, frequencies=frequencies)
            return rows.read_candidates(connection, lexical, query, limit, current=False)

    def similar(self, text: str, *, encoders: Encoders, limit: int) -> tuple[Candidate, ...]:
        """The passages nearest to a text in meaning alone, those of several spaces in turn."""
        rankings = self.by_meaning(Query((text,), meaning=True), limit=limit, encoders=encoders)
        return interleaved((), rankings, limit=limit)

    def frequencies(self, query: Query) -> Frequencies:
        """How common here what a query asks for is, to be summed with other corpora's that are searched with it."""
        passages = self._held_coverage().passages
        with self._reading() as connection:
            return Lexical(connection, passages, rows.NONE).counted(query)

    def by_words(
        self, query: Query, *, limit: int, frequencies: Frequencies | None = None
    ) -> tuple[Candidate, ...]:  # fmt: skip
        """What `retrieve` finds by words alone; each word weighed by how rare it is here, or by given frequencies."""
        held = self._held_for(query, self._superseded())
        with self._reading() as connection:
            return searching.by_words(connection, query, held, limit=limit, frequencies=frequencies)

    def by_meaning(self, query: Query, *, limit: int, encoders: Encoders) -> list[list[Candidate]]:
        """A ranking for each space that reads the query's language, and another of what the query is narrowed to."""
        held = self._held_for(query, self._superseded())
        with self._reading() as connection:
            return searching.by_meaning(connection, self.vectors, query, held, limit=limit, encoders=encoders)

    def growth(self, fingerprint: str) -> Growth | None:
        """What came and went since the corpus had that fingerprint; None where it cannot be told, or is too much."""
        with self._reading() as connection:
            return read_growth(connection, fingerprint)

    def retrieve_then(self, query: Query, growth: Growth, *, limit: int) -> tuple[Candidate, ...]:
        """What `retrieve` would find by words had the corpus not grown, the n-grams weighed as they are now.

        A query that is narrowed to a document or a time is narrowed to what is there now.
        """
        superseded = np.union1d(np.setdiff1d(self._superseded(), growth.went), growth.came)
        held = self._held_for(query, superseded)
        with self._reading() as connection:
            return searching.by_words(connection, query, held, limit=limit, went=growth.went)

    def steady(self, query: Query, growth: Growth, *, share: float) -> bool:
        """Whether the n-grams of a query weigh what they weighed before the corpus grew, but for such a share of their sum."""
        passages = self._held_coverage().passages
        with self._reading() as connection:
            lexical = Lexical(connection, passages, rows.NONE)
            return all(lexical.steady(part, query, without=growth.came, share=share) for part in query.parts)

    def _held_for(self, query: Query, superseded: Numbers) -> Held:
        calendar = self._calendar() if query.between else ()
        spoken = bool(query.labels or query.publishers)
        versions = self._voices().held_of(query.labels, self._publishers(query.publishers)) if spoken else []
        return Held(self._held_coverage().passages, superseded, calendar, versions)

    def _superseded(self) -> Numbers:
        return cast(Numbers, self._catalogued("superseded", read_superseded))

    def _catalogue(self) -> tuple[Entry, ...]:
        return cast("tuple[Entry, ...]", self._remembered("catalogue", read_catalogue))

    def _calendar(self) -> rows.Calendar:
        return cast(rows.Calendar, self._catalogued("calendar", rows.read_calendar))

    def document_frequency(self, keys: Sequence[str]) -> list[int]:
        """In how many passages each folded word stands; 0 for words that carry no content."""
        known = cast("dict[str, int]", self._remembered("frequencies", lambda _: {}))
        counts = {key: count for key in keys if (count := known.get(key)) is not None}
        new = [key for key in dict.fromkeys(keys) if key not in counts]
        if new:
            grams = gram_hashes(new, 1).tolist()
            with self._reading() as connection:
                found = index.look_up(connection, 1, grams)
            counts |= {key: len(found[gram]) for key, gram in zip(new, grams, strict=True)}
            if len(known) > _WORDS:
                known.clear()
            known |= counts
        return [counts[key] for key in keys]

    def speaker_labels(self) -> tuple[SpeakerLabel, ...]:
        """Every label under which somebody speaks, with the number of turns or pages and when."""
        return self._voices().labels

    def speaker_documents(
        self,
        labels: Collection[str],
        publishers: Collection[str],
        first: PartialDate | None = None,
        last: PartialDate | None = None,
    ) -> int:
        """How many documents have one of these speakers, or a publisher whose name contains one of these, in a time.

        Dates are compared at the coarser precision; undated documents count only without a time.
        """
        return self._voices().count(labels, self._publishers(publishers), first, last)

    def nearest_dates(
        self, labels: Collection[str], publishers: Collection[str], around: PartialDate
    ) -> tuple[PartialDate, ...]:
        """The dates of these speakers' or publishers' last document before a date and first one after it, as far as there are any."""
        return self._voices().nearest(labels, self._publishers(publishers), around)

    def _publishers(self, names: Collection[str]) -> tuple[str, ...]:
        """The publishers whose names contain one of these lower-case words; here, since databases know few letters' cases."""
        held = self._held_coverage().publishers
        return tuple(each for each in held if any(name in each.lower() for name in names))

    def _voices(self) -> Voices:
        return cast(
            Voices, self._catalogued("voices", lambda connection, entries: read_voices(connection, current(entries)))
        )

    def coverage(self) -> Coverage:
        """What is held, in a few figures, and what share of the passages is encoded now."""
        still = self._stills.get(threading.get_ident())
        if still is not None and still.coverage is not None:
            return still.coverage
        held = self._held_coverage()
        encoded = self.vectors.encoded(self._superseded())
        found = replace(held, encoded_share=encoded / held.passages) if encoded and held.passages else held
        if still is not None:
            still.coverage = found
        return found

    def _held_coverage(self) -> Coverage:
        def read(connection: Connection, entries: Sequence[Entry]) -> Coverage:
            return read_coverage(connection, entries, self._superseded())

        return cast(Coverage, self._catalogued("coverage", read))

    def relatives(self, id: str) -> tuple[Relative, ...]:
        """Other documents with nearly the same text, the whole that this one is a part of, and its other languages."""
        key = (self._state(), id)
        with self._lock:
            if key in self._relatives:
                return self._relatives[key]
        held = cast(Addresses, self._catalogued("addresses", lambda _, entries: addresses(current(entries))))
        found = tuple(
            related(self.document(id), held, reading=self._reading, read=lambda other: self.document(other).document)
        )
        with self._lock:
            self._relatives[key] = found
            while len(self._relatives) > _CACHED:
                self._relatives.popitem(last=False)
        return found

    def publisher_holdings(self, publisher: str | None = None) -> tuple[Holdings, ...]:
        """What is held of each publisher in each language over time, most first; `publisher` narrows to names that contain it."""
        return self._holdings(self._voices().of_publishers(publisher or ""))

    def speaker_holdings(self, people: Mapping[str, Collection[str]]) -> tuple[Holdings, ...]:
        """The same of people, each a name with the labels under which they speak."""
        return self._holdings(self._voices().of_people(people))

    def _holdings(self, groups: Sequence[Group]) -> tuple[Holdings, ...]:
        newest = [max(each.added for each in dated) for _, _, dated in groups]
        with self._reading() as connection:
            added_at = rows.read_added_at(connection, set(newest))
        found = [
            holdings(name, language, dated, added_at=added_at.get(id))
            for (name, language, dated), id in zip(groups, newest, strict=True)
        ]
        return tuple(sorted(found, key=lambda each: (-each.documents, each.name, each.language)))

    def shelf(self) -> tuple[Shelved, ...]:
        """Every document as a line, the latest first."""
        return cast("tuple[Shelved, ...]", self._remembered("shelf", rows.read_shelf))

    def search(self, words: str, *, limit: int) -> tuple[Hit, ...]:
        """The documents in whose passages these words stand, in whatever order; the best passage of each, best first."""
        found = self.retrieve(Query((words,), loose=True), limit=limit) if words.strip() else ()
        best = {each.passage.document_id: each.passage for each in reversed(found)}
        order = dict.fromkeys(each.passage.document_id for each in found)
        return tuple(Hit(id, best[id].span, best[id].version) for id in order)

    def stats(self) -> Stats:
        """What is held, by publisher, and how large it is."""
        coverage = self.coverage()
        with self._reading() as connection:
            return read_stats(connection, coverage, size=self.place.size(connection))

    def fingerprint(self) -> str:
        """Twelve hexadecimal digits that are the same exactly when the same versions are held, in whatever order they came."""
        return self._state()[:12]

    def is_current(self) -> bool:
        """Whether its tables are still those of this program; raises CorpusUnavailable when it cannot be asked."""
        with self._engine.connect() as connection:
            return is_current(connection)

    def verify(self) -> Iterator[str]:
        """Every problem found: damage of the file, changed texts, offsets that lead nowhere, passages that cannot be found."""
        return problems(self._engine, self.vectors, self.history)

    # Small things

    def _setting(self, name: str) -> str | None:
        with self._reading() as connection:
            return connection.execute(select(setting.c.value).where(setting.c.name == name)).scalar()

    def _state(self) -> str:
        """What tells that the corpus changed, by another process too."""
        still = self._stills.get(threading.get_ident())
        if still is not None:
            return still.state
        with self._reading() as connection:
            self._seen = rows.read_state(connection)
        return self._seen

    def _catalogued(self, name: str, read: Callable[[Connection, Sequence[Entry]], object]) -> object:
        """The same of what is worked out of the catalogue: of one state with it, and by one connection."""
        with self.still():
            return self._remembered(name, lambda connection: read(connection, self._catalogue()))

    def _remembered(self, name: str, read: Any) -> object:
        """A figure over the whole corpus, read again only after the corpus changed."""
        state = self._state()
        with self._lock:
            if self._held.get(name, (None, None))[0] == state:
                return cast(object, self._held[name][1])
        with self._reading() as connection:
            value = read(connection)
        with self._lock:
            self._held[name] = (state, value)
        return cast(object, value)


__all__ = ["Added", "Corpus", "Listed", "Publisher", "Stats"]
