"""What leaves the program: the contract's objects, text that no terminal obeys, a page that runs nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser
from typing import get_args

import pytest

from checker import wording
from checker.export import (
    error_object,
    extract_object,
    finding_html,
    finding_object,
    finding_text,
    json_line,
    report_html,
    report_object,
    report_text,
)
from checker.export.article import Underline, pieces, underline
from checker.export.card import card, cards, tally, web_address
from checker.export.extracts import attributions_text
from checker.extract import extract_attributions
from checker.tongue import worded
from checker.types import (
    Alignment,
    Article,
    Attribution,
    Claim,
    Edit,
    EditKind,
    Evidence,
    FeatureScore,
    Finding,
    Provenance,
    Reason,
    Report,
    Searched,
    Speaker,
    Status,
    TextQuote,
    Verdict,
    Warning,
)
from corpus.types import Coverage, Document, PartialDate, Span, Turn, Version

TEXT = "Good evening. The tunnel will not open before the autumn. Thank you."
EXACT = "The tunnel will not open before the autumn."
QUOTE = "The tunnel will open before the autumn."
ATTACK = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def place(quote: str = QUOTE) -> Evidence:
    span = Span(14, 14 + len(EXACT))
    turn = Turn(0, "Oda Brim", "speech", Span(0, len(TEXT)))
    edits = (Edit("negation", Span(15, 15), Span(30, 33), False),)
    return Evidence(
        document=Document(
            "brim-1", "Ministry of Roads of Askel (invented)", "Evening address", TEXT, (turn,),
            date=PartialDate(2030, 9), url="https://roads.example/1", licence="CC0",
        ),
        version=Version(3, "c" * 64, "2030-09-02T00:00:00Z"),
        turn=turn,
        speaker="Oda Brim",
        span=span,
        quote=TextQuote(EXACT, "Good evening. ", " Thank you."),
        link="https://roads.example/1#:~:text=The%20tunnel",
        alignments=(Alignment(0, Span(0, len(quote)), span, edits if quote == QUOTE else (), 0.95),),
        features=(FeatureScore("wording", 0.95, worded("95 % of the words stand here.")),),
        foldings=("case",),
        score=0.95,
        supports=None,
        objections=("negation",),
        warnings=(Warning("near", worded("Told by the place.")),),
    )  # fmt: skip


def finding(status: Status = "unsourced", reason: Reason = "negation", **changes: object) -> Finding:
    base = Finding(
        claim=Claim(QUOTE, speaker="Oda Brim"),
        verdict=Verdict(status, reason, 0.9, worded("A summary."), ("altered-date",)),
        evidence=(place(),),
        nearest=(place(),),
        searched=Searched(Coverage(5, 50, ("Ministry of Roads of Askel (invented)",), PartialDate(2028), None, 0.0), 2),
        provenance=Provenance("0.1.0", "f00d", None, 0.0, "press"),
        warnings=(Warning("own", worded("Told by the finding.")), Warning("near", worded("Told by the place."))),
        id="q1",
    )
    return replace(base, **changes)  # type: ignore[arg-type]  # fields of a finding


def report(text: str = f"She said: “{QUOTE}” Then she left.") -> Report:
    content = Span(text.index(QUOTE), text.index(QUOTE) + len(QUOTE))
    attribution = Attribution(
        (content,), (Span(4, 8),), (Span(0, 3),), "direct", QUOTE, Speaker("Oda Brim", "x", "She")
    )
    return Report(Article("a1", text), (finding(attribution=attribution),), finding().provenance)


FINDING_KEYS = [
    "id", "quote", "speaker", "status", "reason", "confidence", "summary", "other_reasons", "warnings", "foldings", "ambiguous", "profile",
    "evidence", "nearest", "searched", "provenance",
]  # fmt: skip


def test_a_finding_has_the_contracts_keys_and_values() -> None:
    found = json.loads(json_line(finding_object(finding())))
    assert list(found) == FINDING_KEYS
    assert (found["status"], found["reason"], found["other_reasons"]) == ("unsourced", "negation", ["altered-date"])
    assert found["searched"] == {
        "documents": 5, "passages": 50, "publishers": ["Ministry of Roads of Askel (invented)"], "first": "2028",
        "last": None, "encoded_share": 0.0, "speaker_documents_near_date": 2, "speaker_nearest_dates": [],
    }  # fmt: skip
    assert found["provenance"] == {
        "onrecord": "0.1.0", "schema": 1, "corpus_fingerprint": "f00d", "encoder": None, "judge": None,
        "encoded_share": 0.0, "profile": "press", "collections": [],
    }  # fmt: skip


def test_evidence_has_the_contracts_keys_and_values() -> None:
    evidence = json.loads(json_line(finding_object(finding())))["evidence"][0]
    assert list(evidence) == [
        "document", "speaker", "start", "end", "exact", "prefix", "suffix", "link", "edits", "features",
        "also_at", "related", "collection", "warnings",
    ]  # fmt: skip
    assert evidence["document"] == {
        "id": "brim-1", "publisher": "Ministry of Roads of Askel (invented)", "title": "Evening address",
        "date": "2030-09", "url": "https://roads.example/1", "version": 3, "sha256": "c" * 64,
        "language": evidence["document"]["language"], "kind": evidence["document"]["kind"], "tier": "primary",
        "translation": evidence["document"]["translation"], "licence": evidence["document"]["licence"],
    }  # fmt: skip
    assert evidence["edits"] == [{"kind": "negation", "quote": [15, 15], "source": [30, 33], "allowed": False}]
    assert evidence["features"] == {"wording": {"value": 0.95, "says": "95 % of the words stand here."}}
    assert TEXT[evidence["start"] : evidence["end"]] == evidence["exact"]


def test_a_warning_that_finding_and_place_share_is_told_once() -> None:
    assert [each["code"] for each in finding_object(finding())["warnings"]] == ["own", "near"]  # type: ignore[attr-defined, index]


def test_a_report_gives_each_finding_its_attribution() -> None:
    found = json.loads(json_line(report_object(report())))
    assert list(found) == ["id", "findings", "warnings", "provenance"]
    assert list(found["findings"][0]) == [*FINDING_KEYS, "attribution"]
    assert found["findings"][0]["attribution"]["speaker"] == {"name": "Oda Brim", "id": "x", "mention": "She"}


def test_an_extract_line_has_spans_as_pairs_and_null_for_nobody() -> None:
    attribution = report().findings[0].attribution
    assert attribution is not None
    found = extract_object("a1", [replace(attribution, speaker=None)])
    assert found == {
        "id": "a1",
        "attributions": [
            {
                "content": [[11, 11 + len(QUOTE)]], "cue": [[4, 8]], "source": [[0, 3]], "type": "direct", "quote": QUOTE,
                "speaker": None, "reported_by": None, "confidence": 1.0,
                "said_on": None, "date_words": None, "channel": None,
            }
        ],
    }  # fmt: skip


def test_an_error_line_names_code_and_message() -> None:
    assert error_object(None, "quote", "too long") == {"id": None, "error": {"code": "quote", "message": "too long"}}


@pytest.mark.parametrize("character", ["\u2028", "\u2029", "\u0085", "\ud800", "\n", "\x00"])
def test_one_object_is_one_line_that_can_be_encoded(character: str) -> None:
    line = json_line({"id": f"a{character}b"})
    assert len(line.encode().decode().splitlines()) == 1
    assert json.loads(line) == {"id": f"a{character}b"}


@pytest.mark.parametrize("reason", get_args(Reason))
def test_every_reason_has_words_a_status_and_both_pages(reason: Reason) -> None:
    status = next(status for status, reasons in wording.GROUPS.items() if reason in reasons)
    found = finding(status, reason)
    assert wording.REASONS[reason].short in finding_text(found)
    assert wording.REASONS[reason].long in finding_html(found)


def test_no_words_accuse_anybody() -> None:
    said = " ".join(words.short + " " + words.long for words in (*wording.REASONS.values(), *wording.STATUSES.values()))
    assert not {"fabricated", "false", "fake", "lie", "lied", "invented", "wrong"} & set(said.lower().split())


def test_every_kind_of_edit_has_a_label() -> None:
    assert set(get_args(EditKind)) <= set(wording.EDITS)


def test_every_reason_belongs_to_one_status() -> None:
    members = [reason for group in wording.GROUPS.values() for reason in group]
    assert sorted(members) == sorted(get_args(Reason))


def test_text_names_the_difference_the_place_and_the_reason() -> None:
    shown = finding_text(finding())
    for expected in (
        "≠ UNSOURCED · a “not” differs", "The tunnel will {not} open", "negation: quoted nothing, source “not”",
        "Oda Brim, September 2030", "https://roads.example/1#:~:text=The%20tunnel", "Also", "Told by the finding.",
        "5 documents, 50 passages",
    ):  # fmt: skip
        assert expected in shown


def test_text_for_nothing_found_says_what_was_searched() -> None:
    shown = finding_text(finding(reason="absent", evidence=(), nearest=()))
    assert QUOTE in shown and "not found" in shown and "Documents of Oda Brim: 2" in shown


def test_a_terminal_is_never_sent_a_control_character() -> None:
    shown = finding_text(finding(claim=Claim("\x1b]0;title\x07 The tunnel", speaker="\x1b[31mred"), evidence=()))
    assert not set(shown) - {"\n"} & {chr(code) for code in range(32)}


def test_a_report_counts_what_it_found() -> None:
    assert report_text(report()).startswith("a1: 1 statement (1 unsourced, wording differs)")


def test_the_page_escapes_everything_that_others_wrote() -> None:
    evil = place(ATTACK)
    evil = replace(
        evil, speaker=ATTACK, link="javascript:alert(1)", also_at=(ATTACK,),
        document=replace(evil.document, title=ATTACK, publisher=ATTACK, url="javascript:alert(2)", language='"><b>'),
        quote=TextQuote(ATTACK, ATTACK, ATTACK), features=(FeatureScore(ATTACK, 0.0, worded(ATTACK)),),
    )  # fmt: skip
    found = finding(
        claim=Claim(ATTACK, speaker=ATTACK), evidence=(evil,), nearest=(), warnings=(Warning(ATTACK, worded(ATTACK)),),
        verdict=Verdict("verified", "exact", 1.0, worded(ATTACK)),
    )  # fmt: skip
    page = finding_html(found)
    tags = _Tags(page)
    assert not {"script", "img", "b "} & tags.names
    assert not any(name.startswith("on") for name in tags.attributes)
    assert "javascript:" not in " ".join(tags.addresses)


def test_the_page_loads_nothing() -> None:
    page = report_html(report())
    tags = _Tags(page)
    assert not {"script", "link", "iframe", "object", "form"} & tags.names
    assert "url(" not in page and "@import" not in page and "default-src 'none'" in page
    assert all(address.startswith(("#", "https://roads.example/")) for address in tags.addresses)


def test_statement_and_card_lead_to_each_other() -> None:
    page = report_html(report())
    for anchor in ('id="quote-1"', 'href="#card-1"', 'id="card-1"', 'href="#quote-1"'):
        assert anchor in page


def test_article_pieces_put_together_are_the_article() -> None:
    whole = report()
    first = whole.findings[0].attribution
    assert first is not None
    inner = replace(first, content=(Span(15, 25),))
    outer = replace(first, content=(Span(0, 30), Span(40, 45)))
    beyond = replace(first, content=(Span(40, 4000),))
    found = cards(
        replace(whole, findings=tuple(replace(whole.findings[0], attribution=each) for each in (outer, inner, beyond)))
    )
    cut = pieces(whole.article.text, [underline(each) for each in found])
    assert "".join(piece.text for piece in cut) == whole.article.text
    assert next(piece.statement for piece in cut if piece.text == whole.article.text[15:25]) == underline(found[1])
    assert sorted(each.number for piece in cut for each in piece.opens) == [1, 2]


def test_what_is_no_part_of_the_article_lies_aside() -> None:
    text = "SIGN UP\n\n“It rained,” she said.\n\nRelated stories\nIt snowed"
    proper = (Span(9, 32),)
    statement = Underline(1, "a", "waiting", "", (Span(10, 19),))
    cut = pieces(text, [statement], proper=proper)
    assert "".join(piece.text for piece in cut) == text
    assert [piece.text.strip() for piece in cut if piece.aside] == ["SIGN UP", "Related stories\nIt snowed"]
    assert [piece.number for piece in cut] == list(range(len(cut)))


def test_the_tally_leads_to_the_first_of_each_kind() -> None:
    whole = report()
    found = cards(replace(whole, findings=(finding("verified", "exact"), *whole.findings, *whole.findings)))
    assert [(each.tone, each.count, each.first) for each in tally(found)] == [("verified", 1, "1"), ("altered", 2, "2")]


def test_a_place_is_shown_once_although_it_is_evidence_and_nearest() -> None:
    shown = card(finding())
    assert shown.best is not None and shown.more == ()


def test_sentences_around_a_passage_stay_within_its_turn() -> None:
    best = card(finding()).best
    assert best is not None
    assert (best.before, best.after) == ("Good evening.", "Thank you.")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//host/x", "/documents/x", "", None])
def test_only_web_addresses_become_links(address: str | None) -> None:
    assert web_address(address) is None


class _Tags(HTMLParser):
    """Names of all tags and attributes of a page, and where its links lead."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]


def test_a_terminal_shows_when_and_in_what_it_was_said() -> None:
    text = "Ann Cole said in a statement on Thursday that the plan was dead."
    article = Article("a", text, date=PartialDate(2016, 12, 31))
    shown = attributions_text(article, extract_attributions(article))
    assert "When: on Thursday (29 December 2016)\n   In: in a statement" in shown


def test_an_extract_line_has_the_occasion_beside_the_fields_it_always_had() -> None:
    text = "Ann Cole said in a statement on Thursday that the plan was dead."
    article = Article("a", text, date=PartialDate(2016, 12, 31))
    line = json.loads(json_line(extract_object("a", extract_attributions(article))))["attributions"][0]
    assert line["said_on"] == "2016-12-29"
    assert [text[slice(*line[name])] for name in ("date_words", "channel")] == ["on Thursday", "in a statement"]
    undated = json.loads(json_line(extract_object("a", extract_attributions(Article("a", "Ann Cole said no.")))))
    assert undated["attributions"][0]["said_on"] is None
