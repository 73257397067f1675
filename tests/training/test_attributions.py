"""The open corpus is what its README says, its marks go together, and what is exchanged keeps its place."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.extract.tagger.windows import CONTENT, CUE, SOURCE, first_of
from corpus.embed import word_pieces
from corpus.types import Span
from training.attributions.augment import Stock
from training.attributions.corpus import TEXTS, read_corpus, split_of
from training.attributions.examples import examples_of
from training.attributions.markup import MarkupError, Piece, read_pieces
from training.attributions.statistics import table

PIECES = tuple(read_corpus())
_TEXT = """## agency; a quay

{S1 {S2 Ada Lorne}} {C1 said} {Q1 “we {S3 all} {A3 want} {Q3 peace}”} and {C2 vowed} {Q2 to stay}.

{Q1 “For long.”}
"""


def test_marks_become_offsets_and_attributions_in_pieces_are_one(tmp_path: Path) -> None:
    path = tmp_path / "x" / "01.txt"
    path.parent.mkdir()
    path.write_text(_TEXT, encoding="utf-8")
    (piece,) = read_pieces(path)
    assert piece.text == "Ada Lorne said “we all want peace” and vowed to stay.\n\n“For long.”"
    found = {each.cue[0].of(piece.text): each for each in piece.attributions}
    assert [span.of(piece.text) for span in found["said"].content] == ["“we all want peace”", "“For long.”"]
    assert found["vowed"].source == found["said"].source == (Span(0, 9),)
    assert (found["want"].stance, found["want"].nested, found["said"].nested) == ("attitude", True, False)


@pytest.mark.parametrize(
    ("text", "says"),
    [("{Q1 a", "never closed"), ("a}", "never opened"), ("{C1 said}", "needs a content"), ("{C1 a} {A1 b} {Q1 c}", "one cue")],
)  # fmt: skip
def test_marks_that_do_not_go_together_are_named(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "01.txt"
    path.write_text(f"## a; b\n{text}\n", encoding="utf-8")
    with pytest.raises(MarkupError, match=says):
        list(read_pieces(path))


def test_it_is_as_large_as_was_promised_and_the_readme_counts_it() -> None:
    paragraphs = sum(bool(line.strip()) for piece in PIECES for line in piece.text.split("\n"))
    assert paragraphs >= 3_000
    assert sum(len(piece.text.split()) for piece in PIECES) >= 100_000
    assert table() in (TEXTS.parent / "README.md").read_text(encoding="utf-8")


def test_names_are_unique_and_no_text_stands_in_two_splits() -> None:
    assert len({piece.id for piece in PIECES}) == len(PIECES)
    splits: dict[str, set[str]] = {}
    for piece in PIECES:
        for line in filter(None, piece.text.split("\n")):
            if len(line.split()) > 12:
                splits.setdefault(line, set()).add(split_of(piece))
    assert all(len(found) == 1 for found in splits.values())


@pytest.mark.parametrize("piece", PIECES[::10], ids=lambda piece: piece.id)
def test_edges_of_marks_are_edges_of_words(piece: Piece) -> None:
    for each in piece.attributions:
        for span in (*each.source, *each.cue, *each.content):
            assert span.of(piece.text) == span.of(piece.text).strip() != ""


@given(seed=st.integers(0, 10_000), number=st.integers(0, len(PIECES) - 1))
def test_exchanged_stretches_take_their_marks_along(seed: int, number: int) -> None:
    piece = PIECES[number]
    varied = _STOCK.exchanged(piece, random.Random(seed), share=0.5)
    assert len(varied.attributions) == len(piece.attributions)
    for before, after in zip(piece.attributions, varied.attributions, strict=True):
        for role in ("source", "cue", "content"):
            ours, theirs = getattr(before, role), getattr(after, role)
            assert len(ours) == len(theirs)
            for span in theirs:
                assert span.of(varied.text).strip() == span.of(varied.text) != ""
    # What is not exchanged is the same text: the same words around, in the same order.
    kept = [each.cue[0].of(varied.text) for each in varied.attributions]
    assert len(kept) == len(piece.attributions)


_STOCK = Stock(PIECES)


def test_examples_say_what_is_right_word_by_word() -> None:
    examples = list(examples_of(PIECES[:20], word_pieces()))
    tags = Counter(int(tag) for each in examples for tag in each.tags)
    assert all(tags[first_of(role)] > 20 for role in (SOURCE, CUE, CONTENT))
    for each in examples:
        for place in np.flatnonzero(each.cue_of >= 0):
            assert each.tags[each.cue_of[place]] == first_of(CUE)
