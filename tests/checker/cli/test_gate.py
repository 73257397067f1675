"""check as a gate: which findings fail a build, which are accepted, and many files in one run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from checker.cli import onrecord
from checker.errors import InputError
from tests.checker.cli.conftest import RECORD

TRUE = "“Trade between our countries grew by 14 per cent,” President Ilse Corvane said on Tuesday."
FALSE = "“Trade between our countries grew by 15 per cent,” President Ilse Corvane said on Tuesday."
ABSENT = "“Volcanoes sing in marble every winter,” President Ilse Corvane said on Tuesday."


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A corpus of one invented document."""
    folder = tmp_path_factory.mktemp("gate")
    (folder / "records.jsonl").write_text(json.dumps(RECORD) + "\n", encoding="utf-8")
    done = CliRunner().invoke(onrecord, ["corpus", "add", str(folder / "records.jsonl"), "--corpus", str(folder / "c")])
    assert done.exit_code == 0, done.output
    return str(folder / "c")


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, corpus: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of articles to stand in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ONRECORD_CORPUS", corpus)
    monkeypatch.setenv("ONRECORD_JUDGE", "none")
    (tmp_path / "news" / "may").mkdir(parents=True)
    (tmp_path / "news" / "true.md").write_text(f"# Trade\n\n{TRUE}\n", encoding="utf-8")
    (tmp_path / "news" / "may" / "false.txt").write_text(f"Trade\n\n{FALSE}\n", encoding="utf-8")
    yield tmp_path


def check(*arguments: str) -> Result:
    return CliRunner().invoke(onrecord, ["check", *arguments])


def log(*arguments: str) -> dict[str, list[dict[str, object]]]:
    """The run of a SARIF log."""
    (run,) = json.loads(check(*arguments, "--format", "sarif").stdout)["runs"]
    assert isinstance(run, dict)
    return run


def test_a_folder_is_checked_with_all_that_is_in_it_and_nothing_hidden(desk: Path) -> None:
    (desk / "news" / ".git").mkdir()
    for hidden in ("news/.draft.md", "news/.git/a.md", "news/picture.png", "news/quotes.jsonl"):
        (desk / hidden).write_text(FALSE, encoding="utf-8")
    addresses = [each["location"]["uri"] for each in log("news")["artifacts"]]  # type: ignore[index]
    assert addresses == ["news/true.md", "news/may/false.txt"]


def test_patterns_are_expanded_where_no_shell_did_it_and_nothing_is_checked_twice() -> None:
    addresses = [each["location"]["uri"] for each in log("news/**/*.txt", "news", "news/true.md")["artifacts"]]  # type: ignore[index]
    assert addresses == ["news/may/false.txt", "news/true.md"]


@pytest.mark.parametrize("nothing", ["empty", "news/*.docx", "gone.md"])
def test_a_gate_does_not_pass_because_there_is_nothing_to_check(desk: Path, nothing: str) -> None:
    (desk / "empty").mkdir()
    done = check("--fail-on", "unsourced", nothing)
    assert done.exit_code == 3
    assert nothing in done.stderr


def test_each_file_has_its_own_error_and_the_rest_goes_on(desk: Path) -> None:
    (desk / "news" / "broken.docx").write_bytes(b"no document")
    done = check("--format", "jsonl", "news", "gone.md")
    assert done.exit_code == 3
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(each["id"], "error" in each) for each in lines] == [
        ("news/broken.docx", True), ("news/true.md", False), ("news/may/false.txt", False), ("gone.md", True),
    ]  # fmt: skip


def test_what_fails_a_build_is_named_with_its_line() -> None:
    done = check("news", "--fail-on", "unsourced")
    assert done.exit_code == 1
    assert done.stderr.splitlines() == [
        "news/may/false.txt:3:1: unsourced (altered-number): “Trade between our countries grew by 15 per cent,”",
        "2 statements in 2 articles; 1 unsourced",
    ]


@pytest.mark.parametrize(
    ("flags", "code"),
    [
        ((), 0), (("--fail-on", "unsourced"), 1), (("--fail-on", "paraphrased"), 1), (("--fail-on", "verified"), 1),
        (("--fail-on", "unsourced", "--allow", "altered-number"), 0),
        (("--fail-on", "unsourced", "--allow", "absent", "--allow", "not-covered"), 1),
    ],
)  # fmt: skip
def test_the_exit_code_is_the_contract_s(flags: tuple[str, ...], code: int) -> None:
    assert check("news/may/false.txt", *flags).exit_code == code


def test_a_reason_can_be_allowed_for_single_quotations_too() -> None:
    def quote(*flags: str) -> int:
        words = "Trade between our countries grew by 15 per cent."
        return CliRunner().invoke(onrecord, ["quote", words, "--fail-on", "unsourced", *flags]).exit_code

    assert (quote(), quote("--allow", "altered-number")) == (1, 0)


def accept(*paths: str) -> Result:
    done = check(*paths, "--baseline", "accepted.json", "--write-baseline")
    assert done.exit_code == 0, done.output
    return done


def gate(*paths: str) -> Result:
    return check(*paths, "--baseline", "accepted.json", "--fail-on", "paraphrased")


def test_what_is_accepted_fails_nothing_wherever_its_line_moves(desk: Path) -> None:
    accept("news")
    path = desk / "news" / "may" / "false.txt"
    path.write_text(f"Another head\n\nA new lead.\n\n{FALSE}\n", encoding="utf-8")
    done = gate("news")
    assert (done.exit_code, done.stderr) == (0, "2 statements in 2 articles; 0 paraphrased or worse; 1 accepted by accepted.json\n")  # fmt: skip


def test_a_new_finding_fails_beside_an_accepted_one(desk: Path) -> None:
    accept("news")
    with (desk / "news" / "may" / "false.txt").open("a", encoding="utf-8") as stream:
        stream.write(f"\n{ABSENT}\n\n{FALSE}\n")
    done = gate("news")
    assert done.exit_code == 1
    assert [line.partition("“")[0] for line in done.stderr.splitlines()[:-1]] == [
        "news/may/false.txt:5:1: unsourced (absent): ",
        "news/may/false.txt:7:1: unsourced (altered-number): ",  # accepted once, not twice
    ]


def test_another_verdict_about_accepted_words_is_a_new_finding(desk: Path, corpus: str) -> None:
    accept("news")
    baseline = desk / "accepted.json"
    baseline.write_text(baseline.read_text(encoding="utf-8").replace("altered-number", "absent"), encoding="utf-8")
    done = gate("news")
    assert done.exit_code == 1
    assert "accepted in the baseline and not found any more (absent)" in done.stderr


def test_what_is_not_found_any_more_is_named_and_taken_out_when_it_is_written_again(desk: Path) -> None:
    accept("news")
    (desk / "news" / "may" / "false.txt").write_text(f"Trade\n\n{TRUE}\n", encoding="utf-8")
    done = gate("news")
    assert done.exit_code == 0
    assert "news/may/false.txt: accepted in the baseline and not found any more (altered-number)" in done.stderr
    assert done.stderr.endswith("1 accepted and not found any more\n")
    assert "taken out of the baseline" in accept("news").stderr
    assert gate("news").stderr == "2 statements in 2 articles; 0 paraphrased or worse; 0 accepted by accepted.json\n"


def test_a_file_that_is_gone_leaves_stale_entries(desk: Path) -> None:
    accept("news")
    (desk / "news" / "may" / "false.txt").unlink()
    assert "news/may/false.txt: accepted in the baseline and not found any more" in gate("news/true.md").stderr


def test_a_run_over_some_articles_leaves_the_entries_of_others_alone(desk: Path) -> None:
    (desk / "other.md").write_text(ABSENT, encoding="utf-8")
    accept("news", "other.md")
    assert "not found any more" not in gate("news/true.md").stderr
    accept("other.md")
    assert gate("news", "other.md").exit_code == 0


def test_the_keepers_notes_stay_and_go_along_into_sarif(desk: Path) -> None:
    accept("news")
    baseline = desk / "accepted.json"
    value = json.loads(baseline.read_text(encoding="utf-8"))
    value["findings"][0]["note"] = "The president's office confirmed 15."
    baseline.write_text(json.dumps(value), encoding="utf-8")
    accept("news")
    run = log("news", "--baseline", "accepted.json", "--fail-on", "unsourced")
    (result,) = run["results"]
    assert result["baselineState"] == "unchanged"
    assert result["suppressions"][0]["justification"] == "The president's office confirmed 15."  # type: ignore[index]


def test_a_baseline_is_the_same_from_every_folder(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    accept("news")
    monkeypatch.chdir(desk / "news" / "may")
    assert check("false.txt", "--baseline", "../../accepted.json", "--fail-on", "unsourced").exit_code == 0


def test_a_baseline_has_one_finding_a_line_and_is_the_same_each_time(desk: Path) -> None:
    accept("news")
    text = (desk / "accepted.json").read_text(encoding="utf-8")
    assert len(text.splitlines()) == 3
    accept("news")
    assert (desk / "accepted.json").read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    "text",
    [
        None, "", "[]", "{}", '{"onrecord-baseline": 2, "findings": []}', '{"onrecord-baseline": 1, "findings": [3]}',
        '{"onrecord-baseline": 1, "findings": [{"article": "a", "fingerprint": "b", "reason": "nonsense"}]}',
        '{"onrecord-baseline": 1, "findings": [{"article": "a", "fingerprint": 7, "reason": "absent"}]}',
    ],
)  # fmt: skip
def test_a_baseline_that_cannot_be_read_is_wrong_usage_and_lets_nothing_pass(desk: Path, text: str | None) -> None:
    if text is not None:
        (desk / "accepted.json").write_text(text, encoding="utf-8")
    done = gate("news")
    assert done.exit_code == 2
    assert "accepted.json" in done.stderr and done.stdout == ""


def test_a_baseline_that_cannot_be_written_is_told() -> None:
    done = check("news", "--baseline", "nowhere/accepted.json", "--write-baseline")
    assert isinstance(done.exception, InputError) and "nowhere/accepted.json" in str(done.exception)


def test_writing_a_baseline_needs_its_name() -> None:
    assert check("news", "--write-baseline").exit_code == 2


@pytest.mark.parametrize(("shape", "key"), [("claimreview", "@graph"), ("annotations", "first")])
def test_many_articles_are_one_document_of_a_standard(shape: str, key: str) -> None:
    value = json.loads(check("news", "--format", shape).stdout)
    assert len(value[key] if shape == "claimreview" else value[key]["items"]) == 2


def test_lines_are_given_in_the_file_and_not_in_what_was_read_of_it(desk: Path) -> None:
    page = f"<html>\r\n<body>\r\n<article><h1>Trade</h1>\r\n<p>{FALSE.replace('grew', '<b>grew</b>')}</p>\r\n<p>{'It rained. ' * 30}</p></article></body></html>"  # fmt: skip
    (desk / "page.html").write_bytes(page.encode())
    (result,) = log("page.html")["results"]
    region = result["locations"][0]["physicalLocation"]["region"]  # type: ignore[index]
    assert region["startLine"] == 4
    found = page[region["charOffset"] :][: region["charLength"]]
    assert found.replace("<b>", "").replace("</b>", "").startswith("“Trade between our countries grew by 15 per cent")


def test_many_quotations_are_had_as_reviews() -> None:
    given = json.dumps({"id": "q1", "quote": "Volcanoes sing in marble."}) + "\n{oops\n"
    done = CliRunner().invoke(onrecord, ["quotes", "--format", "claimreview", "--fail-on", "unsourced"], input=given)
    assert done.exit_code == 3
    assert len(json.loads(done.stdout)["@graph"]) == 1
