"""What the pages promise, with a checker that answers from a list."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import quote as percent

import pytest
from flask.testing import FlaskClient

from checker import wording
from checker.tongue import worded
from checker.types import Article, Claim, Evidence, Finding, Warning
from corpus.types import Document, PartialDate, Span
from web.pages import document_address

ATTACK = "</textarea><script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
DOCUMENT_ID = "quenland/briefing 7?#ä"
WHOLE = "We opened the northern ferry in May."


def send(client: FlaskClient, **fields: str) -> str:
    answer = client.post("/check", data=fields, follow_redirects=True)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_the_start_page_has_one_labelled_box_and_says_what_is_held(client: FlaskClient) -> None:
    page = client.get("/").text
    for field in ("text", "speaker", "date"):
        assert f'<label for="{field}">' in page and f'id="{field}-hint"' in page
    assert "12 documents, 340 passages, 2029 – June 2031" in page


@pytest.mark.parametrize(
    ("text", "kind", "asked"),
    [
        ("“We opened the ferry.”", "decide", Claim),
        ("We opened the ferry.", "decide", Claim),
        ("We opened the ferry, Tosk said.", "article", Article),
        ("We opened the ferry, Tosk said.", "quote", Claim),
        ("One paragraph.\n\nAnd another one.", "decide", Article),
        ("One paragraph.\r\n\r\nAnd another one.", "decide", Article),
        ("word " * 60, "decide", Article),
        ("word " * 59, "decide", Claim),
        ("“One,” she said, “two.”", "decide", Claim),
        ("We opened the ferry.", "anything else", Claim),
    ],
)
def test_a_text_is_taken_for_a_quote_or_an_article(
    client: FlaskClient, checker: object, text: str, kind: str, asked: type
) -> None:
    page = send(client, text=text, kind=kind)
    assert ("One quotation checked" in page) == (asked is Claim)


def test_a_short_text_that_names_a_speaker_is_an_article(client: FlaskClient, checker: object) -> None:
    checker.attributed = ("We opened the ferry",)  # type: ignore[attr-defined]
    assert "1 of 1 checked" in send(client, text="We opened the ferry, Tosk said.")


def test_a_claim_is_freed_of_its_marks_and_carries_speaker_and_date(client: FlaskClient, checker: object) -> None:
    send(client, text=" “We opened the ferry.” ", speaker=" Mirela Tosk ", date="2031-05")
    claim = checker.asked[0]  # type: ignore[attr-defined]
    assert (claim.quote, claim.speaker, claim.date) == ("We opened the ferry.", "Mirela Tosk", PartialDate(2031, 5))


def test_an_article_carries_its_date_and_headline(client: FlaskClient, checker: object) -> None:
    send(client, text="Ferry opens\r\n\r\nIt did.", kind="article", date="2031")
    article = checker.read[-1]  # type: ignore[attr-defined]
    assert (article.title, article.text, article.date) == ("Ferry opens", "Ferry opens\n\nIt did.", PartialDate(2031))


def test_every_status_and_reason_has_a_card_in_words(
    client: FlaskClient, checker: object, findings: list[Finding]
) -> None:
    for finding in findings:
        checker.answer = finding  # type: ignore[attr-defined]
        page = send(client, text="“quoted”")
        verdict = finding.verdict
        assert f"tone-{wording.tone(verdict)}" in page
        assert wording.STATUSES[verdict.status].short in page and wording.REASONS[verdict.reason].short in page
        assert str(verdict.summary) in page and "very high" in page


def test_the_card_lays_the_quote_over_the_source(client: FlaskClient) -> None:
    page = send(client, text="“quoted”")
    assert "<del>4.2</del>" in page and "<ins>2.4</ins>" in page and "<ins>not</ins>" in page
    assert ">NOT</span>" in page and ">NUMBER</span>" in page
    assert "(negation, nothing here)" in page
    assert "We opened the northern ferry in May." in page  # the sentence before
    assert "Mirela Tosk" in page and "4 May 2031" in page and "CC0" in page and "primary source" in page


def test_a_finding_without_evidence_says_what_was_searched_and_what_came_near(
    client: FlaskClient, checker: object, make_finding: Callable[..., Finding], make_evidence: Callable[..., Evidence]
) -> None:
    near = replace(make_evidence("That is my promise."), objections=("altered-wording",))
    checker.answer = make_finding("unsourced", "absent", "Nobody asked.", nearest=[near])  # type: ignore[attr-defined]
    page = send(client, text="“quoted”")
    assert "What was searched" in page and "Documents of Mirela Tosk around that date: 3" in page
    assert (
        "1 nearest passage" in page
        and "That is my promise." in page
        and "What differs here: the wording differs" in page
    )


def test_warnings_other_places_and_other_ids_are_shown(
    client: FlaskClient, checker: object, make_finding: Callable[..., Finding], make_evidence: Callable[..., Evidence]
) -> None:
    first = replace(
        make_evidence(WHOLE, quote=WHOLE), also_at=("quenland/copy",), warnings=(Warning("w", worded("Look twice.")),)
    )
    answer = make_finding("verified", "exact", WHOLE, first, make_evidence("That is my promise."))
    checker.answer = replace(answer, ambiguous=True)  # type: ignore[attr-defined]
    page = send(client, text="“quoted”")
    assert "Look twice." in page and "quenland/copy" in page and "1 other place" in page
    assert "More than one place fits" in page


def test_an_article_and_its_cards_lead_to_each_other(client: FlaskClient, checker: object) -> None:
    checker.attributed = ("raise the toll", "my promise")  # type: ignore[attr-defined]
    page = send(client, text="She will raise the toll, Tosk said.\n\nIt is my promise.")
    tags = Tags(page)
    cards = [anchor for anchor in tags.ids if anchor.startswith("card-")]
    assert len(cards) == 2
    for anchor in (*cards, *(card.replace("card-", "quote-") for card in cards)):
        assert anchor in tags.ids and f"#{anchor}" in tags.addresses
    assert "2 of 2 checked" in page


def test_an_article_without_statements_says_so(client: FlaskClient) -> None:
    assert "Nobody is quoted here" in send(client, text="It rained.\n\nIt rained again.")


def test_every_link_of_a_page_leads_to_the_web_to_us_or_within(client: FlaskClient) -> None:
    tags = Tags(send(client, text="“quoted”"))
    assert all(address.startswith(("/", "#", "https://chancery.example/")) for address in tags.addresses)
    assert len(tags.ids) == len(set(tags.ids))


def test_the_passage_opens_on_our_own_page_and_is_marked(client: FlaskClient) -> None:
    page = send(client, text="“quoted”")
    address = next(found for found in Tags(page).addresses if found.startswith("/documents/"))
    answer = client.get(address.partition("#")[0])
    assert answer.status_code == 200
    assert '<mark id="passage">We will not raise the toll by 2.4 percent this year</mark>' in answer.text


def test_a_document_shows_who_speaks_and_where_it_comes_from(client: FlaskClient, document: Document) -> None:
    page = client.get(f"/documents/{percent(document.id)}").text
    for expected in (
        'id="turn-0"',
        'id="turn-1"',
        "Journalist",
        "question",
        "Mirela Tosk",
        "4 May 2031",
        "CC0",
        "abababababab",
    ):
        assert expected in page
    assert "<mark" not in page


def test_a_passage_over_two_paragraphs_has_one_anchor(client: FlaskClient, document: Document) -> None:
    start = document.text.index("because")
    page = client.get(f"/documents/{percent(document.id)}?start={start}&end={len(document.text)}").text
    assert page.count('id="passage"') == 1 and page.count("<mark") == 2


@pytest.mark.parametrize("id", ["a//b", "/a", "a/", "a/../b", "./a", "a?b=c#d", "ä b", "%2F", "x" * 300])
def test_any_id_has_an_address_that_leads_to_it(
    client: FlaskClient, corpus: object, document: Document, id: str
) -> None:
    corpus.documents_held[id] = replace(document, id=id, title="Odd")  # type: ignore[attr-defined]
    with client.application.test_request_context():
        address = document_address(id)
    path = address.partition("?")[0]
    assert "/../" not in path and "//" not in path
    assert client.get(address).status_code == 200


def test_a_document_without_turns_or_speakers_is_its_publishers(
    client: FlaskClient, corpus: object, document: Document
) -> None:
    corpus.documents_held["plain"] = replace(document, id="plain", turns=(), speakers=())  # type: ignore[attr-defined]
    assert re.search(
        r'<h2 class="gutter"><a href="#turn-0"><bdi>Chancery of Quenland', client.get("/documents/plain").text
    )


def test_the_about_page_explains_every_reason_and_what_is_held(client: FlaskClient) -> None:
    page = client.get("/about").text
    for reason, words in wording.REASONS.items():
        assert f"<code>{reason}</code>" in page and words.short in page
    assert "340 passages" in page and "Chancery of Quenland" in page


def test_the_report_is_a_file_to_keep(client: FlaskClient) -> None:
    address = client.post("/check", data={"text": "“quoted”"}).headers["Location"]
    answer = client.get(f"{address}/report")
    assert answer.headers["Content-Disposition"] == "attachment; filename=onrecord-report.html"
    assert "<del>4.2</del>" in answer.text and "<style>" in answer.text


def test_what_was_typed_is_kept(client: FlaskClient) -> None:
    page = send(client, text="“quoted”", speaker="Mirela Tosk", date="2031-05", kind="quote")
    assert 'value="Mirela Tosk"' in page and 'value="2031-05"' in page and "“quoted”</textarea>" in page


def test_nothing_that_others_wrote_becomes_markup(
    client: FlaskClient, checker: object, corpus: object, document: Document, make_finding: Callable[..., Finding],
    make_evidence: Callable[..., Evidence],
) -> None:  # fmt: skip
    evil = replace(
        document, id=ATTACK, title=ATTACK, publisher=ATTACK, url="javascript:alert(1)", licence=ATTACK, kind=ATTACK,
        language='"><b>', speakers=(ATTACK,), text=document.text + ATTACK,
    )  # fmt: skip
    evil = replace(evil, turns=(replace(document.turns[0], speaker=ATTACK, span=Span(0, len(evil.text))),))
    place = replace(make_evidence(ATTACK, quote=ATTACK, document=evil), link="javascript:alert(1)", also_at=(ATTACK,))
    answer = make_finding("verified", "exact", ATTACK, place)
    checker.answer = replace(answer, claim=Claim(ATTACK, speaker=ATTACK))  # type: ignore[attr-defined]
    checker.attributed = (ATTACK,)  # type: ignore[attr-defined]
    corpus.documents_held[ATTACK] = evil  # type: ignore[attr-defined]
    address = f"/document?id={percent(ATTACK)}"
    for page in (
        send(client, text=f"“{ATTACK}”", speaker=ATTACK, kind="quote"),
        send(client, text=f"{ATTACK}\n\n{ATTACK} it said", kind="article"),
        client.get(address).text,
        client.post("/check", data={"text": ATTACK, "speaker": ATTACK, "date": ATTACK}).text,
        client.get("/corpus", query_string={"q": ATTACK, "publisher": ATTACK}).text,
        client.get(f"/documents/{percent(ATTACK)}x").text,
    ):
        tags = Tags(page)
        assert tags.names.count("script") == 2 and "img" not in tags.names
        assert not any(name.startswith("on") for name in tags.attributes)
        assert not any(found.startswith("javascript:") for found in tags.addresses)


def test_hidden_characters_are_shown(
    client: FlaskClient, checker: object, make_finding: Callable[..., Finding]
) -> None:
    checker.answer = make_finding("unsourced", "absent", "now\u200bhere")  # type: ignore[attr-defined]
    assert "⟦ZWSP⟧" in send(client, text="“now\u200bhere”")


def test_every_page_tells_the_browser_to_run_nothing_of_others(client: FlaskClient) -> None:
    for answer in (
        client.get("/"),
        client.get("/nowhere"),
        client.post("/check", data={"text": "“q”"}, follow_redirects=True),
        client.get("/about"),
    ):
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert answer.headers["Cache-Control"] == "no-store"
        assert " style=" not in answer.text and "<style" not in answer.text


def test_the_style_sheets_and_the_script_are_served_by_us(client: FlaskClient) -> None:
    for address in ("/desk.css", "/static/onrecord.css", "/static/onrecord.js", "/static/icon.svg"):
        with client.get(address) as answer:
            assert answer.status_code == 200
            assert (
                "http://" not in answer.text.replace("http://www.w3.org/2000/svg", "") and "https://" not in answer.text
            )


def test_addresses_without_what_they_need_lead_to_where_it_is_asked_for(client: FlaskClient) -> None:
    assert client.get("/check").headers["Location"] == "/"
    assert client.get("/documents").headers["Location"] == "/corpus"


class Tags(HTMLParser):
    """Names, attributes, ids and addresses of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: set[str] = set()
        self.ids: list[str] = []
        self.addresses: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src", "action")]


def test_a_document_leads_to_its_original(client: FlaskClient) -> None:
    with client.application.test_request_context():
        address = document_address(DOCUMENT_ID)
    page = client.get(address).text
    assert "Russian original" in page
    assert "Брифинг &lt;о гавани&gt;" in page
    assert 'href="/documents/quenland/orig"' in page
