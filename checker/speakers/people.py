"""Who speaks in a corpus: its own labels, read as people, with the years in which each is heard."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from checker.speakers.names import full_name, name_words, surname_of
from checker.speakers.register import Heard, Register
from corpus.types import SpeakerLabel


def filled(register: Register, labels: Iterable[SpeakerLabel]) -> Register:
    """The register with everyone whom the corpus' labels give a full name, so that bare surnames can be judged."""
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
    heard: dict[str, list[Heard]] = defaultdict(list)
    for person in years.values():
        heard[surname_of(person.name)].append(person)
    return replace(register, heard={surname: tuple(people) for surname, people in heard.items()})
