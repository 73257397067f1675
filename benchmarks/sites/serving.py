"""Invented sites behind a real server on this machine, under their real names and with certificates of our own.

No name is asked for anywhere: every host of the sites gets an address of the public internet, and a connection to it goes to
the server here.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address, IPv6Address

import trustme

from benchmarks.sites.site import Answer, Site
from corpus.fetch.network import Network, system_connection

_PUBLIC = "93.184.215.14"


@dataclass
class Served:
    """What is served now, what was asked, and the way to it."""

    site: Site
    network: Network
    asked: list[str] = field(default_factory=list)
    not_modified: int = 0

    def pages(self, part: str) -> list[str]:
        """The addresses that were asked for and hold this."""
        return [url for url in self.asked if part in url]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    served: Served
    scheme = "http"


class _Answering(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, *_arguments: object) -> None:
        """Nothing."""

    def do_GET(self) -> None:
        url = f"{self.server.scheme}://{self.headers['Host']}{self.path}"
        served = self.server.served
        served.asked.append(url)
        answer = served.site.answer(url)
        if answer.status == 200 and self.headers.get("If-None-Match") == answer.headers["ETag"]:
            served.not_modified += 1
            answer = Answer(304, {"ETag": answer.headers["ETag"]}, b"")
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)


@contextmanager
def serving(site: Site) -> Iterator[Served]:
    """Serve a site until the end of the block; `site` of what is given can be another one at any time."""
    authority = trustme.CA()
    plain, secure = _Server(("127.0.0.1", 0), _Answering), _Server(("127.0.0.1", 0), _Answering)
    secure.socket = _secured(secure.socket, authority, site.hosts)
    secure.scheme = "https"
    ports = {80: plain.server_address[1], 443: secure.server_address[1]}

    def connect(address: IPv4Address | IPv6Address, port: int, timeout: float) -> socket.socket:
        assert str(address) == _PUBLIC
        return system_connection(IPv4Address("127.0.0.1"), ports[port], timeout)

    def trust() -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        authority.configure_trust(context)
        return context

    served = Served(site, Network(lambda host, port: (_PUBLIC,), connect, trust))
    for server in (plain, secure):
        server.served = served
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield served
    finally:
        for server in (plain, secure):
            server.shutdown()
            server.server_close()


def _secured(listening: socket.socket, authority: trustme.CA, hosts: Sequence[str]) -> ssl.SSLSocket:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*hosts).configure_cert(context)
    return context.wrap_socket(listening, server_side=True)
