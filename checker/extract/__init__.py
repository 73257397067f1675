"""Who said what in an article: from its text to attributions, in one straight line."""

from __future__ import annotations

from checker.dateline import published
from checker.extract.body import body
from checker.extract.clauses import statements
from checker.extract.nicknames import without_nicknames
from checker.extract.occasions import Occasion, occasions
from checker.extract.quotations import quotations
from checker.extract.scene import Named
from checker.extract.speakers import name_speakers
from checker.extract.statement import Statement
from checker.extract.tagger import Tagger, load_tagger, tagged
from checker.extract.tokens import Tokens, tokenise
from checker.extract.wording import quote_of, spans, speech_type
from checker.types import Article, Attribution
from corpus.embed import reads


def extract_attributions(article: Article, *, tagger: Tagger | None = None) -> tuple[Attribution, ...]:
    """All attributions of an article, in the order of its text; by rules alone without a tagger, which reads English only."""
    tokens, found = read_statements(article.text)
    if tagger is not None and reads("english", article.text):
        found = tagged(tokens, found, tagger)
    said = name_speakers(tokens, found)
    when = occasions(tokens, found, today=article.date or published(article.text))
    return tuple(_attribution(tokens, *each) for each in zip(said, when, strict=True))


def read_statements(text: str) -> tuple[Tokens, tuple[Statement, ...]]:
    """The words of an article and what the rules find in them, before speakers are named."""
    tokens = tokenise(text, body(text), without_nicknames(text, quotations(text)))
    return tokens, statements(tokens)


def _attribution(tokens: Tokens, named: Named, occasion: Occasion) -> Attribution:
    statement = named.statement
    content = spans(tokens, statement.content)
    kind = "direct" if statement.set_apart else speech_type(tokens, content)
    return Attribution(
        content=content,
        cue=spans(tokens, (statement.cue,) if statement.cue else ()),
        source=spans(tokens, (statement.source,) if statement.source else ()),
        type=kind,
        quote=quote_of(tokens, content, kind),
        speaker=named.speaker,
        reported_by=named.reported_by,
        confidence=statement.confidence,
        said_on=occasion.date,
        date_words=tokens.span(*occasion.date_words) if occasion.date_words else None,
        channel=tokens.span(*occasion.channel) if occasion.channel else None,
    )


__all__ = ["Tagger", "extract_attributions", "load_tagger", "read_statements"]
