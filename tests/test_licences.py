"""What is installed with OnRecord may be passed on with it: nothing under the GPL or AGPL, and nothing that does not say.

Read from the metadata of what is installed, for everything that the program and its extras need, and what that needs. Licences that bind
their own files only (LGPL, MPL) are used as they are and not changed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
_COPYLEFT = re.compile(
    r"(?<![A-Za-z])A?GPL|Affero|(?<!Lesser )(?<!Library )(?<!Library or Lesser )General Public Licen[sc]e",
    re.IGNORECASE,
)


def needed() -> dict[str, Distribution]:
    """Every installed distribution that the program or one of its extras leads to, by its canonical name."""
    extras = PROJECT["optional-dependencies"]
    wanted = [*PROJECT["dependencies"], *(each for name in extras if name != "dev" for each in extras[name])]
    waiting = [Requirement(each) for each in wanted]
    found: dict[str, Distribution] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        one = waiting.pop()
        name, asked = canonicalize_name(one.name), frozenset(one.extras)
        if (name, asked) in seen:
            continue
        seen.add((name, asked))
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue  # an extra that is not installed here; the direct ones are looked for below
        for each in map(Requirement, found[name].requires or ()):
            if each.marker is None or any(each.marker.evaluate({"extra": extra}) for extra in ("", *asked)):
                waiting.append(each)
    return found


def said(one: Distribution) -> tuple[str, ...]:
    """What a distribution says of its licence: an expression, or else classifiers, or else the first line of its words."""
    metadata = one.metadata
    expression = metadata.get("License-Expression")
    if expression:
        return (expression,)
    classifiers = tuple(each for each in metadata.get_all("Classifier") or () if each.startswith("License ::"))
    # A bare "OSI Approved" says nothing; the words may be the whole text, which names other licences too.
    telling = tuple(each for each in classifiers if each != "License :: OSI Approved")
    words = (metadata.get("License") or "").strip().splitlines()[:1]
    return telling or tuple(words)


def binds(statement: str) -> bool:
    """Whether every licence that a statement offers is the GPL or AGPL, or includes it."""
    return all(_COPYLEFT.search(each) for each in re.split(r"\s+OR\s+", statement))


FOUND = needed()


def offenders(found: dict[str, Distribution]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, one in sorted(found.items()):
        statements = said(one)
        if not statements or any(map(binds, statements)):
            yield name, statements


def test_nothing_that_is_needed_is_under_the_gpl_or_silent() -> None:
    assert dict(offenders(FOUND)) == {}


def test_what_the_program_names_itself_is_all_looked_at() -> None:
    direct = {canonicalize_name(Requirement(each).name) for each in PROJECT["dependencies"]}
    assert direct <= set(FOUND) and len(FOUND) > len(direct)


@pytest.mark.parametrize(
    ("statement", "bound"),
    [
        ("GPL-3.0-only", True),
        ("AGPL-3.0-or-later", True),
        ("MIT AND GPL-2.0-or-later", True),
        ("GPL-2.0-only OR AGPL-3.0-only", True),
        ("License :: OSI Approved :: GNU General Public License v3 (GPLv3)", True),
        ("License :: OSI Approved :: GNU Affero General Public License v3", True),
        ("GNU GPLv3", True),
        ("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later", False),
        ("LGPL-3.0-only", False),
        ("License :: OSI Approved :: GNU Lesser General Public License v3 (LGPLv3)", False),
        ("License :: OSI Approved :: GNU Library or Lesser General Public License (LGPL)", False),
        ("Apache-2.0", False),
    ],
)
def test_statements_are_read_as_they_are_meant(statement: str, bound: bool) -> None:
    assert binds(statement) is bound


@pytest.mark.parametrize(
    ("words", "named"),
    [("License-Expression: AGPL-3.0-only\n", True), ("", True), ("License-Expression: MIT\n", False)],
)
def test_an_installed_package_is_named_when_it_binds_or_is_silent(tmp_path: Path, words: str, named: bool) -> None:
    folder = tmp_path / "invented-1.0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text(f"Metadata-Version: 2.4\nName: invented\nVersion: 1.0\n{words}", encoding="utf-8")
    assert [name for name, _ in offenders({"invented": Distribution.at(folder)})] == (["invented"] if named else [])
