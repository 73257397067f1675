"""Private collections from outside: searched where they are named, seen nowhere else, and removed with a proof."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.cli import onrecord
from checker.errors import CheckerError
from corpus.errors import CorpusError, CorpusUnavailable

SECRET = "The ferries to Ostrava Bay will be sold to the harbour company before the first frost."
RECORD = {
    "id": "embargoed-7", "publisher": "Kestrel Gazette newsroom (invented)", "title": "Recording of the seventh of May",
    "date": "2031-05-07", "speakers": ["Ilse Corvane"], "language": "en", "text": f"{SECRET} Nobody is to know it yet.",
}  # fmt: skip
PUBLIC = {
    "id": "public-1", "publisher": "Office of the President of Velmora (invented)", "title": "Address", "date": "2031-05-01",
    "speakers": ["Ilse Corvane"], "language": "en", "text": "We agreed to rebuild the Brannock bridge by the autumn of 2027.",
}  # fmt: skip
ARTICLE = f"“{SECRET[:-1]},” President Ilse Corvane said on Tuesday."
TELLING = ("Ostrava", "frost", "embargoed-7", "Kestrel", "seventh of May", "summit")


@pytest.fixture(scope="module")
def location(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A corpus with a public document, and a private one in a collection."""
    folder = tmp_path_factory.mktemp("private")
    for name, record in (("public", PUBLIC), ("private", RECORD)):
        (folder / f"{name}.jsonl").write_text(json.dumps(record), encoding="utf-8")
    corpus = str(folder / "corpus")
    assert onrecord_says("corpus", "add", str(folder / "public.jsonl"), "--corpus", corpus) == (0, "")
    added = onrecord_says("corpus", "add", str(folder / "private.jsonl"), "--corpus", corpus, "--collection", "summit")
    assert added == (0, "")
    return corpus


def onrecord_says(*arguments: str, given: str | None = None) -> tuple[int, str]:
    """The exit code and standard output; errors of ours as themselves."""
    ran = CliRunner().invoke(onrecord, list(arguments), input=given)
    if isinstance(ran.exception, CorpusError | CheckerError):
        raise ran.exception
    return ran.exit_code, ran.stdout


def test_a_quotation_is_verified_by_a_collection_that_is_named(location: str) -> None:
    asked = ("quote", SECRET, "--speaker", "Ilse Corvane", "--corpus", location, "--format")
    named = ("--collection", "summit")
    found = json.loads(onrecord_says(*asked, "json", *named)[1])
    assert (found["status"], found["reason"]) == ("verified", "exact")
    assert [place["collection"] for place in found["evidence"]] == ["summit"]
    assert found["provenance"]["collections"] == ["summit"]
    assert found["searched"]["documents"] == 2
    assert "Private collection summit" in " ".join(onrecord_says(*asked, "text", *named)[1].split())
    assert "Private collection" in onrecord_says(*asked, "html", *named)[1]
    public = json.loads(onrecord_says(*asked, "json")[1])
    assert public["status"] == "unsourced"
    assert public["provenance"]["collections"] == []


def test_a_report_says_which_collections_were_searched(location: str, tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    asked = ("check", str(article), "--corpus", location, "--collection", "summit", "--format")
    assert "Private collections searched: summit" in onrecord_says(*asked, "text")[1]
    assert "Private collections searched: summit" in onrecord_says(*asked, "html")[1]
    report = json.loads(onrecord_says(*asked, "json")[1])
    assert report["provenance"]["collections"] == ["summit"]
    assert report["findings"][0]["evidence"][0]["collection"] == "summit"
    line = json.dumps({"id": "1", "quote": SECRET})
    lines = onrecord_says("quotes", "--corpus", location, "--collection", "summit", given=line)[1]
    assert json.loads(lines)["evidence"][0]["collection"] == "summit"


def test_its_own_documents_are_listed_shown_and_exported_where_it_is_named(location: str, tmp_path: Path) -> None:
    named = ("--corpus", location, "--collection", "summit")
    assert json.loads(onrecord_says("corpus", "stats", *named, "--format", "json")[1])["documents"] == 1
    for command in (["list"], ["show", "embargoed-7"], ["coverage"], ["speakers"]):
        code, said = onrecord_says("corpus", *command, *named)
        assert code == 0
        assert "Address" not in said
        assert any(word in said for word in (*TELLING, "Ilse Corvane"))
    assert onrecord_says("corpus", "verify", *named)[0] == 0
    assert onrecord_says("corpus", "reindex", *named)[0] == 0
    assert onrecord_says("corpus", "changes", *named)[0] == 0
    assert onrecord_says("corpus", "export", str(tmp_path / "summit.jsonl"), *named)[0] == 0
    assert SECRET in (tmp_path / "summit.jsonl").read_text(encoding="utf-8")
    assert onrecord_says("corpus", "backup", str(tmp_path / "summit.sqlite3"), *named)[0] == 0
    again = ("--corpus", str(tmp_path / "again"), "--collection", "from-backup")
    assert onrecord_says("corpus", "restore", str(tmp_path / "summit.sqlite3"), *again)[0] == 0
    assert "embargoed-7" in onrecord_says("corpus", "list", *again)[1]


@pytest.mark.parametrize(
    "command",
    [
        ["quote", "The ferries will be sold", "--speaker", "Ilse Corvane"], ["quote", "ferries sold", "--indirect"],
        ["quotes"], ["check"], ["check", "--format", "html"], ["corpus", "stats"], ["corpus", "list"], ["corpus", "coverage"],
        ["corpus", "speakers"], ["corpus", "changes", "--format", "atom"], ["corpus", "captures"], ["corpus", "verify"],
        ["corpus", "show", "embargoed-7"], ["corpus", "diff", "embargoed-7"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_without_its_name_no_command_tells_a_word_of_it(location: str, command: list[str]) -> None:
    given = (
        json.dumps({"quote": "The ferries will be sold"})
        if command == ["quotes"]
        else "“The ferries will be sold,” Corvane said."
    )
    ran = CliRunner().invoke(onrecord, [*command, "--corpus", location], input=given)
    said = f"{ran.stdout}{ran.stderr}{ran.exception}".replace("'embargoed-7'", "")  # as it was asked for
    assert [word for word in TELLING if word in said] == []


def test_nothing_that_is_written_from_the_corpus_holds_a_byte_of_it(location: str, tmp_path: Path) -> None:
    onrecord_says("corpus", "export", str(tmp_path / "all.jsonl"), "--all-versions", "--corpus", location)
    onrecord_says("corpus", "backup", str(tmp_path / "backup"), "--corpus", location)
    onrecord_says("corpus", "copy", location, str(tmp_path / "copy"))
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.name for path in written} >= {"all.jsonl", "corpus.sqlite3"}
    for path in [*written, *(each for each in Path(location).iterdir() if each.is_file())]:
        assert [word for word in TELLING if word.encode() in path.read_bytes()] == [], path


def test_collections_are_listed_with_their_terms(location: str) -> None:
    assert "no embargo; kept for good" in onrecord_says("corpus", "collections", "--corpus", location)[1]
    terms = ("--embargo-until", "2031-06-01", "--keep-days", "90")
    said = onrecord_says("corpus", "collection", "summit", *terms, "--corpus", location)[1]
    assert said == "summit: 1 document, 2031-05-07 – 2031-05-07; under embargo until 2031-06-01; kept 90 days\n"
    asked = ("quote", SECRET, "--corpus", location, "--collection", "summit", "--format", "json")
    (warning,) = json.loads(onrecord_says(*asked)[1])["warnings"]
    assert warning["code"] == "embargo"
    onrecord_says("corpus", "collection", "summit", "--keep", "--corpus", location)
    (listed,) = onrecord_says("corpus", "collections", "--corpus", location, "--format", "json")[1].splitlines()
    assert json.loads(listed) == {
        "name": "summit", "documents": 1, "first": "2031-05-07", "last": "2031-05-07", "embargo_until": "2031-06-01",
        "keep_days": None,
    }  # fmt: skip
    onrecord_says("corpus", "collection", "summit", "--no-embargo", "--corpus", location)
    assert "no embargo; kept for good" in onrecord_says("corpus", "collections", "--corpus", location)[1]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["quote", "x", "--collection", "Summit"], 2),
        (["corpus", "stats", "--collection", "../corpus"], 2),
        (["corpus", "add", "x.txt", "--collection", "a b"], 2),
        (["corpus", "purge"], 2),
        (["corpus", "collection", "summit", "--embargo-until", "May"], 2),
        (["corpus", "collection", "summit", "--keep", "--keep-days", "3"], 2),
    ],
)
def test_what_is_no_name_or_no_terms_is_wrong_usage(location: str, arguments: list[str], code: int) -> None:
    assert onrecord_says(*arguments, "--corpus", location)[0] == code


@pytest.mark.parametrize(
    "arguments",
    [["quote", "x", "--collection", "no-such"], ["corpus", "stats", "--collection", "no-such"],
     ["corpus", "collection", "no-such", "--keep"], ["corpus", "purge", "no-such", "--yes"]],
)  # fmt: skip
def test_a_collection_that_is_not_there_is_named_as_missing(location: str, arguments: list[str]) -> None:
    with pytest.raises(CorpusUnavailable, match="no private collection “no-such”; there are: summit"):
        onrecord_says(*arguments, "--corpus", location)


def test_a_purge_asks_first_then_removes_and_says_what_it_looked_for(location: str, tmp_path: Path) -> None:
    corpus = shutil.copytree(location, tmp_path / "corpus")
    notes = corpus / "notes.txt"
    notes.write_text(SECRET, encoding="utf-8")
    asked = ("corpus", "purge", "summit", "--corpus", str(corpus))
    code, said = onrecord_says(*asked)
    assert code == 2
    assert "the collection with 1 document would go; 4 probes tell their words" in said
    assert f"elsewhere: 2 probes of embargoed-7 in {notes}" in said
    notes.unlink()
    code, said = onrecord_says(*asked, "--yes")
    assert code == 0
    assert "the collection with 1 document removed" in said
    assert "4 probes of their words and hashes, all of which were seen before, were looked for in" in said
    assert said.endswith(": 0 found\n")
    assert onrecord_says("corpus", "collections", "--corpus", str(corpus))[1] == "no private collections\n"


def test_a_purge_fails_where_a_copy_is_left(location: str, tmp_path: Path) -> None:
    corpus = shutil.copytree(location, tmp_path / "corpus")
    (corpus / "notes.txt").write_text(SECRET, encoding="utf-8")
    with pytest.raises(
        CorpusUnavailable, match=r"still stored, or may be, in 1 place \(above\); remove them there too"
    ):
        onrecord_says("corpus", "purge", "summit", "--yes", "--corpus", str(corpus))
    assert not (corpus / "collections" / "summit").exists()


def test_what_is_past_its_time_goes_from_every_collection_that_says_so(location: str, tmp_path: Path) -> None:
    corpus = str(shutil.copytree(location, tmp_path / "corpus"))
    asked = ("corpus", "purge", "--expired", "--yes", "--corpus", corpus)
    assert "summit: nothing is past its time" in onrecord_says(*asked)[1]
    onrecord_says("corpus", "collection", "summit", "--keep-days", "1", "--corpus", corpus)
    assert onrecord_says(*asked)[0] == 0
    assert "1 document," in onrecord_says("corpus", "collections", "--corpus", corpus)[1], "it came today"
