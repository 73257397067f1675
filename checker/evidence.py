"""The place behind a comparison: whose words they are, when and where they stand, and the evidence that an editor sees."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote as percent

from checker.dateline import same_date
from checker.features.labels import inner_label
from checker.features.readout import Reported, holder, reported_speaker, titled_speaker
from checker.speakers import Bearing, Register, name_words, surname_of
from checker.tongue import worded
from checker.types import Alignment, Claim, Evidence, FeatureScore, Reason, Statement, TextQuote, Warning
from corpus.read.turns import is_reporter
from corpus.text import hidden_characters, look_alikes, words
from corpus.types import Document, Span

_CLOSING_MARKS = re.compile('[”"’»)]*[.!?…]*[”"’»)]*')


_FRAGMENT = 12
"""Words of a text fragment; a longer one names its first and last five, as the specification allows."""

_NAMESAKES = 4
"""So many people of one surname are named in a warning."""

_AROUND = 80
"""Code points of context on either side of the exact words, enough to tell two places apart."""


def bearing_of(speaker: str, statement: Statement, alignments: Sequence[Alignment], register: Register) -> Bearing:
    """Whose words the match is; in a report, whoever is named over it comes before its principal."""
    match = _matched(statement, alignments)
    turn = statement.turn
    label = inner_label(statement.document.text, match, turn=turn)
    if label:
        turn = replace(turn, speaker=label, kind="question" if is_reporter(label) else "speech")
    bearing = register.bearing(speaker, statement.document, turn)
    if label and bearing == "unknown":  # "KING:" is a title and a name; it is not whose turn it is
        return "other"
    if turn.kind != "narration" or bearing == "same":
        return bearing
    found = reported_speaker(
        statement.document.text, match, turn=statement.turn, language=statement.document.language, whole=not alignments
    )
    name = found.name or _of_office(found, bearing, statement.document, register)
    claimed = name_words(speaker)[-2:]
    if len(claimed) == 2 and name_words(found.office)[-2:] == claimed:
        return "reported"  # "Minister of Health Dorte Aune"
    if name:
        return "reported" if surname_of(speaker) == surname_of(" ".join(name)) else "other"
    return "other" if found.office and register.heads(found.office, statement.document) is False else bearing


def _of_office(found: Reported, bearing: Bearing, document: Document, register: Register) -> tuple[str, ...]:
    """The name of who is reported without one: as the page gave it with the office, or in its title.

    The principal's own office needs none, and a title that names somebody else does not speak against the principal.
    """
    if found.office and register.heads(found.office, document):
        return ()
    titled = titled_speaker(document.title)
    named = found.holder or (holder(found.office, document.title) if found.office else ())
    return named or (titled if found.office or bearing == "other" else ())


def _matched(statement: Statement, alignments: Sequence[Alignment]) -> Span:
    if not alignments:
        return statement.within
    return Span(alignments[0].source.start, max(each.source.end for each in alignments))


def displacements(claim: Claim, statement: Statement, bearing: Bearing) -> tuple[Reason, ...]:
    """Objections of who, when and where."""
    found: list[Reason] = []
    document = statement.document
    if bearing == "other":
        found.append("misattributed")
    if claim.document_id and document.id != claim.document_id and claim.document_id not in statement.also_at:
        found.append("wrong-document")
    if claim.date and document.date and not same_date(claim.date, document.date):
        found.append("wrong-date")
    if document.tier == "secondary":
        found.append("secondary-only")
    return tuple(found)


PRECEDENCE: tuple[Reason, ...] = (
    "misattributed", "nested-quote", "wrong-date", "wrong-document", "spliced", "negation", "modality", "quantifier",
    "altered-number", "altered-date", "altered-entity", "out-of-context", "ellipsis-abuse", "bracket-abuse",
    "altered-wording", "chance-match", "secondary-only", "not-covered", "absent",
)  # fmt: skip
"""Which of several reasons against is named first (VERDICTS)."""


def ordered(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    return tuple(sorted(dict.fromkeys(reasons), key=PRECEDENCE.index))


def curiosities(claim: Claim, statement: Statement, register: Register) -> tuple[Warning, ...]:
    """What an editor should see although it decides nothing."""
    found = []
    if hidden := hidden_characters(claim.quote):
        names = ", ".join(sorted({name.lower() for _, name in hidden}))
        found.append(
            Warning("hidden-characters", worded("The quote contains invisible characters (%(names)s).", names=names))
        )
    if forged := look_alikes(claim.quote):
        says = worded("Letters that look like others stand in: %(words)s.", words=", ".join(forged))
        found.append(Warning("look-alike-letters", says))
    if statement.document.kind == "excerpt":
        says = worded("The source is a collection of single sentences; their context is not held.")
        found.append(Warning("excerpt", says))
    if claim.speaker and (people := register.namesakes(claim.speaker)):
        says = worded("“%(name)s” may be %(people)s.", name=claim.speaker, people=", ".join(people[:_NAMESAKES]))
        found.append(Warning("ambiguous-speaker", says))
    if claim.speaker and register.only_surname(claim.speaker, statement.document, statement.turn):
        says = worded(
            "The source gives the speaker only as “%(label)s”; the given name is not confirmed.",
            label=statement.turn.speaker,
        )
        found.append(Warning("surname-only", says))
    return tuple(found)


def evidence_of(
    claim: Claim, statement: Statement, alignments: tuple[Alignment, ...], span: Span,
    features: tuple[FeatureScore, ...], *,
    supports: Reason | None, objections: tuple[Reason, ...], similarity: float, warnings: tuple[Warning, ...],
) -> Evidence:  # fmt: skip
    text = statement.document.text
    if alignments:
        span = Span(min(a.source.start for a in alignments), max(a.source.end for a in alignments))
        span = _with_final_mark(span, claim.quote, text)
    exact = TextQuote(
        span.of(text), text[max(0, span.start - _AROUND) : span.start], text[span.end : span.end + _AROUND]
    )
    return Evidence(
        statement.document, statement.version, statement.turn, statement.turn.speaker, span, exact,
        _link(statement, span, exact.exact), alignments, features,
        tuple(sorted({folding for alignment in alignments for folding in alignment.foldings})),
        similarity, supports, objections, warnings, statement.also_at, collection=statement.collection,
    )  # fmt: skip


def _with_final_mark(span: Span, quote: str, text: str) -> Span:
    """Take the closing marks along that the quote has behind its last word too."""
    last = words(quote).ends[-1] if words(quote) else 0
    closing = _CLOSING_MARKS.match(text, span.end)
    assert closing is not None  # the pattern matches nothing too
    ended = any(mark in quote[last:] for mark in ".!?…")
    return Span(span.start, closing.end()) if ended and any(mark in closing.group() for mark in ".!?…") else span


def _link(statement: Statement, span: Span, exact: str) -> str:
    """Where the passage opens: the publisher's page at the words (text fragment), else the document's own page here.

    A private collection has no pages here.
    """
    document = statement.document
    if not document.url or not document.url.lower().startswith(("http://", "https://")):
        if statement.collection is not None:
            return ""
        place = f"start={span.start}&end={span.end}&version={statement.version.number}"
        return f"/document?id={percent(document.id, safe='')}&{place}#passage"
    found = exact.split()
    if len(found) > _FRAGMENT:
        fragment = f"{_escaped(' '.join(found[:5]))},{_escaped(' '.join(found[-5:]))}"
    else:
        fragment = _escaped(" ".join(found))
    return f"{document.url}{':~:' if '#' in document.url else '#:~:'}text={fragment}"


def _escaped(words_: str) -> str:
    """Percent-encode for a text fragment, where hyphen, comma and ampersand have a meaning of their own."""
    return percent(words_, safe="").replace("-", "%2D")
