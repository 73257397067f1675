"""Checking at an address, over a small real record: findings as they come, corrections, changes, and what is kept."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from checker.pipeline import attributions_to_check, check_quote
from checker.settings import DEFAULTS
from checker.types import Claim, Finding
from corpus.store import Corpus
from corpus.types import Document, PartialDate, Span, Turn
from web import create_app, results
from web.cases import cases
from web.desk import Checks

SAID = (
    "The lighthouse of Vessen was lit again on Sunday. We did not ask the fishermen for a single coin, "
    "and we repaired 14 windows before the storm. The keeper moves back in November."
)
ARTICLE = (
    "Light returns to Vessen\n\n"
    "“The lighthouse of Vessen was lit again on Sunday,” Edda Marlow told the harbour council.\n\n"
    "“We repaired 40 windows before the storm,” Marlow said.\n\n"
    "SIGN UP NOW for the morning boat\n\n"
    "“The keeper moves back in November,” Joost Hallam said. Everybody was glad.\n\n"
    "“Nobody will ever need a compass in this bay again,” Marlow said later."
)


def spoken(id: str, speaker: str, text: str, **more: Any) -> Document:
    return Document(
        id, "Harbour office of Vessen (invented)", "Address to the harbour council", text,
        (Turn(0, speaker, "speech", Span(0, len(text))),), date=PartialDate(2032, 10, 3), kind="speech",
        speakers=(speaker,), **more,
    )  # fmt: skip


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Corpus]:
    with Corpus.open(tmp_path, create=True) as opened:
        list(opened.add([spoken("vessen-1", "Edda Marlow", SAID)]))
        yield opened


@pytest.fixture
def app(record: Corpus, tmp_path: Path) -> Flask:
    return create_app(replace(DEFAULTS, corpus=str(tmp_path), encoder="none", judge="none"), record)


@pytest.fixture
def reader(app: Flask) -> FlaskClient:
    return app.test_client()


def begin(reader: FlaskClient, text: str = ARTICLE, **fields: Any) -> str:
    answer = reader.post("/check", data={"text": text, "date": "2032-10-04"} | fields)
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def tones(page: str) -> list[str]:
    return re.findall(r'<article class="card tone-(\w+)"', page)


def anchors(page: str) -> list[str]:
    return re.findall(r'<article class="card [^>]*id="card-([\w-]+)"', page)


def whole(reader: FlaskClient, address: str) -> str:
    return reader.get(f"{address}?whole=1").text


def test_an_article_keeps_its_address(reader: FlaskClient) -> None:
    address = begin(reader)
    assert tones(whole(reader, address)) == ["verified", "altered", "unsourced", "unsourced"]
    assert whole(reader, address) == whole(reader, address)
    assert reader.get("/checks/nothing").status_code == 404


def test_findings_come_piece_by_piece_and_together_are_all(
    reader: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results, "FIRST", 0.0)
    monkeypatch.setattr(results, "NEXT", 0.0)
    address = begin(reader)
    page = reader.get(address).text
    found, pieces = anchors(page), 0
    assert 'http-equiv="refresh"' in page and "tone-waiting" in page and "of 4 checked …" in page
    while more := re.search(r'id="more" hx-get="([^"]+)"', page):
        page, pieces = reader.get(more.group(1)).text, pieces + 1
        found += anchors(page)
        assert 'id="tally" hx-swap-oob="true"' in page and re.search(r'id="piece-\d+" hx-swap-oob="true"', page)
    assert pieces and found == anchors(whole(reader, address)) and "4 of 4 checked" in page


@pytest.mark.parametrize(
    ("asked", "chosen"),
    [("", "all"), ("problems", "problems"), ("altered", "altered"), ("paraphrased", "all"), ("<b>", "all")],
)
def test_the_findings_of_one_kind_are_an_address_away(reader: FlaskClient, asked: str, chosen: str) -> None:
    address = begin(reader)
    page = reader.get(f"{address}?whole=1&show={asked}").text
    assert f'id="rail" aria-label="Findings" data-show="{chosen}"' in page
    links = re.findall(r'<a href="([^"]+)" data-show="(\w+)"[^>]*?( aria-current="true")?>.*?<b>(\d+)</b>', page)
    assert [(kind, int(count)) for _, kind, _, count in links] == [
        ("all", 4), ("problems", 3), ("verified", 1), ("altered", 1), ("unsourced", 2),
    ]  # fmt: skip
    assert [kind for _, kind, current, _ in links if current] == [chosen]
    assert f"{address}?show=problems#filter" in [link for link, *_ in links]


def test_pieces_keep_to_the_kind_that_was_chosen(reader: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "FIRST", 0.0)
    page = reader.get(f"{begin(reader)}?show=problems").text
    (more,) = re.findall(r'id="more" hx-get="([^"]+)"', page)
    assert "show=problems" in more and 'data-show="problems"' in page and "&amp;show=problems" in page
    piece = reader.get(more.replace("&amp;", "&")).text
    assert re.search(r'id="filter" hx-swap-oob="true">.*data-show="problems" aria-current="true"', piece, re.DOTALL)


def test_without_a_script_the_whole_page_comes(reader: FlaskClient) -> None:
    page = whole(reader, begin(reader))
    assert len(tones(page)) == 4 and "tone-waiting" not in page and "refresh" not in page


def test_what_is_no_part_of_the_article_is_greyed(reader: FlaskClient) -> None:
    page = whole(reader, begin(reader))
    assert re.search(r'<span class="aside">\s*SIGN UP NOW for the morning boat\s*</span>', page)


def test_only_what_changed_is_checked_again(record: Corpus, tmp_path: Path) -> None:
    settings = replace(DEFAULTS, corpus=str(tmp_path), encoder="none", judge="none")
    asked: list[str] = []

    def counted(claim: Claim) -> Finding:
        asked.append(claim.quote)
        return check_quote(claim, record, settings=settings)

    reader = create_app(settings, record, checks=Checks(counted, attributions_to_check)).test_client()
    apart = "It rained for an hour, and nobody minded. " * 10
    text = f"\n\n{apart}\n\n".join(part for part in ARTICLE.split("\n\n") if "“" in part)
    address = begin(reader, text)
    before = anchors(whole(reader, address))
    assert len(asked) == len(before) == 4
    reader.get(address)
    assert len(asked) == 4  # the same page again costs nothing
    answer = reader.post(address, data={"text": text.replace("40 windows", "14 windows"), "date": "2032-10-04"})
    page = reader.get(answer.headers["Location"]).text
    assert asked[4:] == ["We repaired 14 windows before the storm,"]
    assert "checked anew: 1 of 4." in page
    after = anchors(whole(reader, address))
    assert tones(whole(reader, address))[1] == "verified"
    assert [after[0], *after[2:]] == [before[0], *before[2:]] and after[1] != before[1]


def test_the_speaker_is_corrected_in_place_and_taken_back(reader: FlaskClient) -> None:
    address = begin(reader)
    before = whole(reader, address)
    third = anchors(before)[2]
    answer = reader.post(f"{address}/marks", data={"kind": "speaker", "anchor": third, "speaker": "Edda Marlow"})
    assert answer.headers["Location"] == f"{address}#card-{third}"
    page = whole(reader, address)
    assert tones(page)[2] == "verified" != tones(before)[2] and anchors(page) == anchors(before)
    assert "Undo the last correction" in page
    reader.post(f"{address}/undo")
    assert tones(whole(reader, address)) == tones(before)


def test_a_statement_is_added_and_another_removed(reader: FlaskClient) -> None:
    address = begin(reader)
    added = {"kind": "added", "words": "Everybody was glad", "speaker": "Edda Marlow", "direct": "yes"}
    assert reader.post(f"{address}/marks", data=added).status_code == 303
    page = whole(reader, address)
    assert len(tones(page)) == 5 and "Everybody was glad" in page
    reader.post(f"{address}/marks", data={"kind": "removed", "anchor": anchors(page)[0]})
    assert len(tones(whole(reader, address))) == 4


@pytest.mark.parametrize(
    ("fields", "status", "says"),
    [
        ({"kind": "added", "words": "Nobody wrote this"}, 400, "do not stand in the article"),
        ({"kind": "added", "words": "  … "}, 400, "Select the words"),
        ({"kind": "added", "words": "Everybody was glad", "occurrence": "2"}, 400, "do not stand in the article"),
        ({"kind": "added", "words": "Everybody was glad", "speaker": "x" * 201}, 400, "at most 200 characters"),
        ({"kind": "added", "words": "Everybody\x00"}, 400, "all of them text"),
        ({"kind": "speaker", "anchor": "nothing", "speaker": "Ada"}, 400, "not in the text any more"),
        ({"kind": "asked", "anchor": "x" * 50}, 400, "means nothing"),
        ({"kind": "nothing", "anchor": "x"}, 400, "means nothing"),
        ({}, 400, "means nothing"),
    ],
)  # fmt: skip
def test_a_correction_that_cannot_be_made_says_why(
    reader: FlaskClient, fields: dict[str, str], status: int, says: str
) -> None:
    address = begin(reader)
    answer = reader.post(f"{address}/marks", data=fields)
    assert answer.status_code == status and says in answer.text
    assert "Undo the last correction" not in whole(reader, address)


def test_asking_the_press_office_is_a_state_of_the_statement(reader: FlaskClient) -> None:
    address = begin(reader)
    last = anchors(whole(reader, address))[-1]
    assert "I have asked the press office" in whole(reader, address)
    reader.post(f"{address}/marks", data={"kind": "asked", "anchor": last})
    assert "The press office was asked on 20" in whole(reader, address)


@pytest.mark.parametrize("text", [ARTICLE, "“We repaired 40 windows before the storm”"])
def test_a_verdict_that_is_called_wrong_is_kept_and_handed_out(reader: FlaskClient, tmp_path: Path, text: str) -> None:
    address = begin(reader, text)
    page = whole(reader, address)
    anchor = anchors(page)[tones(page).index("altered")]
    said = {"anchor": anchor, "expected": "paraphrased", "note": "The scribe misheard <her>."}
    assert reader.post(f"{address}/cases", data=said).status_code == 303
    page = whole(reader, address)
    assert "Called wrong on" in page and "The scribe misheard &lt;her&gt;." in page
    handed = CliRunner().invoke(cases, ["--desk", str(tmp_path / "desk.sqlite3")])
    (case,) = [json.loads(line) for line in handed.stdout.splitlines()]
    assert "40 windows" in case["quote"] and case["expected_status"] == "paraphrased"
    assert case["machine"]["reason"] == "altered-number" and case["why"] == said["note"]


@pytest.mark.parametrize("fields", [{}, {"expected": "best", "anchor": "x"}, {"expected": "verified", "anchor": "x"}])
def test_a_report_that_says_nothing_is_refused(reader: FlaskClient, fields: dict[str, str]) -> None:
    assert reader.post(f"{begin(reader)}/cases", data=fields).status_code == 400


def test_cases_of_a_place_that_is_none_are_refused(tmp_path: Path) -> None:
    assert CliRunner().invoke(cases, ["--desk", str(tmp_path / "none" / "desk.sqlite3")]).exit_code == 4


def test_a_file_is_read_as_an_article(reader: FlaskClient) -> None:
    file = (BytesIO(ARTICLE.encode()), "light <b>.txt")
    assert len(tones(whole(reader, begin(reader, "", file=file)))) == 4


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("photo.png", b"\x89PNG", "cannot be read"), ("empty.docx", b"PK", "empty.docx"), ("none", b"x", "cannot be read"),
        ("scan.pdf", b"%PDF-1.4", "scan.pdf"), ("<script>.exe", b"x", "cannot be read"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_explained_at_its_field(
    reader: FlaskClient, name: str, content: bytes, says: str
) -> None:
    answer = reader.post("/check", data={"text": "", "file": (BytesIO(content), name)})
    assert answer.status_code == 400 and 'id="file-problem"' in answer.text and says in answer.text


def test_a_check_is_deleted_at_once(reader: FlaskClient) -> None:
    address = begin(reader)
    assert reader.post(f"{address}/delete").headers["Location"] == "/"
    assert reader.get(address).status_code == 404
    assert reader.post(f"{address}/undo").status_code == 404


def test_a_check_of_one_quotation_changes_under_its_address(reader: FlaskClient) -> None:
    address = begin(reader, "“We repaired 40 windows before the storm”", speaker="Edda Marlow")
    assert tones(reader.get(address).text) == ["altered"]
    reader.post(address, data={"text": "We repaired 14 windows before the storm", "speaker": "Edda Marlow"})
    assert tones(reader.get(address).text) == ["verified"]


def test_the_samples_are_checked_like_anything_else(reader: FlaskClient) -> None:
    for name in ("true", "altered", "invented", "article"):
        answer = reader.post("/check", data={"sample": name}, follow_redirects=True)
        assert answer.status_code == 200 and tones(answer.text)
    assert reader.post("/check", data={"sample": "nothing"}).status_code == 400


def test_a_report_to_keep_holds_all_findings(reader: FlaskClient) -> None:
    answer = reader.get(f"{begin(reader)}/report")
    assert len(tones(answer.text)) == 4 and "attachment" in answer.headers["Content-Disposition"]


def test_the_findings_are_had_in_every_form(reader: FlaskClient) -> None:
    address = begin(reader)

    def keep(form: str) -> TestResponse:
        answer = reader.get(f"{address}/report.{form}")
        assert answer.status_code == 200 and "attachment" in answer.headers["Content-Disposition"]
        # Whoever gets the file does not get the check.
        assert address.rpartition("/")[2].encode() not in answer.get_data()
        return answer

    rows = list(csv.reader(StringIO(keep("csv").text.lstrip("\ufeff"))))
    assert [row[0] for row in rows] == ["name", *["Light returns to Vessen"] * 4]
    assert len(json.loads(keep("jsonl").text)["findings"]) == 4
    assert len(list(docx.Document(BytesIO(keep("docx").get_data())).comments)) == 4
    reviews = json.loads(keep("claimreview").text)["@graph"]
    assert [each["creativeWorkStatus"] for each in reviews] == ["Draft"] * 4
    annotations = keep("annotations")
    assert annotations.mimetype == "application/ld+json"
    for each in json.loads(annotations.text)["first"]["items"]:
        words, place = each["target"][0]["selector"]
        assert ARTICLE[place["start"] : place["end"]] == words["exact"]
    (run,) = json.loads(keep("sarif").text)["runs"]
    assert run["properties"]["statements"] == {"verified": 1, "paraphrased": 0, "unsourced": 3}
    places = [each["locations"][0]["physicalLocation"]["region"] for each in run["results"]]
    assert [each["startLine"] for each in places] == [5, 9, 11]
    assert reader.get(f"{address}/report.xml").status_code == 404


def test_a_quotation_s_finding_is_had_as_a_review(reader: FlaskClient) -> None:
    address = begin(reader, text="The keeper moves back in November.", speaker="Edda Marlow", kind="quote")
    (review,) = json.loads(reader.get(f"{address}/report.claimreview").text)["@graph"]
    assert review["claimReviewed"] == "Edda Marlow said: “The keeper moves back in November.”"
    page = reader.get(address).text
    assert "report.claimreview" in page and "report.sarif" not in page


def test_a_table_of_findings_holds_no_formula(reader: FlaskClient) -> None:
    address = begin(reader, text="=HYPERLINK(1) we said", speaker="+Edda", kind="quote")
    rows = list(csv.reader(StringIO(reader.get(f"{address}/report.csv").text.lstrip("\ufeff"))))
    assert rows[1][2:4] == ["'=HYPERLINK(1) we said", "'+Edda"]


def test_a_large_file_with_little_text_is_taken(reader: FlaskClient) -> None:
    text = ARTICLE.replace("\n\n", "</p><p>")

    def send(comment: int) -> TestResponse:
        page = f"<html><body><article><p>{text}</p></article><!--{'x' * comment}--></body></html>"
        head = 'Content-Disposition: form-data; name="file"; filename="saved.html"\r\nContent-Type: text/html'
        body = f"--edge\r\n{head}\r\n\r\n{page}\r\n--edge--\r\n"
        return reader.post("/check", data=body.encode(), content_type="multipart/form-data; boundary=edge")

    assert len(tones(whole(reader, send(6_000_000).headers["Location"]))) == 4
    assert send(21_000_000).status_code == 413
