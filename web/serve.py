"""The command that runs the pages on this machine."""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping
from dataclasses import replace
from os import environ  # noqa: TID251  # no setting is read: the library that counts is told there, and nowhere else
from resource import RLIM_INFINITY, RLIMIT_NOFILE, getrlimit, setrlimit
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication
from threadpoolctl import threadpool_limits

from checker.errors import SettingsError
from checker.links import policy_of
from checker.settings import Settings, load_settings
from corpus.errors import CorpusError
from corpus.store import Corpus
from web import create_app, logs
from web.admission import Admission, threads_of
from web.batch.running import Runner
from web.metrics import access_of
from web.provider.terms import terms_of
from web.telling import Teller

_DRAIN = 30
"""Seconds that a running check gets to finish when the service is asked to stop."""

_REFUSAL = ("error.html", "base.html", "card.html", "accounts/badge.html")
"""What a page is made of that asks to come again: read before anybody comes, since else each of many threads reads it for itself."""

_KEPT = 1_000
"""Connections that a process keeps beside those that it is working on: more are taken up when some of these are over."""

_FILES = 400
"""Files that it opens beside its connections: databases, the index, what it reads."""


class _Misused(click.ClickException):
    """The service cannot start as it was called."""

    exit_code = 2


class _NoCorpus(click.ClickException):
    """There is nothing to check against."""

    exit_code = 4


class _Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn, told what to do by us and by nothing else: no file, no arguments."""

    def __init__(self, options: dict[str, object], build: Callable[[], Flask]) -> None:
        self._options = options
        self._build = build
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            if name in self.cfg.settings:  # an option of a later gunicorn is no reason to fail with an earlier one
                self.cfg.set(name, value)

    def load(self) -> Flask:
        return self._build()


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.option("--corpus", metavar="LOCATION", help="Folder or server of the corpus (or ONRECORD_CORPUS).")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes.")
@click.option("--threads", default=4, show_default=True, type=click.IntRange(1, 256), help="Checks at once in each.")
@click.option("--waiting", default=64, show_default=True, type=click.IntRange(0, 256), help="Requests that wait in each; more are told to come again.")  # fmt: skip
@click.option("--patience", default=10.0, show_default=True, type=click.FloatRange(0, 20), help="Seconds after which those are told so too.")  # fmt: skip
@click.option("--require-sign-in", is_flag=True, help="Every page asks who is there (or ONRECORD_REQUIRE_SIGN_IN=on).")
def serve(
    host: str, port: int, corpus: str | None, workers: int, threads: int, waiting: int, patience: float, require_sign_in: bool
) -> None:  # fmt: skip
    """Run the web pages; the address is printed once they answer."""
    settings = _settings(corpus)
    if require_sign_in:
        settings = replace(settings, require_sign_in="on")
    _look_at(settings.corpus)
    logs.configure(settings.log)
    listener = _listener(host, port)
    address = _address(host, listener.getsockname()[1])
    options = {
        "bind": f"fd://{listener.detach()}",
        "worker_class": "gthread",
        "workers": workers,
        "threads": threads_of(threads, waiting),
        "worker_connections": connections_of(threads_of(threads, waiting)),
        "preload_app": False,  # each process opens the corpus for itself
        "graceful_timeout": _DRAIN,
        "limit_request_line": 8190,  # the most there is: names in Cyrillic take twelve bytes a letter in an address
        "loglevel": "warning",
        "logger_class": logs.Named,
        "control_socket_disable": True,
        "post_worker_init": _ready(address),
        "worker_exit": _end_batches,
        **_counting(settings),
    }

    def build() -> Flask:
        app = create_app(settings)
        app.extensions["admission"] = Admission(threads, waiting=waiting, patience=patience)
        for name in _REFUSAL:
            app.jinja_env.get_template(name)
        return app

    _Server(options, build).run()


def _settings(corpus: str | None) -> Settings:
    try:
        settings = load_settings()
        policy_of(settings)  # a host that is none is said now, not at the first link
        terms_of(settings)
        access_of(settings)
    except SettingsError as error:
        raise _Misused(str(error)) from error
    return replace(settings, corpus=corpus) if corpus else settings


def _counting(settings: Settings) -> Mapping[str, object]:
    """A folder in which the processes keep what they count, for as long as the service runs."""
    if settings.metrics == "off":
        return {}
    folder = mkdtemp(prefix="onrecord-metrics-")
    environ["PROMETHEUS_MULTIPROC_DIR"] = folder
    # In the first process only: those that it forks come by whatever stands behind `run`, too.
    return {"on_exit": lambda _server: rmtree(folder, ignore_errors=True)}


def connections_of(threads: int) -> int:
    """Connections of a process, for which it may open enough files from now on: a process that cannot accept one more ends.

    Systems give 1,024 files to whoever does not ask for more.
    """
    soft, hard = getrlimit(RLIMIT_NOFILE)
    wanted = threads + _KEPT + _FILES
    allowed = wanted if hard == RLIM_INFINITY else min(wanted, hard)
    if soft != RLIM_INFINITY and soft < allowed:
        setrlimit(RLIMIT_NOFILE, (allowed, hard))
    return max(threads + 1, allowed - _FILES)


def _look_at(location: str) -> None:
    """Open the corpus once before anything listens, so that a wrong place is said at once."""
    try:
        Corpus.open(location).close()
    except CorpusError as error:
        raise _NoCorpus(str(error)) from error


def _listener(host: str, port: int) -> socket.socket:
    """A socket that listens there, or a sentence why not."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror as error:
        raise _Misused(f"there is no address called {host!r}; try --host 127.0.0.1") from error
    listener = socket.socket(family, kind, protocol)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(place)
        listener.listen(socket.SOMAXCONN)
    except OSError as error:
        listener.close()
        raise _Misused(f"cannot listen at {_address(host, port)}: {error.strerror}; try another --port") from error
    return listener


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _ready(address: str) -> Callable[[Any], None]:
    """Get a process ready for requests, and let it work through batches; the first one says where we are."""

    def ready(worker: Any) -> None:
        # Several checks run at once here, and each multiplies small matrices: with threads of its own for every product
        # one takes 56 ms instead of 0.8 (measured with OpenBLAS on two busy cores).
        threadpool_limits(limits=1, user_api="blas")
        worker.wsgi.extensions["desk"].stopping = lambda: not worker.alive
        runner = Runner(worker.wsgi.extensions["desk"])
        worker.wsgi.extensions["batches"] = runner
        teller = Teller(worker.wsgi.extensions["desk"])
        worker.wsgi.extensions["webhooks"] = teller
        runner.start()
        teller.start()
        if worker.age == 1:
            click.echo(f"OnRecord answers at {address}")

    return ready


def _end_batches(_server: Any, worker: Any) -> None:
    """A process that ends leaves its batch, and what it would tell, to the next."""
    for name in ("batches", "webhooks"):
        if getattr(worker, "wsgi", None) is not None and name in worker.wsgi.extensions:
            worker.wsgi.extensions[name].stop()
    if getattr(worker, "wsgi", None) is not None:
        worker.wsgi.extensions["desk"].end()
