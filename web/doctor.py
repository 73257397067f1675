"""`onrecord doctor`: is everything here that the service needs, and does it fit together? For each trouble, what to do."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
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
from checker.wording import count
from corpus.collections import collections
from corpus.collections.purge import overdue
from corpus.embed import SPACES
from corpus.errors import CorpusError, EncoderUnavailable
from corpus.store import Corpus
from corpus.sync.freshness import sources
from web.metrics import access_of
from web.provider.terms import terms_of
from web.store import audit, store_of
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
    yield from _space(settings)
    yield from _readers(settings)
    try:
        with Corpus.open(settings.corpus) as corpus:
            yield from _corpus(corpus)
            yield from _collections(settings)
            yield from _encoders(corpus, settings)
            if thorough:
                yield from _unchanged("corpus-verified", corpus.verify())
    except CorpusError as error:
        yield Result("corpus", "trouble", _said(error))
    try:
        yield from _desk(settings, thorough=thorough)
    except StoreUnavailable as error:
        yield Result("desk", "trouble", _said(error), "Look at ONRECORD_DESK and at the database's server.")


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
        if settings.adding == "here" and (settings.require_sign_in == "on" or settings.oidc_issuer):
            yield Result("adding", "warning", "Whoever sits at this machine may add sources; behind a proxy that names nobody, all readers seem to.", "Set ONRECORD_ADDING to “on” or “off”, and the proxy's headers as in docs/operations.md.")  # fmt: skip


def _corpus(corpus: Corpus) -> Iterator[Result]:
    coverage = corpus.coverage()
    last = f", the newest of {coverage.last}" if coverage.last else ""
    if coverage.documents:
        says = f"{count(coverage.documents, 'document')} with {count(coverage.passages, 'passage')}{last}."
        yield Result("corpus", "good", says)
    else:
        yield Result("corpus", "warning", "It holds no document.", "Add some: onrecord corpus add --starter")
    yield from _sources(corpus)


def _sources(corpus: Corpus) -> Iterator[Result]:
    today = datetime.now(tz=UTC).date()
    held = corpus.look_up(lambda connection: sources(connection, today=today))
    for each in held:
        for alarm in each.alarms:
            advice = f"Run “onrecord corpus sync {each.source}”, and look at “onrecord corpus connectors --failures”."
            yield Result("source", "warning", f"{each.source}: {alarm.says}", advice)
    if held and not any(each.alarms for each in held):
        yield Result("source", "good", f"{len(held)} sources are looked at as they should be.")


def _collections(settings: Settings) -> Iterator[Result]:
    """Whether private collections hold what they should hold no more: nothing is removed by itself."""
    today = datetime.now(tz=UTC).date()
    held = [each for each in collections(settings.corpus) if each.terms.keep_days is not None]
    late = {each.name: len(overdue(settings.corpus, each.name, today=today)) for each in held}
    for each in held:
        if number := late[each.name]:
            says = f"{each.name}: documents that are past their time after {each.terms.keep_days} days: {number:,}."
            advice = f"Run “onrecord corpus purge {each.name} --expired --yes”, once a day."
            yield Result("collection", "warning", says, advice)
    if held and not any(late.values()):
        yield Result("collection", "good", f"In {len(held)} private collections nothing is past its time.")


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
            advice = f"Checking works; nothing can be added to {what}."
            yield Result("space", "warning", f"{folder}: nothing can be written ({error.strerror}).", advice)
        else:
            yield Result("space", "good", f"{free // 1_000_000:,} MB are free for {what}.")


def _encoders(corpus: Corpus, settings: Settings) -> Iterator[Result]:
    """The encoders that the settings name, loaded, beside the vectors that the corpus holds."""
    encoders = encoders_of(settings)
    for space in SPACES:
        if not encoders.has(space):
            continue
        try:
            name = encoders.embedder(space).name
        except (EncoderUnavailable, OSError) as error:
            advice = "Install what is missing, or set it to “none”: words alone are compared then."
            yield Result("encoder", "trouble", f"{space}: {_said(error)}", advice)
            continue
        held = [each.name for each in corpus.spaces() if each.space == space]
        if held and name not in held:
            says = f"{space}: the corpus was encoded by {held[0]}, the settings name {name}."
            yield Result("encoder", "trouble", says, "Set the encoder that made the vectors, or encode anew.")
        elif not held and space == "english":
            says = "No passage has a vector; paraphrases are found by their words alone."
            yield Result("encoder", "warning", says, "Run “onrecord corpus encode”.")
        else:
            yield Result("encoder", "good", f"{space}: {name}{'' if held else ', not used by this corpus'}.")


def _readers(settings: Settings) -> Iterator[Result]:
    """The networks that come with the program."""
    tagger = load_tagger() if settings.tagger == "own" else None
    for name, wanted, held in (
        ("judge", settings.judge == "own", judge_name()),
        ("tagger", settings.tagger == "own", tagger.name if tagger else None),
    ):
        if wanted and held:
            yield Result(name, "good", f"{held}.")
        elif wanted:
            yield Result(name, "warning", "Its weights, or the words that it reads with, are not here.", "Install the package anew.")  # fmt: skip


def _desk(settings: Settings, *, thorough: bool) -> Iterator[Result]:
    """Whether the desk's database answers; raises StoreUnavailable."""
    store = store_of(settings)
    if store.address.get_backend_name() == "sqlite" and not Path(store.address.database or "").exists():
        yield Result("desk", "good", "There is no desk yet; it is made when it is first needed.")
        return
    try:
        with store.reading() as connection:
            yield Result("desk", "good", "The desk's database answers.")
            store.check_witness()
            if thorough:
                yield from _unchanged("log-verified", audit.verify(connection, store.witnessed()))
    finally:
        store.close()


def _unchanged(name: str, problems: Iterable[str]) -> Iterator[Result]:
    found = [
        Result(name, "trouble", each, "Restore a backup, and find out who could write there.") for each in problems
    ]
    yield from found or [Result(name, "good", "Nothing was changed.")]


def _said(error: Exception) -> str:
    return f"{str(error).rstrip('.')}."


def _line(each: Result) -> str:
    return f"{_MARKS[each.state]} {each.name}: {each.says}{f' {each.advice}' if each.advice else ''}"


def _object(each: Result) -> dict[str, str]:
    return {"name": each.name, "state": each.state, "says": each.says, "advice": each.advice}
