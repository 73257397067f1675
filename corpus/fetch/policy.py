"""What may be fetched at all: nothing, the public internet, or that and some hosts of one's own."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.errors import LinkRefused
from corpus.fetch.addresses import Address, is_inner, is_public
from corpus.fetch.hosts import read_host

PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class PrivateHost:
    """A host of one's own network that may be asked although its address is private."""

    host: str | Address
    port: int | None = None

    @classmethod
    def parse(cls, written: str) -> PrivateHost:
        """Read `host` or `host:port`; raises ValueError for anything else.

        >>> PrivateHost.parse("wiki.newsroom.example:8080").port
        8080
        """
        host, colon, port = written.strip().rpartition(":")
        if not colon or written.strip().endswith("]"):
            host, port = written.strip(), ""
        if port and not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
            raise ValueError(f"not a port: {port!r}")
        try:
            return cls(read_host(host), int(port) if port else None)
        except LinkRefused as error:
            raise ValueError(f"not a host: {host!r}") from error


@dataclass(frozen=True, slots=True)
class Policy:
    """Whether anything is fetched, and which private hosts are allowed besides the public internet, or instead of it."""

    egress: bool = True
    private_hosts: tuple[PrivateHost, ...] = ()
    only_named: bool = False

    def names(self, host: str | Address, port: int) -> bool:
        """True for a host and port that were named as private."""
        usual = port in PORTS.values()
        return any(
            each.host == host and (each.port == port or (each.port is None and usual)) for each in self.private_hosts
        )

    def allows(self, address: Address, *, private: bool) -> bool:
        """True for an address that may be connected to; `private` says that its host was named as private."""
        return is_public(address) or (private and is_inner(address))
