"""Pages of known publishers are read by their layout, others by the general reader."""

from __future__ import annotations

from pathlib import Path

from corpus.read import read_file
from corpus.types import PartialDate

KREMLIN = """<!DOCTYPE html><html lang="en"><head><title>x</title>
<link rel="canonical" href="http://en.kremlin.ru/events/president/news/99999">
<link rel="alternate" hreflang="ru" href="http://kremlin.ru/events/president/news/99999"></head><body>
<article class="h-entry" id="event-99999"><h1 class="entry-title p-name">Meeting with sailors</h1>
<time class="read__published" datetime="2031-04-15">April 15</time>
<div class="read__lead entry-summary">The President of Marlo met sailors.</div>
<div class="entry-content read__internal_content" itemprop="articleBody">
<p><b>President of Marlo <a class="person_tag" href="#">Ada Lorne<span class="read__tooltip">Lorne AdaPresident of Marlo</span>
</a></b>: Colleagues, good afternoon,</p><p>We will build it.</p><figure><p>A photograph</p></figure>
<p><b>Bram Ostrey:</b> Thank you.</p><div class="read__bottommeta"><p>Topics: harbour</p></div></div></article></body></html>"""


def _saved(folder: Path, html: str) -> Path:
    path = folder / "page.html"
    path.write_text(html, encoding="utf-8")
    return path


def test_a_kremlin_page_gives_its_lead_turns_twin_and_licence(tmp_path: Path) -> None:
    document = read_file(_saved(tmp_path, KREMLIN))
    assert [(turn.speaker, turn.span.of(document.text)) for turn in document.turns] == [
        ("", "The President of Marlo met sailors."),
        ("President of Marlo Ada Lorne", "Colleagues, good afternoon,\n\nWe will build it."),
        ("Bram Ostrey", "Thank you."),
    ]
    assert (document.title, document.date, document.language) == (
        "Meeting with sailors",
        PartialDate(2031, 4, 15),
        "en",
    )
    assert document.url == "http://en.kremlin.ru/events/president/news/99999"
    assert document.metadata["alternate"] == {"ru": "http://kremlin.ru/events/president/news/99999"}
    assert document.licence is not None and "Attribution" in document.licence


def test_a_page_of_the_presidents_office_of_ukraine_gives_a_day_first_date(tmp_path: Path) -> None:
    html = """<html lang="uk"><head><link rel="canonical" href="https://www.president.gov.ua/en/news/marlo-9"></head>
    <body><h1>Marlo opens</h1><p class="date">5 April 2031 - 10:00</p>
    <div class="article_content"><p>The harbour opens in spring.</p><p>It is ours.</p></div></body></html>"""
    document = read_file(_saved(tmp_path, html))
    assert (document.text, document.date) == ("The harbour opens in spring.\n\nIt is ours.", PartialDate(2031, 4, 5))


def test_another_page_of_the_same_layout_is_not_theirs(tmp_path: Path) -> None:
    html = KREMLIN.replace("kremlin.ru", "marlo.example")
    assert read_file(_saved(tmp_path, html)).publisher != "President of Russia (kremlin.ru)"
