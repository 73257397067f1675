"""The tables of the desk. A change here needs a migration beside it (`web/store/migrations`).

    people      account, session, attempt (to sign in), identity (at a provider), journey (to a provider and back)
    articles    article, revision (its texts), finding (the machine's), correction, wrong_verdict (what readers report)
    reviews     review, decision (the editor's), comment, sign_off, basis (the sources it rests on), alert
    batches     job, item, item_finding (what was found so far)
    embargoes   embargo (of reviews and of batches, whose ids are all different)
    keys        api_key, repeat (what was asked with an Idempotency-Key, and what was answered)
    log         audit

Times are UTC, as text that sorts (`2031-05-04T09:00:00.000000Z`). Whoever acted is kept by name, so that an account that
is closed takes nothing with it.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite numbers rows by itself only when the type is INTEGER; elsewhere ids may outgrow 32 bits.
_Id = BigInteger().with_variant(Integer, "sqlite")

account = Table(
    "account",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("password", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("created_at", Text, nullable=False),
    UniqueConstraint("name"),
)

session = Table(
    "session",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("account_id", _Id, ForeignKey("account.id"), nullable=False),
    Column("created_at", Text, nullable=False),
    Column("seen_at", Text, nullable=False),
    Index("ix_session_account_id", "account_id"),
)

attempt = Table(
    "attempt",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("name", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("at", Text, nullable=False),
    Index("ix_attempt_name", "name", "at"),
    Index("ix_attempt_address", "address", "at"),
)

identity = Table(
    "identity",
    metadata,
    Column("issuer", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("account_id", _Id, ForeignKey("account.id"), nullable=False),
    Column("bound_at", Text, nullable=False),
    Column("bound_by", Text, nullable=False),
    Index("ix_identity_account_id", "account_id"),
)

journey = Table(
    "journey",
    metadata,
    Column("state", Text, primary_key=True),
    Column("browser", Text, nullable=False),
    Column("issuer", Text, nullable=False),
    Column("nonce", Text, nullable=False),
    Column("verifier", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("leads_to", Text, nullable=False),
    Column("account_id", _Id, ForeignKey("account.id")),
    Column("begun_at", Text, nullable=False),
    Index("ix_journey_begun_at", "begun_at"),
)

article = Table(
    "article",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("created_by", Text),
    Index("ix_article_created_at", "created_at"),
)

revision = Table(
    "revision",
    metadata,
    Column("article_id", Text, ForeignKey("article.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("speaker", Text),
    Column("date", Text),
    Column("url", Text),
    Column("created_at", Text, nullable=False),
    Column("created_by", Text),
    Column("checked_at", Text),
    Index("ix_revision_sha256", "sha256"),
)

finding = Table(
    "finding",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("article_id", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("anchor", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("words", Text, nullable=False),
    Column("quote", Text, nullable=False),
    Column("speaker", Text),
    Column("status", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("checked_at", Text, nullable=False),
    UniqueConstraint("article_id", "revision", "anchor"),
    ForeignKeyConstraint(["article_id", "revision"], ["revision.article_id", "revision.number"]),
    Index("ix_finding_words", "words"),
)

correction = Table(
    "correction",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("article_id", Text, ForeignKey("article.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("anchor", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("occurrence", Integer, nullable=False),
    Column("speaker", Text),
    Column("direct", Boolean, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("created_by", Text),
    Column("undone_at", Text),
    Index("ix_correction_article_id", "article_id"),
)

wrong_verdict = Table(
    "wrong_verdict",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("article_id", Text, ForeignKey("article.id")),
    Column("anchor", Text),
    Column("claim", Text, nullable=False),
    Column("finding", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("reason", Text),
    Column("note", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("created_by", Text),
)

review = Table(
    "review",
    metadata,
    Column("article_id", Text, ForeignKey("article.id"), primary_key=True),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("author", Text, nullable=False),
    Column("assignee", Text),
    Column("due", Text),
    Column("created_at", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    Index("ix_review_state", "state"),
)

embargo = Table(
    "embargo",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("until", Text),
    Column("local", Text, nullable=False),
    Column("set_at", Text, nullable=False),
    Column("set_by", Text, nullable=False),
)

decision = Table(
    "decision",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("article_id", Text, ForeignKey("review.article_id"), nullable=False),
    Column("anchor", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("status", Text),
    Column("ground", Text),
    Column("note", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("speaker", Text),
    Column("machine_status", Text, nullable=False),
    Column("machine_reason", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Index("ix_decision_article_id", "article_id", "anchor"),
    Index("ix_decision_words", "words"),
)

comment = Table(
    "comment",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("article_id", Text, ForeignKey("review.article_id"), nullable=False),
    Column("anchor", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("resolved_at", Text),
    Column("resolved_by", Text),
    Index("ix_comment_article_id", "article_id"),
)

sign_off = Table(
    "sign_off",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("article_id", Text, ForeignKey("review.article_id"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("void_at", Text),
    Column("void_because", Text),
    Index("ix_sign_off_article_id", "article_id"),
)

basis = Table(
    "basis",
    metadata,
    Column("sign_off_id", _Id, ForeignKey("sign_off.id"), primary_key=True),
    Column("document_id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
)

alert = Table(
    "alert",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("name", Text, nullable=False),
    Column("article_id", Text, ForeignKey("article.id"), nullable=False),
    Column("says", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("seen_at", Text),
    Index("ix_alert_name", "name"),
)

job = Table(
    "job",
    metadata,
    Column("id", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("ended_at", Text),
    Index("ix_job_state", "state"),
)

item = Table(
    "item",
    metadata,
    Column("job_id", Text, ForeignKey("job.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("lease", Text),
    Column("lease_until", Text),
    Column("result", Text),
    Column("counts", Text),
    Column("statements", Integer),
    Column("error_code", Text),
    Column("error", Text),
    Column("started_at", Text),
    Column("ended_at", Text),
    Index("ix_item_state", "state", "lease_until"),
)

item_finding = Table(
    "item_finding",
    metadata,
    Column("job_id", Text, primary_key=True),
    Column("item", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("content", Text, nullable=False),
    ForeignKeyConstraint(["job_id", "item"], ["item.job_id", "item.number"]),
)

api_key = Table(
    "api_key",
    metadata,
    Column("id", Text, primary_key=True),
    Column("account_id", _Id, ForeignKey("account.id"), nullable=False),
    Column("label", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("scopes", Text, nullable=False),
    Column("test", Boolean, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
    Column("used_at", Text),
    Column("revoked_at", Text),
    Column("revoked_by", Text),
    Column("minute", Integer, nullable=False),
    Column("requests", Integer, nullable=False),
    Index("ix_api_key_account_id", "account_id"),
)

repeat = Table(
    "repeat",
    metadata,
    Column("key_id", Text, ForeignKey("api_key.id"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("request", Text, nullable=False),
    Column("made", Text, nullable=False),
    Column("begun_at", Text, nullable=False),
    Column("lease_until", Text, nullable=False),
    Column("status", Integer),
    Column("headers", Text),
    Column("body", Text),
    Column("lease", Text),
    Index("ix_repeat_begun_at", "begun_at"),
)

webhook = Table(
    "webhook",
    metadata,
    Column("id", Text, primary_key=True),
    Column("account_id", _Id, ForeignKey("account.id"), nullable=False),
    Column("key_id", Text, ForeignKey("api_key.id"), nullable=False),
    Column("url", Text, nullable=False),
    Column("events", Text, nullable=False),
    Column("secret", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("ended_at", Text),
    Column("ended_because", Text),
    Index("ix_webhook_account_id", "account_id"),
)

delivery = Table(
    "delivery",
    metadata,
    Column("id", Text, primary_key=True),
    Column("webhook_id", Text, ForeignKey("webhook.id"), nullable=False),
    Column("message_id", Text, nullable=False),
    Column("event", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", Text, nullable=False),
    Column("lease", Text),
    Column("status", Integer),
    Column("error", Text),
    Column("ended_at", Text),
    Index("ix_delivery_webhook_id", "webhook_id", "made_at"),
    Index("ix_delivery_state", "state", "next_at"),
)

audit = Table(
    "audit",
    metadata,
    Column("number", _Id, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("sha256", Text, nullable=False),
)
