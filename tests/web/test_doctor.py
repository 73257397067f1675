"""The doctor finds what is wrong, says what to do, and asks on whatever came of one question."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.settings import Settings, unknown_settings
from corpus.collections import make_collection, set_terms
from corpus.store import Corpus
from corpus.terms import Terms
from corpus.types import Document
from web.doctor import doctor
from web.store import accounts, store_of
from web.store.database import FILE


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words alone, so that no test waits for a model."""
    for name in ("ENCODER", "MULTILINGUAL", "JUDGE", "TAGGER"):
        monkeypatch.setenv(f"ONRECORD_{name}", "none")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Corpus.open(tmp_path / "corpus", create=True) as corpus:
        list(corpus.add([Document("a", "Port of Marlo (invented)", "Address", "The harbour opens in spring.", ())]))
    return tmp_path / "corpus"


def asked(*words: str) -> tuple[int, dict[str, list[dict[str, str]]]]:
    """The exit code, and the results by name."""
    done = CliRunner().invoke(doctor, [*words, "--format", "jsonl"])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    found: dict[str, list[dict[str, str]]] = {}
    for line in done.stdout.splitlines():
        each = json.loads(line)
        found.setdefault(each["name"], []).append(each)
    return done.exit_code, found


def test_where_all_is_well_there_is_no_trouble(folder: Path) -> None:
    code, found = asked("--corpus", str(folder))
    assert code == 0 and {each["state"] for results in found.values() for each in results} == {"good"}
    assert {"version", "settings", "corpus", "space", "desk"} <= found.keys()
    assert "1 document with" in found["corpus"][0]["says"]
    told = CliRunner().invoke(doctor, ["--corpus", str(folder)])
    assert "✓ corpus: " in told.stdout and "0 troubles" in told.stderr


def test_what_a_private_collection_should_hold_no_more_is_warned_of(folder: Path) -> None:
    place = make_collection(folder, "summit")
    with Corpus.open(place) as corpus:
        list(corpus.add([Document("secret", "Our own recording", "Talks", "Nobody may read this yet.", ())]))
    assert "collection" not in asked("--corpus", str(folder))[1], "kept for good"
    set_terms(folder, "summit", Terms(keep_days=30))
    assert asked("--corpus", str(folder))[1]["collection"][0]["state"] == "good"
    with sqlite3.connect(Path(place) / "corpus.sqlite3") as connection:
        connection.execute("UPDATE version SET added_at = '2001-01-01T00:00:00Z'")
    connection.close()
    code, found = asked("--corpus", str(folder))
    assert code == 0 and found["collection"][0]["state"] == "warning"
    assert found["collection"][0]["says"] == "summit: documents that are past their time after 30 days: 1."
    assert "corpus purge summit --expired --yes" in found["collection"][0]["advice"]


def test_a_missing_corpus_is_trouble_and_the_rest_is_asked_too(tmp_path: Path) -> None:
    code, found = asked("--corpus", str(tmp_path / "none"))
    assert (
        code == 1 and found["corpus"][0]["state"] == "trouble" and "onrecord corpus add" in found["corpus"][0]["says"]
    )
    assert found["settings"][-1]["state"] == "good" and "desk" in found


def test_a_setting_that_is_none_is_named_with_the_one_that_was_meant(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_CORPSU", str(folder))
    code, found = asked("--corpus", str(folder))
    assert code == 0 and found["settings"][0]["state"] == "warning"
    assert "ONRECORD_CORPSU" in found["settings"][0]["says"] and "ONRECORD_CORPUS?" in found["settings"][0]["advice"]
    assert unknown_settings({"ONRECORD_CORPUS": "", "onrecord_desk": "", "OTHER": ""}) == {
        "onrecord_desk": "ONRECORD_DESK"
    }


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("LOG", "xml", "ONRECORD_LOG"),
        ("METRICS", "token", "ONRECORD_METRICS_TOKEN_FILE"),
        ("KEEP_DAYS", "0", "above 0"),
    ],
)
def test_a_value_that_cannot_be_is_trouble(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    monkeypatch.setenv(f"ONRECORD_{name}", value)
    code, found = asked("--corpus", str(folder))
    assert code == 1 and says in found["settings"][0]["says"] and found["corpus"][0]["state"] == "good"


def test_an_empty_corpus_and_one_without_vectors_are_warned_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Corpus.open(tmp_path / "corpus", create=True).close()
    monkeypatch.setenv("ONRECORD_ENCODER", "minilm-int8")
    code, found = asked("--corpus", str(tmp_path / "corpus"))
    assert code == 0 and found["corpus"][0]["advice"].endswith("--starter")
    assert found["encoder"][0]["state"] == "warning" and "corpus encode" in found["encoder"][0]["advice"]


def test_tables_of_a_newer_program_are_trouble(folder: Path) -> None:
    store = store_of(Settings(corpus=str(folder)))
    with store.writing() as connection:
        accounts.add(connection, "Ada", "the lighthouse of Vessen", role="admin", by="test")
    store.close()
    for file in (folder / FILE, folder / "corpus.sqlite3"):
        with sqlite3.connect(file) as connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.close()
    code, found = asked("--corpus", str(folder))
    assert code == 1 and found["desk"][0]["state"] == "trouble" and found["corpus"][0]["state"] == "trouble"


def test_adding_by_place_is_warned_of_where_people_sign_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_REQUIRE_SIGN_IN", "on")
    found = asked("--corpus", str(folder))[1]["adding"]
    assert [each["state"] for each in found] == ["warning"] and "ONRECORD_ADDING" in found[0]["advice"]
    monkeypatch.setenv("ONRECORD_ADDING", "off")
    assert "adding" not in asked("--corpus", str(folder))[1]


def test_a_witness_that_cannot_be_written_is_trouble(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = store_of(Settings(corpus=str(folder)))
    with store.writing() as connection:
        accounts.add(connection, "Ada", "the lighthouse of Vessen", role="admin", by="test")
    store.close()
    monkeypatch.setenv("ONRECORD_WITNESS", str(folder / "away" / "heads"))
    code, found = asked("--corpus", str(folder))
    assert code == 1 and [each["state"] for each in found["desk"]] == ["good", "trouble"]
    assert "away/heads" in found["desk"][1]["says"] and "ONRECORD_WITNESS" in found["desk"][1]["says"]


def test_thoroughly_a_changed_text_and_a_changed_log_are_found(folder: Path) -> None:
    store = store_of(Settings(corpus=str(folder)))
    with store.writing() as connection:
        accounts.add(connection, "Ada", "the lighthouse of Vessen", role="admin", by="test")
    store.close()
    code, found = asked("--corpus", str(folder), "--thorough")
    assert code == 0 and found["log-verified"][0]["state"] == found["corpus-verified"][0]["state"] == "good"
    with sqlite3.connect(folder / FILE) as connection:
        for (guard,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {guard}")
        connection.execute("UPDATE audit SET subject = 'Bea'")
    connection.close()
    with sqlite3.connect(folder / "corpus.sqlite3") as connection:
        connection.execute("UPDATE version SET sha256 = replace(sha256, substr(sha256, 1, 1), 'z')")
    connection.close()
    code, found = asked("--corpus", str(folder), "--thorough")
    assert code == 1 and found["log-verified"][0]["state"] == found["corpus-verified"][0]["state"] == "trouble"
