"""A finding as an editor looks at it: the same facts, in the same order, for the terminal, the report and the pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checker import wording
from checker.export.diff import Column, columns, shortened
from checker.tongue import figure, noted, said
from checker.types import Evidence, Finding, Provenance, Report, Warning
from checker.wording import Tone, Words
from corpus.read.turns import EXCERPT
from corpus.relatives import Relative
from corpus.text import sentences
from corpus.types import Coverage, Span

_AROUND = 400
"""How far before and after a passage its neighbouring sentences are looked for."""

_ALIKE = 0.5
"""Share of the quote's words below which two lines side by side would show noise; the wording threshold's value."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference in words: what the quote has, what the source has; empty where it has nothing."""

    label: str
    name: str
    quoted: str
    source: str
    allowed: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a passage; marked where the quote's words stand."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the record beside the quote.

    Without columns the two are too far apart to be shown word by word.
    """

    evidence: Evidence
    speaker: str
    columns: tuple[Column, ...]
    differences: tuple[Difference, ...]
    objections: tuple[Words, ...]
    before: str
    exact: tuple[Stretch, ...]
    after: str
    facts: tuple[tuple[str, str], ...]
    url: str | None
    related: tuple[tuple[str, Relative], ...] = ()
    """Other documents that belong to this one, each with what it is (“Russian original”)."""


@dataclass(frozen=True, slots=True)
class Card:
    """One finding, ready to be shown; `anchor` is what addresses call it."""

    number: int
    anchor: str
    finding: Finding
    tone: Tone
    icon: str
    status: str
    reason: Words
    others: tuple[Words, ...]
    confidence: str
    claimed: tuple[tuple[str, str], ...]
    warnings: tuple[Warning, ...]
    foldings: tuple[str, ...]
    best: Place | None
    more: tuple[Place, ...]
    searched: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many findings of a report look alike, and the first of them."""

    tone: Tone
    count: int
    first: str
    """The anchor of the first."""


def card(finding: Finding, *, number: int = 1, anchor: str = "") -> Card:
    """Put a finding in an editor's words."""
    verdict = finding.verdict
    tone = wording.tone(verdict)
    seen = list(dict.fromkeys(map(_identity, _all(finding))))
    chosen = {_identity(evidence): evidence for evidence in reversed(_all(finding))}
    places = [place(chosen[key], finding) for key in seen]
    return Card(
        number=number,
        anchor=anchor or str(number),
        finding=finding,
        tone=tone,
        icon=wording.ICONS[tone],
        status=said(wording.STATUSES[verdict.status].short),
        reason=wording.in_words(wording.REASONS[verdict.reason]),
        others=tuple(wording.in_words(wording.REASONS[reason]) for reason in verdict.other_reasons),
        confidence=wording.confidence(verdict.confidence),
        claimed=_claimed(finding),
        warnings=warnings(finding),
        foldings=tuple(wording.folding(rule) for rule in foldings(finding)),
        best=places[0] if places else None,
        more=tuple(places[1:]),
        searched=searched(finding),
    )


def _identity(evidence: Evidence) -> tuple[object, ...]:
    """The same place twice is shown once; the same span of another version is another place."""
    return evidence.held_as, evidence.version.number, evidence.span


def cards(report: Report) -> tuple[Card, ...]:
    """The findings of a report, numbered as they stand in its text."""
    return tuple(card(finding, number=number) for number, finding in enumerate(report.findings, start=1))


def tally(found: Sequence[Card]) -> tuple[Tally, ...]:
    """How many cards there are of each kind, best first; kinds without a card are left out."""
    anchors = {tone: [each.anchor for each in found if each.tone == tone] for tone in wording.TONES}
    return tuple(Tally(tone, len(of), of[0]) for tone, of in anchors.items() if of)


def _unlabelled(evidence: Evidence) -> str:
    """Who speaks where no label says so: the publisher, but not in an excerpt of what somebody else said."""
    document = evidence.document
    return said("speaker not named") if document.kind == EXCERPT else document.publisher


def place(evidence: Evidence, finding: Finding) -> Place:
    """A place in the record with its surroundings and facts."""
    pieces = columns(finding.claim.quote, evidence) if _comparable(evidence) else ()
    before, after = surroundings(evidence)
    return Place(
        evidence=evidence,
        speaker=evidence.speaker or _unlabelled(evidence),
        columns=pieces,
        differences=tuple(_difference(piece) for piece in pieces if piece.kind is not None),
        objections=tuple(wording.in_words(wording.REASONS[reason]) for reason in evidence.objections),
        before=before,
        exact=tuple(_stretches(evidence)) if pieces else (Stretch(evidence.quote.exact, True),),
        after=after,
        facts=tuple(_facts(evidence)),
        url=web_address(evidence.link) or web_address(evidence.document.url),
        related=tuple((wording.relation(each.relation, each.language), each) for each in evidence.related),
    )


def surroundings(evidence: Evidence) -> tuple[str, str]:
    """The sentence before a passage and the one after it, within the same turn."""
    text, turn, span = evidence.document.text, evidence.turn.span, evidence.span
    first, last = max(turn.start, span.start - _AROUND), min(max(turn.end, span.end), span.end + _AROUND)
    left, right = text[min(first, span.start) : span.start], text[span.end : last]
    language = evidence.document.language
    earlier, later = sentences(left, language=language), sentences(right, language=language)
    before = left[earlier[-1].start :] if earlier else ""
    after = right[: later[_opening(later, right)].end] if later else ""
    cut = earlier and earlier[-1].start == 0 and first > turn.start
    return ("… " + before if cut else before).strip(), after.strip()


def warnings(finding: Finding) -> tuple[Warning, ...]:
    """What an editor should know, each thing once: of the finding, then of its first place."""
    own = finding.evidence[0].warnings if finding.evidence else ()
    return tuple(dict.fromkeys((*finding.warnings, *own)))


def foldings(finding: Finding) -> tuple[str, ...]:
    """The folding rules that the verdict's own place needed."""
    return finding.evidence[0].foldings if finding.evidence else ()


def searched(finding: Finding) -> tuple[str, ...]:
    """What was looked through, in sentences."""
    coverage, near = finding.searched.coverage, finding.searched.speaker_documents_near_date
    found = [held(coverage)]
    if coverage.publishers:
        found.append(said("Publishers: %(names)s", names=_listed(coverage.publishers)))
    if near is not None:
        who = finding.claim.speaker or said("this speaker")
        message = (
            noted("Documents of %(who)s around that date: %(number)s")
            if finding.claim.date
            else noted("Documents of %(who)s: %(number)s")
        )
        found.append(said(message, who=who, number=figure(near)))
    if finding.provenance.collections:
        found.append(private(finding.provenance))
    if not coverage.encoded_share:
        found.append(said("Searched by words only, not by meaning"))
    elif coverage.encoded_share < 1:
        share = f"{coverage.encoded_share:.0%}"
        found.append(said("Searched by meaning as well as by words: %(share)s of the passages", share=share))
    return tuple(found)


def private(origin: Provenance) -> str:
    """Which private collections were searched, in one sentence."""
    return said("Private collections searched: %(names)s", names=", ".join(origin.collections))


def held(coverage: Coverage) -> str:
    """What a corpus holds, in one sentence.

    >>> held(Coverage(2, 1200, (), None, None, 0.0))
    '2 documents, 1,200 passages'
    """
    size = f"{wording.count(coverage.documents, 'document')}, {wording.count(coverage.passages, 'passage')}"
    if coverage.first is None or coverage.last is None:
        return size
    return f"{size}, {wording.long_date(coverage.first)} – {wording.long_date(coverage.last)}"


def web_address(address: str | None) -> str | None:
    """The address if a browser may follow it, else None: a stored address may be `javascript:` or a file.

    >>> web_address("https://example.org/a"), web_address("javascript:alert(1)")
    ('https://example.org/a', None)
    """
    return address if address and address.lower().startswith(("https://", "http://")) else None


def _all(finding: Finding) -> tuple[Evidence, ...]:
    return (*finding.evidence, *finding.nearest)


def _comparable(evidence: Evidence) -> bool:
    """True when enough words of the quote stand in this place to lay them side by side."""
    quoted = sum(len(alignment.quote) for alignment in evidence.alignments)
    same = sum(len(alignment.quote) * alignment.similarity for alignment in evidence.alignments)
    inside = all(evidence.span.overlaps(alignment.source) for alignment in evidence.alignments)
    return bool(quoted) and inside and same / quoted >= _ALIKE


def _stretches(evidence: Evidence) -> Iterator[Stretch]:
    """The passage with the quote's parts marked; what an omission leaves out is neither marked nor shown in full."""
    text, done = evidence.document.text, evidence.span.start
    for alignment in sorted(evidence.alignments, key=lambda found: found.source):
        yield Stretch(shortened(text[done : alignment.source.start]), False)
        yield Stretch(text[max(done, alignment.source.start) : alignment.source.end], True)
        done = max(done, alignment.source.end)
    yield Stretch(text[done : evidence.span.end], False)


def _difference(piece: Column) -> Difference:
    assert piece.kind is not None
    words = wording.in_words(wording.EDITS[piece.kind])
    return Difference(words.short, words.long, piece.quoted.strip(), piece.source.strip(), piece.allowed)


def _opening(later: Sequence[Span], text: str) -> int:
    """The first stretch behind a passage that has words: a full stop of its own is not the next sentence."""
    return next((n for n, span in enumerate(later) if any(map(str.isalnum, span.of(text)))), len(later) - 1)


def _facts(evidence: Evidence) -> list[tuple[str, str]]:
    document, version = evidence.document, evidence.version
    kind = wording.kind(document.kind)
    facts = [
        (said("Publisher"), f"{document.publisher} · {wording.tier(document.tier)}"),
        (said("Kind"), f"{kind}, {wording.translation(document.translation)}" if document.translation else kind),
        (said("Version"), f"{version.number} · sha256 {version.sha256[:12]}"),
    ]
    if evidence.collection:
        facts.append((said("Private collection"), evidence.collection))
    if document.licence:
        facts.append((said("Licence"), document.licence))
    return facts


def _claimed(finding: Finding) -> tuple[tuple[str, str], ...]:
    claim = finding.claim
    named = [
        (said("Attributed to"), claim.speaker),
        (said("Claimed date"), wording.long_date(claim.date) if claim.date else None),
    ]
    reporter = finding.attribution.reported_by if finding.attribution else None
    named += [
        (said("Reported by"), reporter.name if reporter else None),
        (said("Claimed document"), claim.document_id),
    ]
    return tuple((label, value) for label, value in named if value)


def _listed(names: Sequence[str], *, most: int = 6) -> str:
    rest = len(names) - most
    return ", ".join(names[:most]) + (said(" and %(number)s more", number=figure(rest)) if rest > 0 else "")
