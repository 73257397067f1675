"""What is worked out of the catalogue is what stands in the tables."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from corpus.relatives import Owner, _often
from corpus.store import Corpus
from corpus.types import Document

MakeDocument = Callable[..., Document]


def test_only_what_is_current_is_counted(corpus: Corpus, make_document: MakeDocument) -> None:
    words = "The ferry sails from the northern quay at noon. " * 60
    list(corpus.add([make_document("m-1", words, date="2031-04-15"), make_document("m-2", "Short.", date=None)]))
    before = corpus.coverage()
    list(corpus.add([make_document("m-1", "The ferry sails no more.", date="2031-05-01")]))
    after = corpus.coverage()
    assert (before.documents, after.documents) == (2, 2)
    assert before.passages > after.passages == 2
    assert str(after.first) == str(after.last) == "2031-05-01", "the earlier version's day is not held any more"


def test_an_empty_corpus_has_neither_days_nor_passages(corpus: Corpus) -> None:
    held = corpus.coverage()
    assert (held.documents, held.passages, held.publishers, held.first, held.last) == (0, 0, (), None, None)
    assert corpus.speaker_labels() == ()


_LISTS = some.lists(some.lists(some.integers(0, 59), max_size=12, unique=True), min_size=1, max_size=9)


@given(lists=_LISTS, share=some.sampled_from([0.3, 0.7, 1.0]), ends=some.sets(some.integers(1, 59), max_size=8))
def test_who_is_in_most_lists_is_found_by_the_shortest(lists: list[list[int]], share: float, ends: set[int]) -> None:
    cuts = [0, *sorted(ends), 60]
    owners = [Owner(f"d{first}", first, last - 1) for first, last in pairwise(cuts)]
    least = max(1, round(share * len(lists)))
    asked: list[int] = []

    def owners_of(numbers: object) -> list[Owner]:
        asked.extend(numbers)  # type: ignore[call-overload]  # a sequence of numbers
        return [each for each in owners if any(each.first <= number <= each.last for number in asked)]

    met = {
        each: [n for n, numbers in enumerate(lists) if any(each.first <= number <= each.last for number in numbers)]
        for each in owners
    }
    order = sorted(owners, key=lambda each: (-len(met[each]), met[each][:1], each.first))
    found = _often([np.array(numbers, dtype=np.uint32) for numbers in lists], owners_of, least=least)
    assert found == [each.id for each in order if len(met[each]) >= least]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_twins_are_found_whichever_language_is_commoner(
    corpus: Corpus, make_document: MakeDocument, language: str
) -> None:
    url = "https://marlo.example/{}/7"
    pair = [
        make_document(f"m-{each}", f"The harbour opens. {each}", language=each, url=url.format(each), date="2031-04-15")
        for each in ("en", "ru")
    ]
    more = [
        make_document(f"x-{n}", f"Another page, number {n}.", language=language, url=f"https://marlo.example/{n}0")
        for n in range(3)
    ]
    list(corpus.add([*pair, *more]))
    assert [each.id for each in corpus.relatives("m-en")] == ["m-ru"]
    assert [each.id for each in corpus.relatives("m-ru")] == ["m-en"]
