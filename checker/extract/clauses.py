"""What is said, sentence by sentence: every cue with its source and its content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from checker.extract.blocks import block
from checker.extract.bounds import content_before, content_end, content_start, has_words, stretch
from checker.extract.cues import AUXILIARIES, Cue, cues
from checker.extract.frames import according, headline, is_passive, passive, quoted_as, with_noun
from checker.extract.going_on import goes_back, going_on, left_open
from checker.extract.openings import is_asked, opening
from checker.extract.sources import Range, source_after, source_before, subject, verbal
from checker.extract.statement import Statement
from checker.extract.tokens import Sentence, Tokens


def statements(tokens: Tokens) -> tuple[Statement, ...]:
    """All statements of an article, in the order of its text."""
    found: list[Statement] = []
    opened: list[Sentence] = []  # paragraphs of a quotation whose cue is still to come
    done = 0  # sentences before this one belong to a block quotation
    for number, sentence in enumerate(tokens.sentences):
        if number < done:
            continue
        apart = block(tokens, number, found)
        if apart is not None:
            done, statement = apart
            found.append(statement)
            opened = []
            continue
        here = _in_sentence(tokens, sentence)
        longer = None if here else going_on(tokens, number, found)
        if longer is not None:
            place, statement = longer
            found[place : place + 1] = [statement]
        if opened and here and goes_back(tokens, opened[-1], here[0]):
            before = tuple((one.first, one.last) for one in opened)
            here[0] = replace(here[0], content=(*before, *here[0].content))
        open_still = longer is None and not here and left_open(tokens, number)
        opened = [*opened[-_MOST_OPEN:], sentence] if open_still else []
        found += here
    return tuple(sorted(found, key=lambda statement: statement.content[0]))


_MOST_OPEN = 30
"""More paragraphs than this are no statement of one speaker; the limit keeps the work linear."""


def _in_sentence(tokens: Tokens, sentence: Sentence) -> list[Statement]:
    """The statements of one sentence, cue by cue from the left; a cue inside a content is not looked at."""
    found: list[Statement] = []
    low = sentence.first
    labelled = headline(tokens, sentence)
    if labelled is not None:
        return [labelled]
    all_cues = cues(tokens, sentence)
    closing = _closing(tokens, sentence, all_cues)
    for cue in all_cues:
        if closing is not None and cue.first < closing.first and not found and not cue.strong:
            continue
        if cue.first < low or (found and any(first <= cue.first < last for first, last in found[-1].content)):
            continue
        later = [other for other in all_cues if other.first > cue.first]
        statement = None if found else opening(tokens, sentence, cue)
        if statement is None and not is_asked(tokens, sentence, cue):
            statement = _statement(tokens, sentence, cue, low, found, later)
        if statement is not None:
            found.append(statement)
            low = max(cue.last, max(last for _, last in statement.content))
            if statement.source and statement.source[1] > low and statement.source[1] <= sentence.last:
                low = statement.source[1]
    return found


def _closing(tokens: Tokens, sentence: Sentence, found: Sequence[Cue]) -> Cue | None:
    """The cue behind a whole sentence (`…, X said` or `…, according to X`), before which weaker cues give way."""
    for cue in found:
        if not cue.strong:
            continue
        if cue.may("according"):
            return cue if cue.first > sentence.first and tokens.keys[cue.first - 1] == "," else None
        if cue.form == "ing" or not cue.may("speech"):
            continue
        source = source_before(tokens, cue, sentence.first)
        if source is not None and content_before(tokens, sentence, cue, source, sentence.first) is not None:
            return cue
        if source is None and _inverted(tokens, sentence, cue, sentence.first) is not None:
            return cue
    return None


def _statement(
    tokens: Tokens, sentence: Sentence, cue: Cue, low: int, earlier: Sequence[Statement], later: Sequence[Cue]
) -> Statement | None:
    """The statement that a cue makes; nothing before token `low` belongs to it."""
    if cue.may("according"):
        return according(tokens, sentence, cue, low)
    if cue.may("noun"):
        return with_noun(tokens, sentence, cue, low, later)
    if cue.lemma in ("quote", "cite"):
        relayed = quoted_as(tokens, sentence, cue, low, later)
        if relayed is not None:
            return relayed
    if (
        cue.lemma != "quote"
        and tokens.keys[cue.last : cue.last + 1] == ("by",)
        and cue.form != "ing"
        and is_passive(tokens, cue)
    ):
        return passive(tokens, sentence, cue, later)
    source = _own_source(tokens, cue, low)
    if source is None and cue.form != "ing":
        inverted = _inverted(tokens, sentence, cue, low)
        if inverted is not None:
            return inverted
    source = source or _shared_source(tokens, sentence, cue, earlier)
    content = _content(tokens, sentence, cue, source, low, later)
    if not content:
        return None
    if cue.lemma == "read" and _reads_a_title(tokens, source, content):
        return None
    outer = earlier[-1].outer if earlier and source == earlier[-1].source else None
    sure = _confidence(tokens, cue, content, source)
    return Statement(content, (cue.first, cue.last), source, cue.lemma, sentence, sure, outer)


def _reads_a_title(tokens: Tokens, source: Range | None, content: Sequence[Range]) -> bool:
    """True for `She read “War and Peace”`: somebody reads, where a statement would be what reads."""
    person = source is not None and tokens.keys[source[0]] in ("he", "she", "they", "i", "we", "who")
    first, last = content[0]
    inside = [n for n in range(first, last) if tokens.quoted[n] == tokens.quoted[first] and tokens.word(n)]
    titled = bool(inside) and tokens.capital(inside[0]) and tokens.capital(inside[-1])
    return person and tokens.quoted[first] >= 0 and titled and len(inside) <= _LONGEST_TITLE


_LONGEST_TITLE = 8


def _own_source(tokens: Tokens, cue: Cue, low: int) -> Range | None:
    """The source right before the cue; an -ing form has one only behind a noun (`a statement criticising …`)."""
    if cue.form != "ing":
        source = source_before(tokens, cue, low)
        return source if source is None else _up_to_verb(tokens, source)
    if cue.first <= low or not _noun_before(tokens, cue):
        return None
    source = source_before(tokens, cue, low)
    if source is None:
        return None
    source = _behind_with(tokens, source)
    if source[0] > low and tokens.keys[source[0] - 1] in AUXILIARIES:
        return None  # they will hold banners proclaiming …
    if verbal(tokens, source[0]):
        return None  # he issued a statement saying …
    return _up_to_verb(tokens, source)


def _up_to_verb(tokens: Tokens, source: Range) -> Range:
    """The subject alone where its clause goes on: `Cole shared a picture, writing …`, `Cole gave a speech called …`."""
    clause = next((n for n in range(source[0] + 1, source[1] - 1) if _acts(tokens, n)), None)
    if clause is None or not tokens.capital(source[0]) or "," in tokens.keys[source[0] : clause]:
        return source
    return source[0], clause


def _acts(tokens: Tokens, number: int) -> bool:
    """True for a verb in the past with its object behind it: `released a statement`, `emailed supporters`."""
    following = tokens.keys[number + 1] if number + 1 < len(tokens.keys) else ""
    if not verbal(tokens, number) or not tokens.word(number - 1):
        return False
    if following in ("a", "an", "the", "his", "her", "their", "its"):
        return True
    # Nine in 10 Democratic registered voters: no verb, as some adjectives are none.
    return following.endswith("s") and tokens.capital(number - 1) and tokens.keys[number] not in _ADJECTIVES


_ADJECTIVES = frozenset("registered united elected pledged educated armed uncommitted undecided retired".split())


def _content(
    tokens: Tokens, sentence: Sentence, cue: Cue, source: Range | None, low: int, later: Sequence[Cue]
) -> tuple[Range, ...]:
    """What is said before and behind the cue, in one or two pieces; empty when nothing is."""
    speaks = cue.may("speech") or cue.may("quoting") or cue.may("telling")
    before = content_before(tokens, sentence, cue, source, low) if speaks else None
    start = content_start(tokens, sentence, cue)
    if before is not None and _goes_on(tokens, sentence, cue, before, later):
        start = cue.last + 1
    if start is not None and not _belongs(tokens, cue, before, start, later):
        start = None
    after = None if start is None else (start, content_end(tokens, sentence, cue, start, later))
    if after is not None and not has_words(tokens, after):
        after = None
    content = tuple(part for part in (before, after) if part is not None)
    return content or _behind_as(tokens, sentence, cue)


def _belongs(tokens: Tokens, cue: Cue, before: Range | None, start: int, later: Sequence[Cue]) -> bool:
    """True when what begins at `start` is the cue's: in “…,” he said as he left, nothing behind the cue is."""
    if cue.kinds == {"quoting"} and tokens.quoted[start] < 0:
        return False
    if before is None:
        return True
    return _introduced(tokens, cue, start) and not any(cue.last < other.first < start for other in later)


def _behind_with(tokens: Tokens, source: Range) -> Range:
    """`It ended with Smith saying …`: who stands behind the last `with`."""
    at = next((n for n in range(source[1] - 2, source[0] - 1, -1) if tokens.keys[n] == "with"), None)
    return source if at is None else (at + 1, source[1])


_ASKED = frozenset("that why whether how if what when where who".split())


def _confidence(tokens: Tokens, cue: Cue, content: Sequence[Range], source: Range | None) -> float:
    """How sure a rule is: marks and a speech verb beside them are the surest sign."""
    value = 0.9 if cue.may("speech") or cue.may("telling") or cue.may("quoting") else 0.5
    if value < 0.9 and content and tokens.keys[content[0][0]] in _ASKED:
        value = 0.7  # "questioned why": a clause is said, where "questioned the speech" is an attitude
    if any(tokens.quoted[first] >= 0 for first, _ in content):
        value += 0.05
    return round(value if source is not None else value - 0.3, 2)


def _introduced(tokens: Tokens, cue: Cue, start: int) -> bool:
    """True when a comma or a colon leads from the cue to the second half of what is said."""
    if tokens.quoted[start] >= 0:
        return tokens.keys[start - 1] in (",", ":")
    return tokens.keys[cue.last] == ","


def _goes_on(tokens: Tokens, sentence: Sentence, cue: Cue, before: Range, later: Sequence[Cue]) -> bool:
    """True for `The plan, he said, was bad.`: the sentence of the content goes on behind the cue."""
    if tokens.keys[cue.last : cue.last + 1] != (",",) or cue.last + 2 >= sentence.last:
        return False
    if tokens.quoted[before[1] - 1] >= 0 or any(other.first <= cue.last + 2 and other.form == "ing" for other in later):
        return False
    word = tokens.keys[cue.last + 1]
    if tokens.quoted[cue.last + 1] >= 0:
        return False
    return word not in ("according", "as", "citing", "when", "while", "who", "which") and not word.endswith("ing")


def _behind_as(tokens: Tokens, sentence: Sentence, cue: Cue) -> tuple[Range, ...]:
    """As X reported, …: the main clause is the content."""
    if tokens.keys[sentence.first] != "as" or not cue.may("speech") or cue.last >= sentence.last:
        return ()
    if tokens.keys[cue.last] != "," or any(tokens.keys[n] == "," for n in range(sentence.first, cue.first)):
        return ()
    content = stretch(tokens, cue.last, sentence.last)
    return () if content is None else (content,)


def _noun_before(tokens: Tokens, cue: Cue) -> bool:
    """True for `a statement criticising …`: the word before is what speaks."""
    before = tokens.keys[cue.first - 1]
    return tokens.word(cue.first - 1) and tokens.quoted[cue.first - 1] < 0 and before not in _NO_SPEAKER


_NO_SPEAKER = frozenset(
    "and or but by of for in on at to with without while when after before from as about than then into not instead despite".split()
)


def _shared_source(tokens: Tokens, sentence: Sentence, cue: Cue, earlier: Sequence[Statement]) -> Range | None:
    """The source of the statement before in this sentence, else the sentence's subject."""
    if earlier:
        return earlier[-1].source
    return subject(tokens, sentence, cue.first)


def _inverted(tokens: Tokens, sentence: Sentence, cue: Cue, low: int) -> Statement | None:
    """“…,” said X: the source stands behind the cue."""
    if not (cue.may("speech") or cue.may("quoting")) or cue.first <= low:
        return None
    end = cue.first
    while end > low + 1 and tokens.keys[end - 1] in ("—", "–", "-"):
        end -= 1  # «…», — сказал X
    if tokens.keys[end - 1] != "," and tokens.quoted[end - 1] < 0:
        return None
    source = source_after(tokens, cue.last, sentence.last)
    if source is None:
        return None
    before = stretch(tokens, low, cue.first)
    if before is None:
        return None
    after = _second_half(tokens, sentence, source[1])
    content = (before,) if after is None else (before, after)
    return Statement(content, (cue.first, cue.last), source, cue.lemma, sentence, 0.95)


def _second_half(tokens: Tokens, sentence: Sentence, number: int) -> Range | None:
    """A quotation that goes on after `number`, when only an adjunct stands between."""
    for at in range(number, sentence.last):
        if tokens.quoted[at] >= 0:
            if at > number and tokens.keys[at - 1] in (",", ":", ";", "—", "–"):
                return stretch(tokens, at, sentence.last)
            return None
    return None
