"""Other people's servers are asked one thing at a time, after their rules, and left alone when they are in trouble."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from corpus.errors import FetchFailed, RobotsRefused, SourceBlocked, SourceGone, SourceResting, SourceUnreachable
from corpus.fetch.fetching import Fetched
from corpus.sync.manners import Visitor

Make = Callable[..., Visitor]


def visit(visitor: Visitor, office: Any, path: str, *, lists: bool = False) -> Fetched:
    found = visitor.visit(f"{office.address}{path}", lists=lists)
    assert isinstance(found, Fetched)
    return found


def waits_of(visitor: Visitor) -> list[float]:
    """The pauses that a visitor makes, which it does not make now."""
    waits: list[float] = []
    visitor.sleep = waits.append
    return waits


def test_requests_of_a_host_keep_their_distance(visitor: Make, office: Any) -> None:
    polite = visitor(pace=1_000.0)
    waits = waits_of(polite)
    for number in (14, 15, 16):
        visit(polite, office, f"/news/{number}")
    assert len(waits) == 3  # robots.txt is a request too
    assert all(900 < each <= 1_000 for each in waits)


def test_a_short_pause_is_really_made(visitor: Make, office: Any) -> None:
    polite = visitor(pace=0.1)
    begun = time.monotonic()
    visit(polite, office, "/news/14")
    visit(polite, office, "/news/15")
    assert time.monotonic() - begun >= 0.2


@pytest.mark.parametrize("line", ["Crawl-delay: 500", "Request-rate: 1/500s"])
def test_robots_may_ask_for_more_patience(line: str, visitor: Make, office: Any) -> None:
    office.robots = f"User-agent: *\n{line}\n"
    polite = visitor()
    waits = waits_of(polite)
    visit(polite, office, "/news/14")
    visit(polite, office, "/news/15")
    assert 400 < waits[-1] <= 500


@pytest.mark.parametrize(
    ("robots", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /news/", "/news/14", False),
        ("User-agent: *\nDisallow: /news/\nAllow: /news/14", "/news/14", True),
        ("User-agent: OnRecord\nDisallow: /\n\nUser-agent: *\nAllow: /", "/news/14", False),
        ("User-agent: somebody\nDisallow: /", "/news/14", True),
        ("<!doctype html><html>Disallow: /</html>", "/news/14", True),
        ("", "/news/14", True),
        (None, "/news/14", True),
    ],
)
def test_robots_txt_is_kept_to(robots: str | None, path: str, allowed: bool, visitor: Make, office: Any) -> None:
    office.robots = robots
    if allowed:
        assert visit(visitor(), office, path).raw
    else:
        with pytest.raises(RobotsRefused, match="asks programs not to read this"):
            visit(visitor(), office, path)
        assert office.count(path) == 0


def test_where_robots_txt_cannot_be_had_nothing_is_read(visitor: Make, office: Any) -> None:
    office.scripts["/robots.txt"] = lambda answering: answering.refuse(503)
    with pytest.raises(FetchFailed, match="status 503"):
        visit(visitor(), office, "/news/14")
    assert office.count("/news/14") == 0
    assert office.count("/robots.txt") == 4


def failing(times: int, status: int, **headers: str) -> Callable[[Any], None]:
    """So many refusals, then the page."""
    left = [times]

    def answer(answering: Any) -> None:
        left[0] -= 1
        if left[0] >= 0:
            answering.refuse(status, **headers)
        else:
            answering.give(answering.office.statements[14].page)

    return answer


@pytest.mark.parametrize(("status", "times"), [(403, 1), (429, 2), (500, 2), (502, 2), (503, 2), (504, 2)])
def test_a_server_in_trouble_is_asked_again_a_little_later(status: int, times: int, visitor: Make, office: Any) -> None:
    office.scripts["/news/14"] = failing(times, status)
    assert b"Statement 14" in visit(visitor(), office, "/news/14").raw
    assert office.count("/news/14") == times + 1


def test_a_page_that_refuses_us_twice_is_not_asked_a_third_time(visitor: Make, office: Any) -> None:
    office.scripts["/news/14"] = failing(9, 403)
    with pytest.raises(SourceBlocked):
        visit(visitor(), office, "/news/14")
    assert office.count("/news/14") == 2


def test_when_a_server_says_when_to_come_back_that_is_when(visitor: Make, office: Any) -> None:
    office.scripts["/news/14"] = failing(1, 503, Retry_After="1")
    visit(visitor(), office, "/news/14")
    assert office.at[-1] - office.at[-2] >= 0.95


def test_a_server_that_asks_for_a_long_pause_gets_it(visitor: Make, office: Any) -> None:
    office.scripts["/news/14"] = failing(1, 429, Retry_After="3600")
    waiting = visitor()
    with pytest.raises(SourceResting, match="it asks to come back in 3,600 s") as caught:
        visit(waiting, office, "/news/14")
    assert caught.value.blocked
    with pytest.raises(SourceResting):
        visit(waiting, office, "/news/15")
    assert office.pages() == ["/news/14"]


@pytest.mark.parametrize(
    ("status", "error"), [(404, SourceGone), (410, SourceGone), (401, SourceBlocked), (400, FetchFailed)]
)
def test_what_will_not_change_is_not_asked_again(
    status: int, error: type[FetchFailed], visitor: Make, office: Any
) -> None:
    office.scripts["/news/14"] = lambda answering: answering.refuse(status)
    with pytest.raises(error):
        visit(visitor(), office, "/news/14")
    assert office.count("/news/14") == 1


def test_an_answer_that_breaks_off_or_hangs_is_asked_for_again(visitor: Make, office: Any) -> None:
    office.scripts["/news/14"] = lambda answering: answering.cut()
    with pytest.raises(SourceUnreachable, match="breaks off"):
        visit(visitor(attempts=2), office, "/news/14")
    office.scripts["/news/15"] = lambda answering: time.sleep(0.7)
    with pytest.raises(SourceUnreachable):
        visit(visitor(attempts=2), office, "/news/15")
    assert office.count("/news/14") == office.count("/news/15") == 2


def test_a_host_that_fails_time_and_again_is_left_alone(visitor: Make, office: Any) -> None:
    for number in range(14, 26):
        office.scripts[f"/news/{number}"] = lambda answering: answering.refuse(500)
    tired = visitor(attempts=1)
    for number in (14, 15):
        with pytest.raises(FetchFailed, match="status 500"):
            visit(tired, office, f"/news/{number}")
    with pytest.raises(SourceResting, match="3 requests in a row failed"):
        visit(tired, office, "/news/16")
    with pytest.raises(SourceResting):
        visit(tired, office, "/news/17")
    assert office.count("/news/17") == 0


def test_one_answer_is_enough_to_trust_a_host_again(visitor: Make, office: Any) -> None:
    office.scripts["/news/14"] = lambda answering: answering.refuse(500)
    patient = visitor(attempts=1)
    for _ in range(3):
        for _ in range(2):
            with pytest.raises(FetchFailed):
                visit(patient, office, "/news/14")
        visit(patient, office, "/news/15")
