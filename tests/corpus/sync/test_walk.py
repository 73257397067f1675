"""A corpus follows its sources: everything once, what changed as a new version, and on from where it stopped."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from benchmarks.office import LIST, PAGE
from corpus.captures import raw_of
from corpus.connectors.connector import Entry, Listing, Window
from corpus.copying import copy_corpus
from corpus.fetch import Policy
from corpus.schema import source_entry
from corpus.store import Corpus
from corpus.sync import log
from corpus.sync.entries import Wanted
from corpus.sync.log import Counts, Run
from corpus.sync.manners import Manners, Visitor
from corpus.sync.walk import sync

Go = Callable[..., Run]
ALL = set(range(14, 26))

FRENCH = """<html lang="fr"><h1>Déclaration</h1><time class="day" datetime="2031-01-26"></time><div class="text"><p>Le bac quitte le
port à midi et revient le soir, a dit la ministre devant le conseil du port de la ville.</p></div></html>"""


def ids(held: Corpus) -> set[int]:
    return {int(each.id.removeprefix("marlo-")) for each in held.documents()}


def known_of(held: Corpus) -> tuple[log.Known, ...]:
    """What is known of each statement of Marlo, by its number."""
    return tuple(held.look_up(lambda open: log.known(open, "marlo", {f"marlo-{each}" for each in ALL})).values())


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def test_everything_that_is_listed_is_held_once_with_its_bytes(run: Go, held: Corpus, office: Any) -> None:
    done = run()
    assert (done.outcome, done.counts) == ("done", Counts(seen=12, new=12))
    assert ids(held) == ALL
    document = held.document("marlo-17").document
    assert [turn.speaker for turn in document.turns] == ["MS. LORNE", "Q", "MS. LORNE"]
    assert str(document.date) == office.statements[17].day
    assert document.url == f"{office.address}/news/17"
    assert "Share" not in document.text
    assert len(held.history.captures()) == 12
    assert len(office.pages()) == 12
    assert list(held.verify()) == []


def test_a_second_run_asks_for_one_list_and_no_document(run: Go, office: Any) -> None:
    run()
    office.forget()
    assert run().counts == Counts()  # its server says that the list is the same
    assert office.asked == ["/robots.txt", "/list"]
    assert "if-none-match" in office.headers[-1]


def test_where_a_server_cannot_say_so_the_marks_do(run: Go, office: Any) -> None:
    office.tags = False
    run()
    office.forget()
    assert run().counts == Counts(seen=5, not_looked_at=5)
    assert office.asked == ["/robots.txt", "/list"]


@pytest.mark.parametrize(
    ("marks", "told"),
    [
        (5, Counts(seen=5, unchanged=5)),  # the publisher says so of each
        (2, Counts(seen=5, unchanged=2, not_looked_at=3)),
        (0, Counts(seen=5, not_looked_at=5)),
    ],
)
def test_what_was_not_looked_at_is_not_called_unchanged(marks: int, told: Counts, run: Go, office: Any) -> None:
    office.tags = False
    office.statements = {number: office.statements[number] for number in range(21, 26)}
    for number in list(office.statements)[:marks]:
        office.edit(number, office.statements[number].words, "2031-01-30T12:00:00Z")
    run()
    assert run().counts == told


@pytest.mark.parametrize(
    ("wanted", "told", "asked"),
    [
        ({"recheck": 30}, Counts(seen=12, not_looked_at=5, unchanged=6, changed=1), 7),
        ({"recheck": 1000}, Counts(seen=12, unchanged=11, changed=1), 12),
        ({"full": True}, Counts(seen=12, unchanged=11, changed=1), 12),
        ({"full": True, "window": Window(since=datetime.date(2025, 6, 20))}, Counts(seen=7, unchanged=6, changed=1), 7),
    ],
)
def test_documents_without_marks_are_fetched_again_as_far_back_as_is_asked_for(
    wanted: dict[str, Any],
    told: Counts,
    asked: int,
    run: Go,
    held: Corpus,
    office: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Today(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> Today:
            return cls(2025, 7, 20, 12, tzinfo=tz)

    for number in office.statements:
        office.publish(
            number, day=str(datetime.date(2025, 6, 1) + datetime.timedelta(number))
        )  # 14 is of the 15th of June
    run()
    office.statements[20].words = "The ferry sank."  # on the second page of the list, of the 21st of June
    monkeypatch.setattr("corpus.sync.entries.datetime", Today)
    assert run().counts.changed == 0
    office.forget()
    assert run(**wanted).counts == told
    assert len(office.pages()) == asked
    assert sum("if-none-match" in each for each in office.headers) == asked  # what is the same need not be sent again
    assert held.document("marlo-20").document.text.startswith("The ferry sank.")


def test_what_is_new_is_fetched_and_nothing_else(run: Go, held: Corpus, office: Any) -> None:
    run()
    for number in range(26, 33):
        office.publish(number)
    office.forget()
    assert run().counts.new == 7
    assert len(office.pages()) == 7
    assert ids(held) == set(range(14, 33))
    assert office.count("/list?page=3") == 1  # the first on which everything is known
    assert office.count("/list?page=4") == 0


def test_an_edit_becomes_a_version_and_an_event(run: Go, held: Corpus, office: Any) -> None:
    run()
    office.edit(24, "The ferry does not leave at noon.", "2031-01-30T12:00:00Z")
    done = run()
    assert done.counts.changed == 1
    assert "does not leave" in held.document("marlo-24").document.text
    assert "leaves the harbour" in held.document("marlo-24", version=1).document.text
    assert [(event.kind, event.document_id) for event in held.history.events()] == [("changed", "marlo-24")]
    office.edit(24, office.statements[23].words.replace("23", "24"), "2031-01-31T12:00:00Z")
    run()
    assert held.document("marlo-24").version.number == 1  # it reads as it did at first
    assert list(held.verify()) == []


def test_another_mark_over_the_same_words_is_no_version(run: Go, held: Corpus, office: Any) -> None:
    run()
    office.edit(24, office.statements[24].words, "2031-01-30T12:00:00Z")
    office.forget()
    assert run().counts.changed == 0
    assert office.pages() == ["/news/24"]
    assert "if-none-match" in office.headers[-1]
    office.forget()
    run()
    assert office.pages() == []


def test_an_old_edit_is_found_by_a_full_walk(run: Go, held: Corpus, office: Any) -> None:
    run()
    office.edit(15, "The ferry sank.", "2031-02-02")
    assert run().counts.changed == 0
    assert run(full=True).counts.changed == 1


def test_without_marks_recent_documents_are_looked_at_again_where_that_is_asked_for(
    run: Go, held: Corpus, office: Any, source: Any
) -> None:
    today = datetime.datetime.now(datetime.UTC).date()
    office.publish(30, day=today.isoformat())
    run()
    office.statements[30].words = "The ferry sank."
    office.statements[25].words = "So did the other one."  # in years to come, which is recent too
    assert run().counts.changed == 0
    assert run(recheck=3).counts.changed == 2


def test_a_page_that_is_gone_is_an_event_and_comes_back(run: Go, held: Corpus, office: Any) -> None:
    run()
    office.scripts["/news/25"] = lambda answering: answering.refuse(410)
    office.edit(25, office.statements[25].words, "2031-01-30")
    assert run().counts.gone == 1
    assert held.history.is_gone("marlo-25")
    assert run().counts.gone == 0
    del office.scripts["/news/25"]
    run()
    assert held.history.is_gone("marlo-25") is None
    assert {event.kind for event in held.history.events()} == {"gone", "back"}


def test_the_window_ends_the_walk(run: Go, held: Corpus, office: Any) -> None:
    done = run(window=Window(since=day(office.statements[21].day)))
    assert done.counts == Counts(seen=5, new=5)
    assert ids(held) == set(range(21, 26))
    assert office.count("/list?page=2") == 1
    assert office.count("/list?page=3") == 0  # everything on the second is older


def test_a_wider_window_goes_on_below_and_loses_nothing(run: Go, held: Corpus, office: Any) -> None:
    run(window=Window(since=day(office.statements[18].day)))
    for number in range(26, 29):
        office.publish(number)
    office.forget()
    run(window=Window(since=day(office.statements[27].day)))
    assert ids(held) == {27, 28, *range(18, 26)}
    run()
    assert ids(held) == set(range(14, 29))
    assert sorted(office.pages()) == sorted(f"/news/{n}" for n in [*range(14, 18), 26, 27, 28])


@pytest.mark.parametrize(
    ("first", "second"), [((18, None), (14, None)), ((None, 16), (None, None)), ((20, 22), (14, 17))]
)
def test_windows_that_do_not_meet_leave_nothing_between_them(
    first: tuple[int | None, int | None], second: tuple[int | None, int | None], run: Go, held: Corpus, office: Any
) -> None:
    for window in (first, second):
        since, until = (day(office.statements[each].day) if each else None for each in window)
        run(window=Window(since, until))
        assert ids(held) >= set(range(window[0] or 14, (window[1] or 25) + 1))
    run()
    assert ids(held) == ALL
    assert len(office.pages()) == 12


def test_what_is_newer_than_the_window_is_left_for_later(run: Go, held: Corpus, office: Any) -> None:
    run(window=Window(until=day(office.statements[20].day)))
    assert ids(held) == set(range(14, 21))
    run()
    assert ids(held) == ALL


@pytest.mark.parametrize("limit", [5, 7])
def test_runs_with_a_limit_come_to_the_same(limit: int, run: Go, held: Corpus, office: Any) -> None:
    for _ in range(30):
        done = run(limit=limit)
        assert done.counts.new <= limit
        if done.outcome == "done":
            break
        if len(ids(held)) in (5, 6, 7):
            office.publish(26)
    assert ids(held) == {*ALL, 26}
    assert len(office.pages()) == len(set(office.pages())) == len(ids(held))


def test_a_run_that_is_stopped_leaves_no_gap(held: Corpus, source: Any, visitor: Any, run: Go, office: Any) -> None:
    run()
    for number in range(26, 40):
        office.publish(number)

    def stop(reached: Any) -> None:
        if reached.counts.new == 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sync(held, source(), visitor(), on_progress=stop)
    last = held.look_up(lambda open: log.runs(open, "marlo", limit=1))[0]
    assert (last.outcome, last.counts.new) == ("stopped", 6)
    office.publish(40)
    assert run().counts.new == 9
    assert ids(held) == set(range(14, 41))
    assert len(office.pages()) == 27


def test_entries_that_move_to_other_pages_are_not_lost(run: Go, held: Corpus, office: Any) -> None:
    run(limit=7)
    for number in (26, 27):
        office.publish(number)
    for number in (22, 21, 20):  # taken off the list: those behind them move up a page
        del office.statements[number]
    run()
    assert ids(held) >= set(office.statements)


def test_a_page_that_only_looks_like_the_end_is_not_believed_at_once(run: Go, held: Corpus, office: Any) -> None:
    office.scripts["/list?page=2"] = lambda answering: answering.give('<div class="list"></div>')
    assert run().counts.new == 5
    del office.scripts["/list?page=2"]
    assert run().counts.new == 7
    assert ids(held) == ALL


def test_a_list_that_became_shorter_is_walked_from_its_top(run: Go, held: Corpus, office: Any) -> None:
    run(limit=11)
    for number in range(15, 22):
        del office.statements[number]
    run()
    assert ids(held) >= {14, 22, 23, 24, 25}


def test_a_page_that_fails_does_not_end_the_run_and_is_tried_again(run: Go, held: Corpus, office: Any) -> None:
    office.scripts["/news/24"] = lambda answering: answering.refuse(500)
    done = run()
    assert (done.outcome, done.counts.new, done.counts.failed) == ("done", 11, 1)
    (failed,) = held.look_up(lambda open: log.failed(open, "marlo", attempts=10))
    assert "status 500" in failed.error
    del office.scripts["/news/24"]
    office.forget()
    assert run().counts == Counts(seen=5, new=1, not_looked_at=4)
    assert office.pages() == ["/news/24"]
    assert ids(held) == ALL


def test_a_page_that_always_fails_is_given_up_after_some_runs(run: Go, office: Any) -> None:
    office.statements = {number: office.statements[number] for number in (24, 25)}
    office.scripts["/news/25"] = lambda answering: answering.refuse(404)
    counts = [run().counts for _ in range(12)]
    assert office.count("/news/25") == 10
    assert [(each.failed, each.known_failures) for each in counts] == [(1, 0)] + [(0, 1)] * 11


def test_a_page_that_refuses_us_is_left_alone_for_longer_each_time(run: Go, held: Corpus, office: Any) -> None:
    office.statements = {number: office.statements[number] for number in (24, 25)}
    office.scripts["/news/25"] = lambda answering: answering.refuse(403)

    def days_later(days: int) -> Run:
        ago = (datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=days)).isoformat(timespec="seconds")
        held.note(lambda open: open.execute(update(source_entry).values(noted_at=ago)))
        return run()

    assert run().counts == Counts(seen=2, new=1, failed=1)
    assert office.count("/news/25") == 2  # once more after a pause
    (refused,) = held.look_up(lambda open: log.failed(open, "marlo", attempts=10))
    tomorrow = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=1)
    assert refused.error.endswith(f"; asked again after {tomorrow}")
    known = Counts(seen=2, not_looked_at=1, known_failures=1)
    assert run().counts == known
    assert office.count("/news/25") == 2
    assert [days_later(days).counts for days in (1, 1, 2)] == [known] * 3
    assert office.count("/news/25") == 6
    assert run(full=True).counts == Counts(seen=2, unchanged=1, known_failures=1)
    office.scripts["/news/25"] = lambda answering: answering.refuse(401)
    assert days_later(9).counts == Counts(seen=2, not_looked_at=1, failed=1)  # otherwise than before
    del office.scripts["/news/25"]
    assert days_later(32).counts.new == 1


DENYING = LIST + 'deny = "/news/2[2-5]"\n'


def test_what_is_denied_is_no_failure_any_more_whatever_it_was(
    run: Go, held: Corpus, source: Any, visitor: Any, office: Any
) -> None:
    office.statements = {number: office.statements[number] for number in range(20, 26)}
    office.robots = "User-agent: *\nDisallow: /news/22\n"
    for number, status in ((23, 403), (24, 404)):
        office.scripts[f"/news/{number}"] = lambda answering, status=status: answering.refuse(status)
    for _ in range(12):
        run()
    assert [each.outcome for each in known_of(held)] == ["held", "held", "barred", "refused", "failed", "held"]
    office.edit(25, "The ferry stays in the harbour.", "2031-02-01")
    office.scripts["/news/25"] = lambda answering: answering.refuse(500)
    run(recheck=1000)
    told: list[str] = []
    office.forget()
    assert sync(held, source(DENYING), visitor(), on_problem=told.append).counts == Counts(seen=1, not_looked_at=1)
    assert office.pages() == []
    assert told == [
        f"{office.address}/news/{number}: could not be had, and is left out now, since the source takes it no longer"
        for number in range(22, 26)
    ]
    assert ids(held) == {20, 21, 25}
    assert held.look_up(lambda open: log.documents(open, "marlo")) == (3, 0)
    assert not held.history.is_gone("marlo-25")
    assert sync(held, source(DENYING), visitor(), on_problem=told.append).counts.known_failures == 0
    assert len(told) == 4


def test_what_is_denied_no_longer_is_taken_again(run: Go, held: Corpus, source: Any, office: Any) -> None:
    office.scripts["/news/23"] = lambda answering: answering.refuse(404)
    run()
    run(source(DENYING))
    office.scripts.clear()
    office.forget()
    assert run().counts.new == 1
    assert office.pages() == ["/news/23"]


def test_many_that_are_denied_are_counted(run: Go, held: Corpus, source: Any, visitor: Any, office: Any) -> None:
    for number in range(14, 26):
        office.scripts[f"/news/{number}"] = lambda answering: answering.refuse(404)
    run()
    told: list[str] = []
    sync(held, source(LIST + 'deny = "/news/"\n'), visitor(), on_problem=told.append)
    assert [each for each in told if each.startswith("so are")] == ["so are 2 more that could not be had"]


def test_a_file_that_is_denied_is_not_gone(held: Corpus, source: Any, visitor: Any, tmp_path: Path) -> None:
    folder = tmp_path / "statements"
    folder.mkdir()
    for name in ("one", "two"):
        (folder / f"{name}.txt").write_text(f"The harbour of Marlo has a pier called {name}, I said.", encoding="utf-8")
    lists = f'type = "folder"\nstart = "{folder.as_uri()}"\n'
    assert sync(held, source(lists, page=""), visitor()).counts.new == 2
    assert sync(held, source(lists + 'deny = "two"\n', page=""), visitor()).counts == Counts(seen=1, unchanged=1)
    assert held.look_up(lambda open: log.documents(open, "marlo")) == (2, 0)
    (folder / "one.txt").unlink()
    assert sync(held, source(lists + 'deny = "two"\n', page=""), visitor()).counts.gone == 1


def test_a_connector_that_breaks_over_an_address_ends_the_run_and_is_named(
    run: Go, held: Corpus, source: Any, visitor: Any, office: Any
) -> None:
    office.scripts["/news/25"] = lambda answering: answering.refuse(404)
    run()

    class Broken:
        name, title, facts = "marlo", "t", "f"

        def __init__(self) -> None:
            inner = source()
            self.starts, self.listing, self.document = inner.starts, inner.listing, inner.document

        def takes(self, url: str) -> bool:
            raise KeyError("no such place")

    done = sync(held, Broken(), visitor())
    assert done.outcome == "moved"
    assert "the connector marlo fails on this address (KeyError('no such place'))" in done.error


def test_a_document_that_failed_once_and_is_gone_then_is_gone(run: Go, held: Corpus, office: Any) -> None:
    run()
    for number, status in enumerate((500, 404)):
        office.scripts["/news/25"] = lambda answering, status=status: answering.refuse(status)
        office.edit(25, office.statements[25].words, f"2031-01-3{number}")
        run()
    assert held.history.is_gone("marlo-25")
    assert held.look_up(lambda open: log.documents(open, "marlo")) == (12, 1)


def test_a_rebuilt_page_is_a_clear_error_and_not_stored(run: Go, held: Corpus, source: Any, office: Any) -> None:
    office.scripts["/news/25"] = lambda answering: answering.give(office.statements[25].page.replace("text", "body"))
    done = run()
    assert (done.outcome, done.counts.new, done.counts.failed) == ("done", 11, 1)
    (failed,) = held.look_up(lambda open: log.failed(open, "marlo", attempts=10))
    assert failed.error == (
        f"{office.address}/news/25: no text at div.text: the page is not built as the recipe “marlo” says"
    )


def test_a_rebuilt_site_ends_the_run_after_a_few_pages(run: Go, held: Corpus, source: Any, office: Any) -> None:
    page = '\n[page]\ntitle = "h1"\nbody = "div.words"\n'
    done = run(source(page=page))
    assert (done.outcome, done.counts.new, done.counts.failed) == ("moved", 0, 5)
    assert "5 pages in a row" in done.error
    assert len(office.pages()) == 5
    assert run().counts.new == 12


def test_a_rebuilt_list_is_a_clear_error(run: Go, held: Corpus, office: Any) -> None:
    office.scripts["/list"] = lambda answering: answering.give("<html><body><main>All new</main></body></html>")
    done = run()
    assert done.outcome == "moved"
    assert done.error == f"{office.address}/list: no div.list: the page is not built as the recipe “marlo” says"
    assert ids(held) == set()


@pytest.mark.parametrize(
    "page",
    [
        "<html><title>Just a moment...</title></html>",
        "<html><body>Data processing... Please, wait.</body></html>",
        '<html><script>window["bobcmn"]="1"</script></html>',
        "",
        "<html></html>",
        FRENCH,
    ],
)
def test_what_is_no_statement_is_never_stored(page: str, run: Go, held: Corpus, office: Any) -> None:
    office.scripts["/news/25"] = lambda answering: answering.give(page)
    done = run()
    assert (done.counts.new, done.counts.failed) == (11, 1)
    assert 25 not in ids(held)


def test_a_check_for_robots_in_place_of_everything_ends_the_run(run: Go, held: Corpus, office: Any) -> None:
    for number in range(14, 26):
        office.scripts[f"/news/{number}"] = lambda answering: answering.give("<title>DDoS-Guard</title>")
    done = run()
    assert done.outcome == "blocked"
    assert "3 requests in a row failed" in done.error
    assert ids(held) == set()
    assert len(office.pages()) == 3
    office.scripts.clear()
    assert run().counts.new == 12


def test_redirects_are_followed_and_the_document_is_where_it_led(run: Go, held: Corpus, office: Any) -> None:
    office.scripts["/news/25"] = lambda answering: answering.redirect("/moved/25")
    office.scripts["/moved/25"] = lambda answering: answering.give(office.statements[25].page)
    run()
    assert held.document("marlo-25").document.url == f"{office.address}/moved/25"


def test_what_robots_may_not_read_is_not_asked_for(run: Go, held: Corpus, office: Any) -> None:
    office.robots = "User-agent: *\nDisallow: /news/25\nDisallow: /moved\n"
    office.scripts["/news/24"] = lambda answering: answering.redirect("/moved/24")
    done = run()
    assert done.counts == Counts(seen=12, new=10, barred=2)
    assert office.count("/news/25") == office.count("/moved/24") == 0
    assert office.count("/robots.txt") == 1
    assert run().counts.barred == 2  # which is no failure, and never given up
    office.robots = None
    assert run().counts.new == 1
    assert 25 in ids(held)
    office.robots = "User-agent: onrecord\nDisallow: /\n"
    assert run().outcome == "blocked"
    assert office.asked[-1] == "/robots.txt"


def test_nothing_is_asked_where_fetching_is_switched_off(held: Corpus, source: Any, office: Any) -> None:
    done = sync(held, source(), Visitor(Policy(egress=False), Manners(pace=0)))
    assert done.outcome == "failed"
    assert "switched off" in done.error
    assert office.asked == []


def test_one_list_that_fails_does_not_keep_the_others_from_being_walked(
    run: Go, held: Corpus, source: Any, office: Any
) -> None:
    office.scripts["/gone"] = lambda answering: answering.refuse(404)
    lists = 'start = ["{at}/gone", "{at}/list"]\n' + "\n".join(
        line for line in LIST.splitlines() if not line.startswith("start")
    )
    done = run(source(lists))
    assert (done.outcome, done.counts.new) == ("failed", 12)


def test_a_document_in_two_lists_is_fetched_once_and_each_list_is_walked_to_its_end(
    run: Go, held: Corpus, source: Any, office: Any
) -> None:
    lists = 'start = ["{at}/list", "{at}/list?page=1"]\n' + "\n".join(
        line for line in LIST.splitlines() if not line.startswith("start")
    )
    assert run(source(lists)).counts == Counts(seen=12, new=12)
    assert len(office.pages()) == 12


def test_a_list_that_repeats_its_last_page_for_ever_has_an_end(run: Go, held: Corpus, source: Any, office: Any) -> None:
    lists = LIST.replace('next = "a[rel=next]@href"', 'pages = "{at}/list?page={page}"')
    for page in range(4, 8):
        office.scripts[f"/list?page={page}"] = lambda answering: answering.give(office.listed(3))
    assert run(source(lists)).counts.new == 12
    assert office.count("/list?page=4") == 1
    assert office.count("/list?page=5") == 0


def test_a_connector_that_breaks_is_an_error_of_its_page(run: Go, held: Corpus, source: Any, office: Any) -> None:
    class Broken:
        name, title, facts = "marlo", "t", "f"

        def __init__(self) -> None:
            self.inner = source()
            self.starts, self.listing = self.inner.starts, self.inner.listing

        def document(self, page: Any, *, entry: Any) -> Any:
            if entry.id == "marlo-25":
                raise KeyError("x")
            return self.inner.document(page, entry=entry)

    done = run(Broken())
    assert (done.counts.new, done.counts.failed) == (11, 1)


def test_a_feed_with_whole_texts_needs_no_pages(run: Go, held: Corpus, source: Any, office: Any) -> None:
    feed = source('type = "feed"\nstart = "{at}/feed"\ntext = "list"\nid = "/news/([0-9]+)"\n', "")
    assert run(feed).counts == Counts(seen=5, new=5)
    assert office.pages() == []
    assert held.document("marlo-25").document.text == office.statements[25].words
    office.edit(25, "The ferry does not leave.", "2031-05-01T00:00:00Z")
    assert run(feed).counts == Counts(seen=5, changed=1, unchanged=4)
    assert b"does not leave" in b"".join(map(raw_of, held.history.warc("marlo-25")))
    office.edit(25, "The ferry leaves again.", "2031-05-01T00:00:00Z")  # without another time of change
    assert run(feed).counts == Counts(seen=5, changed=1, unchanged=4)


def test_a_feed_leads_to_pages(run: Go, held: Corpus, source: Any, office: Any) -> None:
    feed = source('type = "feed"\nstart = "{at}/feed"\nid = "/news/([0-9]+)"\n')
    assert run(feed).counts.new == 5
    assert len(office.pages()) == 5
    assert run(feed).counts == Counts()


def test_a_sitemap_of_sitemaps_is_followed_and_its_times_are_marks(
    run: Go, held: Corpus, source: Any, office: Any
) -> None:
    office.scripts["/index.xml"] = lambda answering: answering.give(
        f"<sitemapindex><sitemap><loc>{office.address}/sitemap.xml</loc></sitemap></sitemapindex>", "text/xml"
    )
    lists = 'type = "sitemap"\nstart = "{at}/index.xml"\nid = "/news/([0-9]+)"\n'
    assert run(source(lists), limit=5).counts.new == 5
    assert ids(held) == set(range(21, 26))  # what was changed last comes first
    assert run(source(lists)).counts.new == 7
    office.edit(15, "The ferry sank.", "2031-03-03")
    office.forget()
    assert run(source(lists)).counts.changed == 1
    assert office.pages() == ["/news/15"]


def test_a_sitemap_passes_over_what_was_changed_before_the_window(
    run: Go, held: Corpus, source: Any, office: Any
) -> None:
    lists = 'type = "sitemap"\nstart = "{at}/sitemap.xml"\nid = "/news/([0-9]+)"\n'
    run(source(lists), window=Window(since=day(office.statements[20].day)))
    assert len(office.pages()) == 6


def test_a_folder_follows_its_files(tmp_path: Path, held: Corpus, source: Any, visitor: Any) -> None:
    folder = tmp_path / "statements"
    (folder / "2031").mkdir(parents=True)
    (folder / "one.txt").write_text("A ferry\n\nThe ferry leaves at noon.", encoding="utf-8")
    (folder / "2031" / "two.md").write_text("# A bridge\n\nThe bridge is closed.", encoding="utf-8")
    (folder / "picture.png").write_bytes(b"x")
    connector = source(f'type = "folder"\nstart = "{folder.as_uri()}"\n', "")

    def again() -> Counts:
        return sync(held, connector, visitor()).counts

    assert again() == Counts(seen=2, new=2)
    assert again() == Counts(seen=2, unchanged=2)
    (folder / "one.txt").write_text("A ferry\n\nThe ferry does not leave at noon.", encoding="utf-8")
    assert again() == Counts(seen=2, changed=1, unchanged=1)
    (folder / "2031" / "two.md").unlink()
    assert again() == Counts(seen=1, unchanged=1, gone=1)
    assert again() == Counts(seen=1, unchanged=1)
    (gone,) = [each.id for each in held.documents() if held.history.is_gone(each.id)]
    assert "two" in gone


def test_a_table_is_read_by_its_columns(tmp_path: Path, held: Corpus, source: Any, visitor: Any) -> None:
    table = tmp_path / "table.csv"
    rows = [
        "Nr;Day;Who;Body",
        "1;3 June 2031;Ada Lorne;The ferry leaves.",
        "2;4 June 2031;Ada Lorne;The bridge is shut.",
        "3;soon;x;y",
    ]
    table.write_text("\n".join(rows), encoding="utf-8")
    columns = '[columns]\nid = "Nr"\ndate = "Day"\nspeaker = "Who"\ntext = "Body"\n'
    connector = source(f'type = "records"\nstart = "{table.as_uri()}"\n', columns)
    problems: list[str] = []
    assert sync(held, connector, visitor(), on_problem=problems.append).counts == Counts(seen=2, new=2)
    assert problems == [f"{table.as_uri()}: row 4: the day 'soon' cannot be read; name its form in [dates]"]
    assert held.document("marlo-1").document.speakers == ("Ada Lorne",)
    table.write_text("\n".join(rows).replace("is shut", "is open"), encoding="utf-8")
    assert sync(held, connector, visitor()).counts == Counts(seen=2, changed=1, unchanged=1)


def test_a_list_of_the_internet_cannot_name_files_of_this_machine(
    tmp_path: Path, held: Corpus, source: Any, visitor: Any, office: Any
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("The password of the harbour.", encoding="utf-8")

    class Sly:
        name, title, facts = "marlo", "t", "f"

        def __init__(self) -> None:
            self.inner = source()
            self.starts = self.inner.starts

        def listing(self, page: Any) -> Any:
            return Listing((Entry("marlo-secret", secret.as_uri()),))

        def document(self, page: Any, *, entry: Any) -> Any:
            raise AssertionError("it was read")

    assert sync(held, Sly(), visitor()).counts == Counts(seen=1, failed=1)
    assert sync(held, Sly(), visitor()).counts == Counts(seen=1, known_failures=1)
    (failed,) = held.look_up(lambda open: log.failed(open, "marlo", attempts=10))
    assert "a list of the internet names a file" in failed.error


@pytest.mark.parametrize("marked", [False, True])
def test_what_was_read_by_another_recipe_is_read_anew_when_that_is_asked_for(
    marked: bool, run: Go, held: Corpus, source: Any, office: Any
) -> None:
    if marked:  # the list says of each that it was not changed
        for number in ALL:
            office.edit(number, office.statements[number].words, "2031-02-01")
    page = PAGE.replace('drop = ".share"', "")
    assert run(source(page=page)).counts.new == 12
    assert "Share this" in held.document("marlo-25").document.text
    assert run(full=True).counts == Counts(seen=12, unchanged=12)
    assert run(again=True, window=Window(since=datetime.date(2031, 1, 20))).counts.changed == 7
    assert run(again=True).counts == Counts(seen=12, changed=5, unchanged=7)
    assert "Share this" not in held.document("marlo-14").document.text
    assert len(held.history.editions("marlo-25")) == 2
    assert held.history.events() == ()  # nothing changed at the source
    assert list(held.verify()) == []
    office.edit(25, "The ferry stays in the harbour of Marlo tonight.", "2031-02-02")
    assert run(again=True).counts.changed == 1
    assert [(each.document_id, each.kind) for each in held.history.events()] == [("marlo-25", "changed")]


def test_a_killed_run_is_called_interrupted_by_the_next(run: Go, held: Corpus) -> None:
    held.note(lambda open: log.begin(open, "marlo"))
    run()
    assert [each.outcome for each in held.look_up(lambda open: log.runs(open, "marlo", limit=9))] == [
        "done", "interrupted",
    ]  # fmt: skip


def test_the_same_holds_on_a_server(location: str, source: Any, visitor: Any, office: Any) -> None:
    with Corpus.open(location, create=True) as held:
        assert sync(held, source(), visitor(), wanted=Wanted(limit=7)).outcome == "limit"
        office.edit(25, "The ferry does not leave.", "2031-03-01")
        del office.statements[24]
        done = sync(held, source(), visitor())
        assert (done.outcome, done.counts.new, done.counts.changed) == ("done", 5, 1)
        assert len(ids(held)) == 12
        assert sync(held, source(), visitor()).counts == Counts()
        assert list(held.verify()) == []


def test_a_copy_goes_on_where_the_original_was(
    run: Go, held: Corpus, source: Any, visitor: Any, office: Any, tmp_path: Path
) -> None:
    run(limit=7)
    copy_corpus(held.place, tmp_path / "copy")
    office.forget()
    with Corpus.open(tmp_path / "copy") as copied:
        assert sync(copied, source(), visitor()).counts.new == 5
        assert ids(copied) == ALL
    assert len(office.pages()) == 5
