"""Claims in indirect speech: OnRecord beside likeness alone, in one run.

    python benchmarks/meaning.py --corpus FOLDER [--claims FILE] [--tuning FILE]

The claims are in benchmarks/claims (see its README). Each system searches the whole corpus for each claim, with what an
article says of it (speaker, date). The baselines call a claim paraphrased when the likeness of the best passage that
retrieval found reaches the value that is best on the tuning claims: the cosine of MiniLM's vectors, sentence by
sentence, and rapidfuzz's partial_ratio. "words alone" is OnRecord with everything semantic switched off.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz import fuzz

from checker.meaning import passages_of
from checker.pipeline import check_quote
from checker.query import between, build_query, readable_quotation
from checker.searched import encoders_of
from checker.settings import Settings, load_settings
from checker.types import Claim
from corpus.embed import Vectors
from corpus.store import Corpus
from corpus.text import sentences
from corpus.types import PartialDate

HERE = Path(__file__).parent / "claims"
READ = 8


def main() -> None:
    """Print one table for the statuses, one for the kinds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", required=True)
    parser.add_argument("--claims", type=Path, default=HERE / "held-out.jsonl")
    parser.add_argument("--tuning", type=Path, default=HERE / "tuning.jsonl")
    parser.add_argument("--only", action="append", help="of: onrecord, words, cosine, ratio")
    options = parser.parse_args()
    wanted = options.only or ["onrecord", "words", "cosine", "ratio"]
    settings = load_settings()
    rows, tuning = _read(options.claims), _read(options.tuning)
    with Corpus.open(options.corpus) as corpus:
        if "onrecord" in wanted:
            _print("OnRecord", rows, [_status(row, corpus, settings) for row in rows])
        if "words" in wanted:
            alone = replace(settings, judge="none", encoder="none")
            _print("words alone", rows, [_status(row, corpus, alone) for row in rows])
        for name, likeness in (("cosine", _cosine), ("ratio", _ratio)):
            if name in wanted:
                known = [likeness(row, corpus, settings) for row in tuning]
                least = _best_threshold(known, [row["expect"] == "paraphrased" for row in tuning])
                found = [likeness(row, corpus, settings) for row in rows]
                _print(
                    f"{name} >= {least:.2f}", rows, ["paraphrased" if each >= least else "unsourced" for each in found]
                )


def _read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _claim(row: dict[str, Any]) -> Claim:
    date = PartialDate.parse(row["date"]) if row.get("date") else None
    return Claim(row["claim"], speaker=row["speaker"], date=date, direct=False, language=row.get("language"))


def _status(row: dict[str, Any], corpus: Corpus, settings: Settings) -> str:
    return check_quote(_claim(row), corpus, settings=settings).verdict.status


_FOUND: dict[str, list[str]] = {}
"""The passages of each claim, which both baselines look at."""


def _passages(row: dict[str, Any], corpus: Corpus, settings: Settings) -> list[str]:
    if row["id"] not in _FOUND:
        _FOUND[row["id"]] = _retrieved(row, corpus, settings)
    return _FOUND[row["id"]]


def _retrieved(row: dict[str, Any], corpus: Corpus, settings: Settings) -> list[str]:
    claim = _claim(row)
    query = build_query(claim, readable_quotation(claim))
    wider = replace(query, loose=True, meaning=True, between=between(claim))
    with corpus.still():  # what the corpus holds is then asked once
        candidates = corpus.retrieve(wider, limit=settings.candidates, encoders=encoders_of(settings))
        return [each.within.of(each.document.text) for each in passages_of(candidates, corpus, limit=READ)]


_VECTORS: dict[str, Vectors] = {}
"""The vectors of claims and sentences: several claims are about one passage, and reading it is what takes time."""


def _cosine(row: dict[str, Any], corpus: Corpus, settings: Settings) -> float:
    passages = _passages(row, corpus, settings)
    texts = [span.of(text) for text in passages for span in sentences(text, language="en")]
    if not texts:
        return 0.0
    new = [text for text in dict.fromkeys([row["claim"], *texts]) if text not in _VECTORS]
    _VECTORS.update(zip(new, encoders_of(settings).embedder("english").encode(new), strict=True))
    return float((np.stack([_VECTORS[text] for text in texts]) @ _VECTORS[row["claim"]]).max())


def _ratio(row: dict[str, Any], corpus: Corpus, settings: Settings) -> float:
    return max((fuzz.partial_ratio(row["claim"], text) for text in _passages(row, corpus, settings)), default=0.0) / 100


def _best_threshold(values: Sequence[float], true: Sequence[bool]) -> float:
    def right(least: float) -> int:
        return sum((value >= least) == each for value, each in zip(values, true, strict=True))

    best: Callable[[float], int] = right
    return float(max(np.arange(0.2, 1.0, 0.01), key=best))


def _print(name: str, rows: Sequence[dict[str, Any]], found: Sequence[str]) -> None:
    tally: dict[str, Counter[bool]] = defaultdict(Counter)
    kinds: dict[str, Counter[bool]] = defaultdict(Counter)
    for row, status in zip(rows, found, strict=True):
        right = (status == "unsourced") == (row["expect"] == "unsourced")
        tally[row["expect"]][right] += 1
        kinds[f"{row['expect']}: {row['kind']}"][right] += 1
    shares = [100 * tally[each][True] / max(1, tally[each].total()) for each in ("paraphrased", "unsourced")]
    print(f"\n{name}: {shares[0]:.1f} % of the true found, {shares[1]:.1f} % of the near misses refused", flush=True)
    for kind, counts in sorted(kinds.items()):
        print(f"  {kind}: {counts[True]} of {counts.total()}")


if __name__ == "__main__":
    main()
