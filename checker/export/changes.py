"""What changed at the sources, for people, for programs, and as a feed that a newsreader follows (Atom, RFC 4287)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from lxml import etree

from checker.tongue import noted, said, spoken
from checker.wording import count
from corpus.descriptions import Field, Redescribed
from corpus.differences import Difference
from corpus.history import Event
from corpus.store import Corpus

_ATOM = "http://www.w3.org/2005/Atom"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_AROUND = 60
_SHOWN = 20
"""Differences of one event that are shown; its page has them all."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One difference as it is shown: what the two versions have, and the words around it in the later one."""

    kind: str
    before: str
    after: str
    lead: str
    rest: str
    difference: Difference


def passages(corpus: Corpus, document_id: str, before: int, after: int) -> tuple[Passage, ...]:
    """Every difference between two versions, with their words."""
    old = corpus.document(document_id, version=before).document.text
    new = corpus.document(document_id, version=after).document.text
    return tuple(
        Passage(
            each.kind, each.before.of(old), each.after.of(new),
            _lead(new[: each.after.start]), _rest(new[each.after.end :]), each,
        )
        for each in corpus.history.between(document_id, before, after)
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Happened:
    """An event as it is shown: with the words that differ, and with what is said otherwise of the document."""

    event: Event
    passages: tuple[Passage, ...] = ()
    described: tuple[Redescribed, ...] = ()


def happened(corpus: Corpus, event: Event) -> Happened:
    """An event with what differs between its two versions."""
    if event.kind not in ("changed", "corrected"):
        return Happened(event)
    between = (event.document_id, event.from_version, event.to_version)
    return Happened(event, passages(corpus, *between), corpus.history.described(*between))


_FIELDS: Mapping[Field, str] = MappingProxyType(
    {
        "speakers": noted("Speakers"), "turn": noted("Speaker of a turn"), "turns": noted("Turns"),
        "turn-kind": noted("Kind of a turn"), "date": noted("Date"), "title": noted("Title"),
        "publisher": noted("Publisher"), "tier": noted("Tier"), "translation": noted("Translation"),
        "kind": noted("Kind"), "language": noted("Language"), "url": noted("Link"),
    }
)  # fmt: skip


def in_words(each: Redescribed) -> str:
    """What is said otherwise of a document, as a line.

    >>> in_words(Redescribed("speakers", "Ada Lorne", "Bram Ostrey"))
    'Speakers: Ada Lorne → Bram Ostrey'
    """
    nothing = said("(none)")
    return said(
        "%(field)s: %(before)s → %(after)s",
        field=said(_FIELDS[each.field]), before=each.before or nothing, after=each.after or nothing,
    )  # fmt: skip


def _lead(before: str) -> str:
    """The last whole words before a difference."""
    if len(before) <= _AROUND:
        return before
    return f"… {before[-_AROUND:].partition(' ')[2]}"


def _rest(after: str) -> str:
    """The first whole words behind a difference."""
    if len(after) <= _AROUND:
        return after
    return f"{after[:_AROUND].rpartition(' ')[0]} …"


def headline(event: Event) -> str:
    """What happened, in a few words.

    >>> headline(Event(1, "a", "changed", "2026-01-01", 1, 2, 3, 1, "T", "P", None))
    'Changed: 3 words added, 1 word removed'
    """
    if event.kind == "gone":
        return said("Gone at its source; kept here")
    if event.kind == "back":
        return said("There again at its source")
    if event.kind == "corrected":
        return said("Described otherwise; the text is the same")
    if event.typographic:
        return said("Changed in spaces, punctuation or letter case only")
    added, removed = count(event.added, "word"), count(event.removed, "word")
    return said("Changed: %(added)s added, %(removed)s removed", added=added, removed=removed)


def in_a_line(passage: Passage) -> str:
    """One difference as a line."""
    if passage.kind == "added":
        return said("added “%(words)s”", words=passage.after)
    if passage.kind == "removed":
        return said("removed “%(words)s”", words=passage.before)
    return said("“%(before)s” → “%(after)s”", before=passage.before, after=passage.after)


def event_object(found: Happened) -> dict[str, object]:
    """An event with its differences, offsets in code points of both versions."""
    event = found.event
    return {
        "id": event.id, "document": event.document_id, "title": event.title, "publisher": event.publisher,
        "url": event.url, "kind": event.kind, "noticed_at": event.noticed_at, "from_version": event.from_version,
        "to_version": event.to_version, "words_added": event.added, "words_removed": event.removed,
        "typographic": event.typographic, "differences": [difference_object(each) for each in found.passages],
        "described": described_objects(found.described),
    }  # fmt: skip


def described_objects(found: Iterable[Redescribed]) -> list[dict[str, object]]:
    """What is said otherwise of a document; null where a version says nothing."""
    return [{"field": each.field, "before": each.before or None, "after": each.after or None} for each in found]


def difference_object(passage: Passage) -> dict[str, object]:
    """One difference, with offsets into both versions."""
    before, after = passage.difference.before, passage.difference.after
    return {
        "kind": passage.kind,
        "before": {"start": before.start, "end": before.end, "text": passage.before},
        "after": {"start": after.start, "end": after.end, "text": passage.after},
    }


def events_text(events: Iterable[Happened]) -> str:
    """Events as lines, each with its differences below."""
    lines: list[str] = []
    for each in events:
        event, found = each.event, each.passages
        lines += [
            f"{event.noticed_at[:16]}  {event.document_id}  {headline(event)}",
            f"    {event.title} ({event.publisher})",
        ]
        lines += [f"    {in_words(one)}" for one in each.described]
        lines += [f"    {in_a_line(one)}" for one in found[:_SHOWN]]
        if len(found) > _SHOWN:
            lines.append(f"    and {count(len(found) - _SHOWN, 'further difference')}")
    return "\n".join(lines)


def feed(events: Sequence[Happened], *, own: str, page: Callable[[Event], str], updated: str) -> bytes:
    """Events as an Atom feed; `own` is the feed's address, `page` gives each event's, `updated` stands where there are none."""
    root = etree.Element(f"{{{_ATOM}}}feed", {_LANGUAGE: spoken().locale}, nsmap={None: _ATOM})
    _element(root, "id", own)
    _element(root, "title", said("What changed at the sources"))
    _element(root, "updated", events[0].event.noticed_at if events else updated)
    etree.SubElement(_element(root, "author", None), f"{{{_ATOM}}}name").text = "OnRecord"
    _element(root, "link", None, rel="self", href=own, type="application/atom+xml")
    for each in events:
        event = each.event
        entry = _element(root, "entry", None)
        _element(entry, "id", f"{own}#event-{event.id}")
        _element(entry, "title", f"{_written(event.title or event.document_id)}: {headline(event)}")
        _element(entry, "updated", event.noticed_at)
        _element(entry, "link", None, rel="alternate", href=page(event), type="text/html")
        _element(
            entry,
            "content",
            _written("\n".join(_lines_of(each)) or headline(event)),
            type="text",
        )
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _lines_of(found: Happened) -> list[str]:
    """What differs, the first of it."""
    return [*map(in_words, found.described), *map(in_a_line, found.passages[:_SHOWN])]


def _element(parent: etree._Element, name: str, text: str | None, **attributes: str) -> etree._Element:
    made = etree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    made.text = text
    return made


def _written(text: str) -> str:
    """Without what XML cannot hold."""
    return "".join(
        letter
        for letter in text
        if letter in "\t\n" or (letter >= " " and letter not in "\ufffe\uffff" and not "\ud800" <= letter <= "\udfff")
    )
