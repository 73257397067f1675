"""Whatever is read, there is an answer or an error that says what is wrong, soon: never a traceback.

Texts are put together, by a seeded chance, out of what quotations are made of and what breaks programs (unpaired marks, controls, invisible
and combining characters, lone surrogates, endless numbers, markup); files are such texts in every format, cut, doubled and with bytes changed. They go
through folding, sentences, extraction, checking and every reader. An error of ours is an answer; any other is a problem, as is an
input that takes longer than 20 s. Then patterns that are known to make scanners slow are doubled until they are long: twice the text may
take 2.6 times the processor time, not more. At last bombs are read in a child process of 2 GB: each is refused or read within 300 s.
"""

from __future__ import annotations

import gzip
import io
import json
import random
import resource
import signal
import subprocess
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from types import FrameType

import docx

from benchmarks.nightly.campaign import Campaign, Outcome, Trial, counted, in_short
from benchmarks.nightly.starter import claims, fill, judged
from checker.errors import CheckerError
from checker.extract import extract_attributions
from checker.types import Article
from corpus.errors import CorpusError
from corpus.read import NO_DEFAULTS, read_bytes, read_records
from corpus.store import Corpus
from corpus.text import hidden_characters, look_alikes, normalise, sentences, words

INPUTS = 100_000
_LONGEST = 20
_GROWTH = 2.6
"""Twice the input: linear is 2; sorting, caches and a clock that is read among other work make up the rest."""

_MARKS = list("\"“”„‟«»‹›「」'’‘‚‛`´()[]{}<>—–-…,.;:!?&%$€|\\/_*#=+@~^")
_ODD = [
    "\x00", "\x01", "\x1b[31m", "\x7f", "\x85", "\u200b", "\u202e", "\u2066", "\ufeff", "\ufffe", "\uffff", "\u2028", "\u0301" * 9,
    "\u0336", "\ud800", "\udfff", "\U000e0041", "\U0001f469\u200d\U0001f52c", "ﬁ", "ё", "й", "\u1112\u1161\u11ab", "١٢", "½", "10²", "\r", "\r\n",
    "\t", "\v", "\f", "\n", "\n\n", "\u00a0", "\u3000",
]  # fmt: skip
_WORDS = (
    "he she they said told reporters that the minister president Mirela Tosk Ilse Corvane of Quenland on Friday March 3 2031 2,4 1.500.000 −5 per cent "
    "not never will would according to statement added wrote on X “we will not” он сказал что Министр заявил «мы не будем» "
    "U.S. U.K. Mr. Dr. St. i.e. https://a.example/?q=1&b=2 [sic] [we] ... MS. LORNE: Q: A: -->"
).split()
_TAGS = (
    "<p>", "</p>", "<div>", "</div", "<script>", "<!--", "-->", "<![CDATA[", "<table><tr><td>", "<blockquote>", "&#0;", "&#xD800;", "&amp;amp;",
    "<a href='javascript:x'>", "<time datetime='9999-99-99'>", "<meta charset=utf-7>", "# ", "> ", "```", "| a | b |\n|---|---|\n", "1\n00:00:01,000 --> 00:00:02,000\n",
    "WEBVTT\n\n", "99:99:99,999 --> ", "**", "[x](y)", "<svg><style>", "<html><head><title>", "<article><h1>",
)  # fmt: skip
SUFFIXES = (".txt", ".md", ".html", ".srt", ".vtt", ".docx", ".pdf")


class TooSlow(Exception):
    """An input took longer than it may."""


def text_of(chance: random.Random, *, markup: bool = False) -> str:
    """A short text of parts that quotations are made of, and of parts that break programs."""
    kinds = [_WORDS, _WORDS, _WORDS, _MARKS, _ODD, *([_TAGS] if markup else [])]
    parts = [chance.choice(chance.choice(kinds)) for _ in range(chance.randrange(1, 60))]
    return chance.choice(("", " ", " ")).join(parts)


def file_of(suffix: str, chance: random.Random, seeds: dict[str, bytes]) -> bytes:
    """A file of that kind, sound or broken."""
    if suffix in seeds:
        raw = seeds[suffix]
    else:
        text = text_of(chance, markup=True)
        raw = text.encode(chance.choice(("utf-8", "utf-8", "utf-16", "utf-7", "utf-32-be")), "surrogatepass")
    return broken(raw, chance)


def broken(raw: bytes, chance: random.Random) -> bytes:
    """Bytes changed, a part cut off, left out or doubled; or nothing of it."""
    changed = bytearray(raw)
    for _ in range(chance.choice((0, 1, 1, 3, 20))):
        if not changed:
            break
        at = chance.randrange(len(changed))
        kind = chance.randrange(4)
        if kind == 0:
            changed[at] = chance.randrange(256)
        elif kind == 1:
            del changed[at : at + chance.randrange(1, 40)]
        elif kind == 2:
            changed[at:at] = changed[at : at + chance.randrange(1, 40)]
        elif chance.random() < 0.2:
            del changed[at:]
    return bytes(changed)


def seeds_of_binaries() -> dict[str, bytes]:
    """A sound Word document and a sound PDF."""
    written, stream = docx.Document(), io.BytesIO()
    for line in ("MS. LORNE: The ferry leaves at noon.", "Q: Will it?", "“It will,” she said."):
        written.add_paragraph(line)
    written.save(stream)
    return {".docx": stream.getvalue(), ".pdf": pdf("The ferry leaves at noon, the minister said.")}


def pdf(line: str, *, pages: int = 1) -> bytes:
    """A PDF of one line a page, with all that the format asks for but compression."""
    drawn = f"BT /F 12 Tf 72 700 Td ({line}) Tj ET".encode("latin-1")
    kids = " ".join(f"{4 + n} 0 R" for n in range(pages))
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {pages}/Kids[{kids}]/MediaBox[0 0 595 842]/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>".encode(),
        b"<</Length %d>>stream\n%b\nendstream" % (len(drawn), drawn),
        *(b"<</Type/Page/Parent 2 0 R/Contents 3 0 R>>" for _ in range(pages)),
    ]
    raw, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(bodies, start=1):
        places.append(len(raw))
        raw += b"%d 0 obj%b endobj\n" % (number, body)
    table = len(raw)
    raw += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    raw += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(raw + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, table))


def run(trial: Trial) -> Outcome:
    """Generated inputs, growth, bombs."""
    chance = random.Random(trial.seed)
    problems: list[str] = []
    met: Counter[str] = Counter()
    with Corpus.open(fill(trial.folder / "corpus")) as corpus:
        ways = _ways(corpus, trial.folder / "records.jsonl")
        names = [name for name, _, share in ways for _ in range(share)]
        by_name = {name: feed for name, feed, _ in ways}
        for number in range(trial.times(INPUTS)):
            name = chance.choice(names)
            own = random.Random(f"{trial.seed} {number}")
            try:
                with _limited(_LONGEST):
                    by_name[name](own)
            except (CorpusError, CheckerError):
                met[f"{name} refused"] += 1
            except TooSlow:
                problems.append(f"{name}, input {number}: longer than {_LONGEST} s")
            except Exception as error:  # noqa: BLE001 - that there is none is the promise
                problems.append(f"{name}, input {number}: {type(error).__name__}: {error}")
            met[name] += 1
    generated = len(problems)
    worst, grown = _growth(problems, longest=round(24_000 * min(1.0, max(trial.scale, 0.1))))
    slow = len(problems) - generated
    bombs = _bombs(trial.folder, problems)
    figures = (
        ("generated inputs", counted(trial.times(INPUTS))),
        *((f"… {name}", f"{met[name]:,}, of them refused {met[f'{name} refused']:,}") for name, _, _ in ways),
        ("tracebacks or slow ones", counted(generated)),
        ("patterns doubled", f"{grown}, of them more than linear {slow}; worst {worst}"),
        (
            "bombs in a child of 2 GB",
            f"{bombs}, of them not refused or read in time {len(problems) - generated - slow}",
        ),
    )
    return Outcome(figures, in_short(problems))


Feed = Callable[[random.Random], object]


def _ways(corpus: Corpus, file: Path) -> list[tuple[str, Feed, int]]:
    """What is fed, and which share of the inputs it has."""
    held = claims()
    seeds = seeds_of_binaries()

    def fold(chance: random.Random) -> None:
        text = text_of(chance)
        normalise(text)
        assert all(
            0 <= start < end <= len(text) for start, end in zip(words(text).starts, words(text).ends, strict=True)
        )
        hidden_characters(text)
        look_alikes(text)

    def split(chance: random.Random) -> None:
        text = text_of(chance)
        assert all(0 <= each.start < each.end <= len(text) for each in sentences(text))

    def extract(chance: random.Random) -> None:
        text = text_of(chance)
        for each in extract_attributions(Article("a", text)):
            assert all(0 <= span.start < span.end <= len(text) for span in each.content)

    def check(chance: random.Random) -> None:
        judged(replace(chance.choice(held), quote=text_of(chance)), corpus)

    def records(chance: random.Random) -> None:
        line = json.dumps({"id": "a", "text": text_of(chance), "date": chance.choice(("2031", "x", "2031-02-30"))})
        file.write_bytes(broken(line.encode(), chance))
        for record in read_records(file):
            assert (record.document is None) != (record.error is None)

    def read(suffix: str) -> Feed:
        return lambda chance: read_bytes(
            file_of(suffix, chance, seeds), suffix, name=f"a{suffix}", defaults=NO_DEFAULTS
        )

    readers = [(f"reader {suffix}", read(suffix), 2) for suffix in SUFFIXES]
    return [("folding", fold, 10), ("sentences", split, 6), ("extraction", extract, 8), ("checking", check, 2),
            ("records", records, 4), *readers]  # fmt: skip


@contextmanager
def _limited(seconds: int) -> Iterator[None]:
    def late(number: int, frame: FrameType | None) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


PATTERNS = {
    "opening marks": "“", "closing marks": "”", "straight marks": '"', "nested marks": "“‘«", "guillemets": "«»", "apostrophes": "'",
    "figures": "1,000 ", "digits": "7", "points": "a.", "colons": "Q: ", "brackets": "[", "ellipses": "… ", "combining": "a\u0301\u0336",
    "invisible": "\u200b", "dashes": "— ", "spaces": " ", "lines": "\n", "said": "he said ", "quoted": "“We will,” he said. ", "tags": "<b>",
    "ampersands": "&", "capitals": "Ada ", "that": "said that ", "hyphens": "co-", "pipes": "|",
}  # fmt: skip
"""What quadratic scanners trip over, repeated."""


def _growth(problems: list[str], *, longest: int) -> tuple[str, int]:
    """Double each pattern for each scanner; gives the worst ratio and how many were tried."""
    scanners: dict[str, Callable[[str], object]] = {
        "folding": words,
        "sentences": sentences,
        "extraction": lambda text: extract_attributions(Article("a", text)),
        **{f"reader {suffix}": _reader(suffix) for suffix in SUFFIXES[:5]},
    }
    worst, told, tried = 0.0, "none", 0
    for scanner, scan in scanners.items():
        for name, pattern in PATTERNS.items():
            tried += 1
            ratio = ratio_of(scan, pattern, longest=longest)
            if ratio > worst:
                worst, told = ratio, f"{ratio:.1f} ({scanner}, {name})"
            if ratio > _GROWTH:
                problems.append(f"{scanner}, {name}: twice the text takes {ratio:.1f} times as long")
    return told, tried


def ratio_of(
    scan: Callable[[str], object], pattern: str, *, longest: int, clock: Callable[[], float] = time.process_time
) -> float:
    """How much longer twice the text takes, at the length asked for; the better of two looks. 0 for what takes no time."""
    half, whole = _repeated(pattern, longest // 2), _repeated(pattern, longest)
    ratios = []
    for _ in range(3):
        first, second = _seconds(scan, half, clock), _seconds(scan, whole, clock)
        if second < 0.02:
            return 0.0
        ratios.append(second / first)
        if ratios[-1] <= _GROWTH:
            break
    return min(ratios)


def _repeated(pattern: str, length: int) -> str:
    return (pattern * (length // len(pattern) + 1))[:length]


def _seconds(scan: Callable[[str], object], text: str, clock: Callable[[], float]) -> float:
    began = clock()
    with suppress(CorpusError, CheckerError):
        scan(text)
    return clock() - began


def _reader(suffix: str) -> Callable[[str], object]:
    return lambda text: read_bytes(text.encode(), suffix, name=f"a{suffix}", defaults=NO_DEFAULTS)


def bombs(folder: Path) -> Iterator[Path]:
    """Files that are small, or plain, and cost much."""
    seed = zipfile.ZipFile(io.BytesIO(seeds_of_binaries()[".docx"]))
    body = seed.read("word/document.xml").decode()
    inner = body[body.index("<w:body>") :]
    laughs = "".join(f"<!ENTITY e{n + 1} '{f'&e{n};' * 10}'>" for n in range(12))
    head = "<?xml version='1.0'?><!DOCTYPE w [<!ENTITY e0 'ha'>"
    parts = {
        "zeros": b"\0" * 400_000_000,
        "spaces": body.replace("noon", " " * 90_000_000).encode(),
        "laughs": f"{head}{laughs}]>{body.partition('?>')[2]}".replace("noon", "&e12;").encode(),
        "outside": f"{head}<!ENTITY x SYSTEM 'file:///etc/hostname'>]>{body.partition('?>')[2]}".replace(
            "noon", "&x;"
        ).encode(),
        "deep": body.replace(
            inner, "<w:body>" + "<w:p>" * 200_000 + "</w:p>" * 200_000 + "</w:body></w:document>"
        ).encode(),
        "many": body.replace("<w:body>", "<w:body>" + "<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 400_000).encode(),
    }
    for name, part in parts.items():
        with zipfile.ZipFile(folder / f"{name}.docx", "w", zipfile.ZIP_DEFLATED) as packed:
            for each in seed.infolist():
                packed.writestr(each.filename, part if each.filename == "word/document.xml" else seed.read(each))
        yield folder / f"{name}.docx"
    with zipfile.ZipFile(folder / "entries.docx", "w") as packed:
        for number in range(30_000):
            packed.writestr(f"word/{number}.xml", "")
    yield folder / "entries.docx"
    plain = {
        "nested.html": b"<div>" * 200_000, "attributes.html": b"<p " + b"a=1 " * 500_000 + b">", "long.html": b"<p>" + b"word " * 2_000_000,
        "line.txt": b"word " * 2_000_000, "one.txt": b"a" * 10_000_000, "marks.txt": "“".encode() * 1_000_000, "nul.txt": b"\0" * 10_000_000,
        "links.md": b"[" * 100_000, "quotes.md": b">" * 50_000, "stars.md": b"*a" * 100_000, "list.md": b"- " * 20_000,
        "cues.srt": b"1\n00:00:01,000 --> 00:00:02,000\na\n\n" * 100_000, "pages.pdf": pdf("a", pages=20_000),
        "nesting.jsonl": b"[" * 1_000_000, "objects.jsonl": b'{"a":' * 500_000, "long.jsonl": b'{"id":"a","text":"' + b"a" * 10_000_000 + b'"}',
        "number.jsonl": b'{"id":"a","text":"a","date":' + b"9" * 1_000_000 + b"}", "surrogate.jsonl": b'{"id":"a","text":"\\ud800 a"}',
        "nul.jsonl": b'{"id":"a","text":"a\\u0000b"}', "bomb.jsonl.gz": gzip.compress(b" " * 300_000_000, 6),
        "self.pdf": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]/Count 9>>endobj trailer<</Root 1 0 R>>",
    }  # fmt: skip
    for name, raw in plain.items():
        (folder / name).write_bytes(raw)
        yield folder / name


_CHILD = """
import sys
from pathlib import Path
from corpus.errors import CorpusError
from corpus.read import read_file, read_records
path = Path(sys.argv[1])
try:
    if ".jsonl" in path.name:
        for record in read_records(path):
            record.error
    else:
        read_file(path)
except CorpusError as error:
    print("refused:", error)
"""


def _limit_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))


def _bombs(folder: Path, problems: list[str]) -> int:
    tried = 0
    for path in bombs(folder):
        tried += 1
        try:
            done = subprocess.run(
                [sys.executable, "-c", _CHILD, str(path)], capture_output=True, text=True, timeout=300, check=False,
                preexec_fn=_limit_memory,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            problems.append(f"{path.name}: longer than 300 s")
            continue
        if done.returncode:
            last = done.stderr.strip().splitlines()[-1:] or [f"ended with {done.returncode}"]
            problems.append(f"{path.name}: {last[0]}")
        path.unlink()
    return tried


CAMPAIGN = Campaign(
    "inputs",
    "Whatever is read, there is an answer or a clear error, in time that grows with the input and no faster",
    ("tests/benchmarks/test_nightly.py", "tests/corpus/read", "tests/corpus/fetch/test_bounds.py"),
    run,
)
