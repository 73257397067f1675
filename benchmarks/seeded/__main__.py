"""The commands: generate, score, edits."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks.seeded.generate import Order, generate
from benchmarks.seeded.score import score
from benchmarks.seeded.scripts import quotes_from_scripts

EPILOG = """A round:
  python -m benchmarks.seeded generate --corpus FILE... --seed 7 --true 3000 --flips 3000 --out DIR
  onrecord corpus add DIR/dirty.jsonl
  onrecord quotes DIR/quotes.jsonl --format jsonl > findings.jsonl
  python -m benchmarks.seeded score DIR/key.jsonl findings.jsonl"""


def parser() -> argparse.ArgumentParser:
    """The command line."""
    top = argparse.ArgumentParser(
        prog="python -m benchmarks.seeded", description=__doc__, epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    commands = top.add_subparsers(dest="command", required=True)
    making = commands.add_parser("generate", help="write quotes.jsonl, key.jsonl and dirty.jsonl")
    making.add_argument("--corpus", type=Path, nargs="+", required=True, help="everything that the checker searches")
    making.add_argument("--seed", type=int, default=7)
    making.add_argument("--true", type=int, default=3000)
    making.add_argument("--flips", type=int, default=3000)
    making.add_argument("--attacks", type=int, default=400)
    making.add_argument("--documents", type=int, default=1200, help="looked at, of each file and language")
    making.add_argument("--out", type=Path, required=True)
    scoring = commands.add_parser("score", help="findings against the key; 1 if they are not good enough")
    scoring.add_argument("key", type=Path)
    scoring.add_argument("findings", type=Path)
    scoring.add_argument("--misses", type=int, default=20)
    scoring.add_argument("--json", type=Path)
    scripting = commands.add_parser("edits", help="quotes.jsonl and key.jsonl from falsifications written by hand")
    scripting.add_argument("scripts", type=Path)
    scripting.add_argument("--corpus", type=Path, nargs="+", required=True)
    scripting.add_argument("--out", type=Path, required=True)
    return top


def main() -> int:
    """Run one command."""
    asked = parser().parse_args()
    if asked.command == "generate":
        return generate(
            Order(tuple(asked.corpus), asked.seed, asked.true, asked.flips, asked.attacks, asked.documents, asked.out)
        )
    if asked.command == "score":
        return score(asked.key, asked.findings, misses=asked.misses, out=asked.json)
    return quotes_from_scripts(asked.scripts, asked.corpus, asked.out)


if __name__ == "__main__":
    sys.exit(main())
