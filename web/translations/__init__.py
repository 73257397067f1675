"""The catalogues of the interface: what the pages say, in other languages than English.

`python -m web.translations` collects the messages, brings each catalogue (`*/LC_MESSAGES/messages.po`) up to date,
compiles it, and makes the tables of the integrations anew (`verdicts`). Messages stand in the templates and at `_()`, `said()`, `noted()` and `worded()` in the code, and in the tables of
`checker/wording.py` and the description of the API, whose words are collected from where they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from checker import wording
from checker.wording import Words
from corpus.text import FOLDINGS
from web.api.pages import paragraphs
from web.translations.verdicts import FILES, verdicts

FOLDER = Path(__file__).parent
LANGUAGES = tuple(sorted(path.name for path in FOLDER.iterdir() if (path / "LC_MESSAGES").is_dir()))

_METHODS = [("**.py", "python"), ("**.html", "jinja2")]
_KEYWORDS: Mapping[str, Any] = {
    "_": None, "gettext": None, "said": None, "noted": None, "worded": None, "ngettext": (1, 2),
}  # fmt: skip
_OPTIONS = {"**.html": {"trimmed": "true", "silent": "false"}}


def messages() -> Catalog:
    """Everything that the interface says, in English."""
    found = Catalog(project="OnRecord", charset="utf-8", fuzzy=False)
    root = FOLDER.parent.parent
    for package in ("checker", "web"):
        for path, _, message, _, _ in extract_from_dir(
            root / package, method_map=_METHODS, options_map=_OPTIONS, keywords=_KEYWORDS
        ):
            if not path.startswith("translations/"):
                found.add(message)
    for message in _in_tables():
        found.add(message)
    return found


def catalogue(language: str) -> Catalog:
    """A language's catalogue as it is stored."""
    path = _path(language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def compiled(held: Catalog, into: Path) -> None:
    """Write what the program reads."""
    with into.open("wb") as file:
        write_mo(file, held)


def update() -> None:
    """Bring every catalogue up to date, and the tables that are made of it.

    New messages come in untranslated, those that are said no more go out.
    """
    for language in LANGUAGES:
        held = catalogue(language)
        held.update(messages(), no_fuzzy_matching=True, update_creation_date=False)
        held.obsolete.clear()
        with _path(language).open("wb") as stored:
            write_po(stored, held, width=120, no_location=True, sort_output=True, omit_header=False)
        compiled(held, _path(language).with_suffix(".mo"))
    catalogues = {language: catalogue(language) for language in LANGUAGES}
    for file, opening in FILES.items():
        file.write_text(verdicts(opening, catalogues), encoding="utf-8")


def _path(language: str) -> Path:
    return FOLDER / language / "LC_MESSAGES" / "messages.po"


def _in_tables() -> Iterator[str | tuple[str, str]]:
    """The words of the tables, which are said by code."""
    tables: tuple[Mapping[Any, Words], ...] = (wording.STATUSES, wording.TONES, wording.REASONS, wording.EDITS)
    words = [*(each for table in tables for each in table.values()), *wording.MONTHS]
    for each in words:
        yield from (each.short, each.long)
    yield from (word for _, word in wording.CONFIDENCES)
    singles: tuple[Mapping[Any, str], ...] = (
        wording.FEATURES, wording.TIERS, wording.TRANSLATIONS, wording.KINDS, wording.RELATIONS, FOLDINGS,
    )  # fmt: skip
    for table in singles:
        yield from table.values()
    yield from paragraphs()
    for noun in wording.NOUNS:
        yield (f"%(count)s {noun}", f"%(count)s {noun}s")
