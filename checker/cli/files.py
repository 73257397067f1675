"""Which articles are meant: files as they are named, all that a folder holds, and patterns that no shell has expanded."""

from __future__ import annotations

import os
from collections.abc import Iterator
from glob import glob, has_magic
from pathlib import Path
from urllib.parse import quote

from checker.cli.unreadable import Unreadable
from checker.errors import InputError
from corpus.fetch import is_link
from corpus.read import PAGES


def expanded(paths: tuple[str, ...]) -> Iterator[str | Unreadable]:
    """Every file, link and `-` in order, none of them twice; a folder or pattern without an article is an error.

    Of a folder these are the files that can be read as articles, whatever lies in folders inside it too; what is hidden
    (its name begins with a dot) is left out.
    """
    met: set[str] = set()
    for path in paths or ("-",):
        found = _meant(path)
        if not found:
            yield Unreadable(path, InputError(f"{path}: no article is there; {', '.join(PAGES)} are read"))
        for each in found:
            place = each if each == "-" or is_link(each) else os.path.realpath(each)
            if place not in met:
                met.add(place)
                yield each


def _meant(path: str) -> list[str]:
    if path == "-" or is_link(path):
        return [path]
    if Path(path).is_dir():
        return _inside(path)
    if not Path(path).exists() and has_magic(path):
        found = sorted(glob(path, recursive=True))  # noqa: PTH207  # Path.glob takes no absolute pattern
        return [file for each in found for file in (_inside(each) if Path(each).is_dir() else [each])]
    return [path]


def _inside(folder: str) -> list[str]:
    files: list[str] = []
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        files += [
            str(Path(where, name))
            for name in sorted(names)
            if not name.startswith(".") and Path(name).suffix.lower() in PAGES
        ]
    return files


def address_of(path: Path, *, folder: Path) -> str:
    """A file as a relative address from a folder that it lies in, else as a whole one.

    >>> address_of(Path("/desk/news/ä b.md"), folder=Path("/desk"))
    'news/%C3%A4%20b.md'
    """
    whole = path.resolve()
    try:
        inside = whole.relative_to(folder.resolve())
    except ValueError:
        return whole.as_uri()
    return quote(os.fsencode(inside.as_posix()))
