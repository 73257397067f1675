"""A model's files in an installed package, taken only when they are the pinned ones."""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path

from corpus.errors import EncoderUnavailable


def packaged(package: str, distribution: str) -> Path:
    """The folder of an installed package; raises EncoderUnavailable when it is not installed."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise EncoderUnavailable(f"the package {distribution}, which carries the model, is not installed")
    return Path(spec.submodule_search_locations[0])


def sha256(path: Path) -> str:
    """The content hash of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def pinned(path: Path, wanted: str) -> Path:
    """The same path, if these are the pinned bytes; raises EncoderUnavailable otherwise."""
    if not path.is_file():
        raise EncoderUnavailable(f"{path} is missing; install the model's package again")
    found = sha256(path)
    if found != wanted:
        raise EncoderUnavailable(f"{path} is not the pinned file (SHA-256 {found[:12]}…, not {wanted[:12]}…)")
    return path
