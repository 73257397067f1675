"""The tables of a corpus. A change here needs a migration beside it (`corpus/migrations`)."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import BIT, TEXT

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=_NAMES)
on_a_server = MetaData(naming_convention=_NAMES)
"""What only a server has, and works out of the other tables by itself: it is neither copied nor backed up."""

# SQLite numbers rows by itself only when the type is INTEGER; elsewhere ids may outgrow 32 bits.
_Id = BigInteger().with_variant(Integer, "sqlite")

# By code point, as SQLite compares: the order of dates and ids must not depend on a server's language.
_Text = Text().with_variant(TEXT(collation="C"), "postgresql")

version = Table(
    "version",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("document_id", _Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("current", Boolean, nullable=False),
    Column("sha256", _Text, nullable=False),
    Column("publisher", _Text, nullable=False),
    Column("title", _Text, nullable=False),
    Column("date", _Text),
    Column("url", _Text),
    Column("language", _Text, nullable=False),
    Column("kind", _Text, nullable=False),
    Column("tier", _Text, nullable=False),
    Column("translation", _Text),
    Column("licence", _Text),
    Column("speakers", _Text, nullable=False),
    Column("text", _Text, nullable=False),
    Column("metadata", LargeBinary, nullable=False),
    Column("added_at", _Text, nullable=False),
    UniqueConstraint("document_id", "number"),
    Index("ix_version_sha256", "sha256"),
    Index("ix_version_publisher", "publisher", "date"),
)

turn = Table(
    "turn",
    metadata,
    Column("version_id", _Id, ForeignKey("version.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("speaker", _Text, nullable=False),
    Column("kind", _Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Index("ix_turn_speaker", "speaker"),
    sqlite_with_rowid=False,
)

passage = Table(
    "passage",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("version_id", _Id, ForeignKey("version.id"), nullable=False),
    Column("turn", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Index("ix_passage_version_id", "version_id"),
)

segment = Table(
    "segment",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("postings", BigInteger, nullable=False),
)

posting = Table(
    "posting",
    metadata,
    Column("size", Integer, primary_key=True),
    Column("bucket", Integer, primary_key=True),
    Column("segment", Integer, primary_key=True),
    Column("entries", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

encoder = Table(
    "encoder",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("space", _Text, nullable=False),
    Column("name", _Text, nullable=False),
    Column("dimensions", Integer, nullable=False),
    UniqueConstraint("space"),
)

vector = Table(
    "vector",
    metadata,
    Column("encoder_id", Integer, ForeignKey("encoder.id"), primary_key=True),
    Column("passage_id", _Id, ForeignKey("passage.id"), primary_key=True),
    Column("code", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

sign_block = Table(
    "sign_block",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("encoder_id", Integer, ForeignKey("encoder.id"), nullable=False),
    Column("numbers", LargeBinary, nullable=False),
    Column("bits", LargeBinary, nullable=False),
    Index("ix_sign_block_encoder_id", "encoder_id"),
)

sign_bits = Table(
    "sign_bits",
    on_a_server,
    Column("encoder_id", Integer, nullable=False),
    Column("passage_id", BigInteger, nullable=False),
    Column("bits", BIT(varying=True), nullable=False),
    Index("ix_sign_bits_encoder_id", "encoder_id", "passage_id"),
)
"""The blocks' bits as rows, kept so by a trigger on `sign_block`."""

GENERATION = "passages cut anew"
"""The setting that counts how often; what is kept in memory of passages' numbers does not outlast it."""

setting = Table(
    "setting",
    metadata,
    Column("name", _Text, primary_key=True),
    Column("value", _Text, nullable=False),
)

capture = Table(
    "capture",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("document_id", _Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("url", _Text, nullable=False),
    Column("kind", _Text, nullable=False),
    Column("sha256", _Text, nullable=False),
    Column("fetched_at", _Text, nullable=False),
    Column("seen_at", _Text, nullable=False),
    Column("record", LargeBinary, nullable=False),
    UniqueConstraint("document_id", "version", "sha256"),
)

event = Table(
    "event",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("document_id", _Text, nullable=False),
    Column("kind", _Text, nullable=False),
    Column("noticed_at", _Text, nullable=False),
    Column("from_version", Integer, nullable=False),
    Column("to_version", Integer, nullable=False),
    Column("added", Integer, nullable=False),
    Column("removed", Integer, nullable=False),
    Index("ix_event_document_id", "document_id"),
    Index("ix_event_noticed_at", "noticed_at"),
)

source_run = Table(
    "source_run",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("source", _Text, nullable=False),
    Column("started_at", _Text, nullable=False),
    Column("ended_at", _Text),
    Column("outcome", _Text, nullable=False),
    Column("seen", Integer, nullable=False),
    Column("new", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("gone", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
    Column("not_looked_at", Integer, nullable=False, server_default="0"),
    Column("barred", Integer, nullable=False, server_default="0"),
    Column("known_failures", Integer, nullable=False, server_default="0"),
    Column("error", _Text, nullable=False),
    Index("ix_source_run_source", "source", "id"),
)
"""What each run of a connector came to."""

source_entry = Table(
    "source_entry",
    metadata,
    Column("source", _Text, primary_key=True),
    Column("document_id", _Text, primary_key=True),
    Column("url", _Text, nullable=False),
    Column("title", _Text, nullable=False),
    Column("published", _Text),
    Column("mark", _Text, nullable=False),
    Column("etag", _Text, nullable=False),
    Column("modified", _Text, nullable=False),
    Column("outcome", _Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("error", _Text, nullable=False),
    Column("noted_at", _Text, nullable=False),
    sqlite_with_rowid=False,
)
"""What is known of each document that a source has listed: the wording that was stored last, or why none was."""

source_list = Table(
    "source_list",
    metadata,
    Column("source", _Text, primary_key=True),
    Column("list", _Text, primary_key=True),
    Column("reached", _Text, nullable=False),
    Column("floor", _Text, nullable=False),
    sqlite_with_rowid=False,
)
"""How far back a list was walked: the last page of it that was done, and the day down to which all is done."""

source_walked = Table(
    "source_walked",
    metadata,
    Column("source", _Text, primary_key=True),
    Column("list", _Text, primary_key=True),
    Column("document_id", _Text, primary_key=True),
    sqlite_with_rowid=False,
)
"""Entries between which and the page that was reached none was passed over."""

source_page = Table(
    "source_page",
    metadata,
    Column("source", _Text, primary_key=True),
    Column("url", _Text, primary_key=True),
    Column("etag", _Text, nullable=False),
    Column("modified", _Text, nullable=False),
    Column("next", _Text, nullable=False),
    Column("others", _Text, nullable=False),
    Column("newest", _Text),
    Column("oldest", _Text),
    sqlite_with_rowid=False,
)
"""List pages all of whose entries were done, as long as their server says that they are the same."""
