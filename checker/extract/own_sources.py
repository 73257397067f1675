"""Whose cue a verb is: the phrase before it up to its clause's verb, or the source that it shares."""

from __future__ import annotations

from collections.abc import Sequence

from checker.extract.cues import AUXILIARIES, Cue
from checker.extract.grammar import Range, verbal
from checker.extract.sources import source_before
from checker.extract.statement import Statement
from checker.extract.subjects import subject
from checker.extract.tokens import Sentence, Tokens


def own_source(tokens: Tokens, cue: Cue, low: int) -> Range | None:
    """The source right before the cue; an -ing form has one only behind a noun (`a statement criticising …`)."""
    if cue.form != "ing":
        source = source_before(tokens, cue, low)
        return source if source is None else _up_to_verb(tokens, source)
    if cue.first <= low or not _noun_before(tokens, cue):
        return None
    source = source_before(tokens, cue, low)
    if source is None:
        return None
    source = _behind_with(tokens, source)
    if source[0] > low and tokens.keys[source[0] - 1] in AUXILIARIES:
        return None  # they will hold banners proclaiming …
    if verbal(tokens, source[0]):
        return None  # he issued a statement saying …
    return _up_to_verb(tokens, source)


def _up_to_verb(tokens: Tokens, source: Range) -> Range:
    """The subject alone where its clause goes on: `Cole shared a picture, writing …`, `Cole gave a speech called …`."""
    clause = next((n for n in range(source[0] + 1, source[1] - 1) if _acts(tokens, n)), None)
    if clause is None or not tokens.capital(source[0]) or "," in tokens.keys[source[0] : clause]:
        return source
    return source[0], clause


def _acts(tokens: Tokens, number: int) -> bool:
    """True for a verb in the past with its object behind it: `released a statement`, `emailed supporters`."""
    following = tokens.keys[number + 1] if number + 1 < len(tokens.keys) else ""
    if not verbal(tokens, number) or not tokens.word(number - 1):
        return False
    if following in ("a", "an", "the", "his", "her", "their", "its"):
        return True
    # Nine in 10 Democratic registered voters: no verb, as some adjectives are none.
    return following.endswith("s") and tokens.capital(number - 1) and tokens.keys[number] not in _ADJECTIVES


_ADJECTIVES = frozenset("registered united elected pledged educated armed uncommitted undecided retired".split())


def _behind_with(tokens: Tokens, source: Range) -> Range:
    """`It ended with Smith saying …`: who stands behind the last `with`."""
    at = next((n for n in range(source[1] - 2, source[0] - 1, -1) if tokens.keys[n] == "with"), None)
    return source if at is None else (at + 1, source[1])


def _noun_before(tokens: Tokens, cue: Cue) -> bool:
    """True for `a statement criticising …`: the word before is what speaks."""
    before = tokens.keys[cue.first - 1]
    return tokens.word(cue.first - 1) and tokens.quoted[cue.first - 1] < 0 and before not in _NO_SPEAKER


_NO_SPEAKER = frozenset(
    "and or but by of for in on at to with without while when after before from as about than then into not instead despite".split()
)


def shared_source(tokens: Tokens, sentence: Sentence, cue: Cue, earlier: Sequence[Statement]) -> Range | None:
    """The source of the statement before in this sentence, else the sentence's subject."""
    if earlier:
        return earlier[-1].source
    return subject(tokens, sentence, cue.first)
