"""The outside of the program: exit codes, JSON shapes, and what goes to which stream."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import docx
import pytest
from reportlab.pdfgen.canvas import Canvas

from checker.cli import main
from tests.checker.cli.conftest import RECORD, SPEECH

QUOTE = "Trade between our countries grew by 14 per cent."
ARTICLE = f"“{QUOTE[:-1]},” President Ilse Corvane said on Tuesday."

FINDING = {
    "id", "quote", "speaker", "status", "reason", "confidence", "summary", "other_reasons", "warnings", "foldings", "ambiguous", "profile",
    "evidence", "nearest", "searched", "provenance",
}  # fmt: skip
EVIDENCE = {"document", "speaker", "start", "end", "exact", "prefix", "suffix", "link", "edits", "features"}
DOCUMENT = {"id", "publisher", "title", "date", "url", "version", "sha256"}
SEARCHED = {
    "documents", "passages", "publishers", "first", "last", "encoded_share", "speaker_documents_near_date", "speaker_nearest_dates",
}  # fmt: skip
PROVENANCE = {"onrecord", "schema", "corpus_fingerprint", "encoder", "encoded_share", "profile"}
ATTRIBUTION = {"content", "cue", "source", "type", "quote", "speaker", "reported_by", "confidence"}
STATS = {"documents", "versions", "passages", "encoded_share", "publishers", "first", "last", "bytes"}

_START = "import sys; from checker.cli import main; sys.argv[0] = 'onrecord'; main()"


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, object]]:
        """Standard output as objects, one a line."""
        return [json.loads(line) for line in self.out.splitlines()]


def run(*arguments: str | Path, given: str | bytes = b"", environment: Mapping[str, str] | None = None) -> Ran:
    """Run the command's own entry in this process, with streams of its own."""
    raw = given.encode() if isinstance(given, str) else given
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    code: object = 0
    with (
        patch.object(sys, "argv", ["onrecord", *map(str, arguments)]),
        patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8")),
        patch.dict(os.environ, environment or {}),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as ended:
            code = ended.code or 0
    assert isinstance(code, int)
    return Ran(code, *(_written(stream) for stream in (out, err)))


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read()


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of one invented document, put in by the command itself."""
    folder = tmp_path_factory.mktemp("cli")
    (folder / "records.jsonl").write_text(json.dumps(RECORD) + "\n", encoding="utf-8")
    ran = run("corpus", "add", folder / "records.jsonl", "--corpus", folder / "corpus")
    assert ran.code == 0, ran.err
    return folder / "corpus"


def lines(*objects: Mapping[str, object]) -> str:
    return "".join(json.dumps(each) + "\n" for each in objects)


def error_of(line: Mapping[str, object]) -> Mapping[str, object]:
    error = line["error"]
    assert isinstance(error, dict)
    assert set(error) == {"code", "message"}
    return error


def test_adding_reports_on_standard_error_and_again_adds_nothing(corpus: Path) -> None:
    ran = run("corpus", "add", corpus.parent / "records.jsonl", "--corpus", corpus)
    assert (ran.code, ran.out) == (0, "")
    assert "0 added" in ran.err


def test_a_bad_record_is_reported_and_the_rest_goes_in(tmp_path: Path) -> None:
    records = tmp_path / "records.jsonl"
    records.write_text('{"id": 3\n' + json.dumps(RECORD) + "\n", encoding="utf-8")
    ran = run("corpus", "add", records, "--corpus", tmp_path / "corpus")
    assert ran.code == 3
    assert "records.jsonl" in ran.err
    stats = run("corpus", "stats", "--format", "json", "--corpus", tmp_path / "corpus").lines
    assert stats[0]["documents"] == 1


def test_stats_have_the_keys_of_the_contract(corpus: Path) -> None:
    ran = run("corpus", "stats", "--format", "json", "--corpus", corpus)
    (stats,) = ran.lines
    assert ran.code == 0
    assert set(stats) >= STATS
    assert (stats["documents"], stats["versions"], stats["first"], stats["last"]) == (1, 1, "2025-06-10", "2025-06-10")


def test_a_sound_corpus_verifies(corpus: Path) -> None:
    assert run("corpus", "verify", "--corpus", corpus).code == 0


def test_a_document_can_be_listed_and_shown(corpus: Path) -> None:
    assert [each["id"] for each in run("corpus", "list", "--format", "jsonl", "--corpus", corpus).lines] == ["speech"]
    (shown,) = run("corpus", "show", "speech", "--format", "json", "--corpus", corpus).lines
    assert shown["text"] == SPEECH


def test_who_speaks_in_the_corpus_can_be_listed(corpus: Path) -> None:
    row = {
        "label": "Ilse Corvane",
        "id": None,
        "role": False,
        "statements": 2,
        "first": "2025-06-10",
        "last": "2025-06-10",
    }
    assert run("corpus", "speakers", "--format", "jsonl", "--corpus", corpus).lines == [row]
    assert run("corpus", "speakers", "Corvane", "--format", "jsonl", "--corpus", corpus).lines == [row]
    assert run("corpus", "speakers", "Dreyfell", "--corpus", corpus).out == ""


def test_roles_are_marked_apart_from_people_and_come_along_in_an_export(tmp_path: Path) -> None:
    said = [
        ("THE PRESIDENT", "The bridge opens in May."),
        ("Question", "Why so late?"),
        ("Ilse Corvane", "It was damaged."),
    ]
    record = {**RECORD, "speakers": None, "turns": [{"speaker": who, "text": words} for who, words in said]}
    (tmp_path / "records.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    held, exported = tmp_path / "corpus", tmp_path / "out.jsonl"
    run("corpus", "add", tmp_path / "records.jsonl", "--corpus", held)
    assert {each["label"]: each["role"] for each in run("corpus", "speakers", "--format", "jsonl", "--corpus", held).lines} == {
        "THE PRESIDENT": True, "Question": True, "Ilse Corvane": False,
    }  # fmt: skip
    listed = run("corpus", "speakers", "--corpus", held).out
    assert [line.endswith("  [role]") for line in listed.splitlines()] == [False, True, True]
    run("corpus", "export", exported, "--corpus", held)
    (line,) = exported.read_text(encoding="utf-8").splitlines()
    assert [(each["speaker"], each["text"]) for each in json.loads(line)["turns"]] == said
    run("corpus", "add", exported, "--corpus", tmp_path / "again")
    assert run("corpus", "speakers", "--corpus", tmp_path / "again").out == listed


def test_an_unknown_document_is_said_by_its_id(corpus: Path) -> None:
    ran = run("corpus", "show", "no-such-id", "--corpus", corpus)
    assert ran.code == 3
    assert ran.out == ""
    assert "no-such-id" in ran.err
    assert "Traceback" not in ran.err


def test_a_quote_s_finding_has_the_keys_of_the_contract(corpus: Path) -> None:
    ran = run("quotes", "--corpus", corpus, given=lines({"id": "q1", "quote": QUOTE, "speaker": "Ilse Corvane"}))
    (found,) = ran.lines
    assert ran.code == 0
    assert set(found) >= FINDING
    assert (found["id"], found["status"], found["reason"]) == ("q1", "verified", "exact")
    assert set(found["searched"]) >= SEARCHED  # type: ignore[call-overload]
    assert set(found["provenance"]) >= PROVENANCE  # type: ignore[call-overload]
    (place,) = found["evidence"]  # type: ignore[misc]
    assert set(place) >= EVIDENCE
    assert set(place["document"]) >= DOCUMENT
    assert SPEECH[place["start"] : place["end"]] == place["exact"] == QUOTE
    assert all(set(feature) == {"value", "says"} for feature in place["features"].values())


def test_a_difference_has_the_keys_of_the_contract(corpus: Path) -> None:
    quote = QUOTE.replace("14", "15")
    (found,) = run("quotes", "--corpus", corpus, given=lines({"id": 7, "quote": quote})).lines
    assert (found["status"], found["reason"]) == ("unsourced", "altered-number")
    (edit,) = found["nearest"][0]["edits"]  # type: ignore[index]
    assert set(edit) == {"kind", "quote", "source", "allowed"}
    assert edit["allowed"] is False
    assert quote[slice(*edit["quote"])] == "15 per cent"


def test_a_difference_at_the_end_shows_what_the_source_has(corpus: Path) -> None:
    (found,) = run("quotes", "--corpus", corpus, given=lines({"quote": QUOTE.replace("14", "15")})).lines
    (edit,) = found["nearest"][0]["edits"]  # type: ignore[index]
    assert SPEECH[slice(*edit["source"])] == "14 per cent"


BAD_LINES: tuple[tuple[str, bytes], ...] = (
    ("not JSON", b"{oops\n"),
    ("not an object", b"[1, 2]\n"),
    ("no quote", b'{"id": "b"}\n'),
    ("an empty quote", b'{"id": "b", "quote": "  "}\n'),
    ("a quote that is no text", b'{"id": "b", "quote": 12}\n'),
    ("a quote without words", '{"id": "b", "quote": "…"}\n'.encode()),
    ("a bad date", b'{"id": "b", "quote": "We agreed", "date": "10 June 2025"}\n'),
    ("an impossible date", b'{"id": "b", "quote": "We agreed", "date": "2025-02-30"}\n'),
    ("a bad article date", b'{"id": "b", "quote": "We agreed", "article_date": "June"}\n'),
    ("a direct that is no truth value", b'{"id": "b", "quote": "We agreed", "direct": "yes"}\n'),
    ("half of a surrogate pair", b'{"id": "b", "quote": "We \\ud800 agreed"}\n'),
    ("a NUL", b'{"id": "b", "quote": "We \\u0000 agreed"}\n'),
    ("not UTF-8", b'{"id": "b", "quote": "caf\xe9 agreed"}\n'),
    ("a very deep line", b"[" * 100_000 + b"\n"),
)


def test_each_input_line_gives_one_output_line_in_order_and_bad_ones_an_error(corpus: Path) -> None:
    good = [lines({"id": f"g{n}", "quote": QUOTE}).encode() for n in range(len(BAD_LINES) + 1)]
    given = good[0] + b"".join(bad + good[n] for n, (_, bad) in enumerate(BAD_LINES, start=1))
    ran = run("quotes", "--corpus", corpus, given=given)
    assert ran.code == 3
    found = ran.lines
    assert len(found) == 2 * len(BAD_LINES) + 1
    assert [each["id"] for each in found[::2]] == [f"g{n}" for n in range(len(good))]
    assert all(each["status"] == "verified" for each in found[::2])
    for (name, _), line in zip(BAD_LINES, found[1::2], strict=True):
        assert error_of(line)["message"], name
    assert "Traceback" not in ran.err


def test_the_error_of_a_line_keeps_its_id(corpus: Path) -> None:
    (found,) = run("quotes", "--corpus", corpus, given=b'{"id": "b", "quote": ""}\n').lines
    assert found["id"] == "b"
    assert error_of(found)


@pytest.mark.parametrize(("id", "said"), [(0, "0"), (17, "17"), ("", ""), ({"a": 1}, None), ([], None), (True, None)])
@pytest.mark.parametrize("command", ["extract", "quotes"])
def test_every_command_says_the_id_of_a_line_alike(corpus: Path, command: str, id: object, said: str | None) -> None:
    given = lines({"id": id, "quote": "", "text": ""}) + lines({"id": id, "quote": QUOTE, "text": ARTICLE})
    options = ("--corpus", corpus) if command == "quotes" else ("--format", "jsonl")
    bad, good = run(command, *options, given=given).lines
    assert (bad["id"], good["id"]) == (said, said)
    assert error_of(bad) and ("error" in good) == (said is None)


def test_a_line_is_one_line_whatever_it_quotes(corpus: Path) -> None:
    ran = run(
        "quotes", "--corpus", corpus, given=lines({"id": "a\u2028b\u0085", "quote": "We\u2028agreed\u0085to it\n"})
    )
    assert ran.out.count("\n") == 1
    assert len(ran.out.splitlines()) == 1


def test_claims_can_be_read_from_a_file(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "claims.jsonl").write_text(lines({"quote": QUOTE, "date": "2025-06"}), encoding="utf-8")
    ran = run("quotes", tmp_path / "claims.jsonl", "--corpus", corpus)
    assert [each["id"] for each in ran.lines] == [None]
    assert run("quotes", tmp_path / "none.jsonl", "--corpus", corpus).code == 3


@pytest.mark.parametrize(
    ("quote", "fail_on", "code"),
    [
        (QUOTE, None, 0), (QUOTE, "unsourced", 0), (QUOTE, "paraphrased", 0), (QUOTE, "verified", 1),
        ("Volcanoes sing in marble.", None, 0), ("Volcanoes sing in marble.", "unsourced", 1),
        ("Volcanoes sing in marble.", "paraphrased", 1),
    ],
)  # fmt: skip
def test_a_finding_fails_the_run_only_when_asked(corpus: Path, quote: str, fail_on: str | None, code: int) -> None:
    flags = ["--fail-on", fail_on] if fail_on else []
    assert run("quote", quote, "--corpus", corpus, *flags).code == code


def test_an_unreadable_line_outweighs_a_finding_in_the_exit_code(corpus: Path) -> None:
    given = lines({"quote": "Volcanoes sing in marble."}) + "{oops\n"
    assert run("quotes", "--fail-on", "unsourced", "--corpus", corpus, given=given).code == 3


@pytest.mark.parametrize(
    "arguments",
    [
        ("quote",),
        ("quote", "We agreed", "--date", "10 June 2025"),
        ("quote", "We agreed", "--date", "2025-13"),
        ("quote", "We agreed", "--fail-on", "sometimes"),
        ("quote", "We agreed", "--format", "xml"),
        ("quotes", "--no-such-flag"),
        ("corpus", "add"),
        ("no-such-command",),
    ],
)
def test_wrong_usage_is_2(corpus: Path, arguments: tuple[str, ...]) -> None:
    ran = run(*arguments, environment={"ONRECORD_CORPUS": str(corpus)})
    assert (ran.code, ran.out) == (2, "")
    assert ran.err


@pytest.mark.parametrize("variable", ["ONRECORD_CANDIDATES", "ONRECORD_PROFILE"])
def test_a_setting_that_cannot_be_is_wrong_usage_and_named(corpus: Path, variable: str) -> None:
    ran = run("quote", QUOTE, "--corpus", corpus, environment={variable: "none"})
    assert (ran.code, ran.out) == (2, "")
    assert variable in ran.err


@pytest.mark.parametrize("quote", ["", "   ", "…"])
def test_an_empty_quote_could_not_be_checked(corpus: Path, quote: str) -> None:
    ran = run("quote", quote, "--corpus", corpus)
    assert (ran.code, ran.out) == (3, "")
    assert "Traceback" not in ran.err
    (line,) = run("quote", quote, "--format", "jsonl", "--corpus", corpus).lines
    assert error_of(line)


@pytest.mark.parametrize(
    "arguments",
    [("quote", "We agreed"), ("quotes",), ("check",), ("corpus", "stats"), ("corpus", "verify"), ("corpus", "list")],
)
def test_without_a_corpus_the_run_ends_with_4(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    ran = run(*arguments, "--corpus", tmp_path / "nowhere", given=lines({"quote": "We agreed"}))
    assert (ran.code, ran.out) == (4, "")
    assert "nowhere" in ran.err
    assert "Traceback" not in ran.err


def test_something_else_than_a_corpus_is_refused_as_unavailable(tmp_path: Path) -> None:
    (tmp_path / "corpus.sqlite3").write_bytes(b"this is no database" * 100)
    ran = run("quote", "We agreed", "--corpus", tmp_path)
    assert ran.code == 4
    assert "Traceback" not in ran.err


def test_the_corpus_can_be_named_by_the_environment(corpus: Path) -> None:
    assert run("quote", QUOTE, environment={"ONRECORD_CORPUS": str(corpus)}).code == 0


def test_an_unknown_document_in_a_claim_is_a_wrong_document_not_an_error(corpus: Path) -> None:
    (found,) = run("quote", QUOTE, "--document", "no-such-id", "--format", "json", "--corpus", corpus).lines
    assert (found["status"], found["reason"]) == ("unsourced", "wrong-document")


def test_extracted_attributions_have_the_keys_of_the_contract() -> None:
    ran = run("extract", "--format", "jsonl", given=lines({"id": "a1", "text": ARTICLE}))
    assert ran.code == 0
    (found,) = ran.lines
    assert set(found) == {"id", "attributions"}
    (attribution,) = found["attributions"]  # type: ignore[misc]
    assert set(attribution) >= ATTRIBUTION
    assert set(attribution["speaker"]) >= {"name", "id", "mention"}
    assert attribution["type"] in ("direct", "indirect", "mixed")
    assert "".join(ARTICLE[start:end] for start, end in attribution["content"]).strip("“,”") == QUOTE[:-1]
    assert 0 <= attribution["confidence"] <= 1


def test_extracting_gives_a_line_for_each_line() -> None:
    given = lines({"id": 1, "text": ARTICLE}) + "{oops\n" + lines({"id": 3, "text": "It rained."}, {"id": 4})
    ran = run("extract", "--format", "jsonl", given=given)
    assert ran.code == 3
    assert [sorted(each) for each in ran.lines] == [
        ["attributions", "id"], ["error", "id"], ["attributions", "id"], ["error", "id"],
    ]  # fmt: skip


def test_a_checked_article_has_the_keys_of_the_contract(corpus: Path) -> None:
    ran = run("check", "--format", "jsonl", "--corpus", corpus, given=lines({"id": "a1", "text": ARTICLE}))
    assert ran.code == 0
    (report,) = ran.lines
    assert set(report) >= {"id", "findings", "provenance"}
    (finding,) = report["findings"]  # type: ignore[misc]
    assert set(finding) >= FINDING | {"attribution"}
    assert set(finding["attribution"]) >= ATTRIBUTION
    assert (finding["status"], finding["reason"]) == ("verified", "typographic")


def test_checking_gives_a_line_for_each_line(corpus: Path) -> None:
    given = lines({"id": 1, "text": ARTICLE}, {"id": 2, "text": ""}, {"id": 3, "text": ARTICLE, "date": "Tuesday"})
    ran = run("check", "--format", "jsonl", "--corpus", corpus, given=given)
    assert ran.code == 3
    assert [("error" in each, each["id"]) for each in ran.lines] == [(False, "1"), (True, "2"), (True, "3")]


def test_articles_can_be_files_and_a_missing_one_stops_no_other(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    ran = run("check", tmp_path / "none.txt", tmp_path / "a.txt", "--corpus", corpus)
    assert ran.code == 3
    assert "none.txt" in ran.err
    assert "none.txt" not in ran.out
    assert "VERIFIED" in ran.out.upper()


def test_standard_input_that_is_not_utf_8_is_named_as_such(corpus: Path) -> None:
    ran = run("check", "-", "--corpus", corpus, given=b"caf\xe9 \xff said the envoy")
    assert ran.code == 3
    assert "UTF-8" in ran.err
    assert "Traceback" not in ran.err


def test_results_go_to_standard_output_and_nothing_else(corpus: Path) -> None:
    ran = run("quote", QUOTE, "--corpus", corpus)
    assert ran.code == 0
    assert ran.err == ""
    assert "VERIFIED" in ran.out.upper()


@pytest.mark.parametrize("shape", ["text", "json", "jsonl", "html"])
def test_a_finding_can_be_had_in_every_form(corpus: Path, shape: str) -> None:
    ran = run("quote", QUOTE, "--format", shape, "--corpus", corpus)
    assert (ran.code, ran.err) == (0, "")
    assert "Address in Ostrava Bay" in ran.out


def test_the_command_works_as_a_process_of_its_own_and_its_reader_may_leave(corpus: Path) -> None:
    claims = lines({"id": "q1", "quote": QUOTE}, {"id": "q2", "quote": ""})
    done = subprocess.run(
        [sys.executable, "-c", _START, "quotes", "--corpus", str(corpus)],
        input=claims.encode(), capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 3
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["q1", "q2"]
    assert done.stderr == b""


def test_a_reader_that_leaves_early_is_no_failed_finding(tmp_path: Path) -> None:
    (tmp_path / "many.jsonl").write_text(lines(*({"id": str(n), "text": ARTICLE} for n in range(200))))
    begun = subprocess.Popen(
        [sys.executable, "-c", _START, "extract", "many.jsonl", "--format", "jsonl"],
        cwd=tmp_path, env={**os.environ, "ONRECORD_TAGGER": "none"}, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    with begun:
        assert begun.stdout is not None and begun.stderr is not None
        assert begun.stdout.read(10)
        begun.stdout.close()
        assert begun.stderr.read() == b""
        assert begun.wait(timeout=60) == 141


@pytest.mark.parametrize(
    ("arguments", "flag"),
    [(("corpus", "changes", "--since", "yesterday"), "--since"), (("quote", "Yes", "--date", "today"), "--date")],
)
def test_the_flag_that_is_wrong_is_the_one_that_is_named(corpus: Path, arguments: tuple[str, ...], flag: str) -> None:
    ran = run(*arguments, "--corpus", corpus)
    assert ran.code == 2 and f"Invalid value for {flag}:" in ran.err


def test_help_and_version_are_given_without_a_corpus() -> None:
    assert run("--help").code == 0
    assert "onrecord" in run("--version").out


def office_files(folder: Path) -> tuple[Path, Path]:
    """An article as a Word document and as a PDF."""
    document = docx.Document()
    document.add_paragraph(ARTICLE)
    document.save(str(folder / "article.docx"))
    canvas = Canvas(str(folder / "article.pdf"))
    canvas.drawString(72, 700, ARTICLE[:40])
    canvas.drawString(72, 686, ARTICLE[40:])
    canvas.save()
    return folder / "article.docx", folder / "article.pdf"


def test_word_documents_and_pdfs_are_articles(corpus: Path, tmp_path: Path) -> None:
    for path in office_files(tmp_path):
        assert "Ilse Corvane" in run("extract", path).out
        (report,) = run("check", path, "--format", "json", "--corpus", corpus).lines
        (finding,) = report["findings"]  # type: ignore[misc]
        assert finding["status"] == "verified"


def test_word_documents_and_pdfs_are_sources(tmp_path: Path) -> None:
    held = tmp_path / "held"
    ran = run("corpus", "add", *office_files(tmp_path), "--speaker", "Ilse Corvane", "--corpus", held)
    assert ran.code == 0
    (found,) = run("quote", QUOTE, "--format", "json", "--corpus", held).lines
    assert found["status"] == "verified"


def test_a_file_that_cannot_be_read_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    blank = Canvas(str(scan))
    blank.showPage()
    blank.save()
    ran = run("extract", scan, office_files(tmp_path)[0])
    assert ran.code == 3
    assert f"{scan}: this PDF has no text layer" in ran.err
    assert "Ilse Corvane" in ran.out
