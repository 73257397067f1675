"""The sentence around a match: whether left-out words govern it, and what the article itself restores.

Only the rest of the same sentence is judged. A fragment that asserts nothing stays a fragment, and what
governs it is shown as a warning.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from checker.features.assertion import asserts
from checker.features.governors import Around, Governor, governor
from checker.lexicon import CONDITIONS, NEGATIONS, REPORTING, STANCE
from checker.tongue import Message, worded
from checker.types import Alignment, Claim, Reason, Warning
from corpus.text import sentences, words
from corpus.types import Span, Turn

_CLAUSES = frozenset(
    (word,) for word in "that whether if unless lest because what why how until что если чтобы що якщо щоб".split()
)
"""After one of these directly before it, what is quoted is a clause, whatever its verb."""

_ITEM = re.compile(r"(?<=[^\W\d_]{3}[.!?;])\s+(?=\(?\d{1,3}\\?[.)]\s)")

_ENDS = re.compile(
    r"(?<=[^\W\d_]{2})(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bMrs)[.!?][”\"’»)]*\s+[“\"«(]?[^\W\d_a-zа-яё]"
)
_STARTS = re.compile(
    r"(?<=[^\W\d_]{2})(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bMrs)(?<!\bGen)(?<!\bProf)[.!?][”\"’»)]*\s+[“\"«(]?\Z"
)
"""A full stop behind a word, and a capital: a sentence ends there, also where splitting keeps short ones together."""

_PHRASE = 3
"""More words than that, begun with a capital that the source has not, are printed as a sentence."""

_NEXT = 60
"""Code points of the next sentence in which a word that qualifies stands first."""

_FULL = ".!?…:;”»\"'’)"
"""Behind one of these a paragraph may end."""

_LONGEST = 20_000
"""Of a text without paragraphs, so many code points around the match are read for its sentence."""

_OPENING, _CLOSING = ("“", "«", "„", "``"), ("”", "»", "''")
_OPENING_MARKS = ("“", "«", "„", '"', "``")
_SET_IN = re.compile(r":\s?\"\Z")
_INTRODUCING = (("that",), ("is",), ("was",), ("что",))
"""Before opening marks, these introduce somebody's words as a colon does."""
_SAYING = frozenset(
    "principle slogan motto rule formula maxim proverb saying принцип принципу лозунг лозунгом лозунга гаслом принципом".split()
)
_BRACKETED = re.compile(
    r"\b(?:it|he|she|they|we|i|you|this|that one|these|those|it's|he's|she's|they're|he’s|she’s|it’s|они|он|она|оно)\W*\Z",
    re.IGNORECASE,
)
_MARK_BEFORE = re.compile(r"(?<=[\s(])[“«„\"][“«„\"'‘]?\Z")
_MARK_BEHIND = re.compile(r"[^\s“«„(][”»\"](?=[\s.,;:!?)—–-]|\Z)")
_READ_OUT = 8
"""Fewer words between marks are a name or a coined phrase."""
_QUOTING = frozenset("quoted quoting quotes cited citing cites цитировал процитировал цитируя".split())
_OWN = frozenset("i we я мы".split())
_REASONS: dict[str, Reason] = {"reported": "nested-quote", "bound": "quantifier"}


@dataclass(frozen=True, slots=True)
class Governed:
    """What the left-out words of the sentence do to the match."""

    objections: tuple[Reason, ...] = ()
    warnings: tuple[Warning, ...] = ()
    says: Message | None = None
    """Of the first objection: what the words stand under."""


def governing(
    alignments: Sequence[Alignment], claim: Claim, text: str, *, turn: Turn, language: str, reported: bool = False
) -> Governed:
    """Judge every part's surroundings, from the sentence's start to its end.

    Words that an earlier part of the quote already shows do not count as left out. `reported` says that the
    page is a report of the claimed speaker's words, where "she said that" is what one expects.
    """
    objections: list[Reason] = []
    warnings: list[Warning] = []
    says: Message | None = None
    shown = turn.span.start
    if turn.kind != "narration" and alignments and _another_s(alignments, text, turn.span):
        inside = worded("In the source these words stand inside quotation marks, as somebody else’s.")
        return Governed(("nested-quote",), says=inside)
    for alignment in alignments:
        around = _around(alignment, alignments, claim, text, turn=turn.span, language=language, shown=shown)
        found = governor(around, reported=reported)
        if found is not None and found.decides and not _restored(found, claim):
            says = says or _says(found)
            objections.append(_REASONS.get(found.kind, "ellipsis-abuse" if around.elided else "out-of-context"))
        elif found is not None:
            warnings.append(_warning(found))
        shown = alignment.source.end
    return Governed(tuple(dict.fromkeys(objections)), tuple(dict.fromkeys(warnings)), says)


def _around(
    alignment: Alignment, alignments: Sequence[Alignment], claim: Claim, text: str,
    *, turn: Span, language: str, shown: int,
) -> Around:  # fmt: skip
    """What stands before and behind one part in its sentence, as far as the quote does not show it."""
    sentence = sentence_at(text, alignment.source.start, turn=turn, language=language)
    closing = sentence_at(text, max(alignment.source.end - 1, alignment.source.start), turn=turn, language=language)
    first = Span(max(sentence.start, min(shown, alignment.source.start)), alignment.source.start)
    later = [each.source.start for each in alignments if each.source.start >= alignment.source.end]
    rest = Span(alignment.source.end, max(alignment.source.end, min([closing.end, *later])))
    if _STARTS.search(text[: first.end][-40:]) and text[alignment.source.start : alignment.source.start + 1].isupper():
        first = Span(first.end, first.end)
    if ended := _ENDS.match(text, rest.start):
        rest = Span(rest.start, rest.start + len(ended.group().split()[0]))
    before = first.of(text)
    if claim.quote[: alignment.quote.start].rstrip().endswith("]"):
        before = _BRACKETED.sub("", before)  # the pronoun that an editor's brackets stand for governs nothing
    return Around(
        before=before,
        quoted=alignment.source.of(text),
        after=rest.of(text),
        asserts=_asserts(alignments, sentence, claim, text) or words(first.of(text)).keys[-1:] in _CLAUSES,
        elided=shown > sentence.start,
        asked="?" in claim.quote[alignment.quote.end : alignment.quote.end + 4],
        next="" if later else text[closing.end : min(turn.end, closing.end + _NEXT)],
    )


def sentence_at(text: str, at: int, *, turn: Span, language: str) -> Span:
    """The sentence of a turn in which the code point at `at` stands."""
    low = max(turn.start, text.rfind("\n\n", turn.start, at) + 2 if "\n\n" in text[turn.start : at] else turn.start)
    while low > turn.start and _goes_on(text, low - 2):
        low = max(turn.start, text.rfind("\n\n", turn.start, low - 2) + 2)
        if text[low - 2 : low] != "\n\n":
            low = turn.start
    high = text.find("\n\n", at, turn.end)
    while high >= 0 and _goes_on(text, high):
        high = text.find("\n\n", high + 2, turn.end)
    paragraph = Span(low, turn.end if high < 0 else high)
    if len(paragraph) > _LONGEST:
        paragraph = Span(max(low, at - _LONGEST // 2), min(paragraph.end, at + _LONGEST // 2))
    for span in sentences(paragraph.of(text).replace("\n\n", "  "), language=language):
        if span.end + paragraph.start > at:
            return _without_other_items(span.shift(paragraph.start), at, text)
    return Span(at, at)


def _goes_on(text: str, at: int) -> bool:
    """True when a blank line at `at` stands inside a sentence, as where each printed line became a paragraph."""
    before, behind = text[max(0, at - 40) : at].rstrip(), text[at : at + 40].lstrip()
    return bool(before) and before[-1] not in _FULL and behind[:1].islower()


def _without_other_items(sentence: Span, at: int, text: str) -> Span:
    """A sentence as far as no other numbered item begins in it ("… be made. 4. All other …"), which splitting leaves together."""
    start, end = sentence.start, sentence.end
    for item in _ITEM.finditer(text, sentence.start, sentence.end):
        if item.end() <= at:
            start = item.end()
        elif item.start() > at:
            end = item.start()
            break
    return Span(start, end)


def _asserts(alignments: Sequence[Alignment], sentence: Span, claim: Claim, text: str) -> bool:
    """True when what the quote shows of a sentence reads as a statement.

    It does with a finite verb, printed as a sentence, or when it does not begin as a bare phrase begins.
    """
    shown = [words(each.source.of(text)).keys for each in alignments if each.source.overlaps(sentence)]
    keys = tuple(key for piece in shown for key in piece)
    quote = claim.quote.strip(" “”\"'‘’«»")
    begins = text[alignments[0].source.start : alignments[0].source.start + 1]
    capital_added = quote[:1].isupper() and begins.islower() and len(keys) > _PHRASE  # printed as a sentence of its own
    return (quote[:1].isupper() and quote[-1:] in (".", "!", "?")) or capital_added or asserts(keys)


def _restored(found: Governor, claim: Claim) -> bool:
    """True when the article says right before the quotation marks what the quote leaves out ("not to “sign …”")."""
    at = claim.context.find(claim.quote.split(" … ")[0].strip())
    lead = claim.context[:at].rstrip(" “\"«‘'") if at > 0 else ""
    lead = re.split(r"[.!?][”\"’»)]*\s", lead)[-1]
    said = words(lead).keys
    if not said:
        return False
    if found.kind == "negated":
        return bool(set(said) & (NEGATIONS | STANCE)) and (said[-1] in NEGATIONS or said[-1] in ("to", "that", "что"))
    if found.kind == "conditioned":
        return bool(set(said) & CONDITIONS) or said[0] in ("should", "had", "were")
    return found.kind == "reported" and bool(set(said) & _QUOTING)


def _another_s(alignments: Sequence[Alignment], text: str, turn: Span) -> bool:
    """True when the match is what the speaker reads out: inside marks that are introduced, or all that stands between two."""
    first = alignments[0].source.start
    return _inside_marks(text[turn.start : first]) or _between_marks(
        text[turn.start : first], text[first : alignments[-1].source.end], text[alignments[-1].source.end : turn.end]
    )


def _between_marks(before: str, quoted: str, after: str) -> bool:
    """True when a long match begins at an opening mark and comes to its closing one in the same paragraph.

    Marks around a few words only set them off; what "I said" is the speaker's own.
    """
    paragraph = before[before.rfind("\n\n") + 1 :]
    opened = _MARK_BEFORE.search(paragraph)
    lead = paragraph[: opened.start()] if opened else ""
    if not lead.strip() or len(words(quoted)) < _READ_OUT:
        return False
    closing = _MARK_BEHIND.search((quoted + after).split("\n\n")[0])
    return closing is not None and closing.end() >= len(quoted) and not _OWN & set(words(lead[-80:]).keys[-5:])


def _inside_marks(before: str) -> bool:
    """True when the match stands inside quotation marks that somebody else's words open ("he used to say: “…")."""
    paragraph = before[_paragraph_start(before) :]
    opened = max(paragraph.rfind(mark) for mark in _OPENING)
    if opened <= max(paragraph.rfind(mark) for mark in _CLOSING):
        opened = paragraph.rfind('"') if paragraph.count('"') % 2 else -1
        if opened < 0 and _SET_IN.search(paragraph):
            opened = paragraph.rfind('"')
    if opened < 0:
        return False
    lead = paragraph[:opened].rstrip()
    near = words(lead[-80:]).keys[-7:]
    introduced = lead.endswith((":", ",")) or bool(REPORTING & set(near[-2:])) or near[-1:] in _INTRODUCING
    introduced = introduced or bool(_SAYING & set(near[-1:]))
    own = _OWN & set(near[-3:]) and "than" not in near[-3:]  # "better than I could: …"
    return introduced and (not own or near[-1:] == ("quote",))


def _paragraph_start(before: str) -> int:
    """Where the last paragraph begins; with the one before it where marks open it and that one introduces them ("He said:\n\n“…")."""
    start = before.rfind("\n\n") + 1
    opens = before[start:].lstrip()[:1] in _OPENING_MARKS
    lead = before[: start - 1].rstrip()
    if start and opens and lead.endswith(":") and REPORTING & set(words(lead[-60:]).keys[-4:]):
        return before.rfind("\n\n", 0, start - 1) + 1
    return start


def _warning(found: Governor) -> Warning:
    if found.decides:
        return Warning("restored", worded("The article's own words before the quotation say what governs it."))
    return Warning("governed", _says(found))


def _says(found: Governor) -> Message:
    """What the match stands under, for editors."""
    if found.kind == "qualified":
        return worded("In the source the next sentence begins “%(words)s …”.", words=found.words)
    if found.kind == "asked":
        return worded("In the source these words stand in a question.")
    if found.kind == "reported":
        return worded("In the source the speaker reports these words as somebody else’s.")
    return worded("In the source these words stand with “%(words)s”.", words=found.words)
