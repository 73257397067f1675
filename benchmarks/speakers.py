"""How often the speaker is named right: against labels of who is meant, by hand, in articles that we may not pass on.

    python benchmarks/speakers.py DOCUMENTS.jsonl[.gz] [--labels tests/data/polnear-speakers.jsonl] [--misses N]

The labels hold ids and offsets and no text: `content`, `source`, `speaker` and `also` (stretches of the article that give
a right name), `person`, and the `kind` of mention. A name is right when its words, folded and without an article before
them, are those of a labelled name. Counted over the statements that were found (of the found ones the one whose content
shares most with the label's), and over all labels; pronouns also apart. The articles fall into two halves by a hash of
their ids: misses of the first were read from the start, those of the second only for the last rules.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checker.extract import Tagger, extract_attributions, load_tagger
from checker.types import Article, Attribution
from corpus.text import words

_HALF = 0.5
_ARTICLES = frozenset(["the", "a", "an"])


@dataclass(frozen=True, slots=True)
class Answer:
    """One label, and the speaker that was named for it: None where no statement was found there."""

    label: Mapping[str, Any]
    text: str
    found: Attribution | None

    @property
    def named(self) -> str:
        """The name that was given; empty for nobody."""
        return self.found.speaker.name if self.found is not None and self.found.speaker is not None else ""

    @property
    def right(self) -> bool:
        """True when one of the labelled names was given."""
        spans = [self.label["speaker"], *self.label["also"]]
        return bool(self.named) and folded(self.named) in {folded(self.text[start:end]) for start, end in spans}

    @property
    def same(self) -> bool:
        """True when at least half of what either covers is common: the very statement, not one inside it."""
        return self.found is not None and _shared(self.found, self.label["content"]) >= _HALF

    @property
    def tuned(self) -> bool:
        """True for an article of the half whose misses were read."""
        return hashlib.sha256(self.label["id"].encode()).digest()[0] % 2 == 0


def folded(name: str) -> tuple[str, ...]:
    """The words of a name as they are compared."""
    keys = [key.removesuffix("'s") for key in words(name).keys]
    while keys and keys[0] in _ARTICLES:
        keys.pop(0)
    return tuple(keys)


def answers(
    texts: Mapping[str, str], labels: Iterable[Mapping[str, Any]], tagger: Tagger | None = None
) -> Iterator[Answer]:
    """What the extraction says for every label."""
    found = dict[str, tuple[Attribution, ...]]()
    for label in labels:
        text = texts[label["id"]]
        if label["id"] not in found:
            found[label["id"]] = extract_attributions(Article(label["id"], text), tagger=tagger)
        likeliest = max(found[label["id"]], key=lambda each: _shared(each, label["content"]), default=None)
        meets = likeliest is not None and _shared(likeliest, label["content"]) > 0
        yield Answer(label, text, likeliest if meets else None)


def _shared(attribution: Attribution, content: Sequence[int]) -> float:
    """How much a content and a labelled stretch share, as a share of what either covers."""
    start, end = content
    common = sum(max(0, min(end, span.end) - max(start, span.start)) for span in attribution.content)
    return common / (end - start + sum(map(len, attribution.content)) - common)


def main() -> None:
    """Print the shares for both halves, and the misses of the first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path)
    parser.add_argument("--labels", type=Path, default=Path("tests/data/polnear-speakers.jsonl"))
    parser.add_argument("--rules-only", action="store_true", help="without the tagger")
    parser.add_argument("--misses", type=int, default=0)
    options = parser.parse_args()
    labels = [json.loads(line) for line in options.labels.read_text(encoding="utf-8").splitlines()]
    given = list(answers(_texts(options.documents), labels, None if options.rules_only else load_tagger()))
    print(
        "| labels | found | right, of the found | found with half in common | right, of all | pronouns right, of the found | others right, of the found |"
    )
    print("|---|---|---|---|---|---|---|")
    halves: list[tuple[str, Callable[[Answer], bool]]] = [
        ("first half", lambda each: each.tuned),
        ("second half", lambda each: not each.tuned),
        ("both", lambda each: True),
        ("people and groups, both", lambda each: bool(each.label["person"])),
    ]
    for name, belongs in halves:
        print(_row(name, [each for each in given if belongs(each)]))
    misses = [each for each in given if each.tuned and each.found is not None and not each.right]
    for each in misses[: options.misses]:
        print(f"{each.label['kind']}: {each.named!r}, not {each.text[slice(*each.label['speaker'])]!r}; {each.label}")


def _texts(path: Path) -> dict[str, str]:
    raw = path.read_bytes()
    lines = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8").split("\n")
    documents = [json.loads(line) for line in lines if line.strip()]
    return {document["id"]: document["text"] for document in documents}


def _row(name: str, given: Sequence[Answer]) -> str:
    found = [each for each in given if each.found is not None]
    pronouns = [each for each in found if each.label["kind"] in ("pronoun", "relative")]
    others = [each for each in found if each.label["kind"] not in ("pronoun", "relative")]
    shares = [
        _share(found),
        _share([each for each in found if each.same]),
        _share(given),
        _share(pronouns),
        _share(others),
    ]
    return f"| {name}, {len(given)} | {len(found)} | {' | '.join(shares)} |"


def _share(given: Sequence[Answer]) -> str:
    right = sum(each.right for each in given)
    return f"{100 * right / len(given):.1f} ({right}/{len(given)})" if given else "–"


if __name__ == "__main__":
    main()
