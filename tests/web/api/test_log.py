"""The log is read in order, page by page; keys are seen and revoked by their owner alone."""

from __future__ import annotations

from itertools import pairwise

from tests.web.api.conftest import Programs, problem
from web.store import Store, audit, keys


def test_the_log_is_read_to_its_end(program: Programs, store: Store) -> None:
    caller = program("editor")
    with store.writing() as connection:
        for number in range(5):
            audit.append(connection, "assigned", f"article {number % 2}", by="Ada", detail={"due": None})
    found, path = [], "/audit?limit=2"
    while path:
        body = caller("GET", path).get_json()
        found += body["items"]
        path = f"/audit?limit=2&cursor={body['next']}" if body["next"] else ""
    assert [each["number"] for each in found] == list(range(1, len(found) + 1)) and found[-1]["detail"] == {"due": None}
    assert all(later["previous"] == earlier["sha256"] for earlier, later in pairwise(found))
    one = caller("GET", "/audit?subject=article+1").get_json()["items"]
    assert [each["subject"] for each in one] == ["article 1"] * 2


def test_keys_are_one_s_own_and_never_show_their_secret(program: Programs, store: Store) -> None:
    mine, others = program("editor", scopes=("read",)), program("admin")
    (shown,) = mine("GET", "/keys").get_json()["items"]
    assert shown["scopes"] == ["read"] and mine.secret.startswith(shown["prefix"])
    assert mine.secret[-64:] not in mine("GET", f"/keys/{shown['id']}").text
    for method in ("GET", "DELETE"):
        assert problem(others(method, f"/keys/{shown['id']}")) == (404, "not-found")
    revoked = mine("DELETE", f"/keys/{shown['id']}")
    assert (revoked.status_code, revoked.data) == (204, b"") and "Content-Type" not in revoked.headers
    assert problem(mine("GET", "/keys")) == (401, "key-revoked")
    with store.reading() as connection:
        assert keys.numbered(connection, shown["id"]).revoked_at is not None


def test_a_key_cannot_make_a_key(program: Programs) -> None:
    answer = program("admin")("POST", "/keys", {"label": "another", "scopes": ["check"]})
    assert problem(answer) == (405, "method-not-allowed") and answer.headers["Allow"] == "GET, HEAD"
