"""When and by what channel a statement was made, where the article says so beside the cue.

Only words that stand with the cue count ("said in a statement on Tuesday", "On Tuesday, Smith said", "the Kremlin, in
its read-out of the call, said"), or that date "the statement" one sentence earlier; never those of the content, which
date what is spoken of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from checker.extract.chains import ALONE, ISSUING, JOINING, PUBLISHED, Chain, Chains
from checker.extract.earlier import dated_before
from checker.extract.grammar import Range
from checker.extract.statement import Statement
from checker.extract.tokens import Tokens
from checker.extract.verbs import VERBS
from corpus.types import PartialDate


@dataclass(frozen=True, slots=True)
class Occasion:
    """The words that date a statement, the date they certainly mean, and the words that name its channel."""

    date: PartialDate | None = None
    date_words: Range | None = None
    channel: Range | None = None


NO_OCCASION = Occasion()


def occasions(tokens: Tokens, found: Sequence[Statement], *, today: PartialDate | None) -> tuple[Occasion, ...]:
    """The occasion of every statement; one that goes on with "…, adding that" shares that of the one before."""
    given: list[Occasion] = []
    for number, statement in enumerate(found):
        occasion = _occasion(tokens, statement, today)
        if occasion == NO_OCCASION and number and _goes_on(tokens, found[number - 1], statement):
            occasion = given[-1]
        given.append(occasion)
    return tuple(given)


def _goes_on(tokens: Tokens, before: Statement, statement: Statement) -> bool:
    return (
        statement.cue is not None
        and before.sentence == statement.sentence
        and before.source is not None
        and before.source == statement.source
        and tokens.keys[statement.cue[1] - 1].endswith("ing")
    )


def _occasion(tokens: Tokens, statement: Statement, today: PartialDate | None) -> Occasion:
    if statement.cue is None:
        return NO_OCCASION
    places = _Places(tokens, statement, Chains(tokens, today))
    chains = [chain for chain in places.all() if chain.end > chain.start]
    dates = [found for chain in chains for found in chain.dates if places.outside(found.tokens)]
    channels = [found for chain in chains for found in chain.channels if places.outside(found)]
    if not dates and places.past():
        earlier = (dated_before(places.chains, mention) for mention in channels[:1])
        dates = [found for found in earlier if found is not None and places.outside(found.tokens)]
    certain = {found.date for found in dates if found.date is not None}
    date = certain.pop() if len(certain) == 1 and places.past() else None
    words = next((found.tokens for found in dates if found.date == date), dates[0].tokens if dates else None)
    return Occasion(date, words, channels[0] if channels else None)


_NOT_YET = frozenset("will would to going may might could should can shall 'll won't if".split())
_OPENINGS = frozenset("and but then so still also meanwhile later again".split())
_TALKING = frozenset("speaking talking appearing writing testifying выступая".split())
_LONGEST_APPOSITION = 8


@dataclass(frozen=True, slots=True)
class _Places:
    """The places beside one statement's cue where its occasion can stand."""

    tokens: Tokens
    statement: Statement
    chains: Chains

    def all(self) -> Iterator[Chain]:
        """What stands behind the cue, before its source, between the two, and in the source itself."""
        cue, source = self.statement.cue, self.statement.source
        assert cue is not None
        yield self._behind(cue, source)
        if source is None:
            return
        if source[1] <= cue[0]:
            yield self._opening(source)
            yield self._between(source, cue)
        yield self._document(source)
        yield from self._inserted(source)
        if source[1] <= cue[0] and self.tokens.keys[cue[1] - 1].endswith("ing"):
            yield self._issued(source, cue)

    def outside(self, found: Range) -> bool:
        """True for words that share nothing with the content."""
        return all(found[1] <= first or last <= found[0] for first, last in self.statement.content)

    def past(self) -> bool:
        """True for something that has been said, by the source itself."""
        cue = self.statement.cue
        assert cue is not None
        return self.statement.outer is None and not _NOT_YET & set(self.tokens.keys[cue[0] : cue[1] - 1])

    def _behind(self, cue: Range, source: Range | None) -> Chain:
        """`said in a statement on Tuesday`, `said Smith on Tuesday`, `told Army Radio last week`."""
        start = source[1] if source is not None and source[0] >= cue[1] else cue[1]
        later = [first for first, _ in self.statement.content if first >= cue[1]]
        high = min([*later, self.statement.sentence.last])
        if start > cue[1]:
            start = self._past_apposition(start, high)
        if start >= high:
            return Chain(start, start)
        told = self.statement.lemma in ("tell", "inform", "remind", "ask", "assure") and start == cue[1]
        return self.chains.read(start, high, told=told)

    def _past_apposition(self, start: int, high: int) -> int:
        """Behind `, the mayor,` in `said Smith, the mayor, on Friday`; else where it was."""
        if self.chains.key(start) != ",":
            return start
        for number in range(start + 1, min(high, start + _LONGEST_APPOSITION)):
            if self.chains.key(number) == ",":
                return number + 1
            if (
                not self.tokens.word(number)
                or self.chains.key(number) in ("who", "which", "and")
                or self.chains.key(number) in VERBS
            ):
                break
        return start

    def _opening(self, source: Range) -> Chain:
        """`On Tuesday, Smith said`, but not `In 2014, Smith said, the firm had failed`."""
        first = start = self.statement.sentence.first
        cue = self.statement.cue
        assert cue is not None
        while start < source[0] and self.chains.key(start) in _OPENINGS:
            start += 1
        talking = start < source[0] and self.chains.key(start) in _TALKING
        chain = self.chains.read(start + talking, source[0], told=False)
        end = chain.end + (self.chains.key(chain.end) == ",")
        inserted = self.chains.key(cue[1]) == "," and self.tokens.quoted[cue[1] + 1 : cue[1] + 2] == (-1,)
        if end != source[0] or inserted or not self._follows(source, cue):
            return Chain(first, first)
        return chain

    def _follows(self, source: Range, cue: Range) -> bool:
        """True when only adverbs, or words that date too, stand between the source and the cue."""
        between = range(source[1], cue[0])
        if all(self.chains.adverb(n) or self.chains.key(n) == "," for n in between):
            return True
        return self._between(source, cue).end > source[1]

    def _between(self, source: Range, cue: Range) -> Chain:
        """`Smith on Tuesday said`, `Smith, speaking in Ohio, said`."""
        start = source[1]
        while start < cue[0] and self.chains.key(start) in (",", "who"):
            start += 1
        start += start < cue[0] and self.chains.key(start) in _TALKING
        chain = self.chains.read(start, cue[0], told=False)
        end = chain.end
        while end < cue[0] and (self.chains.key(end) == "," or self.chains.adverb(end)):
            end += 1
        return chain if end == cue[0] else Chain(source[1], source[1])

    def _inserted(self, source: Range) -> Iterator[Chain]:
        """`the Kremlin, in its read-out of the call,`: an insertion inside the words that name the source."""
        commas = [n for n in range(*source) if self.chains.key(n) == "," and self.tokens.quoted[n] < 0]
        for comma, end in pairwise([*commas, source[1]]):
            start = comma + 1
            start += start < end and self.chains.key(start) in _TALKING
            chain = self.chains.read(start, end, told=False)
            if chain.end == end:
                yield chain

    def _document(self, source: Range) -> Chain:
        """`a statement released on Tuesday` as the source."""
        head = self.chains.channel(source[0], source[1])
        if head is None or not self._is_document(source, head):
            return Chain(source[0], source[0])
        high = min([first for first, _ in self.statement.content if first >= head] + [self.statement.sentence.last])
        cue = self.statement.cue
        if cue is not None and cue[0] >= head:
            high = min(high, cue[0])
        rest = self.chains.read(head, high, told=False)
        return Chain(
            source[0],
            rest.end,
            (*self.chains.dates_inside(source[0], head), *rest.dates),
            ((source[0], head), *rest.channels),
        )

    def _is_document(self, source: Range, head: int) -> bool:
        """True for `the statement` and `a letter from …`, not for `the Washington Post` or `the conference speaker`."""
        named = (
            self.tokens.capital(head - 1)
            or self.chains.key(head - 1) in ALONE
            or any(self.chains.key(n) in ISSUING or self.chains.key(n).endswith("ed") for n in range(source[0], head))
        )
        ends = head == source[1] or self.chains.key(head) in JOINING | PUBLISHED | {",", "that", "which"}
        return not named and (ends or self.chains.date(head, source[1]) is not None)

    def _issued(self, source: Range, cue: Range) -> Chain:
        """`Smith issued a statement on Tuesday saying …`."""
        verb = next((n for n in range(source[0] + 1, cue[0]) if self.chains.key(n) in ISSUING), None)
        none = Chain(source[1], source[1])
        if verb is None:
            return none
        start = verb + 1 + (self.chains.key(verb + 1) in ("out", "up"))
        head = self.chains.channel(start, cue[0])
        if head is None:
            return none
        rest = self.chains.read(head, cue[0], told=False)
        end = rest.end
        while end < cue[0] and self.chains.key(end) == ",":
            end += 1
        if end != cue[0]:
            return none
        before = self.chains.read(min(source[1], verb), verb, told=False)
        return Chain(
            source[1],
            end,
            (*before.dates, *self.chains.dates_inside(start, head), *rest.dates),
            ((start, head), *rest.channels),
        )
