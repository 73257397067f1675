"""From a record's parts to a stored text and its turns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.read.turns import Said, is_reporter, lay_out, whole

_LABELS = st.sampled_from(["", " ", "Ada Lorne", "Q", "THE PRESIDENT"])
_TEXTS = st.text(alphabet=" \n\tabц.…\u00a0\u200b🚢", max_size=30)
_SAID = st.lists(st.builds(Said, _LABELS, _TEXTS, st.sampled_from([None, "speech", "letter", "odd"])), max_size=6)


@pytest.mark.parametrize(
    "label",
    "Q|Q.|Q:|q|Journalist|JOURNALIST|Question|QUESTION|Question:|Question (retranslated)|Q (in Vennish):|Remark"
    "|Вопрос|ВОПРОС|Реплика|Реплика:|Вопрос (как переведено)".split("|"),
)
def test_the_labels_of_reporters_are_known(label: str) -> None:
    assert is_reporter(label)


@pytest.mark.parametrize(
    "label",
    "THE PRESIDENT|MR. GIBBS|President of Marlo Ada Lorne|Ада Лорн|Quentin Ashe|Remarque|Mr. Question||()|Ms. Q. Reed"
    "|Press Secretary Bram Ostrey".split("|"),
)
def test_nobody_else_is_taken_for_a_reporter(label: str) -> None:
    assert not is_reporter(label)


@pytest.mark.parametrize(
    ("said", "kind", "why"),
    [
        (Said("Ada Lorne", "Yes."), "speech", "somebody speaks"),
        (Said("Q", "Why?"), "question", "a reporter asks"),
        (Said("", "She left."), "narration", "nobody speaks"),
        (Said("  ", "She left."), "narration", "blanks are nobody"),
        (Said("", "Dear friends", "letter"), "letter", "the record says so"),
        (Said("Ada Lorne", "Yes.", "quoted"), "quoted", "the record says so"),
        (Said("Q", "I mean it.", "speech"), "speech", "the record knows better than the label"),
        (Said("Ada Lorne", "Yes.", "monologue"), "speech", "an unknown kind is passed over"),
    ],
)
def test_a_turn_has_the_kind_that_its_record_or_its_label_says(said: Said, kind: str, why: str) -> None:
    assert [turn.kind for turn in lay_out([said])[1]] == [kind], why


@given(_SAID, _TEXTS)
def test_turns_are_the_whole_text_in_order_joined_by_blank_lines(said: list[Said], summary: str) -> None:
    text, turns = lay_out(said, summary=summary)
    assert "\n\n".join(turn.span.of(text) for turn in turns) == text
    assert [turn.number for turn in turns] == list(range(len(turns)))
    at = 0
    for turn in turns:
        assert turn.span.start == at
        assert len(turn.span) > 0
        assert turn.span.of(text) == turn.span.of(text).strip()
        at = turn.span.end + 2
    texts = [each.text.strip() for each in said if each.text.strip()]
    assert [turn.span.of(text) for turn in turns][-len(texts) or len(turns) :] == texts


@pytest.mark.parametrize(
    ("summary", "expected", "why"),
    [
        ("Ada Lorne met sailors.", ["Ada Lorne met sailors.", "We met.", "Why?"], "the lead is narration before all"),
        ("  Ada Lorne met sailors.\n", ["Ada Lorne met sailors.", "We met.", "Why?"], "its margins are left out"),
        ("", ["We met.", "Why?"], "there is none"),
        (" \n", ["We met.", "Why?"], "a blank one is none"),
        ("We met.", ["We met.", "Why?"], "the first turn is the lead"),
        ("Why?", ["Why?", "We met.", "Why?"], "only the beginning counts as a repetition"),
    ],
)
def test_the_summary_is_the_first_turn_unless_it_is_repeated(summary: str, expected: list[str], why: str) -> None:
    text, turns = lay_out([Said("Ada Lorne", "We met."), Said("Q", "Why?")], summary=summary)
    assert [turn.span.of(text) for turn in turns] == expected, why
    if len(expected) == 3:
        assert (turns[0].speaker, turns[0].kind) == ("", "narration")


def test_a_summary_alone_is_a_text() -> None:
    text, turns = lay_out([], summary="Ada Lorne met sailors.")
    assert (text, len(turns)) == ("Ada Lorne met sailors.", 1)


def test_nothing_said_is_no_text() -> None:
    assert lay_out([]) == ("", ())
    assert lay_out([Said("Ada Lorne", " \n")]) == ("", ())


@pytest.mark.parametrize(
    ("speakers", "expected", "why"),
    [
        ((), ("", "narration"), "the publisher speaks"),
        (("Ada Lorne",), ("Ada Lorne", "speech"), "one speaker says it all"),
        (("Ada Lorne", "Bram Ostrey"), ("", "speech"), "one of them speaks, nobody knows who"),
    ],
)
def test_a_text_without_turns_is_said_by_its_only_speaker(
    speakers: tuple[str, ...], expected: tuple[str, str], why: str
) -> None:
    (turn,) = lay_out(whole("One.\n\nTwo.", speakers, kind="speech"))[1]
    assert (turn.speaker, turn.kind) == expected, why


def test_the_paragraphs_of_an_excerpt_stand_alone() -> None:
    text, turns = lay_out(whole("One.\n\nTwo.\n \nThree\nlines.\n\n\n", ("Ada Lorne",), kind="excerpt"))
    assert [turn.span.of(text) for turn in turns] == ["One.", "Two.", "Three\nlines."]
    assert {turn.speaker for turn in turns} == {"Ada Lorne"}
