"""Where the words of a content begin and end, before and behind the cue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from checker.extract.cues import Cue
from checker.extract.grammar import DAYS, Range
from checker.extract.sources import source_before
from checker.extract.tokens import Sentence, Tokens

_STOPS = frozenset([".", "!", "?", "…", "..."])

_CLAUSE_STARTS = frozenset(
    "he she they it i we you there that if whether how why what when who the a an his her their".split()
)

_NOMINATIVE = frozenset("he she they i we there it".split())

_ADJUNCTS = frozenset(
    """in on at during after before to from through via by of about last this next earlier late early yesterday today
    tonight again then later recently only with as into following for when while""".split()
)

_OCCASIONS = frozenset(
    """statement interview email e-mail tweet post speech conference rally debate call letter message hearing
    briefing report appearance column memo release video town meeting night morning afternoon evening week month
    year day monday tuesday wednesday thursday friday saturday sunday 2014 2015 2016 2017""".split()
)


def stretch(tokens: Tokens, first: int, last: int) -> Range | None:
    """The stretch without commas and stops at its margins; None when no word is left."""
    while first < last and tokens.quoted[first] < 0 and not tokens.word(first):
        first += 1
    while last > first and tokens.quoted[last - 1] < 0 and not tokens.word(last - 1):
        last -= 1
    return (first, last) if any(tokens.word(n) for n in range(first, last)) else None


def has_words(tokens: Tokens, content: Range) -> bool:
    return content[1] > content[0] and any(tokens.word(n) for n in range(*content))


def content_before(tokens: Tokens, sentence: Sentence, cue: Cue, source: Range | None, low: int) -> Range | None:
    """What stands before `X said`, when a comma or a closing mark parts it from the source."""
    if source is None or cue.form == "ing":
        return None
    end = source[0]
    if source[1] > cue.first or end <= low:
        return None
    while end > low and (tokens.keys[end - 1] in ("and", "as", "but")) and tokens.quoted[end - 1] < 0:
        end -= 1
    if tokens.quoted[end - 1] < 0 and tokens.keys[end - 1] != ",":
        return None
    quoted = tokens.quoted[end - 1] >= 0 or (end - 1 > low and tokens.quoted[end - 2] >= 0)
    if quoted:
        low = _after_colon(tokens, low, end)
    else:
        following = tokens.keys[cue.last] if cue.last < sentence.last else "."
        if (
            following not in _STOPS
            and following not in (",", ";")
            and following not in _ADJUNCTS
            and following not in DAYS
        ):
            return None
        inserted = following == "," and tokens.keys[cue.first - 1] != ","
        if not inserted and (end - low < 4 or not _clause(tokens, low, end)):
            return None
    return stretch(tokens, low, end)


def _after_colon(tokens: Tokens, low: int, end: int) -> int:
    """The start of the last quotation before `end` when a colon introduces it; else `low`."""
    start = end - 1
    while start > low and tokens.quoted[start] < 0:
        start -= 1
    number = tokens.quoted[start]
    while start > low and tokens.quoted[start - 1] == number:
        start -= 1
    return start if start > low and tokens.keys[start - 1] == ":" else low


def _clause(tokens: Tokens, low: int, end: int) -> bool:
    """True for a stretch that can be a sentence of its own, not an opening such as `On Monday,`."""
    if tokens.keys[low] not in _OPENINGS:
        return True
    return any(tokens.keys[n] == "," and tokens.quoted[n] < 0 for n in range(low, end - 1))


_OPENINGS = frozenset(
    """in on at during after before when while as if asked although though since for with by speaking despite""".split()
)


def content_start(tokens: Tokens, sentence: Sentence, cue: Cue) -> int | None:
    """Where the content after a cue begins; None when nothing follows but time and place."""
    number = cue.last
    if number >= sentence.last:
        return None
    word = tokens.keys[number]
    if word in _STOPS or word == ";":
        return None
    if tokens.quoted[number] >= 0 and not _programme(tokens, number, cue):
        return number
    if word == ":":
        return number + 1 if number + 1 < sentence.last else None
    if word == ",":
        return _after_comma(tokens, sentence, number)
    if not cue.lemma.isascii() and (clause := _russian_clause(tokens, sentence, number)) is not None:
        return clause
    takes_infinitive = not cue.may("telling") and cue.lemma not in ("say", "write", "speak", "talk", "complain")
    if word == "to" and takes_infinitive and _infinitive(tokens, number, sentence):
        return number
    if cue.may("speech") or cue.may("telling") or cue.may("quoting"):
        if cue.may("telling") or word in _ADJUNCTS or word in DAYS or word in ("reporters", "me", "us"):
            return _past_adjuncts(tokens, sentence, cue)
        if cue.kinds == {"quoting"}:
            return _quotation_after(tokens, sentence, number)
        return number
    if cue.kinds == {"wish"}:
        return number if word in ("to", "that", "for") or cue.lemma in ("hope", "want") else None
    return number


def _russian_clause(tokens: Tokens, sentence: Sentence, number: int) -> int | None:
    """The `что` behind an addressee or a day: `заявил журналистам в субботу, что …`."""
    for at in range(number, min(sentence.last - 1, number + _BEFORE_CLAUSE)):
        if tokens.quoted[at] >= 0:
            return None
        if tokens.keys[at] == ",":
            return at + 1 if tokens.keys[at + 1] in ("что", "чтобы") else None
    return None


_BEFORE_CLAUSE = 12


def _after_comma(tokens: Tokens, sentence: Sentence, number: int) -> int | None:
    following = number + 1
    if following >= sentence.last:
        return None
    if tokens.quoted[following] >= 0 or tokens.keys[following] in ("что", "чтобы"):
        return following
    return _quotation_after(tokens, sentence, following)


def _quotation_after(tokens: Tokens, sentence: Sentence, number: int) -> int | None:
    """The first quotation that a comma or a colon introduces."""
    for at in range(number, min(sentence.last, number + 25)):
        if tokens.quoted[at] >= 0:
            return at if at == number or tokens.keys[at - 1] in (",", ":") or at - number < 4 else None
    return None


def _past_adjuncts(tokens: Tokens, sentence: Sentence, cue: Cue) -> int | None:
    """The start of the content behind an addressee, a time and a place: `told Army Radio last week that …`."""
    limit = min(sentence.last, cue.last + 22)
    for number in range(cue.last, limit):
        word = tokens.keys[number]
        if tokens.quoted[number] >= 0:
            if _programme(tokens, number, cue):
                continue
            return number
        if word in _STOPS or word == ";":
            return None
        if word == ":":
            return number + 1 if number + 1 < sentence.last else None
        if word == "that" and number > cue.last:
            return number
        if cue.may("telling") and word in ("how", "why", "what", "if", "whether", "not"):
            return number
        if cue.may("telling") and word == "to" and number - cue.last < 7 and _infinitive(tokens, number, sentence):
            return number
        if number > cue.last and word in _NOMINATIVE and tokens.keys[number - 1] not in ("to", "for", "with"):
            return number
        if number > cue.last and _opens_clause(tokens, number, cue):
            return number
        if word == "," and number + 1 < sentence.last and tokens.quoted[number + 1] >= 0:
            return number + 1
    return None


def _programme(tokens: Tokens, number: int, cue: Cue) -> bool:
    """True inside the quoted name of a programme: `told “Good Morning America” that …`."""
    first = last = number
    while first > cue.last and tokens.quoted[first - 1] == tokens.quoted[number]:
        first -= 1
    while last + 1 < len(tokens.quoted) and tokens.quoted[last + 1] == tokens.quoted[number]:
        last += 1
    if last - first > _LONGEST_TITLE or first == last or not tokens.capital(first + 1):
        return False
    before = tokens.keys[first - 1]
    return before in ("on", "to", "'s") or before.endswith("'s") or (first == cue.last and cue.may("telling"))


_LONGEST_TITLE = 8


def _infinitive(tokens: Tokens, number: int, sentence: Sentence) -> bool:
    """True when `to` is followed by a verb rather than by somebody."""
    following = number + 1
    if following >= sentence.last or tokens.quoted[following] >= 0:
        return following < sentence.last
    return not tokens.capital(following) and tokens.keys[following] not in _NO_INFINITIVE


_NO_INFINITIVE = frozenset("the a an his her its their our my reporters him them me us this that these those".split())


def _opens_clause(tokens: Tokens, number: int, cue: Cue) -> bool:
    """True for a determiner or a name behind a day, an occasion or an addressee."""
    before, word = tokens.keys[number - 1], tokens.keys[number]
    if before in DAYS or before in _OCCASIONS or before in ("reporters", "him", "them", "me", "us", "earlier", "later"):
        return (word in _CLAUSE_STARTS or tokens.capital(number)) and word not in DAYS
    return False


def content_end(tokens: Tokens, sentence: Sentence, cue: Cue, start: int, later: Sequence[Cue]) -> int:
    """Where the content that begins at `start` ends: at the sentence's end, or before what belongs to its frame."""
    nexts = {other.first: other for other in later}
    sources = _source_starts(tokens, later, start)
    opening = _in_opening_clause(tokens, sentence, cue)
    relative = (
        cue.first - 2 >= sentence.first and tokens.keys[cue.first - 1] == "who" and tokens.keys[cue.first - 2] == ","
    )
    brackets = 0
    for number in range(start, sentence.last):
        if tokens.quoted[number] >= 0:
            if number + 1 in nexts and nexts[number + 1].form == "ing" and tokens.quoted[number + 1] < 0:
                return number + 1
            continue
        word = tokens.keys[number]
        brackets += (word == "(") - (word == ")")
        if brackets < 0 or (word == ";" and not cue.strong):
            return number
        if word == "," and number > start and (opening or relative or _breaks(tokens, sentence, number, cue, nexts)):
            return number
        if word == "," and number + 2 in sources and tokens.keys[number + 1] in _JOINING:
            return number
        if word in ("and", "but") and number > start and number + 1 in nexts and nexts[number + 1].form != "base":
            return number
    end = sentence.last
    while end > start and tokens.quoted[end - 1] < 0 and not tokens.word(end - 1):
        end -= 1
    return end


def _source_starts(tokens: Tokens, later: Sequence[Cue], low: int) -> frozenset[int]:
    """Where the sources of the later speech cues begin."""
    cued = [other for other in later[:4] if other.form in ("past", "present") and other.strong]
    found = [source_before(tokens, other, low) for other in cued]
    return frozenset(source[0] for source in found if source is not None)


_JOINING = frozenset("and but while although though as yet so".split())


def _in_opening_clause(tokens: Tokens, sentence: Sentence, cue: Cue) -> bool:
    """True for a cue in a clause that only opens the sentence: `When X announced the plan, …`."""
    first = tokens.keys[sentence.first]
    if first not in _SUBORDINATORS and cue.first > sentence.first:
        return False
    return all(tokens.keys[n] != "," for n in range(sentence.first, cue.first))


_SUBORDINATORS = frozenset(
    "when while after as if although though since because despite by before even once until unless whereas with".split()
)

_NEW_CLAUSE = frozenset("and but while although though so which whom yet".split())


def _breaks(tokens: Tokens, sentence: Sentence, number: int, cue: Cue, nexts: Mapping[int, Cue]) -> bool:
    """True when the comma at `number` ends the content: the next cue follows, or a weak cue's clause is over."""
    following = number + 1
    if following >= sentence.last:
        return True
    other = nexts.get(following)
    if other is not None and (other.form == "ing" or other.may("according")):
        return True
    word = tokens.keys[following]
    if word in ("and", "but", "while", "although", "though", "then") and following + 1 in nexts:
        return True
    if word == "with" and any(at in nexts and nexts[at].form == "ing" for at in range(following + 2, following + 6)):
        return True
    return not cue.strong and (word in _NEW_CLAUSE or word in ("who", "when", "where", "a", "as", "the"))
