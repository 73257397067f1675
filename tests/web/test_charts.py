"""Pictures say what their tables say."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from checker.reliability import Bin, reliability
from corpus.holdings import Dated, holdings
from web.charts import HEIGHT, WIDTH, coverage_timeline, reliability_points, timeline


def test_bars_stand_in_their_time_and_the_fullest_fills_the_field() -> None:
    found = timeline({"2029": 2, "2031": 8, "2030": 4})
    assert [(bar.name, bar.documents) for bar in found.bars] == [("2029", 2), ("2030", 4), ("2031", 8)]
    assert [bar.x for bar in found.bars] == [0, WIDTH / 3, 2 * WIDTH / 3]
    assert [bar.height for bar in found.bars] == [HEIGHT / 4, HEIGHT / 2, HEIGHT]
    assert all(bar.y + bar.height == HEIGHT and bar.x + bar.width <= WIDTH for bar in found.bars)
    assert [tick.label for tick in found.ticks] == ["2029", "2030", "2031"]


def test_a_long_time_has_few_years_written_below_it() -> None:
    assert 6 <= len(timeline({str(year): 1 for year in range(1945, 2027)}).ticks) <= 13


def test_a_gap_is_drawn_where_nothing_is_held() -> None:
    dates = [f"2031-{month:02}-{day:02}" for month in (1, 2, 5) for day in range(1, 11)]
    found = coverage_timeline(holdings("Marlo", "en", [Dated("Marlo", "en", date, False, 1) for date in dates]))
    assert found is not None
    (hole,) = found.holes
    assert hole.label == "2031-03 – 2031-04"
    before, after = found.bars[1], found.bars[2]
    assert before.x < hole.x and hole.x + hole.width <= after.x + 0.01


def test_what_has_no_dates_has_no_picture() -> None:
    assert coverage_timeline(holdings("Marlo", "en", [Dated("Marlo", "en", None, False, 1)])) is None


def test_points_stand_at_their_confidence_and_share() -> None:
    (point,) = reliability_points([Bin(0.8, 1.0, 40, 0.75)], size=100)
    assert (point.x, point.y) == (90, 25)
    small, large = reliability_points([Bin(0, 0.5, 1, 0.5), Bin(0.5, 1, 100, 0.5)])
    assert small.radius < large.radius


def test_the_about_page_draws_what_the_benchmark_wrote(client: FlaskClient) -> None:
    stored = json.loads((Path(__file__).parents[2] / "checker" / "reliability.json").read_text(encoding="utf-8"))
    assert [replace(each) for each in reliability()] == [Bin(**each) for each in stored["bins"]]
    page = client.get("/about").text
    for each in reliability():
        assert f"{each.low:.1f}–{each.high:.1f}" in page and f"{round(100 * each.right)}&#8239;%" in page
    assert page.count('class="point"') == len(reliability())


@pytest.mark.parametrize("path", ["/corpus?q=ferry", "/corpus", "/corpus?year=1900", "/corpus?publisher=<b>&page=99"])
def test_the_record_s_pages_open_whatever_is_asked(client: FlaskClient, path: str) -> None:
    page = client.get(path).text
    assert "The record" in page and "<b>&" not in page


def test_what_is_found_is_marked_and_leads_to_its_passage(client: FlaskClient) -> None:
    page = client.get("/corpus?q=northern+ferry").text
    assert '<mark class="found">northern</mark> <mark class="found">ferry</mark>' in page
    assert "1 document" in page and "#passage" in page and "q=northern+ferry" in page
    assert "Nothing is held that fits" in client.get("/corpus?q=zeppelin").text


@pytest.mark.parametrize("query", ["q=%00", "page=x", "year=" + "x" * 4001])
def test_what_cannot_be_asked_is_refused(client: FlaskClient, query: str) -> None:
    assert client.get(f"/corpus?{query}").status_code == 400
