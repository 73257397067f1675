"""Of a corpus' labels none is passed over that could be the name asked for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from checker.speakers.labelled import candidates
from checker.speakers.names import same_name

_PARTS = st.sampled_from(
    ["Vladimir", "В.", "Путин", "Putin", "THE PRESIDENT:", "Mr.", "Игорь", "Ігор", "Ihor", "Igor", "de", "la", "George", "G.", "W.", "Bush",
     "BUSH", "Jr.", "Abdullah", "II", "Xi", "Jinping", "Жовква", "Zhovkva", "spokesman", "’", ""]
)  # fmt: skip
_LABELS = st.lists(_PARTS, max_size=4).map(" ".join)


@given(_LABELS, st.lists(_LABELS, max_size=6))
def test_whoever_has_the_same_name_is_a_candidate(name: str, labels: list[str]) -> None:
    assert {label for label in labels if same_name(name, label)} <= candidates(name, labels)


def test_labels_without_a_common_word_are_none() -> None:
    assert candidates("Ada Lorne", ["MS. LORNE", "Bo Ade", "Question"]) == {"MS. LORNE"}
