"""Whatever is published, asked for and interrupted in whatever order: in the end everything is held, once."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.connectors.connector import Entry, Listing, Page, Window
from corpus.errors import SourceGone, SourceUnreachable
from corpus.fetch.asking import Validators
from corpus.fetch.content import Content
from corpus.fetch.fetching import Fetched, NotModified
from corpus.fetch.limits import LIMITS
from corpus.read.records import document_of
from corpus.store import Corpus
from corpus.sync.entries import Wanted
from corpus.sync.walk import sync
from corpus.types import Document

AT = "https://marlo.example"
FIRST = date(2031, 1, 1)
PER_PAGE = 3


@dataclass
class Paper:
    """A list in memory, newest first; it can fail at a request, and takes no time."""

    limits: Any = LIMITS
    items: list[tuple[int, date, int]] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)
    fails_in: int | None = None
    tags: bool = True

    def publish(self, days: int) -> None:
        """Another document, filed under a day so long before the newest."""
        number = len(self.items)
        self.items.append((number, FIRST + timedelta(number - min(days, number)), 0))

    def edit(self, which: int) -> None:
        number, day, edits = self.items[which]
        self.items[which] = (number, day, edits + 1)

    def visit(self, url: str, *, lists: bool, held: Validators) -> Fetched | NotModified:
        if self.fails_in is not None:
            self.fails_in -= 1
            if self.fails_in < 0:
                raise KeyboardInterrupt if self.fails_in % 2 else SourceUnreachable("cut", link=url)
        text = self.page(int(url.rpartition("=")[2])) if lists else self.document(int(url.rpartition("/")[2]))
        if not lists:
            self.asked[url] += 1
        tag = f'"{hash(text)}"' if self.tags else ""
        if tag and held.etag == tag:
            return NotModified(url)
        return Fetched(
            url, url, "marlo.example", text.encode(), Content(".json"), "2031-01-01T00:00:00+00:00", (("etag", tag),)
        )

    def page(self, number: int) -> str:
        ordered = sorted(self.items, key=lambda item: (item[1], item[0]), reverse=True)
        here = ordered[(number - 1) * PER_PAGE : number * PER_PAGE]
        if not here and number > 1:
            raise SourceGone("no such page", link="")
        more = f"{AT}/list?page={number + 1}" if number * PER_PAGE < len(ordered) else None
        return json.dumps({"items": [(n, day.isoformat(), edits) for n, day, edits in here], "next": more})

    def document(self, number: int) -> str:
        _, day, edits = self.items[number]
        return json.dumps({"day": day.isoformat(), "text": f"Statement {number}, wording {edits}."})


class Reads:
    """The list's connector; its lists say the day, or only the pages do."""

    title, facts = "An invented list", "invented"

    def __init__(self, name: str, *, days: bool) -> None:
        self.name = name
        self.days = days

    def starts(self, window: Window) -> tuple[str, ...]:
        return (f"{AT}/list?page=1",)

    def listing(self, page: Page) -> Listing:
        read = json.loads(page.raw)
        entries = tuple(
            Entry(f"{self.name}-{n}", f"{AT}/{n}", date.fromisoformat(day) if self.days else None, str(edits))
            for n, day, edits in read["items"]
        )
        return Listing(entries, read["next"])

    def document(self, page: Page, *, entry: Entry) -> Document:
        read = json.loads(page.raw)
        return document_of(
            {"id": entry.id, "publisher": "Marlo", "date": read["day"], "language": "en", "text": read["text"]}
        )


days = st.none() | st.integers(0, 30).map(lambda n: FIRST + timedelta(n))
steps = st.lists(
    st.one_of(
        st.tuples(st.just("publish"), st.integers(1, 8), st.integers(0, 3)),
        st.tuples(st.just("run"), st.tuples(days, days, st.none() | st.integers(1, 6)), st.none() | st.integers(0, 9)),
    ),
    max_size=9,
)


def run(paper: Paper, corpus: Corpus, connector: Reads, wanted: Wanted) -> str:
    try:
        return sync(corpus, connector, paper, wanted=wanted).outcome  # type: ignore[arg-type]  # it visits, and no more
    except KeyboardInterrupt:
        return "stopped"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    """One for all examples, each of which is a source of its own."""
    with Corpus.open(tmp_path_factory.mktemp("any-order"), create=True) as opened:
        yield opened


_names = (f"marlo-{number:06}" for number in count())


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=steps, dated=st.booleans(), tags=st.booleans())
def test_in_the_end_everything_is_held_and_nothing_was_fetched_twice(
    corpus: Corpus, steps: list[tuple[str, Any, Any]], dated: bool, tags: bool
) -> None:
    paper, connector = Paper(tags=tags), Reads(next(_names), days=dated)
    paper.publish(0)
    stopped = 0
    for step, what, more in steps:
        if step == "publish":
            for _ in range(what):
                paper.publish(more)
        else:
            paper.fails_in = more
            since, until, limit = what
            stopped += run(paper, corpus, connector, Wanted(Window(since, until), limit)) == "stopped"
    paper.fails_in = None
    assert run(paper, corpus, connector, Wanted()) == "done"
    held = {each.id: each.versions for each in corpus.documents() if each.id.startswith(connector.name)}
    assert held == {f"{connector.name}-{number}": 1 for number, _, _ in paper.items}
    if dated:  # where only the page tells its day, one outside the time that is asked for is fetched again later
        assert sum(paper.asked.values()) <= len(paper.items) + stopped
