"""What there is to ask, in one table: each operation with its address, who may ask it, what is sent and what comes back.

The table is filled by the views that stand behind it. Requests are read by it, answers are checked by it, the permission test
goes through it and the OpenAPI document is written from it, so that none of these can say something else than another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from inspect import cleandoc
from types import MappingProxyType
from typing import Literal

from flask import Blueprint, Response, request
from pydantic import BaseModel

from web.api import again
from web.api.answering import Outcome, respond
from web.api.asking import no_parameters, read_body, read_parameters
from web.api.problems import PREFIX
from web.api.shapes.base import Answered, Paged, Parameters
from web.exports.download import in_english
from web.store.keys import Scope

Method = Literal["GET", "POST", "DELETE"]

api = Blueprint("api", __name__, url_prefix=PREFIX)


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that can be asked.

    `like` names the desk's address whose roles hold here too: through a key nobody may do what they may not do at the desk. `stores`
    is what no test key does. `media` is what comes back; without `answers` it is no JSON object.
    """

    name: str
    method: Method
    path: str
    tag: str
    says: str
    scope: Scope | None
    like: str | None
    status: int
    query: type[Parameters] | None
    asks: type[BaseModel] | None
    answers: type[Answered] | None
    media: str
    problems: tuple[str, ...]
    stores: bool

    @property
    def summary(self) -> str:
        """What it is for, in one line."""
        return self.says.partition("\n")[0]

    @property
    def paged(self) -> bool:
        """Whether it gives a list page by page."""
        return self.query is not None and issubclass(self.query, Paged)

    @property
    def repeatable(self) -> bool:
        """Whether it may be sent twice and is done once; what stores nothing may be done again, and nothing of it be kept."""
        return self.stores and self.method == "POST"

    @property
    def address(self) -> str:
        """Its path as OpenAPI writes it."""
        return PREFIX + self.path.replace("<path:", "{").replace("<int:", "{").replace("<", "{").replace(">", "}")


_TABLE: dict[str, Operation] = {}
OPERATIONS: Mapping[str, Operation] = MappingProxyType(_TABLE)
"""Every operation by the endpoint under which Flask knows it."""

View = Callable[..., Outcome]


def operation(
    method: Method, path: str, *, tag: str, scope: Scope | None, answers: type[Answered] | None = None,
    asks: type[BaseModel] | None = None, query: type[Parameters] | None = None, like: str | None = None, status: int = 200,
    media: str = "application/json", problems: tuple[str, ...] = (), stores: bool = False,
) -> Callable[[View], View]:  # fmt: skip
    """Put a view into the table; what it is for is its docstring, and what was sent is its `asked` and `query`."""

    def enter(view: View) -> View:
        says = cleandoc(view.__doc__ or "")
        found = Operation(
            view.__name__, method, path, tag, says, scope, like, status, query, asks, answers, media, problems, stores
        )
        _TABLE[f"{api.name}.{found.name}"] = found
        api.add_url_rule(
            path, found.name, _answering(found, view), methods=[method], provide_automatic_options=False
        )  # fmt: skip
        return view

    return enter


def _answering(operation: Operation, view: View) -> Callable[..., Response]:
    @wraps(view)
    def answer(**path: object) -> Response:
        given = dict(path)
        if operation.query is not None:
            given["query"] = read_parameters(request, operation.query)
        else:
            no_parameters(request)
        if operation.asks is not None:
            given["asked"] = read_body(request, operation.asks)
        with in_english():

            def do() -> Response:
                return respond(view(**given), status=operation.status)

            return again.once(do) if operation.repeatable else do()

    return answer
