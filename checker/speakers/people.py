"""Who speaks in a corpus: its own labels, read as people, with the years in which each is heard."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from checker.speakers.labelled import holding
from checker.speakers.names import full_name, name_words, surname_of
from checker.speakers.register import Heard, Register
from corpus.types import SpeakerLabel


def filled(register: Register, labels: Callable[[], Sequence[SpeakerLabel]]) -> Register:
    """The register with everyone whom the corpus' labels give a full name, so that bare surnames can be judged.

    Labels are asked for, and read, when a surname is: most claims name nobody who needs it.
    """
    return replace(register, heard=_People(labels))


_KEPT = 10_000
"""Surnames that are remembered, those that nobody bears too; a service for a wire may be asked for any number."""


class _People(Mapping[str, tuple[Heard, ...]]):
    """Who is heard, by surname: of thousands of labels those of the surnames that were asked for are read."""

    def __init__(self, labels: Callable[[], Sequence[SpeakerLabel]]) -> None:
        self._ask = labels
        self._known: dict[str, tuple[Heard, ...]] = {}

    @cached_property
    def _labels(self) -> Sequence[SpeakerLabel]:
        return self._ask()

    @cached_property
    def _all(self) -> Mapping[str, tuple[Heard, ...]]:
        people: dict[str, list[Heard]] = defaultdict(list)
        for person in _read(self._labels):
            people[surname_of(person.name)].append(person)
        return {surname: tuple(mine) for surname, mine in people.items()}

    def __getitem__(self, surname: str) -> tuple[Heard, ...]:
        people = self._known.get(surname)
        if people is None:
            mine = holding(surname, [each.label for each in self._labels])
            heard = _read(each for each in self._labels if each.label in mine)
            people = tuple(person for person in heard if surname_of(person.name) == surname)
            if len(self._known) >= _KEPT:
                self._known.clear()  # whoever reads beside has what it read
            self._known[surname] = people
        if not people:
            raise KeyError(surname)
        return people

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)


def _read(labels: Iterable[SpeakerLabel]) -> list[Heard]:
    years: dict[tuple[str, ...], Heard] = {}
    for each in labels:
        name = full_name(each.label)
        if name is None:
            continue
        first, last = (date.year if date else None for date in (each.first, each.last))
        known = years.get(name_words(name))
        years[name_words(name)] = Heard(
            known.name if known else name,
            min((year for year in (first, known and known.first) if year), default=None),
            max((year for year in (last, known and known.last) if year), default=None),
        )
    return list(years.values())
