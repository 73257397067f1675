"""A source in a few lines of TOML: where its list is, and where on a page the title, the day and the words stand.

The format is described, key by key, in docs/connectors.md. A key that is not known is an error, and so is a selector or
a pattern that cannot be read: a recipe that is wrong says so before anything is fetched.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, ClassVar, Literal

from corpus.errors import ConnectorError
from corpus.types import Tier, Translation

ListType = Literal["page", "feed", "sitemap", "folder", "records"]
DateOrder = Literal["DMY", "MDY", "YMD"]


class _Strict:
    """Tells the library that reads recipes to refuse what is not known."""

    __slots__ = ()
    __pydantic_config__: ClassVar = {"extra": "forbid"}


@dataclass(frozen=True, slots=True)
class Selector(_Strict):
    """Where something stands: CSS selectors, of which the first that finds anything counts, and what is taken of it.

    `"time.published@datetime"` takes an attribute, `"h1"` the text; `take` is a pattern whose first group is taken of
    that.
    """

    css: tuple[str, ...]
    take: str = ""


@dataclass(frozen=True, slots=True)
class Documents(_Strict):
    """What is said of every document of the source."""

    publisher: str
    language: str | None = None
    kind: str = "statement"
    kinds: Mapping[str, str] = field(default_factory=dict)
    """A pattern that is searched for in the address, and in the title, and the kind of the documents that have it."""

    speaker: str | None = None
    licence: str | None = None
    tier: Tier = "primary"
    translation: Translation | None = None


@dataclass(frozen=True, slots=True)
class Dates(_Strict):
    """How days are written, in lists and on pages."""

    formats: tuple[str, ...] = ()
    """As `datetime.strptime` takes them, with English names; without any, days are read by their look."""

    language: str | None = None
    order: DateOrder | None = None
    """What 03/04/2025 means; without it such a date is not read at all."""


@dataclass(frozen=True, slots=True)
class Lists(_Strict):
    """Where the documents are listed, and how a list is read."""

    start: tuple[str, ...]
    type: ListType = "page"
    container: Selector | None = None
    entry: Selector | None = None
    link: Selector | None = None
    date: Selector | None = None
    updated: Selector | None = None
    title: Selector | None = None
    next: Selector | None = None
    pages: str = ""
    """The addresses of the following pages with `{page}` for their number, where no link leads there."""

    first: int = 1
    """The number of the first page."""

    id: str = ""
    """A pattern whose first group, in an entry's address, is the publisher's own number or name of it."""

    allow: str = ""
    deny: str = ""
    text: Literal["page", "list"] = "page"
    """`list` where the list holds the whole text, as some feeds do: then no page is fetched."""


@dataclass(frozen=True, slots=True)
class Pages(_Strict):
    """Where things stand on the page behind an entry; without a body, the main text is told from the rest."""

    body: Selector | None = None
    title: Selector | None = None
    date: Selector | None = None
    lead: Selector | None = None
    drop: tuple[str, ...] = ()
    speaker: Selector | None = None
    """What within the body names who speaks from there on; without it, labels are found as everywhere."""

    speakers: Selector | None = None
    """Who speaks on the whole page, where it says so."""

    kind: Selector | None = None
    language: Selector | None = None


@dataclass(frozen=True, slots=True)
class Columns(_Strict):
    """Which column or key of a record holds what; without a name, the one that is called so."""

    id: str = "id"
    text: str = "text"
    title: str = "title"
    date: str = "date"
    url: str = "url"
    speaker: str = "speaker"
    kind: str = "kind"
    language: str = "language"
    updated: str = "updated"
    turns: str = "turns"
    """Of JSON Lines alone: a list of objects with `speaker` and `text`."""


@dataclass(frozen=True, slots=True)
class Manners(_Strict):
    """How often the source may be asked; its robots.txt may ask for more patience, never for less."""

    pace: float = 2.0
    """Seconds from one request to the next."""


@dataclass(frozen=True, slots=True)
class Recipe(_Strict):
    """A source as its recipe describes it."""

    name: str
    title: str
    documents: Documents
    list: Lists
    facts: str = "The recipe does not say where its facts come from."
    page: Pages = Pages()
    dates: Dates = Dates()
    columns: Columns = Columns()
    manners: Manners = Manners()


_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def load_recipe(path: Path) -> Recipe:
    """Read a recipe's file; raises ConnectorError that names the file and the key.

    Files and folders may be named relative to the recipe.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConnectorError(f"{path}: cannot be read as a recipe ({error})") from error
    return read_recipe(text, name=str(path), folder=path.absolute().parent)


def read_recipe(text: str, *, name: str, folder: Path | None = None) -> Recipe:
    """Read a recipe; raises ConnectorError that names the key.

    >>> read_recipe(
    ...     'name="marlo"\\ntitle="Marlo"\\nfacts="invented"\\n[documents]\\npublisher="Marlo"\\n'
    ...     '[list]\\ntype="feed"\\nstart="https://marlo.example/feed"',
    ...     name="marlo.toml",
    ... ).list.start
    ('https://marlo.example/feed',)
    """
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConnectorError(f"{name}: not TOML ({error})") from error
    for table, kind in (("list", Lists), ("page", Pages)):
        given[table] = _with_selectors(given.get(table, {}), kind, f"{name}: {table}")
    for table, key in (("list", "start"), ("page", "drop"), ("dates", "formats")):
        held = given.get(table)
        if isinstance(held, dict) and isinstance(held.get(key), str):
            held[key] = [held[key]]
    recipe = _validated(given, name)
    _check(recipe, name)
    return recipe if folder is None else _placed(recipe, folder)


def _with_selectors(table: Any, kind: type[Lists | Pages], place: str) -> Any:
    """The same table with every selector that was written as a text, or as several, read."""
    if not isinstance(table, dict):
        return table
    selectors = {each.name for each in fields(kind) if each.type == "Selector | None"}
    return {key: _selector(value, f"{place}.{key}") if key in selectors else value for key, value in table.items()}


def _selector(value: Any, place: str) -> Selector:
    take = ""
    if isinstance(value, dict) and value.keys() <= {"css", "take"}:
        value, take = value.get("css"), value.get("take", "")
    css = (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else ()
    if not css or not all(isinstance(each, str) and each.strip() for each in css) or not isinstance(take, str):
        raise ConnectorError(f"{place}: write a CSS selector, several in a list, or {{ css = …, take = … }}")
    if take and _pattern(take, f"{place}.take").groups != 1:
        raise ConnectorError(f"{place}.take: the pattern needs one group in brackets, which is what is taken")
    for each in css:
        _css(parted(each)[0], place)
    return Selector(css, take)


_ATTRIBUTE = re.compile(r"(?P<css>.*?)@(?P<attribute>[A-Za-z_][\w:.-]*)")


def parted(selector: str) -> tuple[str, str]:
    """A selector, and the attribute that is taken of what it finds; none means the text.

    >>> parted("time.day@datetime"), parted("h1"), parted("@href")
    (('time.day', 'datetime'), ('h1', ''), ('', 'href'))
    """
    found = _ATTRIBUTE.fullmatch(selector.strip())
    return (found["css"].strip(), found["attribute"]) if found else (selector.strip(), "")


def _css(css: str, place: str) -> None:
    from cssselect import HTMLTranslator, SelectorError

    try:
        HTMLTranslator().css_to_xpath(css or "*")
    except SelectorError as error:
        raise ConnectorError(f"{place}: {css!r} is not a CSS selector that is understood ({error})") from error


def _pattern(pattern: str, place: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise ConnectorError(f"{place}: {pattern!r} is not a regular expression ({error})") from error


def _validated(given: Mapping[str, Any], name: str) -> Recipe:
    # Imported here because only recipes need it, and it takes a tenth of a second.
    from pydantic import TypeAdapter, ValidationError

    try:
        return TypeAdapter(Recipe).validate_python(given)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        says = {"unexpected_keyword_argument": "there is no such key", "missing": "it is needed"}
        raise ConnectorError(f"{name}: {key}: {says.get(first['type'], first['msg'])}") from error


def _check(recipe: Recipe, name: str) -> None:
    """Whatever the types alone do not tell; raises ConnectorError."""
    lists = recipe.list
    if not _NAME.fullmatch(recipe.name):
        raise ConnectorError(f"{name}: name: small letters, digits and hyphens, such as “marlo-statements”")
    for key in ("id", "allow", "deny"):
        if _pattern(getattr(lists, key), f"{name}: list.{key}").groups != 1 and key == "id" and lists.id:
            raise ConnectorError(f"{name}: list.id: the pattern needs one group in brackets, which is the id")
    for pattern in recipe.documents.kinds:
        _pattern(pattern, f"{name}: documents.kinds")
    for css in recipe.page.drop:
        _css(css, f"{name}: page.drop")
    if not lists.start:
        raise ConnectorError(f"{name}: list.start: name at least one address")
    if lists.type == "page" and (lists.entry is None or lists.link is None):
        raise ConnectorError(f"{name}: list: a list page needs “entry” and “link”")
    if lists.pages and "{page}" not in lists.pages:
        raise ConnectorError(f"{name}: list.pages: {{page}} must stand where the page's number goes")
    if lists.pages and lists.container is None:
        raise ConnectorError(f"{name}: list.container: with “pages” it is needed, to tell the end of the list")
    if recipe.manners.pace < 0:
        raise ConnectorError(f"{name}: manners.pace: seconds, not below 0")


def _placed(recipe: Recipe, folder: Path) -> Recipe:
    """The same with files and folders named in full."""
    start = tuple(each if "://" in each else (folder / each).absolute().as_uri() for each in recipe.list.start)
    return replace(recipe, list=replace(recipe.list, start=start))
