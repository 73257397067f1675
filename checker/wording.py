"""What editors read for the codes of a finding: one table for the terminal, the report and the web pages.

Nobody is accused: we say what was found in the sources that were searched, never what somebody did.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from babel import Locale

from checker.tongue import figure, said, spoken
from checker.types import EditKind, Reason, Status, Verdict
from corpus.relatives import Relation
from corpus.text import FOLDINGS
from corpus.types import PartialDate

Tone = Literal["verified", "paraphrased", "altered", "unsourced", "uncovered"]
"""How a finding looks: the status, with wording that differs and sources that are missing set apart."""

ColumnKind = EditKind | Literal["omission", "joined", "bracket", "unmatched"]
"""How a piece of the two lines can differ: as the aligner names it, or at a seam between two parts."""


@dataclass(frozen=True, slots=True)
class Words:
    """A few words for a chip, and the sentence that explains them."""

    short: str
    long: str


STATUSES: Mapping[Status, Words] = MappingProxyType(
    {
        "verified": Words("Verified", "The quoted wording stands in a primary source."),
        "paraphrased": Words("Paraphrased", "A primary source says the same in other words."),
        "unsourced": Words("Unsourced", "Nothing in the searched sources supports it as attributed."),
    }
)

TONES: Mapping[Tone, Words] = MappingProxyType(
    {
        "verified": Words("Verified", "The wording stands in the source."),
        "paraphrased": Words("Paraphrased", "Same meaning, other words."),
        "altered": Words("Unsourced, wording differs", "A source is close, but the wording differs."),
        "unsourced": Words("Unsourced", "Not supported by the searched sources."),
        "uncovered": Words("Unsourced, not covered", "No sources are held for that speaker and time."),
    }
)

ICONS: Mapping[Tone, str] = MappingProxyType(
    {"verified": "✓", "paraphrased": "≈", "altered": "≠", "unsourced": "○", "uncovered": "?"}
)

REASONS: Mapping[Reason, Words] = MappingProxyType(
    {
        "exact": Words("word for word", "The source has these words, character for character."),
        "typographic": Words("typography differs", "Only typography or spelling differs from the source."),
        "ellipsis": Words("shortened with a mark", "The wording is the source’s, with a marked and fair omission."),
        "bracketed": Words("explained in brackets", "The wording is the source’s; the brackets only explain it."),
        "press-allowance": Words(
            "a filler or small word differs",
            "The wording is the source’s but for a filler, a repetition or one small word that changes nothing.",
        ),
        "fragment": Words("part of a sentence", "These words are part of a sentence of the source, fairly quoted."),
        "reported-speech": Words(
            "reported speech", "The source says this; person and tense are shifted, as in reported speech."
        ),
        "close-paraphrase": Words(
            "close paraphrase", "The source says the same in other words, and stays close to it."
        ),
        "loose-paraphrase": Words("loose paraphrase", "The source says the same, in words of its own."),
        "paraphrase-in-quotes": Words(
            "paraphrase in quotation marks",
            "The meaning is the source’s, but the words inside the quotation marks are not.",
        ),
        "translation": Words("translation", "A source in another language, or an unofficial translation, says this."),
        "absent": Words("not found", "Not found in the searched sources."),
        "not-covered": Words(
            "sources not held", "The corpus holds no documents of this speaker or publisher around that date."
        ),
        "secondary-only": Words(
            "only second-hand", "Found only in a secondary source, which supports nothing by itself."
        ),
        "altered-number": Words("a number differs", "A source has this wording, with another number."),
        "altered-entity": Words("a name differs", "A source has this wording, with another name, place or party."),
        "altered-date": Words("a date differs", "A source has this wording, with another date."),
        "negation": Words("a “not” differs", "A source has this wording, and a negation stands on one side only."),
        "modality": Words(
            "the commitment differs", "A source has this wording, but how firmly it commits differs (may, will, must)."
        ),
        "quantifier": Words("all, some or none differs", "A source has this wording, for another share of the whole."),
        "altered-wording": Words("the wording differs", "A source is close, but words that carry meaning differ."),
        "spliced": Words("joined from several places", "The words stand in the source, but apart or in another order."),
        "out-of-context": Words(
            "what governs it is left out",
            "The words stand in the source under a condition, negation or attribution which the quote leaves out.",
        ),
        "ellipsis-abuse": Words(
            "the omission matters", "What was left out at the mark of omission changes the meaning."
        ),
        "bracket-abuse": Words(
            "the brackets add a claim", "The brackets add something that the source does not say here."
        ),
        "misattributed": Words("another speaker said it", "The words stand in a source, said by somebody else."),
        "wrong-date": Words("said on another date", "The words stand in a source of another date."),
        "wrong-document": Words("said elsewhere", "The words stand in another document than the one named."),
        "nested-quote": Words(
            "quoting somebody else", "In the source the speaker is quoting or reporting somebody else."
        ),
        "chance-match": Words("too common to identify", "A stock phrase that does not point to one statement."),
    }
)

GROUPS: Mapping[Status, tuple[Reason, ...]] = MappingProxyType(
    {
        "verified": ("exact", "typographic", "fragment", "ellipsis", "bracketed", "press-allowance"),
        "paraphrased": (
            "reported-speech", "close-paraphrase", "loose-paraphrase", "paraphrase-in-quotes", "translation",
        ),
        "unsourced": (
            "altered-number", "altered-entity", "altered-date", "negation", "modality", "quantifier",
            "altered-wording", "spliced", "out-of-context", "ellipsis-abuse", "bracket-abuse", "misattributed",
            "nested-quote", "wrong-date", "wrong-document", "secondary-only", "chance-match", "not-covered", "absent",
        ),
    }
)  # fmt: skip
"""Which reasons belong to which status, in the order in which a reader learns them."""

EDITS: Mapping[ColumnKind, Words] = MappingProxyType(
    {
        "typographic": Words("TYPE", "typography"),
        "spelling": Words("SPELLING", "spelling"),
        "inflection": Words("FORM", "form of the word"),
        "function-word": Words("SMALL WORD", "small word"),
        "content-word": Words("WORD", "word"),
        "number": Words("NUMBER", "number"),
        "date": Words("DATE", "date"),
        "name": Words("NAME", "name"),
        "negation": Words("NOT", "negation"),
        "modality": Words("COMMITMENT", "commitment"),
        "quantifier": Words("HOW MUCH", "all, some or none"),
        "filler": Words("FILLER", "filler or repetition"),
        "order": Words("ORDER", "order of words"),
        "omission": Words("LEFT OUT", "marked omission"),
        "joined": Words("JOINED", "joined without a mark"),
        "bracket": Words("BRACKETS", "bracketed insertion"),
        "unmatched": Words("NOT THERE", "not in this passage"),
    }
)

FEATURES: Mapping[str, str] = MappingProxyType(
    {
        "wording": "Wording",
        "numbers": "Figures",
        "dates": "Days and months",
        "names": "Names",
        "negation": "Not",
        "modality": "Commitment",
        "quantifiers": "How much",
        "content": "Words",
        "order": "Order",
        "omission": "Omissions",
        "brackets": "Brackets",
        "joined": "Joined pieces",
        "context": "Context",
        "coverage": "Coverage",
        "meaning": "Meaning",
        "speaker": "Speaker",
        "date": "Date",
    }
)

TIERS = {"primary": "primary source", "agency": "news agency", "secondary": "secondary source"}
TRANSLATIONS = {"official": "official translation", "unofficial": "unofficial translation"}
KINDS = {"readout": "read-out", "phone-readout": "phone read-out"} | {
    code: code.replace("-", " ")
    for code in (
        "statement", "speech", "briefing", "transcript", "press-conference", "joint-press-conference", "interview",
        "meeting", "letter", "greeting", "excerpt", "address", "article", "press-release", "joint-statement", "remarks",
    )
}  # fmt: skip
CONFIDENCES = ((0.95, "very high"), (0.85, "high"), (0.7, "fair"), (0.5, "moderate"), (0.0, "low"))
RELATIONS: Mapping[Relation, str] = MappingProxyType(
    {
        "original": "%(language)s original", "translation": "In %(language)s", "other-language": "In %(language)s",
        "also-at": "Nearly the same text", "full-text": "Contained in",
    }
)  # fmt: skip
MONTHS = (
    Words("January %(year)s", "%(day)s January %(year)s"), Words("February %(year)s", "%(day)s February %(year)s"),
    Words("March %(year)s", "%(day)s March %(year)s"), Words("April %(year)s", "%(day)s April %(year)s"),
    Words("May %(year)s", "%(day)s May %(year)s"), Words("June %(year)s", "%(day)s June %(year)s"),
    Words("July %(year)s", "%(day)s July %(year)s"), Words("August %(year)s", "%(day)s August %(year)s"),
    Words("September %(year)s", "%(day)s September %(year)s"), Words("October %(year)s", "%(day)s October %(year)s"),
    Words("November %(year)s", "%(day)s November %(year)s"), Words("December %(year)s", "%(day)s December %(year)s"),
)  # fmt: skip
"""A month, and a day of it."""

NOUNS = (
    "document",
    "passage",
    "statement",
    "quotation",
    "other place",
    "other near passage",
    "nearest passage",
    "word",
    "day",
    "item",
)
"""What is counted on the pages; each is a message as "%(count)s document" and "%(count)s documents"."""

_ALTERED: frozenset[Reason] = frozenset(
    {
        "altered-number", "altered-entity", "altered-date", "altered-wording", "negation", "modality", "quantifier",
        "spliced", "out-of-context", "ellipsis-abuse", "bracket-abuse",
    }
)  # fmt: skip


def tone(verdict: Verdict) -> Tone:
    """The colour, icon and underline of a verdict.

    >>> tone(Verdict("unsourced", "negation", 0.9, ""))
    'altered'
    """
    if verdict.reason == "not-covered":
        return "uncovered"
    return "altered" if verdict.reason in _ALTERED else verdict.status


def in_words(words: Words) -> Words:
    """The same in the reader's language."""
    return Words(said(words.short), said(words.long))


def confidence(value: float) -> str:
    """How sure the machine is, in a word.

    >>> confidence(0.97)
    'very high'
    """
    return said(next(word for least, word in CONFIDENCES if value >= least))


def long_date(date: PartialDate | None) -> str:
    """A date that nobody can misread.

    >>> long_date(PartialDate(2014, 3, 18)), long_date(PartialDate(2014))
    ('18 March 2014', '2014')
    """
    if date is None:
        return said("undated")
    if date.month is None:
        return f"{date.year:04d}"
    month = MONTHS[date.month - 1]
    return said(month.long if date.day else month.short, day=date.day, year=f"{date.year:04d}")


def count(number: int, noun: str, *, plural: str = "") -> str:
    """A number with its noun.

    >>> count(18204, "statement"), count(1, "quotation")
    ('18,204 statements', '1 quotation')
    """
    message = spoken().counted(f"%(count)s {noun}", f"%(count)s {plural or noun + 's'}", number)
    return message % {"count": figure(number)}


def kind(code: str) -> str:
    """What sort of document it is."""
    return said(KINDS.get(code, code.replace("-", " ")))


def tier(code: str) -> str:
    """How close to the event a source is."""
    return said(TIERS.get(code, code))


def language(code: str) -> str:
    """A language's name, or its code where it has none.

    >>> language("ru"), language("x-none")
    ('Russian', 'x-none')
    """
    return str(Locale(spoken().locale).languages.get(code, code))


def relation(kind: Relation, code: str) -> str:
    """What another document is to the one shown.

    >>> relation("original", "ru"), relation("full-text", "en")
    ('Russian original', 'Contained in')
    """
    return said(RELATIONS[kind], language=language(code))


def translation(code: str) -> str:
    """Who translated."""
    return said(TRANSLATIONS.get(code, code))


def feature(name: str) -> str:
    """What a feature is called in a table."""
    return said(FEATURES.get(name, name.replace("_", " ").replace("-", " ").capitalize()))


def folding(rule: str) -> str:
    """What was folded away, as an editor would call it."""
    return said(FOLDINGS.get(rule, rule.replace("-", " ")))
