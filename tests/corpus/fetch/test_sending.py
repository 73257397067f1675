"""What is sent goes to whom it was meant for and to nobody else: judged before, protected on its way, followed nowhere."""

from __future__ import annotations

import pytest

from corpus.errors import EgressOff, FetchError, FetchFailed, LinkRefused
from corpus.fetch import Policy
from corpus.fetch.sending import send
from corpus.fetch.transfer import Parcel
from tests.corpus.fetch.conftest import PUBLIC, Internet, Served
from tests.corpus.fetch.test_refusals import REFUSED_LINKS

PARCEL = Parcel(b'{"type": "told"}', (("Content-Type", "application/json"), ("webhook-id", "msg_1")))
URL = "https://press.example/told"


def sent(internet: Internet, url: str = URL, policy: Policy | None = None) -> int:
    return send(url, PARCEL, policy or Policy(), network=internet.network)


def answered(status: str, *headers: str) -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *headers, "Content-Length: 0", "", ""]).encode()


def test_a_parcel_arrives_over_https_with_its_headers(internet: Internet, secure: Served) -> None:
    secure.routes["/told"] = answered("202 Accepted")
    assert sent(internet) == 202
    (head,) = secure.requests
    first, *headers = head.partition(b"\r\n\r\n")[0].decode().split("\r\n")
    assert first == "POST /told HTTP/1.1"
    assert {"Host: press.example", "webhook-id: msg_1", f"Content-Length: {len(PARCEL.content)}"} <= set(headers)
    assert secure.named == ["press.example"] and internet.dialled == [(PUBLIC, 443)]


@pytest.mark.parametrize("status", ["301 Moved Permanently", "307 Temporary Redirect", "308 Permanent Redirect"])
def test_a_redirect_is_an_answer_and_not_followed(internet: Internet, secure: Served, status: str) -> None:
    secure.routes["/told"] = answered(status, "Location: https://press.example/elsewhere")
    assert sent(internet) == int(status[:3])
    assert len(secure.requests) == 1 and len(internet.dialled) == 1


@pytest.mark.parametrize("url", REFUSED_LINKS)
def test_what_is_no_link_is_no_address_either(internet: Internet, forbidden: Served, url: str) -> None:
    before = forbidden.connections
    with pytest.raises(FetchError):
        sent(internet, url.format(port=forbidden.port))
    assert internet.dialled == [] and forbidden.connections == before


@pytest.mark.parametrize("answers", [["127.0.0.1"], [PUBLIC, "10.0.0.1"], ["169.254.169.254"], ["::1"], []])
def test_a_name_that_leads_inside_is_told_nothing(internet: Internet, answers: list[str]) -> None:
    internet.names = {"press.example": answers}
    with pytest.raises(FetchError):
        sent(internet)
    assert internet.dialled == []


def test_what_could_be_read_on_its_way_is_not_sent(internet: Internet) -> None:
    with pytest.raises(LinkRefused, match="https"):
        sent(internet, "http://press.example/told")
    assert internet.dialled == []


@pytest.mark.parametrize("host", ["wrong.example", "expired.example", "stranger.example"])
def test_nothing_is_sent_to_whoever_cannot_show_who_they_are(internet: Internet, secure: Served, host: str) -> None:
    internet.names = {host: [PUBLIC]}
    with pytest.raises(FetchFailed, match="certificate"):
        sent(internet, f"https://{host}/told")
    assert secure.requests == []


def test_where_it_is_switched_off_no_name_is_looked_up(internet: Internet) -> None:
    with pytest.raises(EgressOff, match="ONRECORD_EGRESS"):
        sent(internet, policy=Policy(egress=False))
    assert internet.looked_up == [] and internet.dialled == []
