"""Date words, and the day that they certainly mean in an article of Saturday, 31 December 2016."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.extract.date_words import date_words
from checker.extract.tokens import tokenise
from corpus.types import PartialDate, Span

SATURDAY = PartialDate(2016, 12, 31)


def read(text: str, today: PartialDate | None = SATURDAY, *, inside: bool = False) -> tuple[str, str | None] | None:
    tokens = tokenise(text, (Span(0, len(text)),), ())
    found = date_words(tokens, 0, len(tokens.raw), today=today, inside=inside)
    return None if found is None else (tokens.span(*found.tokens).of(text), str(found.date) if found.date else None)


@pytest.mark.parametrize(
    ("text", "words", "date"),
    [
        ("on Saturday night that", "on Saturday night", "2016-12-31"),
        ("on Wednesday", "on Wednesday", "2016-12-28"),
        ("on Sunday", "on Sunday", "2016-12-25"),
        ("late Friday", "late Friday", "2016-12-30"),
        ("earlier on Thursday", "earlier on Thursday", "2016-12-29"),
        ("last Sunday", "last Sunday", "2016-12-25"),
        ("last Saturday", "last Saturday", "2016-12-24"),
        ("last Tuesday", "last Tuesday", None),
        ("this past Monday", "this past Monday", "2016-12-26"),
        ("next Tuesday", "next Tuesday", None),
        ("Today", "Today", "2016-12-31"),
        ("yesterday evening", "yesterday evening", "2016-12-30"),
        ("last night", "last night", "2016-12-30"),
        ("this morning", "this morning", "2016-12-31"),
        ("earlier in the day", "earlier in the day", None),
        ("last week", "last week", None),
        ("this week", "this week", None),
        ("later that day", "later that day", None),
        ("last month", "last month", "2016-11"),
        ("earlier this month", "earlier this month", "2016-12"),
        ("last year", "last year", "2015"),
        ("earlier this year", "earlier this year", "2016"),
        ("last summer", "last summer", None),
        ("on Dec. 29", "on Dec. 29", "2016-12-29"),
        ("on December 29th, 2014", "on December 29th, 2014", "2014-12-29"),
        ("on March 3", "on March 3", "2016-03-03"),
        ("29 December 2016", "29 December 2016", "2016-12-29"),
        ("on Tuesday, Dec. 27", "on Tuesday, Dec. 27", "2016-12-27"),
        ("on Tuesday, Dec. 28", "on Tuesday, Dec. 28", None),
        ("on June 31", "on June 31", None),
        ("in March 2015", "in March 2015", "2015-03"),
        ("in October", "in October", "2016-10"),
        ("in December", "in December", None),
        ("in late May", "in late May", "2016-05"),
        ("in 2014", "in 2014", "2014"),
        ("back in 1988", "back in 1988", "1988"),
        ("in 2018", "in 2018", None),
        ("three days ago", "three days ago", None),
        ("just a few months ago", "just a few months ago", None),
        ("в субботу", "в субботу", "2016-12-31"),
        ("29 декабря", "29 декабря", "2016-12-29"),
        ("вчера вечером", "вчера вечером", "2016-12-30"),
        ("в 2014 году", "в 2014 году", "2014"),
    ],
)
def test_words_mean_a_day_or_stay_without_one(text: str, words: str, date: str | None) -> None:
    assert read(text) == (words, date)


@pytest.mark.parametrize(
    "text",
    ["may", "march on", "May", "in May’s office", "sat", "Monday’s vote", "in 2014 dollars", "second", "2014",
     "the last year of his life", "in the day"],
)  # fmt: skip
def test_other_words_are_no_date(text: str) -> None:
    assert read(text) is None


def test_a_newspaper_s_name_is_no_day() -> None:
    text = "He told USA TODAY that"
    tokens = tokenise(text, (Span(0, len(text)),), ())
    assert date_words(tokens, 3, 5, today=SATURDAY) is None


@pytest.mark.parametrize(
    ("text", "date"), [("2014", "2014"), ("December", None), ("September", "2016-09"), ("Tuesday’s", "2016-12-27")]
)
def test_inside_a_noun_phrase_a_date_needs_no_preposition(text: str, date: str | None) -> None:
    found = read(text, inside=True)
    assert found == (text, date)


@pytest.mark.parametrize(
    ("text", "date"),
    [("on Tuesday", None), ("yesterday", None), ("last month", None), ("Dec. 29", None), ("in 2014", "2014"),
     ("on Dec. 29, 2014", "2014-12-29")],
)  # fmt: skip
def test_without_an_article_s_date_only_absolute_dates_resolve(text: str, date: str | None) -> None:
    found = read(text, None)
    assert found is not None and found[1] == date


def test_an_article_known_to_the_month_gives_no_day() -> None:
    assert read("on Tuesday", PartialDate(2016, 12)) == ("on Tuesday", None)
    assert read("last month", PartialDate(2016, 1)) == ("last month", "2015-12")


@given(
    words=st.lists(
        st.sampled_from("on in last this Tuesday Dec. February 29 30 31 2016 2015 year month , the night ago two".split()),
        min_size=1, max_size=6,
    ).map(" ".join),
    day=st.dates(),
)  # fmt: skip
def test_nothing_was_said_after_the_article(words: str, day: object) -> None:
    import datetime

    assert isinstance(day, datetime.date)
    found = read(words, PartialDate(day.year, day.month, day.day))
    if found is not None and found[1] is not None:
        assert found[1] <= day.isoformat()
