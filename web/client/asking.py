"""Asking a server: at once or while something else goes on, with the same calls and the same manners.

What is sent twice is done once: every POST carries an Idempotency-Key, so that it may be repeated when an answer is lost. A server
that asks to wait is asked again when it says.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self, TypeVar

import httpx2
from pydantic import ValidationError

from web.api.problems import MEDIA
from web.api.shapes.base import Page
from web.api.shapes.problems import ProblemDocument
from web.client.calls import Call, read_article
from web.client.errors import ClientError, Refused, Unexpected, Unreachable
from web.client.events import Event, Listening

Answer = TypeVar("Answer")
Listed = TypeVar("Listed", bound=Page)

TIMEOUT = 300.0
"""Seconds for an answer: a hundred quotations take a minute or two."""

TIMES = 3
_LONGEST_WAIT = 30.0
_PAUSE = 1.0
_AGAIN = (429, 503)


class Client:
    """A server, asked with a key; one call after another.

    >>> with Client("http://127.0.0.1:8000", "onr_live_…") as onrecord:  # doctest: +SKIP
    ...     found = onrecord.ask(calls.check_quotes({"a": QuoteAsked(quote="We will not sign.")}))
    """

    def __init__(self, address: str, key: str, *, timeout: float = TIMEOUT) -> None:
        self._http = httpx2.Client(base_url=address, headers=_headers(key), timeout=timeout)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:  # fmt: skip
        self.close()

    def close(self) -> None:
        """Let go of the connection."""
        self._http.close()

    def ask(self, call: Call[Answer]) -> Answer:
        """The answer to a call; raises ClientError."""
        request = _request(self._http, call)
        for left in reversed(range(TIMES)):
            try:
                with _reached(call.name):
                    response = self._http.send(request)
            except Unreachable:
                if not left:
                    raise
                time.sleep(_PAUSE)
                continue
            if not left or response.status_code not in _AGAIN:
                return _read(call, response)
            time.sleep(_wait(response))
        raise AssertionError("the last time it is answered or raised")

    def pages(self, call: Call[Listed]) -> Iterator[Listed]:
        """Every page of a list; raises ClientError."""
        page = self.ask(call)
        yield page
        while page.next is not None:
            page = self.ask(call.after(page.next))
            yield page

    def follow(self, id: str) -> Iterator[Event]:
        """Progress and findings of an article as they come, to the end; raises ClientError."""
        heard = Listening()
        while not heard.done:
            with (
                _reached("follow_article"),
                self._http.stream("GET", _events(id), headers={"Last-Event-ID": heard.last}) as response,
            ):
                if response.status_code not in _AGAIN:
                    _opened(response, response.read() if response.is_error else b"")
                    for line in response.iter_lines():
                        if (event := heard.hear(line)) is not None:
                            yield event
            if not heard.done:
                time.sleep(_wait(response))


class AsyncClient:
    """The same for programs that do something else meanwhile."""

    def __init__(self, address: str, key: str, *, timeout: float = TIMEOUT) -> None:
        self._http = httpx2.AsyncClient(base_url=address, headers=_headers(key), timeout=timeout)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:  # fmt: skip
        await self.close()

    async def close(self) -> None:
        """Let go of the connections."""
        await self._http.aclose()

    async def ask(self, call: Call[Answer]) -> Answer:
        """The answer to a call; raises ClientError."""
        request = _request(self._http, call)
        for left in reversed(range(TIMES)):
            try:
                with _reached(call.name):
                    response = await self._http.send(request)
            except Unreachable:
                if not left:
                    raise
                await asyncio.sleep(_PAUSE)
                continue
            if not left or response.status_code not in _AGAIN:
                return _read(call, response)
            await asyncio.sleep(_wait(response))
        raise AssertionError("the last time it is answered or raised")

    async def pages(self, call: Call[Listed]) -> AsyncIterator[Listed]:
        """Every page of a list; raises ClientError."""
        page = await self.ask(call)
        yield page
        while page.next is not None:
            page = await self.ask(call.after(page.next))
            yield page

    async def follow(self, id: str) -> AsyncIterator[Event]:
        """Progress and findings of an article as they come, to the end; raises ClientError."""
        heard = Listening()
        while not heard.done:
            with _reached("follow_article"):
                async with self._http.stream("GET", _events(id), headers={"Last-Event-ID": heard.last}) as response:
                    if response.status_code not in _AGAIN:
                        _opened(response, await response.aread() if response.is_error else b"")
                        async for line in response.aiter_lines():
                            if (event := heard.hear(line)) is not None:
                                yield event
            if not heard.done:
                await asyncio.sleep(_wait(response))


def _headers(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}", "Accept": "application/json"}


def _request(http: httpx2.Client | httpx2.AsyncClient, call: Call[Answer]) -> httpx2.Request:
    """What is sent, the same each time that it is sent."""
    headers = {"Idempotency-Key": str(uuid.uuid4())} if call.method == "POST" else {}
    content = None
    if call.body is not None:
        headers["Content-Type"] = "application/json"
        content = call.body.model_dump_json(by_alias=True).encode()
    return http.build_request(call.method, call.path, params=dict(call.query), content=content, headers=headers)


def _read(call: Call[Answer], response: httpx2.Response) -> Answer:
    if response.is_error or response.is_redirect:
        raise _refused(call.name, response, response.content)
    try:
        return call.read(response.content)
    except ValidationError as error:
        raise Unexpected(f"{call.name}: the answer is not as documented ({error.error_count()} places)") from error


def _refused(name: str, response: httpx2.Response, content: bytes) -> ClientError:
    if response.headers.get("Content-Type") == MEDIA:
        return Refused(name, ProblemDocument.model_validate_json(content, extra="ignore"))
    return Unexpected(f"{name}: {response.status_code} {response.reason_phrase} from {response.url.host}")


def _opened(response: httpx2.Response, content: bytes) -> None:
    """Raises what is wrong with a stream that should have begun."""
    if response.is_error or response.is_redirect:
        raise _refused("follow_article", response, content)


@contextmanager
def _reached(name: str) -> Iterator[None]:
    """What the network says becomes ours."""
    try:
        yield
    except httpx2.TransportError as error:
        raise Unreachable(f"{name}: there is no answer ({error})") from error


def _events(id: str) -> str:
    return f"{read_article(id).path}/events"


def _wait(response: httpx2.Response) -> float:
    """How many seconds the server asks to wait, within reason."""
    asked = response.headers.get("Retry-After", "1")
    return min(float(asked), _LONGEST_WAIT) if asked.isdigit() else 1.0
