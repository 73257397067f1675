"""The stored index answers like a search through everything, before, during and after a merge."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from corpus import index
from corpus.database import open_database, writing
from corpus.postings import SIZES, Batch, content, gram_hashes
from corpus.schema import posting, segment

Passages = dict[int, list[str]]
_VOCABULARY = [f"word{n}" for n in range(60)] + ["the", "of", "марло", "3.5"]


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """An empty database."""
    opened = open_database(tmp_path)
    yield opened
    opened.dispose()


@pytest.fixture
def passages() -> Passages:
    """Random passages, the same in every run."""
    chance = random.Random(7)
    return {number: chance.choices(_VOCABULARY, k=chance.randint(0, 40)) for number in range(1, 121)}


def _write(engine: Engine, passages: Passages, *, segments: int) -> None:
    for rest in range(segments):
        batch = Batch()
        for number, keys in passages.items():
            if number % segments == rest:
                batch.add([number], [keys])
        with writing(engine) as connection:
            index.write(connection, batch)
            connection.commit()


def _brute_force(passages: Passages) -> dict[tuple[int, int], set[int]]:
    found: dict[tuple[int, int], set[int]] = defaultdict(set)
    for number, keys in passages.items():
        for size in SIZES:
            for gram in gram_hashes(content(keys) if size == 1 else keys, size).tolist():
                found[size, gram].add(number)
    return found


def _answers(engine: Engine, passages: Passages) -> dict[tuple[int, int], set[int]]:
    wanted = _brute_force(passages)
    answers: dict[tuple[int, int], set[int]] = {}
    with engine.connect() as connection:
        for size in SIZES:
            found = index.look_up(connection, size, [gram for each, gram in wanted if each == size])
            answers |= {(size, gram): set(numbers.tolist()) for gram, numbers in found.items()}
    return answers


def _segments(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(segment)).scalar_one()


@pytest.mark.parametrize("segments", [1, 2, 7])
def test_a_look_up_finds_what_a_search_through_everything_finds(
    engine: Engine, passages: Passages, segments: int
) -> None:
    _write(engine, passages, segments=segments)
    assert _answers(engine, passages) == _brute_force(passages)


def test_what_is_nowhere_is_found_nowhere(engine: Engine, passages: Passages) -> None:
    _write(engine, passages, segments=3)
    absent = [gram_hashes([f"absent{n}"], 1)[0].item() for n in range(700)]
    with engine.connect() as connection:
        found = index.look_up(connection, 1, absent)
        assert index.look_up(connection, 1, []) == {}
    assert {len(numbers) for numbers in found.values()} == {0}
    assert list(found) != [] and set(found) == set(absent)


@pytest.mark.parametrize("most", [1, 3, 8])
def test_merging_keeps_every_answer(engine: Engine, passages: Passages, most: int) -> None:
    _write(engine, passages, segments=12)
    index.merge(engine, most=most)
    assert _segments(engine) <= most
    assert _answers(engine, passages) == _brute_force(passages)


def test_merging_into_one_leaves_one_row_for_a_bucket(engine: Engine, passages: Passages) -> None:
    _write(engine, passages, segments=12)
    index.merge(engine, most=1)
    with engine.connect() as connection:
        rows = connection.execute(select(posting.c.size, posting.c.bucket)).all()
    assert len(rows) == len(set(rows))


def test_few_segments_are_left_alone(engine: Engine, passages: Passages) -> None:
    _write(engine, passages, segments=index.MANY)
    index.merge(engine)
    assert _segments(engine) == index.MANY


class Killed(Exception):
    """Stands for the end of the process."""


@pytest.mark.parametrize("after", [0, 1, 40, 95])
def test_a_merge_that_was_killed_half_way_loses_nothing_and_can_be_finished(
    engine: Engine, passages: Passages, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(engine, passages, segments=10)
    whole, left = index._merge_range, iter(range(after))

    def killed(*arguments: object) -> int:
        if next(left, None) is None:
            raise Killed
        return whole(*arguments)  # type: ignore[arg-type]

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(index, "_merge_range", killed)
        index.merge(engine, most=1)
    assert _answers(engine, passages) == _brute_force(passages)
    more = {number + 1_000: keys for number, keys in passages.items()}
    _write(engine, more, segments=2)
    index.merge(engine, most=1)
    assert _segments(engine) == 1
    assert _answers(engine, passages | more) == _brute_force(passages | more)


def test_two_merges_at_once_keep_every_answer(
    engine: Engine, passages: Passages, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who comes while somebody merges leaves it to them: two who took turns would merge each other's without end."""
    _write(engine, passages, segments=10)
    whole, places = index._merge_range, iter(range(1_000))

    def interrupted(*arguments: object) -> int:
        if next(places) == 40:
            monkeypatch.setattr(index, "_merge_range", whole)
            index.merge(engine, most=1)
            assert _segments(engine) == 11, "the second one left it alone"
        return whole(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(index, "_merge_range", interrupted)
    index.merge(engine, most=1)
    assert _answers(engine, passages) == _brute_force(passages)
    assert _segments(engine) == 1
    _write(engine, {number + 1_000: keys for number, keys in passages.items()}, segments=9)
    index.merge(engine, most=1)
    everything = passages | {number + 1_000: keys for number, keys in passages.items()}
    assert _answers(engine, everything) == _brute_force(everything)
