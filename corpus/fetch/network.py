"""How names become addresses and addresses become connections; tests put their own in here."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address

import httpcore2

from corpus.errors import FetchFailed, LinkRefused, SourceUnreachable
from corpus.fetch.addresses import Address
from corpus.fetch.clock import Clock
from corpus.fetch.links import Link
from corpus.fetch.policy import Policy

_MOST_ADDRESSES = 32
"""More answers than that are no page's; each of them has to be judged."""


def system_resolver(host: str, port: int) -> tuple[str, ...]:
    """Every address that this machine's resolver gives for a name."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(place[0]) for _, _, _, _, place in found))


def system_connection(address: Address, port: int, timeout: float) -> socket.socket:
    """A connection to that very address."""
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.settimeout(timeout)
        made.connect((str(address), port))
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except OSError:
        made.close()
        raise
    return made


@dataclass(frozen=True, slots=True)
class Network:
    """The ways out of this machine: asking for a name's addresses, connecting to one, and whose certificates count."""

    resolve: Callable[[str, int], tuple[str, ...]] = system_resolver
    connect: Callable[[Address, int, float], socket.socket] = system_connection
    trust: Callable[[], ssl.SSLContext] = httpcore2.default_ssl_context


SYSTEM = Network()


def vetted(link: Link, policy: Policy, network: Network, clock: Clock) -> tuple[Address, ...]:
    """The addresses of a link's host, asked for once; raises LinkRefused unless every one may be connected to.

    One forbidden answer among good ones refuses the whole name: an honest public name has none, and whoever mixes them
    hopes that we choose wrongly, now or at the next attempt.
    """
    if not isinstance(link.host, str):
        return (link.host,)  # judged when the link was read
    found = _resolved(link.host, link.port, network, clock)
    if not found:
        raise FetchFailed("its host has no address; check the spelling")
    if len(found) > _MOST_ADDRESSES:
        raise LinkRefused(f"its host has over {_MOST_ADDRESSES} addresses, which no page has")
    addresses = tuple(_parsed(each) for each in found)
    for address in addresses:
        if not policy.allows(address, private=link.private):
            raise LinkRefused(
                "its host is not on the public internet; save the page and give the file, or name the host in "
                f"ONRECORD_PRIVATE_HOSTS if it is yours: {link.authority}"
            )
    return addresses


def _resolved(host: str, port: int, network: Network, clock: Clock) -> tuple[str, ...]:
    """Ask the resolver in a thread of its own, since nothing else can limit how long it takes."""
    answer: list[tuple[str, ...] | Exception] = []

    def ask() -> None:
        try:
            answer.append(network.resolve(host, port))
        except (OSError, UnicodeError) as error:
            answer.append(error)

    asking = threading.Thread(target=ask, daemon=True, name="resolver")
    asking.start()
    asking.join(clock.left(most=_RESOLVE_SECONDS))
    if not answer:
        raise SourceUnreachable("its host's address was not found in time; try again later")
    if isinstance(answer[0], Exception):
        raise SourceUnreachable("its host is not known; check the spelling") from answer[0]
    return answer[0]


_RESOLVE_SECONDS = 5.0


def _parsed(answer: str) -> Address:
    try:
        if "%" not in answer:  # a zone names a network card of this machine
            return ip_address(answer)
    except ValueError:
        pass
    raise LinkRefused("its host has an address that is none of the public internet's")
