"""The corpus as a whole, and which piece is for what."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from training.attributions.markup import Piece, read_pieces

TEXTS = Path(__file__).parent / "texts"

Split = Literal["train", "dev", "test"]


def read_corpus(folder: Path = TEXTS) -> Iterator[Piece]:
    """All pieces, file by file."""
    for path in sorted(folder.glob("*/*.txt")):
        yield from read_pieces(path)


MEASURED = frozenset(["i", "j"])
"""Writers whose pieces are measured on and nothing else: nobody chose anything by them."""


def split_of(piece: Piece) -> Split:
    """Two writers are for measuring; of the others' pieces a fifth is to choose by, told by a hash of the name."""
    if piece.id.split("-")[0] in MEASURED:
        return "test"
    number = int.from_bytes(hashlib.sha256(piece.id.encode()).digest()[:4], "big") % 10
    return "dev" if number <= 1 else "train"
