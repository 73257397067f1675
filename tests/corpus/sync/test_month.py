"""A month of a publisher's pages, synced from a server: everything that was served is held as it was written, and nothing else."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from benchmarks.sites import Expected, Site, kremlin_site, mid_site, president_ua_site, whitehouse_site
from benchmarks.sites.serving import Served, serving
from corpus.connectors.connector import Window
from corpus.connectors.registry import connector
from corpus.fetch import Policy
from corpus.store import Corpus
from corpus.sync.entries import Wanted
from corpus.sync.log import Run
from corpus.sync.manners import Manners, Visitor
from corpus.sync.walk import EVERYTHING, sync

FIRST = datetime.date(2025, 10, 1)
QUICK = Manners(pace=0.0, first_wait=0.01, refused=0.01)


@dataclass(frozen=True)
class Publisher:
    """A site, its connectors by language, whether its lists tell that a page changed, and how long a month is."""

    site: Callable[..., Site]
    connectors: dict[str, str]
    marks: bool = False
    days: int = 31


PUBLISHERS = {
    "kremlin": Publisher(kremlin_site, {"en": "kremlin-en", "ru": "kremlin-ru"}, marks=True),
    "kremlin-feed": Publisher(kremlin_site, {"en": "kremlin-en-feed", "ru": "kremlin-ru-feed"}, marks=True, days=9),
    "mid": Publisher(mid_site, {"en": "mid-en", "ru": "mid-ru"}),
    "president-ua": Publisher(president_ua_site, {"en": "president-ua-en", "uk": "president-ua-uk"}),
    "whitehouse": Publisher(whitehouse_site, {"en": "whitehouse"}),
}


def synced(corpus: Corpus, served: Served, name: str, wanted: Wanted = EVERYTHING) -> Run:
    return sync(corpus, connector(name), Visitor(Policy(True, ()), QUICK, network=served.network), wanted=wanted)


def assert_holds(corpus: Corpus, expected: dict[str, Expected]) -> None:
    """Exactly these documents, in these turns."""
    assert {each.id for each in corpus.documents()} == expected.keys()
    for id, each in expected.items():
        document = corpus.document(id).document
        turns = tuple((turn.speaker, turn.kind, turn.span.of(document.text)) for turn in document.turns)
        assert turns == each.turns
        assert (document.title, str(document.date), document.kind, document.language, document.url) == (
            each.title, each.date, each.kind, each.language, each.url,
        )  # fmt: skip


@pytest.mark.parametrize("name", PUBLISHERS)
def test_a_month_of_pages_is_held_as_it_was_served(name: str, tmp_path: Path) -> None:
    publisher = PUBLISHERS[name]
    month = publisher.site(first=FIRST, days=publisher.days)
    cut = FIRST + datetime.timedelta(days=publisher.days * 2 // 3)
    begun = month.until(cut)
    with serving(begun) as served, Corpus.open(tmp_path / "corpus", create=True) as corpus:
        for source in publisher.connectors.values():
            run = synced(corpus, served, source)
            assert (run.outcome, run.counts.failed, run.counts.changed) == ("done", 0, 0)
        assert_holds(corpus, dict(begun.expected))

        # Later: the rest of the month is there, and a page that was read has other words.
        edited = next(
            item.number for item in reversed(begun.items) if item.language == next(iter(publisher.connectors))
        )
        served.site = month.edited(edited)
        served.asked.clear()
        before = dict(begun.expected)
        changed = {id for id, each in served.site.expected.items() if id in before and each.turns != before[id].turns}
        runs = [synced(corpus, served, source) for source in publisher.connectors.values()]
        assert sum(run.counts.new for run in runs) == len(month.expected) - len(before)
        if not publisher.marks:  # a list that does not tell is asked again by a full walk that looks at what is recent
            recheck = (datetime.datetime.now(datetime.UTC).date() - FIRST).days
            again = Wanted(Window(since=cut - datetime.timedelta(days=1)), full=True, recheck=recheck)
            runs = [synced(corpus, served, source, again) for source in publisher.connectors.values()]
        assert sum(run.counts.changed for run in runs) == len(changed) > 0
        assert_holds(corpus, dict(served.site.expected))
        versions = {each.id: corpus.document(each.id).version.number for each in corpus.documents()}
        assert {id for id, number in versions.items() if number == 2} == changed
        assert set(versions.values()) == {1, 2}

        # What is held covers the month, each language by itself, and the languages find each other.
        held = {each.language: each for each in corpus.publisher_holdings()}
        for language in publisher.connectors:
            days = sorted(each.date for each in month.expected.values() if each.language == language)
            assert (str(held[language].first), str(held[language].last)) == (days[0], days[-1])
            assert held[language].documents == len(days)
        for id, each in list(month.expected.items())[::9]:
            pairs = {other.id for other in corpus.relatives(id) if other.relation in ("original", "translation")}
            assert pairs == ({each.twin} if each.twin else set()), id
        assert not served.pages("/copy") and not served.pages("/search")


@pytest.mark.parametrize("name", ["kremlin", "mid", "president-ua", "whitehouse"])
@pytest.mark.parametrize(("condition", "outcome"), [("checking for robots", "blocked"), ("rebuilt", "moved")])
def test_a_site_that_hides_or_was_rebuilt_leaves_the_corpus_as_it_was(
    name: str, condition: str, outcome: str, tmp_path: Path
) -> None:
    publisher = PUBLISHERS[name]
    site = publisher.site(first=FIRST, days=3)
    source = publisher.connectors["en"]
    with serving(site) as served, Corpus.open(tmp_path / "corpus", create=True) as corpus:
        assert synced(corpus, served, source).outcome == "done"
        before = [(each.id, corpus.document(each.id).version) for each in corpus.documents()]
        served.site = replace(publisher.site(first=FIRST, days=5), condition=condition)  # type: ignore[arg-type]
        run = synced(corpus, served, source, Wanted(full=True))
        assert (run.outcome, run.counts.new, run.counts.changed, run.counts.gone) == (outcome, 0, 0, 0)
        assert [(each.id, corpus.document(each.id).version) for each in corpus.documents()] == before


def test_a_window_takes_its_days_and_no_others(tmp_path: Path) -> None:
    month = kremlin_site(first=FIRST, days=31)
    since, until = datetime.date(2025, 10, 12), datetime.date(2025, 10, 14)
    with serving(month) as served, Corpus.open(tmp_path / "corpus", create=True) as corpus:
        synced(corpus, served, "kremlin-ru", Wanted(Window(since, until)))
        wanted = {
            id for id, each in month.expected.items()
            if each.language == "ru" and since.isoformat() <= each.date <= until.isoformat()
        }  # fmt: skip
        assert {each.id for each in corpus.documents()} == wanted
        assert len(served.pages("/by-date/14.10.2025")) == 2
