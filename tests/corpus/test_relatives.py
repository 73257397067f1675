"""What belongs together is found, and what only looks alike is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.read.records import document_of
from corpus.store import Corpus
from corpus.types import Document

MakeDocument = Callable[..., Document]


def sentences(first: int, last: int, subject: str = "quay") -> str:
    works = "mended painted measured swept opened closed sold rented raised lowered".split()
    return " ".join(
        f"On pier {n} of {subject} street our crew {works[n % 10]} the {n}th bollard for lot {n * n + 7}."
        for n in range(first, last)
    )


def related(corpus: Corpus, id: str) -> list[tuple[str, str]]:
    return [(each.relation, each.id) for each in corpus.relatives(id)]


def test_nearly_the_same_text_is_also_published_there(corpus: Corpus, make_document: MakeDocument) -> None:
    text = sentences(0, 40)
    list(corpus.add([
        make_document("m-1", text, date="2031-04-15"),
        make_document("m-2", text.replace("the 7th bollard", "the seventh bollard"), date="2031-04-16"),
        make_document("m-3", sentences(50, 90, "mole"), date="2031-04-15"),
        make_document("m-4", text, date="2031-04-15"),
    ]))  # fmt: skip
    assert related(corpus, "m-1") == [("also-at", "m-2")], "identical texts are known by their hash"
    assert related(corpus, "m-3") == []


def test_a_part_leads_to_the_whole_and_not_back(corpus: Corpus, make_document: MakeDocument) -> None:
    list(corpus.add([
        make_document("whole", sentences(0, 60), date="2031-04-15"),
        make_document("part", sentences(20, 30), date="2031-04-15"),
    ]))  # fmt: skip
    assert related(corpus, "part") == [("full-text", "whole")]
    assert related(corpus, "whole") == []


def test_a_short_notice_that_returns_every_year_is_another_one(corpus: Corpus, make_document: MakeDocument) -> None:
    notice = "The incomes of the President of Marlo and of the staff of her office have been published, as each year"
    list(corpus.add([
        make_document("m-1", f"{notice} in spring.", date="2030-04-12"),
        make_document("m-2", f"{notice} in April.", date="2031-04-15"),
    ]))  # fmt: skip
    assert related(corpus, "m-1") == []


def test_a_new_version_is_compared_and_the_old_one_is_not(corpus: Corpus, make_document: MakeDocument) -> None:
    list(corpus.add([make_document("m-1", sentences(0, 40)), make_document("m-2", sentences(0, 41))]))
    assert related(corpus, "m-1") == [("also-at", "m-2")]
    list(corpus.add([make_document("m-2", sentences(60, 100, "mole"))]))
    assert related(corpus, "m-1") == []


def page(id: str, language: str, url: str | None, date: str | None = "2031-04-15", **more: object) -> Document:
    text = {"en": "The harbour opens.", "ru": "Гавань открывается.", "uk": "Гавань відкривається."}[language]
    record = {"id": id, "language": language, "url": url, "date": date, "text": f"{text} {id}", **more}
    return document_of(record)


@pytest.mark.parametrize(
    ("one", "other", "relation", "why"),
    [
        (page("a", "en", "http://en.kremlin.ru/events/president/news/7"),
         page("b", "ru", "http://kremlin.ru/events/president/transcripts/7"), "original", "the number of a Kremlin page"),
        (page("a", "ru", "http://kremlin.ru/d/7"), page("b", "en", "http://en.kremlin.ru/events/president/news/7/print"),
         "translation", "a short address"),
        (page("a", "en", "https://www.president.gov.ua/en/news/marlo-7"),
         page("b", "uk", "https://www.president.gov.ua/news/marlo-7"), "original", "a language in the path"),
        (page("marlo-en-7", "en", None), page("marlo-ru-7", "ru", None), "other-language", "a language in the id"),
        (page("marlo-en-7", "en", None, translation="official"), page("marlo-ru-7", "ru", None), "original",
         "a record that calls itself a translation"),
        (page("a", "en", "https://marlo.example/en/7"), page("b", "ru", "https://marlo.example/ru/8"), None, "another page"),
        (page("marlo-en-7", "en", None), page("marlo-ru-7", "ru", None, date="2033-01-01"), None, "another day"),
        (page("marlo-en-7", "en", None), page("marlo-ru-7", "ru", None, date="2031"), "other-language", "a year only"),
        (page("a", "en", "https://marlo.example/"), page("b", "ru", "https://marlo.example/"), None, "a front page"),
        (page("m-7", "en", None, date="2031-04-17", register="7-15-04-2031"),
         page("m-8", "ru", None, register="7-15-04-2031"), "other-language", "a register number"),
        (page("marlo-en-7", "en", None, register="7-15-04-2031"),
         page("marlo-ru-7", "ru", None, register="8-15-04-2031"), None, "another register number"),
        (page("m-7", "en", None, date="2031-05-17", register="7-15-04-2031"),
         page("m-8", "ru", None, register="7-15-04-2031"), None, "a register number of another month"),
    ],
)  # fmt: skip
def test_languages_are_paired_by_what_a_publisher_keeps_equal(
    corpus: Corpus, one: Document, other: Document, relation: str | None, why: str
) -> None:
    list(corpus.add([one, other]))
    assert related(corpus, one.id) == ([(relation, other.id)] if relation else []), why


def test_records_of_one_list_are_no_translations(corpus: Corpus) -> None:
    url = "https://marlo.example/list"
    list(corpus.add([page(f"e{n}", "en", url) for n in range(4)] + [page(f"r{n}", "ru", url) for n in range(4)]))
    assert related(corpus, "e0") == []
