"""A real server on this machine that stands for the internet, one that nobody may reach, and a resolver of our own.

`Internet` is the network seam: names come from a table, and a connection to a public address goes to the real server
here instead. A connection to any other address is made as it was asked for, so a guard that fails does reach the
forbidden server, which counts. Every attempt is written down before it is made.
"""

from __future__ import annotations

import datetime
import socket
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pytest
import trustme

from corpus.fetch.addresses import Address
from corpus.fetch.network import Network, system_connection

PUBLIC = "93.184.215.14"
"""An address of the public internet; what is sent to it goes to the server of the tests."""

PUBLIC_6 = "2606:2800:21f:cb07:6820:80da:af6b:8b2c"

Script = bytes | Callable[[socket.socket], None]


@dataclass
class Served:
    """What a server was asked, and what it answers by path."""

    port: int
    routes: dict[str, Script] = field(default_factory=dict)
    connections: int = 0
    requests: list[bytes] = field(default_factory=list)
    named: list[str | None] = field(default_factory=list)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False

    def __init__(self, trust: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Answering)
        self.served = Served(self.server_address[1])
        self.trust = trust

    def process_request(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        self.served.connections += 1
        super().process_request(request, client_address)  # type: ignore[arg-type]  # whatever it was given

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up in the middle is what most of these tests are about."""


class _Answering(socketserver.BaseRequestHandler):
    server: _Server

    def handle(self) -> None:
        talking = self.request
        if self.server.trust is not None:
            talking = self.server.trust.wrap_socket(talking, server_side=True)
        with talking:
            head = b""
            while b"\r\n\r\n" not in head:
                piece = talking.recv(65_536)
                if not piece:
                    return
                head += piece
            self.server.served.requests.append(head)
            path = head.split(b" ")[1].decode("ascii")
            script = self.server.served.routes.get(path, b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
            if isinstance(script, bytes):
                talking.sendall(script)
            else:
                script(talking)
            talking.shutdown(socket.SHUT_RDWR)


def _serving(server: _Server) -> Iterator[Served]:
    with server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield server.served
        server.shutdown()


@pytest.fixture(scope="session")
def web() -> Iterator[Served]:
    """The server behind every public address, at port 80."""
    yield from _serving(_Server())


@pytest.fixture(scope="session")
def forbidden() -> Iterator[Served]:
    """A server on this machine that nobody may ever reach."""
    yield from _serving(_Server())


@dataclass(frozen=True)
class Authority:
    """Who signs certificates here, and a client's trust in it."""

    signing: trustme.CA

    def trust(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self.signing.configure_trust(context)
        return context


@pytest.fixture(scope="session")
def authority() -> Authority:
    return Authority(trustme.CA())


@pytest.fixture(scope="session")
def secure(authority: Authority) -> Iterator[Served]:
    """The server behind every public address at port 443: it picks its certificate by the name that it is asked for."""
    past = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    expired = authority.signing.issue_cert("expired.example", not_before=past, not_after=past.replace(month=2))
    certificates = {
        "press.example": authority.signing.issue_cert("press.example"),
        "wrong.example": authority.signing.issue_cert("press.example"),
        "expired.example": expired,
        "stranger.example": trustme.CA().issue_cert("stranger.example"),
    }
    contexts = {name: _context(certificate) for name, certificate in certificates.items()}
    contexts["address"] = _context(authority.signing.issue_cert(PUBLIC))
    server = _Server(contexts["press.example"])

    def choose(talking: ssl.SSLObject | ssl.SSLSocket, name: str | None, _context: ssl.SSLContext) -> None:
        server.served.named.append(name)
        talking.context = contexts.get(name or "address", contexts["press.example"])

    contexts["press.example"].sni_callback = choose
    yield from _serving(server)


def _context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


Answers = Sequence[str] | Callable[[], Sequence[str]]


@dataclass
class Internet:
    """The network seam: names from a table, public addresses stood for by the servers of the tests."""

    web: Served
    secure: Served
    authority: Authority
    names: Mapping[str, Answers] = field(default_factory=dict)
    looked_up: list[str] = field(default_factory=list)
    dialled: list[tuple[str, int]] = field(default_factory=list)
    stand_ins: set[str] = field(default_factory=lambda: {PUBLIC, PUBLIC_6})
    silent: set[str] = field(default_factory=set)

    @property
    def network(self) -> Network:
        return Network(self.resolve, self.connect, self.authority.trust)

    def resolve(self, host: str, port: int) -> tuple[str, ...]:
        self.looked_up.append(host)
        found = self.names.get(host)
        if found is None:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return tuple(found() if callable(found) else found)

    def connect(self, address: Address, port: int, timeout: float) -> socket.socket:
        self.dialled.append((str(address), port))
        if str(address) in self.silent:
            raise ConnectionRefusedError
        if str(address) in self.stand_ins:
            stand_in = {80: self.web.port, 443: self.secure.port}[port]
            return socket.create_connection(("127.0.0.1", stand_in), timeout)
        return system_connection(address, port, timeout)


@pytest.fixture
def internet(web: Served, secure: Served, authority: Authority) -> Iterator[Internet]:
    """A fresh internet in which press.example is public and nothing has been asked yet."""
    for served in (web, secure):
        served.routes.clear()
        served.requests.clear()
        served.named.clear()
        served.connections = 0
    yield Internet(web, secure, authority, {"press.example": [PUBLIC]})
