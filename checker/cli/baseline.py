"""A baseline: findings that somebody has looked at and accepts, so that a build fails on new ones only.

It is a JSON file to keep beside the articles, one finding a line, so that a change of it can be read and reviewed. A finding is
known again by its article's address from the baseline's folder, its statement's fingerprint and its reason: an article may
be edited around it, but another verdict about the same words is a new finding.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import get_args
from urllib.parse import unquote

from checker.cli.files import address_of
from checker.cli.inputs import Given
from checker.errors import InputError
from checker.export.contract import json_line
from checker.export.diff import shortened
from checker.types import Finding, Reason
from corpus.read import PAGES

VERSION = 1
_KEYS = ("article", "fingerprint", "status", "reason", "speaker", "quote", "note")


@dataclass(frozen=True, slots=True)
class Accepted:
    """One accepted finding; `note` is whatever its keepers write there, and why it is accepted."""

    article: str
    fingerprint: str
    reason: Reason
    status: str = ""
    speaker: str = ""
    quote: str = ""
    note: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is known by."""
        return self.article, self.fingerprint, self.reason


@dataclass(slots=True)
class Baseline:
    """What is accepted, and what of it this run has met."""

    path: Path
    accepted: Mapping[tuple[str, str, str], Accepted] = field(default_factory=dict)
    _articles: set[str] = field(default_factory=set)
    _met: dict[tuple[str, str, str], Accepted] = field(default_factory=dict)

    def notes(self, given: Given) -> dict[tuple[str, Reason], str]:
        """What is accepted of one article, by fingerprint and reason, with its note."""
        article = self._address(given)
        return {
            (each.fingerprint, each.reason): each.note for each in self.accepted.values() if each.article == article
        }

    def meet(self, given: Given, findings: Iterable[tuple[Finding, str]]) -> None:
        """Remember what an article's check found, with fingerprints: what is accepted of it and not here is stale."""
        article = self._address(given)
        self._articles.add(article)
        for finding, fingerprint in findings:
            verdict, claim = finding.verdict, finding.claim
            met = Accepted(
                article, fingerprint, verdict.reason, verdict.status, claim.speaker or "", shortened(claim.quote)
            )
            known = self.accepted.get(met.key)
            self._met[met.key] = replace(met, note=known.note) if known else met

    @property
    def stale(self) -> tuple[Accepted, ...]:
        """What was accepted and is not found any more in articles that were checked, or whose file is gone."""
        unmet = (each for key, each in self.accepted.items() if key not in self._met)
        return tuple(each for each in unmet if each.article in self._articles or self._gone(each.article))

    def write(self) -> int:
        """Write what was met, and what is accepted of articles that were not checked now; gives how many there are.

        Raises InputError where the file cannot be written.
        """
        stale = {each.key for each in self.stale}
        kept = {key: each for key, each in self.accepted.items() if key not in stale}
        rows = [each for _, each in sorted((kept | self._met).items())]
        lines = ",\n".join(json_line(_object(each)) for each in rows)
        text = f'{{"onrecord-baseline": {VERSION}, "findings": [\n{lines}\n]}}\n'
        try:
            self.path.write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise InputError(f"{self.path}: cannot be written ({error.strerror})") from error
        return len(rows)

    def _address(self, given: Given) -> str:
        """An article as the baseline calls it, from wherever the program is run."""
        return given.address if given.path is None else address_of(given.path, folder=self.path.parent)

    def _gone(self, article: str) -> bool:
        path = self.path.parent / unquote(article)
        return ":" not in article and path.suffix.lower() in PAGES and not path.exists()


def read_baseline(path: Path) -> Baseline:
    """What a file accepts; raises InputError that says what is wrong with it."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as a baseline ({error}); --write-baseline makes one") from error
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: no baseline, since it is no JSON ({error})") from error
    if (
        not isinstance(value, dict)
        or value.get("onrecord-baseline") != VERSION
        or not isinstance(value.get("findings"), list)
    ):
        raise InputError(f"{path}: no baseline of this program; --write-baseline makes one")
    rows = [_accepted(each, f"{path}, finding {number}") for number, each in enumerate(value["findings"], start=1)]
    return Baseline(path, {each.key: each for each in rows})


def _accepted(value: object, place: str) -> Accepted:
    if not isinstance(value, dict) or any(not isinstance(value.get(key, ""), str) for key in _KEYS):
        raise InputError(f"{place}: not an object of texts ({', '.join(_KEYS)})")
    if value.get("reason") not in get_args(Reason) or not value.get("article") or not value.get("fingerprint"):
        raise InputError(f"{place}: “article”, “fingerprint” and a known “reason” are needed")
    return Accepted(**{key: value[key] for key in _KEYS if key in value})


def _object(each: Accepted) -> Mapping[str, object]:
    return {key: getattr(each, key) for key in _KEYS if key != "note" or each.note}
