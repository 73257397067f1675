"""What can go wrong with a corpus.

CorpusError
├── CorpusUnavailable    no corpus there, not readable, or of a newer program
│   └── CollectionNotFound   no private collection of that name
├── DocumentNotFound     no document of that id
├── RecordError          one record or file cannot be taken; the rest goes on
│   └── MarkupMoved      a page is not built as its connector knows it: nothing of it is stored
├── ConnectorError       a connector is not known, or its recipe cannot be read
├── EncoderUnavailable   the model for semantic search is missing or not the pinned one
├── EncoderMismatch      the vectors of this corpus were made by another encoder
└── FetchError           a link is not stored or checked; the message names it
    ├── EgressOff        fetching is switched off here
    ├── LinkRefused      a link that is not followed: nothing was sent to where it leads
    ├── RobotsRefused    the host's robots.txt asks programs not to read it: nothing was sent there
    └── FetchFailed      what is there cannot be had, or is not what a browser would show
        ├── SourceGone     the source says that there is nothing (404) or nothing any more (410)
        ├── SourceResting  a host failed too often, or asked for a pause, and is left alone for now
        ├── SourceBlocked  the source refuses us, or checks for robots
        └── SourceUnreachable  nothing answers, or what comes breaks off: it may do so later
"""

from __future__ import annotations


class CorpusError(Exception):
    """Something about the corpus; the message names the item and what to do."""


class CorpusUnavailable(CorpusError):
    """There is no usable corpus at that place."""


class CollectionNotFound(CorpusUnavailable):
    """The corpus has no private collection of that name."""


class DocumentNotFound(CorpusError):
    """The corpus holds no document of that id."""


class RecordError(CorpusError):
    """One record or file cannot be taken."""

    def __init__(self, message: str, *, path: str = "", line: int | None = None) -> None:
        super().__init__(message)
        self.path = path
        self.line = line

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line is not None else self.path
        return f"{place}: {self.args[0]}" if place else str(self.args[0])


class MarkupMoved(RecordError):
    """A publisher's page is not built as its connector knows it; says what was looked for."""


class ConnectorError(CorpusError):
    """A connector is not known, or its recipe cannot be read; the message names the key."""


class EncoderUnavailable(CorpusError):
    """The model for semantic search cannot be loaded."""


class EncoderMismatch(CorpusError):
    """The stored vectors cannot be compared with the configured encoder's."""


class FetchError(CorpusError):
    """A link was not fetched; `instead` is what a reader can do who has the page before the eyes, and no program can."""

    code = "fetch"

    def __init__(self, message: str, *, link: str = "", instead: str = "") -> None:
        super().__init__(message)
        self.link = link
        self.instead = instead

    def __str__(self) -> str:
        return f"{self.plain}{self.instead}"

    @property
    def plain(self) -> str:
        """The link and what is wrong with it."""
        return f"{self.link}: {self.args[0]}" if self.link else str(self.args[0])


SAVE_PAGE = "; open it in a browser, save the page, and give the file or the text"
SAVE_FILE = "; save it and give the file or its text"
OR_SAVE = ", or save the page and give the file or its text"


class EgressOff(FetchError):
    """Fetching is switched off here."""

    code = "egress-off"


class LinkRefused(FetchError):
    """A link is not followed."""

    code = "link-refused"


class RobotsRefused(FetchError):
    """A host asks programs not to read what is at a link."""

    code = "robots-refused"


class FetchFailed(FetchError):
    """What is at a link cannot be had; `status` is the server's answer if it gave one, `retry_after` in seconds."""

    code = "fetch-failed"
    status: int | None = None
    retry_after: float | None = None


class SourceGone(FetchFailed):
    """The source says that there is nothing at a link, or nothing any more."""


class SourceBlocked(FetchFailed):
    """A source refuses programs, or shows a check for robots instead of a page."""


class SourceUnreachable(FetchFailed):
    """Nothing answers, or what comes breaks off; it may be there later."""


class SourceResting(FetchFailed):
    """A host failed too often in a row, or asked for a long pause: it is left alone until the next run."""

    blocked: bool = False
