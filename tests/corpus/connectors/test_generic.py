"""Feeds, sitemaps, tables and list pages as they are found in the wild, and what only looks like one."""

from __future__ import annotations

import gzip
import json
from datetime import date

import pytest

from corpus.connectors.connector import Entry, Page, Window
from corpus.connectors.generic import RecipeConnector
from corpus.connectors.generic.days import day_of
from corpus.connectors.recipe import Dates, read_recipe
from corpus.errors import MarkupMoved, RecordError
from corpus.types import Document

AT = "https://marlo.example"


def source(lists: str, more: str = "") -> RecipeConnector:
    head = 'name = "marlo"\ntitle = "Marlo"\nfacts = "invented"\n[documents]\npublisher = "Marlo"\nlanguage = "en"\n'
    return RecipeConnector(read_recipe(f"{head}[list]\n{lists}\n{more}", name="marlo.toml"))


def page(text: str | bytes, url: str = f"{AT}/list", suffix: str = ".html") -> Page:
    return Page(url, text if isinstance(text, bytes) else text.encode(), suffix)


def read(text: str, more: str, **entry: object) -> Document:
    connector = source('start = "https://marlo.example"\nentry = "li"\nlink = "a@href"', more)
    return connector.document(page(text, f"{AT}/1"), entry=Entry("marlo-1", f"{AT}/1", **entry))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "dates", "language", "day"),
    [
        ("2031-06-03", Dates(), None, "2031-06-03"),
        ("2031-06-03T23:30:00-04:00", Dates(), None, "2031-06-03"),
        ("Tue, 03 Jun 2031 23:30:00 +0300", Dates(), None, "2031-06-03"),
        ("3 June 2031", Dates(), None, "2031-06-03"),
        ("June 3, 2031", Dates(), None, "2031-06-03"),
        ("3 июня 2031 года, 10:10", Dates(), None, "2031-06-03"),
        ("03.06.2031", Dates(), None, "2031-06-03"),
        ("03/06/2031", Dates(), None, None),
        ("03/06/2031", Dates(order="DMY"), None, "2031-06-03"),
        ("03/06/2031 10:00", Dates(order="MDY"), None, "2031-03-06"),
        ("2031/06/03", Dates(order="YMD"), None, "2031-06-03"),
        ("3. Juni 2031", Dates(), "de", "2031-06-03"),
        ("3 juin 2031", Dates(language="fr"), "en", "2031-06-03"),
        ("Jun 03 31", Dates(formats=("%b %d %y",)), None, "2031-06-03"),
        ("3 June 2031", Dates(formats=("%d.%m.%Y",)), None, None),
        ("yesterday", Dates(), "en", None),
        ("31 June 2031", Dates(), "en", None),
        ("", Dates(), None, None),
    ],
)
def test_days_are_read_as_they_are_written_or_not_at_all(
    written: str, dates: Dates, language: str | None, day: str | None
) -> None:
    assert day_of(written, dates, language=language) == (date.fromisoformat(day) if day else None)


SITEMAP = source('type = "sitemap"\nstart = "https://marlo.example/sitemap.xml"\nallow = "/news/"\ndeny = "/photos"')
URLS = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    "<url><loc>https://marlo.example/news/1</loc><lastmod>2031-06-01</lastmod></url>"
    "<url><loc>https://marlo.example/news/2</loc><lastmod>2031-06-03</lastmod></url>"
    "<url><loc>https://marlo.example/news/2/photos</loc></url><url><loc>https://marlo.example/about</loc></url></urlset>"
)


@pytest.mark.parametrize("raw", [URLS.encode(), gzip.compress(URLS.encode())])
def test_a_sitemap_names_its_pages_last_changed_first(raw: bytes) -> None:
    found = SITEMAP.listing(page(raw, suffix=".xml"))
    assert [(each.url[-1], each.updated) for each in found.entries] == [("2", "2031-06-03"), ("1", "2031-06-01")]


@pytest.mark.parametrize(
    "raw",
    [
        b"<html><body>Not here</body></html>",
        b"<urlset><url>",
        b"",
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><rss>&b;</rss>',
    ],
)
def test_what_is_no_sitemap_is_refused(raw: bytes) -> None:
    with pytest.raises(MarkupMoved):
        SITEMAP.listing(page(raw, suffix=".xml"))


def test_no_entity_of_a_sitemap_is_read() -> None:
    raw = b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]><urlset><url><loc>https://marlo.example/news/&f;</loc></url></urlset>'
    assert [each.url for each in SITEMAP.listing(page(raw, suffix=".xml")).entries] in ([], [f"{AT}/news/"])


def test_a_packed_list_that_is_broken_or_endless_is_refused() -> None:
    packed = gzip.compress(URLS.encode())
    for raw in (packed[:-20], gzip.compress(b"\x00" * 70_000_000)):
        with pytest.raises(RecordError, match="breaks off"):
            SITEMAP.listing(page(raw, suffix=".gz"))


RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Marlo</title><item><title>Ferries</title>
<link>/news/7</link><pubDate>Tue, 03 Jun 2031 23:30:00 -0400</pubDate><description>&lt;p&gt;MS. LORNE: It leaves.&lt;/p&gt;
&lt;p&gt;Q: When?&lt;/p&gt;</description></item><item><title>No link</title></item></channel></rss>"""


def test_an_rss_feed_gives_days_of_its_own_time_zone_and_says_what_has_no_link() -> None:
    found = source('type = "feed"\nstart = "https://marlo.example/feed"').listing(page(RSS, f"{AT}/feed", ".xml"))
    assert [(each.url, each.published, each.title) for each in found.entries] == [
        (f"{AT}/news/7", date(2031, 6, 3), "Ferries")
    ]
    assert len(found.problems) == 1


def test_a_feed_can_hold_transcripts() -> None:
    whole = source('type = "feed"\nstart = "https://marlo.example/feed"\ntext = "list"')
    (entry,) = whole.listing(page(RSS, f"{AT}/feed", ".xml")).entries
    assert entry.document is not None
    assert [turn.speaker for turn in entry.document.turns] == ["MS. LORNE", "Q"]
    assert entry.updated  # a hash of its words, since the feed has no time of change
    (edited,) = whole.listing(page(RSS.replace("leaves", "stays"), f"{AT}/feed", ".xml")).entries
    assert edited.updated != entry.updated


@pytest.mark.parametrize("raw", ["", "<html><body>Feed moved</body></html>", '{"items": []}'])
def test_what_is_no_feed_is_refused(raw: str) -> None:
    with pytest.raises(MarkupMoved):
        source('type = "feed"\nstart = "https://marlo.example/feed"').listing(page(raw, f"{AT}/feed", ".xml"))


LIST = 'start = "https://marlo.example/list"\ncontainer = "ul"\nentry = "li"\nlink = "a@href"\n'


def test_pages_that_no_link_leads_to_are_numbered() -> None:
    numbered = source(LIST + 'pages = "https://marlo.example/list?page={page}&sort=new"')
    item = "<ul><li><a href='/news/1'>x</a></li></ul>"
    first = numbered.listing(page(item))
    assert first.next == f"{AT}/list?page=2&sort=new"
    assert numbered.listing(page(item, first.next)).next == f"{AT}/list?page=3&sort=new"
    assert numbered.listing(page("<ul></ul>", f"{AT}/list?page=9&sort=new")) == numbered.listing(page("<ul></ul>"))
    assert numbered.listing(page("<ul></ul>")).next is None


def test_addresses_hold_the_days_that_are_asked_for() -> None:
    dated = source(LIST.replace("/list", "/list?from={since:%d-%m-%Y}&to={until:%d.%m.%y}"))
    assert dated.starts(Window(date(2031, 6, 1), date(2031, 6, 30))) == (f"{AT}/list?from=01-06-2031&to=30.06.31",)
    assert dated.starts(Window())[0].startswith(f"{AT}/list?from=01-01-1990&to=")


def test_ids_are_made_of_the_address_and_stay_apart() -> None:
    links = [
        "/news/Ferry_fares?a=1",
        "/news/Ferry_fares?a=2",
        "https://other.example/news/1",
        "/news/1#part",
        "mailto:x",
    ]
    rows = "".join(f'<li><a href="{link}">x</a></li>' for link in links)
    found = source(LIST).listing(page(f"<ul>{rows}</ul>"))
    assert len({each.id for each in found.entries}) == len(found.entries) == 4
    assert all(each.id.startswith("marlo-news-") for each in found.entries)
    assert found.problems == (f"{AT}/list: entry 5 has no link",)


PAGE = '[page]\nbody = "div.text"\n'


def test_whoever_is_named_in_an_element_speaks_from_there_on() -> None:
    text = (
        '<html lang="en"><h1>T</h1><div class="text"><p>The council met.</p><h4 class="who">Ada Lorne:</h4><p>It leaves at noon.</p>'
        '<p>It comes back.</p><p><b class="who">Bram Ostrey</b>: I agree.</p></div></html>'
    )
    found = read(text, PAGE + 'title = "h1"\nspeaker = ".who"')
    said = [(turn.speaker, turn.span.of(found.text)) for turn in found.turns]
    assert said == [
        ("", "The council met."),
        ("Ada Lorne", "It leaves at noon.\n\nIt comes back."),
        ("Bram Ostrey", "I agree."),
    ]
    assert found.printed.startswith("The council met.\n\nAda Lorne: It leaves")


def test_who_speaks_on_the_whole_page_may_stand_beside_it() -> None:
    text = '<html lang="en"><h1>T</h1><i class="by">Ada Lorne</i><p class="lead">She spoke.</p><div class="text">It leaves.</div></html>'
    found = read(text, PAGE + 'title = "h1"\nspeakers = ".by"\nlead = ".lead"')
    assert [(turn.speaker, turn.kind) for turn in found.turns] == [("", "narration"), ("Ada Lorne", "speech")]
    assert found.speakers == ("Ada Lorne",)


@pytest.mark.parametrize(
    ("more", "title", "kind"),
    [
        ('[documents.kinds]\n"(?i)briefing" = "briefing"\n', "Press Briefing by the harbour", "briefing"),
        ('[documents.kinds]\n"(?i)briefing" = "briefing"\n', "On ferries", "statement"),
        ('[documents.kinds]\n"(?i)^transcript:" = "transcript"\n', "Transcript: on ferries", "transcript"),
        ('[documents.kinds]\n"(?i)^transcript:" = "transcript"\n', "No transcript: on ferries", "statement"),
        ("", "On ferries", "statement"),
    ],
)
def test_kinds_are_told_by_the_title(more: str, title: str, kind: str) -> None:
    text = f'<html lang="en"><h1>{title}</h1><div class="text">It leaves at noon.</div></html>'
    assert read(text, PAGE + 'title = "h1"\n' + more).kind == kind


def test_a_page_may_be_a_pdf_or_a_text_too() -> None:
    connector = source(LIST)
    entry = Entry("marlo-1", f"{AT}/1.txt", date(2031, 6, 3), title="Ferries")
    found = connector.document(Page(entry.url, b"The ferry leaves at noon from the old harbour.", ".txt"), entry=entry)
    assert (found.id, str(found.date), found.url, found.publisher) == ("marlo-1", "2031-06-03", f"{AT}/1.txt", "Marlo")


def test_records_keep_their_turns_and_what_else_they_say() -> None:
    rows = [
        {"id": 7, "date": "2031-06-03", "turns": [{"speaker": "Ada Lorne", "text": "It leaves."}], "room": "2"},
        {"id": 8, "date": "2031-06-03", "text": ""},
        "nothing",
    ]
    raw = "\n".join(json.dumps(row) for row in rows)
    table = source('type = "records"\nstart = "https://marlo.example/t.jsonl"')
    found = table.listing(page(raw, f"{AT}/t.jsonl", ".jsonl"))
    (entry,) = found.entries
    assert entry.document is not None
    assert (entry.id, entry.document.turns[0].speaker, entry.document.metadata["room"]) == ("marlo-7", "Ada Lorne", "2")
    assert len(found.problems) == 2


def feed_page(head: str, body: str) -> Document:
    """A page behind an entry of a feed, of which the recipe says nothing."""
    text = f"<html lang='en'><head><title>A ferry | Marlo</title></head><body><main><article><h1>A ferry for the isles</h1>{head}{body}</article></main></body></html>"
    entry = Entry("marlo-1", f"{AT}/1", date(2031, 6, 3), title="A ferry for the isles")
    return source('type = "feed"\nstart = "https://marlo.example/feed"').document(page(text, entry.url), entry=entry)


LEAD = "<p>The ferry to the northern isles leaves the harbour of Marlo at noon and comes back in the evening, the office said.</p>"
TALK = "<p>MS. LORNE: The ferry leaves at noon, and it comes back in the evening.</p><p>Q: Will it stay so all the winter?</p><p>MS. LORNE: It will, I told the harbour council of it.</p>"


@pytest.mark.parametrize(
    ("head", "begins"),
    [
        ("", "The ferry to the northern isles"),
        ("<p>3 June 2031</p>", "The ferry to the northern isles"),
        ("<p><span>3 Jun 2031</span> <span>Port Ailsen</span></p>", "The ferry to the northern isles"),
        ("<p>Tuesday, June 3, 2031, 14:30</p>", "The ferry to the northern isles"),
        ("<p>4 June 2031</p>", "4 June 2031"),  # another day may be told of
        ("<p>On 3 June 2031 the ferry was blessed.</p>", "On 3 June 2031 the ferry was blessed."),
        ("<p>A ferry for the isles and for the mainland</p>", "A ferry for the isles and for the mainland"),
    ],
)
def test_a_headline_and_a_day_above_a_text_are_no_words_of_it(head: str, begins: str) -> None:
    found = feed_page(head, LEAD * 3)
    assert found.text.startswith(begins)
    assert found.text.endswith("the office said.")
    assert [turn.span.of(found.text) for turn in found.turns] == [found.text]


def test_a_headline_above_a_transcript_is_no_turn() -> None:
    found = feed_page("<p>3 June 2031, Marlo</p>", TALK)
    assert [turn.speaker for turn in found.turns] == ["MS. LORNE", "Q", "MS. LORNE"]
    assert "".join(turn.span.of(found.text) for turn in found.turns).startswith("The ferry leaves at noon")


def test_a_page_that_is_only_a_headline_keeps_it() -> None:
    assert feed_page("", "<p>3 June 2031</p>").text
