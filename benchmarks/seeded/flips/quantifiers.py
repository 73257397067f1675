"""Another quantity of things: all, some, few, more than, less than."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from benchmarks.seeded.edits import Edits, like_case

FREE_ALL = (
    r"(?<!of )(?<!at )(?<!after )(?<!above )(?<!not )(?<!for )(?<!in )(?<!us )(?<!that )"
    r"(?<!we )(?<!you )(?<!they )\ball "
)
AFTER_EVERY = (
    "time|second|third|fourth|fifth|two|three|four|five|ten|single|other|success|now|day|right|reason|bit|effort"
)
QUANTIFIERS = [
    (FREE_ALL + r"of (?=the|our|these|those|us|them)", "some of "),
    (FREE_ALL + r"(?=the (?!best|more|same|time|way|while)|our|these|those|your|their)", "some of "),
    (FREE_ALL + r"(?=[a-z]+s\b)(?!kinds|sorts|is |was |along|across|this|sides|means|times|ways|as )", "some "),
    (r"\bsome (?=of (?:the|our|these|those|them|us|my)\b)", "all "),
    ((r"(?<!are )(?<!were )(?<!have )(?<!be )(?<!been )\bsome (?=[a-z]+s\b)"
     r"(?!times|ways|kinds|sorts|respects|as |is |was )"),
     "all "),
    ((r"(?<!so )(?<!how )(?<!as )(?<!too )(?<!very )(?<!great )(?<!not )(?<!good )(?<!that )"
     r"\bmany (?=of|[a-z]+s\b)(?!as )"),
     "few "),
    (r"(?<!the )(?<!very )\bmost of (?=the|our|these|those|them|us)", "some of "),
    (r"(?<!the )\bmost (?=people|countries|citizens|families|companies|regions|experts|cases)", "few "),
    (rf"(?<!not )(?<!almost )(?<!wish )(?<!you )\bevery (?=(?!{AFTER_EVERY})[a-z])",
     "hardly any "),
    (r"(?<!not )(?<!as )\balways\b", "sometimes"),
    (r"(?<!as )(?<!how )(?<!very )(?<!too )\boften\b", "rarely"),
    (r"(?<!as )\busually\b", "rarely"),
    (r"\bsometimes\b", "always"),
    (r"\bmore than (?=\d|half|a (?:third|quarter|hundred|thousand|million)|[a-z]+ (?:million|hundred)|two|three|ten)",
     "less than "),
    (r"(?<=\s)over (?=\d+(?:[.,]\d+)* (?:percent|million|billion|trillion|thousand|people|hectares|kilometres))",
     "under "),
    (r"\bless than (?=\d|half|a )", "more than "),
    (r"\bat least (?=\d|one|two|three|half|a )", "at most "),
    (r"\bseveral (?=[a-z]+s\b)(?!times|years|days|months|weeks|minutes|words|hours)", "most "),
    (r"(?<!not )(?<!almost )(?<!for )(?<!hello )(?<!thank )(?<!, )\beveryone\b(?=\s[a-z])(?! else| here)",
     "hardly anyone"),
    (r"(?<!not )(?<!almost )(?<!do )\beverything\b(?=\s)(?! else| possible| that is)", "hardly anything"),
    (r"(?<!not )\bboth (?=of )", "neither "),
    (r"(?<!not )\bboth (?=the |our |these |their )(?!\S+ \S+ and )", "neither of "),
    (r"(?<!not )\bboth (?=countries|sides|parties|nations|peoples|states|presidents)", "neither of the "),
    (r"\bthe majority of\b", "a minority of"),
    (r"\bentire\b", "partial"),
    (r"\bonly (?=\d|one|two|three|half|a few|part)", "at least "),
    (r"\bcompletely\b", "partly"),
    (r"\bfully\b", "partly"),
    (r"\balmost all\b", "hardly any"),
]  # fmt: skip


def quantifier_changes(text: str, rng: random.Random) -> Iterator[Edits]:
    for pattern, new in QUANTIFIERS:
        for found in re.finditer(pattern, text, re.IGNORECASE):
            if not re.search(r"[\w’'\-]$", text[: found.start()]):
                yield ((*found.span(), like_case(new, found.group())),)
