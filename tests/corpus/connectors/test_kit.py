"""The kit finds what is wrong with a connector, and nothing wrong with those that come with the program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pytest

from benchmarks.office import LIST, PAGE, Office, connector_of
from benchmarks.sites import Site, kremlin_site, mid_site, president_ua_site, whitehouse_site
from corpus.connectors.connector import Connector, Entry, Listing, Page, Window
from corpus.connectors.kit import Promise, Sample, problems
from corpus.connectors.kremlin import Kremlin
from corpus.connectors.mid import Mid
from corpus.connectors.president_ua import PresidentUa
from corpus.connectors.whitehouse import WhiteHouse
from corpus.types import Document

AT = "https://marlo.example"


def office() -> Office:
    made = Office()
    for number in range(1, 15):
        made.publish(number)
    return made


OFFICE = office()
FRENCH = (
    '<html lang="fr"><h1>Déclaration</h1><time class="day" datetime="2031-01-15"></time><div class="text"><p>Le bac quitte '
    "le port à midi et revient le soir, a dit la ministre devant le conseil du port de la ville.</p></div></html>"
)


def saved(path: str, text: str | None) -> Page:
    assert text is not None
    return Page(f"{AT}{path}", text.encode(), ".html", "utf-8")


SAMPLE = Sample(
    lists=(saved("/list", OFFICE.listed(1)), saved("/list?page=2", OFFICE.listed(2))),
    pages=tuple(saved(f"/news/{number}", OFFICE.statements[number].page) for number in (14, 3)),
    promises={
        "marlo-3": Promise(
            date=OFFICE.statements[3].day, title="Statement 3", kind="statement", language="en",
            speakers=("MS. LORNE", "Q"), says=(("Q", "Will it stay so?"), ("MS. LORNE", "The ferry number 3")),
            lacks=("Share this", "Menu"),
        )
    },
    foreign=(saved("/news/14", FRENCH),),
    window=Window(date(2031, 1, 1), date(2031, 1, 31)),
)  # fmt: skip
GOOD = connector_of(AT)


def test_a_recipe_that_fits_its_pages_conforms() -> None:
    assert problems(GOOD, SAMPLE) == ()


@dataclass
class Changed:
    """A connector that conforms, but for what is put in here."""

    name: str = "marlo"
    title: str = "Press office of Marlo (invented)"
    facts: str = "invented"
    changes: dict[str, Callable[..., Any]] = field(default_factory=dict)

    def starts(self, window: Window) -> tuple[str, ...]:
        found: tuple[str, ...] = self.changes.get("starts", GOOD.starts)(window)
        return found

    def listing(self, page: Page) -> Listing:
        found: Listing = self.changes.get("listing", GOOD.listing)(page)
        return found

    def document(self, page: Page, *, entry: Entry) -> Document:
        found: Document = self.changes.get("document", GOOD.document)(page, entry=entry)
        return found


def _listed(change: Callable[[Entry], Entry]) -> Callable[[Page], Listing]:
    def listing(page: Page) -> Listing:
        found = GOOD.listing(page)
        return replace(found, entries=tuple(change(each) for each in found.entries))

    return listing


def _read(change: Callable[[Document], Document]) -> Callable[..., Document]:
    return lambda page, *, entry: change(GOOD.document(page, entry=entry))


def _anything(page: Page, *, entry: Entry) -> Document:
    """Never notices that a page is none of the publisher's."""
    good = next(each for each in SAMPLE.pages if each.url == page.url)
    return GOOD.document(good, entry=entry)


def _lenient(page: Page) -> Listing:
    """Takes a rebuilt list for an empty one."""
    return GOOD.listing(page) if b'class="item"' in page.raw else Listing(())


class Refusing(Changed):
    """Says of an address that it lists that it does not take it, and fails on another."""

    def takes(self, url: str) -> bool:
        if url.endswith("/3"):
            raise KeyError(url)
        return not url.endswith("/14")


_calls = iter(range(10_000))

WRONG: dict[str, tuple[Connector, str]] = {
    "a name with a space": (Changed(name="Marlo news"), "name: 'Marlo news' must be"),
    "no facts": (Changed(facts=" "), "facts: it is empty"),
    "nowhere to begin": (Changed(changes={"starts": lambda window: ()}), "starts: there is none"),
    "a relative start": (Changed(changes={"starts": lambda window: ("/list",)}), "'/list' is no whole address"),
    "another start": (
        Changed(changes={"starts": lambda window: (f"{AT}/all",)}),
        "the first saved list is at none of them (marlo.example/all)",
    ),
    "ids that change": (
        Changed(changes={"listing": _listed(lambda each: replace(each, id=f"marlo-{next(_calls)}"))}),
        "is read otherwise the second time",
    ),
    "one id for all": (
        Changed(changes={"listing": _listed(lambda each: replace(each, id="marlo-1"))}),
        "'marlo-1' stands twice",
    ),
    "relative links": (
        Changed(changes={"listing": _listed(lambda each: replace(each, url="/news/1"))}),
        "'/news/1' is no whole address",
    ),
    "days of another time": (
        Changed(changes={"listing": _listed(lambda each: replace(each, published=date(2013, 1, 1)))}),
        "its day 2013-01-01 is not in the time of the sample",
    ),
    "a day that the page does not say": (
        Changed(changes={"listing": _listed(lambda each: replace(each, published=date(2031, 1, 30)))}),
        "its list says 2031-01-30, its page 2031-01-15",
    ),
    "another id on the page": (
        Changed(changes={"document": _read(lambda each: replace(each, id="marlo-x"))}),
        "is listed as marlo-14 and read as marlo-x",
    ),
    "an address that is listed and not taken": (Refusing(), "takes: marlo-14 is listed, and its address"),
    "an address that cannot be judged": (Refusing(), "takes: https://marlo.example/news/3: the connector marlo fails"),
    "no date": (Changed(changes={"document": _read(lambda each: replace(each, date=None))}), "it has no date"),
    "markup in the text": (
        Changed(changes={"document": _read(lambda each: replace(each, text=each.text[:-4] + "</p>"))}),
        "there is markup in its text (</p)",
    ),
    "nobody speaks": (
        Changed(changes={"document": _read(lambda each: replace(each, turns=()))}),
        "its speakers is () and not ('MS. LORNE', 'Q')",
    ),
    "a title of its own": (
        Changed(changes={"document": _read(lambda each: replace(each, title="News"))}),
        "its title is 'News' and not 'Statement 3'",
    ),
    "whatever stands there": (
        Changed(changes={"document": _anything}), "an empty page in its place is read as a document"
    ),
    "a check for robots": (
        Changed(changes={"document": _anything}), "a check for robots in its place is read as a document"
    ),
    "an empty list": (Changed(changes={"listing": _lenient}), "an empty page in place of the list is no error"),
    "a rebuilt list": (
        Changed(changes={"listing": _lenient}),
        "the same with other classes and ids in place of the list is no error",
    ),
    "the other language": (
        Changed(changes={"document": _anything}), "a page of another language is read as one in 'en'"
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_found(case: str) -> None:
    connector, says = WRONG[case]
    assert [each for each in problems(connector, SAMPLE) if says in each], problems(connector, SAMPLE)


@pytest.mark.parametrize(
    ("lists", "page", "says"),
    [
        (LIST.replace("a@href", "b@href"), PAGE, "listing: a saved list is not read"),
        (LIST.replace("a[rel=next]@href", "li a@href"), PAGE, "next page is"),
        (LIST, PAGE.replace('drop = ".share"', ""), "'Share this' is in its text"),
        (LIST, PAGE.replace("div.text", "div.words"), "document: a saved page is not read"),
        (LIST, PAGE.replace('title = "h1"', 'title = "nav"'), "its title is 'Menu'"),
        (LIST, "", "a check for robots in its place is read as a document"),
    ],
)
def test_a_recipe_that_does_not_fit_is_found(lists: str, page: str, says: str) -> None:
    found = problems(connector_of(AT, lists, page), SAMPLE)
    assert [each for each in found if says in each], found


def test_a_promise_that_no_page_keeps_is_found() -> None:
    promised = replace(SAMPLE, promises={"marlo-9": Promise()})
    assert problems(GOOD, promised) == ("document: marlo-9 was promised, and no saved page gives it",)


PUBLISHERS: tuple[tuple[Callable[..., Site], Connector, str], ...] = (
    (kremlin_site, Kremlin("en"), "en"),
    (kremlin_site, Kremlin("ru"), "ru"),
    (mid_site, Mid("en"), "en"),
    (mid_site, Mid("ru"), "ru"),
    (president_ua_site, PresidentUa("en"), "en"),
    (president_ua_site, PresidentUa("uk"), "uk"),
    (whitehouse_site, WhiteHouse(), "en"),
)


@pytest.mark.parametrize(("build", "connector", "language"), PUBLISHERS, ids=lambda each: getattr(each, "name", ""))
def test_the_connectors_of_the_program_conform(build: Callable[..., Site], connector: Connector, language: str) -> None:
    site = build()

    def fetched(url: str) -> Page:
        answer = site.answer(url)
        assert answer.status == 200, url
        return Page(url, answer.body, ".html", "utf-8")

    lists: list[Page] = []
    url: str | None = connector.starts(Window())[0]
    while url and len(lists) < 3:
        lists.append(fetched(url))
        url = connector.listing(lists[-1]).next
    entries = {each.id: each for page in lists for each in connector.listing(page).entries}
    expected = {id: each for id, each in site.expected.items() if id in entries}
    sample = Sample(
        lists=tuple(lists),
        pages=tuple(fetched(entries[id].url) for id in sorted(expected)[:8]),
        promises={id: Promise(title=expected[id].title, language=language) for id in sorted(expected)[:8]},
    )
    assert len(sample.promises) == 8
    assert problems(connector, sample) == ()
