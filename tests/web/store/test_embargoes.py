"""Until when an embargo stands, on whatever clocks that was written, and that it ends by itself."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from web.store import Store, articles, audit, embargoes, reviews, signing
from web.store.accounts import Account
from web.store.clock import before_now
from web.store.embargoes import UNTIL_LIFTED, Term, at_moment, in_zone
from web.store.errors import NotHere, NotNow, NotYours, Overtaken, WrongEntry
from web.store.schema import embargo

AUTHOR, OTHER, CHECKER = Account(1, "Ada", "reporter"), Account(2, "Bea", "reporter"), Account(3, "Cy", "checker")
EDITOR, ADMIN = Account(4, "Dov", "editor"), Account(5, "Eve", "admin")
LATER = Term("2999-01-01T00:00:00.000000Z", "2999-01-01 01:00 Europe/Berlin")


def put_on_desk(store: Store, id: str = "one") -> str:
    with store.writing() as connection:
        articles.create(connection, articles.Text("Words.", title="The ferry"), by=AUTHOR.name, id=id)
        reviews.open_review(connection, id, by=AUTHOR.name)
    return id


@pytest.mark.parametrize(
    ("written", "zone", "until"),
    [
        ("2999-05-04T18:00", "UTC", "2999-05-04T18:00"),
        ("2999-05-04T18:00", "", "2999-05-04T18:00"),
        ("2999-05-04T18:00", "+02:00", "2999-05-04T16:00"),
        ("2999-05-04T18:00", "UTC-0530", "2999-05-04T23:30"),
        ("2036-07-01T09:00", "Europe/Berlin", "2036-07-01T07:00"),
        ("2036-12-01T09:00", "Europe/Berlin", "2036-12-01T08:00"),
        ("2036-10-26T02:30", "Europe/Berlin", "2036-10-26T01:30"),  # comes twice: the later one
    ],
)
def test_a_time_is_that_of_the_clocks_of_its_zone(written: str, zone: str, until: str) -> None:
    assert in_zone(written, zone).until == f"{until}:00.000000Z"


@pytest.mark.parametrize(
    ("written", "zone", "field"),
    [
        ("2036-03-30T02:30", "Europe/Berlin", "embargo_until"),  # left out when clocks are put forward
        ("2001-05-04T18:00", "UTC", "embargo_until"),
        ("0001-01-01T00:00", "+14:00", "embargo_until"),
        ("9999-12-31T23:59", "-14:00", "embargo_until"),
        ("", "UTC", "embargo_until"),
        ("tomorrow", "UTC", "embargo_until"),
        ("2999-05-04T18:00", "Berlin", "embargo_zone"),
        ("2999-05-04T18:00", "Europe", "embargo_zone"),
        ("2999-05-04T18:00", "../../etc/passwd", "embargo_zone"),
        ("2999-05-04T18:00", "+99:00", "embargo_zone"),
    ],
)
def test_a_time_that_is_none_is_named_with_its_field(written: str, zone: str, field: str) -> None:
    with pytest.raises(WrongEntry) as error:
        in_zone(written, zone)
    assert error.value.field == field


def test_a_program_s_moment_has_an_offset_and_is_still_to_come() -> None:
    assert at_moment("2999-05-04T18:00:00+02:00", field="until").until == "2999-05-04T16:00:00.000000Z"
    for written, error in (
        ("2999-05-04T18:00:00", WrongEntry), ("soon", WrongEntry), ("2001-05-04T18:00:00Z", NotNow), ("9999-12-31T23:59-14:00", NotNow),
    ):  # fmt: skip
        with pytest.raises(error):
            at_moment(written, field="until")


def test_who_sets_and_lifts_it_stands_in_the_log_with_what_stood_before(store: Store) -> None:
    id = put_on_desk(store)
    with store.writing() as connection:
        embargoes.impose(connection, id, UNTIL_LIFTED, of="article", by=AUTHOR, seen="")
        embargoes.impose(connection, id, LATER, of="article", by=EDITOR)
        embargoes.lift(connection, id, of="article", by=ADMIN)
    with store.reading() as connection:
        told = [(each.action, each.by, dict(audit.told(each))) for each in audit.entries(connection, subject=id)][1:]
        assert list(audit.verify(connection, store.witnessed())) == []
    assert told == [
        ("embargo-set", "Ada", {"until": "lifted"}),
        ("embargo-set", "Dov", {"until": LATER.until, "local": LATER.local}),
        ("embargo-lifted", "Eve", {"until": LATER.until}),
    ]


def test_only_its_author_and_those_above_set_and_lift_it(store: Store) -> None:
    id = put_on_desk(store)
    for who in (OTHER, CHECKER):
        with pytest.raises(NotYours), store.writing() as connection:
            embargoes.impose(connection, id, UNTIL_LIFTED, of="article", by=who)
    with store.writing() as connection:
        embargoes.impose(connection, id, UNTIL_LIFTED, of="article", by=AUTHOR)
    for who in (OTHER, CHECKER):
        with pytest.raises(NotYours), store.writing() as connection:
            embargoes.lift(connection, id, of="article", by=who)
    with pytest.raises(NotHere), store.writing() as connection:
        embargoes.impose(connection, "none", UNTIL_LIFTED, of="article", by=ADMIN)


def test_whoever_saw_another_embargo_changes_nothing(store: Store) -> None:
    id = put_on_desk(store)
    with store.writing() as connection:
        embargoes.impose(connection, id, LATER, of="article", by=EDITOR)
    for seen in ("", "2031-05-04T09:00:00.000000Z"):
        with pytest.raises(Overtaken), store.writing() as connection:
            embargoes.lift(connection, id, of="article", by=AUTHOR, seen=seen)
        with pytest.raises(Overtaken), store.writing() as connection:
            embargoes.impose(connection, id, UNTIL_LIFTED, of="article", by=AUTHOR, seen=seen)


def rules_of_a_standing_one(store: Store) -> None:
    id, free = put_on_desk(store), put_on_desk(store, "free")
    with store.writing() as connection:
        embargoes.impose(connection, id, LATER, of="article", by=AUTHOR)
        signing.tell(connection, CHECKER.name, id, "Look.")
        signing.tell(connection, CHECKER.name, free, "Look here too.")

    def seen(reader: Account | None) -> set[str]:
        with store.reading() as connection:
            return {each.review.article_id for each in reviews.queue(connection, reader=reader)}

    def alerts() -> list[str]:
        with store.reading() as connection:
            return [each.article_id for each in signing.alerts(connection, CHECKER)]

    for reader in (AUTHOR, EDITOR, ADMIN):
        assert seen(reader) == {id, free}
    for kept in (OTHER, CHECKER, None):
        assert seen(kept) == {free}
    assert alerts() == [free]
    with store.writing() as connection:
        signing.see(connection, CHECKER)
        with pytest.raises(WrongEntry):
            reviews.assign(connection, id, assignee=_account(connection, CHECKER), due=None, seen=1, by="Dov")
    with store.writing() as connection:  # its moment comes
        connection.execute(update(embargo).values(until=before_now(1)))
    with store.reading() as connection:
        assert embargoes.standing(connection, id) is None and set(embargoes.withheld(connection)) == set()
        embargoes.keep_here(connection, id)
        embargoes.check(connection, id, None)
    assert seen(CHECKER) == seen(None) == {id, free}
    assert alerts() == [id], "what was kept back waited"
    with pytest.raises(NotNow), store.writing() as connection:
        embargoes.lift(connection, id, of="article", by=AUTHOR)
    with store.writing() as connection:
        embargoes.impose(connection, id, UNTIL_LIFTED, of="article", by=AUTHOR)
        assert connection.execute(select(embargo.c.until)).scalars().all() == [None]
    assert seen(CHECKER) == {free}


def _account(connection: object, who: Account) -> str:
    from web.store import accounts

    accounts.add(connection, who.name, None, role=who.role, by="test")  # type: ignore[arg-type]
    return who.name


def test_while_it_stands_others_see_nothing_and_afterwards_everything(store: Store) -> None:
    rules_of_a_standing_one(store)


def test_on_a_server_too(served: Store) -> None:
    rules_of_a_standing_one(served)
