"""Words for time, channel, place and addressee, as they stand one after another beside a cue.

A chain ends at the first word that is none of them: in "said in a letter to Congress after the vote on Tuesday" it holds
the letter and not the day.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from checker.extract.cues import ADVERBS, AUXILIARIES
from checker.extract.date_words import DateWords, date_words
from checker.extract.grammar import Range
from checker.extract.name_words import INSTITUTIONS
from checker.extract.tokens import Tokens
from checker.extract.verbs import VERBS
from corpus.types import PartialDate

_LONGEST_PHRASE = 8
PUBLISHED = frozenset(
    """issued released published posted aired broadcast dated sent delivered given recorded taped distributed provided
    made put""".split()
)
ISSUING = frozenset(
    """issued issuing released releasing published publishing posted posting sent sending wrote gave made put held
    delivered tweeted circulated""".split()
)
_CHANNELED = frozenset("in during at on via through over by from".split())
JOINING = frozenset("with to of on for from by at in before about between".split())
_DETERMINERS = frozenset(
    "a an the his her its their my our this that these those another one two several both same".split()
)
_PLACED = frozenset("in at from outside near".split())
_PLATFORMS = frozenset("twitter facebook instagram youtube snapchat telegram medium reddit".split())
_OUTLETS = frozenset(
    """cnn nbc abc cbs npr msnbc cnbc bbc pbs fox reuters politico breitbart bloomberg vox slate axios newsmax
    interfax tass ria rt npr""".split()
)
CHANNELS = frozenset(
    """statement statements interview interviews conference briefing briefings release call email emails e-mail e-mails
    letter letters tweet tweets post posts message messages memo memos speech speeches address remarks testimony
    hearing hearings debate debates rally rallies event events appearance appearances op-ed column essay article
    memoir podcast video videos ad ads filing filings lawsuit complaint affidavit ruling read-out readout communique
    communiqué blog posting postings transcript note presser session fundraiser meeting meetings forum convention
    discussion conversation broadcast show program programme segment sermon commencement eulogy announcement text texts
    voicemail webcast livestream stop deposition report reports decision document page website site floor declaration
    entry paper book brief opinion account radio tv television интервью заявлении""".split()
)
"""What somebody says something in, at or on."""
ALONE = frozenset("radio tv television floor page website site account book paper stop decision report reports".split())
"""Channels only with a preposition before them; as an object they are things."""
_MEDIA = INSTITUTIONS & frozenset("times post journal news press radio tv magazine herald tribune guardian network".split()) | {
    "fox", "today", "telegraph", "globe", "chronicle", "gazette", "register", "examiner", "beast",
}  # fmt: skip
_STOPS = frozenset(
    """in on at during after before with for from to of by about as while when where because if although though since
    until that which who and or but via through he she they it we i there not over into upon following than so""".split()
)


@dataclass(frozen=True, slots=True)
class Chain:
    """Time, place, channel and addressee one after another, as far as they go."""

    start: int
    end: int
    dates: tuple[DateWords, ...] = ()
    channels: tuple[Range, ...] = ()


@dataclass(frozen=True, slots=True)
class Chains:
    """What is needed to read a chain: the article, and its date."""

    tokens: Tokens
    today: PartialDate | None

    def read(self, start: int, high: int, *, told: bool) -> Chain:
        """The words for time, channel, place and addressee from a place on."""
        chain = Chain(start, start)
        if told:
            chain = self._addressee(chain, high)
        while chain.end < high and self.tokens.quoted[chain.end] < 0:
            longer = self._dated(chain, high) or self._channelled(chain, high) or self._placed(chain, high)
            if longer is None:
                break
            chain = longer
        return chain

    def _dated(self, chain: Chain, high: int) -> Chain | None:
        at = chain.end
        if self.key(at) in ("that", "which") and self.tokens.keys[at + 1 : at + 2] in (("aired",), ("was",)):
            at += 1
            at += self.key(at) == "was"
        if at < high and self.key(at) in PUBLISHED and (chain.channels or chain.start == at):
            at += 1 + (self.key(at + 1) in ("out", "up"))
            if at < high and self.key(at) in ("by", "to", "on", "in") and self.date(at, high) is None:
                at = self._phrase(at + 1, high) or at
            if at >= high or self.date(at, high) is None:
                return replace(chain, end=min(at, high))
        found = self.date(at, high)
        if found is None:
            return None
        return replace(chain, end=found.tokens[1], dates=(*chain.dates, found))

    def _channelled(self, chain: Chain, high: int) -> Chain | None:
        """`in an interview with CNN`, `on Twitter`, `at a rally in Ohio`."""
        start = chain.end
        if self.key(start) not in _CHANNELED or start + 1 >= high:
            return None
        end = self.channel(start + 1, high) or self._outlet(start + 1, high)
        if end is None:
            return None
        dates = self.dates_inside(start + 1, end)
        while end < high and self.key(end) in JOINING:
            if self.date(end, high) is not None:
                break
            further = self._outlet(end + 1, high) or self._phrase(end + 1, high)
            if further is None:
                break
            end = further
        return replace(chain, end=end, dates=(*chain.dates, *dates), channels=(*chain.channels, (start, end)))

    def _placed(self, chain: Chain, high: int) -> Chain | None:
        """`in Brussels`, `at the White House`, `here`, `again`."""
        start = chain.end
        if self.adverb(start) or self.key(start) == "here":
            return replace(chain, end=start + 1)
        if self.key(start) == "to" and self.tokens.keys[start + 1 : start + 2] in (("reporters",), ("supporters",)):
            return replace(chain, end=start + 2)
        if self.key(start) not in _PLACED or start + 1 >= high:
            return None
        name = start + 1 + (self.key(start + 1) == "the")
        if name >= high or not self.tokens.capital(name):
            return None
        end = self._phrase(start + 1, high)
        if end is None:
            return None
        if end + 1 < high and self.key(end) == "," and self.tokens.capital(end + 1):
            further = self._phrase(end + 1, high)  # in Cedar Rapids, Iowa
            end = further if further is not None and further - end <= 3 else end
        return replace(chain, end=end + (end < high and self.key(end) == "," and end + 1 < high))

    def _addressee(self, chain: Chain, high: int) -> Chain:
        """Who is told: an outlet is the channel, anybody else is not."""
        outlet = self._outlet(chain.end, high)
        if outlet is not None:
            return replace(chain, end=outlet, channels=((chain.end, outlet),))
        end = self._phrase(chain.end, high)
        if end is None:
            return chain
        words = self.tokens.keys[chain.end : end]
        press = words[-1] in ("reporters", "journalists")
        return replace(chain, end=end, channels=((chain.end, end),) if press else ())

    def _outlet(self, start: int, high: int) -> int | None:
        """Where the name of a medium ends: CNN, the New York Times, NBC’s “Meet the Press”, a quoted programme."""
        if start < high and self.tokens.quoted[start] >= 0:
            return self._programme(start, high)
        end = self._phrase(start, high)
        if end is None:
            return None
        keys = [key.removesuffix("'s").rstrip("'") for key in self.tokens.keys[start:end]]
        if not any(key in _OUTLETS or key in _PLATFORMS or (key in _MEDIA and at) for at, key in enumerate(keys)):
            return None
        if end < high and self.tokens.quoted[end] >= 0 and self.key(end - 1).endswith(("'s", "s'", "on")):
            return self._programme(end, high) or end
        return end

    def _programme(self, start: int, high: int) -> int | None:
        """Where a quoted name of a programme ends."""
        end, last = start, min(high, start + 2 * _LONGEST_PHRASE)
        while end < last and self.tokens.quoted[end] == self.tokens.quoted[start]:
            end += 1
        words = [n for n in range(start, end) if self.tokens.word(n)]
        if not 0 < len(words) <= _LONGEST_PHRASE:
            return None
        return end if self.tokens.capital(words[0]) and self.tokens.capital(words[-1]) else None

    def channel(self, start: int, high: int) -> int | None:
        """Where a noun phrase ends whose head is a channel, or None."""
        end = self._phrase(start, high, dated=True)
        if end is None:
            return None
        if self.key(end - 1) in CHANNELS:
            return end
        head = next((n for n in range(end - 1, start - 1, -1) if self.key(n) in CHANNELS), None)
        if head is None and end < high and self.key(end) == "of":  # a series of tweets
            further = self._phrase(end + 1, high, dated=True)
            return further if further is not None and self.key(further - 1) in CHANNELS else None
        return None if head is None or head + 1 >= end or not self.tokens.capital(head + 1) else head + 1

    def _phrase(self, start: int, high: int, *, dated: bool = False) -> int | None:
        """Where a noun phrase ends that begins at a token: a determiner, then words, or a name."""
        end = start
        while end < high and self.key(end) in _DETERMINERS:
            end += 1
        if end >= high or not self.tokens.word(end) or self.tokens.quoted[end] >= 0:
            return None
        name = self.tokens.capital(end) and end == start and not self.key(end).endswith("'s")
        first = end
        while end < min(high, first + _LONGEST_PHRASE) and self._continues(end, first, name=name, dated=dated):
            end += 1
        return end if end > first else None

    def _continues(self, at: int, first: int, *, name: bool, dated: bool) -> bool:
        tokens = self.tokens
        word = tokens.keys[at]
        if tokens.quoted[at] >= 0 or not (tokens.word(at) or word in ("&", "-")):
            return False
        if not dated and date_words(tokens, at, at + 3, today=None) is not None:
            return False
        if word in _STOPS or word in AUXILIARIES:
            return False
        behind_head = at > first and tokens.keys[at - 1] in CHANNELS and word not in CHANNELS
        if behind_head and (not tokens.capital(at) or date_words(tokens, at, at + 2, today=None) is not None):
            return False
        if word in VERBS and VERBS[word].form in ("past", "ing") and at > first and not tokens.capital(at):
            return False
        return not (name and not tokens.capital(at) and word not in ("and", "&", "de", "of") and word not in CHANNELS)

    def dates_inside(self, start: int, end: int) -> tuple[DateWords, ...]:
        """The date in `a 2014 interview` or `Tuesday’s speech`."""
        for number in range(start, end):
            found = date_words(self.tokens, number, end, today=self.today, inside=True)
            if found is not None and self.key(number) not in ("a", "an"):
                return (found,)
        return ()

    def key(self, at: int) -> str:
        """The word at a token; none behind the last one."""
        return self.tokens.keys[at] if at < len(self.tokens.keys) else ""

    def date(self, at: int, high: int) -> DateWords | None:
        """The date words that begin at a token, if any."""
        return date_words(self.tokens, at, high, today=self.today) if at < high else None

    def adverb(self, at: int) -> bool:
        """True for a word such as `also` and `repeatedly`, which nothing hangs on."""
        word = self.key(at)
        return (
            bool(word) and self.tokens.quoted[at] < 0 and (word in ADVERBS or (len(word) > 4 and word.endswith("ly")))
        )
