"""Windows hold every word once, fit the network, and say of each word what the rules found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.extract import read_statements
from checker.extract.tagger.windows import CONTENT, CUE, LONGEST, SOURCE, first_of, further, ranges_of, tags_of, windows
from corpus.embed import word_pieces

_WORDS = st.sampled_from(
    [
        "Ada",
        "said",
        "the",
        "quay",
        "“yes”",
        "internationalisation",
        "that",
        ".",
        "\n\n",
        "supercalifragilistic" * 9,
        "3.5",
        "Ж",
    ]
)


@given(st.lists(_WORDS, max_size=900).map(" ".join))
def test_every_word_stands_in_one_window_that_fits(text: str) -> None:
    tokens, found = read_statements(text)
    at = 0
    for window in windows(tokens, found, word_pieces()):
        assert window.first == at
        assert len(window.pieces) <= LONGEST
        size = window.last - window.first
        assert len(window.heads) == len(window.kinds) == len(window.links) == size > 0
        assert (window.heads[1:] > window.heads[:-1]).all() and window.heads[0] == 1
        at = window.last
    assert at == len(tokens.raw)


def test_the_rules_reading_goes_along() -> None:
    tokens, found = read_statements("Ada Lorne said that the quay was shut. Nothing else happened.")
    (window,) = windows(tokens, found, word_pieces())
    tags = window.kinds // 2
    assert [int(tags[tokens.keys.index(word)]) for word in ("ada", "lorne", "said", "that", "shut", "nothing")] == [
        first_of(SOURCE), further(SOURCE), first_of(CUE), first_of(CONTENT), further(CONTENT), 0,
    ]  # fmt: skip
    assert len({int(link) for link in window.links if link >= 0}) == 1


def test_paragraphs_without_any_sign_of_a_cue_are_passed_over() -> None:
    text = "The quay is long.\n\nAda Lorne denied it.\n\nIt rained on Monday.\n\n“Go,” it read."
    tokens, _ = read_statements(text)
    read = [
        (tokens.raw[w.first], w.last - w.first)
        for w in windows(tokens, (), word_pieces(), cue_words=frozenset(["denied"]))
    ]
    assert read == [("Ada", 5), ("“", 7)]


@pytest.mark.parametrize("text", ["", "\n\n", "…"])
def test_nothing_makes_no_window_or_a_small_one(text: str) -> None:
    tokens, found = read_statements(text)
    assert len(list(windows(tokens, found, word_pieces()))) == (1 if tokens.raw else 0)


def test_a_statement_is_tagged_by_its_ranges() -> None:
    tokens, found = read_statements("“We agree,” Lorne said.")
    tags = tags_of(tokens, [ranges_of(each) for each in found])
    assert tags.tolist()[-3:] == [first_of(SOURCE), first_of(CUE), 0]
