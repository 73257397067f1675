"""Connectors by name: those that come with the program, its recipes, other people's, and recipes by their path.

Other people's register themselves in the entry points group `onrecord.connectors`, each under its own name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from importlib import resources
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import MappingProxyType

from corpus.connectors.connector import Connector
from corpus.connectors.generic import RecipeConnector
from corpus.connectors.recipe import load_recipe, read_recipe
from corpus.errors import ConnectorError

GROUP = "onrecord.connectors"

_HERE = "corpus.connectors"
OWN: Mapping[str, str] = MappingProxyType(
    {
        "kremlin-en": f"{_HERE}.kremlin:KREMLIN_EN",
        "kremlin-ru": f"{_HERE}.kremlin:KREMLIN_RU",
        "kremlin-en-feed": f"{_HERE}.kremlin:KREMLIN_EN_FEED",
        "kremlin-ru-feed": f"{_HERE}.kremlin:KREMLIN_RU_FEED",
        "mid-en": f"{_HERE}.mid:MID_EN",
        "mid-ru": f"{_HERE}.mid:MID_RU",
        "president-ua-en": f"{_HERE}.president_ua:PRESIDENT_UA_EN",
        "president-ua-uk": f"{_HERE}.president_ua:PRESIDENT_UA_UK",
        "whitehouse": f"{_HERE}.whitehouse:WHITEHOUSE",
    }
)
"""Hand-written connectors of this package: a name, and the module and attribute that hold it."""


def connector(name: str) -> Connector:
    """The connector of that name, or of the recipe at that path; raises ConnectorError.

    >>> connector("no-such-source")
    Traceback (most recent call last):
    corpus.errors.ConnectorError: there is no connector “no-such-source”; “onrecord corpus connectors” lists them
    """
    if name.endswith(".toml"):
        return RecipeConnector(load_recipe(Path(name)))
    points = _points()
    if name in points:
        return _loaded(points[name])
    recipes = _recipes()
    if name in recipes:
        return _of_recipe(name, recipes[name])
    close = get_close_matches(name, [*points, *recipes], n=3, cutoff=0.6)
    hint = (
        f"; did you mean {', '.join(close)}?"
        if close
        else "; “onrecord corpus connectors” lists them; a recipe of your own is named by its path (NAME.toml)"
    )
    raise ConnectorError(f"there is no connector “{name}”{hint}")


def connectors() -> Iterator[Connector | ConnectorError]:
    """Every connector that is known by name, by name; one that cannot be loaded is an error in its place."""
    points, recipes = _points(), _recipes()
    for name in sorted({*points, *recipes}):
        try:
            yield _loaded(points[name]) if name in points else _of_recipe(name, recipes[name])
        except ConnectorError as error:
            yield error


def _points() -> dict[str, EntryPoint]:
    """Our own first: nobody replaces a connector of ours by installing a package."""
    others = {point.name: point for point in entry_points(group=GROUP)}
    return others | {name: EntryPoint(name, value, GROUP) for name, value in OWN.items()}


def _loaded(point: EntryPoint) -> Connector:
    try:
        found = point.load()
    except Exception as error:
        raise ConnectorError(f"the connector “{point.name}” ({point.value}) cannot be loaded: {error!r}") from error
    missing = [each for each in ("name", "title", "facts", "starts", "listing", "document") if not hasattr(found, each)]
    if missing or found.name != point.name:
        says = f"it has no {', '.join(missing)}" if missing else f"it calls itself “{found.name}”"
        raise ConnectorError(f"“{point.name}” ({point.value}) is no connector: {says}")
    return found  # type: ignore[no-any-return]  # its members were looked at


def _recipes() -> dict[str, str]:
    folder = resources.files("corpus.connectors").joinpath("recipes")
    if not folder.is_dir():
        return {}
    return {
        each.name.removesuffix(".toml"): each.read_text(encoding="utf-8")
        for each in folder.iterdir()
        if each.name.endswith(".toml")
    }


def _of_recipe(name: str, text: str) -> Connector:
    recipe = read_recipe(text, name=f"{name}.toml")
    if recipe.name != name:
        raise ConnectorError(f"{name}.toml: name: it calls itself “{recipe.name}”")
    return RecipeConnector(recipe)
