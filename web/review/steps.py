"""What happens to a review: each step is one transaction, and checking happens before it."""

from __future__ import annotations

import logging
from dataclasses import replace

from sqlalchemy import Connection

from checker.tongue import worded
from web.desk import Desk, Found
from web.review.case import standing_of
from web.review.forms import Seen
from web.store import articles, decisions, embargoes, reviews, signing, webhooks
from web.store.accounts import Account
from web.store.articles import StoredArticle, StoredFinding, Text
from web.store.decisions import Ruling
from web.store.embargoes import Kind, Term
from web.store.errors import NotNow, Overtaken

_LOG = logging.getLogger(__name__)


def send(desk: Desk, text: Text, *, by: Account, id: str | None = None, embargo: Term | None = None) -> str:
    """Check a new article and put it on the desk, at once under embargo where one is given; gives its id.

    What is there under a given id already is left as it is.
    """
    with desk.store.writing() as connection:
        id = articles.create(connection, text, by=by.name, id=id)
        if reviews.is_under_review(connection, id):
            return id
    send_held(desk, id, by=by, embargo=embargo)
    return id


def send_held(desk: Desk, id: str, *, by: Account, embargo: Term | None = None) -> None:
    """Check an article that has an address already and put it on the desk; raises NotHere and NotNow."""
    with desk.store.reading() as connection:
        stored = articles.stored(connection, id)
    if stored.kind != "article":
        raise NotNow(
            worded(
                "Only articles are reviewed; a single quotation is an article of one sentence that says who said it."
            )
        )
    found = desk.found(desk.drafts.read(id))
    with desk.store.writing() as connection:
        reviews.open_review(connection, id, by=by.name)
        if embargo is not None:
            embargoes.begin(connection, id, embargo, of="article", by=by.name)
            webhooks.withhold(connection, id)
        _record(connection, stored, found)


def revise(desk: Desk, id: str, text: Text, *, seen: int, by: str) -> None:
    """Keep a newer text and check it; a sign-off is void by it. Raises NotHere and Overtaken."""
    with desk.store.writing() as connection:
        reviews.review_of(connection, id)
        before = articles.stored(connection, id).text
        text = replace(text, speaker=before.speaker, url=before.url)
        number = articles.revise(connection, id, text, seen=seen, by=by)
        stored = articles.stored(connection, id, number=number)
    found = desk.found(desk.drafts.read(id))
    with desk.store.writing() as connection:
        _record(connection, stored, found)


def check_again(desk: Desk, id: str, *, seen: int, by: str) -> None:
    """Check the text against what the record holds now; decisions about what stays the same stay.

    Raises NotHere, NotNow and Overtaken.
    """
    with desk.store.reading() as connection:
        reviews.is_open(connection, id)
        stored = articles.stored(connection, id)
    found = desk.found(desk.drafts.read(id))
    with desk.store.writing() as connection:
        reviews.checked_again(connection, id, seen=seen, by=by)
        _record(connection, stored, found)


def decide(desk: Desk, id: str, anchor: str, ruling: Ruling, *, seen: Seen, by: str) -> None:
    """Decide about a statement; raises NotHere, Overtaken, NotNow and WrongEntry."""
    with desk.store.writing() as connection:
        stored, about = _about(connection, desk, id, anchor, seen)
        decisions.decide(connection, id, about, ruling, revision=stored.revision, seen=seen.last, by=by)


def withdraw(desk: Desk, id: str, anchor: str, *, seen: Seen, by: str) -> None:
    """Undo the decision about a statement; raises NotHere, Overtaken and NotNow."""
    with desk.store.writing() as connection:
        stored, about = _about(connection, desk, id, anchor, seen)
        decisions.withdraw(connection, id, about, revision=stored.revision, seen=seen.last, by=by)


def sign(desk: Desk, id: str, *, seen: int, by: str) -> None:
    """Answer for the text; raises Overtaken, and NotNow that says what is missing."""
    look_at_sources(desk)
    with desk.store.reading() as connection:
        stored = articles.stored(connection, id)
        found = articles.findings(connection, id, stored.revision, desk.wording)
    sources = articles.sources(found)
    moved = [document for document, basis in sources.items() if not desk.is_as_it_was(document, *basis)]
    if moved:
        raise NotNow(
            worded(
                "A source was changed since the text was checked: %(document)s. Check again first.", document=moved[0]
            )
        )
    with desk.store.writing() as connection:
        standing = standing_of(connection, stored)
        reviews.signed(connection, id, seen=seen)
        if not standing.checked:
            raise NotNow(worded("This text was not checked yet. Check it first."))
        if not standing.ready:
            raise NotNow(
                worded(
                    "Statements that are not decided yet: %(number)s.", number=standing.statements - standing.decided
                )
            )
        if desk.settings.four_eyes == "on" and standing.review.author == by:
            raise NotNow(worded("Whoever sent an article cannot sign it off here (four eyes). Ask somebody else."))
        signing.sign(
            connection, id, revision=stored.revision, sha256=stored.sha256, sources=sources, by=by
        )  # fmt: skip


def impose(desk: Desk, id: str, term: Term, *, of: Kind, by: Account, seen: str | None = None) -> None:
    """Put an article or a batch under embargo, or change until when it is; raises NotHere, NotYours and Overtaken."""
    with desk.store.writing() as connection:
        embargoes.impose(connection, id, term, of=of, by=by, seen=seen)
        webhooks.withhold(connection, id)


def lift(desk: Desk, id: str, *, of: Kind, by: Account, seen: str | None = None) -> None:
    """End the embargo of an article or a batch now; raises NotHere, NotNow, NotYours and Overtaken."""
    with desk.store.writing() as connection:
        embargoes.lift(connection, id, of=of, by=by, seen=seen)


def look_at_sources(desk: Desk) -> tuple[str, ...]:
    """Make sign-offs void whose sources were changed; gives their articles.

    While the record is the same, there is nothing to look at: a sign-off is only made over sources as they are.
    """
    fingerprint = desk.fingerprint
    if fingerprint == desk.sources_seen:
        return ()
    with desk.store.reading() as connection:
        changed = signing.sources_changed(connection, desk.is_as_it_was)
    for id, document in changed.items():
        because = f"A source that it rests on was changed: {document}."
        with desk.store.writing() as connection:
            if signing.void(connection, id, because=because):
                kept = embargoes.standing(connection, id) is not None  # on what it rests is part of what is kept
                _LOG.warning("the sign-off of article %s is void: source %s was changed", id, "–" if kept else document)
                webhooks.tell(connection, "source.changed", {"document": document, "review": id})
    desk.sources_seen = fingerprint
    return tuple(changed)


def _about(connection: Connection, desk: Desk, id: str, anchor: str, seen: Seen) -> tuple[StoredArticle, StoredFinding]:
    """The statement that a decision is about, if it is still what its maker saw."""
    stored = articles.stored(connection, id)
    about = articles.finding_of(connection, id, stored.revision, anchor, desk.wording)
    if about.basis != seen.basis:
        raise Overtaken(worded("The text or a source was changed since you opened this; nothing of yours was saved."))
    return stored, about


def _record(connection: Connection, stored: StoredArticle, found: Found) -> None:
    """Keep what was found; what could not be checked stands among the comments, so that nobody takes it for passed."""
    articles.record(connection, stored.id, stored.revision, found.findings)
    for problem in found.problems:
        reviews.note(connection, stored.id, problem)
