"""A service that the settings name is asked where it is, and nothing that it says leads elsewhere."""

from __future__ import annotations

import pytest

from corpus.errors import FetchError, FetchFailed, LinkRefused
from corpus.fetch import Policy, PrivateHost
from corpus.fetch.services import ask_service
from corpus.fetch.transfer import Parcel
from tests.corpus.fetch.conftest import PUBLIC, Internet, Served

URL = "https://press.example/keys"
NAMED = Policy(private_hosts=(PrivateHost("press.example", 443),), only_named=True)


def answered(status: str, body: bytes, *headers: str) -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}", "", ""]).encode() + body


@pytest.mark.parametrize("policy", [Policy(), NAMED])
@pytest.mark.parametrize("status", ["200 OK", "400 Bad Request", "302 Found"])
def test_the_answer_is_given_whatever_its_status(
    internet: Internet, secure: Served, policy: Policy, status: str
) -> None:
    secure.routes["/keys"] = answered(status, b'{"keys": []}', "Location: https://evil.example/keys")
    reply = ask_service(URL, policy, network=internet.network)
    assert (reply.status, reply.body) == (int(status[:3]), b'{"keys": []}')
    assert internet.dialled == [(PUBLIC, 443)]


def test_what_is_sent_arrives(internet: Internet, secure: Served) -> None:
    secure.routes["/keys"] = answered("200 OK", b"{}")
    ask_service(URL, Policy(), parcel=Parcel(b"code=1", (("Accept", "application/json"),)), network=internet.network)
    assert secure.requests[0].startswith(b"POST /keys ")


@pytest.mark.parametrize(
    "url",
    [
        "https://other.example/keys",
        "https://press.example:8443/keys",
        "http://press.example/keys",
        "https://10.0.0.1/keys",
    ],
)
def test_where_only_named_hosts_are_asked_no_other_is(internet: Internet, url: str) -> None:
    with pytest.raises(LinkRefused, match="ONRECORD_EGRESS"):
        ask_service(url, NAMED, network=internet.network)
    assert internet.looked_up == [] and internet.dialled == []


def test_a_named_host_is_never_where_clouds_keep_their_keys(internet: Internet) -> None:
    internet.names = {"press.example": ["169.254.169.254"]}
    with pytest.raises(FetchError):
        ask_service(URL, NAMED, network=internet.network)
    assert internet.dialled == []


def test_more_than_a_service_says_is_not_read(internet: Internet, secure: Served) -> None:
    secure.routes["/keys"] = answered("200 OK", b"x" * 1_100_000)
    with pytest.raises(FetchFailed, match="larger"):
        ask_service(URL, Policy(), network=internet.network)
