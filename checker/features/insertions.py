"""A bracketed insertion of a quotation, and what of the source stands around its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checker.lexicon import CONTRACTED, MONTHS, REFERRING, pronoun_of, stem
from checker.types import Alignment, Bracket, Quotation, Statement
from corpus.text import Words, words
from corpus.types import Span

ARTICLES = frozenset("a an the such same".split())
JOINING = frozenset("and or и или".split())
OPENING = 40
"""Code points before a match in which a word stands that an insertion takes the place of."""
# Chosen by `benchmarks/thresholds.py`.
_NEAR = 700
"""Code points before a match in which a pronoun's antecedent is looked for: some four or five sentences."""
_DATE_NEAR = 400
"""Code points around a match in which a date belongs to it."""

TITLES = frozenset(
    "mr mrs ms miss dr sir lord lady madam президент премьер министр king queen mayor governor chairman adviser advisor president minister secretary senator general ambassador chancellor".split()
)

POINTING = frozenset("this that these those the such этот эта это эти тот та те".split())


@dataclass(frozen=True, slots=True)
class Insertion:
    """A bracketed insertion with what it is compared with."""

    bracket: Bracket
    inserted: Words
    beside: frozenset[str]
    """The words behind or in place of which it stands."""
    explained: frozenset[str]
    """Those of them that refer to something."""
    quotation: Quotation
    statement: Statement
    match: Span
    """Where the quoted words stand in the source, from the first to the last."""
    at: int
    """Where in the source the insertion would stand."""

    @property
    def near(self) -> int:
        """From where what it takes up is looked for."""
        return max(0, self.at - _NEAR)

    @property
    def place_near(self) -> int:
        """From where a place that belongs to it is looked for."""
        return max(0, self.at - _DATE_NEAR)


def insertions(quotation: Quotation, alignments: Sequence[Alignment], statement: Statement) -> Iterator[Insertion]:
    """The insertions of a quotation, where they would stand in the source; those that only write an abbreviation out are left out."""
    text = statement.document.text
    match = Span(0, 0)
    if alignments:
        match = Span(min(a.source.start for a in alignments), max(a.source.end for a in alignments))
    written_out = {edit.quote for each in alignments for edit in each.edits if edit.kind == "spelling" and edit.allowed}
    for bracket in quotation.brackets:
        inserted = words(bracket.text)
        if not len(inserted) or bracket.span in written_out:
            continue
        near = _beside(bracket, quotation, alignments, text)
        said = _without_verb(inserted, near, bracket)
        explained = (frozenset(map(pronoun_of, near)) & REFERRING) - ARTICLES
        yield Insertion(bracket, said, near, explained, quotation, statement, match, _source_place(bracket, alignments))


def _source_place(bracket: Bracket, alignments: Sequence[Alignment]) -> int:
    """About where in the source a bracket stands: as far into its part as in the quote."""
    behind = [alignment for alignment in alignments if alignment.quote.start <= bracket.span.start]
    if not behind:
        return alignments[0].source.start if alignments else 0
    into = bracket.span.start - behind[-1].quote.start
    return min(behind[-1].source.end, behind[-1].source.start + into)


def _without_verb(inserted: Words, beside: frozenset[str], bracket: Bracket) -> Words:
    """The insertion without its last verb, where that is the verb of a "they've": "[The Kelsons have] left"."""
    verbs = {verb for key in beside if pronoun_of(key) != key for verb in CONTRACTED[key.partition("'")[2]]}
    if len(inserted) > 1 and inserted.keys[-1] in verbs:
        return words(bracket.text[: inserted.ends[-2]])
    return inserted


def _beside(bracket: Bracket, quotation: Quotation, alignments: Sequence[Alignment], text: str) -> frozenset[str]:
    """The words behind or in place of which the insertion stands, those that refer to something among them."""
    replaced = {
        edit.source for each in alignments for edit in each.edits if edit.quote == bracket.span and edit.allowed
    }
    if bracket.before == 0 and alignments:
        start = alignments[0].source.start
        replaced.add(Span(max(0, start - OPENING), start))
    elif alignments and not words(quotation.text[bracket.span.end :]).keys:
        end = alignments[-1].source.end
        following = words(text[end : end + OPENING])
        if following and following.keys[0] in REFERRING and not text[end : end + following.starts[0]].strip():
            replaced.add(following.span(0).shift(end))
    near = [words(span.of(text)).keys[-1:] for span in replaced]
    near.append(words(quotation.text[: bracket.span.start]).keys[-1:])
    return frozenset(key for keys in near for key in keys)


def stand_together(name: Sequence[str], held: Sequence[str]) -> bool:
    """True when the words of a name stand among the others in a row."""
    size = len(name)
    return any(tuple(held[at : at + size]) == tuple(name) for at, key in enumerate(held) if key == name[0])


def same_form(key: str) -> str:
    """A Russian word without its case ending; an English one as it is, since "extremists" are not "extremist elements"."""
    return key if key.isascii() else stem(key)


def owns(keys: Sequence[str]) -> bool:
    """True when the last word is a possessive."""
    return keys[-1].endswith("'s") or keys[-1].endswith("s'")


def near_keys(insertion: Insertion) -> set[str]:
    """The words around the match in which a place or a date belongs to it."""
    text = insertion.statement.document.text
    return set(words(text[max(0, insertion.match.start - _DATE_NEAR) : insertion.match.end + _DATE_NEAR]).keys)


def date_words(statement: Statement) -> set[str]:
    """The words in which the document's date may be written."""
    date = statement.document.date
    if date is None:
        return set()
    months = {name for name, number in MONTHS.items() if number == date.month}
    return {str(date.year), str(date.day), *months}


def about(statement: Statement) -> tuple[str, ...]:
    """The words of the document's title, publisher and speakers."""
    document = statement.document
    return words(f"{document.title} {document.publisher} {' '.join(document.speakers)} {statement.turn.speaker}").keys
