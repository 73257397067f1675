"""Passages: whole words, every word, never over the border between two speakers."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.passages import LENGTH, LONGEST_SENTENCE, OVERLAP, split
from corpus.read.turns import Said, lay_out
from corpus.text import words
from corpus.types import Document

MakeDocument = Callable[..., Document]

_PIECES = st.sampled_from(
    "harbour,We,Mr.,3.5,“the,end”.,.,?,\n\n,\n, ,марло,don’t,x²,\u00ad,—,…,ﬁrst,e\u0301,🚢,\u200b,$5,U.S.,|,港,ends.,Why?".split(
        ","
    )
)
_TEXTS = st.lists(_PIECES, max_size=400).map(" ".join) | st.text(max_size=200)
_DOCUMENTS = st.lists(_TEXTS, min_size=1, max_size=4).map(
    lambda texts: Document("x", "Marlo", "x", *lay_out([Said(f"S{n}", text) for n, text in enumerate(texts)]))
)


def assert_sound(document: Document) -> None:
    """Check what every passage promises."""
    spans = {turn.number: turn.span for turn in document.turns}
    covered: set[tuple[int, int]] = set()
    for piece in split(document):
        turn = spans[piece.turn]
        assert turn.start <= piece.span.start < piece.span.end <= turn.end
        inner = words(turn.of(document.text))
        places = [
            (start + turn.start, end + turn.start)
            for start, end in zip(inner.starts, inner.ends, strict=True)
            if piece.span.start <= start + turn.start and end + turn.start <= piece.span.end
        ]
        assert (places[0][0], places[-1][1]) == (piece.span.start, piece.span.end)
        assert len(places) == len(piece.keys) <= max(LENGTH + OVERLAP, LONGEST_SENTENCE)
        covered.update(places)
    for turn in spans.values():
        inner = words(turn.of(document.text))
        for start, end in zip(inner.starts, inner.ends, strict=True):
            assert (start + turn.start, end + turn.start) in covered


@given(_DOCUMENTS)
@settings(max_examples=150, deadline=None)
def test_every_passage_is_whole_words_of_one_turn_and_every_word_is_in_one(document: Document) -> None:
    assert_sound(document)


def test_it_holds_for_generated_speeches(speeches: tuple[Document, ...]) -> None:
    for document in speeches:
        assert_sound(document)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("harbour " * 5_000, "no punctuation at all"),
        ("harbour, " * 5_000, "commas only"),
        ("word\n" * 2_000, "line breaks only"),
        (("harbour " * 161) + ". " + ("spring " * 99) + ".", "one word more than the longest sentence"),
        (("harbour " * 160) + ". " + ("spring " * 160) + ".", "two of the longest sentences"),
        ("Yes. " * 3_000, "one word a sentence"),
        ("«Марло " * 700, "opening marks without an end"),
        ("x" * 100_000, "one endless word"),
        ("港" * 2_000, "a script without spaces"),
    ],
)
def test_a_text_without_the_usual_punctuation_is_cut_at_words(make_document: MakeDocument, text: str, why: str) -> None:
    document = make_document(text=text)
    assert_sound(document)
    assert len(list(split(document))) >= len(words(document.text)) // LONGEST_SENTENCE, why


@pytest.mark.parametrize("text", ["…", "— — —", "\u200b", "!?", "🚢 🚢"])
def test_a_text_without_words_has_no_passages(make_document: MakeDocument, text: str) -> None:
    assert list(split(make_document(text=text))) == []


def test_a_short_turn_is_one_passage_of_its_own(make_document: MakeDocument) -> None:
    document = make_document(turns=[("Ada Lorne", "Yes."), ("Q", "“Really?”"), ("Ada Lorne", "Yes, I do.")])
    found = [(piece.turn, piece.span.of(document.text)) for piece in split(document)]
    assert found == [(0, "Yes"), (1, "Really"), (2, "Yes, I do")]


def test_neighbours_share_their_border_sentences_so_that_a_short_quote_stands_whole_in_one(
    make_document: MakeDocument,
) -> None:
    sentences = [f"Sentence number n{n} has exactly eight words here." for n in range(200)]
    document = make_document(text=" ".join(sentences))
    passages = [piece.keys for piece in split(document)]
    for one, other in itertools.pairwise(sentences):
        quote = words(f"{one} {other}").keys
        assert any(quote == keys[at : at + len(quote)] for keys in passages for at in range(len(keys) - len(quote) + 1))


def test_the_same_document_is_always_cut_the_same_way(speeches: tuple[Document, ...]) -> None:
    assert list(split(speeches[0])) == list(split(speeches[0]))
