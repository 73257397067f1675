"""What is said where a source does not say who speaks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from checker.export.card import place
from checker.pipeline import check_quote
from checker.settings import DEFAULTS
from checker.types import Claim, Finding
from corpus.read.records import document_of
from corpus.store import Corpus

PLAIN = replace(DEFAULTS, encoder="none", multilingual="none", judge="none")
SAID = "The walnut ferry of Marlo leaves the northern harbour at noon and carries fourteen orchestras."


def found(folder: Path, kind: str) -> Finding:
    """The finding about words claimed of Ilse Corvane over one invented document that names no speaker."""
    record = {"id": "x", "publisher": "Marlo Gazette (invented)", "title": "Extracts", "kind": kind, "text": SAID}
    with Corpus.open(folder, create=True) as corpus:
        list(corpus.add([document_of(record)]))
        return check_quote(Claim(SAID, speaker="Ilse Corvane"), corpus, settings=PLAIN)


@pytest.mark.parametrize(
    ("kind", "summary", "speaker", "feature"),
    [
        ("excerpt", "which does not say who speaks.", "speaker not named", "The excerpt does not name who speaks here."),
        ("statement", "but there Marlo Gazette (invented) speaks.", "Marlo Gazette (invented)", "Here Marlo Gazette (invented) speaks, not Ilse Corvane."),
    ],
)  # fmt: skip
def test_an_excerpt_is_not_credited_to_its_publisher(
    tmp_path: Path, kind: str, summary: str, speaker: str, feature: str
) -> None:
    finding = found(tmp_path, kind)
    assert (finding.verdict.status, finding.verdict.reason) == ("unsourced", "misattributed")
    assert str(finding.verdict.summary).endswith(summary)
    (shown,) = finding.nearest
    assert place(shown, finding).speaker == speaker
    assert feature in [str(each.says) for each in shown.features]
