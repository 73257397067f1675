"""From candidates to statements: best first, and a document is read only when its turn comes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.pipeline import readable_quotation
from checker.statements import gather
from checker.types import Claim
from corpus.read import Defaults, read_text
from corpus.store import Corpus
from corpus.types import Candidate, Passage, Span, StoredDocument

LENGTH = 20_000


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    opened = Corpus.open(tmp_path / "corpus", create=True)
    text = "The harbour of Marlo will open. " * (LENGTH // 32)
    page = read_text(text, name="page", defaults=Defaults("Harbour Office of Marlo"))
    list(opened.add(replace(page, id=f"d{number}") for number in range(4)))
    return opened


_CANDIDATES = st.lists(
    st.builds(
        lambda number, start, score: Candidate(
            Passage(1, f"d{number}", 1, 0, Span(start * 100, start * 100 + 300)), score
        ),
        st.integers(0, 3),
        st.integers(0, 150),
        st.sampled_from([0.2, 0.5, 0.5, 0.9, 1.0]),
    ),
    max_size=12,
)


@given(candidates=_CANDIDATES, limit=st.integers(1, 6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_statements_come_best_first_each_within_its_turn(
    corpus: Corpus, candidates: list[Candidate], limit: int
) -> None:
    quotation = readable_quotation(Claim("The harbour of Marlo will open"))
    found = list(gather(candidates, quotation, corpus, limit=limit))
    scores = [each.score for each in found]
    assert scores == sorted(scores, reverse=True)
    assert len(found) <= limit
    assert bool(found) == bool(candidates)
    if found:
        assert scores[0] == max(each.score for each in candidates)
    assert all(each.within.end <= len(each.document.text) for each in found)
    spans = [(each.document.id, each.within) for each in found]
    assert not any(
        one[0] == other[0] and one[1].overlaps(other[1]) for one in spans for other in spans if one is not other
    )


HARBOUR = readable_quotation(Claim("The harbour of Marlo will open"))
RANKED = [Candidate(Passage(n, f"d{n}", 1, 0, Span(0, 300)), 1.0 - n / 10) for n in range(4)]


@pytest.fixture
def read(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the documents that the corpus is asked for."""
    asked: list[str] = []

    def noted(id: str, *, version: int | None = None) -> StoredDocument:
        asked.append(id)
        return Corpus.document(corpus, id, version=version)

    monkeypatch.setattr(corpus, "document", noted)
    return asked


def test_only_the_documents_that_are_asked_for_are_read(corpus: Corpus, read: list[str]) -> None:
    statements = gather(RANKED, HARBOUR, corpus, limit=4)
    assert (next(statements).document.id, read) == ("d0", ["d0"])
    assert ([each.document.id for each in statements], read) == (["d1", "d2", "d3"], ["d0", "d1", "d2", "d3"])


@given(candidates=_CANDIDATES, least=st.sampled_from([0.2, 0.5, 0.9]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_what_scores_less_than_is_wanted_is_left_out(corpus: Corpus, candidates: list[Candidate], least: float) -> None:
    quotation = readable_quotation(Claim("The harbour of Marlo will open"))
    every = list(gather(candidates, quotation, corpus, limit=6))
    wanted = [each for each in every if each.score >= least]
    assert list(gather(candidates, quotation, corpus, limit=6, least=lambda: least)) == wanted


def test_a_document_that_scores_less_than_is_wanted_now_is_not_read(corpus: Corpus, read: list[str]) -> None:
    wanted = iter([0.0, 0.85, 0.85])
    statements = gather(RANKED, HARBOUR, corpus, limit=4, least=lambda: next(wanted))
    assert ([each.document.id for each in statements], read) == (["d0", "d1"], ["d0", "d1"])
