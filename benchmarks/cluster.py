"""A private PostgreSQL server, from the system's own binaries: for tests and for measuring."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

USER = "onrecord"
PASSWORD = "not-a-secret:of/tests"  # with letters that an address must escape


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server: by socket it trusts everybody, by port it wants a password."""

    folder: Path
    port: int

    def location(self, schema: str, *, user: str = USER, database: str = "postgres") -> str:
        """The address of a corpus of its own, by socket."""
        return f"postgresql://{user}@/{database}?host={self.folder}&port={self.port}&schema={schema}"

    def by_port(self, password: str, *, database: str = "postgres") -> str:
        """The address by port."""
        return f"postgresql://{USER}:{password}@127.0.0.1:{self.port}/{database}"


def binaries() -> Path | None:
    """The folder with initdb and pg_ctl, where a PostgreSQL server is installed."""
    found = shutil.which("initdb")
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return Path(found).parent if found else versions[-1].parent if versions else None


@contextmanager
def running(binaries: Path, *, safe: bool = False) -> Iterator[Cluster]:
    """A cluster in a folder of its own, gone afterwards; `safe` waits for the disk, as a server does that may be trusted.

    A socket's path must be short, so the folder does not lie below pytest's.
    """
    owner = pwd.getpwnam("nobody") if os.getuid() == 0 else None  # initdb refuses to run as root
    drop = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": ()} if owner else {}
    with tempfile.TemporaryDirectory(prefix="onrecord-pg-") as name:
        folder = Path(name)
        if owner:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        word = folder / "word"
        word.write_text(PASSWORD, encoding="utf-8")
        word.chmod(0o644)

        def run(*command: str) -> None:
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=_ENV, **drop)  # type: ignore[call-overload]
            assert done.returncode == 0, done.stdout + done.stderr

        data = str(folder / "data")
        run(
            str(binaries / "initdb"), "--pgdata", data, "--username", USER, "--pwfile", str(word), "--auth-local=trust",
            "--auth-host=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync",
        )  # fmt: skip
        port = _free_port()
        options = f"-k {folder} -h 127.0.0.1 -p {port}"
        if not safe:
            options += " -c fsync=off -c full_page_writes=off -c shared_buffers=32MB"
        log = str(folder / "log")
        run(str(binaries / "pg_ctl"), "--pgdata", data, "--log", log, "--wait", "--options", options, "start")
        try:
            yield Cluster(folder, port)
        finally:
            run(str(binaries / "pg_ctl"), "--pgdata", data, "--wait", "--mode=immediate", "stop")


_ENV = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"}


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
