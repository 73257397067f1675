"""The same words in other types: marks, spaces, hyphens, separators, spellings, figures written out."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

from benchmarks.seeded.drafts import Draft
from benchmarks.seeded.edits import like_case
from benchmarks.seeded.sentences import Spot

Rule = Callable[[str, random.Random], str | None]

SPELLINGS = dict(
    pair.split("/")
    for pair in """colour/color honour/honor labour/labor favour/favor neighbour/neighbor neighbours/neighbors
    neighbouring/neighboring behaviour/behavior centre/center centres/centers theatre/theater programme/program
    programmes/programs defence/defense offence/offense organisation/organization organisations/organizations
    organise/organize organised/organized recognise/recognize recognised/recognized realise/realize realised/realized
    emphasise/emphasize emphasised/emphasized modernisation/modernization globalisation/globalization
    industrialised/industrialized mobilise/mobilize utilise/utilize stabilise/stabilize labelled/labeled
    travelled/traveled cancelled/canceled fulfil/fulfill skilful/skillful cooperation/co-operation
    coordination/co-ordination endeavour/endeavor endeavours/endeavors favourable/favorable rigour/rigor vigour/vigor
    analyse/analyze catalyse/catalyze dialogue/dialog grey/gray metres/meters kilometres/kilometers
    harbour/harbor rumour/rumor armour/armor humour/humor judgement/judgment ageing/aging
    civilisation/civilization democratisation/democratization liberalisation/liberalization""".split()
)
OTHER_SPELLING = {**SPELLINGS, **{other: one for one, other in SPELLINGS.items()}}
WRITTEN = dict(enumerate("two three four five six seven eight nine ten eleven twelve".split(), 2))
WRITTEN_RUSSIAN = dict(
    enumerate("два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать".split(), 2)
)
LIGATURES = {"ffi": "ﬃ", "ffl": "ﬄ", "fi": "ﬁ", "fl": "ﬂ", "ff": "ﬀ"}
SPACES = ("\u00a0", "\u2009", "\u202f", "\u2003", "\u2007")


def one_place(pattern: str, text: str, rng: random.Random, *, flags: re.RegexFlag = re.NOFLAG) -> re.Match[str] | None:
    """One of the places where the pattern stands."""
    found = list(re.finditer(pattern, text, flags))
    return rng.choice(found) if found else None


def put(text: str, found: re.Match[str] | None, new: str) -> str | None:
    """The text with the place filled anew."""
    return None if found is None else text[: found.start()] + new + text[found.end() :]


def quote_marks(text: str, rng: random.Random) -> str | None:
    """Inner quotation marks of another style."""
    found = one_place(r"[“\"«]([^“”\"«»]+)[”\"»]", text, rng)
    styles = [pair for pair in ("“”", '""', "«»", "‘’", "„“") if found and pair[0] != found.group()[0]]
    pair = rng.choice(styles) if styles else ""
    return put(text, found, f"{pair[0]}{found.group(1)}{pair[1]}") if found else None


def apostrophes(text: str, rng: random.Random) -> str | None:
    """Straight for curly, or the other way."""
    found = one_place(r"(?<=[a-z])[’'](?=[a-z])", text, rng)
    return text.translate({0x2019: "'", 0x27: "’"}) if found else None


def dashes(text: str, rng: random.Random) -> str | None:
    """Another dash between words."""
    styles = (" – ", " — ", " - ", " -- ", "—")
    found = one_place(r" (?:–|—|-|--) |(?<=[a-z])—(?=[a-z])", text, rng)
    return put(text, found, rng.choice([style for style in styles if not found or style != found.group()]))


def hard_spaces(text: str, rng: random.Random) -> str | None:
    """A space that does not break, or of another width."""
    return put(text, one_place(r" ", text, rng), rng.choice(SPACES))


def stray_spaces(text: str, rng: random.Random) -> str | None:
    """A space too many, also before a comma."""
    found = one_place(r" |(?<!\d)(?=[,;])", text, rng)
    return put(text, found, "  " if found and found.group() else " ")


def line_break(text: str, rng: random.Random) -> str | None:
    """A line that ends in the middle."""
    return put(text, one_place(r" ", text, rng), "\n")


def broken_word(text: str, rng: random.Random) -> str | None:
    """A word hyphenated at the end of a line."""
    found = one_place(r"\b[a-z]{4,6}(?=[a-z]{4,}\b)|\b[а-яё]{4,6}(?=[а-яё]{4,}\b)", text, rng)
    return put(text, found, f"{found.group()}-\n") if found else None


def soft_hyphens(text: str, rng: random.Random) -> str | None:
    """A soft hyphen in a long word."""
    found = one_place(r"(?<=\w\w\w\w)(?=\w\w\w\w)", text, rng)
    return put(text, found, "\u00ad")


def ligatures(text: str, rng: random.Random) -> str | None:
    """fi, fl and ff as one type."""
    found = one_place("|".join(LIGATURES), text, rng)
    return put(text, found, LIGATURES[found.group()]) if found else None


def thousands(text: str, rng: random.Random) -> str | None:
    """Another separator of thousands, or none."""
    found = one_place(r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?![\w.,]\d|\d)", text, rng)
    if found:
        return put(text, found, found.group().replace(",", rng.choice(["", " ", "\u00a0", "\u202f"])))
    found = one_place(r"(?<![\w.,])\d{5,6}(?![\w.,]\d|\d)", text, rng)
    return (
        put(text, found, f"{found.group()[:-3]}{rng.choice([' ', chr(0xA0)])}{found.group()[-3:]}") if found else None
    )


def per_cent(text: str, rng: random.Random) -> str | None:
    """per cent, percent and %."""
    found = one_place(r"(?<=\d) ?(?:per cent|percent|%|процентов|процента)(?!\w|age| [а-яё]+ных? пункт)", text, rng)
    if found is None:
        return None
    styles = ["%", " %"] if "про" in found.group() else ["%", " percent", " per cent"]
    if "%" in found.group() and re.search("[а-яё]", text):
        styles = [" %", "%"]
    return put(text, found, rng.choice([style for style in styles if style != found.group()]))


def other_spelling(text: str, rng: random.Random) -> str | None:
    """One word in the spelling of the other shore."""
    found = one_place(rf"\b(?:{'|'.join(OTHER_SPELLING)})\b", text, rng, flags=re.IGNORECASE)
    if found is None or (found.start() and found.group()[0].isupper()):
        return None
    return put(text, found, like_case(OTHER_SPELLING[found.group().casefold()], found.group()))


def written_figures(text: str, rng: random.Random) -> str | None:
    """'5 countries' for 'five countries', and the other way, up to twelve."""
    found = one_place(r"(?<=[a-z] )(?:[2-9]|1[0-2])(?= [a-z]{4,}s\b)(?! (?:percent|cents|degrees))", text, rng)
    if found:
        return put(text, found, WRITTEN[int(found.group())])
    found = one_place(rf"(?<=[a-z] )(?:{'|'.join(WRITTEN.values())})(?= [a-z]{{4,}}s\b)", text, rng)
    if found and not re.search(r"\b(?:one|or|and|to|twenty|thirty|hundred) $", text[: found.start()]):
        return put(text, found, str(next(n for n, word in WRITTEN.items() if word == found.group())))
    found = one_place(r"(?<=[а-яё] )(?:[2-9]|1[0-2])(?= [а-яё]{3,}(?:ов|а|ет|й)\b)", text, rng)
    return put(text, found, WRITTEN_RUSSIAN[int(found.group())]) if found and re.search(
        r"\b(?:за|более|через|на|ещё|уже|почти) $", text[: found.start()]) else None  # fmt: skip


def last_mark(text: str, rng: random.Random) -> str | None:
    """Without the final full stop, or with a comma for it."""
    return text[:-1] + rng.choice(["", ","]) if text.endswith(".") else None


def small_start(text: str, rng: random.Random) -> str | None:
    """A small letter at the start."""
    found = re.match(r"(?:The|We|This|In|There|Our|At|On|For|And|But|These|Мы|Это|В|На|Но|И)\b", text)
    return text[0].lower() + text[1:] if found else None


RULES: dict[str, Rule] = {
    "quote-marks": quote_marks, "apostrophes": apostrophes, "dashes": dashes, "hard-spaces": hard_spaces,
    "stray-spaces": stray_spaces, "line-break": line_break, "broken-word": broken_word, "soft-hyphen": soft_hyphens,
    "ligature": ligatures, "thousands": thousands, "per-cent": per_cent, "spelling": other_spelling,
    "written-figure": written_figures, "last-mark": last_mark, "small-start": small_start,
}  # fmt: skip
RARE = ("thousands", "per-cent", "written-figure", "spelling", "quote-marks", "dashes")


def retyped(spot: Spot, rng: random.Random) -> Iterator[Draft]:
    """The sentence by one of the rules; the rare rules first where they apply."""
    rare = [name for name in RARE if RULES[name](spot.text, rng)]
    names = rare if rare and rng.random() < 0.7 else [name for name in RULES if name not in RARE]
    rng.shuffle(names)
    for name in names:
        quote = RULES[name](spot.text, rng)
        if quote and quote != spot.text:
            yield Draft("typography", name, quote, spot, (spot.text,))
            return
