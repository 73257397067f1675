"""When and in what something was said: the words beside the cue, never those of the content."""

from __future__ import annotations

import pytest

from checker.claims import claim_of
from checker.extract import extract_attributions
from checker.types import Article, Attribution
from corpus.types import PartialDate

SATURDAY = PartialDate(2016, 12, 31)


def first(text: str, date: PartialDate | None = SATURDAY) -> Attribution:
    return extract_attributions(Article("a", text, date=date))[0]


@pytest.mark.parametrize(
    ("text", "words", "date"),
    [
        ("Ann Cole said on Wednesday that the plan was dead.", "on Wednesday", "2016-12-28"),
        ("Ann Cole said Wednesday she would stay.", "Wednesday", "2016-12-28"),
        ("Ann Cole on Wednesday said the plan was dead.", "on Wednesday", "2016-12-28"),
        ("On Wednesday, Ann Cole said the plan was dead.", "On Wednesday", "2016-12-28"),
        ("On Saturday night in Ohio, Ann Cole said the plan was dead.", "On Saturday night", "2016-12-31"),
        ("But in 2014, Ann Cole told reporters that the plan was dead.", "in 2014", "2014"),
        ("“It is dead,” Ann Cole said in a statement on Thursday.", "on Thursday", "2016-12-29"),
        ("“It is dead,” said Ann Cole, the mayor, at a rally on Friday.", "on Friday", "2016-12-30"),
        ("“It is dead,” Ann Cole told supporters in Cedar Rapids, Iowa, on Monday.", "on Monday", "2016-12-26"),
        ("“It is dead,” Ann Cole said in a Tuesday interview.", "Tuesday", "2016-12-27"),
        ("In a 2014 interview with the Post, Ann Cole said the plan was dead.", "2014", "2014"),
        ("“It is dead,” she said at Thursday’s news conference.", "Thursday’s", "2016-12-29"),
        ("Speaking to reporters on Tuesday, Ann Cole said the plan was dead.", "on Tuesday", "2016-12-27"),
        ("Ann Cole, speaking on Tuesday at a rally, said the plan was dead.", "on Tuesday", "2016-12-27"),
        ("According to a memo released Friday by the council, the plan was dead.", "Friday", "2016-12-30"),
        ("The council issued a statement on Friday saying the plan was dead.", "on Friday", "2016-12-30"),
        ("Bo Cole, in a statement released by the campaign on Thursday, said he was sorry.", "on Thursday", "2016-12-29"),
        ("In an interview with Bo Reed that aired Sunday, Ann Cole said the plan was dead.", "Sunday", "2016-12-25"),
        ("“It is dead,” Ann Cole wrote on Twitter on Dec. 29.", "on Dec. 29", "2016-12-29"),
        ("Ann Cole told Army Radio last week that the plan was dead.", "last week", None),
        ("Earlier in the day, Ann Cole said that the plan was dead.", "Earlier in the day", None),
        ("Министр Анна Колева заявила в субботу, что план мёртв.", "в субботу", "2016-12-31"),
    ],
)  # fmt: skip
def test_words_beside_the_cue_date_a_statement(text: str, words: str, date: str | None) -> None:
    found = first(text)
    assert found.date_words is not None and found.date_words.of(text) == words
    assert (str(found.said_on) if found.said_on else None) == date
    assert claim_of(found, Article("a", text, date=SATURDAY)).date == found.said_on


@pytest.mark.parametrize(
    "text",
    [
        "Ann Cole said the vote on Tuesday was a farce.",
        "Ann Cole said Tuesday’s vote was a farce.",
        "Ann Cole said after the vote on Tuesday that the plan was dead.",
        "Ann Cole said of the attack on Tuesday that it was a crime.",
        "In 2014, Ann Cole said, the company lost all its money.",
        "Ann Cole, who was elected in 2014, said the plan was dead.",
        "After the vote on Tuesday, Ann Cole said the plan was dead.",
        "Ann Cole criticised Bo Kerry’s speech on Wednesday.",
        "Ann Cole said that on Tuesday the plan had died.",
        "Ann Cole told USA TODAY that the plan was dead.",
        "“On Tuesday we won,” Ann Cole said.",
    ],
)
def test_words_that_date_something_else_are_left(text: str) -> None:
    found = first(text)
    assert found.date_words is None and found.said_on is None


def test_a_text_may_end_anywhere() -> None:
    text = "“It is dead,” Ann Cole told reporters last week in an interview with the New York Times on Monday evening, Dec. 27, 2016"
    for end in range(text.index(" reporters"), len(text) + 1):
        assert first(text[:end]).quote == "It is dead,"


@pytest.mark.parametrize(
    "text",
    [
        "Ann Cole will say on Tuesday that the plan is dead.",
        "On Monday, NRG on Thursday quoted the ministry as saying that the plan was dead.",
        "On Monday, Ann Cole said on Tuesday that the plan was dead.",
    ],
)
def test_a_day_that_is_not_certain_is_not_claimed(text: str) -> None:
    assert first(text).said_on is None


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("The Kremlin, in its brief read-out of the phone call, said it was initiated by Israel.",
         "in its brief read-out of the phone call"),
        ("Ann Cole told Army Radio last week that the plan was dead.", "Army Radio"),
        ("“It is dead,” Ann Cole told the New York Times.", "the New York Times"),
        ("“It is dead,” Ann Cole told NBC’s “Meet the Press.”", "NBC’s “Meet the Press.”"),
        ("“It is dead,” Ann Cole told reporters in Ohio.", "reporters"),
        ("Ann Cole said in an interview with Bo Reed that the plan was dead.", "in an interview with Bo Reed"),
        ("“It is dead,” Ann Cole said on Twitter.", "on Twitter"),
        ("“It is dead,” Ann Cole said at a news conference in Geneva.", "at a news conference in Geneva"),
        ("“It is dead,” Ann Cole wrote in a series of tweets.", "in a series of tweets"),
        ("In a letter to Congress, Ann Cole said the plan was dead.", "In a letter to Congress"),
        ("“It is dead,” the statement said.", "the statement"),
        ("The council issued a statement on Friday saying the plan was dead.", "a statement"),
    ],
)  # fmt: skip
def test_the_channel_is_found_beside_the_cue(text: str, channel: str) -> None:
    found = first(text)
    assert found.channel is not None and found.channel.of(text) == channel


@pytest.mark.parametrize(
    "text",
    [
        "Ann Cole told her brother that the plan was dead.",
        "Ann Cole said the statement on Twitter was a lie.",
        "“It is dead,” the conference speaker said.",
        "The Washington Post said the plan was dead.",
    ],
)
def test_other_words_are_no_channel(text: str) -> None:
    assert first(text).channel is None


@pytest.mark.parametrize(
    ("text", "words", "date"),
    [
        ("The council issued a statement on Friday. “It is dead,” the statement said.", "on Friday", "2016-12-30"),
        ("On Friday, the council released a read-out. In its read-out, the council said the plan was dead.",
         "On Friday", "2016-12-30"),
        ("The council on Friday published a letter.\n\nThe letter said that the plan was dead.", "on Friday", "2016-12-30"),
        ("Bo Cole posted a Thursday statement. The statement said that the plan was dead.", "Thursday", "2016-12-29"),
    ],
)  # fmt: skip
def test_a_document_s_date_may_stand_one_sentence_earlier(text: str, words: str, date: str) -> None:
    found = first(text)
    assert found.date_words is not None and found.date_words.of(text) == words
    assert str(found.said_on) == date


@pytest.mark.parametrize(
    "text",
    [
        "The council issued a statement on Friday. A new statement said the plan was dead.",
        "The council issued a statement on Friday. The letter said the plan was dead.",
        "The council met on Friday. The statement said the plan was dead.",
        "The council issued a statement about the vote on Friday. The statement said the plan was dead.",
        "On Monday, the council issued a statement on Friday. The statement said the plan was dead.",
    ],
)
def test_another_date_one_sentence_earlier_is_left(text: str) -> None:
    assert first(text).said_on is None


def test_what_goes_on_shares_the_occasion() -> None:
    text = "Ann Cole said in a statement on Friday that the plan was dead, adding that “nobody” would mourn it."
    found = extract_attributions(Article("a", text, date=SATURDAY))
    assert [str(each.said_on) for each in found] == ["2016-12-30", "2016-12-30"]


def test_the_date_at_an_article_s_head_counts() -> None:
    text = "A headline\n\nDecember 31, 2016 21:36\n\nAnn Cole said on Thursday that the plan was dead."
    assert str(first(text, None).said_on) == "2016-12-29"


def test_without_a_date_the_words_are_kept() -> None:
    found = first("Ann Cole said on Thursday that the plan was dead.", None)
    assert found.said_on is None and found.date_words is not None
