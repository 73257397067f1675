"""What an editor's bracketed insertion may say: who or what a word refers to, the rest of a name, a date or place given here.

Everything else that stands in brackets is a claim of its own, and the source has to bear it word for word or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.abbreviations import abbreviates
from checker.features.antecedents import capitalised, nearest, refers
from checker.features.insertions import (
    JOINING,
    OPENING,
    POINTING,
    TITLES,
    Insertion,
    about,
    date_words,
    insertions,
    near_keys,
    owns,
    stand_together,
)
from checker.lexicon import CONDITIONS, DATES, MODALITY, MONTHS, NEGATIONS, POSSESSIVES, QUANTIFIERS, stem
from checker.types import Alignment, Quotation, Statement
from corpus.text import FUNCTION_WORDS, words

_STAGE = frozenset(["sic", "laughs", "laughter", "applause", "pause", "inaudible", "smiles", "emphasis", "added", "ed"])
_PLACING = frozenset("in at on near of в на".split())
"""What a place or a date in brackets begins with; "by", "from" or "against" makes a claim."""

_OTHER_TIMES = frozenset("next former future first last previous new old other another elect acting late".split())
"""With one of these it is not the office's holder, or not the thing just spoken of."""

_FINITE = frozenset("is are was were am has have had does do did".split())
"""Verbs that make a statement of what only named somebody ("raiders [are] armed by Kelso")."""

_SUBJECTS = frozenset("i we you he she they я мы ты вы он она они ми ви він вона вони".split())
"""In place of no word that refers, one of these says that somebody else did it ("[We] have weapons" for "Kelso has")."""

_CLAIMING = frozenset("by against without despite because who which".split())
_YEAR = re.compile(r"(?:1[5-9]|20|21)[0-9]{2}\Z")
_DAY_OR_YEAR = re.compile(r"(?:[0-9]{1,2}(?:st|nd|rd|th)?|(?:1[5-9]|20|21)[0-9]{2})\Z")


def bracket_abuse(quotation: Quotation, alignments: Sequence[Alignment], statement: Statement) -> bool:
    """True when a bracketed insertion adds a claim, replaces words that it may not, or names what is not there."""
    spans = {bracket.span for bracket in quotation.brackets}
    replaced = any(edit.quote in spans and not edit.allowed for alignment in alignments for edit in alignment.edits)
    return replaced or any(_claims(insertion) for insertion in insertions(quotation, alignments, statement))


def _claims(insertion: Insertion) -> bool:
    """True when an insertion says more than the document does."""
    keys = insertion.inserted.keys
    if set(keys) & (NEGATIONS | MODALITY | QUANTIFIERS | CONDITIONS):
        return True
    if JOINING & {*keys[:1], *keys[-1:]}:
        return True
    if any(
        allowed(insertion) for allowed in (_stands_before, _spells_out, _names_holder, _says_again, _replaces_pointer)
    ):
        return False
    if (not insertion.explained and JOINING & set(keys)) or (owns(keys) and not insertion.explained & POSSESSIVES):
        return True
    if any(key[0].isdigit() for key in keys) and not _dated_here(insertion):
        return True
    content = [key for key in keys if key not in FUNCTION_WORDS and key not in _STAGE]
    if not content:
        return bool(set(keys) & _FINITE) or (not insertion.explained and bool(set(keys) & _SUBJECTS))
    if any(
        key in DATES and key not in date_words(insertion.statement) and key not in near_keys(insertion)
        for key in content
    ):
        return True
    if insertion.explained:
        return bool(set(keys) & _FINITE) or not refers(insertion, content)
    return not (_completes(insertion) or _placed_here(insertion, content))


def _completes(insertion: Insertion) -> bool:
    """True when the insertion and its capitalised neighbour are one name: never another one than the document has."""
    text = insertion.quotation.text
    names = [insertion.inserted.span(index).of(insertion.bracket.text) for index in range(len(insertion.inserted))]
    if not all(name[0].isupper() for name in names):
        return False
    left, right = words(text[: insertion.bracket.span.start]), words(text[insertion.bracket.span.end :])
    beside = []
    if right and right.keys[0] not in TITLES and right.span(0).of(text[insertion.bracket.span.end :])[0].isupper():
        beside.append((*insertion.inserted.keys, right.keys[0]))
    if left and left.span(len(left) - 1).of(text)[0].isupper():
        beside.append((left.keys[-1], *insertion.inserted.keys))
    held = words(insertion.statement.document.text).keys + about(insertion.statement)
    for name in beside:
        if stand_together(name, held) or stand_together((name[0], name[-1]), held):
            return True
    given = bool(beside) and beside[0][-1] == (right.keys[0] if right else "")
    surname = beside[0][-1] if given else ""
    # A given name that the document never says may be added to a surname, unless the document gives that surname another one.
    return given and len(names) == 1 and not _other_given(surname, insertion.statement.document.text)


def _other_given(surname: str, text: str) -> bool:
    """True when the document writes a capitalised word that is no title before that surname."""
    found = words(text)
    for at, key in enumerate(found.keys):
        if at and key == surname:
            previous = found.span(at - 1).of(text)
            gap = text[found.ends[at - 1] : found.starts[at]]
            if previous[0].isupper() and gap.strip() in ("", ".") and found.keys[at - 1] not in FUNCTION_WORDS | TITLES:
                return True
    return False


def _stands_before(insertion: Insertion) -> bool:
    """True when the insertion only repeats the words that stand right before it in the source."""
    before = words(insertion.statement.document.text[max(0, insertion.at - 200) : insertion.at]).keys
    return insertion.bracket.before == 0 and before[-len(insertion.inserted) :] == insertion.inserted.keys


def _spells_out(insertion: Insertion) -> bool:
    """True when the insertion writes an abbreviation beside it out, or gives it: its letters stand in the words in this order."""
    text = insertion.quotation.text
    before, behind = text[: insertion.bracket.span.start], text[insertion.bracket.span.end :]
    inserted = [insertion.inserted.span(index).of(insertion.bracket.text) for index in range(len(insertion.inserted))]
    left = words(before)
    if len(inserted) == 1:
        named = [left.span(index).of(before) for index in range(max(0, len(left) - 6), len(left))]
        return any(abbreviates(inserted[0], named[at:]) for at in range(len(named) - 1))
    beside = [left.span(len(left) - 1).of(before)] if len(left) else []
    right = words(behind)
    beside += [right.span(0).of(behind)] if len(right) else []
    return any(abbreviates(short, inserted) for short in beside)


def _names_holder(insertion: Insertion) -> bool:
    """True when a name in brackets is the one that the document gives the office before it ("the President [Ilse Corvane]")."""
    names = [insertion.inserted.span(index).of(insertion.bracket.text) for index in range(len(insertion.inserted))]
    if not all(name[0].isupper() for name in names):
        return False
    lead = words(insertion.quotation.text[: insertion.bracket.span.start]).keys[-4:]
    office = next((key for key in reversed(lead) if key in TITLES), None)
    if office is None or set(lead) & _OTHER_TIMES:
        return False
    keys, size = insertion.inserted.keys, len(insertion.inserted)
    text = (
        f"{insertion.statement.document.title}\n{insertion.statement.turn.speaker}\n{insertion.statement.document.text}"
    )
    held = words(text).keys
    return any(
        held[at : at + size] == keys and office in held[max(0, at - 4) : at]
        for at, key in enumerate(held)
        if key == keys[0]
    )


def _says_again(insertion: Insertion) -> bool:
    """True when "this", "that" or "the" something is explained in words that stand together shortly before it."""
    if insertion.explained:
        return False
    lead = words(insertion.quotation.text[: insertion.bracket.span.start]).keys[-4:]
    if (
        not set(lead[:-1]) & POINTING
        or any(key[0].isdigit() for key in insertion.inserted.keys)
        or set(lead) & _OTHER_TIMES
        or lead[-1] in FUNCTION_WORDS
    ):
        return False
    return insertion.inserted.keys[0] not in _CLAIMING and _said_before(insertion, insertion.inserted.keys)


def _replaces_pointer(insertion: Insertion) -> bool:
    """True when "such gates" or "that resolution" is given the name under which the source spoke of it shortly before.

    The name takes the place of the "such", before the noun that is left; or of both words, where they open the quote. A "this"
    before another word may stand for itself ("this is a matter"), so that alone is no such insertion.
    """
    keys = insertion.inserted.keys
    if insertion.bracket.before == 0:
        text = insertion.statement.document.text
        opening = words(text[max(0, insertion.match.start - OPENING) : insertion.match.start]).keys[-2:]
        named = len(opening) > 1 and opening[0] in POINTING | _SUCH and stem(opening[1]) in map(stem, keys)
        return named and len(keys) > 1 and _said_before(insertion, keys)
    noun = words(insertion.quotation.text[insertion.bracket.span.end :]).keys[:1]
    left = bool(insertion.beside & _SUCH) and bool(noun) and noun[0] not in FUNCTION_WORDS
    return left and _said_before(insertion, (*keys, *noun))


def _said_before(insertion: Insertion, keys: Sequence[str]) -> bool:
    """True when the words stand together, in whatever form, shortly before the insertion."""
    before = words(insertion.statement.document.text[insertion.near : insertion.at]).keys
    return stand_together(list(map(stem, keys)), list(map(stem, before)))


_SUCH = frozenset("such такой такая такое такие такого таких такий така таке такі".split())


def _placed_here(insertion: Insertion, content: Sequence[str]) -> bool:
    """True when the insertion is no more than a place or a date which the document gives near the match or for itself."""
    keys = insertion.inserted.keys
    names = [
        key for index, key in enumerate(keys)
        if key in content and not (insertion.inserted.span(index).of(insertion.bracket.text)[0].isupper() or key[0].isdigit())
    ]  # fmt: skip
    if keys[0] not in _PLACING:
        return False
    if names:
        text = insertion.statement.document.text
        return stand_together(keys[1:], words(text[insertion.place_near : insertion.at]).keys)
    own = set(about(insertion.statement)) | date_words(insertion.statement)
    if set(content) <= own:
        return True
    # Whose ruins they are, the last place named tells.
    last = keys[0] != "of" or nearest(insertion, content, capitalised)
    return last and set(content) <= own | near_keys(insertion)


def _dated_here(insertion: Insertion) -> bool:
    """True when the figures of an insertion are the document's own date, or a date that stands near the match.

    A figure that is no date, such as a sum, may not be carried from one sentence into another.
    """
    keys = insertion.inserted.keys
    near, own = near_keys(insertion), date_words(insertion.statement)
    dated = {key for key in keys if key in MONTHS or _YEAR.match(key)}
    return all(key in own or (dated and key in near and _DAY_OR_YEAR.match(key)) for key in keys if key[0].isdigit())
