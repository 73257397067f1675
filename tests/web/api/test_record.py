"""The record, to be looked through page by page and read in any version."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from corpus.store import Corpus
from tests.web.api.conftest import Program, Programs, problem


def pages(caller: Program, path: str) -> list[list[dict[str, Any]]]:
    """Every page of a list, by its links."""
    found = []
    while path:
        answer = caller("GET", path)
        assert answer.status_code == 200, answer.text
        body = answer.get_json()
        found.append(body["items"])
        link = answer.headers.get("Link", "")
        assert bool(link) == (body["next"] is not None)
        path = link.partition("<")[2].partition(">")[0].removeprefix("/api/v1")
    return found


@pytest.mark.parametrize("path", ["/documents?", "/speakers?", "/passages?q=the+water+treaty&"])
def test_pages_together_are_the_whole_list_once(program: Programs, path: str) -> None:
    caller = program("read-only")
    (whole,) = pages(caller, f"{path}limit=200")
    parts = pages(caller, f"{path}limit=3")
    assert len(whole) > 3 and [len(each) for each in parts[:-1]] == [3] * (len(parts) - 1)
    assert [one for part in parts for one in part] == whole


def test_documents_are_narrowed_and_the_latest_come_first(program: Programs) -> None:
    caller = program()
    (found,) = pages(caller, "/documents?speaker=Ilse+Corvane")
    dates = [each["date"] for each in found]
    assert found and dates == sorted(dates, reverse=True) and all("Ilse Corvane" in each["speakers"] for each in found)
    assert pages(caller, "/documents?publisher=nobody") == [[]]


def test_a_list_goes_on_where_a_document_was_that_is_gone(program: Programs, monkeypatch: pytest.MonkeyPatch) -> None:
    caller = program()
    first = caller("GET", "/documents?limit=3").get_json()
    gone = first["items"][-1]["id"]
    rest = [each["id"] for each in caller("GET", "/documents").get_json()["items"][3:]]
    shelf = Corpus.shelf
    monkeypatch.setattr(Corpus, "shelf", lambda self: tuple(each for each in shelf(self) if each.id != gone))
    later = caller("GET", f"/documents?limit=50&cursor={first['next']}").get_json()["items"]
    dated = [each["date"] for each in first["items"]]
    assert [each["id"] for each in later if each["date"] not in dated] == [
        each["id"] for each in caller("GET", "/documents").get_json()["items"] if each["id"] in rest and each["date"] not in dated
    ]  # fmt: skip


@pytest.mark.parametrize(
    "cursor", ["x", "a" * 2000, "W10", "WyJhIl0", "bnVsbA", "8J-YgA"],
)  # fmt: skip
def test_a_cursor_that_is_none_leads_nowhere(program: Programs, cursor: str) -> None:
    assert problem(program()("GET", f"/documents?cursor={cursor}")) == (404, "unknown-cursor")


@pytest.mark.parametrize("cursor", ["", "é", "a=", "a" * 2001])
def test_what_no_cursor_looks_like_is_refused(program: Programs, cursor: str) -> None:
    answer = program()("GET", f"/documents?cursor={quote(cursor)}")
    assert problem(answer) == (422, "invalid-request")
    assert answer.get_json()["errors"][0]["parameter"] == "cursor"


def test_a_cursor_belongs_to_its_list_and_filters(program: Programs) -> None:
    caller = program()
    cursor = caller("GET", "/documents?limit=1").get_json()["next"]
    assert caller("GET", f"/documents?limit=9&cursor={cursor}").status_code == 200
    assert problem(caller("GET", f"/documents?language=en&cursor={cursor}")) == (404, "unknown-cursor")
    assert problem(caller("GET", f"/speakers?cursor={cursor}")) == (404, "unknown-cursor")


@pytest.mark.parametrize(
    ("query", "parameter", "says"),
    [
        ("speakr=x", "speakr", "there are limit, cursor, publisher"),
        ("limit=0", "limit", "greater than or equal to 1"),
        ("limit=201", "limit", "less than or equal to 200"),
        ("limit=1_0", "limit", "valid integer"),
        ("limit=%2B1", "limit", "valid integer"),
        ("year=20", "year", "pattern"),
        ("kind=a&kind=b", "kind", "twice"),
        ("kind=%00", "kind", "pattern"),
    ],
)
def test_a_parameter_that_is_not_as_documented_is_named(
    program: Programs, query: str, parameter: str, says: str
) -> None:
    answer = program()("GET", f"/documents?{query}")
    assert problem(answer) == (422, "invalid-request")
    assert answer.get_json()["errors"][0]["parameter"] == parameter and says in answer.get_json()["errors"][0]["says"]


def test_a_document_is_read_with_its_turns_at_their_places(program: Programs, invented_corpus: Corpus) -> None:
    caller = program()
    for each in invented_corpus.documents(limit=4):
        read = caller("GET", f"/documents/{quote(each.id, safe='')}").get_json()
        stored = invented_corpus.document(each.id)
        assert (read["text"], read["sha256"]) == (stored.document.text, stored.version.sha256)
        assert all(0 <= turn["start"] <= turn["end"] <= len(read["text"]) for turn in read["turns"])
        versions = caller("GET", f"/documents/{quote(each.id, safe='')}/versions").get_json()["items"]
        assert [(one["version"], one["sha256"]) for one in versions] == [(1, read["sha256"])]
        assert caller("GET", f"/documents/{quote(each.id, safe='')}?version=1").get_json() == read


@pytest.mark.parametrize("path", ["none", "none?version=1", "a%2Fb%00c", "%2E%2E%2Fx", "none/versions"])
def test_a_document_that_is_not_held_is_not_found(program: Programs, path: str) -> None:
    assert problem(program()("GET", f"/documents/{path}")) == (404, "not-found")


def test_a_mistyped_id_is_answered_with_close_ones(program: Programs, invented_corpus: Corpus) -> None:
    id = next(invented_corpus.documents()).id
    answer = program()("GET", f"/documents/{quote(id[:-1], safe='')}")
    assert id in answer.get_json()["detail"]
    assert problem(program()("GET", f"/documents/{quote(id, safe='')}?version=9")) == (404, "not-found")


def test_a_passage_leads_to_its_document(program: Programs, invented_corpus: Corpus) -> None:
    first = program()("GET", "/passages?q=sign+the+water+treaty&limit=1").get_json()["items"][0]
    text = invented_corpus.document(first["document"]["id"], version=first["version"]).document.text
    assert text[first["start"] : first["end"]] == first["text"] and "treaty" in first["text"]


def test_coverage_is_that_of_the_command_line(program: Programs) -> None:
    found = program()("GET", "/coverage").get_json()
    assert found["publishers"] and found["speakers"] and all(each["documents"] for each in found["publishers"])
    one = program()("GET", "/coverage?speaker=Ilse+Corvane").get_json()
    assert one["publishers"] == [] and [each["name"] for each in one["speakers"]] == ["Ilse Corvane"]


@pytest.mark.parametrize("path", ["/documents", "/coverage", "/speakers", "/passages?q=treaty", "/keys"])
def test_what_is_known_already_is_not_sent_again(program: Programs, path: str) -> None:
    caller = program()
    first = caller("GET", path)
    again = caller("GET", path, If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"") and again.headers["ETag"] == first.headers["ETag"]
    assert "Authorization" in first.headers["Vary"] and first.headers["Cache-Control"] == "private, no-cache"
    assert caller("GET", path, If_None_Match='"other"').status_code == 200
