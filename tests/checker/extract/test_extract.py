"""From an article's text to its attributions."""

from __future__ import annotations

import itertools
import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.extract import extract_attributions
from checker.types import Article, Attribution

ROOT = Path(__file__).parents[3]


def expected(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def stated(found: tuple[Attribution, ...], case: dict[str, str]) -> bool:
    """True when one attribution holds the words, with the speaker and the type that the case names."""
    words = " ".join(case["content_contains"].split())
    return any(
        words in " ".join(one.quote.split())
        and one.type == case["type"]
        and one.speaker is not None
        and case["speaker"] in one.speaker.name
        for one in found
    )


def test_every_statement_of_the_sample_article_is_found() -> None:
    text = (ROOT / "corpus/starter/sample-article.txt").read_text(encoding="utf-8")
    found = extract_attributions(Article("sample", text))
    cases = expected(ROOT / "tests/data/sample-article-expected.jsonl")
    assert [case["content_contains"] for case in cases if not stated(found, case)] == []


def test_nothing_of_the_samples_boxes_and_links_is_a_statement() -> None:
    text = (ROOT / "corpus/starter/sample-article.txt").read_text(encoding="utf-8")
    quotes = " ".join(one.quote for one in extract_attributions(Article("sample", text)))
    assert not any(words in quotes for words in ("before coffee", "wipe your feet", "30 August", "soup"))


def test_every_statement_of_the_seed_article_is_found(shared: Path) -> None:
    text = (shared / "seed/jpost-2016-12-31-netanyahu-putin.txt").read_text(encoding="utf-8")
    found = extract_attributions(Article("seed", text))
    cases = expected(shared / "seed/expected.jsonl")
    assert [case["content_contains"] for case in cases if not stated(found, case)] == []
    related = text.index("Related Content")
    assert all(one.content[-1].end < related for one in found)


PIECES = """“ ” " ‘ ’ ' « » said he Ann Cole , . : that according to who quoting as saying claim the statement told adding
( ) — а заявил Bo «Да» “No” ; and but while which on Tuesday in 2014 a interview with CNN Dec. 29 last week was by""".split()
NEWS = st.lists(st.sampled_from([*PIECES, "\n"]), max_size=60).map(" ".join)


@given(NEWS | st.text(max_size=300))
def test_no_text_raises_and_spans_are_inside_it_and_in_order(text: str) -> None:
    for one in extract_attributions(Article("x", text)):
        for spans in (one.content, one.cue, one.source):
            assert all(0 <= span.start < span.end <= len(text) for span in spans)
            assert all(left.end <= right.start for left, right in itertools.pairwise(spans))
        for span in (one.date_words, one.channel):
            assert span is None or 0 <= span.start < span.end <= len(text)
            assert span is None or not any(span.overlaps(part) for part in one.content)
        assert one.content
        assert 0 <= one.confidence <= 1


@pytest.mark.parametrize(
    "unit",
    [
        "“A.” he said. ",
        "“a\n",
        "He said in an interview with CNN on Tuesday, ",
        "on Tuesday in a statement ",
        "Bo said “",
        "said ",
        "He said that he said “no” and ",
        "A, b, ",
        "“a ",
    ],
)
def test_four_times_the_text_is_no_more_than_about_four_times_the_work(unit: str) -> None:
    def seconds(size: int) -> float:
        text = (unit * size)[:size]
        start = time.process_time()
        extract_attributions(Article("x", text))
        return time.process_time() - start

    assert seconds(120_000) < 12 * max(seconds(30_000), 0.05)


@pytest.mark.parametrize("unit", ["“A.” he said, and ", "“”‘’\"'", "é\u0301\u202e\U0001f600 “"])
def test_a_line_of_a_megabyte_is_read_in_time_that_grows_with_it(unit: str) -> None:
    def seconds(size: int) -> float:
        text = (unit * (size // len(unit) + 1))[:size]
        start = time.process_time()
        for one in extract_attributions(Article("x", text)):
            assert 0 <= one.content[0].start < one.content[-1].end <= size
        return time.process_time() - start

    assert seconds(1_000_000) < 12 * max(seconds(250_000), 0.05)


@pytest.mark.parametrize("ending", ["", " ", "\n", "\n\n", " \r\n"])
@pytest.mark.parametrize("mark", ["“", "”", "„", '"', "'", "’", "«", "»", "「", "``", "“”", "\"'"])
def test_a_megabyte_of_marks_takes_under_two_seconds(mark: str, ending: str) -> None:
    text = (mark + ending) * (1_000_000 // len(mark + ending))
    start = time.process_time()
    assert extract_attributions(Article("x", text)) == ()
    assert time.process_time() - start < 2


def test_a_line_of_marks_quotes_nothing_and_parts_nothing() -> None:
    text = '“\nAnn Cole said: “It is late.\n”\nIt is dark,” she added.\n"\nIt is over.\n'
    found = extract_attributions(Article("x", text))
    assert [span.of(text) for one in found for span in one.content] == ["“It is late.", "It is dark,”"]
