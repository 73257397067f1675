"""A link's host in one spelling: a plain name, or an address.

Resolvers take `127.1`, `0x7f.1`, `2130706433` and `①②⑦.⓪.⓪.①` for 127.0.0.1. So these are read here, as a browser
reads them, and only what is certainly a name is ever given to a resolver.
"""

from __future__ import annotations

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address

import idna

from corpus.errors import LinkRefused
from corpus.fetch.addresses import Address

_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_LONGEST_NAME = 253


def read_host(written: str) -> str | Address:
    """The one spelling of a host; raises LinkRefused for what is none.

    >>> read_host("PRESS.Example."), read_host("0x7f.1"), read_host("bücher。example")
    ('press.example', IPv4Address('127.0.0.1'), 'xn--bcher-kva.example')
    """
    if written.startswith("["):
        return _ipv6(written)
    if "%" in written:
        raise LinkRefused("its host is written in percent signs; write the name itself")
    name = _ascii(written).removesuffix(".")
    labels = name.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        return _ipv4(labels)
    if len(name) > _LONGEST_NAME or not all(_LABEL.fullmatch(label) for label in labels):
        raise LinkRefused("its host is no name that the internet knows; check the spelling")
    return name


def _ascii(written: str) -> str:
    if written.isascii():
        return written.lower()
    try:
        return idna.encode(written, uts46=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError):
        pass
    try:  # digits in circles and the like are no names, and so no IDNA, but they are numbers to a resolver
        plain = idna.uts46_remap(written, std3_rules=False)
    except (idna.IDNAError, UnicodeError) as error:
        raise LinkRefused("its host holds characters that no host has; check the spelling") from error
    if not plain.isascii():
        raise LinkRefused("its host holds characters that no host has; check the spelling")
    return plain.lower()


def _ipv6(written: str) -> IPv6Address:
    if "%" in written:
        raise LinkRefused("its address names a network card of this machine; leave out the part after the percent sign")
    try:
        return IPv6Address(written[1:-1] if written.endswith("]") else "")
    except AddressValueError as error:
        raise LinkRefused("its host in brackets is no IPv6 address; check the spelling") from error


def _ipv4(labels: list[str]) -> IPv4Address:
    """One to four numbers, each decimal, octal (0…) or hexadecimal (0x…); the last one fills what is left."""
    numbers = [_number(label) for label in labels]
    if len(numbers) > 4 or any(number > 255 for number in numbers[:-1]) or numbers[-1] >= 256 ** (5 - len(numbers)):
        raise LinkRefused("its host is a number, but no IPv4 address; check the spelling")
    value = numbers[-1] + sum(number << 8 * (3 - place) for place, number in enumerate(numbers[:-1]))
    return IPv4Address(value)


def _number(label: str) -> int:
    if not _NUMBER.fullmatch(label) or len(label) > 24:
        raise LinkRefused("its host ends in a number, but is no IPv4 address; check the spelling")
    try:
        if label.startswith("0x"):
            return int(label[2:] or "0", 16)
        return int(label, 8 if label.startswith("0") else 10)
    except ValueError as error:
        raise LinkRefused("its host is a number, but no IPv4 address; check the spelling") from error
