"""The words that name who speaks, before or after the cue: people with their offices, institutions, documents, pronouns."""

from __future__ import annotations

from checker.extract.cues import ADVERBS, AUXILIARIES, Cue, adverb
from checker.extract.tokens import Sentence, Tokens
from checker.extract.verbs import VERBS

Range = tuple[int, int]
"""A range of token numbers, half open."""

PRONOUNS = frozenset(
    "he she they it i we you who others some many most both one another everyone nobody он она они мы я".split()
)
_MARKS = frozenset([",", ";", ":", "—", "–", "--", "(", ")", "[", "]", ".", "!", "?", "…", "...", "•", "*", "/"])
_JOINTS = frozenset(
    """that which who whom when where while as because if although though but since after before until unless
    whereas than whether so yet what how why once whose что когда как если хотя который которая которые""".split()
)
_LEADING = frozenset(
    """in on at during after before with for from as while when although though if since despite under by to of
    outside inside within without following throughout among amid through over about last this earlier""".split()
)
_AFTER_STOPS = frozenset(
    """in on at during after before as while when where because if although though but since until that who which
    and to about through via last this next earlier later yesterday today with by following told into upon
    в во на о об по и после перед журналистам вчера сегодня накануне ранее что""".split()
)
DAYS = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow tonight january february
    march april june july august september october november december""".split()
)


def source_before(tokens: Tokens, cue: Cue, low: int) -> Range | None:
    """The noun phrase that ends right before the cue; nothing before token `low` is looked at."""
    end = cue.first
    while end > low and _adverbial(tokens, end - 1):
        end -= 1
    end = _before_time(tokens, end, low)
    if end <= low:
        return None
    word = tokens.keys[end - 1]
    if word in ("who", "which", "that"):
        stop = end - 1
        if stop > low and tokens.keys[stop - 1] == ",":
            stop -= 1
        phrase = _phrase(tokens, stop, low)
        return (end - 1, end) if phrase is None and word == "who" else None if phrase is None else (phrase[0], end)
    if word in (",", "—", "–", "--", ")"):
        return _with_apposition(tokens, end, low)
    return _phrase(tokens, end, low)


def _before_time(tokens: Tokens, end: int, low: int) -> int:
    """Leave out a day between the source and the cue: `Smith on Tuesday said`."""
    number = end
    if number > low and tokens.keys[number - 1] in DAYS:
        number -= 1
        while number > low and tokens.keys[number - 1] in ("on", "last", "late", "early", "earlier", "this"):
            number -= 1
        return number if number > low else end
    if (
        number - 1 > low
        and tokens.keys[number - 2] in ("last", "this")
        and tokens.keys[number - 1] in ("week", "month", "year")
    ):
        return number - 2
    return end


def _adverbial(tokens: Tokens, number: int) -> bool:
    word = tokens.keys[number]
    return tokens.quoted[number] < 0 and (word in ADVERBS or (adverb(word) and not tokens.capital(number)))


def _phrase(tokens: Tokens, end: int, low: int) -> Range | None:
    """The noun phrase that ends at `end`, walking left to the border of its clause."""
    if end <= low or tokens.quoted[end - 1] >= 0:
        return None
    if tokens.keys[end - 1] in PRONOUNS:
        return (end - 1, end)
    start = end
    while start > low and not _borders(tokens, start - 1, end):
        start -= 1
    if start > low and tokens.keys[start - 1] == "that" and (start - 1 == low or not tokens.word(start - 2)):
        start -= 1
    if start - 1 >= low and tokens.keys[start] in ("of", "in") and tokens.keys[start - 1] in PRONOUNS:
        start -= 1
    if start - 2 >= low and start < end and tokens.keys[start - 2 : start] == ("the", "most"):
        start -= 2 if start - 3 < low or tokens.keys[start - 3] not in ("of", "in", "from") else 0
    start = _past_opening(tokens, start, end)
    if _relative_subject(tokens, start, low):
        return _phrase(tokens, start - 1, low)
    if start >= end or not any(tokens.word(n) for n in range(start, end)):
        return None
    return _listed(tokens, start, end, low), end


def _listed(tokens: Tokens, start: int, end: int, low: int) -> int:
    """Where the list of names begins whose last ones begin at `start`: `A, B and C said`, `A, B, and C said`."""
    first = start
    joined = False
    if (
        first - 2 >= low
        and tokens.keys[first - 1] == "and"
        and (tokens.keys[first - 2] == "," or _others(tokens, first))
    ):
        first, joined = first - 1 - (tokens.keys[first - 2] == ","), True
        name = _name_run(tokens, first, low)
        if name is None:
            return start
        first = name
    if not joined and "and" not in tokens.keys[start:end]:
        return start
    while first - 1 > low and tokens.keys[first - 1] == ",":
        name = _name_run(tokens, first - 1, low)
        if name is None:
            break
        first = name
    return first if first == low or not tokens.word(first - 1) or tokens.keys[first - 1] in _OPENS_LIST else start


def _others(tokens: Tokens, start: int) -> bool:
    """True for `Cole and others`, `Cole and his aides`."""
    return tokens.capital(start - 2) and tokens.keys[start] in ("other", "others", "his", "her", "their")


def _name_run(tokens: Tokens, end: int, low: int) -> int | None:
    """Where the name begins that ends at `end` and is all of what stands between two marks."""
    first = end
    while first > low and end - first < _LONGEST_NAME and tokens.quoted[first - 1] < 0 and _in_name(tokens, first - 1):
        first -= 1
    if first == end or tokens.keys[end - 1] in DAYS or tokens.keys[first] in _OPENERS or _adverbial(tokens, first):
        return None
    named = first == low or not tokens.word(first - 1) or tokens.keys[first - 1] in _OPENS_LIST
    return first if named and tokens.capital(end - 1) else None


def _in_name(tokens: Tokens, number: int) -> bool:
    return tokens.word(number) and tokens.capital(number) and tokens.keys[number] not in _LEADING


_OPENS_LIST = frozenset("that and but while when as both because said".split())
_LONGEST_NAME = 7


def _relative_subject(tokens: Tokens, start: int, low: int) -> bool:
    """True for `the scholars I interviewed`: what seems the phrase is the verb of a clause about the one before."""
    return (
        start - 2 >= low
        and start < len(tokens.keys)
        and verbal(tokens, start)
        and tokens.keys[start - 1] in ("i", "we", "he", "she", "they")
        and tokens.keys[start - 2].isalpha()
        and tokens.keys[start - 2] not in _JOINTS
    )


def _borders(tokens: Tokens, number: int, end: int) -> bool:
    """True when the token cannot belong to the noun phrase on its right."""
    word = tokens.keys[number]
    if word in _AMOUNTS and number + 1 < end and number and tokens.keys[number - 1] in ("in", "of", "from", "for"):
        return False  # donors in both parties
    if tokens.quoted[number] >= 0 or word in _MARKS or word in _JOINTS or word in AUXILIARIES or word in PRONOUNS:
        return True
    if word in ("and", "or"):
        return not (number + 1 < end and _joins(tokens, number))
    verb = VERBS.get(word)
    return (
        verb is not None
        and verb.form in ("past", "present", "ing")
        and not tokens.capital(number)
        and ("speech" in verb.kinds or "telling" in verb.kinds)
    )


_AMOUNTS = frozenset("both some many most one another".split())


def _joins(tokens: Tokens, number: int) -> bool:
    """True when `and` stands between two names or two nouns of one subject."""
    if number < 1 or not tokens.word(number - 1):
        return False
    following = number + 1 + (tokens.keys[number + 1] == "the" and number + 2 < len(tokens.keys))
    if tokens.capital(number - 1) and (tokens.capital(following) or tokens.raw[following][:1].isdigit()):
        return True
    # many economists and reform advocates: plural with plural, and a quantity that opens the pair
    return _plural(tokens.keys[number - 1]) and any(
        tokens.keys[n] in _QUANTITIES for n in range(max(0, number - 4), number - 1)
    )


def _plural(word: str) -> bool:
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s"))


def _past_opening(tokens: Tokens, start: int, end: int) -> int:
    """Leave out an opening such as `In Ohio` or `And`."""
    while start < end and (
        tokens.keys[start] in ("and", "or", "but", "so", "yet", "still", "then") or _adverbial(tokens, start)
    ):
        start += 1
    if start < end and tokens.keys[start] in _LEADING:
        for number in range(start + 1, end):
            if tokens.keys[number] in DAYS and number + 1 < end:
                return number + 1
    return start


def _with_apposition(tokens: Tokens, end: int, low: int) -> Range | None:
    """The name before an apposition that ends at `end` (a comma, a dash or a bracket), with the apposition."""
    closing = tokens.keys[end - 1]
    number = end - 1
    segments = 0
    while number > low and segments < 5 and end - number < 45:
        left = number - 1
        while left >= low and not _separates(tokens, left, closing):
            left -= 1
        if left < low or tokens.quoted[left] >= 0:
            break
        # tokens left+1..number is one segment of the apposition; what ends at `left` may be the name.
        segments += 1
        phrase = _phrase(tokens, left, low)
        if phrase is not None and _names(tokens, phrase, low):
            return (phrase[0], end - 1 if closing == "," else end)
        number = left
    return None


def _separates(tokens: Tokens, number: int, closing: str) -> bool:
    word = tokens.keys[number]
    if tokens.quoted[number] >= 0 or word in (";", ":"):
        return True
    return word == ("(" if closing == ")" else closing)


_NO_SUBJECT = _LEADING | frozenset("including like such along together alongside said speaking born".split())
"""What a segment between commas begins with when it is no subject: `during a meeting`, `along with two others`."""
_QUANTITIES = frozenset("most many some several few all both two three four five six other".split())
_LONGEST_PLACE = 5


def _names(tokens: Tokens, phrase: Range, low: int) -> bool:
    """True for a phrase that can be a subject: a name or a definite noun phrase at a clause's start."""
    first, last = phrase
    opening = tokens.keys[first]
    if opening in ("a", "an", "former"):
        return first == low
    if opening in _NO_SUBJECT or (opening.endswith("ing") and not tokens.capital(first)):
        return False
    if opening in PRONOUNS or opening in _QUANTITIES:
        return True
    if _place(tokens, phrase, low):
        return False
    return tokens.capital(last - 1) or opening in ("the", "his", "her", "their", "its") or first == low


def _place(tokens: Tokens, phrase: Range, low: int) -> bool:
    """True for the second half of `in Aurora, Colorado,`, unless that only opens the clause."""
    first, last = phrase
    if last - first > 2 or first - 2 <= low or tokens.keys[first - 1] != ",":
        return False
    before = first - 2
    while before > low and first - before < _LONGEST_PLACE and tokens.capital(before):
        before -= 1
    return before > low and before < first - 2 and tokens.keys[before] in ("in", "at", "near", "from", "of", "outside")


def source_after(tokens: Tokens, start: int, high: int, *, named: bool = False) -> Range | None:
    """The noun phrase that begins at `start` (after `said` or `according to`).

    `named` says that nothing but a source can stand there.
    """
    if start >= high or tokens.quoted[start] >= 0:
        return None
    if tokens.keys[start] in ("he", "she", "they", "it", "i", "we", "him", "her", "them") and (
        start + 1 >= high or tokens.keys[start + 1] in _MARKS
    ):
        return (start, start + 1)
    if not (named or tokens.capital(start) or tokens.keys[start] in _STARTS or tokens.keys[start].endswith("s")):
        return None
    end = start
    while end < high and tokens.quoted[end] < 0 and tokens.keys[end] not in _MARKS:
        word = tokens.keys[end]
        stops = end > start and (word in _AFTER_STOPS or word in AUXILIARIES or word in DAYS)
        made = named and word == "by" and verbal(tokens, end - 1)  # a memo released by the council
        if stops and not made and not (word == "and" and end + 1 < high and _joined_after(tokens, end, named=named)):
            break
        end += 1
    if end == start:
        return None
    return (start, end)


def _joined_after(tokens: Tokens, number: int, *, named: bool) -> bool:
    """True for an `and` inside what follows the cue: between names, and between plurals after `according to`."""
    plurals = named and _plural(tokens.keys[number - 1]) and not tokens.capital(number - 1)
    return _joins(tokens, number) or (plurals and _plural(tokens.keys[number + 1]))


_STARTS = frozenset(
    """the a an his her its their one two three four some several many another officials former this that those these
    both sources people our my президент премьер-министр министр глава пресс-секретарь представитель депутат губернатор
    источник он она они замглавы директор""".split()
)


_OPENERS = frozenset(
    """however still meanwhile instead moreover essentially similarly finally specifically nevertheless nonetheless
    today yesterday tonight yes no well now then thus indeed also perhaps""".split()
)


def opens_aside(tokens: Tokens, number: int) -> bool:
    """True for a word that opens a sentence before its subject: `Nationally`, `Within marriages`."""
    word = tokens.keys[number]
    return word in _OPENERS or word in _LEADING or adverb(word) or word in _JOINTS or word in ADVERBS


def verbal(tokens: Tokens, number: int) -> bool:
    """True for a word that looks like a verb in the past tense."""
    word = tokens.keys[number]
    return not tokens.capital(number) and (word.endswith("ed") or word in _PAST)


def subject(tokens: Tokens, sentence: Sentence, high: int) -> Range | None:
    """The subject of a sentence, for a cue that has none of its own ("…, adding that …")."""
    start = sentence.first
    if start < high and tokens.keys[start] in _LEADING:
        comma = next((n for n in range(start, high) if tokens.keys[n] == ","), None)
        if comma is not None and comma + 1 < high:
            start = comma + 1
        elif start + 2 < high and tokens.keys[start + 1] in DAYS:
            start += 2
    elif start + 1 < high and tokens.keys[start + 1] in ("—", "–", "--", "―") and tokens.raw[start].isupper():
        start += 2  # MERROWICK — …
    elif start + 2 < high and tokens.keys[start + 1] == "," and not tokens.keys[start + 2].startswith("a"):
        start += 2 if _adverbial(tokens, start) or tokens.keys[start] in _OPENERS else 0
    return subject_from(tokens, start, high)


def subject_from(tokens: Tokens, start: int, high: int) -> Range | None:
    """The subject that begins at a token or behind the marks there, up to its verb."""
    while start < high and (tokens.keys[start] in ("and", "but", "so") or not tokens.word(start)):
        start += 1
    end = start
    while end < high and tokens.quoted[end] < 0 and not _ends_subject(tokens, end, start):
        end += 1
    return (start, end) if start < end else None


_PAST = frozenset(
    """met came went took made gave got held left put set ran kept began stood sat fell led lost paid sent spent won built
    brought bought caught chose drew drove fought flew grew heard hit laid meant rode rose sang sold shook shot spread
    struck taught threw woke wore became broke joined""".split()
)
"""Past tenses that do not end in -ed; a subject ends before them."""


def _ends_subject(tokens: Tokens, number: int, start: int) -> bool:
    word = tokens.keys[number]
    if word in _MARKS or word in AUXILIARIES or word in _JOINTS:
        return True
    if number == start:
        return False
    if tokens.keys[start] in PRONOUNS:
        return True
    verb = word.endswith("ed") or word in _PAST or (word in VERBS and VERBS[word].form != "base")
    return (verb or adverb(word)) and not tokens.capital(number)
