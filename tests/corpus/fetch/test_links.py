"""One spelling for every link, and no host that we call a name is an address to a resolver."""

from __future__ import annotations

import socket
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from corpus.errors import LinkRefused
from corpus.fetch import Policy
from corpus.fetch.hosts import read_host
from corpus.fetch.links import is_link, read_link

ANY = Policy()
HOSTS = some.one_of(
    some.text("0123456789abcdefx.", min_size=1, max_size=24),
    some.text("0127x.[]:%①⑦⓪。．｡ⅰ１２７-_", min_size=1, max_size=16),
    some.lists(
        some.integers(0, 2**33).flatmap(lambda n: some.sampled_from([str(n), hex(n), f"0{n:o}"])), max_size=5
    ).map(".".join),
)


@given(HOSTS)
@example("127.1")
@example("0x7f.1")
@example("1.0x")
@example("0")
def test_what_is_called_a_name_is_no_address_to_the_resolver(written: str) -> None:
    try:
        host = read_host(written)
    except LinkRefused:
        return
    if isinstance(host, str):
        with pytest.raises((socket.gaierror, UnicodeError)):
            socket.getaddrinfo(host, 80, flags=socket.AI_NUMERICHOST)


@given(HOSTS)
def test_a_number_is_the_address_that_the_resolver_takes_it_for(written: str) -> None:
    try:
        host = read_host(written)
        found = socket.getaddrinfo(written, 80, flags=socket.AI_NUMERICHOST, type=socket.SOCK_STREAM)
    except (LinkRefused, socket.gaierror, UnicodeError):
        return
    assert str(host) == found[0][4][0]


@given(
    some.sampled_from(["http", "https", "HTTP"]),
    some.one_of(HOSTS, some.just("press.example")),
    some.text(max_size=30),
)
def test_a_link_that_is_read_again_is_the_same(scheme: str, host: str, rest: str) -> None:
    try:
        link = read_link(f"{scheme}://{host}/{rest}", ANY)
    except LinkRefused as error:
        assert "\n" not in str(error) and "\x00" not in str(error)
        return
    assert str(link).isascii() and not any(letter.isspace() for letter in str(link))
    assert read_link(str(link), ANY) == link


@given(some.text(max_size=60))
def test_any_text_is_a_link_or_refused(written: str) -> None:
    with suppress(LinkRefused):
        assert is_link(str(read_link(written, ANY)))
