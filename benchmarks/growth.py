"""A corpus that grows in portions: what has to be checked again, against checking everything again.

    python -m benchmarks.growth --records RECORDS.jsonl.gz... --claims CLAIMS.jsonl... [--held SHARE] [--portions N] [--portion N] [--limit N] [--seed N]

A seeded half of the documents (`--held`) is stored first and all claims are checked. Then the rest comes in portions, among each a few documents of before with a
sentence less. After each portion, every finding is checked again, and beside that only those for which `checker.recheck` gives a reason; a finding for which it
gives none and that comes out otherwise is missed, and named. Figures are of one run on one core.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from checker.cli.inputs import read_claims
from checker.cli.unreadable import Unreadable
from checker.errors import QuoteError
from checker.pipeline import check_quote
from checker.recheck import Recheck, same_basis
from checker.settings import load_settings
from checker.types import Claim, Finding
from corpus.read import read_records
from corpus.read.turns import Said, lay_out
from corpus.store import Corpus
from corpus.types import Document

CHANGED = 2
"""Documents of before that get another version with each portion."""


def main() -> None:
    """Run it; exit code 1 when a finding was missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=Path, nargs="+", required=True)
    parser.add_argument("--claims", nargs="+", required=True)
    parser.add_argument("--portions", type=int, default=5)
    parser.add_argument("--held", type=float, default=0.5, help="share of the documents that is there at the beginning")
    parser.add_argument("--portion", type=int, help="documents of a portion; without it, all that is left is divided")
    parser.add_argument("--limit", type=int, help="claims of each file")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    documents = [each.document for path in asked.records for each in read_records(path) if each.document is not None]
    chance.shuffle(documents)
    claims = [each for path in asked.claims for each in _claims(path, asked.limit)]
    cut = int(asked.held * len(documents))
    size = asked.portion or -(-(len(documents) - cut) // asked.portions)
    portions = [documents[at : at + size] for at in range(cut, len(documents), size)][: asked.portions]
    with tempfile.TemporaryDirectory() as folder, Corpus.open(folder, create=True) as corpus:
        list(corpus.add(documents[:cut]))
        missed = grow(corpus, documents[:cut], portions, claims, chance)
    sys.exit(1 if missed else 0)


def grow(
    corpus: Corpus, held: Sequence[Document], portions: Sequence[Sequence[Document]], claims: Sequence[Claim],
    chance: random.Random,
) -> int:  # fmt: skip
    """Add the portions, print a line for each, and return how many findings were missed in all."""
    settings = load_settings()

    def checked(claim: Claim) -> Finding | None:
        try:
            return check_quote(claim, corpus, settings=settings)
        except QuoteError:
            return None

    kept = [each for each in map(checked, claims) if each is not None]
    known, missed = list(held), 0
    print(f"{len(known):,} documents, {corpus.coverage().passages:,} passages, {len(kept):,} findings", flush=True)
    for portion in portions:
        altered = [without_a_sentence(each, chance) for each in chance.sample(known, min(CHANGED, len(known)))]
        list(corpus.add([*portion, *altered]))
        known += portion
        checked(kept[0].claim)  # what is read once for each state of the corpus is nobody's time
        begun = time.monotonic()
        recheck = Recheck(corpus, settings)
        reasons = [recheck.why(finding) for finding in kept]
        looked = time.monotonic() - begun
        taken, now = [], []
        for finding in kept:
            begun = time.monotonic()
            now.append(check_quote(finding.claim, corpus, settings=settings))
            taken.append(time.monotonic() - begun)
        lost = [n for n, why in enumerate(reasons) if why is None and not same_basis(kept[n], now[n])]
        for n in lost:
            told = [f"{each.verdict.status} ({each.verdict.reason})" for each in (kept[n], now[n])]
            print(f"  missed: {kept[n].claim.quote[:80]!r}: {told[0]}, now {told[1]}")
        missed += len(lost)
        changed = sum(not same_basis(before, after) for before, after in zip(kept, now, strict=True))
        again = [n for n, why in enumerate(reasons) if why]
        share = looked + sum(taken[n] for n in again)
        counted = ", ".join(f"{why} {count}" for why, count in Counter(filter(None, reasons)).most_common())
        print(
            f"+{len(portion)} documents, {len(altered)} changed: {changed} findings come out otherwise, {len(lost)} missed; "
            f"{len(again)} of {len(kept)} checked again ({counted}); {share:.1f} s ({looked:.1f} s of them to choose) instead of "
            f"{sum(taken):.1f} s, {sum(taken) / share:.1f} times as fast",
            flush=True,
        )
        kept = [now[n] if why else finding for n, (finding, why) in enumerate(zip(kept, reasons, strict=True))]
    return missed


def without_a_sentence(document: Document, chance: random.Random) -> Document:
    """The same document, one of whose turns has lost its last sentence."""
    said = [Said(turn.speaker, turn.span.of(document.text), turn.kind) for turn in document.turns]
    at = chance.randrange(len(said))
    shorter = said[at].text.rstrip().rstrip(".!?").rpartition(". ")[0] or said[at].text + " Thank you."
    said[at] = replace(said[at], text=f"{shorter}.")
    text, turns = lay_out(said)
    return replace(document, text=text, turns=turns)


def _claims(path: str, limit: int | None) -> list[Claim]:
    read = [item for item in read_claims(path) if not isinstance(item, Unreadable)]
    return [claim for _, claim in read[:limit]]


if __name__ == "__main__":
    main()
