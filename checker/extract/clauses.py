"""What is said, sentence by sentence: every cue with its source and its content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from checker.extract.blocks import block
from checker.extract.bounds import content_before
from checker.extract.contents import content_of, reads_a_title
from checker.extract.cues import Cue, cues
from checker.extract.frames import according, headline, in_view, is_passive, passive, quoted_as, with_noun
from checker.extract.going_on import goes_back, going_on, left_open
from checker.extract.grammar import Range
from checker.extract.inversions import inversion
from checker.extract.openings import is_asked, opening
from checker.extract.own_sources import own_source, shared_source
from checker.extract.sources import source_before
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
    if not any(cue.strong for cue in all_cues) and (viewed := in_view(tokens, sentence)) is not None:
        return [viewed]
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
        if source is None and inversion(tokens, sentence, cue, sentence.first) is not None:
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
    source = own_source(tokens, cue, low)
    if source is None and cue.form != "ing":
        inverted = inversion(tokens, sentence, cue, low)
        if inverted is not None:
            return inverted
    source = source or shared_source(tokens, sentence, cue, earlier)
    content = content_of(tokens, sentence, cue, source, low, later)
    if not content:
        return None
    if cue.lemma == "read" and reads_a_title(tokens, source, content):
        return None
    outer = earlier[-1].outer if earlier and source == earlier[-1].source else None
    sure = _confidence(tokens, cue, content, source)
    return Statement(content, (cue.first, cue.last), source, cue.lemma, sentence, sure, outer)


_ASKED = frozenset("that why whether how if what when where who".split())


def _confidence(tokens: Tokens, cue: Cue, content: Sequence[Range], source: Range | None) -> float:
    """How sure a rule is: marks and a speech verb beside them are the surest sign."""
    value = 0.9 if cue.may("speech") or cue.may("telling") or cue.may("quoting") else 0.5
    if value < 0.9 and content and tokens.keys[content[0][0]] in _ASKED:
        value = 0.7  # "questioned why": a clause is said, where "questioned the speech" is an attitude
    if any(tokens.quoted[first] >= 0 for first, _ in content):
        value += 0.05
    return round(value if source is not None else value - 0.3, 2)
