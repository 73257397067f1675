"""Count the corpus: `python -m training.attributions.statistics`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from checker.extract import read_statements
from checker.extract.wording import speech_type
from training.attributions.corpus import Split, read_corpus, split_of
from training.attributions.markup import Piece

COLUMNS = (
    "pieces",
    "paragraphs",
    "words",
    "attributions",
    "speech",
    "attitude",
    "direct",
    "mixed",
    "indirect",
    "nested",
    "in pieces",
    "without source",
)


def counted(pieces: Iterable[Piece]) -> Counter[str]:
    """How much there is of each kind."""
    found: Counter[str] = Counter()
    for piece in pieces:
        tokens, _ = read_statements(piece.text)
        found["pieces"] += 1
        found["paragraphs"] += sum(bool(line.strip()) for line in piece.text.split("\n"))
        found["words"] += len(piece.text.split())
        for each in piece.attributions:
            found["attributions"] += 1
            found[str(each.stance)] += 1
            found[speech_type(tokens, each.content)] += 1
            found["nested"] += each.nested
            found["in pieces"] += len(each.content) > 1
            found["without source"] += not each.source
    return found


def table() -> str:
    """All of it, and each split, as a table in Markdown."""
    pieces = list(read_corpus())
    lines = [f"| | {' | '.join(COLUMNS)} |", f"|---|{'---|' * len(COLUMNS)}"]
    splits: tuple[Split | None, ...] = (None, "train", "dev", "test")
    for split in splits:
        found = counted(piece for piece in pieces if split in (None, split_of(piece)))
        lines.append(f"| {split or 'all'} | {' | '.join(f'{found[column]:,}' for column in COLUMNS)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
