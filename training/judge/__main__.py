"""Train the judge on a CPU: `python -m training.judge --corpus FOLDER`; some fifteen minutes, most of them for reading.

The pairs are in `training/judge/pairs`; their passages come from a corpus that holds the documents they name. Every tenth
document is held out, and what the network makes of those is printed after each round, kind by kind. The weights are
written to checker/judge/judge.onnx.
"""

from __future__ import annotations

import argparse
import random
import time
import warnings
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits

from checker.judge.alignment import CLAIM_PIECES, PASSAGE_PIECES, Laid, lay
from checker.judge.attentive import WEIGHTS
from corpus.embed.quantised import load_quantised
from corpus.errors import DocumentNotFound
from corpus.store import Corpus
from training.judge.model import Judge
from training.judge.pairs import Pair, pairs_of, read_documents, read_written

_PAIRS = Path(__file__).parent / "pairs"
_MEASURED = Path(__file__).parents[2] / "benchmarks" / "claims"
_INPUTS = ("claim", "answers", "whole")


@dataclass(frozen=True, slots=True)
class Example:
    """A pair as the network reads it."""

    pair: Pair
    laid: Laid


def main() -> None:
    """Read, train, measure, write."""
    parser = argparse.ArgumentParser(prog="python -m training.judge", description=__doc__)
    parser.add_argument("--corpus", required=True)
    parser.add_argument("--pairs", type=Path, nargs="*", default=sorted(_PAIRS.glob("written-*.jsonl")))
    parser.add_argument(
        "--without",
        type=Path,
        nargs="*",
        default=sorted(_MEASURED.glob("*.jsonl")),
        help="files whose documents are not trained on",
    )
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--rate", type=float, default=1.5e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cache", type=Path, default=Path("var/cache"))
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    banned = {document for path in options.without for document in read_documents(path)}
    written = [each for each in read_written(options.pairs) if each.document not in banned]
    texts = _texts((each.document for each in written), options.corpus)
    pairs = list(pairs_of(written, texts, seed=options.seed))
    examples = _read(pairs, options.cache)
    training = [each for each in examples if not each.pair.held_out]
    measuring = [each for each in examples if each.pair.held_out]
    print(f"{len(training)} pairs to train on, {len(measuring)} to measure on", flush=True)

    judge = Judge()
    optimiser = torch.optim.AdamW(judge.parameters(), lr=options.rate, weight_decay=0.05)
    steps = options.rounds * -(-len(training) // options.batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, options.rate, total_steps=steps)
    chance = random.Random(options.seed)
    for number in range(options.rounds):
        loss = _round(judge, training, optimiser, schedule, options.batch, chance)
        print(f"round {number + 1}: loss {loss:.3f}; {_measured(judge, measuring)}", flush=True)
    _write(judge, options.out)


def _texts(documents: Iterable[str], location: str) -> dict[str, str]:
    texts: dict[str, str] = {}
    with Corpus.open(location) as corpus:
        for id in dict.fromkeys(documents):
            try:
                texts[id] = corpus.document(id).document.text
            except DocumentNotFound:
                print(f"passed over: {id} is not in the corpus")
    return texts


def _read(pairs: Sequence[Pair], cache: Path) -> list[Example]:
    """Every pair through the encoder, in half precision to save room; each passage once."""
    encoder = load_quantised(cache)
    found: list[Example] = []
    passages: dict[str, np.ndarray] = {}
    begun = time.monotonic()
    for number, pair in enumerate(sorted(pairs, key=lambda pair: pair.passage), start=1):
        if pair.passage not in passages:  # sorted, so that one is kept at a time
            passages = {pair.passage: encoder.states([pair.passage], longest=PASSAGE_PIECES)[0]}
        claim = encoder.states([pair.claim], longest=CLAIM_PIECES)[0]
        laid = lay(claim, passages[pair.passage])
        found.append(Example(pair, Laid(*(each.astype(np.float16) for each in (laid.claim, laid.answers, laid.whole)))))
        if number % 1000 == 0:
            left = (time.monotonic() - begun) / number * (len(pairs) - number)
            print(f"  {number} of {len(pairs)} pairs read, {left / 60:.0f} min left", flush=True)
    return found


def _round(
    judge: Judge, examples: Sequence[Example], optimiser: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.OneCycleLR, size: int, chance: random.Random,
) -> float:  # fmt: skip
    judge.train()
    order = sorted(examples, key=lambda each: len(each.laid.claim) + chance.random() * 8)
    batches = [order[at : at + size] for at in range(0, len(order), size)]
    chance.shuffle(batches)
    total = 0.0
    balance = torch.tensor(sum(not each.pair.label for each in examples) / sum(each.pair.label for each in examples))
    for batch in batches:
        labels = torch.tensor([float(each.pair.label) for each in batch])
        loss = binary_cross_entropy_with_logits(judge(*_tensors(batch)), labels, pos_weight=balance)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(judge.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        total += loss.item()
    return total / len(batches)


def _tensors(batch: Sequence[Example]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    longest = max(len(each.laid.claim) for each in batch)
    first = batch[0].laid
    claim = np.zeros((len(batch), longest, first.claim.shape[1]), np.float32)
    answers = np.zeros((len(batch), longest, first.answers.shape[1]), np.float32)
    present = np.zeros((len(batch), longest), np.float32)
    for row, each in enumerate(batch):
        pieces = len(each.laid.claim)
        claim[row, :pieces], answers[row, :pieces], present[row, :pieces] = each.laid.claim, each.laid.answers, 1
    whole = np.stack([each.laid.whole for each in batch]).astype(np.float32)
    return torch.from_numpy(claim), torch.from_numpy(answers), torch.from_numpy(whole), torch.from_numpy(present)


@torch.no_grad()
def _measured(judge: Judge, examples: Sequence[Example]) -> str:
    """Share right over all, and kind by kind."""
    judge.eval()
    right: dict[str, list[bool]] = defaultdict(list)
    for at in range(0, len(examples), 64):
        some = examples[at : at + 64]
        for each, logit in zip(some, judge(*_tensors(some)).tolist(), strict=True):
            right[each.pair.kind].append((logit > 0) == bool(each.pair.label))
    kinds = ", ".join(f"{kind} {100 * sum(hits) / len(hits):.0f}" for kind, hits in sorted(right.items()))
    every = [hit for hits in right.values() for hit in hits]
    return f"right {100 * sum(every) / max(1, len(every)):.1f} of {len(every)} ({kinds})"


def _write(judge: Judge, path: Path) -> None:
    judge.eval()
    sample = (torch.zeros(1, 9, 768), torch.zeros(1, 9, 771), torch.zeros(1, 770))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            judge, sample, str(path), input_names=list(_INPUTS), output_names=["logit"], opset_version=17, dynamo=False,
            dynamic_axes={"claim": {1: "pieces"}, "answers": {1: "pieces"}},
        )  # fmt: skip
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
