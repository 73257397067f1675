"""Fixture policy: a test that names no fixture sees an empty corpus, no network and no settings of this machine.

In CI every skipped test is printed with its reason, and a skip that is not on the list below fails the run.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import cast

import pytest
from click.testing import CliRunner
from hypothesis import settings
from sqlalchemy import Engine, create_engine, inspect

from benchmarks.cluster import Cluster, binaries, running
from checker.cli import onrecord

# No time limit per example: machines are noisy. In CI the same examples every time, so that a red run is about the
# change; elsewhere new ones, so that something is found.
settings.register_profile("house", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("house")

_UPGRADE = import_module("corpus.database.migrate").upgrade
ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"

NO_PGVECTOR = (
    "no PostgreSQL server with pgvector 0.7 or later is installed: put the folder with its initdb first on PATH"
)
PACKAGES = ROOT / "web" / "integrations" / "prosemirror" / "node_modules"
NO_PACKAGES = "the packages of the integrations are not here: make integrations fetches them with npm"
EXPECTED_SKIPS = {
    "the shared evaluation data are not here": not SHARED.is_dir(),
    "chromium is not installed": shutil.which("chromium") is None,
    "no PostgreSQL server is installed": binaries() is None,
    NO_PGVECTOR: binaries(pgvector=True) is None,
    "curl is not installed": shutil.which("curl") is None,
    "systemd-analyze is not installed": shutil.which("systemd-analyze") is None,
    "node is not installed": shutil.which("node") is None,
    NO_PACKAGES: not (PACKAGES / ".package-lock.json").is_file() or shutil.which("node") is None,
}
"""Reason for a skip, and whether it may happen on this machine."""


_LONG = [
    "browser",
    "integrations|nightly|jobs|prosemirror|google|stopping|running|document",
    "month|walk|reindex|copying|spread|distributed|migrations|recheck|telling|generate|judge|encode|ingest|kill|gate|extract|quotations",
]
"""Files whose tests take longest, by their names: they begin first, or one processor waits for the last of them."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first, else as they were found."""
    ranks = {
        path: next((n for n, names in enumerate(_LONG) if re.search(names, path.name)), len(_LONG))
        for path in {item.path for item in items}
    }
    items.sort(key=lambda item: ranks[item.path])


def pytest_configure(config: pytest.Config) -> None:
    """Keep the machine's own settings out."""
    for name in [name for name in os.environ if name.startswith("ONRECORD_")]:
        del os.environ[name]


_skipped: list[tuple[str, str]] = []


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember why a test was skipped."""
    if report.skipped and isinstance(report.longrepr, tuple):
        _skipped.append((report.nodeid, str(report.longrepr[2]).removeprefix("Skipped: ")))


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """In CI, an unexpected skip is a failure."""
    unexpected = [(node, reason) for node, reason in _skipped if not EXPECTED_SKIPS.get(reason, False)]
    if os.environ.get("CI") and unexpected:
        for node, reason in unexpected:
            print(f"\nunexpected skip: {node}: {reason}")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only this machine may be reached, by any test."""
    import pytest_socket

    pytest_socket.socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


@pytest.fixture(scope="session", autouse=True)
def _migrated_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The tables of a new SQLite database are copied from one that the migrations made: a tenth of a second each."""
    folder, made, alone = tmp_path_factory.mktemp("migrated"), dict[str, Path](), Lock()
    module = import_module("corpus.database.migrate")
    migrations = _UPGRADE

    def upgrade(engine: Engine, *, to: str = "head", scripts: str = module.SCRIPTS) -> None:
        with alone:
            new = engine.dialect.name == "sqlite" and to == "head" and not inspect(engine).get_table_names()
            if not new:
                migrations(engine, to=to, scripts=scripts)
                return
            if scripts not in made:
                made[scripts] = folder / f"{len(made)}.sqlite3"
                first = create_engine(f"sqlite:///{made[scripts]}")
                migrations(first, scripts=scripts)
                first.dispose()
            with closing(sqlite3.connect(made[scripts])) as source, closing(engine.raw_connection()) as connection:
                source.backup(cast(sqlite3.Connection, connection.driver_connection))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "upgrade", upgrade)
        yield


@pytest.fixture
def migrations_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    """For a test about the migrations as they run: nothing is copied."""
    module = import_module("corpus.database.migrate")
    monkeypatch.setattr(module, "upgrade", _UPGRADE)


@pytest.fixture
def shared() -> Path:
    """The folder of real evaluation data; skips where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the shared evaluation data are not here")
    return SHARED


@dataclass(frozen=True, slots=True)
class Starter:
    """The starter corpus, and what the command said that made it."""

    folder: Path
    said: str


@pytest.fixture(scope="session")
def starter_made(tmp_path_factory: pytest.TempPathFactory) -> Starter:
    """The whole starter corpus as `make run` makes it, once for all tests; nobody writes to it."""
    folder = tmp_path_factory.mktemp("starter")
    done = CliRunner().invoke(onrecord, ["corpus", "add", "--starter", "--corpus", str(folder)])
    assert done.exit_code == 0, done.output
    return Starter(folder, done.output.strip())


@pytest.fixture(scope="session")
def starter_folder(starter_made: Starter) -> Path:
    """Where the starter corpus is."""
    return starter_made.folder


def installed(program: str) -> str:
    """The path of a program of the machine; skips where there is none."""
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not installed")
    return found


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a browser."""
    return installed("chromium")


@pytest.fixture(scope="session")
def node() -> str:
    """The path of Node.js."""
    return installed("node")


@pytest.fixture(scope="session")
def packages() -> Path:
    """The folder with the packages that the tests of integrations need; skips where they were not fetched."""
    if EXPECTED_SKIPS[NO_PACKAGES]:
        pytest.skip(NO_PACKAGES)
    return PACKAGES


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A running PostgreSQL server, one for all tests; skips where none is installed."""
    found = binaries()
    if found is None:
        pytest.skip("no PostgreSQL server is installed")
    with running(found) as started:
        yield started


@pytest.fixture(scope="session")
def three(cluster: Cluster) -> Iterator[tuple[Cluster, ...]]:
    """Three running PostgreSQL servers, over which a corpus may be spread; the second and the third may be stopped."""
    with running(cluster.binaries) as second, running(cluster.binaries) as third:
        yield cluster, second, third


@pytest.fixture(scope="session")
def pgvector_cluster() -> Iterator[Cluster]:
    """A running PostgreSQL server that has pgvector, one for all tests; skips where none is installed."""
    found = binaries(pgvector=True)
    if found is None:
        pytest.skip(NO_PGVECTOR)
    with running(found) as started:
        yield started
