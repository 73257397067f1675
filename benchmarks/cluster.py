"""A private PostgreSQL server, from binaries that are installed: for tests and for measuring."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

USER = "onrecord"
PASSWORD = "not-a-secret:of/tests"  # with letters that an address must escape


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server: by socket it trusts everybody, by port it wants a password."""

    folder: Path
    port: int
    binaries: Path
    options: str

    def location(self, schema: str, *, user: str = USER, database: str = "postgres") -> str:
        """The address of a corpus of its own, by socket."""
        return f"postgresql://{user}@/{database}?host={self.folder}&port={self.port}&schema={schema}"

    def by_port(self, password: str, *, database: str = "postgres") -> str:
        """The address by port."""
        return f"postgresql://{USER}:{password}@127.0.0.1:{self.port}/{database}"

    def part(self, schema: str) -> str:
        """The address by port of a part of a corpus that lies on several servers; other servers are given it."""
        word = quote(PASSWORD, safe="")
        return f"postgresql://{USER}:{word}@127.0.0.1:{self.port}/template1?schema={schema}"

    def start(self) -> None:
        """Start the server; returns when it answers."""
        log = str(self.folder / "log")
        self._control("--log", log, "--options", self.options, "start")

    def stop(self) -> None:
        """Stop the server at once, as a machine that fails."""
        self._control("--mode=immediate", "stop")

    def _control(self, *words: str) -> None:
        _run(self.folder, str(self.binaries / "pg_ctl"), "--pgdata", str(self.folder / "data"), "--wait", *words)


def binaries(*, pgvector: bool = False) -> Path | None:
    """The folder with initdb and pg_ctl of a PostgreSQL server, of one that has pgvector 0.7 or later where that is wanted.

    That on the PATH comes first, then the system's own, the newest before the others.
    """
    return next((each for each in _installed() if not pgvector or _has_pgvector(each)), None)


def _installed() -> Iterator[Path]:
    found = shutil.which("initdb")
    if found:
        yield Path(found).resolve().parent
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    yield from (path.parent for path in sorted(versions, key=lambda path: int(path.parts[-3]), reverse=True))


def _unprivileged() -> dict[str, object]:
    """Whom to run as, since initdb refuses to run as root."""
    owner = pwd.getpwnam("nobody") if os.getuid() == 0 else None
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": ()} if owner else {}


def _has_pgvector(binaries: Path) -> bool:
    debian = Path("/usr/share/postgresql") / binaries.parent.name
    for folder in (debian, binaries.parent / "share/postgresql", binaries.parent / "share"):
        control = folder / "extension/vector.control"
        if control.is_file():
            version = re.search(r"default_version = '(\d+)\.(\d+)", control.read_text(encoding="utf-8"))
            return version is not None and tuple(map(int, version.groups())) >= (0, 7)
    return False


@contextmanager
def running(binaries: Path, *, safe: bool = False) -> Iterator[Cluster]:
    """A cluster in a folder of its own, gone afterwards; `safe` waits for the disk, as a server does that may be trusted.

    A socket's path must be short, so the folder does not lie below pytest's.
    """
    drop = _unprivileged()
    with tempfile.TemporaryDirectory(prefix="onrecord-pg-") as name:
        folder = Path(name)
        if drop:
            os.chown(folder, drop["user"], drop["group"])  # type: ignore[arg-type]
        word = folder / "word"
        word.write_text(PASSWORD, encoding="utf-8")
        word.chmod(0o644)

        data = str(folder / "data")
        _run(
            folder, str(binaries / "initdb"), "--pgdata", data, "--username", USER, "--pwfile", str(word), "--auth-local=trust",
            "--auth-host=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync",
        )  # fmt: skip
        port = _free_port()
        options = f"-k {folder} -h 127.0.0.1 -p {port}"
        if not safe:
            options += " -c fsync=off -c full_page_writes=off -c shared_buffers=32MB"
        cluster = Cluster(folder, port, binaries, options)
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop()


def _run(folder: Path, *command: str) -> None:
    drop = _unprivileged()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=_ENV, **drop)  # type: ignore[call-overload]
    assert done.returncode == 0, done.stdout + done.stderr


_ENV = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"}


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
