"""What the corpus holds of whom over time: publishers as they are, speakers with all the labels that are theirs."""

from __future__ import annotations

from collections import Counter, defaultdict

from checker.settings import Settings
from checker.speakers import Register, load_register
from corpus.holdings import Holdings
from corpus.read.turns import is_reporter
from corpus.store import Corpus
from corpus.types import SpeakerLabel

SPEAKERS = 30
"""So many speakers are shown when nobody asks for one: those with most statements."""


def speakers_held(
    corpus: Corpus, settings: Settings, *, speaker: str | None = None, limit: int = SPEAKERS
) -> tuple[Holdings, ...]:
    """Holdings of one speaker by all their labels, or of those who speak most."""
    labels = corpus.speaker_labels()
    register = load_register(settings.speakers)
    if speaker:
        return corpus.speaker_holdings({speaker: register.labels(speaker, [each.label for each in labels])})
    return corpus.speaker_holdings(_people(labels, register, limit))


def _people(labels: tuple[SpeakerLabel, ...], register: Register, limit: int) -> dict[str, list[str]]:
    """Who speaks most, under the label most used for them; reporters are nobody in particular."""
    groups: dict[str, list[SpeakerLabel]] = defaultdict(list)
    statements: Counter[str] = Counter()
    for each in labels:
        if not is_reporter(each.label):
            person = register.identify(each.label) or each.label
            groups[person].append(each)
            statements[person] += each.statements
    most = [person for person, _ in statements.most_common(limit)]
    return {
        max(groups[person], key=lambda each: each.statements).label: [each.label for each in groups[person]]
        for person in most
    }
