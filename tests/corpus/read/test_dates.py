"""A document's own date is taken from its head, and never from a sentence."""

from __future__ import annotations

import pytest

from corpus.read.dates import date_in


@pytest.mark.parametrize(
    ("title", "text", "name", "date"),
    [
        ("Talk", "Talk\n\n15 April 2031\n\nWe open.", "", "2031-04-15"),
        ("Talk", "Talk\n\nApril 15, 2031, 21:36\n\nWe open.", "", "2031-04-15"),
        ("Talk", "Marlo, Thursday, the 15th of April 2031\n\nWe open.", "", "2031-04-15"),
        ("Беседа", "Беседа\n\n15 апреля 2031 года, 10:10 Марло\n\nОткрываем.", "", "2031-04-15"),
        ("Розмова", "15 квітня 2031\n\nВідкриваємо.", "", "2031-04-15"),
        ("Talk", "15.04.2031\n\nWe open.", "", "2031-04-15"),
        ("Talk", "4/15/2031\n\nWe open.", "", "2031-04-15"),
        ("Talk", "867-15-04-2031\n\nOn 3 May 2030 it began.", "", "2031-04-15"),
        ("Address of 15 April 2031", "We open.", "", "2031-04-15"),
        ("Talk", "We open.", "2031-04-15-talk.txt", "2031-04-15"),
        ("Talk", "4/5/2031\n\nWe open.", "", None),
        ("Talk", "31 June 2031\n\nWe open.", "", None),
        ("Talk", "12 people 2031\n\n3 minutes 2031", "", None),
        ("From 15 April 2031 to 20 April 2031", "We open.", "", None),
        ("Talk", "On 15 April 2031 Ada Lorne opened the harbour of Marlo.", "", None),
        ("Talk", "\n".join(f"Line {n}" for n in range(40)) + "\n15 April 2031", "", None),
        ("", "", "", None),
    ],
)
def test_a_head_gives_its_date_or_none(title: str, text: str, name: str, date: str | None) -> None:
    found = date_in(title, text, name=name)
    assert (str(found) if found else None) == date
