"""Whom a comment names is told, and nobody whose name only begins so."""

from __future__ import annotations

import pytest
from sqlalchemy import insert

from web.store import Store
from web.store.accounts import mentioned
from web.store.clock import now
from web.store.schema import account

NAMES = ("Ann", "Annabel", "Ann Lee", "ann@paper.example", "Zoë", "Bea", "Ann-Marie (closed)", "Bea Orn (closed)")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("@Ann, look; @zoë too, @ann", ["Ann", "Zoë"]),
        ("(@Bea's note)", ["Bea"]),
        ("@Annabel please look", ["Annabel"]),
        ("@Ann Lee and @Ann", ["Ann Lee", "Ann"]),
        ("mail bob@ann.example or bob@annex.example", []),
        ("@ann@paper.example", ["ann@paper.example"]),
        ("@Ann-Marie", []),
        ("@Bea Orn", []),
        ("@Zoe\u0308", ["Zoë"]),
        ("Ann, Bea: nobody asks you", []),
    ],
)
def test_whole_names_behind_a_sign_are_meant_the_longest_first(store: Store, text: str, told: list[str]) -> None:
    with store.writing() as connection:
        for each in NAMES:
            name = each.removesuffix(" (closed)")
            values = {"name": name, "role": "editor", "password": "", "active": name == each}
            connection.execute(insert(account).values(**values, created_at=now()))
    with store.reading() as connection:
        assert list(mentioned(connection, text)) == told
