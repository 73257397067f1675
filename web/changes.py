"""What became of documents at their sources: a list, a feed, and the versions of one document side by side."""

from __future__ import annotations

import datetime

from flask import Blueprint, Response, render_template, request, url_for

from checker.export.changes import Happened, feed, happened, headline, in_words, passages
from checker.tongue import spoken
from corpus.history import Event
from web.appearance import LANGUAGES
from web.desk import desk
from web.schemas import read_id, read_versions

changes = Blueprint("changes", __name__)

_LATEST = 100
"""Events on the page and in the feed; the command line has them all."""


@changes.get("/changes")
def listed() -> str:
    """The latest events, each with the words that differ."""
    feed = url_for("changes.followed", speak=spoken().locale)
    return render_template("changes.html", events=_events(), headline=headline, in_words=in_words, feed=feed)


@changes.get("/changes.atom")
def followed() -> Response:
    """The same for a newsreader."""
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    asked = request.args.get("speak")
    own = url_for("changes.followed", _external=True, speak=asked if asked in LANGUAGES else None)
    written = feed(_events(), own=own, page=_page, updated=now)
    return Response(written, mimetype="application/atom+xml")


@changes.get("/documents/<path:id>/versions")
def versions(id: str) -> str:
    """Every version of a document, and what differs between two of them."""
    asked = read_versions(request.args)
    stored = desk().document(read_id(id), asked.after)
    editions = desk().corpus.history.editions(id)
    after = stored.version.number
    before = asked.before or max(1, after - 1)
    desk().document(id, before)
    kept = {each.version: each for each in desk().corpus.history.captures(id)}
    return render_template(
        "versions.html", stored=stored, document=stored.document, editions=editions, before=before, after=after,
        found=passages(desk().corpus, id, before, after), kept=kept, in_words=in_words,
        described=desk().corpus.history.described(id, before, after),
    )  # fmt: skip


@changes.get("/versions")
def versions_by_parameter() -> str:
    """The same for an id that a browser or a proxy would tidy up if it were part of the path."""
    return versions(request.args.get("id", ""))


@changes.app_template_global()
def versions_address(id: str, **numbers: int) -> str:
    """The address of a document's versions; an id with empty or dotted steps travels as a parameter."""
    tidied = any(step in ("", ".", "..") for step in id.split("/"))
    endpoint = "changes.versions_by_parameter" if tidied else "changes.versions"
    return url_for(endpoint, id=id, **numbers)  # type: ignore[arg-type]  # whatever is left becomes a parameter


def _page(event: Event) -> str:
    return request.url_root.rstrip("/") + versions_address(
        event.document_id, **{"from": event.from_version, "to": event.to_version}
    )


def _events() -> list[Happened]:
    corpus = desk().corpus
    return [happened(corpus, each) for each in corpus.history.events(limit=_LATEST)]
