"""How well attributions are found, beside two installable peers in the same run.

    python benchmarks/attributions.py DOCUMENTS.jsonl[.gz] [--peers FOLDER] [--without-peers]

The documents hold `id`, `text` and annotated `attributions` (`content`, `cue`, `source`: lists of [start, end)), as the
research behind this project converted them from PolNeAR; `ignore` marks boilerplate. The peers are textacy's direct
quotations (as published, and paragraph by paragraph, since it gives up on a text with an odd number of marks) and
sayswho's finder (without its coreference, whose model is not on PyPI), both with spaCy's small English pipeline. They
live in an environment of their own, made in FOLDER on the first run from requirements-extraction-peers.txt.

Words per CPU-second leave the loading of models out. Compare the rates of one run only.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import tempfile
import time
import venv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from attribution_scores import TYPES, scores, speech_cued, word_count

from checker.export import extract_object
from checker.extract import Tagger, extract_attributions, load_tagger
from checker.types import Article

HERE = Path(__file__).parent
PEERS = ("textacy", "textacy-paragraphs", "sayswho")


@dataclass(frozen=True, slots=True)
class Run:
    """What a system found, and the seconds of CPU that it took."""

    name: str
    found: Mapping[str, Mapping[str, Any]]
    seconds: float
    given_up: int = 0


def main() -> None:
    """Run every system over the documents and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path)
    parser.add_argument("--peers", type=Path, default=Path("var/extraction-peers"), help="the peers' environment")
    parser.add_argument("--without-peers", action="store_true")
    options = parser.parse_args()
    documents = _documents(options.documents)
    runs = [_ours(documents)]
    tagger = load_tagger()
    if tagger is not None:
        runs.append(_ours(documents, tagger))
    if not options.without_peers:
        python = _environment(options.peers)
        runs += [_peer(name, documents, python) for name in PEERS]
    _print(runs, documents)


def _documents(path: Path) -> list[Mapping[str, Any]]:
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    return [json.loads(line) for line in text.split("\n") if line.strip()]


def _ours(documents: Sequence[Mapping[str, Any]], tagger: Tagger | None = None) -> Run:
    articles = [Article(document["id"], document["text"]) for document in documents]
    extract_attributions(Article("first", "The first call compiles patterns, she said."), tagger=tagger)
    started = time.process_time()
    found = [extract_attributions(article, tagger=tagger) for article in articles]
    used = time.process_time() - started
    given = {article.id: extract_object(article.id, each) for article, each in zip(articles, found, strict=True)}
    return Run("OnRecord with the tagger" if tagger else "OnRecord, rules only", given, used)


def _environment(folder: Path) -> Path:
    """The Python of the peers' environment, which is made when it is not there."""
    python = folder / "bin/python"
    if not (folder / "installed").exists():
        venv.create(folder, with_pip=True)
        wanted = HERE / "requirements-extraction-peers.txt"
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--requirement", wanted], check=True)
        (folder / "installed").touch()
    return python


def _peer(name: str, documents: Sequence[Mapping[str, Any]], python: Path) -> Run:
    """A peer gets ids and texts, and nothing of the annotation."""
    with tempfile.TemporaryDirectory() as folder:
        given, taken = Path(folder, "documents.jsonl"), Path(folder, "found.jsonl")
        lines = (json.dumps({"id": each["id"], "text": each["text"]}) + "\n" for each in documents)
        given.write_text("".join(lines), encoding="utf-8")
        subprocess.run([python, HERE / "attribution_peers.py", name, given, taken], check=True)
        head, *found = [json.loads(line) for line in taken.read_text(encoding="utf-8").splitlines()]
    meta = head["meta"]
    return Run(name, {each["id"]: each for each in found}, meta["cpu_seconds"], meta["given_up"])


def _print(runs: Sequence[Run], documents: Sequence[Mapping[str, Any]]) -> None:
    words = word_count(documents)
    spoken = speech_cued(documents)
    print(f"{len(documents)} documents, {words:,} words; triple F1, with precision/recall of all\n")
    print("| system | all | direct | mixed | indirect | speech-cued recall | words per CPU-second | given up |")
    print("|---|---|---|---|---|---|---|---|")
    for run in runs:
        triple = scores(documents, run.found, cue=True)
        recall = scores(spoken, run.found, cue=False)["all"].recall
        every = triple["all"]
        shown = [f"{every.f1:.1f} ({every.precision:.1f}/{every.recall:.1f})"]
        shown += [f"{triple[kind].f1:.1f}" for kind in TYPES[1:]]
        rate = words / run.seconds if run.seconds else 0.0
        print(f"| {run.name} | {' | '.join(shown)} | {recall:.1f} | {rate:,.0f} | {run.given_up} |")


if __name__ == "__main__":
    main()
