"""From what was pasted to a link that may be followed, or the reason why it is not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv6Address
from urllib.parse import quote, urljoin, urlsplit

from corpus.errors import EgressOff, LinkRefused
from corpus.fetch.addresses import Address, is_inner
from corpus.fetch.hosts import read_host
from corpus.fetch.policy import PORTS, Policy

LONGEST_LINK = 4_000

_CONTROL = re.compile("[\x00-\x20\x7f-\xa0\u2028\u2029\ud800-\udfff]")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_AS_IT_IS = "!$%&'()*+,-./:;=?@[]_~|"
"""What stays in a path or a question: everything that a link may hold, and percent signs that are there already."""

_NEVER = ("localhost", "local", "internal", "intranet", "lan", "home.arpa", "onion", "alt")
"""Ends of names that no public host has; they are not even looked up unless they were named as private."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link in one spelling; `private` says that its host was named as one of our own network."""

    scheme: str
    host: str | Address
    port: int
    target: str
    private: bool = False

    @property
    def authority(self) -> str:
        """The host as a request names it, with the port where it is not the usual one."""
        return _with_port(self.host, self.port, self.scheme)

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.target}"


def is_link(written: str) -> bool:
    """True for what is meant as a link and is no file: a scheme and two slashes.

    >>> is_link("https://press.example/1"), is_link("notes/1.txt"), is_link("c:/notes.txt")
    (True, False, False)
    """
    found = _SCHEME.match(written.strip())
    return found is not None and written.strip()[found.end() :].startswith("//")


def read_link(written: str, policy: Policy) -> Link:
    """Read a link; raises LinkRefused that names it and says what to do.

    >>> str(read_link("HTTPS://Press.Example:443/a b".replace(" ", "%20"), Policy()))
    'https://press.example/a%20b'
    """
    try:
        return _read(written.strip(), policy)
    except LinkRefused as error:
        raise LinkRefused(str(error.args[0]), link=shown(written)) from error


def addressee(written: str, policy: Policy) -> Link:
    """Where something may be sent: over https, or to a private host that was named. Raises EgressOff and LinkRefused."""
    if not policy.egress:
        raise EgressOff("sending is switched off here (ONRECORD_EGRESS)", link=shown(written))
    link = read_link(written, policy)
    if link.scheme != "https" and not link.private:
        raise LinkRefused(
            "what is sent could be read on its way; name an address that begins with https", link=str(link)
        )
    return link


def follow(link: Link, location: str, policy: Policy) -> Link:
    """Where a page's redirect leads; raises LinkRefused when it may not be followed."""
    try:
        if _CONTROL.search(location) or "\\" in location:
            raise LinkRefused("it leads on to an address with characters that no link has")
        to = _read(urljoin(str(link), location), policy)
    except (LinkRefused, ValueError) as error:
        reason = error.args[0] if isinstance(error, LinkRefused) else "it cannot be read"
        raise LinkRefused(
            f"it leads on to {shown(location)}, which is not followed: {reason}", link=str(link)
        ) from error
    if link.scheme == "https" and to.scheme == "http":
        raise LinkRefused(
            f"it leads on from https to the unprotected {shown(str(to))}; if that is meant, paste that link",
            link=str(link),
        )
    if to.private and not link.private:
        raise LinkRefused(f"it leads on to {to.authority}, a private host, from a public one", link=str(link))
    return to


def shown(written: str) -> str:
    """A link as it can be printed: hidden characters visible, and not longer than a line or two."""
    plain = _CONTROL.sub(lambda found: found.group().encode("unicode_escape").decode("ascii"), written.strip())
    return plain if len(plain) <= 200 else plain[:199] + "…"


def _read(written: str, policy: Policy) -> Link:
    if len(written) > LONGEST_LINK:
        raise LinkRefused(f"it is longer than {LONGEST_LINK:,} characters; use the page's own short address")
    if _CONTROL.search(written) or "\\" in written:
        raise LinkRefused("there is a space, a line end or a backslash in it; copy the link again")
    try:
        parts = urlsplit(written)
        port = parts.port
    except ValueError as error:
        raise LinkRefused("it cannot be read as a link; copy it again from the browser") from error
    if parts.scheme not in PORTS:
        raise LinkRefused("only links that begin with http:// or https:// are fetched; save other things as a file")
    if "@" in parts.netloc:
        raise LinkRefused("it holds a user name or password; take out what stands before the @")
    if not parts.netloc or parts.netloc.startswith(":"):
        raise LinkRefused("it names no host; copy it again from the browser")
    return _checked(parts.scheme, _written_host(parts.netloc), port, _target(parts.path, parts.query), policy)


def _written_host(netloc: str) -> str:
    """The host of a link without its port, as it was written (the standard library's drops a zone's case and more)."""
    if netloc.startswith("["):
        return netloc[: netloc.rfind("]") + 1]
    return netloc.partition(":")[0]


def _checked(scheme: str, written: str, port: int | None, target: str, policy: Policy) -> Link:
    host = read_host(written)
    port = PORTS[scheme] if port is None else port
    private = policy.names(host, port)
    if policy.only_named and not private:
        raise LinkRefused(
            "fetching is switched off here (ONRECORD_EGRESS), and this is none of the hosts that are asked all the same; if it "
            f"is yours, name it in ONRECORD_PRIVATE_HOSTS: {_with_port(host, port, scheme)}"
        )
    if not private:
        if port not in PORTS.values():
            raise LinkRefused(
                f"port {port} is not one that web pages are read from (80 and 443); if the host is yours, name it "
                f"with its port in ONRECORD_PRIVATE_HOSTS: {_with_port(host, port, scheme)}"
            )
        if isinstance(host, str):
            _check_name(host)
        elif not policy.allows(host, private=False):
            hint = f"; if the host is yours, name it in ONRECORD_PRIVATE_HOSTS: {_with_port(host, port, scheme)}"
            raise LinkRefused(f"its address is not one of the public internet{hint if is_inner(host) else ''}")
    elif not isinstance(host, str) and not policy.allows(host, private=True):
        raise LinkRefused("its address is one that is never asked, though it was named as private")
    return Link(scheme, host, port, target, private)


def _check_name(name: str) -> None:
    if "." not in name or any(f".{name}".endswith(f".{end}") for end in _NEVER):
        raise LinkRefused(
            f"its host is a name inside a network; name it in ONRECORD_PRIVATE_HOSTS if it is yours: {name}"
        )


def _with_port(host: str | Address, port: int, scheme: str) -> str:
    """A host as settings name it: with the port where that is not the scheme's own.

    >>> _with_port("archive.example", 8080, "http"), _with_port(IPv6Address("::1"), 80, "http")
    ('archive.example:8080', '[::1]')
    """
    shown = f"[{host}]" if isinstance(host, IPv6Address) else str(host)
    return shown if port == PORTS[scheme] else f"{shown}:{port}"


def _target(path: str, query: str) -> str:
    target = quote(path or "/", safe=_AS_IT_IS)
    return f"{target}?{quote(query, safe=_AS_IT_IS)}" if query else target
