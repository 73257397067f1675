"""Folders and files of this machine as pages, for connectors that read what somebody puts there."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from corpus.connectors.connector import Page
from corpus.errors import RecordError, SourceGone
from corpus.read import LARGEST_FILE, PAGES

FOLDER = ".folder"
"""The suffix of a page that stands for a folder: a JSON object a line, with `path`, `url` and `mark` of each file."""


def is_local(url: str) -> bool:
    """True for an address of a file or a folder."""
    return url.startswith("file:")


def local_page(url: str, *, lists: bool) -> Page:
    """A file's bytes, or the list of a folder's files; raises SourceGone for what is not there, RecordError else."""
    path = Path(url2pathname(unquote(urlsplit(url).path)))
    try:
        if path.is_dir():
            return Page(url, _listed(path), FOLDER)
        if not lists and path.stat().st_size > LARGEST_FILE:
            raise RecordError(f"larger than {LARGEST_FILE // 1_000_000} MB", path=str(path))
        return Page(url, path.read_bytes(), path.suffix.lower())
    except (FileNotFoundError, NotADirectoryError) as error:
        raise SourceGone("there is no such file or folder", link=url) from error
    except OSError as error:
        raise RecordError(f"cannot be read ({error.strerror})", path=str(path)) from error


def _listed(folder: Path) -> bytes:
    """Every file that a reader takes; size and time of its last change are the mark of its wording."""
    lines = []
    for path in sorted(folder.rglob("*")):
        if (
            path.is_file()
            and path.suffix.lower() in PAGES
            and not any(part[0] == "." for part in path.relative_to(folder).parts)
        ):
            known = path.stat()
            row = {
                "path": path.relative_to(folder).as_posix(), "url": path.absolute().as_uri(),
                "mark": f"{known.st_size}-{known.st_mtime_ns}",
            }  # fmt: skip
            lines.append(json.dumps(row).encode())
    return b"\n".join(lines)
