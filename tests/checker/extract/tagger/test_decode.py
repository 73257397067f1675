"""From scores to statements: tags in lawful order, contents at their cues, marks before what the network believes."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from checker.extract import read_statements
from checker.extract.tagger.choose import chosen
from checker.extract.tagger.decode import ATTITUDE, SPOKEN, Marked, likeliest, marked, snapped, statements_in, whole
from checker.extract.tagger.network import Floats, Scores, buckets
from checker.extract.tagger.windows import CONTENT, CUE, SOURCE, TAGS, first_of, further, windows
from checker.extract.tokens import Tokens
from corpus.embed import word_pieces

_SURE = 6.0


@given(arrays.arrays(np.float32, st.tuples(st.integers(1, 40), st.just(TAGS)), elements=st.floats(-9, 0, width=32)))
def test_a_further_word_follows_its_own_role_only(tags: Floats) -> None:
    path = likeliest(tags)
    for before, tag in zip([0, *path.tolist()], path.tolist(), strict=False):
        if tag and tag % 2 == 0:
            assert before in (tag - 1, tag)
    spans = marked(tags)
    assert all(one.last <= other.first for one, other in itertools.pairwise(spans))


def test_each_content_goes_to_the_cue_it_answers_to_and_each_cue_has_its_source() -> None:
    tokens, _ = read_statements("Ada said quays open and Bo fears rain")
    scores = _scores(
        tokens,
        {
            "Ada": (SOURCE, 1),
            "said": (CUE, 1),
            "quays": (CONTENT, 2),
            "Bo": (SOURCE, 1),
            "fears": (CUE, 1),
            "rain": (CONTENT, 1),
        },
    )
    for content, cue in (("quays", "said"), ("rain", "fears")):
        scores.of_content[_at(tokens, content), _at(tokens, cue)] = _SURE
    for source, cue in (("Ada", "said"), ("Bo", "fears")):
        scores.of_source[_at(tokens, source), _at(tokens, cue)] = _SURE
    scores.spoken[_at(tokens, "fears")] = -1
    (window,) = windows(tokens, (), word_pieces())
    found = list(statements_in(tokens, window, scores))
    assert [_words(tokens, each.content[0]) for each in found] == ["quays open", "rain"]
    assert [each.source and _words(tokens, each.source) for each in found] == ["Ada", "Bo"]
    assert [each.confidence for each in found] == [SPOKEN, ATTITUDE]


def test_no_source_is_given_where_none_answers() -> None:
    tokens, _ = read_statements("Reportedly quays open near Ada")
    scores = _scores(tokens, {"Reportedly": (CUE, 1), "quays": (CONTENT, 2), "Ada": (SOURCE, 1)})
    scores.of_source[:] = -1
    (window,) = windows(tokens, (), word_pieces())
    (found,) = statements_in(tokens, window, scores)
    assert found.source is None


def test_holes_in_a_content_are_closed_but_for_cue_and_source_and_single_words_apart_fall_away() -> None:
    cue, source = Marked(CUE, 11, 12), Marked(SOURCE, 12, 13)
    content = [Marked(CONTENT, *each) for each in ((0, 1), (4, 7), (8, 11), (13, 20))]
    assert list(whole(content, [cue, source])) == [(4, 11), (13, 20)]
    assert list(whole(content[:1], [cue])) == [(0, 1)], "all of it may be one word"


def test_a_content_that_is_most_of_a_quotation_is_the_quotation() -> None:
    tokens, (found,) = read_statements("“We shall open the quay tomorrow,” Lorne said.")
    short = _with_content(found, (found.content[0][0] + 2, found.content[0][1] - 1))
    assert snapped(tokens, short).content == found.content
    word = _with_content(found, (found.content[0][0] + 4, found.content[0][0] + 6))
    assert snapped(tokens, word) == word, "a part that is spoken of by itself stays one"


def test_of_two_that_overlap_the_likelier_is_taken_and_the_unlikely_is_dropped() -> None:
    tokens, (proposed,) = read_statements("Lorne said the quay was shut.")
    tags = np.full((len(tokens.raw), TAGS), np.log(0.01), np.float32)
    tags[:, 0] = 0.0
    assert chosen([proposed], [], tags) == ()
    shorter = _with_content(proposed, (proposed.content[0][0], proposed.content[0][1] - 1))
    _sure(tags, proposed.cue, CUE)
    _sure(tags, shorter.content[0], CONTENT)
    (taken,) = chosen([proposed], [shorter], tags)
    assert taken.content == shorter.content
    assert taken.lemma == proposed.lemma


def test_a_rule_that_is_sure_is_favoured_over_what_the_tagger_likes_hardly_better() -> None:
    tokens, (proposed,) = read_statements("Lorne said the quay was shut.")
    tags = np.full((len(tokens.raw), TAGS), np.log(0.01), np.float32)
    tags[:, 0] = 0.0
    _sure(tags, proposed.cue, CUE)
    _sure(tags, proposed.content[0], CONTENT)
    last = proposed.content[0][1] - 1
    tags[last, further(CONTENT)] = np.log(0.2)
    shorter = _with_content(proposed, (proposed.content[0][0], last))
    (taken,) = chosen([replace(proposed, confidence=0.5)], [shorter], tags)
    assert taken.content == shorter.content
    (taken,) = chosen([replace(proposed, confidence=1.0)], [shorter], tags)
    assert taken.content == proposed.content


def test_distances_have_a_class_on_either_side() -> None:
    assert buckets(np.array([0, 1, 3, 200, -1, -3, -200])).tolist() == [0, 1, 2, 7, 9, 10, 15]


def _scores(tokens: Tokens, roles: dict[str, tuple[int, int]]) -> Scores:
    size = len(tokens.raw)
    tags = np.full((size, TAGS), -_SURE, np.float32)
    tags[:, 0] = -1.0
    for word, (role, length) in roles.items():
        _sure(tags, (_at(tokens, word), _at(tokens, word) + length), role)
    square = np.zeros((size, size), np.float32)
    return Scores(tags, square.copy(), square.copy(), np.ones(size, np.float32))


def _sure(tags: Floats, where: tuple[int, int] | None, role: int) -> None:
    assert where is not None
    tags[slice(*where)] = -_SURE
    tags[where[0], first_of(role)] = 0.0
    tags[where[0] + 1 : where[1], further(role)] = 0.0


def _at(tokens: Tokens, word: str) -> int:
    return tokens.raw.index(word)


def _words(tokens: Tokens, where: tuple[int, int]) -> str:
    return " ".join(tokens.raw[slice(*where)])


def _with_content(statement, content):  # type: ignore[no-untyped-def]
    return replace(statement, content=(content,))
