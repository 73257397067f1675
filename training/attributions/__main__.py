"""Train the tagger on a CPU: `python -m training.attributions`; ten minutes on two cores, and it can be stopped and gone on with.

The corpus is in `training/attributions/texts`; `training.attributions.corpus.split_of` says what is learned from. After each round
the state is kept in FOLDER; the same command goes on from there. The weights are written to checker/extract/tagger/tagger.onnx.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

from checker.extract.tagger.network import WEIGHTS, buckets, same_link
from checker.extract.tagger.windows import UNKNOWN
from corpus.embed import word_pieces
from corpus.embed.minilm import packaged_weights
from training.attributions.augment import Stock
from training.attributions.corpus import read_corpus, split_of
from training.attributions.examples import NOWHERE, Example, cue_words, examples_of, read_converted
from training.attributions.export import export
from training.attributions.markup import Piece
from training.attributions.model import Batch, Network


def main() -> None:
    """Read, train, write."""
    parser = argparse.ArgumentParser(prog="python -m training.attributions", description=__doc__)
    parser.add_argument("--documents", type=Path, help="other annotated documents to train on, for comparison only")
    parser.add_argument("--share", type=float, default=1.0, help="train on this share of the pieces")
    parser.add_argument("--words", type=int, default=0, help="train on so many words at most")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--layers", type=int, default=4, help="so many of the encoder's layers, from below")
    parser.add_argument("--frozen", type=int, default=1, help="so many lowest layers stay as they are")
    parser.add_argument("--without-rules", type=float, default=0.2, help="share of windows read without the rules")
    parser.add_argument("--exchanged", type=float, default=0.3, help="share of pieces with stretches exchanged")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=Path("var/tagger"))
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    chance = random.Random(options.seed)
    vocabulary = word_pieces()
    pieces = list(_pieces(options))
    windows = sum(1 for _ in examples_of(pieces, vocabulary))
    print(f"{len(pieces)} pieces, {windows} windows", flush=True)
    network = Network(packaged_weights().parent, layers=options.layers)
    for parameter in _frozen(network, options.frozen):
        parameter.requires_grad = False
    optimiser = _optimiser(network, options.rate)
    steps = options.rounds * (-(-windows // options.batch) + _SPARE)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser,
        [group["lr"] for group in optimiser.param_groups],
        total_steps=steps,
        pct_start=0.1,
        anneal_strategy="linear",
    )
    options.folder.mkdir(parents=True, exist_ok=True)
    kept = options.folder / "state.pt"
    begun = 0
    if kept.is_file():
        state = torch.load(kept, weights_only=False)
        begun = state["round"]
        network.load_state_dict(state["network"])
        optimiser.load_state_dict(state["optimiser"])
        schedule.load_state_dict(state["schedule"])
        chance.setstate(state["chance"])
        torch.set_rng_state(state["torch"])
        print(f"going on after round {begun}", flush=True)
    stock = Stock(pieces)
    for number in range(begun, options.rounds):
        started = time.monotonic()
        examples = list(examples_of(_varied(pieces, stock, options.exchanged, chance), vocabulary))
        loss = _round(network, examples, optimiser, schedule, options.batch, options.without_rules, chance)
        print(f"round {number + 1}: loss {loss:.3f}, {time.monotonic() - started:.0f} s", flush=True)
        half = kept.with_suffix(".tmp")
        torch.save(
            {"round": number + 1, "network": network.state_dict(), "optimiser": optimiser.state_dict(),
             "schedule": schedule.state_dict(), "chance": chance.getstate(), "torch": torch.get_rng_state()}, half
        )  # fmt: skip
        half.replace(kept)
    export(network, options.out, cue_words=cue_words(pieces))
    print(f"{options.out}: {options.out.stat().st_size / 1e6:.1f} MB")


def _pieces(options: argparse.Namespace) -> Iterator[Piece]:
    every = (
        list(read_converted(options.documents))
        if options.documents
        else [each for each in read_corpus() if split_of(each) == "train"]
    )
    random.Random(options.seed).shuffle(every)
    words = 0
    for piece in every[: round(len(every) * options.share)]:
        words += len(piece.text.split())
        if options.words and words > options.words:
            return
        yield piece


_SPARE = 4
"""Batches that a round may have more than the first, when what is exchanged is longer."""
_EXCHANGED = 0.25
"""Share of a piece's stretches that are exchanged, when any are."""


def _varied(pieces: Sequence[Piece], stock: Stock, share: float, chance: random.Random) -> Iterator[Piece]:
    for piece in pieces:
        yield stock.exchanged(piece, chance, share=_EXCHANGED) if chance.random() < share else piece


def _frozen(network: Network, layers: int) -> Iterator[nn.Parameter]:
    """The words' vectors come from the encoder's package at run time, so they must not change; nor do the lowest layers."""
    yield from network.encoder.embeddings.word_embeddings.parameters()
    for layer in network.encoder.encoder.layer[:layers]:
        yield from layer.parameters()


def _optimiser(network: Network, rate: float) -> torch.optim.AdamW:
    inner = [each for each in network.encoder.parameters() if each.requires_grad]
    ours = [each for name, each in network.named_parameters() if not name.startswith("encoder.")]
    return torch.optim.AdamW([{"params": inner, "lr": rate}, {"params": ours, "lr": 10 * rate}], weight_decay=0.01)


def _round(
    network: Network, examples: Sequence[Example], optimiser: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.OneCycleLR, size: int, without: float, chance: random.Random,
) -> float:  # fmt: skip
    network.train()
    order = sorted(examples, key=lambda each: len(each.window.pieces) + 20 * chance.random())
    batches = [order[at : at + size] for at in range(0, len(order), size)]
    chance.shuffle(batches)
    total = 0.0
    for batch in batches:
        loss = _loss(network, batch_of(batch, without=without, chance=chance))
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        total += loss.item()
    return total / len(batches)


def _loss(network: Network, batch: Batch) -> Tensor:
    read = network(batch)
    tags = cross_entropy(read.tags.flatten(0, 1), batch.tags.flatten(), ignore_index=NOWHERE)
    absent = (~batch.present).unsqueeze(1) * -1e4
    content = (read.of_content + absent).flatten(0, 1)
    # A cue chooses among the words that can begin its source, and none: its scores stand in its column.
    source = read.of_source.transpose(1, 2) + absent
    source = torch.cat([source, torch.zeros_like(source[..., :1])], dim=-1)
    none = source.shape[-1] - 1
    chosen = torch.where(batch.source_of == -1, none, batch.source_of).flatten()
    links = _mean(content, batch.cue_of.flatten()) + _mean(source.flatten(0, 1), chosen)
    known = batch.spoken != NOWHERE
    spoken = binary_cross_entropy_with_logits(read.spoken[known], batch.spoken[known].float()) if known.any() else 0.0
    return tags + 0.25 * links + 0.1 * spoken


def _mean(scores: Tensor, right: Tensor) -> Tensor:
    if not bool((right != NOWHERE).any()):
        return scores.sum() * 0.0
    return cross_entropy(scores, right, ignore_index=NOWHERE)


def batch_of(examples: Sequence[Example], *, without: float = 0.0, chance: random.Random | None = None) -> Batch:
    """Windows as one batch; of a share of them the rules' reading is left out."""
    pieces = max(len(each.window.pieces) for each in examples)
    words = max(len(each.tags) for each in examples)
    rows = len(examples)
    ids, mask, kinds = (np.zeros((rows, pieces), np.int64) for _ in range(3))
    heads, of_heads, far = np.zeros((rows, words), np.int64), np.zeros((rows, words), np.int64), None
    same = np.zeros((rows, words, words), np.float32)
    present = np.zeros((rows, words), bool)
    right = np.full((4, rows, words), NOWHERE, np.int64)
    place = np.arange(words)
    far = np.broadcast_to(buckets(place[:, None] - place[None, :]), (rows, words, words))
    for row, each in enumerate(examples):
        window, size = each.window, len(each.tags)
        hidden = chance is not None and chance.random() < without
        kind = UNKNOWN[0] + window.kinds % 2 if hidden else window.kinds
        spread = np.zeros(len(window.pieces), np.int64)
        spread[window.heads] = 1
        ids[row, : len(window.pieces)], mask[row, : len(window.pieces)] = window.pieces, 1
        kinds[row, : len(window.pieces)] = kind[np.clip(np.cumsum(spread) - 1, 0, None)]
        heads[row, :size], of_heads[row, :size], present[row, :size] = window.heads, kind, True
        if not hidden:
            same[row, :size, :size] = same_link(window.links)
        right[:, row, :size] = each.tags, each.cue_of, each.source_of, each.spoken
    numbers = (
        torch.from_numpy(np.ascontiguousarray(each)) for each in (ids, mask, kinds, heads, of_heads, present, far, same)
    )
    return Batch(*numbers, *torch.from_numpy(right))


if __name__ == "__main__":
    main()
