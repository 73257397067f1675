"""`onrecord doctor`: is everything here that the service needs, and does it fit together? For each trouble, what to do."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Literal

import click

from checker.errors import SettingsError
from checker.export import json_line
from checker.extract import load_tagger
from checker.judge import judge_name
from checker.searched import encoders_of
from checker.settings import DEFAULTS, Settings, load_settings, unknown_settings
from corpus.database import is_current
from corpus.errors import CorpusError, EncoderUnavailable
from corpus.store import Corpus
from corpus.sync.freshness import sources
from web.metrics import access_of
from web.provider.terms import terms_of
from web.store import audit, store_of
from web.store.database import HEAD
from web.store.errors import StoreUnavailable

State = Literal["good", "warning", "trouble"]
_MARKS = {"good": "✓", "warning": "!", "trouble": "✗"}

_LEAST_SPACE = 1_000_000_000
"""Bytes that should be free where a corpus grows: a sync of the largest connector takes some hundred megabytes."""


@dataclass(frozen=True, slots=True)
class Result:
    """What one question came to: its name, which stays, what was found, and what to do about it."""

    name: str
    state: State
    says: str
    advice: str = ""


@click.command()
@click.option("--corpus", metavar="LOCATION", help="The corpus (or ONRECORD_CORPUS).")
@click.option("--thorough", is_flag=True, help="Read all of the corpus and of the log too; takes minutes.")
@click.option("--format", "shape", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
def doctor(corpus: str | None, thorough: bool, shape: str) -> None:
    """Look whether everything is in order here; exit code 1 where it is not, with what to do."""
    found = []
    for each in results(corpus, thorough=thorough):
        found.append(each)
        click.echo(json_line(_object(each)) if shape == "jsonl" else _line(each))
    troubles = sum(each.state == "trouble" for each in found)
    warnings = sum(each.state == "warning" for each in found)
    click.echo(f"{len(found)} questions: {troubles} troubles, {warnings} warnings", err=True)
    sys.exit(1 if troubles else 0)


def results(location: str | None, *, thorough: bool = False) -> Iterator[Result]:
    """Every question with its result, each asked whatever came of the others."""
    yield Result("version", "good", f"OnRecord {version('onrecord')}, Python {sys.version.split()[0]}")
    yield from _settings()
    try:
        settings = load_settings()
    except SettingsError:
        settings = DEFAULTS
    settings = replace(settings, corpus=location or settings.corpus)
    for ask in (_corpus, _space, _meaning, _tagger, _desk):
        yield from ask(settings)
    if thorough:
        yield from _asked("corpus-verified", lambda: _verified(settings))
        yield from _asked("log-verified", lambda: _log(settings))


def _settings() -> Iterator[Result]:
    for name, likely in unknown_settings().items():
        advice = f"Did you mean {likely}?" if likely else "See the settings in docs/cli.md."
        yield Result("settings", "warning", f"{name} is no setting and has no effect.", advice)
    try:
        settings = load_settings()
        terms_of(settings)
        access_of(settings)
    except SettingsError as error:
        yield Result("settings", "trouble", _said(error), "Correct it; the service does not start with it.")
    else:
        yield Result("settings", "good", "Every setting has a value that it can have.")


def _corpus(settings: Settings) -> Iterator[Result]:
    try:
        with Corpus.open(settings.corpus) as corpus:
            if not corpus.is_current():
                yield Result("corpus", "trouble", "A newer program has changed its tables.", "Update this program.")
                return
            coverage = corpus.coverage()
            last = f", the newest of {coverage.last}" if coverage.last else ""
            says = f"{coverage.documents:,} documents with {coverage.passages:,} passages{last}."
            if coverage.documents:
                yield Result("corpus", "good", says)
            else:
                yield Result("corpus", "warning", "It holds no document.", "Add some: onrecord corpus add --starter")
            yield from _sources(corpus)
    except CorpusError as error:
        yield Result("corpus", "trouble", _said(error))  # fmt: skip


def _sources(corpus: Corpus) -> Iterator[Result]:
    today = datetime.now(tz=UTC).date()
    held = corpus.look_up(lambda connection: sources(connection, today=today))
    for each in held:
        for alarm in each.alarms:
            advice = f"Run “onrecord corpus sync {each.source}”, and look at “onrecord corpus connectors --failures”."
            yield Result("source", "warning", f"{each.source}: {alarm.says}", advice)
    if held and not any(each.alarms for each in held):
        yield Result("source", "good", f"{len(held)} sources are looked at as they should be.")


def _space(settings: Settings) -> Iterator[Result]:
    """Room on the disk and the right to write, where a folder is meant."""
    desk = settings.desk if settings.desk and "://" not in settings.desk else ""
    places = {Path(settings.corpus): "the corpus"} if "://" not in settings.corpus else {}
    places |= {Path(desk).absolute().parent: "the desk"} if desk else {}
    for folder, what in places.items():
        if not folder.is_dir():
            continue
        free = shutil.disk_usage(folder).free
        if free < _LEAST_SPACE:
            yield Result("space", "warning", f"{free // 1_000_000:,} MB are free for {what}.", "Make room, or move it.")
        try:
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError as error:
            yield Result("space", "warning", f"{folder}: nothing can be written ({error.strerror}).", f"Checking works; nothing can be added to {what}.")  # fmt: skip
        else:
            yield Result("space", "good", f"{free // 1_000_000:,} MB are free for {what}.")


def _meaning(settings: Settings) -> Iterator[Result]:
    """The encoders that the settings name, loaded, beside the vectors that the corpus holds."""
    encoders = encoders_of(settings)
    for space in ("english", "multilingual"):
        if not encoders.has(space):
            continue
        try:
            name = encoders.embedder(space).name
        except (EncoderUnavailable, OSError) as error:
            yield Result("encoder", "trouble", f"{space}: {_said(error)}", "Install what is missing, or set it to “none”: words alone are compared then.")  # fmt: skip
            continue
        try:
            with Corpus.open(settings.corpus) as corpus:
                held = [each.name for each in corpus.spaces() if each.space == space]
        except CorpusError:
            continue  # said already
        if held and name not in held:
            yield Result("encoder", "trouble", f"{space}: the corpus was encoded by {held[0]}, the settings name {name}.", "Set the encoder that made the vectors, or encode anew.")  # fmt: skip
        elif not held and space == "english":
            yield Result("encoder", "warning", "No passage has a vector; paraphrases are found by their words alone.", "Run “onrecord corpus encode”.")  # fmt: skip
        else:
            yield Result("encoder", "good", f"{space}: {name}{'' if held else ', not used by this corpus'}.")
    if settings.judge == "own" and judge_name() is None:
        yield Result("judge", "warning", "The judge's weights are not here.", "Install the package anew.")


def _tagger(settings: Settings) -> Iterator[Result]:
    if settings.tagger == "none":
        return
    tagger = load_tagger()
    if tagger is None:
        yield Result("tagger", "warning", "Its weights or the words it reads with are not here; rules alone bound statements.", "Install the package anew.")  # fmt: skip
    else:
        yield Result("tagger", "good", tagger.name)


def _desk(settings: Settings) -> Iterator[Result]:
    try:
        store = store_of(settings)
        if store.address.get_backend_name() == "sqlite" and not Path(store.address.database or "").exists():
            yield Result("desk", "good", "There is no desk yet; it is made when it is first needed.")
            return
        with store.reading() as connection:
            current = is_current(connection, head=HEAD)
        store.close()
    except StoreUnavailable as error:
        yield Result("desk", "trouble", _said(error), "Look at ONRECORD_DESK and at the database's server.")
        return
    if current:
        yield Result("desk", "good", "The desk's database answers.")
    else:
        yield Result("desk", "trouble", "A newer program has changed its tables.", "Update this program.")


def _verified(settings: Settings) -> list[str]:
    with Corpus.open(settings.corpus) as corpus:
        return list(corpus.verify())


def _log(settings: Settings) -> list[str]:
    store = store_of(settings)
    try:
        with store.reading() as connection:
            return list(audit.verify(connection, store.witnessed()))
    finally:
        store.close()


def _asked(name: str, ask: Callable[[], list[str]]) -> Iterator[Result]:
    try:
        problems = ask()
    except (CorpusError, StoreUnavailable) as error:
        yield Result(name, "trouble", _said(error), "See above.")
        return
    for problem in problems:
        yield Result(name, "trouble", problem, "Restore a backup, and find out who could write there.")
    if not problems:
        yield Result(name, "good", "Nothing was changed.")


def _said(error: Exception) -> str:
    return f"{str(error).rstrip('.')}."


def _line(each: Result) -> str:
    return f"{_MARKS[each.state]} {each.name}: {each.says}{f' {each.advice}' if each.advice else ''}"


def _object(each: Result) -> dict[str, str]:
    return {"name": each.name, "state": each.state, "says": each.says, "advice": each.advice}
