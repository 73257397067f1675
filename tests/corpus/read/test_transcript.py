"""Transcripts as they are laid out become turns, and prose with colons stays whole."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from corpus.read import read_file
from corpus.read.labels import label_of
from corpus.read.transcript import Paragraph, paragraphs_of, turns_of
from corpus.types import Document


def read(text: str) -> list[tuple[str, str]]:
    return [(turn.speaker, turn.text) for turn in turns_of(paragraphs_of(text))]


def turns(document: Document) -> list[tuple[str, str, str]]:
    return [(turn.speaker, turn.kind, turn.span.of(document.text)) for turn in document.turns]


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("Ada Lorne: We open.\n\nIn spring.\n\nBram Ostrey: Good.\n\nAda Lorne: Yes.",
         [("Ada Lorne", "We open.\n\nIn spring."), ("Bram Ostrey", "Good."), ("Ada Lorne", "Yes.")], "names that recur"),
        ("Ada Lorne: We open.\nBram Ostrey: Good.\nAda Lorne: Yes.",
         [("Ada Lorne", "We open."), ("Bram Ostrey", "Good."), ("Ada Lorne", "Yes.")], "a line a turn"),
        ("Q  Will it open?\n\nMS. LORNE:  It will.\n\nQ  When?\n\nMS. LORNE:  In spring.",
         [("Q", "Will it open?"), ("MS. LORNE", "It will."), ("Q", "When?"), ("MS. LORNE", "In spring.")], "Q by itself"),
        ("Q. Will it open?\nA. It will.\nQ. When?\nA. In spring.",
         [("Q", "Will it open?"), ("A", "It will."), ("Q", "When?"), ("A", "In spring.")], "Q. and A."),
        ("Вопрос: Когда?\n\nА.Лорн: Весной.\n\nРеплика: А точнее?\n\nА.Лорн (как переведено): В мае.",
         [("Вопрос", "Когда?"), ("А.Лорн", "Весной."), ("Реплика", "А точнее?"), ("А.Лорн (как переведено)", "В мае.")],
         "Russian forms"),
        ("MARLO, April 15\n\nTHE PRESIDENT: Good afternoon. It is done.",
         [("", "MARLO, April 15"), ("THE PRESIDENT", "Good afternoon. It is done.")], "one speaker behind a dateline"),
        ("President of Marlo Ada Lorne: Friends,\n\nWe open in spring.\n\nPresident of Velm Ilo Kest: Thank you for that.",
         [("President of Marlo Ada Lorne", "Friends,\n\nWe open in spring."),
          ("President of Velm Ilo Kest", "Thank you for that.")], "offices that introduce a name once each"),
        ("The President. Good afternoon.\n\nQ. Will it open?\n\nThe President. It will.",
         [("The President", "Good afternoon."), ("Q", "Will it open?"), ("The President", "It will.")], "with a full stop"),
        ("[00:00:05] Ada Lorne: We open. [Laughter]\n[00:00:09] Bram Ostrey: Good.\n[00:00:12] Ada Lorne: Yes.",
         [("Ada Lorne", "We open. [Laughter]"), ("Bram Ostrey", "Good."), ("Ada Lorne", "Yes.")], "times in front"),
        ("Ada Lorne: We open. Question: When? Ada Lorne: In spring. Question: Why? Ada Lorne: The ice: it melts.",
         [("Ada Lorne", "We open."), ("Question", "When?"), ("Ada Lorne", "In spring."), ("Question", "Why?"),
          ("Ada Lorne", "The ice: it melts.")], "labels inside a paragraph"),
        (">> Good evening. We open.\n\n>> When?\n\n>> ADA LORNE: In spring.",
         [("", "Good evening. We open."), ("", "When?"), ("ADA LORNE", "In spring.")], "captions' signs"),
        ("Ada Lorne:\nWe open.\n\nBram Ostrey:\nGood.\n\nAda Lorne:\nYes.",
         [("Ada Lorne", "We open."), ("Bram Ostrey", "Good."), ("Ada Lorne", "Yes.")], "labels on lines of their own"),
        ("Ada Lorne: We open.\n\nBram Ostrey: Good.\n\nAda Lorne: Yes.\n\n* * *\n\nLater she left.",
         [("Ada Lorne", "We open."), ("Bram Ostrey", "Good."), ("Ada Lorne", "Yes."), ("", "Later she left.")],
         "what stands apart is narration"),
    ],
)  # fmt: skip
def test_a_transcript_becomes_turns(text: str, expected: list[tuple[str, str]], why: str) -> None:
    assert read(text) == expected, why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("The plan has two parts: the quay and the mole.\n\nShe added: “It opens in spring.”", "a colon in a sentence"),
        ("Note: the quay is closed.\n\nNote: the mole is open.", "a heading twice"),
        ("Harbour: It opens.\n\nMarket: It closes.\n\nSchool: It stays.", "headings of one word"),
        ("Health: we build.\n\nWork: we hire.\n\nHealth: we heal.", "a heading that recurs alone"),
        ("Mr. President: I thank you.\n\nMr. President: I close.", "an address"),
        ("Ladies and gentlemen: The harbour opens.", "a salutation"),
        ("President Ada Lorne: harbour to open in spring", "a headline"),
        ("Interior Minister: Ada Lorne.\n\nMinister of Defence: Bram Ostrey.", "a roster"),
        ("In the words of Ada Lorne: we build.\n\nIn the words of Ada Lorne: we heal.", "somebody quoted"),
        ("A year ago we began.\n\nA harbour is a promise.", "an article, not an answer"),
        ("Question: will it open?\n\nQuestion: when?", "questions that nobody answers"),
        ("Место: Марло.\n\nДата: 5 мая.\n\nТема: гавань.", "a form"),
        ("He told us: Vladimir, go.\n\nSee https://marlo.example: it is there.", "an address on the web"),
    ],
)
def test_prose_is_not_cut_at_a_colon(text: str, why: str) -> None:
    assert read(text) == [], why


MINUTES = "MINISTER LORNE: We open the harbour.\n\nBRAM OSTREY: Good.\n\n{}\n\nMINISTER LORNE: In spring."


@pytest.mark.parametrize(
    ("line", "expected", "why"),
    [
        ("MODERATOR: Thank you all.", ("MODERATOR", "Thank you all."), "who leads, once"),
        ("HOST: Good evening.", ("HOST", "Good evening."), "who leads, once"),
        ("KOVAK: I disagree.", ("KOVAK", "I disagree."), "a surname, once"),
        ("KOVAK (via video): I disagree.", ("KOVAK (via video)", "I disagree."), "with an aside"),
        ("O’NELL: Yes.", ("O’NELL", "Yes."), "with an apostrophe"),
        ("KOVAK-LISK: Yes.", ("KOVAK-LISK", "Yes."), "with a hyphen"),
        ("[00:10:05] KOVAK: I disagree.", ("KOVAK", "I disagree."), "with a time in front"),
        ("KOVAK:\nI disagree.", ("KOVAK", "I disagree."), "on a line of its own"),
        ("КОВАЛЬ: Згоден.", ("КОВАЛЬ", "Згоден."), "in another script"),
        ("ANNA WELL: Yes.", ("ANNA WELL", "Yes."), "a name, once"),
        ("DELEGATE OF VELM: Yes.", ("DELEGATE OF VELM", "Yes."), "an office, once"),
        ("NOTE: The tape breaks off.", ("", "NOTE: The tape breaks off."), "a note"),
        ("UPDATE: The harbour is shut.", ("", "UPDATE: The harbour is shut."), "a note"),
        ("RE: the letter of May.", ("", "RE: the letter of May."), "an address"),
        ("CORRECTION: It was in May.", ("", "CORRECTION: It was in May."), "a note"),
        ("BUDGET: It grows.", ("BUDGET", "It grows."), "what could be a name is at least nobody else’s"),
        ("P.S.: It grows.", ("", "P.S.: It grows."), "what is read aloud may be another’s"),
        ("WASHINGTON: Talks go on.", ("", "WASHINGTON: Talks go on."), "a dateline"),
        ("NATO: We build.", ("", "NATO: We build."), "a body that could be claimed to have said it"),
        ("II: We build.", ("", "II: We build."), "a chapter"),
        ("B: We build.", ("", "B: We build."), "a point of a list"),
        ("PHOTO BY: the ministry.", ("", "PHOTO BY: the ministry."), "a credit"),
        ("NO. 2 POINT: We wait.", ("", "NO. 2 POINT: We wait."), "a heading"),
    ],
)  # fmt: skip
def test_what_stands_behind_capitals_is_not_the_last_speakers(line: str, expected: tuple[str, str], why: str) -> None:
    around = [("MINISTER LORNE", "We open the harbour."), ("BRAM OSTREY", "Good."), ("MINISTER LORNE", "In spring.")]
    assert read(MINUTES.format(line)) == [*around[:2], expected, around[2]], why
    assert read(MINUTES.replace("\n\n", "\n").format(line)) == [*around[:2], expected, around[2]], (
        f"{why}, a line a turn"
    )
    assert read(f"{MINUTES.format('* * *')}\n\n{line}")[-1] == expected, f"{why}, at the end"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("LADIES AND GENTLEMEN: It opens.", "the speaker's own address"),
        ("Kovak: I disagree.", "a heading is written like that"),
        ("I say it AGAIN: it opens.", "a sentence"),
        ("It opens at 10:45: be there.", "a time"),
        ("LET ME SAY THIS ONCE MORE AND FOR THE LAST TIME: it opens.", "a sentence that is shouted"),
        ("See HTTPS://MARLO.EXAMPLE: it is there.", "an address on the web"),
    ],
)
def test_what_a_speaker_says_in_capitals_stays_the_speakers(line: str, why: str) -> None:
    found = read(MINUTES.format(line))
    assert found[1] == ("BRAM OSTREY", f"Good.\n\n{line}"), why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            "Ada Lorne: We open.\n\nNOTE: It is wet.\n\nBram Ostrey: Good.\n\nAda Lorne: Yes.",
            "labels are not in capitals",
        ),
        ("THE PRESIDENT: GOOD EVENING.\n\nI SAY ONE THING: WE OPEN.\n\nKOVAK: YES.", "everything is in capitals"),
    ],
)
def test_capitals_tell_nothing_where_labels_are_not_told_by_them(text: str, why: str) -> None:
    assert not {"", "KOVAK"} & {speaker for speaker, _ in read(text)}, why


def test_single_surnames_in_capitals_make_a_transcript_when_two_of_them_recur() -> None:
    said = "KOVAK: We open.\n\nOSTREY: Good.\n\nKOVAK: In spring.\n\nOSTREY: Yes.\n\nLISK: No."
    assert [speaker for speaker, _ in read(said)] == ["KOVAK", "OSTREY", "KOVAK", "OSTREY", "LISK"]
    assert read("HEALTH: We build.\n\nWORK: We hire.\n\nHEALTH: We heal.") == []


def test_an_answer_is_the_given_speakers() -> None:
    said = turns_of(paragraphs_of("Q: When?\n\nA: In spring.\n\nQ: Why?\n\nA: It melts."), speaker="Ada Lorne")
    assert [turn.speaker for turn in said] == ["Q", "Ada Lorne", "Q", "Ada Lorne"]


def test_names_in_bold_need_no_colon() -> None:
    said = turns_of([Paragraph("Ada Lorne\nWe open.", 9), Paragraph("Bram Ostrey\nGood.", 11)])
    assert [(turn.speaker, turn.text) for turn in said] == [("Ada Lorne", "We open."), ("Bram Ostrey", "Good.")]


def test_a_bold_sentence_is_no_name() -> None:
    assert turns_of([Paragraph("The harbour opens. More below.", 18), Paragraph("Why it matters. It does.", 15)]) == []


@pytest.mark.parametrize("text", ["", "()", "17", "He added", "c. 1990", "Dear Friends", "Fig. 3. The quay"])
def test_what_is_no_label_is_none(text: str) -> None:
    assert label_of(text) is None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("talk.md", "**Ada Lorne:** We open.\n\n**Question:** When?\n\n**Ada Lorne:** In spring.\n"),
        ("talk.txt", "Ada Lorne: We open.\n\nQuestion: When?\n\nAda Lorne: In spring.\n"),
    ],
)
def test_files_become_turns_and_keep_what_they_print(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    document = read_file(path)
    assert turns(document) == [
        ("Ada Lorne", "speech", "We open."), ("Question", "question", "When?"), ("Ada Lorne", "speech", "In spring."),
    ]  # fmt: skip
    assert document.kind == "transcript"
    assert document.printed.startswith("Ada Lorne: We open.")


def test_a_saved_page_with_bold_speakers_becomes_turns(tmp_path: Path) -> None:
    paragraphs = "".join(
        f"<p><b>{who}</b>{mark} {what}</p>"
        for who, mark, what in (
            ("Ada Lorne", ":", "The harbour of Marlo will open in the spring, and the market with it."),
            ("Question", ":", "When exactly will it open, and who is going to pay for all of the work?"),
            ("Ada Lorne", ":", "In May, and the state pays, as it has paid for the mole and for the quay."),
        )
    )
    path = tmp_path / "talk.html"
    path.write_text(f"<html><body><article><h1>A talk in Marlo</h1>{paragraphs}</article></body></html>")
    found = [(speaker, kind) for speaker, kind, _ in turns(read_file(path))]
    assert [each for each in found if each[0]] == [
        ("Ada Lorne", "speech"), ("Question", "question"), ("Ada Lorne", "speech"),
    ]  # fmt: skip


def test_bold_runs_of_a_word_document_become_turns(tmp_path: Path) -> None:
    document = docx.Document()
    for who, what in (("Ada Lorne", " We open."), ("Bram Ostrey", " Good."), ("Ada Lorne", " In spring.")):
        paragraph = document.add_paragraph()
        paragraph.add_run(who).bold = True
        paragraph.add_run(what)
    document.save(str(tmp_path / "talk.docx"))
    assert [speaker for speaker, _, _ in turns(read_file(tmp_path / "talk.docx"))] == [
        "Ada Lorne", "Bram Ostrey", "Ada Lorne",
    ]  # fmt: skip
