"""A quote finds the passage it comes from, whatever an editor may have done to it, and always the same one."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.retrieve import interleaved
from corpus.store import Corpus
from corpus.text import words
from corpus.types import Candidate, Document, PartialDate, Passage, Query, Span

MakeDocument = Callable[..., Document]


def _stretch(document: Document, chance: random.Random, length: int) -> tuple[int, Span]:
    """A run of so many words inside one turn (or the whole turn)."""
    turn = chance.choice([turn for turn in document.turns if len(words(turn.span.of(document.text))) >= 8])
    found = words(turn.span.of(document.text))
    first = chance.randint(0, max(0, len(found) - length))
    last = min(len(found), first + length) - 1
    return turn.number, Span(found.starts[first], found.ends[last]).shift(turn.span.start)


def _edited(text: str, chance: random.Random) -> str:
    """The same with a word replaced, one left out and one put in."""
    parts = text.split()
    third = len(parts) // 3
    parts[chance.randrange(third)] = "replaced"
    del parts[third + chance.randrange(third)]
    parts.insert(2 * third + chance.randrange(third), "inserted")
    return " ".join(parts)


def _rank(found: tuple[Candidate, ...], document: Document, turn: int) -> int | None:
    """On which place the right turn stands."""
    for place, candidate in enumerate(found):
        if (candidate.passage.document_id, candidate.passage.turn) == (document.id, turn):
            return place
    return None


@pytest.mark.parametrize("length", [8, 12, 30, 60])
def test_a_verbatim_quote_finds_its_turn_first(archive: Corpus, speeches: tuple[Document, ...], length: int) -> None:
    chance = random.Random(length)
    for document in chance.sample(speeches, 60):
        turn, span = _stretch(document, chance, length)
        found = archive.retrieve(Query((span.of(document.text),)), limit=5)
        assert _rank(found, document, turn) == 0, span.of(document.text)
        assert found[0].score >= found[-1].score
        assert found[0].passage.span.overlaps(span)


def test_a_short_verbatim_quote_stands_whole_in_the_first_passage(archive: Corpus, make_document: MakeDocument) -> None:
    document = make_document("whole", text=" ".join(f"Nobody counted the item i{n} before." for n in range(300)))
    list(archive.add([document]))
    for number in range(0, 299, 13):
        quote = f"Nobody counted the item i{number} before"
        passage = archive.retrieve(Query((quote,)), limit=3)[0].passage
        assert quote in passage.span.of(document.text)


@pytest.mark.parametrize("length", [15, 30, 60])
def test_an_edited_quote_finds_its_turn(archive: Corpus, speeches: tuple[Document, ...], length: int) -> None:
    chance = random.Random(length)
    for document in chance.sample(speeches, 60):
        turn, span = _stretch(document, chance, length)
        quote = _edited(span.of(document.text), chance)
        assert _rank(archive.retrieve(Query((quote,)), limit=5), document, turn) is not None, quote


def test_eight_words_with_two_edits_find_their_turn(archive: Corpus, speeches: tuple[Document, ...]) -> None:
    chance = random.Random(8)
    missed = 0
    for document in chance.sample(speeches, 60):
        turn, span = _stretch(document, chance, 8)
        parts = span.of(document.text).split()
        parts[2], parts[5] = "replaced", "replaced"
        missed += _rank(archive.retrieve(Query((" ".join(parts),)), limit=20), document, turn) is None
    assert missed <= 3, "three pairs are left, and only when all are common may the turn be missed"


def test_two_pieces_of_one_turn_find_it_first(archive: Corpus, speeches: tuple[Document, ...]) -> None:
    chance = random.Random(2)
    for document in chance.sample(speeches, 60):
        turn = max(document.turns, key=lambda turn: len(turn.span))
        parts = turn.span.of(document.text).split()
        query = Query((" ".join(parts[:6]), " ".join(parts[-6:])))
        assert _rank(archive.retrieve(query, limit=5), document, turn.number) == 0


def test_pieces_of_one_turn_outrank_the_same_pieces_apart(corpus: Corpus, make_document: MakeDocument) -> None:
    one, two = "The quiet harbour of Marlo sleeps.", "Seven lanterns burn for every sailor."
    filling = " ".join(f"Sentence f{n} stands between them here." for n in range(60))
    list(
        corpus.add(
            [
                make_document("a-apart", turns=[("Ada Lorne", one), ("Bram Ostrey", two)]),
                make_document("b-first", text=one),
                make_document("c-together", text=f"{one} {filling} {two}"),
                make_document("d-second", text=two),
            ]
        )
    )
    found = corpus.retrieve(Query((one, two)), limit=6)
    assert [candidate.passage.document_id for candidate in found[:2]] == ["c-together", "c-together"]


@pytest.mark.parametrize(
    ("quote", "document"),
    [
        ("“Xanthic Xebecs, sailing — SLOWLY”", "folded"),
        ("kolossal", "word"),
        ("quaint quoins", "pair"),
        ("гавань откроется весной", "cyrillic"),
        ("will not be", "function"),
    ],
)
def test_short_and_differently_written_quotes_are_found(
    corpus: Corpus, make_document: MakeDocument, quote: str, document: str
) -> None:
    list(
        corpus.add(
            [
                make_document("folded", text="They saw xanthic\nxebecs sailing slowly."),
                make_document("word", text="A kolossal mistake it was."),
                make_document("pair", text="Its quaint quoins are of stone."),
                make_document("cyrillic", text="Гавань откроется весной.", language="ru"),
                make_document("function", text="It will not be so."),
            ]
        )
    )
    found = corpus.retrieve(Query((quote,)), limit=5)
    assert [candidate.passage.document_id for candidate in found][:1] == [document]


@pytest.mark.parametrize("parts", [(), ("",), ("…",), ("", "!?"), ("unheardof wordings everywhere",)])
def test_what_cannot_be_found_gives_nothing(archive: Corpus, parts: tuple[str, ...]) -> None:
    assert archive.retrieve(Query(parts), limit=5) == ()


def test_never_more_than_the_limit_is_given(archive: Corpus) -> None:
    for limit in (1, 3, 10):
        assert len(archive.retrieve(Query(("of the for the with our",), loose=True), limit=limit)) <= limit


def test_the_same_question_has_the_same_answer(archive: Corpus, speeches: tuple[Document, ...]) -> None:
    queries = [Query((document.text[:80], document.text[-60:]), loose=True) for document in speeches[:40]]
    answers = [archive.retrieve(query, limit=10) for query in queries]
    with Corpus.open(archive.place) as another:
        assert [another.retrieve(query, limit=10) for query in queries] == answers


def test_the_answer_does_not_depend_on_how_the_corpus_was_filled(
    tmp_path: Path, speeches: tuple[Document, ...]
) -> None:
    queries = [Query((document.text[:90],)) for document in speeches[:80:2]]
    with Corpus.open(tmp_path / "one", create=True) as one, Corpus.open(tmp_path / "many", create=True) as many:
        list(one.add(speeches[:80]))
        for at in range(0, 80, 8):
            list(many.add(speeches[at : at + 8], settle=False))
        expected = [one.retrieve(query, limit=5) for query in queries]
        assert [many.retrieve(query, limit=5) for query in queries] == expected
        many.settle()
        assert [many.retrieve(query, limit=5) for query in queries] == expected


def test_superseded_versions_are_not_found_and_do_not_crowd_out_the_current_one(
    corpus: Corpus, make_document: MakeDocument
) -> None:
    quote = "The quiet harbour of Marlo sleeps tonight."
    for number in range(12):
        list(corpus.add([make_document(text=f"{quote} Revision r{number}.")]))
    (found,) = corpus.retrieve(Query((quote,)), limit=1)
    assert found.passage.version == 12
    assert len(corpus.retrieve(Query((quote,)), limit=50)) == 1


def test_a_named_document_is_searched_however_common_its_words_are(corpus: Corpus, make_document: MakeDocument) -> None:
    quote = "Thank you all very much for coming."
    list(corpus.add(make_document(f"marlo-{n:03}", text=f"{quote} Day d{n}.") for n in range(200)))
    for id in ("marlo-000", "marlo-120", "marlo-199"):
        found = corpus.retrieve(Query((quote,), document_id=id), limit=2)
        assert id in {candidate.passage.document_id for candidate in found}


@pytest.mark.parametrize(
    ("first", "last", "held"),
    [
        ("2014-03-17", "2014-03-19", "2014-03-18"),  # days
        ("2014-02-27", "2014-03-02", "2014-03"),  # the document names the month only
        ("2014", "2014", "2014-03-18"),  # the claim names the year only
        ("1994-12-31", "1995-01-02", "1995"),  # over the end of a year
    ],
)
def test_the_documents_of_a_time_are_searched_however_common_their_words_are(
    corpus: Corpus, make_document: MakeDocument, first: str, last: str, held: str
) -> None:
    quote = "Thank you all very much for coming."
    days = [f"19{60 + n // 12}-{1 + n % 12:02}-03" for n in range(200)]
    list(corpus.add(make_document(f"marlo-{day}", text=f"{quote} Day d{day}.", date=day) for day in days))
    list(corpus.add([make_document("wanted", text=f"{quote} The day.", date=held)]))
    query = Query((quote,), between=(PartialDate.parse(first), PartialDate.parse(last)))
    found = corpus.retrieve(query, limit=2)
    assert found and "wanted" in {candidate.passage.document_id for candidate in found}
    assert len(found) == 2  # others are not left out


def test_naming_an_unknown_document_hides_nothing(corpus: Corpus, make_document: MakeDocument) -> None:
    list(corpus.add([make_document()]))
    assert len(corpus.retrieve(Query(("the harbour of Marlo will open",), document_id="nowhere"), limit=2)) == 1


def test_document_frequency_counts_passages_and_says_nothing_of_empty_words(
    corpus: Corpus, make_document: MakeDocument
) -> None:
    list(
        corpus.add(
            [make_document("a", text="The harbour, the harbour."), make_document("b", text="The harbour light.")]
        )
    )
    assert corpus.document_frequency(["harbour", "light", "the", "absent", "harbour"]) == [2, 1, 0, 0, 2]
    assert corpus.document_frequency([]) == []
    list(corpus.add([make_document("another", "The harbour sleeps.")]))
    assert corpus.document_frequency(["harbour", "light"]) == [3, 1]


def _candidate(id: int, score: float, cosine: float | None = None) -> Candidate:
    return Candidate(Passage(id, f"marlo-{id}", 1, 0, Span(0, 1)), score, cosine)


def test_the_nth_by_meaning_stands_where_the_nth_by_words_does() -> None:
    by_words = [_candidate(1, 0.9), _candidate(2, 0.5), _candidate(3, 0.1)]
    by_meaning = [_candidate(4, 0.8, 0.8), _candidate(3, 0.7, 0.7), _candidate(5, 0.6, 0.6), _candidate(6, 0.05, 0.05)]
    found = interleaved(by_words, [by_meaning], limit=10)
    assert [each.passage.id for each in found] == [1, 4, 2, 3, 5, 6]
    assert [each.score for each in found] == [0.9, 0.9, 0.5, 0.5, 0.1, 0.05]
    assert [each.cosine for each in found] == [None, 0.8, None, 0.7, 0.6, 0.05]


def test_without_words_in_common_the_meanings_of_two_spaces_take_turns() -> None:
    english = [_candidate(1, 0.9, 0.9), _candidate(2, 0.8, 0.8)]
    others = [_candidate(3, 0.4, 0.4)]
    assert [each.passage.id for each in interleaved([], [english, others], limit=2)] == [1, 3]
    assert interleaved([], [], limit=5) == ()


def test_what_words_found_is_never_put_lower() -> None:
    by_words = [_candidate(1, 1.0), _candidate(2, 0.2)]
    found = interleaved(by_words, [[_candidate(3, 0.9, 0.9), _candidate(1, 0.8, 0.8)]], limit=2)
    assert [(each.passage.id, each.score) for each in found] == [(1, 1.0), (3, 1.0)]
