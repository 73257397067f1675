"""Bracketed insertions that add no claim: a capital, a first name, a pronoun's name, an abbreviation spelt out."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from benchmarks.seeded.drafts import Draft
from benchmarks.seeded.faithful.fragments import cuts
from benchmarks.seeded.governing import is_plain
from benchmarks.seeded.sentences import Spot

CAPITAL = re.compile(r"^(?:The|We|This|In|There|Our|A|An|At|On|For|With|From|It|Мы|Это|В|На|У|Наша|Наши|По|С)\b")
CLOSED = re.compile(
    r"^(?:we|I|you|he|she|they|it|this|there|these|our|the|a|an|мы|я|он|она|они|это|у|здесь|сегодня|наш\w?)\b"
)
SURNAME = re.compile(r"(?<![.!?] )(?<!^)(?<=[a-z,] )([A-Z][a-z]{3,})\b(?!’s [A-Z]| [A-Z])")
PRESIDENTS = re.compile(r"(?<=\bPresident )([A-Z][a-z]{3,})\b(?! [A-Z])")
NO_GIVEN_NAME = frozenset(
    """President Minister Prime Mr Mrs Ms Dr King Queen Secretary General Senator Governor Chancellor Ambassador Chairman
    Vice Foreign Republic The And Great New South North East West Saint San Los Lake Mount Former Deputy First Second In
    For Of At On By With From To But Both When After Before As If That This Dear Sir Lord Lady Comrade Captain Admiral
    Colonel Judge Justice Congressman Congresswoman Attorney Speaker Leader Operation Camp Fort Mayor Professor Director
    University Under Since While Thank Thanks Soviet American Russian Former""".split()
)
TITLE = r"(?:President|Prime Minister|Mr\.?|Secretary|Chancellor|Senator|Ambassador|King|Mrs\.?|Ms\.?)"
PERSON = re.compile(
    rf"\b(?:{TITLE} (?:[A-Z][a-z]+ )?|(?:Vladimir|Dmitry|Barack|John|George|Hillary|Donald|Angela) )([A-Z][a-z]{{3,}})\b"
)
ABBREVIATED = re.compile(
    r"\b((?:[A-Z][a-z]+(?:-[A-Z][a-z]+)? (?:of (?:the )?|for |and |on )?){1,5}[A-Z][a-z]+) \(([A-Z]{3,6})\)"
)


def changed_capital(spot: Spot) -> Iterator[tuple[str, str, str]]:
    """'[t]he' at the start of a sentence, '[W]e' at the start of a fragment: (form, quote, words)."""
    if CAPITAL.search(spot.text):
        first = spot.text[0]
        yield "capital", f"[{first.lower()}]{spot.text[1:]}", spot.text.split(maxsplit=1)[1]
    if is_plain(spot.text):
        for start, end in cuts(spot.text, spot.language):
            words = spot.text[start:end]
            if start and CLOSED.search(words) and not re.match(r"I\b", words):
                yield "capital", f"[{words[0].upper()}]{words[1:]}", words.split(maxsplit=1)[1]


def given_names(text: str, surname: str) -> set[str]:
    """Every capitalised word that stands before the surname in this text and may be a first name."""
    before = set(re.findall(rf"\b([A-Z][\w-]+) {surname}\b", text))
    return {name for name in before if name not in NO_GIVEN_NAME and name.isalpha() and len(name) > 2}


def added_first_name(spot: Spot) -> Iterator[tuple[str, str, str]]:
    """'[Vladimir] Putin', where the document has one first name for this surname and introduces it as a person."""
    known = {found.group(1) for found in PERSON.finditer(spot.document.stored_text)}
    for found in PRESIDENTS.finditer(spot.text):
        surname = found.group(1)
        names = given_names(spot.document.stored_text, surname)
        if surname in known and len(names) == 1:
            start = found.start()
            yield "first-name", f"{spot.text[:start]}[{names.pop()}] {spot.text[start:]}", spot.text


def explained_pronoun(spot: Spot) -> Iterator[tuple[str, str, str]]:
    """'He [Putin]' or '[Putin]', where the sentence before begins with the only person named around."""
    before = spot.neighbour(-1)
    pronoun = re.match(
        r"(He|She) (?=(?:has|was|is|had|will|did|knows?|came|went|made|wants?|asked|told|spoke)\b)", spot.text
    )
    if before is None or not before.whole or not pronoun:
        return
    persons = {found.group(1) for found in PERSON.finditer(f"{before.text} {spot.text}")}
    subject = re.match(rf"(?:And |But |So |Well, )?{PERSON.pattern} (?=[a-z])(?!and\b|or\b)", before.text)
    others = re.findall(
        r"(?<!^)(?<![.!?] )\b(?:[A-Z][a-z]+ [A-Z][a-z]+|man|woman|leader|minister|president)\b",
        before.text[subject.end() :] if subject else "",
    )
    if subject and len(persons) == 1 and not others and not re.search(r"\b(?:he|she|him|his|her)\b", before.text):
        name = persons.pop()
        rest = spot.text[pronoun.end() :]
        yield "pronoun", f"{pronoun.group(1)} [{name}] {rest}", spot.text
        yield "pronoun", f"[{name}] {rest}", rest


def spelt_out(spot: Spot) -> Iterator[tuple[str, str, str]]:
    """'the WTO [World Trade Organisation]', where the document itself spells the abbreviation out."""
    for found in ABBREVIATED.finditer(spot.document.stored_text):
        words, short = re.sub(r"^(?:The|Our|This) ", "", found.group(1)), found.group(2)
        initials = "".join(word[0] for word in re.split(r"[ -]", words) if word[0].isupper())
        place = re.search(rf"\b{short}\b(?![\w’'-])", spot.text)
        if initials == short and place and words not in spot.text and "(" not in spot.text:
            yield "abbreviation", f"{spot.text[: place.end()]} [{words}]{spot.text[place.end() :]}", spot.text


def bracketed(spot: Spot, rng: random.Random) -> Iterator[Draft]:
    """Each fair bracket."""
    rare = [*added_first_name(spot), *explained_pronoun(spot), *spelt_out(spot)] if spot.language == "en" else []
    for form, quote, words in rare or list(changed_capital(spot)):
        yield Draft("brackets", form, quote, spot, (words.strip(),))
