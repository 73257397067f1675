"""The Python client asks a running server, at once and asynchronously, and cannot drift from the OpenAPI document."""

from __future__ import annotations

import asyncio
import inspect
import json
import re
import socket
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, ClassVar, get_args, get_type_hints
from urllib.parse import unquote

import pytest
from pydantic import BaseModel

from tests.web.api.conftest import ALTERED, ARTICLE, TRUE, Served
from web.api.document import document
from web.api.shapes.articles import ArticleAsked, ArticleStatus, EmbargoAsked, ProgressEvent, ReportAsked
from web.api.shapes.findings import ArticleFinding, Finding
from web.api.shapes.quotes import QuoteAsked
from web.api.shapes.reviews import Accept, ReviewSent
from web.api.shapes.webhooks import WebhookAsked
from web.client import AsyncClient, Client, Refused, Unexpected, Unreachable, asking, calls
from web.client.calls import Call

DESCRIBED = document()
OPERATIONS = {
    operation["operationId"]: (method.upper(), path, operation)
    for path, methods in DESCRIBED["paths"].items()
    for method, operation in methods.items()
}
FOLLOWED = {"follow_article"}
"""What a client has as a method of its own: it is no call with an answer."""

GIVEN: dict[str, Any] = {
    "check_quotes": [{"a": QuoteAsked(quote="x")}],
    "check_report": [ReportAsked(text="x")],
    "send_article": [ArticleAsked(text="x")],
    "set_article_embargo": ["{id}", EmbargoAsked(until=None)],
    "send_review": [ReviewSent(text="x")],
    "set_embargo": ["{id}", EmbargoAsked(until=None)],
    "decide": ["{id}", Accept(decision="accept", statement="a", basis="b", seen=0)],
    "search_passages": ["x"],
    "make_webhook": [WebhookAsked(url="https://cms.example/", events=["finding.ready"])],
}
"""What each call is made with here; others take the id, or nothing."""


def made(name: str) -> Call[Any]:
    """The call of an operation, to ids that are called as the parameters are."""
    call = getattr(calls, name)(*GIVEN.get(name, re.findall(r"\{\w+\}", OPERATIONS[name][1])))
    assert isinstance(call, Call)
    return call


def reference(content: dict[str, Any]) -> str:
    return str(content["application/json"]["schema"]["$ref"]).rpartition("/")[2]


def test_there_is_a_call_for_every_operation_and_for_nothing_else() -> None:
    found = {name for name, each in inspect.getmembers(calls, inspect.isfunction) if get_type_hints(each).get("return") and not name.startswith("_") and each.__module__ == calls.__name__}  # fmt: skip
    assert found | FOLLOWED == set(OPERATIONS)


@pytest.mark.parametrize("name", sorted(set(OPERATIONS) - FOLLOWED))
def test_a_call_is_what_the_document_says(name: str) -> None:
    method, path, operation = OPERATIONS[name]
    call = made(name)
    assert (call.method, unquote(call.path), call.name) == (method, path, name)
    documented = {each["name"] for each in operation["parameters"] if each["in"] in ("path", "query")}
    parameters = dict(inspect.signature(getattr(calls, name)).parameters)
    body = {key for key in parameters if key in ("quotes", "asked")}
    assert set(parameters) - body == documented and bool(body) == ("requestBody" in operation)
    if call.body is not None:
        assert type(call.body).__name__ == reference(operation["requestBody"]["content"])
    answers = get_args(get_type_hints(getattr(calls, name))["return"])[0]
    content = next(each for status, each in operation["responses"].items() if status[0] == "2").get("content", {})
    if isinstance(answers, type) and issubclass(answers, BaseModel):
        assert answers.__name__ == reference(content)
    else:
        assert "application/json" not in content


def test_many_quotations_are_checked(served: Served) -> None:
    with Client(served.address, served.key) as client:
        found = client.ask(calls.check_quotes({"a": QuoteAsked(**TRUE), "b": QuoteAsked(**ALTERED)}))
        verified, altered = found.quotes["a"], found.quotes["b"]
        assert isinstance(verified, Finding) and isinstance(altered, Finding)
        assert (verified.status, altered.reason) == ("verified", "negation")
        place = verified.evidence[0]
        read = client.ask(calls.read_document(place.document.id, version=place.document.version))
        assert read.text[place.start : place.end] == place.exact


def test_an_article_is_followed_to_its_end(served: Served) -> None:
    with Client(served.address, served.key) as client:
        sent = client.ask(calls.send_article(ArticleAsked(text=ARTICLE, title="Bridge first")))
        told = list(client.follow(sent.id))
        found = [each for each in told if isinstance(each, ArticleFinding)]
        assert [each.status for each in found] == ["verified", "unsourced"]
        assert any(isinstance(each, ProgressEvent) for each in told)
        assert isinstance(told[-1], ArticleStatus) and told[-1].state == "done"
        assert list(client.ask(calls.read_results(sent.id))) == found == client.ask(calls.read_report(sent.id)).findings


def test_the_same_is_asked_asynchronously_and_all_at_once(served: Served) -> None:
    async def ask() -> None:
        async with AsyncClient(served.address, served.key) as client:
            first, second, sent = await asyncio.gather(
                client.ask(calls.check_quotes({"a": QuoteAsked(**TRUE)})),
                client.ask(calls.read_coverage(speaker="Ilse Corvane")),
                client.ask(calls.send_article(ArticleAsked(text=ARTICLE))),
            )
            assert isinstance(first.quotes["a"], Finding) and second.speakers[0].name == "Ilse Corvane"
            told = [each async for each in client.follow(sent.id)]
            assert isinstance(told[-1], ArticleStatus) and told[-1].state == "done"
            pages = [page async for page in client.pages(calls.list_documents(limit=7))]
            assert [len(page.items) for page in pages] == [7, 7, 2]
            with pytest.raises(Refused) as caught:
                await client.ask(calls.read_review("none"))
            assert caught.value.kind == "not-found"

    asyncio.run(ask())


def test_a_review_is_decided(served: Served) -> None:
    with Client(served.address, served.key) as client:
        review = client.ask(calls.send_review(ReviewSent(text=ARTICLE, title="Bridge first")))
        about = review.statements[0]
        ruling = Accept(decision="accept", statement=about.statement, basis=about.basis, seen=about.seen)
        decided = client.ask(calls.decide(review.id, ruling))
        assert decided.decision is not None and decided.decision.decision == "accept"
        assert [each.statement for each in client.ask(calls.list_decisions(review.id)).items] == [about.statement]
        with pytest.raises(Refused, match="Somebody was faster") as caught:
            client.ask(calls.decide(review.id, ruling))
        assert caught.value.problem.status == 409


def test_every_page_of_a_list_comes_once(served: Served) -> None:
    with Client(served.address, served.key) as client:
        pages = list(client.pages(calls.list_documents(limit=5)))
        ids = [each.id for page in pages for each in page.items]
        assert [len(page.items) for page in pages] == [5, 5, 5, 1] and len(set(ids)) == 16
        assert [each.version for each in client.ask(calls.list_versions(ids[0])).items] == [1]


class Scripted(BaseHTTPRequestHandler):
    """Answers with what it was given, one after another."""

    answers: ClassVar[list[tuple[int, dict[str, str], bytes]]] = []
    asked: ClassVar[list[dict[str, str]]] = []

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.asked.append(dict(self.headers))
        status, headers, body = self.answers.pop(0)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Tests print nothing."""


Script = Callable[..., str]


@pytest.fixture
def script() -> Iterator[Script]:
    """A server that answers as it is told, over a real socket; gives its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Scripted)
    Thread(target=server.serve_forever, daemon=True).start()

    def begin(*answers: tuple[int, dict[str, str], bytes]) -> str:
        Scripted.answers, Scripted.asked = list(answers), []
        return f"http://127.0.0.1:{server.server_address[1]}"

    yield begin
    server.shutdown()
    server.server_close()


CALL = calls.check_quotes({"a": QuoteAsked(quote="x")})
BUSY = (503, {"Retry-After": "0", "Content-Type": "application/problem+json"}, json.dumps({"type": "/api/v1/problems/unavailable", "title": "t", "status": 503, "detail": "d", "request_id": "r", "errors": []}).encode())  # fmt: skip


def test_who_is_asked_to_wait_asks_again_in_the_same_name(script: Script) -> None:
    with Client(script(BUSY, (200, {}, b'{"version": 1, "quotes": {}, "later": "a newer field"}')), "key") as client:
        assert client.ask(CALL).quotes == {}
    first, second = (each["Idempotency-Key"] for each in Scripted.asked)
    assert first == second and re.fullmatch(r"[0-9a-f-]{36}", first)


def test_who_is_asked_to_wait_too_often_is_told_why(script: Script) -> None:
    with Client(script(BUSY, BUSY, BUSY), "key") as client, pytest.raises(Refused) as caught:
        client.ask(CALL)
    assert caught.value.kind == "unavailable" and len(Scripted.asked) == 3


@pytest.mark.parametrize(
    "answer", [(200, {}, b"<html>"), (200, {}, b"{}"), (502, {}, b"<html>"), (302, {"Location": "/"}, b"")]
)
def test_an_answer_of_somebody_else_is_unexpected(script: Script, answer: Any) -> None:
    with Client(script(answer), "key") as client, pytest.raises(Unexpected, match="check_quotes"):
        client.ask(CALL)


def test_nobody_there_is_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "_PAUSE", 0.0)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
    with Client(address, "key") as client:
        with pytest.raises(Unreachable, match="check_quotes"):
            client.ask(CALL)
        with pytest.raises(Unreachable, match="follow_article"):
            list(client.follow("none"))
