"""OnRecord beside other systems: the same labelled quotes against the same documents, in one run.

    python benchmarks/peers.py --cases CASES.jsonl[.gz] --documents FILE... [--json OUT] [--systems NAME...]
        [--environment FOLDER] [--timeout SECONDS] [--nearest]

CASES holds one object a line: id, cls, quote, expected_status, also_acceptable, and what an article says about the
quote (speaker, date, direct, language). OnRecord is given the latter with the quote and nothing else of a case; the
others take the quote alone, and so does a second run of OnRecord, to show what that makes. Each system searches all
documents: their stored text, as the corpus lays it out.

The peers are installed with pip, in the versions of requirements-peers.txt, in an environment of their own (default
var/peers); one that cannot be installed or started is named and left out. Each system runs in a process of its own,
one after another; a case on which it raises, ends or takes longer than `--timeout` is an error of that case.

What a peer answers is read as one of OnRecord's three statuses (SYSTEMS). "verified or not" does not depend on how
the other two are told apart and is the figure for comparing; "right" does. Times are the processor's, documents
prepared beforehand, as ratios to OnRecord's in the same run.
"""

from __future__ import annotations

import argparse
import gzip
import json
import queue
import statistics
import subprocess
import sys
import tempfile
import threading
import venv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ANSWERING = HERE / "peers_answer.py"
REQUIREMENTS = HERE / "requirements-peers.txt"

GIVEN = ("id", "quote", "speaker", "date", "direct", "language")
"""All that leaves a case; the labels and the document that it was taken from stay here."""

SECONDS_TO_PREPARE = 900
MOST_STARTS = 4
"""A system that had to be stopped so often is not started again; its remaining cases are errors."""

Case = dict[str, Any]
Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class System:
    """A system that is measured, and how its verdicts are read."""

    title: str
    licence: str
    read_as: Mapping[str, str]
    peer: bool = False
    by_default: bool = True

    def status(self, verdict: str) -> str:
        """The status for a verdict; one that means "could not be checked", or is unknown, is an error."""
        return self.read_as.get(verdict, "error")


def _read_as(*, verified: str, paraphrased: str = "", unsourced: str) -> dict[str, str]:
    given = {"verified": verified, "paraphrased": paraphrased, "unsourced": unsourced}
    return {verdict: status for status, verdicts in given.items() for verdict in verdicts.split()}


_OURS = _read_as(verified="verified", paraphrased="paraphrased", unsourced="unsourced")
_FOUND_OR_NOT = {"found": "verified", "not found": "unsourced"}

SYSTEMS = {
    "onrecord": System("OnRecord", "Apache-2.0", _OURS),
    "alone": System("OnRecord, the quote alone", "Apache-2.0", _OURS),
    "substring": System("normalised substring", "baseline", _FOUND_OR_NOT),
    "similarity": System("partial_ratio ≥ 90", "baseline; rapidfuzz: MIT", _FOUND_OR_NOT),
    # What benchmarks/bench measures besides: they are for many short texts, and answer as `similarity` does, or for nothing.
    "fts5": System("SQLite FTS5 + partial_ratio", "baseline; rapidfuzz: MIT", _FOUND_OR_NOT, by_default=False),
    "tantivy": System("tantivy + partial_ratio", "MIT", _FOUND_OR_NOT, peer=True, by_default=False),
    "flat": System("sentence-transformers + flat search", "Apache-2.0", _FOUND_OR_NOT, by_default=False),
    # Its nearest passage is shown whatever the verdict, so it is no middle verdict.
    "buddie": System(
        "buddie-verbatim",
        "Apache-2.0",
        _read_as(
            verified="FOUND FOUND_NORMALIZED FOUND_IN_COPY", unsourced="HIDDEN_ONLY UNCERTAIN NOT_A_QUOTE NOT_FOUND"
        ),
        peer=True,
    ),
    # What it calls clean is verified, and what it flags beside a passage is the middle verdict.
    "krokai": System(
        "krokai",
        "MIT",
        _read_as(
            verified="VERIFIED ASSEMBLED PUNCTUATION TYPESETTING WRONG_SPEAKER",
            paraphrased="TRUNCATED_CONDITION TRUNCATED_OPENING OPERATOR SPLICED FOUND_ELSEWHERE SUPERSEDED_EDITION"
            " ELLIPSIS_HIDES FRAGMENTS PARTIAL ALTERED SCATTERED",
            unsourced="NOT_FOUND",
        ),
        peer=True,
    ),
}


# --- scoring ----------------------------------------------------------------------------------------------------


def acceptable(case: Case) -> list[str]:
    """The status that is expected, and those that are accepted too."""
    return [case["expected_status"], *case.get("also_acceptable", [])]


def score(cases: Sequence[Case], statuses: Mapping[str, str]) -> Figures:
    """Shares in per cent, each with its counts; a case without a status is an error, and wrong."""
    given = {case["id"]: statuses.get(case["id"], "error") for case in cases}
    right: dict[str, list[bool]] = defaultdict(list)
    parted: dict[str, list[bool]] = defaultdict(list)
    for case in cases:
        status = given[case["id"]]
        right[case["cls"]].append(status in acceptable(case))
        parted[case["cls"]].append(_parted(status, case))
    true = [case for case in cases if case["expected_status"] == "verified"]
    other = [case for case in cases if "verified" not in acceptable(case)]
    sourced = [case for case in cases if "unsourced" not in acceptable(case)]
    return {
        "cases": len(cases),
        "right": _share(each for found in right.values() for each in found),
        "verified_or_not": _share(each for found in parted.values() for each in found),
        "true_verified": _share(given[case["id"]] == "verified" for case in true),
        "false_verified": _share(given[case["id"]] == "verified" for case in other),
        "false_unsourced": _share(given[case["id"]] == "unsourced" for case in sourced),
        "errors": sum(status == "error" for status in given.values()),
        "right_by_class": {name: _share(found) for name, found in sorted(right.items())},
        "verified_or_not_by_class": {name: _share(found) for name, found in sorted(parted.items())},
    }


def _parted(status: str, case: Case) -> bool:
    """Was the quote rightly called verified, or rightly not?"""
    if status == "error":
        return False
    return (status == "verified") in {each == "verified" for each in acceptable(case)}


def _share(found: Iterable[bool]) -> Figures:
    listed = list(found)
    share = round(100 * sum(listed) / len(listed), 1) if listed else None
    return {"share": share, "count": sum(listed), "of": len(listed)}


# --- asking -----------------------------------------------------------------------------------------------------


class Stopped(Exception):
    """The answering process ended or took too long."""


class Answering:
    """A process that answers one line with one line; it is started when needed and stopped when it hangs."""

    def __init__(self, command: Sequence[str], *, timeout: float, to_prepare: float = SECONDS_TO_PREPARE) -> None:
        self._command = list(command)
        self._timeout = timeout
        self._to_prepare = to_prepare
        self._starts = 0
        self._process: subprocess.Popen[str] | None = None
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `close`

    def start(self) -> Case:
        """What the process says when it is ready; raises Stopped."""
        if self._starts == MOST_STARTS:
            raise Stopped("stopped too often, not started again")
        self._starts += 1
        self._process = subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._complaints, encoding="utf-8"
        )
        self._lines = queue.Queue()
        threading.Thread(target=_pass_on, args=(self._process, self._lines), daemon=True).start()
        ready = self._next(self._to_prepare)
        if "error" in ready:
            self.stop()
            raise Stopped(ready["error"])
        return ready

    def ask(self, case: Case) -> Case:
        """The answer to one case, an {"error"} if there is none."""
        try:
            if self._process is None:
                self.start()
            assert self._process is not None
            assert self._process.stdin is not None
            self._process.stdin.write(json.dumps(case) + "\n")
            self._process.stdin.flush()
            return self._next(self._timeout)
        except BrokenPipeError:
            self.stop()
            return {"error": self._last_words()}
        except Stopped as reason:
            return {"error": str(reason)}

    def _next(self, timeout: float) -> Case:
        try:
            line = self._lines.get(timeout=timeout)
        except queue.Empty:
            self.stop()
            raise Stopped(f"no answer in {timeout:g} s") from None
        if line is None:
            self.stop()
            raise Stopped(self._last_words())
        answer: Case = json.loads(line)
        return answer

    def _last_words(self) -> str:
        self._complaints.seek(0)
        said = self._complaints.read().decode("utf-8", "replace").strip().splitlines()
        return f"ended: {said[-1]}" if said else "ended"

    def close(self) -> None:
        """End the process and let go of what it complained of."""
        self.stop()
        self._complaints.close()

    def stop(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


def _pass_on(process: subprocess.Popen[str], lines: queue.Queue[str | None]) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        lines.put(line)
    lines.put(None)


@dataclass(slots=True)
class Run:
    """What one system answered."""

    system: System
    version: str = ""
    documents: int = 0
    statuses: dict[str, str] = field(default_factory=dict)
    verdicts: Counter[str] = field(default_factory=Counter)
    errors: dict[str, str] = field(default_factory=dict)
    times: list[float] = field(default_factory=list)

    def took(self, id: str, answer: Case) -> None:
        """Keep the answer to a case."""
        verdict = answer.get("verdict")
        self.statuses[id] = "error" if verdict is None else self.system.status(verdict)
        if verdict is not None:
            self.verdicts[verdict] += 1
            self.times.append(answer["ms"])
        if self.statuses[id] == "error":
            self.errors[id] = answer.get("error") or str(verdict)


def run(system: System, cases: Sequence[Case], answering: Answering) -> Run:
    """Ask a system about every case; raises Stopped if it cannot be started."""
    try:
        ready = answering.start()
        answers = Run(system, ready.get("version", ""), ready.get("documents", 0))
        for case in cases:
            answers.took(case["id"], answering.ask({name: case[name] for name in GIVEN if name in case}))
        return answers
    finally:
        answering.close()


# --- what is asked about ----------------------------------------------------------------------------------------


def read_cases(path: Path) -> list[Case]:
    """The cases of a JSON Lines file, plain or gzipped."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def store(documents: Sequence[Path], folder: Path) -> Path:
    """Build the corpus, and write its stored texts down for the others."""
    from corpus.ingest import add_paths
    from corpus.store import Corpus

    with Corpus.open(folder, create=True) as corpus:
        add_paths(corpus, documents, on_error=lambda error: print(error, file=sys.stderr))
        texts = folder / "texts.jsonl"
        with texts.open("w", encoding="utf-8") as out:
            for listed in corpus.documents():
                out.write(json.dumps({"id": listed.id, "text": corpus.document(listed.id).document.text}) + "\n")
    return texts


def installed(environment: Path) -> Path:
    """The Python of an environment with the peers in it, made when it is missing or their versions have changed."""
    python = environment / "bin" / "python"
    mark = environment / "installed.txt"
    wanted = REQUIREMENTS.read_text(encoding="utf-8")
    if not mark.is_file() or mark.read_text(encoding="utf-8") != wanted:
        venv.create(environment, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--requirement", REQUIREMENTS], check=True)
        mark.write_text(wanted, encoding="utf-8")
    return python


# --- tables -----------------------------------------------------------------------------------------------------


def figures(name: str, answers: Run, cases: Sequence[Case], base: float | None) -> Figures:
    """Everything measured of one system; `base` is OnRecord's time."""
    mean = statistics.mean(answers.times) if answers.times else None
    return {
        "system": name,
        "title": answers.system.title,
        "version": answers.version,
        "licence": answers.system.licence,
        "documents": answers.documents,
        **score(cases, answers.statuses),
        "right_without_middle": score(cases, _without_middle(answers.statuses))["right"],
        "ms": None if mean is None else round(mean, 3),
        "ms_median": round(statistics.median(answers.times), 3) if answers.times else None,
        "time_ratio": round(mean / base, 3) if mean is not None and base else None,
        "verdicts": dict(answers.verdicts.most_common()),
        "error_of": answers.errors,
    }


def _without_middle(statuses: Mapping[str, str]) -> dict[str, str]:
    """The statuses if a middle verdict were a refusal."""
    return {id: "unsourced" if status == "paraphrased" else status for id, status in statuses.items()}


def table(measured: Sequence[Figures]) -> Iterator[str]:
    """The lines of the first table: every system."""
    yield "| system | verified or not, right | true verified | false verified | right | errors | time |"
    yield "|---|---|---|---|---|---|---|"
    for each in measured:
        told = f"{each['title']} {each['version']}".strip()
        shares = (_counted(each[name]) for name in ("verified_or_not", "true_verified", "false_verified", "right"))
        ratio = "–" if each["time_ratio"] is None else f"{each['time_ratio']:.3g}x"
        yield f"| {told} ({each['licence']}) | {' | '.join(shares)} | {each['errors']} | {ratio} |"


def class_table(measured: Sequence[Figures], kind: str = "right_by_class") -> Iterator[str]:
    """The lines of the second table: right by class."""
    yield "| class (cases) | " + " | ".join(each["title"] for each in measured) + " |"
    yield "|---" * (1 + len(measured)) + "|"
    for name, share in measured[0][kind].items() if measured else ():
        found = " | ".join(str(each[kind][name]["count"]) for each in measured)
        yield f"| {name} ({share['of']}) | {found} |"


def _counted(share: Figures) -> str:
    return "–" if share["share"] is None else f"{share['share']} ({share['count']} of {share['of']})"


def report(measured: Sequence[Figures], left_out: Mapping[str, str], *, documents: int, nearest: bool) -> Iterator[str]:
    """Everything that is printed."""
    if not measured:
        yield "nothing could be measured"
    else:
        yield f"{measured[0]['cases']} cases, {documents} documents; every system searches all documents."
        yield ""
        yield from table(measured)
        yield ""
        yield from notes(measured, documents=documents, nearest=nearest)
        yield ""
        yield "Cases right, by class:"
        yield ""
        yield from class_table(measured)
        yield ""
        yield "Cases right on verified or not, by class:"
        yield ""
        yield from class_table(measured, "verified_or_not_by_class")
    for name, reason in left_out.items():
        yield ""
        yield f"{SYSTEMS[name].title} could not be run: {reason}"


def notes(measured: Sequence[Figures], *, documents: int, nearest: bool) -> Iterator[str]:
    """What the figures do not say."""
    for each in measured:
        if each["system"] == "onrecord":
            yield f"- time 1x: {each['ms']:.1f} ms of processor time per quote, documents prepared beforehand"
        if each["system"] == "buddie":
            yield f"- buddie-verbatim {'with' if nearest else 'without'} its search for the nearest passage"
        if each["documents"] != documents:
            yield f"- {each['title']} refuses {documents - each['documents']} of the documents"
        if SYSTEMS[each["system"]].peer and each["right_without_middle"] != each["right"]:
            yield f"- {each['title']}: right {_counted(each['right_without_middle'])} if its flags are read as unsourced"
        answered = ", ".join(f"{verdict} {count}" for verdict, count in each["verdicts"].items())
        yield f"- {each['title']} answered: {answered}"
        if each["error_of"]:
            yield f"- errors of {each['title']}: " + ", ".join(f"{id} ({why})" for id, why in each["error_of"].items())


# --- the run ----------------------------------------------------------------------------------------------------


def measure(options: argparse.Namespace, folder: Path) -> tuple[list[Figures], dict[str, str], int]:
    """Ask every system; the figures, what could not be run and why, and the number of documents."""
    cases = read_cases(options.cases)
    corpus = folder / "corpus"
    texts = store(options.documents, corpus)
    runs: dict[str, Run] = {}
    left_out: dict[str, str] = {}
    for name in options.systems:
        room = corpus if name in ("onrecord", "alone") else folder / name
        room.mkdir(exist_ok=True)
        try:
            python = [installed(options.environment), "-I"] if SYSTEMS[name].peer else [sys.executable]
            flags = ["--nearest"] if name == "buddie" and options.nearest else []
            command = [*map(str, python), str(ANSWERING), name, str(texts), str(room), *flags]
            runs[name] = run(SYSTEMS[name], cases, Answering(command, timeout=options.timeout))
        except (Stopped, OSError, subprocess.CalledProcessError) as error:
            left_out[name] = str(error)
        print(f"{SYSTEMS[name].title}: {'left out' if name in left_out else 'done'}", file=sys.stderr)
    base = statistics.mean(runs["onrecord"].times) if "onrecord" in runs and runs["onrecord"].times else None
    measured = [figures(name, answers, cases, base) for name, answers in runs.items()]
    with texts.open(encoding="utf-8") as lines:
        return measured, left_out, sum(1 for _ in lines)


def main() -> None:
    """Measure, print Markdown and write JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=Path, required=True, help="labelled quotes, JSON Lines")
    parser.add_argument("--documents", type=Path, nargs="+", required=True, help="what is searched, JSON Lines")
    parser.add_argument("--json", type=Path, help="write all figures there")
    parser.add_argument(
        "--systems", nargs="+", choices=SYSTEMS, default=[name for name, system in SYSTEMS.items() if system.by_default]
    )
    parser.add_argument("--environment", type=Path, default=Path("var/peers"), help="where the peers are installed")
    parser.add_argument("--timeout", type=float, default=120, help="seconds for one quote")
    parser.add_argument("--nearest", action="store_true", help="let buddie-verbatim search its nearest passage")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measured, left_out, documents = measure(options, Path(folder))
    print("\n".join(report(measured, left_out, documents=documents, nearest=options.nearest)))
    if options.json:
        result = {"documents": documents, "nearest": options.nearest, "systems": measured, "left_out": left_out}
        options.json.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
