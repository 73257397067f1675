"""One system answers quotes, one JSON line each; `benchmarks/peers.py` starts it, in the peers' environment for peers.

    python benchmarks/peers_answer.py SYSTEM DOCUMENTS.jsonl FOLDER [--nearest]

DOCUMENTS.jsonl holds {"id", "text"} lines; FOLDER is the corpus of onrecord and a place to write in for the others.
The first line out is {"version", "documents", "seconds"}, or {"error"} when the system cannot be prepared; then each case
in gives {"verdict", "ms", "wall", "resident"} or {"error"}. The verdict is in the system's own words, seconds and ms are
the processor's, and resident is the process' memory in megabytes.
Only the standard library is imported before it is known which system is wanted.
"""

from __future__ import annotations

import importlib.metadata
import json
import re
import resource
import sys
import time
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

Case = dict[str, Any]
Answer = Callable[[Case], str]
Prepared = tuple[Answer, int]
"""What answers, and how many of the documents it searches."""

SIMILAR = 90
"""partial_ratio from which the similarity baseline says that a quote was found."""

FIRST = {"id": "", "quote": "The committee will meet again when the harbour is free of ice."}
"""Asked before the first case, so that what is loaded once is no quote's cost."""

SCANS = ("substring", "similarity")
"""Those that load nothing later, and take so long for a quote that it is not asked."""


# --- OnRecord ---------------------------------------------------------------------------------------------------


def onrecord(documents: Iterable[Case], folder: Path) -> Prepared:
    """The quote with what an article says about it: speaker, date, whether it is direct, language."""
    from checker.cli.inputs import read_date
    from checker.pipeline import check_quote
    from checker.types import Claim
    from corpus.store import Corpus

    corpus = Corpus.open(folder)

    def answer(case: Case) -> str:
        claim = Claim(
            case["quote"],
            speaker=case.get("speaker"),
            date=read_date(case["date"], "date") if case.get("date") else None,
            direct=case.get("direct", True),
            language=case.get("language"),
        )
        return check_quote(claim, corpus).verdict.status

    return answer, corpus.coverage().documents


def alone(documents: Iterable[Case], folder: Path) -> Prepared:
    """OnRecord with no more than the others are given."""
    answer, searched = onrecord(documents, folder)
    return (lambda case: answer({"quote": case["quote"]})), searched


# --- baselines --------------------------------------------------------------------------------------------------

_SIGNS = str.maketrans(dict.fromkeys("‘’‚‛′`", "'") | dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‐‑‒–—―−", "-"))
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\ufeff"))


def folded(text: str) -> str:
    """One form of quotation marks, dashes, letter case and white space."""
    text = unicodedata.normalize("NFKC", text).translate(_SIGNS).translate(_INVISIBLE).casefold()
    return re.sub(r"\s+", " ", text).strip()


def bare_words(text: str) -> str:
    """The folded words with one space on each side, without punctuation."""
    found = re.findall(r"[^\W_]+", folded(text))
    return f" {' '.join(found)} "


def substring(documents: Iterable[Case], folder: Path) -> Prepared:
    """Do the quote's words stand in a document, next to each other and in order, whatever the punctuation?"""
    texts = [bare_words(document["text"]) for document in documents]

    def answer(case: Case) -> str:
        quote = bare_words(case["quote"])
        return "found" if quote.strip() and any(quote in text for text in texts) else "not found"

    return answer, len(texts)


def similarity(documents: Iterable[Case], folder: Path) -> Prepared:
    """Is a part of a folded document similar to the folded quote? Shorter documents than the quote are left out."""
    from rapidfuzz.fuzz import partial_ratio

    texts = [folded(document["text"]) for document in documents]

    def answer(case: Case) -> str:
        quote = folded(case["quote"])
        found = any(partial_ratio(quote, text, score_cutoff=SIMILAR) for text in texts if len(text) >= len(quote))
        return "found" if found else "not found"

    return answer, len(texts)


_NEAR = 50
"""Texts of a full-text search that are compared: as many as OnRecord has candidates."""

_ASKED = 6
"""The longest words of a quote, which a full-text search is asked for: with all of them it takes several times as long."""


def fts5(documents: Iterable[Case], folder: Path) -> Prepared:
    """SQLite's full-text search for a quote's longest words, then the similarity to the first texts by BM25."""
    import sqlite3

    base = sqlite3.connect(folder / "fts5.sqlite3")
    base.execute("CREATE VIRTUAL TABLE held USING fts5(text)")
    with base:
        base.executemany("INSERT INTO held VALUES (?)", ((folded(document["text"]),) for document in documents))

    def search(asked: list[str]) -> Iterable[str]:
        query = " OR ".join(f'"{word}"' for word in asked)
        rows = base.execute("SELECT text FROM held WHERE held MATCH ? ORDER BY rank LIMIT ?", (query, _NEAR))
        return (text for (text,) in rows)

    return _similar_among(search), base.execute("SELECT count(*) FROM held").fetchone()[0]


def tantivy(documents: Iterable[Case], folder: Path) -> Prepared:
    """The same with tantivy for the search; it keeps the texts too."""
    import tantivy as engine  # type: ignore[import-not-found]

    fields = engine.SchemaBuilder()
    fields.add_text_field("text", stored=True)
    held = engine.Index(fields.build(), path=str(folder))
    writer = held.writer(200_000_000)
    for document in documents:
        writer.add_document(engine.Document(text=folded(document["text"])))
    writer.commit()
    writer.wait_merging_threads()
    held.reload()
    searcher = held.searcher()

    def search(asked: list[str]) -> Iterable[str]:
        hits = searcher.search(held.parse_query(" ".join(asked), ["text"]), _NEAR).hits
        return (searcher.doc(address)["text"][0] for _, address in hits)

    return _similar_among(search), searcher.num_docs


def _similar_among(search: Callable[[list[str]], Iterable[str]]) -> Answer:
    from rapidfuzz.fuzz import partial_ratio

    def answer(case: Case) -> str:
        quote = folded(case["quote"])
        asked = sorted(set(re.findall(r"[^\W_]+", quote)), key=lambda word: (-len(word), word))[:_ASKED]
        found = any(partial_ratio(quote, text, score_cutoff=SIMILAR) for text in search(asked)) if asked else False
        return "found" if found else "not found"

    return answer


_ENCODED = 256
_CLOSE = 0.9


def flat(documents: Iterable[Case], folder: Path) -> Prepared:
    """sentence-transformers for the quote, then a product with all vectors in single precision.

    To encode a million texts takes half a day; behind the first few they are generated, since a product takes as long
    with whatever vectors. So its times can be compared, and its verdicts cannot.
    """
    import numpy as np

    from corpus.embed.minilm import load_minilm

    model = load_minilm(threads=1)
    texts = [document["text"] for document in documents]
    held = np.random.default_rng(7).standard_normal((len(texts), model.dimensions), dtype=np.float32)
    held /= np.linalg.norm(held, axis=1, keepdims=True)
    real = model.encode(texts[:_ENCODED])
    held[: len(real)] = real

    def answer(case: Case) -> str:
        return "found" if float((held @ model.encode([case["quote"]])[0]).max()) >= _CLOSE else "not found"

    return answer, len(texts)


# --- peers ------------------------------------------------------------------------------------------------------


def buddie(documents: Iterable[Case], folder: Path, *, nearest: bool = False) -> Prepared:
    """`buddie-verbatim check` on a claim that cites every document; the pages are read and folded once.

    Its search for the nearest passage, which only illustrates a verdict that is reached by then, takes a third of
    a second for each document and is left out unless `nearest`.
    """
    from buddie.verbatim import check  # type: ignore[import-not-found]
    from buddie.verbatim.store import Store  # type: ignore[import-not-found]

    store = Store(folder)
    pages: dict[str, Any] = {}
    entries: dict[str, Any] = {}
    for number, document in enumerate(documents):
        url = f"https://documents.invalid/{number}"
        entries[url] = store.add(url, document["text"].encode(), content_type="text/plain; charset=utf-8")
        pages[url] = check.readable(store, entries[url], url)
    store.latest = entries.get
    check.readable = lambda store, entry, url="": pages[url]
    if not nearest:
        check.closest = lambda quote, text: {"ratio": 0.0, "text": ""}

    def answer(case: Case) -> str:
        claim = {"id": case["id"], "quote": case["quote"], "urls": list(pages)}
        return str(check.check_claims([claim], store)[0]["verdict"])

    return answer, sum(not isinstance(page, dict) for page in pages.values())


def krokai(documents: Iterable[Case], folder: Path) -> Prepared:
    """`krokai quote` over a folder of sources that holds every document as a text file."""
    from krokai.corpus import Corpus  # type: ignore[import-not-found]
    from krokai.verify import check  # type: ignore[import-not-found]

    for number, document in enumerate(documents):
        (folder / f"source{number:05}.txt").write_text(document["text"], encoding="utf-8")
    corpus = Corpus([str(folder)], quiet=True)

    def answer(case: Case) -> str:
        return str(check(case["quote"], corpus)[0])

    return answer, len(corpus.paths)


SYSTEMS: dict[str, tuple[Callable[..., Prepared], str]] = {
    "onrecord": (onrecord, "onrecord"),
    "alone": (alone, "onrecord"),
    "substring": (substring, ""),
    "similarity": (similarity, "rapidfuzz"),
    "fts5": (fts5, "rapidfuzz"),
    "tantivy": (tantivy, "tantivy"),
    "flat": (flat, "sentence-transformers"),
    "buddie": (buddie, "buddie"),
    "krokai": (krokai, "krokai"),
}
"""How each is prepared, and the distribution whose version is told."""


def main() -> None:
    """Prepare the system, then answer every line of standard input."""
    name, documents_path, folder, *flags = sys.argv[1:]
    out, sys.stdout = sys.stdout, sys.stderr  # what a system prints is not an answer

    def say(**answer: object) -> None:
        print(json.dumps(answer), file=out, flush=True)

    try:
        prepare, distribution = SYSTEMS[name]
        with Path(documents_path).open(encoding="utf-8") as lines:
            documents = (
                json.loads(line) for line in lines
            )  # one after another: who keeps none needs no memory for them
            options = dict.fromkeys((flag.lstrip("-") for flag in flags), True)
            answer, searched = prepare(documents, Path(folder), **options)
        if name not in SCANS:
            answer(FIRST)
        version = importlib.metadata.version(distribution) if distribution else ""
    except Exception as error:  # noqa: BLE001 - whatever a system raises is told
        say(error=f"{type(error).__name__}: {error}")
        return
    say(version=version, documents=searched, seconds=time.process_time())
    for line in sys.stdin:
        case = json.loads(line)
        begun, at = time.process_time(), time.perf_counter()
        try:
            verdict = answer(case)
        except Exception as error:  # noqa: BLE001 - an error of this case; the rest goes on
            say(error=f"{type(error).__name__}: {error}")
            continue
        took, wall = time.process_time() - begun, time.perf_counter() - at
        say(verdict=verdict, ms=1000 * took, wall=1000 * wall, resident=_resident())


def _resident() -> int:
    """Megabytes of memory that this process occupies now; at the most, where the system does not tell."""
    status = Path("/proc/self/status")
    found = re.search(r"VmRSS:\s+(\d+)", status.read_text(encoding="ascii")) if status.is_file() else None
    return int(found[1]) // 1024 if found else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
