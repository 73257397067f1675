"""The audit of packages fails over a weakness, says when nobody could be asked, and is asked of a service over a real socket."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from deploy.audit import main, set_aside

WEAKNESS = {
    "id": "GHSA-test-test-test", "aliases": ["CVE-2031-0001"], "summary": "An invented weakness.", "details": "Invented.",
    "modified": "2031-01-01T00:00:00Z", "published": "2031-01-01T00:00:00Z",
    "affected": [
        {
            "package": {"name": "lighthouse", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "2.0"}]}], "versions": ["1.0"],
        }
    ],
}  # fmt: skip


class _Service(BaseHTTPRequestHandler):
    """Knows one weakness, of lighthouse 1.0."""

    def do_POST(self) -> None:  # the library's name
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        weak = asked["package"]["name"] == "lighthouse" and asked["version"] == "1.0"
        body = json.dumps({"vulns": [WEAKNESS]} if weak else {}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def service() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Service) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1/query"
        server.shutdown()


@pytest.fixture
def audit(tmp_path: Path, service: str) -> Callable[..., int]:
    def run(packages: str, *more: str, service: str = service, advisories: str = "") -> int:
        (tmp_path / "packages.txt").write_text(packages)
        (tmp_path / "advisories.toml").write_text(advisories)
        given = ["--packages", str(tmp_path / "packages.txt"), "--advisories", str(tmp_path / "advisories.toml")]
        return main([*given, "--service", service, *more])

    return run


def test_a_weakness_is_named_with_the_version_that_mends_it(
    audit: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert audit("lighthouse==1.0\nharbour==3.1\n") == 1
    told = capsys.readouterr().out
    assert (
        "lighthouse 1.0: CVE-2031-0001, GHSA-test-test-test, mended in 2.0" in told
        and "2 packages audited, 1 weaknesses" in told
    )


def test_without_one_all_is_well(audit: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    assert audit("lighthouse==2.0\nharbour==3.1\n") == 0
    assert "2 packages audited, 0 weaknesses" in capsys.readouterr().out


@pytest.mark.parametrize(("until", "code"), [("2999-01-01", 0), ("2020-01-01", 1)])
def test_one_is_set_aside_until_a_day(audit: Callable[..., int], until: str, code: int) -> None:
    advisories = f'[[advisory]]\nid = "CVE-2031-0001"\nreason = "a part that we do not use"\nuntil = {until}\n'
    assert audit("lighthouse==1.0\n", advisories=advisories) == code


def test_where_nobody_can_be_asked_that_is_said(audit: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        nowhere = f"http://127.0.0.1:{taken.getsockname()[1]}/v1/query"
    assert audit("lighthouse==1.0\n", service=nowhere) == 0
    assert capsys.readouterr().out.startswith("NOT AUDITED")
    assert audit("lighthouse==1.0\n", "--required", service=nowhere) == 2


def test_what_is_set_aside_has_a_reason() -> None:
    aside: Any = set_aside(Path(__file__).parents[1] / "deploy" / "advisories.toml", today=date.min)
    assert all(len(reason) > 20 for reason in aside.values())
