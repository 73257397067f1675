"""How sure a verdict is: a probability, higher where the signs are better."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.confidence import WEIGHTS, confidence
from checker.types import Status

STATUSES: tuple[Status, ...] = ("verified", "paraphrased", "unsourced")


@given(st.sampled_from(STATUSES), st.dictionaries(st.text(), st.floats(0, 1)))
def test_it_is_a_probability_and_never_certain(status: Status, found: dict[str, float]) -> None:
    assert 0 < confidence(status, found) < 1


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_has_weights_and_a_constant(status: Status) -> None:
    assert "always" in WEIGHTS[status]


def test_an_absent_indirect_statement_is_less_sure_than_an_absent_quotation() -> None:
    quoted = {"always": 1.0, "indirect": 0.0}
    assert confidence("unsourced", quoted) > confidence("unsourced", {"always": 1.0, "indirect": 1.0})
