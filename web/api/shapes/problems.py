"""What is answered when something is not done (RFC 9457)."""

from __future__ import annotations

from web.api.shapes.base import Answered


class FieldProblem(Answered):
    """One thing that is wrong with a request: where (a JSON Pointer into the body, or a parameter's name) and what to do."""

    pointer: str | None
    parameter: str | None
    says: str


class ProblemDocument(Answered):
    """Why a request was not done. `type` is stable and has a page of its own; `request_id` is what to tell whoever runs the service."""

    type: str
    title: str
    status: int
    detail: str
    request_id: str
    errors: list[FieldProblem]
