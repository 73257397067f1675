"""What the two lines promise: nothing of the quote is lost, every difference is named, nothing stays hidden."""

from __future__ import annotations

import pytest

from checker.export.diff import Column, columns, quoted_line, runs, shortened, source_line, visible
from checker.types import Alignment, Edit, Evidence, Reason, TextQuote
from corpus.types import Document, Span, Turn, Version

TEXT = "The council met. We will not sell the old mill before the spring. The mill, and the land, stay ours."


def place(*alignments: Alignment, objections: tuple[Reason, ...] = (), text: str = TEXT) -> Evidence:
    whole = Span(0, len(text))
    turn = Turn(0, "Ansa Rell", "speech", whole)
    document = Document("d", "Council of Ostmoor (invented)", "Minutes", text, (turn,))
    return Evidence(
        document, Version(1, "0" * 64, ""), turn, "Ansa Rell", whole, TextQuote(text, "", ""), "", alignments, (), (), 1.0,
        None, objections,
    )  # fmt: skip


def at(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def aligned(quote: str, ours: str, theirs: str, *edits: Edit, part: int = 0) -> Alignment:
    return Alignment(part, at(quote, ours), at(TEXT, theirs), edits, 0.9)


def kinds(found: tuple[Column, ...]) -> list[tuple[str, str, str, bool]]:
    return [
        (column.quoted.strip(), column.source.strip(), column.kind, column.allowed) for column in found if column.kind
    ]


def test_equal_words_stand_on_both_lines() -> None:
    quote = "We will not sell the old mill"
    found = columns(quote, place(aligned(quote, quote, quote)))
    assert found == (Column(quote, quote),)


def test_a_lost_word_leaves_a_gap_that_is_named() -> None:
    quote = "We will sell the old mill"
    lost = Edit("negation", Span(7, 7), at(TEXT, "not"), False)
    found = columns(quote, place(aligned(quote, quote, "We will not sell the old mill", lost)))
    assert kinds(found) == [("", "not", "negation", False)]
    assert "".join(segment.text for segment in source_line(found)) == "We will not sell the old mill"


def test_a_changed_word_faces_its_answer() -> None:
    quote = "sell the new mill"
    changed = Edit("content-word", at(quote, "new"), at(TEXT, "old"), False)
    found = columns(quote, place(aligned(quote, quote, "sell the old mill", changed)))
    upper, lower = quoted_line(found), source_line(found)
    assert [segment.other for segment in upper] == [segment.text for segment in lower]
    assert kinds(found) == [("new", "old", "content-word", False)]


@pytest.mark.parametrize(
    ("objections", "allowed"), [((), True), (("ellipsis-abuse",), False)], ids=["fair", "changes the meaning"]
)
def test_a_marked_omission_shows_what_was_left_out(objections: tuple[Reason, ...], allowed: bool) -> None:
    quote = "We will not sell … before the spring"
    parts = (
        aligned(quote, "We will not sell", "We will not sell"),
        aligned(quote, "before the spring", "before the spring", part=1),
    )
    found = columns(quote, place(*parts, objections=objections))
    assert kinds(found) == [("…", "the old mill", "omission", allowed)]


def test_parts_without_a_mark_between_them_are_shown_as_joined() -> None:
    quote = "We will not sell, before the spring"
    parts = (
        aligned(quote, "We will not sell", "We will not sell"),
        aligned(quote, "before the spring", "before the spring", part=1),
    )
    assert kinds(columns(quote, place(*parts))) == [(",", "the old mill", "joined", False)]


def test_parts_in_another_order_say_so() -> None:
    quote = "before the spring … We will not sell"
    parts = (
        aligned(quote, "before the spring", "before the spring"),
        aligned(quote, "We will not sell", "We will not sell", part=1),
    )
    assert kinds(columns(quote, place(*parts))) == [("…", "⟨earlier in the source⟩", "omission", True)]


@pytest.mark.parametrize(
    ("objections", "allowed"), [((), True), (("bracket-abuse",), False)], ids=["explains", "adds a claim"]
)
def test_a_bracketed_insertion_stands_alone(objections: tuple[Reason, ...], allowed: bool) -> None:
    quote = "We [the council] will not sell"
    found = columns(quote, place(aligned(quote, quote, "We will not sell"), objections=objections))
    assert kinds(found) == [("[the council]", "", "bracket", allowed)]
    assert "".join(column.source for column in found) == "We will not sell"


def test_a_bracket_that_stands_for_several_words_is_shown_once() -> None:
    quote = "sell [it] before the spring"
    edits = [Edit("content-word", at(quote, "[it]"), at(TEXT, word), False) for word in ("the old mill",)]
    edits.append(Edit("function-word", at(quote, "[it]"), at(TEXT, "old"), True))
    found = columns(quote, place(aligned(quote, quote, "sell the old mill before the spring", *edits)))
    assert kinds(found) == [("[it]", "the old mill", "content-word", False)]


def test_moved_words_are_marked_where_they_stand_on_either_line() -> None:
    quote = "before the spring We will not sell the old mill"
    source = "We will not sell the old mill before the spring"
    moved = Edit("order", at(quote, "before the spring"), at(TEXT, "before the spring"), False)
    found = columns(quote, place(aligned(quote, quote, source, moved)))
    assert kinds(found) == [("before the spring", "", "order", False), ("", "before the spring", "order", False)]
    assert "".join(column.quoted for column in found) == quote
    assert "".join(column.source for column in found) == source


def test_words_that_no_alignment_covers_are_not_there() -> None:
    quote = "Believe me: We will not sell"
    found = columns(quote, place(aligned(quote, "We will not sell", "We will not sell")))
    assert kinds(found) == [("Believe me:", "", "unmatched", False)]


@pytest.mark.parametrize(
    "quote",
    [
        "We will sell the old mill",
        "“We will not sell … the land, stay ours”",
        "ours stay the land, and the mill",
        "[we] said: We will not sell",
        "",
    ],
)
def test_the_upper_line_is_the_quote_whatever_the_alignment_says(quote: str) -> None:
    words = [Span(at_, at_ + 1) for at_ in range(0, max(len(quote) - 8, 0), 7)]
    alignments = [
        Alignment(n, span, at(TEXT, "mill"), (Edit("name", span, at(TEXT, "spring"), False),), 0.5)
        for n, span in enumerate(words)
    ]
    found = columns(quote, place(*alignments))
    assert "".join(column.quoted for column in found) == (quote if alignments or quote else "")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("now\u200bhere", "now⟦ZWSP⟧here"),
        ("a\u202eb", "a⟦RLO⟧b"),
        ("red\x1b[31m", "red⟦ESC⟧[31m"),
        ("half\ud800", "half⟦U+D800⟧"),
        ("two\n\nlines", "two lines"),
        ("plain", "plain"),
        ("", ""),
    ],
)
def test_what_a_reader_cannot_see_is_spelled_out(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_runs_keep_every_visible_character() -> None:
    text = "\u200bso\u00adft\u2060"
    assert "".join(run.text for run in runs(text) if not run.hidden) == "soft"


def test_a_long_omission_says_how_much_is_not_shown() -> None:
    text = " ".join(f"word{n}" for n in range(200))
    short = shortened(text)
    assert len(short) < 250
    assert short.startswith("word0 ") and short.endswith(" word199")
    shown = len(short.split("⟨")[0].split()) + len(short.split("⟩")[1].split())
    assert f"⟨{200 - shown} words⟩" in short
