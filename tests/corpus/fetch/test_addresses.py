"""What is inside an address decides, and a private one is never public in any wrapping."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as some

from corpus.fetch.addresses import is_inner, is_public, unwrapped

PRIVATE = some.sampled_from(["10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"]).flatmap(
    lambda network: some.ip_addresses(v=4, network=network)
)
WRAPPINGS = {
    "mapped": lambda four: 0xFFFF << 32 | four,
    "translated statelessly": lambda four: 0xFFFF << 48 | four,
    "NAT64": lambda four: 0x64FF9B << 96 | four,
    "6to4": lambda four: 0x2002 << 112 | four << 80 | 1,
    "Teredo client": lambda four: 0x20010000 << 96 | 0x5DB8D70E << 64 | (four ^ 0xFFFFFFFF),
    "Teredo server": lambda four: 0x20010000 << 96 | four << 64 | (0x5DB8D70E ^ 0xFFFFFFFF),
    "ISATAP": lambda four: 0x260628000000CB07 << 64 | 0x5EFE << 32 | four,
}


@pytest.mark.parametrize("wrapping", WRAPPINGS.values(), ids=WRAPPINGS)
@given(inside=PRIVATE)
def test_a_private_address_is_private_in_every_wrapping(wrapping: object, inside: IPv4Address) -> None:
    wrapped = IPv6Address(wrapping(int(inside)))  # type: ignore[operator]  # one of the functions above
    assert inside in unwrapped(wrapped)
    assert not is_public(wrapped)


@given(some.ip_addresses())
def test_whatever_is_public_is_not_inner(address: IPv4Address | IPv6Address) -> None:
    assert not (is_public(address) and is_inner(address))


@pytest.mark.parametrize(
    "address",
    """
    1.1.1.1 8.8.8.8 93.184.215.14 100.63.255.255 100.128.0.0 172.15.255.255 172.32.0.0 192.167.255.255 223.255.255.255
    2606:2800:21f:cb07:6820:80da:af6b:8b2c 2a00:1450:4001:80b::200e 2001:4860:4860::8888 64:ff9b::808:808
    ::ffff:8.8.8.8 2002:808:808::1
    """.split(),
)
def test_what_lies_beside_the_reserved_blocks_is_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize("address", "10.1.2.3 127.0.0.1 192.168.4.5 100.70.1.1 fd12::1 ::1 ::ffff:10.0.0.1".split())
def test_a_newsroom_s_own_network_can_be_named(address: str) -> None:
    assert is_inner(ip_address(address)) and not is_public(ip_address(address))
