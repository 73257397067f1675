"""Reading the register's table: the one that comes with the program, and an editor's own beside it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import cast

from checker.errors import SettingsError
from checker.speakers.names import folded_label, name_words
from checker.speakers.register import Institution, Register, Term
from corpus.types import PartialDate

_KEYS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "person": (frozenset(["id", "name"]), frozenset(["aliases"])),
    "institution": (frozenset(["id", "name", "publishers", "state"]), frozenset(["aliases"])),
    "state": (frozenset(["id", "name"]), frozenset(["aliases"])),
    "term": (frozenset(["person", "institution", "title", "first"]), frozenset(["last"])),
}
"""What an entry of each sort must have, and what it may have."""

_LISTS = frozenset(["aliases", "publishers"])

Entry = dict[str, str | list[str]]
Table = dict[str, list[Entry]]


@cache
def load_register(editors: str = "") -> Register:
    """The register that comes with the program, with the entries of an editor's file added; read once a file.

    An entry of the same id adds its aliases. Raises SettingsError that names the file and the entry.
    """
    shipped = resources.files("checker.speakers").joinpath("register.toml").read_text(encoding="utf-8")
    tables = [_table(shipped, "register.toml")]
    if editors:
        try:
            tables.append(_table(Path(editors).read_text(encoding="utf-8"), editors))
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(f"{editors}: the speakers' file cannot be read ({error})") from error
    return _register({sort: [entry for table in tables for entry in table[sort]] for sort in _KEYS}, editors)


def _table(text: str, where: str) -> Table:
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{where}: not a TOML file ({error})") from error
    if unknown := set(found) - set(_KEYS):
        raise SettingsError(f"{where}: [[{min(unknown)}]] is not known; there are {', '.join(_KEYS)}")
    return {sort: [_entry(entry, sort, where) for entry in found.get(sort, [])] for sort in _KEYS}


def _entry(entry: object, sort: str, where: str) -> Entry:
    needed, allowed = _KEYS[sort]
    if not isinstance(entry, dict):
        raise SettingsError(f"{where}: write each {sort} as a [[{sort}]] of its own")
    name = f"{where}: [[{sort}]] {entry.get('id') or entry.get('person') or ''}".rstrip()
    if missing := needed - set(entry):
        raise SettingsError(f"{name}: {min(missing)} is missing")
    if unknown := set(entry) - needed - allowed:
        raise SettingsError(f"{name}: {min(unknown)} is not known")
    for key, value in entry.items():
        listed = isinstance(value, list) and all(isinstance(each, str) for each in value)
        if not (listed if key in _LISTS else isinstance(value, str) and value):
            raise SettingsError(f"{name}: {key} must be {'a list of texts' if key in _LISTS else 'a text'}")
    return cast(Entry, entry)


def _register(table: Table, editors: str) -> Register:
    names: dict[str, str] = {}
    for entry in [*table["person"], *table["institution"], *table["state"]]:
        for alias in [_text(entry, "name"), *_texts(entry, "aliases")]:
            names[folded_label(alias)] = _text(entry, "id")
    for entry in table["person"]:
        for alias in [_text(entry, "name"), *_texts(entry, "aliases")]:
            names.setdefault(" ".join(name_words(alias)), _text(entry, "id"))
    people = {_text(entry, "id"): _text(entry, "name") for entry in reversed(table["person"])}
    institutions = {
        _text(entry, "id"): Institution(
            _text(entry, "id"), tuple(map(folded_label, _texts(entry, "publishers"))), _text(entry, "state")
        )
        for entry in table["institution"]
    }
    terms = tuple(_term(entry, people, institutions, editors) for entry in table["term"])
    return Register(names, people, institutions, terms)


def _term(entry: Entry, people: Mapping[str, str], institutions: Mapping[str, Institution], where: str) -> Term:
    person, institution = _text(entry, "person"), _text(entry, "institution")
    if person not in people or institution not in institutions:
        missing = person if person not in people else institution
        raise SettingsError(f"{where}: [[term]] {person}: there is no entry with the id {missing!r}")
    try:
        first = PartialDate.parse(_text(entry, "first"))
        last = PartialDate.parse(_text(entry, "last")) if "last" in entry else None
    except ValueError as error:
        raise SettingsError(f"{where}: [[term]] {person}: {error}") from error
    return Term(person, institution, _text(entry, "title"), first, last)


def _text(entry: Entry, key: str) -> str:
    return cast(str, entry[key])


def _texts(entry: Entry, key: str) -> list[str]:
    return cast("list[str]", entry.get(key, []))
