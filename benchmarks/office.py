"""A press office on this machine, of a state that does not exist: what the sync tests and campaigns ask.

Lists of ten, the newest first, with pages, a feed and a sitemap; entity tags and times of change; and scripts for whatever
a server can do instead.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from corpus.connectors.connector import Connector
from corpus.connectors.generic import RecipeConnector
from corpus.connectors.recipe import read_recipe

PER_PAGE = 10


@dataclass
class Statement:
    """What the press office of Marlo (an invented state) published."""

    number: int
    day: str
    words: str
    changed: str = ""

    @property
    def page(self) -> str:
        return (
            f'<html lang="en"><head><title>x</title></head><body><nav>Menu</nav><h1>Statement {self.number}</h1>'
            f'<time class="day" datetime="{self.day}">day</time><div class="text"><p>MS. LORNE: {self.words}</p>'
            "<p>Q: Will it stay so?</p><p>MS. LORNE: It will, I told the harbour council.</p>"
            '<div class="share">Share this</div></div></body></html>'
        )


Script = Callable[["_Answering"], None]


@dataclass
class Office:
    """What the server has, what it was asked, and what it does instead of answering, by path."""

    statements: dict[int, Statement] = field(default_factory=dict)
    robots: str | None = None
    scripts: dict[str, Script] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    at: list[float] = field(default_factory=list)
    tags: bool = True
    port: int = 0
    per_page: int = PER_PAGE

    def publish(self, number: int, words: str = "", day: str = "") -> None:
        said = words or f"The ferry number {number} leaves the harbour of Marlo at noon and comes back in the evening."
        self.statements[number] = Statement(number, day or str(date(2031, 1, 1) + timedelta(number)), said)

    def edit(self, number: int, words: str, changed: str) -> None:
        self.statements[number] = replace(self.statements[number], words=words, changed=changed)

    def count(self, path: str) -> int:
        return sum(each == path for each in self.asked)

    def pages(self) -> list[str]:
        """The statements that were asked for, in order."""
        return [each for each in self.asked if each.startswith("/news/")]

    def forget(self) -> None:
        self.asked.clear()
        self.headers.clear()
        self.at.clear()

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    # What it serves

    def listed(self, page: int) -> str | None:
        newest = sorted(self.statements.values(), key=lambda each: -each.number)
        here = newest[(page - 1) * self.per_page : page * self.per_page]
        if not here and page > 1:
            return None
        rows = "".join(
            f'<li class="item"><a href="/news/{each.number}">Statement {each.number}</a>'
            f'<time datetime="{each.day}">{each.day}</time><i class="changed" data-at="{each.changed}"></i></li>'
            for each in here
        )
        last = len(newest) <= page * self.per_page
        more = "" if last else f'<a rel="next" href="/list?page={page + 1}">older</a>'
        return f'<html lang="en"><body><div class="list">{rows}</div>{more}</body></html>'

    def feed(self) -> str:
        items = "".join(
            f"<entry><title>Statement {each.number}</title><id>{self.address}/news/{each.number}</id>"
            f'<link href="{self.address}/news/{each.number}"/><published>{each.day}T10:00:00+03:00</published>'
            f"<updated>{each.changed or each.day + 'T10:00:00+03:00'}</updated>"
            f'<content type="html">&lt;p&gt;{each.words}&lt;/p&gt;</content></entry>'
            for each in sorted(self.statements.values(), key=lambda each: -each.number)[: self.per_page]
        )
        return f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Marlo</title><id>x</id>{items}</feed>'

    def sitemap(self) -> str:
        urls = "".join(
            f"<url><loc>{self.address}/news/{each.number}</loc><lastmod>{each.changed or each.day}</lastmod></url>"
            for each in self.statements.values()
        )
        return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'


class _Answering(BaseHTTPRequestHandler):
    office: Office

    def log_message(self, *_arguments: object) -> None:
        """Nothing."""

    def do_GET(self) -> None:
        office = self.office
        office.asked.append(self.path)
        office.headers.append({name.lower(): value for name, value in self.headers.items()})
        office.at.append(time.monotonic())
        script = office.scripts.get(self.path)
        if script is not None:
            script(self)
            return
        path, _, question = self.path.partition("?")
        if path == "/robots.txt" and office.robots is not None:
            self.give(office.robots, "text/plain")
        elif path == "/list":
            self.give(office.listed(int(question.partition("=")[2] or 1)))
        elif path == "/feed":
            self.give(office.feed(), "application/atom+xml")
        elif path == "/sitemap.xml":
            self.give(office.sitemap(), "application/xml")
        elif path.startswith("/news/") and int(path.rpartition("/")[2]) in office.statements:
            self.give(office.statements[int(path.rpartition("/")[2])].page)
        else:
            self.refuse(404)

    def give(self, text: str | None, kind: str = "text/html; charset=utf-8") -> None:
        if text is None:
            self.refuse(404)
            return
        raw = text.encode()
        tag = f'"{hashlib.sha256(raw).hexdigest()[:12]}"'
        if self.office.tags and self.headers.get("If-None-Match") == tag:
            self.send_response(304)
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(raw)))
        if self.office.tags:
            self.send_header("ETag", tag)
        self.end_headers()
        self.wfile.write(raw)

    def refuse(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def redirect(self, location: str) -> None:
        self.refuse(302, Location=location)

    def cut(self) -> None:
        """Promise more than is sent."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", "10000")
        self.end_headers()
        self.wfile.write(b"<html>")
        self.close_connection = True


@contextmanager
def open_office(statements: Iterable[int], *, per_page: int = PER_PAGE) -> Iterator[Office]:
    """The press office of Marlo, with statements of these numbers, as long as the block lasts."""
    serving = Office(per_page=per_page)
    handler = type("Handler", (_Answering,), {"office": serving})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.block_on_close = False
    serving.port = server.server_address[1]
    for number in statements:
        serving.publish(number)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield serving
    finally:
        server.shutdown()
        server.server_close()


LIST = """
start = "{at}/list"
container = "div.list"
entry = "li.item"
link = "a@href"
date = "time@datetime"
updated = "i.changed@data-at"
next = "a[rel=next]@href"
id = "/news/([0-9]+)"
"""
PAGE = """
[page]
title = "h1"
date = "time.day@datetime"
body = "div.text"
drop = ".share"
"""


def connector_of(address: str, lists: str = LIST, page: str = PAGE) -> Connector:
    """The office as a connector; the lines of its list and its page can be others."""
    text = (
        'name = "marlo"\ntitle = "Press office of Marlo (invented)"\nfacts = "invented"\n[documents]\n'
        f'publisher = "Press office of Marlo"\nlanguage = "en"\n[list]\n{lists}{page}'
    )
    return RecipeConnector(read_recipe(text.replace("{at}", address), name="marlo.toml"))
