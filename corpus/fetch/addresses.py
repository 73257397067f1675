"""Which addresses may be asked: those of the public internet, whatever they are wrapped in.

The standard library is not enough: for it `64:ff9b::7f00:1` (a translator's way of writing 127.0.0.1), multicast and
the site-local `fec0::1` are global, and its answers change between versions of Python. So an IPv6 address must lie in
the one block that is given out (2000::/3), and what is reserved in either family is listed here.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_GIVEN_OUT = IPv6Network("2000::/3")

_RESERVED = tuple(
    ip_network(each)
    for each in """
    0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24
    192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4
    168.63.129.16/32 2001::/23 2001:db8::/32 3fff::/20
    """.split()
)
"""IANA's special-purpose registries, multicast, and one public address at which a cloud answers its own machines."""

_INNER = tuple(
    ip_network(each)
    for each in "10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 172.16.0.0/12 192.168.0.0/16 ::1/128 fc00::/7".split()
)
"""Where a host that was named as private may be; never link-local, where clouds hand out their keys."""

_METADATA = tuple(ip_network(each) for each in ("100.100.100.200/32", "fd00:ec2::254/128", "fd20:ce::254/128"))
"""Where some clouds do so all the same."""

_MAPPED = IPv6Network("::ffff:0:0/96")
_TRANSLATED = IPv6Network("::ffff:0:0:0/96")
_COMPATIBLE = IPv6Network("::/96")
_NAT64 = IPv6Network("64:ff9b::/96")
_SIX_TO_FOUR = IPv6Network("2002::/16")
_ISATAP = frozenset((0x00005EFE, 0x02005EFE))


def is_public(address: Address) -> bool:
    """True for an address that anybody on the internet may be asked at.

    >>> is_public(IPv4Address("93.184.215.14")), is_public(IPv6Address("64:ff9b::7f00:1"))
    (True, False)
    """
    return all(_is_global(each) for each in unwrapped(address))


def is_inner(address: Address) -> bool:
    """True for an address at which a newsroom's own host may be: private or loopback, and nobody's key store.

    >>> is_inner(IPv4Address("10.1.2.3")), is_inner(IPv4Address("169.254.169.254"))
    (True, False)
    """
    return all(_within(each, _INNER) and not _within(each, _METADATA) for each in unwrapped(address))


def unwrapped(address: Address) -> tuple[Address, ...]:
    """What a packet to this address reaches: the address itself, or the ones that are written inside it.

    >>> unwrapped(IPv6Address("2002:7f00:1::"))
    (IPv4Address('127.0.0.1'),)
    """
    if isinstance(address, IPv4Address):
        return (address,)
    bits = int(address)
    if address in _SIX_TO_FOUR:
        return (IPv4Address(bits >> 80 & 0xFFFFFFFF),)
    if any(address in wrapping for wrapping in (_MAPPED, _TRANSLATED, _NAT64)) or (address in _COMPATIBLE and bits > 1):
        return (IPv4Address(bits & 0xFFFFFFFF),)
    if address.teredo:  # the server, and the client behind it
        return (address, *address.teredo)
    if bits >> 32 & 0xFFFFFFFF in _ISATAP:
        return (address, IPv4Address(bits & 0xFFFFFFFF))
    return (address,)


def _is_global(address: Address) -> bool:
    if isinstance(address, IPv6Address) and address not in _GIVEN_OUT:
        return False
    return address.is_global and not address.is_multicast and not _within(address, _RESERVED)


def _within(address: Address, networks: tuple[Network, ...]) -> bool:
    return any(address.version == network.version and address in network for network in networks)
