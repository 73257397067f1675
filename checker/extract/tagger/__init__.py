"""The tagger: a small network that reads an article with what the rules found, and says better where a content ends.

    windows   paragraphs as word pieces, with the rules' reading of them
    network   the graph, and what it says of a window
    decode    from scores to statements
    choose    of what rules and tagger propose, what its scores bear out best

It is trained on the open corpus in `training/attributions` (docs/models/tagger.md). Without its weights the rules stand alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from checker.extract.statement import Statement
from checker.extract.tagger.choose import chosen
from checker.extract.tagger.decode import snapped, statements_in
from checker.extract.tagger.network import Scores, Tagger, load_tagger
from checker.extract.tagger.windows import TAGS, Window, windows
from checker.extract.tokens import Tokens


def tagged(tokens: Tokens, found: Sequence[Statement], tagger: Tagger) -> tuple[Statement, ...]:
    """The statements of an article, of the rules' and the tagger's own those that it bears out, in the order of the text."""
    read: list[Statement] = []
    tags = np.full((len(tokens.raw), TAGS), -np.inf, np.float32)
    tags[:, 0] = 0.0  # what is passed over is outside
    for window, scores in _read(tagger, list(windows(tokens, found, tagger.vocabulary, cue_words=tagger.cue_words))):
        tags[window.first : window.last] = scores.tags
        read += statements_in(tokens, window, scores)
    return chosen(found, [snapped(tokens, each) for each in read], tags)


def _read(tagger: Tagger, every: Sequence[Window]) -> Iterator[tuple[Window, Scores]]:
    """The windows in their order, read on all processors, as an editor waits for the first finding."""
    with ThreadPoolExecutor(min(len(every), os.cpu_count() or 1) or 1) as pool:
        yield from zip(every, pool.map(tagger.read, every), strict=True)


__all__ = ["Tagger", "load_tagger", "tagged"]
