"""What a stream of server-sent events says about an article, line by line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from pydantic import BaseModel

from web.api.shapes.articles import ArticleStatus, ProgressEvent
from web.api.shapes.findings import ArticleFinding, Unchecked

Event = ProgressEvent | ArticleFinding | Unchecked | ArticleStatus

SHAPES: Mapping[str, type[BaseModel]] = MappingProxyType(
    {"progress": ProgressEvent, "finding": ArticleFinding, "unchecked": Unchecked, "done": ArticleStatus}
)


@dataclass(slots=True)
class Listening:
    """What was heard so far: `last` is the number of the last finding, with which a stream that broke is taken up again."""

    last: str = ""
    done: bool = False
    _fields: dict[str, str] = field(default_factory=dict)

    def hear(self, line: str) -> Event | None:
        """Take in a line; gives the event that it ends, if it ends one."""
        if line:
            name, _, value = line.partition(":")
            self._fields[name] = value.removeprefix(" ")
            return None
        fields, self._fields = self._fields, {}
        self.last = fields.get("id", self.last)
        shape = SHAPES.get(fields.get("event", ""))
        if shape is None:
            return None
        self.done = shape is ArticleStatus
        event = shape.model_validate_json(fields["data"], extra="ignore")
        assert isinstance(event, Event)
        return event
