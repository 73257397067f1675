"""What no reader sees changes no verdict and is told; letters that only look right verify nothing unseen.

Every default-ignorable code point of Unicode, and U+2800, stands once at each of five positions of a verified quote, the
quotes taken in turn: the status and the place must be the same, and a warning must name it. The same with bidirectional
controls in every quote that is not verified. Then letters are changed for look-alikes of another script in verified quotes: the
finding must not be `exact`, and if it is verified still it must say so.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

import regex

from benchmarks.nightly.campaign import Campaign, Outcome, Trial, counted, in_short
from benchmarks.nightly.starter import claims, fill, judged
from checker.errors import QuoteError
from checker.types import Claim, Finding
from corpus.store import Corpus
from corpus.types import Span

_IGNORABLE = regex.compile(r"\p{Default_Ignorable_Code_Point}")
BIDIRECTIONAL = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
LOOK_ALIKES = {
    "a": "\u0430", "c": "\u0441", "e": "\u0435", "o": "\u043e", "p": "\u0440", "x": "\u0445", "y": "\u0443", "i": "\u0456",
    "s": "\u0455", "j": "\u0458", "h": "\u04bb", "d": "\u0501", "n": "\u0578", "u": "\u057d", "v": "\u03bd", "A": "\u0410",
    "B": "\u0412", "E": "\u0395", "H": "\u041d", "I": "\u0406", "K": "\u039a", "M": "\u041c", "N": "\u039d", "O": "\u041e",
    "P": "\u03a1", "S": "\u0405", "T": "\u0422", "W": "\u051c", "Y": "\u03a5", "Z": "\u0396", "а": "a", "е": "e", "о": "o",
    "с": "c", "р": "p", "х": "x", "у": "y", "і": "i",
}  # fmt: skip
"""Letters and what passes for them in another script; of Unicode's table of confusables those that fonts draw alike."""


@dataclass(frozen=True, slots=True)
class _Held:
    claim: Claim
    finding: Finding

    @property
    def places(self) -> tuple[tuple[str, Span], ...]:
        return tuple((each.document.id, each.span) for each in self.finding.evidence)


def invisible() -> tuple[str, ...]:
    """All code points that no reader sees, assigned or not."""
    ignorable = (chr(point) for point in range(0x110000) if not 0xD800 <= point < 0xE000)
    return (*(each for each in ignorable if _IGNORABLE.match(each)), "\u2800")


def positions(quote: str, chance: random.Random) -> tuple[int, ...]:
    """At the start, at the end, inside a word, before a space and behind one."""
    spaces = [at for at, letter in enumerate(quote) if letter == " "]
    inside = [at for at in range(1, len(quote)) if quote[at - 1].isalpha() and quote[at].isalpha()]
    space = chance.choice(spaces)
    return (0, len(quote), chance.choice(inside), space, space + 1)


def run(trial: Trial) -> Outcome:
    """Check every quote anew with what was put into it."""
    chance = random.Random(trial.seed)
    points = invisible()
    problems: list[str] = []
    with Corpus.open(fill(trial.folder / "corpus")) as corpus:
        held = [_Held(claim, judged(claim, corpus)) for claim in claims()]
        verified = [each for each in held if each.finding.verdict.status == "verified" and each.claim.direct]
        others = [each for each in held if each.finding.verdict.status != "verified"]
        sample = chance.sample(points, trial.times(len(points)))
        hidden = 0
        for number, point in enumerate(sample):
            each = verified[number % len(verified)]
            for at in positions(each.claim.quote, chance):
                problems += _unlike(each, point, at, corpus)
                hidden += 1
        turned = 0
        for each in others[: trial.times(len(others))]:
            for control in BIDIRECTIONAL:
                for at in positions(each.claim.quote, chance):
                    problems += _unlike(each, control, at, corpus)
                    turned += 1
        swapped, told, refused = 0, 0, 0
        for each in _endless(verified, trial.times(1_000)):
            letters = [at for at, letter in enumerate(each.claim.quote) if letter in LOOK_ALIKES]
            some = chance.sample(letters, min(len(letters), chance.choice((1, 1, 2, 5))))
            forged = "".join(LOOK_ALIKES[one] if at in some else one for at, one in enumerate(each.claim.quote))
            found = judged(replace(each.claim, quote=forged), corpus)
            swapped += 1
            if found.verdict.status != "verified":
                refused += 1
            elif found.verdict.reason == "exact" or "look-alike-letters" not in _warned(found):
                problems.append(f"{forged!r} is {found.verdict.reason} and nothing is said")
            else:
                told += 1
    figures = (
        ("invisible code points", counted(len(sample))),
        ("checks with one of them", counted(hidden)),
        ("checks of other quotes with a bidirectional control", counted(turned)),
        ("look-alike swaps", f"{swapped:,}: {refused:,} not verified, {told:,} verified with a warning"),
        ("changed or silent", counted(len(problems))),
    )
    return Outcome(figures, in_short(problems))


def _endless(held: list[_Held], number: int) -> Iterator[_Held]:
    return (held[at % len(held)] for at in range(number))


def _unlike(each: _Held, point: str, at: int, corpus: Corpus) -> Iterator[str]:
    quote = each.claim.quote[:at] + point + each.claim.quote[at:]
    where = f"U+{ord(point):04X} at {at} of {each.claim.quote!r}"
    try:
        after = _Held(each.claim, judged(replace(each.claim, quote=quote), corpus))
    except QuoteError as error:
        yield f"{where}: refused ({error})"
        return
    before, found = each.finding.verdict, after.finding.verdict
    if found.status != before.status:
        yield f"{where}: {before.status} became {found.status} ({found.reason})"
    elif after.places != each.places:
        yield f"{where}: found at {after.places} and not at {each.places}"
    elif after.finding.evidence and "hidden-characters" not in _warned(after.finding):
        yield f"{where}: nothing is said of it"


def _warned(finding: Finding) -> set[str]:
    return {warning.code for warning in (*finding.warnings, *finding.evidence[0].warnings)}


CAMPAIGN = Campaign(
    "unicode",
    "Invisible characters change no verdict and are told; look-alike letters never verify unseen",
    ("tests/benchmarks/test_nightly.py", "tests/corpus/test_text.py"),
    run,
)
