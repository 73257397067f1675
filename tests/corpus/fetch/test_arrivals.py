"""What may be fetched arrives, from the very address that was judged, and asked for by name."""

from __future__ import annotations

import gzip
import io
from pathlib import Path
from typing import Any

import docx
import pytest
from reportlab.pdfgen.canvas import Canvas

from corpus.errors import FetchFailed
from corpus.fetch import Policy, PrivateHost
from corpus.fetch.documents import document_at
from corpus.fetch.fetching import fetch

PUBLIC = "93.184.215.14"
PUBLIC_6 = "2606:2800:21f:cb07:6820:80da:af6b:8b2c"
ANY = Policy()

PAGE = """<!doctype html><html lang="en"><head><title>Ferry fares stay as they are</title>
<meta property="og:site_name" content="Harbour Office of Vessen"><meta property="og:type" content="article">
<meta property="article:published_time" content="2024-10-03T10:00:00Z">
<link rel="canonical" href="https://somebody.else.example/1"></head><body><nav><a href="/">Home</a></nav><article>
<h1>Ferry fares stay as they are</h1>
<p>The harbour office of Vessen will not raise the ferry fares this year, because the islands need the bridge.</p>
<p>We repaired fourteen windows of the lighthouse before the storm, and the keeper moves back in November.</p>
</article><footer>Imprint</footer></body></html>"""


def ok(body: bytes, *headers: str, kind: str = "text/html; charset=utf-8") -> bytes:
    head = "\r\n".join(["HTTP/1.1 200 OK", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *headers])
    return head.encode() + b"\r\n\r\n" + body


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("http://press.example/1", PUBLIC),
        ("HTTP://PRESS.EXAMPLE:80/1", PUBLIC),
        ("  http://press.example./1\n", PUBLIC),
        ("http://press。example/1", PUBLIC),
        ("http://ｐｒｅｓｓ.example/1#part", PUBLIC),
        ("http://six.example/1", PUBLIC_6),
        ("http://bücher.example/1", PUBLIC),
        ("http://xn--bcher-kva.example/1", PUBLIC),
        ("http://новости.example/1", PUBLIC),
        ("http://under_score.press.example/1", PUBLIC),
        (f"http://{PUBLIC}/1", PUBLIC),
        ("http://0x5db8d70e/1", PUBLIC),
        ("http://0135.0270.215.14/1", PUBLIC),
        (f"http://[{PUBLIC_6}]/1", PUBLIC_6),
        (f"http://[::ffff:{PUBLIC}]:80/1", "::ffff:5db8:d70e"),
    ],
)
def test_a_public_page_arrives_from_the_address_that_was_judged(link: str, address: str, internet: Any) -> None:
    public = ["press.example", "xn--bcher-kva.example", "xn--b1amnebsh.example", "under_score.press.example"]
    internet.names = {"six.example": [PUBLIC_6], **{name: [PUBLIC] for name in public}}
    internet.web.routes["/1"] = ok(b"said.", kind="text/plain")
    internet.stand_ins |= {address}
    assert fetch(link, ANY, network=internet.network).raw == b"said."
    assert internet.dialled == [(address, 80)]


def test_the_request_says_what_it_must_and_no_more(internet: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("NETRC", str(Path("nowhere")))
    internet.web.routes["/a%20b/%D1%85?q=%C3%A9&x=1"] = ok(b"said.", "Set-Cookie: a=b", kind="text/plain")
    fetch("http://press.example/a%20b/х?q=é&x=1#там", ANY, network=internet.network)
    fetch("http://press.example/a%20b/х?q=é&x=1", ANY, network=internet.network)
    first, second = (request.decode().split("\r\n") for request in internet.web.requests)
    assert first == second, "a cookie was kept"
    assert first[0] == "GET /a%20b/%D1%85?q=%C3%A9&x=1 HTTP/1.1"
    names = {line.partition(":")[0] for line in first[1:] if line}
    assert names == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}
    assert "Host: press.example" in first


@pytest.mark.parametrize("size", [63_000, 64_000, 65_536, 70_000, 4_900_000])
def test_a_large_page_arrives_whole(size: int, internet: Any) -> None:
    body = b"said. " * (size // 6)
    internet.web.routes["/1"] = ok(body, kind="text/plain")
    internet.web.routes["/2"] = ok(gzip.compress(body, 0), "Content-Encoding: gzip", kind="text/plain")
    assert fetch("http://press.example/1", ANY, network=internet.network).raw == body
    assert fetch("http://press.example/2", ANY, network=internet.network).raw == body


def test_redirects_are_followed_from_judged_host_to_judged_host(internet: Any) -> None:
    internet.names = {"press.example": [PUBLIC], "www.press.example": [PUBLIC_6]}
    internet.web.routes |= {
        "/1": b"HTTP/1.1 301 Moved\r\nLocation: //www.press.example/2\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n",
        "/2": b"HTTP/1.1 302 Found\r\nLocation: three?x=\xd1\x85\r\nContent-Length: 0\r\n\r\n",
        "/three?x=%D1%85": b"HTTP/1.1 308 Moved\r\nLocation: https://press.example/4\r\nContent-Length: 0\r\n\r\n",
    }
    internet.secure.routes["/4"] = ok(b"said.", kind="text/plain")
    found = fetch("http://press.example/1", ANY, network=internet.network)
    assert (found.asked, found.link, found.raw) == ("http://press.example/1", "https://press.example/4", b"said.")
    assert internet.dialled == [(PUBLIC, 80), (PUBLIC_6, 80), (PUBLIC_6, 80), (PUBLIC, 443)]
    assert not any(b"cookie" in request.lower() for request in internet.web.requests)


def test_the_name_is_asked_for_and_its_certificate_checked(internet: Any) -> None:
    internet.secure.routes["/1"] = ok(b"said.", kind="text/plain")
    assert fetch("https://press.example/1", ANY, network=internet.network).raw == b"said."
    assert internet.secure.named == ["press.example"] and internet.dialled == [(PUBLIC, 443)]
    assert fetch(f"https://{PUBLIC}/1", ANY, network=internet.network).raw == b"said."
    assert internet.secure.named[1:] == [None]


@pytest.mark.parametrize("host", ["wrong.example", "expired.example", "stranger.example"])
def test_a_certificate_that_is_not_the_name_s_ends_it_before_anything_is_asked(host: str, internet: Any) -> None:
    internet.names = {host: [PUBLIC]}
    with pytest.raises(FetchFailed, match="certificate"):
        fetch(f"https://{host}/1", ANY, network=internet.network)
    assert internet.secure.requests == []


def test_the_next_address_is_tried_when_one_does_not_answer(internet: Any) -> None:
    internet.names = {"press.example": [PUBLIC_6, PUBLIC]}
    internet.web.routes["/1"] = ok(b"said.", kind="text/plain")
    internet.silent = {PUBLIC_6}
    assert fetch("http://press.example/1", ANY, network=internet.network).raw == b"said."
    assert internet.dialled == [(PUBLIC_6, 80), (PUBLIC, 80)]


def test_a_private_host_that_was_named_is_fetched(internet: Any) -> None:
    internet.names = {"wiki.example": ["127.0.0.1"]}
    internet.web.routes["/1"] = ok(b"said.", kind="text/plain")
    policy = Policy(private_hosts=(PrivateHost.parse(f"wiki.example:{internet.web.port}"),))
    assert fetch(f"http://wiki.example:{internet.web.port}/1", policy, network=internet.network).raw == b"said."


@pytest.mark.parametrize("written", ["", "a b", "wiki.example:0", "wiki.example:x", "http://wiki.example", "a@b", "*"])
def test_what_is_no_host_is_not_taken_for_a_private_one(written: str) -> None:
    with pytest.raises(ValueError, match="not a"):
        PrivateHost.parse(written)


def test_a_page_becomes_a_document_of_where_it_was_fetched_from(internet: Any) -> None:
    internet.web.routes["/1"] = ok(gzip.compress(PAGE.encode()), "Content-Encoding: gzip")
    document = document_at("http://press.example/1", ANY, network=internet.network)
    assert document.title == "Ferry fares stay as they are"
    assert document.publisher == "Harbour Office of Vessen (press.example)"
    assert str(document.date) == "2024-10-03"
    assert document.url == "http://press.example/1"
    assert "fourteen windows" in document.text and "Imprint" not in document.text
    assert document.metadata["canonical_url"] == "https://somebody.else.example/1"
    again = document_at("http://press.example/1", ANY, network=internet.network)
    assert again.id == document.id


@pytest.mark.parametrize(
    ("raw", "charset"),
    [
        ("Пароход придёт в октябре. ".encode("cp1251") * 20, "windows-1251"),
        ("Пароход придёт в октябре. ".encode("koi8-r") * 20, "KOI8-R"),
        ("Пароход придёт в октябре. ".encode() * 20, "latin-1"),  # a lie
        ("Пароход придёт в октябре. ".encode("cp1251") * 20, "no-such-encoding"),
        ("Пароход придёт в октябре. ".encode("cp1251") * 20, "punycode"),
        ("Пароход придёт в октябре. ".encode("utf-16") * 1, "utf-16"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_declared_encoding_is_used_unless_it_is_a_lie(raw: bytes, charset: str, internet: Any) -> None:
    internet.web.routes["/1"] = ok(raw, kind=f"text/plain; charset={charset}")
    document = document_at("http://press.example/1", ANY, network=internet.network)
    assert document.text.startswith("Пароход придёт в октябре.") and document.language == "ru"


def pdf() -> bytes:
    written = io.BytesIO()
    canvas = Canvas(written)
    canvas.drawString(72, 700, "The harbour office will not raise the ferry fares this year.")
    canvas.save()
    return written.getvalue()


def word() -> bytes:
    written, document = io.BytesIO(), docx.Document()
    document.add_paragraph("The harbour office will not raise the ferry fares this year.")
    document.save(written)
    return written.getvalue()


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (pdf(), "application/pdf"), (pdf(), "application/octet-stream"), (word(), WORD), (word(), "binary/octet-stream"),
        (b"# Fares\n\nThe harbour office will not raise the ferry fares this year.", "text/markdown"),
        (b"The harbour office will not raise the ferry fares this year.", "text/plain"),
    ],
)  # fmt: skip
def test_files_are_read_by_the_reader_of_their_kind(raw: bytes, kind: str, internet: Any) -> None:
    internet.web.routes["/files/fares%202024"] = ok(raw, kind=kind)
    document = document_at("http://press.example/files/fares%202024", ANY, network=internet.network)
    assert "will not raise the ferry fares" in document.text and document.publisher == "press.example"
