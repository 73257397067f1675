"""Findings for a terminal: plain text, differences between braces and named below, nothing that a terminal obeys."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from checker import wording
from checker.changed import reads_otherwise
from checker.export.card import Card, Difference, Place, card, cards, private, tally
from checker.export.diff import Segment, quoted_line, source_line, visible
from checker.types import Finding, Report

_WIDTH = 100
_LABEL = 13


def finding_text(finding: Finding) -> str:
    """One finding with its evidence."""
    return "\n".join(_card(card(finding)))


def report_text(report: Report) -> str:
    """An article's findings, after a line that counts them."""
    found = cards(report)
    counts = ", ".join(f"{each.count} {wording.TONES[each.tone].short.lower()}" for each in tally(found))
    head = visible(report.article.title or report.article.id)
    lines = [f"{head}: {wording.count(len(found), 'statement')}" + (f" ({counts})" if counts else "")]
    if report.provenance.collections:
        lines.append(private(report.provenance))
    lines += [f"Note: {visible(str(warning.says))}" for warning in report.warnings]
    blocks = ["\n".join(lines), *("\n".join(_card(each, numbered=True)) for each in found)]
    return "\n\n".join(blocks)


def _card(shown: Card, *, numbered: bool = False) -> Iterator[str]:
    """The lines of one finding, the verdict first."""
    number = f"{shown.number}. " if numbered else ""
    yield f"{number}{shown.icon} {shown.status.upper()} · {shown.reason.short} · confidence {shown.confidence}"
    yield from _labelled("", str(shown.finding.verdict.summary))
    for label, value in shown.claimed:
        yield from _labelled(label, value)
    if shown.best:
        yield from _place(shown.best, shown)
    else:
        yield from _labelled("Quoted", shown.finding.claim.quote)
    for reason in shown.others:
        yield from _labelled("Also", reason.long)
    for warning in shown.warnings:
        yield from _labelled("Note", str(warning.says))
    if shown.foldings:
        yield from _labelled("Ignored", "; ".join(shown.foldings))
    if shown.finding.verdict.status == "unsourced":
        for sentence in shown.searched[: 1 if shown.finding.evidence else None]:
            yield from _labelled("Searched", sentence)
    for other in shown.more:
        yield from _labelled("Elsewhere", _briefly(other))


def _place(shown: Place, of: Card) -> Iterator[str]:
    evidence = shown.evidence
    if shown.columns:
        yield from _labelled("Quoted", _line(quoted_line(shown.columns)))
        yield from _labelled("Source", _line(source_line(shown.columns)))
    else:
        yield from _labelled("Quoted", of.finding.claim.quote)
        yield from _labelled("Source", evidence.quote.exact)
    for difference in shown.differences:
        yield from _labelled("Differs" if not difference.allowed else "Allowed", _named(difference))
    said = f"{shown.speaker}, {wording.long_date(evidence.document.date)}"
    for label, value in (("Speaker", said), ("Document", evidence.document.title), *shown.facts):
        yield from _labelled(label, value)
    yield from _labelled("Where", shown.url or f"{evidence.document.id}, {evidence.span.start}–{evidence.span.end}")
    if evidence.also_at:
        yield from _labelled("Also at", ", ".join(evidence.also_at))
    for label, each in shown.related:
        yield from _labelled("Related", f"{label}: {each.title or each.id} ({each.id})")


def _line(segments: Sequence[Segment]) -> str:
    return "".join(segment.text if segment.kind is None else f"{{{segment.text}}}" for segment in segments)


def _named(difference: Difference) -> str:
    quoted, source = (f"“{side}”" if side else "nothing" for side in (difference.quoted, difference.source))
    return f"{difference.name}: quoted {quoted}, source {source}"


def _briefly(shown: Place) -> str:
    document = shown.evidence.document
    what = "; ".join(reason.short for reason in shown.objections)
    where = f"{document.title or document.id} ({document.publisher}, {wording.long_date(document.date)})"
    if reads_otherwise(shown.evidence):
        where += f", version {shown.evidence.version.number}"
    return f"“{shown.evidence.quote.exact}”, {where}" + (f": {what}" if what else "")


def _labelled(label: str, value: str) -> list[str]:
    """A value beside its label, wrapped under itself; addresses are never broken."""
    start = f"   {label}".ljust(_LABEL + 3) + " " if label else "   "
    indent = " " * (_LABEL + 4) if label else "   "
    return textwrap.wrap(
        visible(value), _WIDTH, initial_indent=start, subsequent_indent=indent,
        break_long_words=False, break_on_hyphens=False,
    ) or [start.rstrip()]  # fmt: skip
