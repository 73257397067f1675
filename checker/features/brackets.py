"""What an editor's bracketed insertion may say: who or what a word refers to, the rest of a name, a date or place given here.

Everything else that stands in brackets is a claim of its own, and the source has to bear it word for word or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from checker.abbreviations import abbreviates
from checker.lexicon import (
    CONDITIONS,
    CONTRACTED,
    DATES,
    MODALITY,
    MONTHS,
    NEGATIONS,
    POSSESSIVES,
    QUANTIFIERS,
    REFERRING,
    pronoun_of,
    stem,
)
from checker.places import places
from checker.types import Alignment, Bracket, Quotation, Statement
from corpus.text import FUNCTION_WORDS, Words, words
from corpus.types import Span

_JOINING = frozenset("and or и или".split())
_STAGE = frozenset(["sic", "laughs", "laughter", "applause", "pause", "inaudible", "smiles", "emphasis", "added", "ed"])
_ARTICLES = frozenset("a an the such same".split())
_PARTICLES = frozenset("bin ibn al el de da di del van von der den la le".split())
_PLACING = frozenset("in at on near of в на".split())
"""What a place or a date in brackets begins with; "by", "from" or "against" makes a claim."""

_POINTING = frozenset("this that these those the such этот эта это эти тот та те".split())
_OTHER_TIMES = frozenset("next former future first last previous new old other another elect acting late".split())
"""With one of these it is not the office's holder, or not the thing just spoken of."""

_FINITE = frozenset("is are was were am has have had does do did".split())
"""Verbs that make a statement of what only named somebody ("raiders [are] armed by Kelso")."""

_SUBJECTS = frozenset("i we you he she they я мы ты вы он она они ми ви він вона вони".split())
"""In place of no word that refers, one of these says that somebody else did it ("[We] have weapons" for "Kelso has")."""

_CLAIMING = frozenset("by against without despite because who which".split())
_OURS = frozenset("we us our ours мы нас нам наш наша наши ми наше".split())
_FIRST_PERSON = _OURS | frozenset("i me my mine here я мой моя моей мою здесь тут".split())
_OUR_SIDE = _OURS | frozenset("my мой моя моей мою".split())
_PERSONAL = frozenset("he him his she her он его ему она ее ей він його йому вона її їй".split())
_SENTENCE = re.compile(r"(?:[.!?][”\"’»)]*\s+|\n\s*\n)(?=[“\"«‘(]?[^\W\d_a-zа-я])")
_THIRD = frozenset("they them their it its".split())
_PLACES = frozenset("there here там здесь тут".split())
_YEAR = re.compile(r"(?:1[5-9]|20|21)[0-9]{2}\Z")
_DAY_OR_YEAR = re.compile(r"(?:[0-9]{1,2}(?:st|nd|rd|th)?|(?:1[5-9]|20|21)[0-9]{2})\Z")
# Chosen by `benchmarks/thresholds.py`.
_NEAR = 700
"""Code points before a match in which a pronoun's antecedent is looked for: some four or five sentences."""

_SENTENCES_BACK = (
    (frozenset(["this", "that", "these", "those", "это"]), 3),
    (frozenset(["they", "them", "their", "они", "их", "вони", "їх", "їм"]), 4),
)
"""Words that refer, and in how many sentences what they refer to is found: their own one and those before it."""

_DATE_NEAR = 400
"""Code points around a match in which a date belongs to it."""


@dataclass(frozen=True, slots=True)
class _Place:
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


def bracket_abuse(quotation: Quotation, alignments: Sequence[Alignment], statement: Statement) -> bool:
    """True when a bracketed insertion adds a claim, replaces words that it may not, or names what is not there."""
    spans = {bracket.span for bracket in quotation.brackets}
    replaced = any(edit.quote in spans and not edit.allowed for alignment in alignments for edit in alignment.edits)
    return replaced or any(_claims(place) for place in _places(quotation, alignments, statement))


def _places(quotation: Quotation, alignments: Sequence[Alignment], statement: Statement) -> Iterator[_Place]:
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
        explained = (frozenset(map(pronoun_of, near)) & REFERRING) - _ARTICLES
        yield _Place(bracket, said, near, explained, quotation, statement, match, _source_place(bracket, alignments))


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
        replaced.add(Span(max(0, start - _OPENING), start))
    elif alignments and not words(quotation.text[bracket.span.end :]).keys:
        end = alignments[-1].source.end
        following = words(text[end : end + _OPENING])
        if following and following.keys[0] in REFERRING and not text[end : end + following.starts[0]].strip():
            replaced.add(following.span(0).shift(end))
    near = [words(span.of(text)).keys[-1:] for span in replaced]
    near.append(words(quotation.text[: bracket.span.start]).keys[-1:])
    return frozenset(key for keys in near for key in keys)


def _claims(place: _Place) -> bool:
    """True when an insertion says more than the document does."""
    keys = place.inserted.keys
    if set(keys) & (NEGATIONS | MODALITY | QUANTIFIERS | CONDITIONS):
        return True
    if _JOINING & {*keys[:1], *keys[-1:]}:
        return True
    if any(allowed(place) for allowed in (_stands_before, _spells_out, _names_holder, _says_again, _replaces_pointer)):
        return False
    if (not place.explained and _JOINING & set(keys)) or (_owns(keys) and not place.explained & POSSESSIVES):
        return True
    if any(key[0].isdigit() for key in keys) and not _dated_here(place):
        return True
    content = [key for key in keys if key not in FUNCTION_WORDS and key not in _STAGE]
    if not content:
        return bool(set(keys) & _FINITE) or (not place.explained and bool(set(keys) & _SUBJECTS))
    if any(
        key in DATES and key not in _date_words(place.statement) and key not in _near_keys(place, _DATE_NEAR)
        for key in content
    ):
        return True
    if place.explained:
        return bool(set(keys) & _FINITE) or _raised(place) or not _refers(place, content)
    return not (_completes(place) or _placed_here(place, content))


_RAISED = re.compile(r"[a-z,;] (?:He|Him|His|Thou|Thy|Thee)\b")


def _raised(place: _Place) -> bool:
    """True where the source writes a "He" inside a sentence with a capital: no president is meant."""
    return bool(_RAISED.search(place.statement.document.text, max(0, place.at - 12), place.at + 12))


def _owns(keys: Sequence[str]) -> bool:
    return keys[-1].endswith("'s") or keys[-1].endswith("s'")


def _refers(place: _Place, content: Sequence[str]) -> bool:
    """True when what a pronoun is said to mean stands near before it; for "we" and "here", or who speaks and publishes."""
    text = place.statement.document.text
    before = words(text[_reach(place) : place.at]).keys
    if not _owns(place.inserted.keys):  # "the President's adviser" is not the President
        before = tuple(key for key in before if not key.endswith(("'s", "s'")))
    capitals = any(
        place.inserted.span(index).of(place.bracket.text)[0].isupper() for index in range(len(place.inserted))
    )
    if place.explained & _PERSONAL and (
        not _nearest(place, content, _person, own=True) or _behind_another(place, content)
    ):
        return False
    if place.explained & _THIRD and not _mentioned(place):
        return False
    if place.explained & _POINTING and capitals and not _nearest(place, content, _capitalised):
        return False
    if place.explained & _OUR_SIDE and capitals and not _of_speaker(place, content):
        return False
    if place.explained & _PLACES:
        here = _names_before(place)
        if here and not {key.removesuffix("'s") for key in content} & here:
            return False  # the sentence itself names where
    known = {_same_form(key.removesuffix("'s")) for key in before} | {
        key.removesuffix("'s") for key in _date_words(place.statement)
    }
    if place.explained & _FIRST_PERSON:
        known |= {_same_form(key) for key in _about(place.statement)}
    bare = [key.removesuffix("'s") for key in content if key not in _TITLES]
    missing = [key for key in bare if key not in known and _same_form(key) not in known]
    if not missing:
        return True
    names = [
        index for index, key in enumerate(place.inserted.keys) if key.removesuffix("'s") in missing
        and place.inserted.span(index).of(place.bracket.text)[0].isupper()
    ]  # fmt: skip
    return len(names) == len(missing) < len(bare)  # the given name to a surname that is there


def _mentioned(place: _Place) -> bool:
    """True when the insertion's own words stand together before a "they" or an "it": "the House bill" is not a bill and a House."""
    text = place.statement.document.text
    passed_over = _ARTICLES | POSSESSIVES | _OURS
    before = [
        _same_form(key.removesuffix("'s"))
        for key in words(text[_reach(place) : place.at]).keys
        if key not in passed_over
    ]
    named: list[list[str]] = [[]]
    for key in place.inserted.keys:
        if key in _JOINING:
            named.append([])
        elif key not in passed_over:
            named[-1].append(_same_form(key.removesuffix("'s")))
    together = len(named) > 1 or len(named[0]) > 1
    return not together or all(_named_near(each, before) for each in named if each)


def _named_near(name: Sequence[str], before: Sequence[str]) -> bool:
    """True when the words stand together, or all of a longer description do somewhere and two of them together."""
    if _stand_together(name, before):
        return True
    if len(name) > 2 and set(name) <= set(before):
        return any(_stand_together(pair, before) for pair in pairwise(name))
    return len(name) == 2 and any(
        (first, third) == tuple(name) for first, _, third in zip(before, before[1:], before[2:], strict=False)
    )


def _behind_another(place: _Place, content: Sequence[str]) -> bool:
    """True when the last sentence that names whom the insertion names does so behind another person: "he" may be either."""
    text = place.statement.document.text
    wanted = {_same_form(key.removesuffix("'s")) for key in content}
    ends = [match.end() for match in _SENTENCE.finditer(text, max(0, place.at - _NEAR), place.at)]
    edges = [max(0, place.at - _NEAR), *ends, place.at]
    for start, end in reversed(list(pairwise(edges))):
        found = words(text[start:end])
        at = next((index for index, key in enumerate(found.keys) if _same_form(key.removesuffix("'s")) in wanted), None)
        if at is not None:
            own = {at, at - 1, at + 1}
            return any(_named(found, index, text[start:end]) and not {index, index - 1} & own for index in range(at))
    return False


def _reach(place: _Place) -> int:
    """From where an antecedent is looked for: "this" takes up what was just said, "they" what was said a little before."""
    start = max(0, place.at - _NEAR)
    back = min((count for keys, count in _SENTENCES_BACK if place.explained & keys), default=0)
    ends = [match.end() for match in _SENTENCE.finditer(place.statement.document.text, start, place.at)]
    return ends[-back] if 0 < back <= len(ends) else start


def _of_speaker(place: _Place, content: Sequence[str]) -> bool:
    """True when a name for "we" is of the speaker's side: no state or union that the page is not about ("we [the European Union]")."""
    language = place.statement.document.language
    named = places(" ".join(content), language)
    about = " ".join(_about(place.statement))
    said = _SELF.findall(place.statement.document.text[max(0, place.at - _NEAR) : place.at])
    return not named or bool(named & places(f"{about} {' '.join(said)}", language))


_SELF = re.compile(r"\b(?:[Ww]e|[Oo]ur|[Uu]s)\b,? (?:the |in |as |of )*([A-Z]\w+(?: [A-Z]\w+)*)")


def _same_form(key: str) -> str:
    """A Russian word without its case ending; an English one as it is, since "extremists" are not "extremist elements"."""
    return key if key.isascii() else stem(key)


def _nearest(
    place: _Place, content: Sequence[str], rival: Callable[[Words, int, str], bool], *, own: bool = False
) -> bool:
    """True when nothing of the same sort (`rival`) stands nearer before the pronoun than what the insertion names.

    The pronoun's own sentence counts where it names whom the insertion names, and with `own` in any case.
    """
    text = place.statement.document.text
    wanted = {_same_form(key.removesuffix("'s")) for key in content if key not in _TITLES or len(content) == 1}
    ends = [match.end() for match in _SENTENCE.finditer(text, max(0, place.at - _NEAR), place.at)]
    edges = [max(0, place.at - _NEAR), *ends, place.at]
    for number in range(len(edges) - 1, 0, -1):
        piece = text[edges[number - 1] : edges[number]]
        found = words(piece)
        if wanted & {_same_form(key) for key in found.keys}:
            return True
        looked_at = own or number < len(edges) - 1
        if looked_at and any(rival(found, index, piece) for index in range(len(found))):
            return False
    return True


def _named(found: Words, index: int, text: str) -> bool:
    """True for the second of two capitalised words in a row, or a capitalised word behind a title: a person's name."""
    if not index or not found.span(index).of(text)[0].isupper() or found.keys[index] in FUNCTION_WORDS:
        return False
    if index > 1 and found.keys[index - 1] in _PARTICLES and found.span(index - 2).of(text)[0].isupper():
        return True
    gap = text[found.ends[index - 1] : found.starts[index]]
    before = found.span(index - 1).of(text)
    return before[0].isupper() and found.keys[index - 1] not in FUNCTION_WORDS and gap.strip() in ("", ".")


def _person(found: Words, index: int, text: str) -> bool:
    """True for a person's name, and for "the President"."""
    first = index
    while first and found.span(first).of(text)[0].isupper():
        first -= 1
    if found.keys[first] == "the":  # no person's name has an article, "the New Year Tree" has one
        return first == index - 1 and found.keys[index] in _TITLES
    return _named(found, index, text)


def _capitalised(found: Words, index: int, text: str) -> bool:
    """True for a capitalised word that does not open its sentence."""
    return index > 0 and found.span(index).of(text)[0].isupper() and found.keys[index] not in FUNCTION_WORDS


def _names_before(place: _Place) -> set[str]:
    """The capitalised words of the match's own sentence before the insertion."""
    text = place.statement.document.text
    start = max(text.rfind(mark, 0, place.at) for mark in (". ", "? ", "! ", "\n"))
    found = words(text[start + 1 : place.at])
    lead = text[start + 1 : place.at]
    return {
        key.removesuffix("'s")
        for index, key in enumerate(found.keys)
        if index and found.span(index).of(lead)[0].isupper() and key not in FUNCTION_WORDS
    }


def _completes(place: _Place) -> bool:
    """True when the insertion and its capitalised neighbour are one name: never another one than the document has."""
    text = place.quotation.text
    names = [place.inserted.span(index).of(place.bracket.text) for index in range(len(place.inserted))]
    if not all(name[0].isupper() for name in names):
        return False
    left, right = words(text[: place.bracket.span.start]), words(text[place.bracket.span.end :])
    beside = []
    if right and right.keys[0] not in _TITLES and right.span(0).of(text[place.bracket.span.end :])[0].isupper():
        beside.append((*place.inserted.keys, right.keys[0]))
    if left and left.span(len(left) - 1).of(text)[0].isupper():
        beside.append((left.keys[-1], *place.inserted.keys))
    held = words(place.statement.document.text).keys + _about(place.statement)
    for name in beside:
        if _stand_together(name, held) or _stand_together((name[0], name[-1]), held):
            return True
    given = bool(beside) and beside[0][-1] == (right.keys[0] if right else "")
    surname = beside[0][-1] if given else ""
    # A given name that the document never says may be added to a surname, unless the document gives that surname another one.
    return given and len(names) == 1 and not _other_given(surname, place.statement.document.text)


def _stand_together(name: Sequence[str], held: Sequence[str]) -> bool:
    size = len(name)
    return any(tuple(held[at : at + size]) == tuple(name) for at, key in enumerate(held) if key == name[0])


def _other_given(surname: str, text: str) -> bool:
    """True when the document writes a capitalised word that is no title before that surname."""
    found = words(text)
    for at, key in enumerate(found.keys):
        if at and key == surname:
            previous = found.span(at - 1).of(text)
            gap = text[found.ends[at - 1] : found.starts[at]]
            if (
                previous[0].isupper()
                and gap.strip() in ("", ".")
                and found.keys[at - 1] not in FUNCTION_WORDS | _TITLES
            ):
                return True
    return False


_TITLES = frozenset(
    "mr mrs ms miss dr sir lord lady madam президент премьер министр king queen mayor governor chairman adviser advisor president minister secretary senator general ambassador chancellor".split()
)


def _stands_before(place: _Place) -> bool:
    """True when the insertion only repeats the words that stand right before it in the source."""
    before = words(place.statement.document.text[max(0, place.at - 200) : place.at]).keys
    return place.bracket.before == 0 and before[-len(place.inserted) :] == place.inserted.keys


def _spells_out(place: _Place) -> bool:
    """True when the insertion writes an abbreviation beside it out, or gives it: its letters stand in the words in this order."""
    text = place.quotation.text
    before, behind = text[: place.bracket.span.start], text[place.bracket.span.end :]
    inserted = [place.inserted.span(index).of(place.bracket.text) for index in range(len(place.inserted))]
    left = words(before)
    if len(inserted) == 1:
        named = [left.span(index).of(before) for index in range(max(0, len(left) - 6), len(left))]
        return any(abbreviates(inserted[0], named[at:]) for at in range(len(named) - 1))
    beside = [left.span(len(left) - 1).of(before)] if len(left) else []
    right = words(behind)
    beside += [right.span(0).of(behind)] if len(right) else []
    return any(abbreviates(short, inserted) for short in beside)


def _names_holder(place: _Place) -> bool:
    """True when a name in brackets is the one that the document gives the office before it ("the President [Ilse Corvane]")."""
    names = [place.inserted.span(index).of(place.bracket.text) for index in range(len(place.inserted))]
    if not all(name[0].isupper() for name in names):
        return False
    lead = words(place.quotation.text[: place.bracket.span.start]).keys[-4:]
    office = next((key for key in reversed(lead) if key in _TITLES), None)
    if office is None or set(lead) & _OTHER_TIMES:
        return False
    keys, size = place.inserted.keys, len(place.inserted)
    text = f"{place.statement.document.title}\n{place.statement.turn.speaker}\n{place.statement.document.text}"
    held = words(text).keys
    return any(
        held[at : at + size] == keys and office in held[max(0, at - 4) : at]
        for at, key in enumerate(held)
        if key == keys[0]
    )


def _says_again(place: _Place) -> bool:
    """True when "this", "that" or "the" something is explained in words that stand together shortly before it."""
    if place.explained:
        return False
    lead = words(place.quotation.text[: place.bracket.span.start]).keys[-4:]
    if (
        not set(lead[:-1]) & _POINTING
        or any(key[0].isdigit() for key in place.inserted.keys)
        or set(lead) & _OTHER_TIMES
        or lead[-1] in FUNCTION_WORDS
    ):
        return False
    return place.inserted.keys[0] not in _CLAIMING and _said_before(place, place.inserted.keys)


def _replaces_pointer(place: _Place) -> bool:
    """True when "such gates" or "that resolution" is given the name under which the source spoke of it shortly before.

    The name takes the place of the "such", before the noun that is left; or of both words, where they open the quote. A "this"
    before another word may stand for itself ("this is a matter"), so that alone is no such place.
    """
    keys = place.inserted.keys
    if place.bracket.before == 0:
        text = place.statement.document.text
        opening = words(text[max(0, place.match.start - _OPENING) : place.match.start]).keys[-2:]
        named = len(opening) > 1 and opening[0] in _POINTING | _SUCH and stem(opening[1]) in map(stem, keys)
        return named and len(keys) > 1 and _said_before(place, keys)
    noun = words(place.quotation.text[place.bracket.span.end :]).keys[:1]
    left = bool(place.beside & _SUCH) and bool(noun) and noun[0] not in FUNCTION_WORDS
    return left and _said_before(place, (*keys, *noun))


def _said_before(place: _Place, keys: Sequence[str]) -> bool:
    """True when the words stand together, in whatever form, shortly before the insertion."""
    before = words(place.statement.document.text[max(0, place.at - _NEAR) : place.at]).keys
    return _stand_together(list(map(stem, keys)), list(map(stem, before)))


_OPENING = 40
"""Code points before a match in which a word stands that an insertion takes the place of."""
_SUCH = frozenset("such такой такая такое такие такого таких такий така таке такі".split())


def _placed_here(place: _Place, content: Sequence[str]) -> bool:
    """True when the insertion is no more than a place or a date which the document gives near the match or for itself."""
    keys = place.inserted.keys
    names = [
        key for index, key in enumerate(keys)
        if key in content and not (place.inserted.span(index).of(place.bracket.text)[0].isupper() or key[0].isdigit())
    ]  # fmt: skip
    if keys[0] not in _PLACING:
        return False
    if names:
        text = place.statement.document.text
        return _stand_together(keys[1:], words(text[max(0, place.at - _DATE_NEAR) : place.at]).keys)
    own = set(_about(place.statement)) | _date_words(place.statement)
    if set(content) <= own:
        return True
    nearest = keys[0] != "of" or _nearest(
        place, content, _capitalised
    )  # whose ruins they are, the last place named tells
    return nearest and set(content) <= own | _near_keys(place, _DATE_NEAR)


def _near_keys(place: _Place, reach: int) -> set[str]:
    text = place.statement.document.text
    return set(words(text[max(0, place.match.start - reach) : place.match.end + reach]).keys)


def _dated_here(place: _Place) -> bool:
    """True when the figures of an insertion are the document's own date, or a date that stands near the match.

    A figure that is no date, such as a sum, may not be carried from one sentence into another.
    """
    keys = place.inserted.keys
    near, own = _near_keys(place, _DATE_NEAR), _date_words(place.statement)
    dated = {key for key in keys if key in MONTHS or _YEAR.match(key)}
    return all(key in own or (dated and key in near and _DAY_OR_YEAR.match(key)) for key in keys if key[0].isdigit())


def _date_words(statement: Statement) -> set[str]:
    """The words in which the document's date may be written."""
    date = statement.document.date
    if date is None:
        return set()
    months = {name for name, number in MONTHS.items() if number == date.month}
    return {str(date.year), str(date.day), *months}


def _about(statement: Statement) -> tuple[str, ...]:
    """The words of the document's title, publisher and speakers."""
    document = statement.document
    return words(f"{document.title} {document.publisher} {' '.join(document.speakers)} {statement.turn.speaker}").keys
