"""A list page, read by selectors."""

from __future__ import annotations

import re
from typing import Any

from corpus.connectors.connector import Entry, Listing, Page
from corpus.connectors.generic.days import day_of, no_day
from corpus.connectors.generic.links import absolute, id_of, wanted
from corpus.connectors.generic.markup import elements, first, texts, tree_of
from corpus.connectors.recipe import Recipe
from corpus.errors import MarkupMoved


def page_listing(page: Page, recipe: Recipe) -> Listing:
    """The entries of a list page, and the address of the next; raises MarkupMoved that names the selector."""
    tree, lists = tree_of(page), recipe.list
    assert lists.entry is not None
    if lists.container is not None and not any(elements(tree, css) for css in lists.container.css):
        raise moved(page, recipe, f"no {' or '.join(lists.container.css)}")
    found = next((at for css in lists.entry.css if (at := elements(tree, css))), [])
    if not found and lists.container is None:
        raise moved(page, recipe, f"no entry at {' or '.join(lists.entry.css)}")
    read = [_entry(each, page, recipe) for each in found]
    if found and not any(read):
        raise moved(page, recipe, f"no entry has a link at {' or '.join(_css(recipe.list.link))}")
    problems = [f"{page.url}: entry {number} has no link" for number, each in enumerate(read, start=1) if each is None]
    entries = [each for each in read if each is not None]
    undated = [
        f"{entry.url}: {no_day(texts(element, lists.date), recipe.dates, at=' or '.join(lists.date.css))}"
        for element, entry in zip(found, read, strict=True)
        if lists.date is not None and entry is not None and entry.published is None
    ]
    if undated and len(undated) == len(entries):
        raise moved(page, recipe, undated[0].partition(": ")[2])
    problems += undated
    taken = {each.id: each for each in entries if wanted(each.url, recipe)}
    return Listing(tuple(taken.values()), _next(tree, page, recipe, any=bool(found)), problems=tuple(problems))


def moved(page: Page, recipe: Recipe, says: str) -> MarkupMoved:
    """The error of a page that is not built as the recipe says."""
    return MarkupMoved(f"{says}: the page is not built as the recipe “{recipe.name}” says", path=page.url)


def _css(selector: Any) -> tuple[str, ...]:
    return selector.css if selector is not None else ()


def _entry(element: Any, page: Page, recipe: Recipe) -> Entry | None:
    lists = recipe.list
    link = absolute(page.url, first(element, lists.link))
    if not link:
        return None
    written = texts(element, lists.date) if lists.date else ()
    days = (day_of(each, recipe.dates, language=recipe.documents.language) for each in written)
    return Entry(
        id_of(link, recipe), link, next((day for day in days if day), None), first(element, lists.updated),
        first(element, lists.title),
    )  # fmt: skip


def _next(tree: Any, page: Page, recipe: Recipe, *, any: bool) -> str | None:
    """Where the next page is: where a link leads, or the next number as long as there is something on this one."""
    lists = recipe.list
    if lists.next is not None:
        link = absolute(page.url, first(tree, lists.next))
        return link if link and link != page.url else None
    if not lists.pages or not any:
        return None
    numbered = _numbered(recipe).fullmatch(page.url)
    if numbered is not None:
        start, end = numbered.span("page")
        return f"{page.url[:start]}{int(numbered['page']) + 1}{page.url[end:]}"
    return lists.pages.replace("{page}", str(lists.first + 1))


def _numbered(recipe: Recipe) -> re.Pattern[str]:
    """A page's address with its number; what else is in braces stands for anything."""
    parts = re.split(r"(\{[^}]*\})", recipe.list.pages)
    return re.compile(
        "".join(
            r"(?P<page>\d+)" if part == "{page}" else ".*?" if part[:1] == "{" else re.escape(part) for part in parts
        )
    )
