"""What can go wrong on the other side of the API.

ClientError
├── Refused        the server says why not, as a problem document
├── Unreachable    there is no answer
└── Unexpected     there is one that is not documented: another server, or a proxy
"""

from __future__ import annotations

from web.api.shapes.problems import ProblemDocument


class ClientError(Exception):
    """Something about a request; the message names it."""


class Refused(ClientError):
    """The server says why not; `kind` is the last part of the problem's type."""

    def __init__(self, name: str, problem: ProblemDocument) -> None:
        super().__init__(f"{name}: {problem.title}. {problem.detail}")
        self.problem = problem

    @property
    def kind(self) -> str:
        """What kind of problem it is."""
        return self.problem.type.rpartition("/")[2]


class Unreachable(ClientError):
    """There is no answer."""


class Unexpected(ClientError):
    """There is an answer that is not documented."""
