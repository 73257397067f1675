"""The publishers' own connectors read a month of invented pages as they were written, and refuse what is built otherwise."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.sites import Site, kremlin_site, mid_site, president_ua_site, whitehouse_site
from corpus.connectors.connector import Connector, Entry, Page, Window
from corpus.connectors.kit import Promise, Sample, problems
from corpus.connectors.kremlin import Kremlin
from corpus.connectors.mid import Mid
from corpus.connectors.president_ua import PresidentUa
from corpus.connectors.registry import OWN
from corpus.connectors.registry import connector as named
from corpus.connectors.whitehouse import WhiteHouse
from corpus.errors import MarkupMoved, RecordError
from corpus.store import Corpus
from corpus.types import Document

SITES: dict[str, Callable[..., Site]] = {
    "kremlin": kremlin_site,
    "mid": mid_site,
    "president-ua": president_ua_site,
    "whitehouse": whitehouse_site,
}
CONNECTORS: tuple[tuple[str, Connector, str], ...] = (
    ("kremlin", Kremlin("en"), "en"),
    ("kremlin", Kremlin("ru"), "ru"),
    ("mid", Mid("en"), "en"),
    ("mid", Mid("ru"), "ru"),
    ("president-ua", PresidentUa("en"), "en"),
    ("president-ua", PresidentUa("uk"), "uk"),
    ("whitehouse", WhiteHouse(), "en"),
)
EVERY = pytest.mark.parametrize(("site", "connector", "language"), CONNECTORS, ids=lambda each: str(each)[:24])

ALWAYS = Window()


def fetched(site: Site, url: str) -> Page:
    answer = site.answer(url)
    assert answer.status == 200, url
    return Page(url, answer.body, ".html", "utf-8")


def entries(site: Site, connector: Connector, window: Window = ALWAYS) -> dict[str, Entry]:
    """Every entry of every list, all pages of it."""
    found: dict[str, Entry] = {}
    for start in connector.starts(window):
        url: str | None = start
        while url:
            listing = connector.listing(fetched(site, url))
            found |= {entry.id: entry for entry in reversed(listing.entries)}
            url = listing.next
    return found


def documents(site: Site, connector: Connector) -> dict[str, Document]:
    return {
        id: connector.document(fetched(site, entry.url), entry=entry) for id, entry in entries(site, connector).items()
    }


def said(document: Document) -> tuple[tuple[str, str, str], ...]:
    return tuple((turn.speaker, turn.kind, turn.span.of(document.text)) for turn in document.turns)


@EVERY
def test_a_month_of_pages_is_read_as_it_was_written(site: str, connector: Connector, language: str) -> None:
    served = SITES[site]()
    expected = {id: each for id, each in served.expected.items() if each.language == language}
    read = documents(served, connector)
    assert read.keys() == expected.keys()
    assert len({each.date for each in expected.values()}) >= 20
    for id, each in expected.items():
        document = read[id]
        assert said(document) == each.turns
        assert (document.id, document.url, document.title, str(document.date), document.language, document.kind) == (
            id, each.url, each.title, each.date, language, each.kind,
        )  # fmt: skip
        assert document.translation == each.translation
        assert each.metadata.items() <= document.metadata.items()
        labels = [turn[0] for turn in each.turns if turn[0] and turn[1] != "question"]
        assert document.speakers == tuple(dict.fromkeys(labels))


@pytest.mark.parametrize(("site", "count"), [("kremlin", 60), ("mid", 60), ("president-ua", 60), ("whitehouse", 60)])
def test_a_site_serves_a_month_and_always_the_same(site: str, count: int) -> None:
    served = SITES[site]()
    assert len(served.items) >= count and len({item.day for item in served.items}) >= 31
    assert served.expected == SITES[site]().expected


@pytest.mark.parametrize(
    ("site", "connectors"),
    [("kremlin", (Kremlin("en"), Kremlin("ru"))), ("mid", (Mid("en"), Mid("ru"))),
     ("president-ua", (PresidentUa("en"), PresidentUa("uk")))],
    ids=["kremlin", "mid", "president-ua"],
)  # fmt: skip
def test_the_languages_of_a_page_are_paired(corpus: Corpus, site: str, connectors: tuple[Connector, ...]) -> None:
    served = SITES[site](days=9)
    for connector in connectors:
        list(corpus.add(documents(served, connector).values()))
    paired = {"translation", "original"}
    for id, each in served.expected.items():
        found = {related.id: related.relation for related in corpus.relatives(id) if related.relation in paired}
        assert found == ({each.twin: "original" if each.translation else "translation"} if each.twin else {}), id


@EVERY
def test_a_site_that_was_rebuilt_is_not_read(site: str, connector: Connector, language: str) -> None:
    served = SITES[site](days=3)
    rebuilt = replace(served, condition="rebuilt")
    start = connector.starts(ALWAYS)[0]
    with pytest.raises(MarkupMoved, match="was looked for"):
        connector.listing(fetched(rebuilt, start))
    entry = next(iter(entries(served, connector).values()))
    with pytest.raises(MarkupMoved, match="was looked for"):
        connector.document(fetched(rebuilt, entry.url), entry=entry)


@EVERY
def test_a_check_for_robots_is_no_document(site: str, connector: Connector, language: str) -> None:
    served = SITES[site](days=3)
    checking = replace(served, condition="checking for robots")
    entry = next(iter(entries(served, connector).values()))
    with pytest.raises(MarkupMoved):
        connector.listing(fetched(checking, connector.starts(ALWAYS)[0]))
    with pytest.raises(MarkupMoved):
        connector.document(fetched(checking, entry.url), entry=entry)


@EVERY
def test_an_edit_changes_the_words_and_nothing_else(site: str, connector: Connector, language: str) -> None:
    served = SITES[site](days=9)
    number = next(item.number for item in served.items if item.language == language)
    edited = served.edited(number)
    changed = {id for id, each in edited.expected.items() if each != served.expected[id] and each.language == language}
    before, after = documents(served, connector), documents(edited, connector)
    assert {id for id in after if after[id].text != before[id].text} == changed != set()
    assert {id: entry.url for id, entry in entries(edited, connector).items()} == {
        id: entry.url for id, entry in entries(served, connector).items()
    }


@pytest.mark.parametrize(
    ("site", "connector", "later"),
    [("kremlin", Kremlin("ru"), range(1, 20)), ("president-ua", PresidentUa("uk"), range(1))],
)
def test_a_window_in_the_past_does_not_begin_with_today(site: str, connector: Connector, later: range) -> None:
    """One site's lists begin at a day with some that are later, the other's at the very page."""
    served = SITES[site]()
    last = datetime.date(2025, 10, 14)
    start, *_ = connector.starts(Window(datetime.date(2025, 10, 12), last))
    listed = connector.listing(fetched(served, start)).entries
    assert sum(1 for each in listed if each.published and each.published > last) in later
    assert any(each.published == last for each in listed)


def test_the_lists_of_the_kremlin_say_which_page_changed_when_a_day_is_over() -> None:
    served = kremlin_site()
    newest = max(item.day for item in served.items)
    number = next(item.number for item in served.items if item.day == newest - datetime.timedelta(days=5))
    before, after = entries(served, Kremlin("ru")), entries(served.edited(number), Kremlin("ru"))
    id = f"kremlin-ru-{number}"
    assert before[id].updated and before[id].updated != after[id].updated
    assert before[f"kremlin-ru-{served.items[-1].number}"].updated == "", "the day may bring another change"


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_feed_of_the_kremlin_holds_the_same_documents_as_its_pages(language: str) -> None:
    served = kremlin_site()
    found = entries(served, Kremlin(language, feed=True))
    expected = {id: each for id, each in served.expected.items() if each.language == language}
    assert found.keys() == expected.keys()
    for id, each in expected.items():
        document = found[id].document
        assert document is not None and said(document) == each.turns
        assert (document.url, document.kind, str(document.date), document.translation) == (
            each.url, each.kind, each.date, each.translation,
        )  # fmt: skip
    number = next(item.number for item in served.items if item.language == language)
    changed = entries(served.edited(number), Kremlin(language, feed=True))
    assert {id for id in found if found[id].updated != changed[id].updated} == {f"kremlin-{language}-{number}"}


def test_every_connector_of_ours_is_known_by_its_name() -> None:
    assert {name: named(name).name for name in OWN} == {name: name for name in OWN}
    assert {each.name for _, each, _ in CONNECTORS} <= OWN.keys()


PLAIN = """<div class="lister-page"><div class="hentry"><h3 class="hentry__title"><a rel="bookmark"
href="/events/president/news/copy/7"><span class="entry-title">Seven</span></a></h3>
<time class="published" datetime="2031-04-15">April 15</time></div></div>"""


def test_the_plain_texts_that_robots_txt_forbids_are_never_asked_for() -> None:
    assert Kremlin("en").listing(Page("http://en.kremlin.ru/events/president/news", PLAIN.encode())).entries == ()
    for connector in (Kremlin("en"), Kremlin("ru")):
        for url in [*connector.starts(ALWAYS), *(each.url for each in entries(kremlin_site(), connector).values())]:
            assert "/copy" not in url and "/search" not in url


@pytest.mark.parametrize(
    ("label", "speaker"),
    [
        ("<b>Ada Lorne:</b>", "Ada Lorne"),
        ("<b>Ada Lorne</b>:", "Ada Lorne"),
        ("<b>Ada Lorne: </b>", "Ada Lorne"),
        ('<b>President of Marlo <a href="/p">Ada Lorne<span class="read__tooltip">A life</span></a></b>:',
         "President of Marlo Ada Lorne"),
        ("<b>Ada Lorne </b><i>(retranslated)</i>:", "Ada Lorne (retranslated)"),
        ("<strong>А.Лорн:</strong>", "А.Лорн"),
        ("<b>А.Лорн</b> <i>(как переведено)</i>:", "А.Лорн (как переведено)"),
        ("<b>Реплика:</b>", "Реплика"),
    ],
)  # fmt: skip
def test_a_speaker_is_named_as_the_kremlin_prints_it(label: str, speaker: str) -> None:
    html = f"""<html><head><link rel="canonical" href="http://en.kremlin.ru/events/president/news/7"></head><body>
    <h1 class="entry-title">Meeting in Tarn</h1><div class="read__internal_content"><p>{label} The quay opens.</p>
    <p>It is ours.</p><p><b>Bram Ostrey:</b> Thank you.</p><p>{label} Good.</p></div></body></html>"""
    entry = Entry("kremlin-en-7", "http://en.kremlin.ru/events/president/news/7", datetime.date(2031, 4, 15))
    document = Kremlin("en").document(Page(entry.url, html.encode()), entry=entry)
    assert [turn[::2] for turn in said(document)] == [
        (speaker, "The quay opens.\n\nIt is ours."), ("Bram Ostrey", "Thank you."), (speaker, "Good."),
    ]  # fmt: skip
    assert str(document.date) == "2031-04-15", "the list's day, where the page has none"


@pytest.mark.parametrize(
    ("url", "id"),
    [
        ("https://mid.ru/en/foreign_policy/news/2049686/", "mid-en-2049686"),
        ("https://www.mid.ru/en/press_service/minister_speeches/2035561/", "mid-en-2035561"),
        ("https://archive.mid.ru/en/foreign_policy/news/-/asset_publisher/cKNonkJE02Bw/content/id/2717182",
         "mid-archive-en-2717182"),
        ("https://mid.ru/ru/foreign_policy/news/2049686/", None),
        ("https://mid.example/en/foreign_policy/news/2049686/", None),
        ("https://mid.ru/en/foreign_policy/news/", None),
        ("https://mid.ru/en/about/12/", None),
    ],
)  # fmt: skip
def test_a_page_of_the_ministry_has_one_id(url: str, id: str | None) -> None:
    assert Mid("en").id_of(url) == id


OLD = """<html><head><title>x</title></head><body>www.mid.ru<div class="page-content"><p class="anons-title">Statement by
the Foreign Ministry on the lighthouse of Tarn</p><div class="anons-status-line"><b class="doc-number">867-05-05-2018</b>
<i>7 May 2018 18:20</i></div><div class="anons-text"><p>The lamp is lit.</p></div></div></body></html>"""


def test_a_page_of_before_2021_is_read_and_its_register_number_is_a_second_date() -> None:
    url = "https://archive.mid.ru/en/foreign_policy/news/-/asset_publisher/cKNonkJE02Bw/content/id/7"
    document = Mid("en").document(Page(url, OLD.encode()), entry=Entry("mid-archive-en-7", url))
    assert (document.text, document.kind, str(document.date)) == ("The lamp is lit.", "statement", "2018-05-07")
    assert (document.metadata["register"], document.metadata["registered"]) == ("867-05-05-2018", "2018-05-05")
    undated = OLD.replace("<i>7 May 2018 18:20</i>", "")
    assert str(Mid("en").document(Page(url, undated.encode()), entry=Entry("m", url)).date) == "2018-05-05"


def test_a_translation_that_calls_itself_unofficial_is_none_of_the_ministrys() -> None:
    url = "https://mid.ru/en/foreign_policy/news/2000007/"
    html = OLD.replace("<p>The lamp", "<p>Unofficial translation from Russian</p><p>The lamp")
    assert Mid("en").document(Page(url, html.encode()), entry=Entry("m", url)).translation == "unofficial"


def test_an_empty_page_of_a_list_is_its_end_only_behind_the_first() -> None:
    empty = b"<html><body><div class='cat_list'></div></body></html>"
    connector = PresidentUa("en")
    assert connector.listing(Page("https://www.president.gov.ua/en/news/all?page=9", empty)).next is None
    with pytest.raises(MarkupMoved):
        connector.listing(Page("https://www.president.gov.ua/en/news/all?page=1", empty))


@cache
def _pool() -> list[tuple[Connector, Page, Entry]]:
    """A list and three pages of every connector."""
    pool = []
    for name, connector, _ in CONNECTORS:
        site = SITES[name](days=6)
        found = list(entries(site, connector).values())
        pool += [(connector, fetched(site, each.url), each) for each in found[:3]]
        pool.append((connector, fetched(site, connector.starts(ALWAYS)[0]), found[0]))
    return pool


@settings(max_examples=120)
@given(
    which=st.integers(0, 4 * len(CONNECTORS) - 1),
    cuts=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 400), st.binary(max_size=12)), max_size=6),
    end=st.floats(0, 1),
)
def test_a_mutilated_page_is_read_or_refused(
    which: int, cuts: list[tuple[float, int, bytes]], end: float
) -> None:  # fmt: skip
    connector, page, entry = _pool()[which]
    raw = page.raw
    for at, length, instead in cuts:
        start = int(at * len(raw))
        raw = raw[:start] + instead + raw[start + length :]
    broken = Page(page.url, raw[: int(end * len(raw))] if end < 0.9 else raw)
    for read in (lambda: connector.document(broken, entry=entry), lambda: connector.listing(broken)):
        try:
            found = read()
        except RecordError:
            continue
        if isinstance(found, Document):
            assert found.text and all(turn.span.of(found.text).strip() for turn in found.turns)


def _sample(site: Site, made: Connector, language: str) -> Sample:
    """Two pages of the first list, pages of every kind behind them, a page of the other language, and what they promise."""
    window = Window(datetime.date(2025, 10, 1), datetime.date(2025, 10, 31))
    first = fetched(site, made.starts(window)[0])
    later = made.listing(first).next
    lists = [first, fetched(site, later)] if later else [first]
    found = {each.id: each for page in lists for each in made.listing(page).entries}
    expected = {id: each for id, each in site.expected.items() if id in found}
    kinds = {each.kind: id for id, each in expected.items()}
    promises = {
        id: Promise(
            date=each.date, title=each.title, kind=each.kind, language=language,
            speakers=tuple(dict.fromkeys(speaker for speaker, _, _ in each.turns if speaker)),
            says=tuple((speaker, text) for speaker, _, text in each.turns),
            lacks=("photograph", "A life", "Topics", "Other news", "The Marlo House", "Contacts"),
        )
        for id in kinds.values() if (each := expected[id])
    }  # fmt: skip
    foreign = [each.url for each in site.expected.values() if each.language != language][:1]
    return Sample(
        tuple(lists), tuple(fetched(site, expected[id].url) for id in promises), promises,
        foreign=tuple(fetched(site, url) for url in foreign),
        window=window,
    )  # fmt: skip


@EVERY
def test_a_connector_conforms(site: str, connector: Connector, language: str) -> None:
    assert problems(connector, _sample(SITES[site](), connector, language)) == ()


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_feed_of_the_kremlin_conforms(language: str) -> None:
    made = Kremlin(language, feed=True)
    lists = [fetched(kremlin_site(), f"{start}{part}") for start in made.starts(ALWAYS)[:1] for part in ("", "/page/2")]
    feeds = tuple(replace(each, suffix=".xml") for each in lists)
    assert problems(made, Sample(feeds)) == ()
