"""The judge that comes with the program: what it reads, and that it tells saying from not saying."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.judge import load_judge
from checker.judge.alignment import lay
from checker.judge.attentive import WEIGHTS
from corpus.embed import Encoders

PASSAGE = (
    "We talked for two hours about the fish in the bay. My government will pay every skipper who leaves his boat in the "
    "harbour until June, and we have asked Dremland to do the same. Nobody is forced to."
)


@given(st.integers(1, 12), st.integers(1, 60), st.integers(0, 2**32 - 1))
def test_a_claim_is_laid_beside_a_passage_piece_by_piece(claim: int, passage: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    ours, theirs = (chance.normal(size=(size, 768)).astype(np.float32) for size in (claim, passage))
    laid = lay(ours, theirs)
    assert (laid.claim.shape, laid.answers.shape, laid.whole.shape) == ((claim, 768), (claim, 771), (770,))
    assert np.isfinite(laid.answers).all() and np.isfinite(laid.whole).all()
    assert np.abs(laid.answers[:, 768:]).max() <= 1.001  # cosines


def test_the_weights_are_small_enough_to_carry() -> None:
    assert WEIGHTS.stat().st_size < 40_000_000


def test_without_an_encoder_there_is_no_judge() -> None:
    assert load_judge(Encoders("none", "none")) is None


@pytest.mark.model
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(
    ("true", "false"),
    [
        (
            "Fishermen who keep their boats in port until June are to get money from the state",
            "Fishermen who keep their boats in port until June are to pay a fine to the state",
        ),
        ("The neighbour was asked to take the same step", "The neighbour has promised to take the same step"),
        ("Taking part is up to each skipper", "Boats that stay at sea will be seized by the navy"),
    ],
)
def test_it_finds_what_is_said_likelier_than_what_is_not(
    true: str, false: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    judge = load_judge(Encoders(cache=_cache(tmp_path_factory)))
    assert judge is not None and judge.name.startswith("onrecord-judge@")
    (borne,), (not_borne,) = judge.bears_out(true, [PASSAGE]), judge.bears_out(false, [PASSAGE])
    assert borne > not_borne
    assert judge.bears_out(true, [PASSAGE, PASSAGE]) == (borne, borne)


def _cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.getbasetemp() / "encoder"
