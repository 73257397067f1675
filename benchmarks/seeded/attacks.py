"""Letters that are not seen and letters that look like others."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace

from benchmarks.seeded.drafts import Draft

HIDDEN = {
    "zero-width-space": "\u200b", "zero-width-joiner": "\u200d", "zero-width-non-joiner": "\u200c",
    "soft-hyphen": "\u00ad", "word-joiner": "\u2060", "byte-order-mark": "\ufeff", "left-to-right-mark": "\u200e",
    "right-to-left-mark": "\u200f", "arabic-letter-mark": "\u061c", "bidi-embedding": "\u202a\u202b\u202c",
    "bidi-override": "\u202d\u202e", "bidi-isolate": "\u2066\u2067\u2068\u2069", "invisible-operator": "\u2061\u2062\u2063\u2064",
    "deprecated-format": "\u206a\u206b\u206c\u206d\u206e\u206f", "variation-selector": "\ufe00\ufe01\ufe0e\ufe0f",
    "variation-selector-supplement": "\U000e0100\U000e01ef", "tag": "\U000e0001\U000e0020\U000e0041\U000e007f",
    "hangul-filler": "\u115f\u1160\u3164\uffa0", "mongolian-separator": "\u180e",
    "mongolian-variation-selector": "\u180b\u180c\u180d\u180f", "combining-grapheme-joiner": "\u034f",
    "khmer-inherent-vowel": "\u17b4\u17b5", "musical-format": "\U0001d173\U0001d17a",
    "shorthand-format": "\U0001bca0\U0001bca3", "reserved": "\u2065\ufff0\U000e0fff",
}  # fmt: skip
"""Every family of default-ignorable code points."""

LATIN_TO_CYRILLIC = dict(zip("aeopcxyijsABEKMHOPCTXIJS", "аеорсхуіјѕАВЕКМНОРСТХІЈЅ", strict=True))
LATIN_TO_GREEK = dict(zip("ovABEZHIKMNOPTYX", "ονΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", strict=True))
CYRILLIC_TO_LATIN = {cyrillic: latin for latin, cyrillic in LATIN_TO_CYRILLIC.items()}
FULL_WIDTH = {chr(code): chr(code + 0xFEE0) for code in [*range(0x41, 0x5B), *range(0x61, 0x7B)]}
ALPHABETS = {
    "en": {"cyrillic": LATIN_TO_CYRILLIC, "greek": LATIN_TO_GREEK, "full-width": FULL_WIDTH},
    "ru": {"latin": CYRILLIC_TO_LATIN},
}
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def with_hidden(quote: str, letters: str, rng: random.Random) -> str:
    """The quote with one to four of the letters put anywhere."""
    for _ in range(rng.randint(1, 4)):
        place = rng.randint(0, len(quote))
        quote = quote[:place] + rng.choice(letters) + quote[place:]
    return quote


def hidden(draft: Draft, rng: random.Random) -> Iterator[Draft]:
    """A quote with letters that are not seen: a true one stays verified with the warning, a flip stays none."""
    family = rng.choice(list(HIDDEN))
    true = draft.truth == "true"
    yield replace(
        draft,
        kind="hidden-in-true" if true else "hidden-in-flip",
        form=family,
        quote=with_hidden(draft.quote, HIDDEN[family], rng),
        truth="attack",
        expect="verified" if true else "not-verified",
        warning="hidden-characters" if true else "",
        change=f"{family} put in; {draft.change}".rstrip("; "),
    )


def look_alike_places(quote: str, alphabet: dict[str, str]) -> dict[str, list[int]]:
    """Where letters may be exchanged: inside words, or words of one letter as a whole."""
    inside = [found.start() for found in re.finditer(r"(?<=\w)\w(?=\w)", quote) if found.group() in alphabet]
    alone = [found.start() for found in re.finditer(r"(?<![\w’'-])\w(?![\w’'-])", quote) if found.group() in alphabet]
    return {"in-a-word": inside, "whole-word": alone}


def look_alike(draft: Draft, rng: random.Random) -> Iterator[Draft]:
    """A true quote with letters of another script: not verified, or with a warning."""
    script, alphabet = rng.choice(list(ALPHABETS[draft.spot.language].items()))
    places = look_alike_places(draft.quote, alphabet)
    way = "whole-word" if places["whole-word"] and rng.random() < 0.6 else "in-a-word"
    if not places[way]:
        return
    letters = list(draft.quote)
    for place in rng.sample(places[way], min(len(places[way]), rng.randint(1, 2))):
        letters[place] = alphabet[letters[place]]
    yield replace(draft, kind="look-alike", form=f"{script}-{way}", quote="".join(letters), truth="attack",
                  expect="warned", warning="look-alike-letters", change=f"{script} letters")  # fmt: skip


def signs(draft: Draft, rng: random.Random) -> Iterator[Draft]:
    """A figure that is another one by its sign, superscript, fraction or point only."""
    quote, found = draft.quote, re.search(r"(?<![\w.,/$€£-])\d+(?![\w.,/-]\w|\w)", draft.quote)
    half = re.search(r"½|1/2|\bone[- ]half\b", quote)
    if half:
        yield sign(draft, half.span(), rng.choice(["⅓", "1/3", "¼"]), "fraction")
    if not found:
        return
    figure = found.group()
    if len(figure) >= 2:
        yield sign(draft, found.span(), figure[:-1] + figure[-1].translate(SUPERSCRIPTS), "superscript")
        yield sign(draft, found.span(), f"{figure[:-1]}.{figure[-1]}", "point")
    yield sign(draft, found.span(), rng.choice("−-") + figure, "minus")
    yield sign(draft, found.span(), figure + rng.choice("½²³"), "added")
    yield sign(draft, found.span(), figure.translate(SUPERSCRIPTS), "all-superscript")


def sign(draft: Draft, span: tuple[int, int], new: str, form: str) -> Draft:
    """The quote with the figure replaced."""
    start, end = span
    return replace(draft, kind="sign", form=form, quote=draft.quote[:start] + new + draft.quote[end:], truth="flip",
                   expect="not-verified", change=f"{draft.quote[start:end]} → {new}")  # fmt: skip
