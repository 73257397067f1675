"""Everything that can be asked, as a value: what is sent where, and how the answer is read.

Each function has the name of its operation in the OpenAPI document; a test holds both against each other. What comes back may have
more fields than this program knows, since the server may be newer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, Literal, TypeVar
from urllib.parse import quote

from pydantic import BaseModel, TypeAdapter

from web.api.problems import PREFIX
from web.api.shapes.articles import ArticleAsked, ArticleStatus, EmbargoAsked, EmbargoRead, ReportAsked
from web.api.shapes.desk import KeyRead, Keys, Log
from web.api.shapes.findings import ArticleFinding, Report, Unchecked
from web.api.shapes.quotes import QuoteAsked, QuotesAsked, QuotesFound
from web.api.shapes.record import CoverageFound, DocumentRead, Documents, Passages, Speakers, Versions
from web.api.shapes.reviews import (
    Accept,
    DecisionAsked,
    Decisions,
    Override,
    ReviewRead,
    Reviews,
    ReviewSent,
    StatementReviewed,
    Withdraw,
)
from web.api.shapes.webhooks import Deliveries, DeliveryRead, WebhookAsked, WebhookMade, WebhookRead, Webhooks
from web.store.reviews import State

Answer = TypeVar("Answer")
Shape = TypeVar("Shape", bound=BaseModel)

_LINE: TypeAdapter[ArticleFinding | Unchecked] = TypeAdapter(ArticleFinding | Unchecked)


@dataclass(frozen=True, slots=True)
class Call(Generic[Answer]):
    """One thing to ask: its operation's name, the address, what is sent, and how the answer is read."""

    name: str
    method: Literal["GET", "POST", "DELETE"]
    path: str
    read: Callable[[bytes], Answer]
    query: Mapping[str, str] = field(default_factory=dict)
    body: BaseModel | None = None

    def after(self, cursor: str) -> Call[Answer]:
        """The same for the next page."""
        return replace(self, query={**self.query, "cursor": cursor})


def check_quotes(quotes: Mapping[str, QuoteAsked]) -> Call[QuotesFound]:
    """Check many quotations, each under a key of one's own."""
    return _post("check_quotes", "/quotes", QuotesAsked(quotes=dict(quotes)), QuotesFound)


def check_report(asked: ReportAsked) -> Call[Report]:
    """Check a short article while waiting."""
    return _post("check_report", "/reports", asked, Report)


def send_article(asked: ArticleAsked) -> Call[ArticleStatus]:
    """Have an article checked in the background."""
    return _post("send_article", "/articles", asked, ArticleStatus)


def read_article(id: str) -> Call[ArticleStatus]:
    """How far an article is."""
    return _get("read_article", f"/articles/{_step(id)}", ArticleStatus)


def set_article_embargo(id: str, asked: EmbargoAsked) -> Call[EmbargoRead]:
    """Put an article that was sent under embargo, or change until when it is."""
    return _post("set_article_embargo", f"/articles/{_step(id)}/embargo", asked, EmbargoRead)


def lift_article_embargo(id: str) -> Call[None]:
    """End its embargo now."""
    return Call("lift_article_embargo", "DELETE", f"{PREFIX}/articles/{_step(id)}/embargo", lambda raw: None)


def read_report(id: str) -> Call[Report]:
    """All findings of an article that is done."""
    return _get("read_report", f"/articles/{_step(id)}/report", Report)


def read_results(id: str) -> Call[Sequence[ArticleFinding | Unchecked]]:
    """The same, line by line."""
    return Call("read_results", "GET", f"{PREFIX}/articles/{_step(id)}/results", _lines)


def list_documents(
    *, publisher: str = "", speaker: str = "", language: str = "", kind: str = "", year: str = "", limit: int = 50,
    cursor: str | None = None,
) -> Call[Documents]:  # fmt: skip
    """Documents, the latest first."""
    query = _query(publisher=publisher, speaker=speaker, language=language, kind=kind, year=year, limit=limit, cursor=cursor)  # fmt: skip
    return _get("list_documents", "/documents", Documents, query)


def read_document(id: str, *, version: int | None = None) -> Call[DocumentRead]:
    """A document with its whole text."""
    return _get("read_document", f"/documents/{_step(id)}", DocumentRead, _query(version=version))


def list_versions(id: str) -> Call[Versions]:
    """Every wording of a document."""
    return _get("list_versions", f"/documents/{_step(id)}/versions", Versions)


def search_passages(
    q: str, *, publisher: str = "", speaker: str = "", language: str = "", kind: str = "", year: str = "", limit: int = 50,
    cursor: str | None = None,
) -> Call[Passages]:  # fmt: skip
    """Search the record by words."""
    query = _query(q=q, publisher=publisher, speaker=speaker, language=language, kind=kind, year=year, limit=limit, cursor=cursor)  # fmt: skip
    return _get("search_passages", "/passages", Passages, query)


def list_speakers(*, q: str = "", limit: int = 50, cursor: str | None = None) -> Call[Speakers]:
    """The names under which somebody speaks."""
    return _get("list_speakers", "/speakers", Speakers, _query(q=q, limit=limit, cursor=cursor))


def read_coverage(*, publisher: str = "", speaker: str = "") -> Call[CoverageFound]:
    """What is held of whom over time."""
    return _get("read_coverage", "/coverage", CoverageFound, _query(publisher=publisher, speaker=speaker))


def list_reviews(
    *, state: State | None = None, mine: Literal["yes", "no"] = "no", limit: int = 50, cursor: str | None = None
) -> Call[Reviews]:
    """What lies on the desk."""
    return _get("list_reviews", "/reviews", Reviews, _query(state=state, mine=mine, limit=limit, cursor=cursor))


def send_review(asked: ReviewSent) -> Call[ReviewRead]:
    """Check an article and put it on the desk."""
    return _post("send_review", "/reviews", asked, ReviewRead)


def read_review(id: str) -> Call[ReviewRead]:
    """An article under review."""
    return _get("read_review", f"/reviews/{_step(id)}", ReviewRead)


def set_embargo(id: str, asked: EmbargoAsked) -> Call[EmbargoRead]:
    """Put an article under embargo, or change until when it is."""
    return _post("set_embargo", f"/reviews/{_step(id)}/embargo", asked, EmbargoRead)


def lift_embargo(id: str) -> Call[None]:
    """End an article's embargo now."""
    return Call("lift_embargo", "DELETE", f"{PREFIX}/reviews/{_step(id)}/embargo", lambda raw: None)


def list_decisions(id: str) -> Call[Decisions]:
    """Everything that was ever decided about an article."""
    return _get("list_decisions", f"/reviews/{_step(id)}/decisions", Decisions)


def decide(id: str, asked: Accept | Override | Withdraw) -> Call[StatementReviewed]:
    """Decide about a statement as it was read."""
    return _post("decide", f"/reviews/{_step(id)}/decisions", DecisionAsked(asked), StatementReviewed)


def read_log(*, subject: str = "", limit: int = 50, cursor: str | None = None) -> Call[Log]:
    """The audit log."""
    return _get("read_log", "/audit", Log, _query(subject=subject, limit=limit, cursor=cursor))


def list_webhooks() -> Call[Webhooks]:
    """One's own webhooks."""
    return _get("list_webhooks", "/webhooks", Webhooks)


def make_webhook(asked: WebhookAsked) -> Call[WebhookMade]:
    """Have an address told of what happens."""
    return _post("make_webhook", "/webhooks", asked, WebhookMade)


def read_webhook(id: str) -> Call[WebhookRead]:
    """One of them."""
    return _get("read_webhook", f"/webhooks/{_step(id)}", WebhookRead)


def end_webhook(id: str) -> Call[None]:
    """Tell it nothing any more."""
    return Call("end_webhook", "DELETE", f"{PREFIX}/webhooks/{_step(id)}", lambda raw: None)


def list_deliveries(id: str, *, limit: int = 50, cursor: str | None = None) -> Call[Deliveries]:
    """What was sent to a webhook, and how it went."""
    return _get("list_deliveries", f"/webhooks/{_step(id)}/deliveries", Deliveries, _query(limit=limit, cursor=cursor))


def replay_delivery(id: str, delivery: str) -> Call[DeliveryRead]:
    """Send a message again."""
    return _post("replay_delivery", f"/webhooks/{_step(id)}/deliveries/{_step(delivery)}/replay", None, DeliveryRead)


def list_keys() -> Call[Keys]:
    """One's own keys."""
    return _get("list_keys", "/keys", Keys)


def read_key(id: str) -> Call[KeyRead]:
    """One of them."""
    return _get("read_key", f"/keys/{_step(id)}", KeyRead)


def revoke_key(id: str) -> Call[None]:
    """Revoke one of them."""
    return Call("revoke_key", "DELETE", f"{PREFIX}/keys/{_step(id)}", lambda raw: None)


def _get(name: str, path: str, shape: type[Shape], query: Mapping[str, str] | None = None) -> Call[Shape]:
    return Call(name, "GET", PREFIX + path, _reading(shape), query or {})


def _post(name: str, path: str, body: BaseModel | None, shape: type[Shape]) -> Call[Shape]:
    return Call(name, "POST", PREFIX + path, _reading(shape), {}, body)


def _reading(shape: type[Shape]) -> Callable[[bytes], Shape]:
    def read(raw: bytes) -> Shape:
        return shape.model_validate_json(raw, extra="ignore")

    return read


def _lines(raw: bytes) -> Sequence[ArticleFinding | Unchecked]:
    return tuple(_LINE.validate_json(line, extra="ignore") for line in raw.splitlines() if line)


def _query(**given: str | int | None) -> Mapping[str, str]:
    return {name: str(value) for name, value in given.items() if value not in (None, "")}


def _step(id: str) -> str:
    """An id as one step of an address; dots alone would be tidied away on the way."""
    return quote(id, safe="").replace(".", "%2E") if set(id) <= {"."} else quote(id, safe="")
