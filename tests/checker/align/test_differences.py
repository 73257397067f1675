"""Every difference by its name: tables of a quote beside what was said, with what an editor is told of it and whether it passes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.align import align
from checker.align.fit import EXTEND, EXTRA, WRONG, fit
from checker.query import read_quotation
from checker.types import Alignment, Profile
from corpus.types import Span

Difference = tuple[str, str, str, bool]
"""Its kind, the words of the quote, those of the source, and whether editors allow it."""


def lay(quote: str, source: str, profile: Profile = "press") -> tuple[Alignment, ...]:
    return align(read_quotation(quote), source, within=Span(0, len(source)), profile=profile)


def differences(quote: str, source: str, profile: Profile = "press") -> list[Difference]:
    return [
        (edit.kind, edit.quote.of(quote), edit.source.of(source), edit.allowed)
        for alignment in lay(quote, source, profile)
        for edit in alignment.edits
    ]


WORDS = [  # what changes a claim
    ("We could hold the weir", "We can hold the weir", [("modality", "could", "can", False)]),
    ("We should hold the weir", "We shall hold the weir", [("modality", "should", "shall", False)]),
    ("we would hold it", "we will hold it", [("modality", "would", "will", False)]),
    ("we might hold it", "we may hold it", [("modality", "might", "may", False)]),
    ("we should the load", "we shoulder the load", [("modality", "should", "shoulder", False)]),
    ("the might of it", "the mighty of it", [("modality", "might", "mighty", False)]),
    ("we shall hold it", "we will hold it", [("modality", "shall", "will", False)]),
    ("may hold in the weir", "must hold in the weir", [("modality", "may", "must", False)]),
    ("we hoped hold it", "we could hold it", [("modality", "hoped", "could", False)]),
    ("We hoped to hold the weir now", "We hope to hold the weir now", [("inflection", "hoped", "hope", False)]),
    ("Hope holds the weir", "Hoping holds the weir", [("modality", "Hope", "Hoping", False)]),
    ("Weir gates hold", "Weirs gates hold", [("inflection", "Weir", "Weirs", False)]),
    ("the weir is five feet", "the weir is five metres", [("number", "five feet", "five metres", False)]),
    ("many miles of it", "many kilometres of it", [("number", "miles", "kilometres", False)]),
    ("many miles of it", "many bridges of it", [("content-word", "miles", "bridges", False)]),
    ("the weir in Osmund", "the weir of Osmund", [("function-word", "in", "of", False)]),
    ("the weir near Osmund", "the weir near Ostrey", [("name", "Osmund", "Ostrey", False)]),
    ("Osmund holds", "Ostrey holds", [("content-word", "Osmund", "Ostrey", False)]),
    ("it holds. Dams break", "it holds. Weirs break", [("content-word", "Dams", "Weirs", False)]),
    ("it broke! “Dams fell", "it broke! “Weirs fell", [("content-word", "Dams", "Weirs", False)]),
    ("it broke: Dams fell", "it broke: Weirs fell", [("content-word", "Dams", "Weirs", False)]),
    ("it broke\nDams fell", "it broke\nWeirs fell", [("content-word", "Dams", "Weirs", False)]),
    ("it broke, Dams fell", "it broke, Weirs fell", [("name", "Dams", "Weirs", False)]),
    ("we see - Dams fell", "we see - Weirs fell", [("name", "Dams", "Weirs", False)]),
    ("it met dams there", "it met weirs there", [("content-word", "dams", "weirs", False)]),
    ("it met all dams there", "it met some dams there", [("quantifier", "all", "some", False)]),
    ("it met in May there", "it met in June there", [("date", "May", "June", False)]),
    ("it met in may there", "it met in June there", [("date", "may", "June", False)]),
    ("it met on Friday there", "it met on Monday there", [("date", "Friday", "Monday", False)]),
    ("to Ostrey we go", "to He we go", [("name", "Ostrey", "He", False)]),
    ("unlikely to hold it", "likely to hold it", [("negation", "unlikely", "likely", False)]),
    ("not here", "here", [("negation", "not", "", False)]),
    ("Never hold it", "Hold it", [("negation", "Never", "", False)]),
    ("40 gates hold in the weir", "50 gates hold in the weir", [("number", "40", "50", False)]),
    ("in the weir hold 40", "in the weir hold 50", [("number", "40", "50", False)]),
    ("in the weir hold Tosk", "in the weir hold Lorne and Tarn", [("name", "Tosk", "Lorne", False)]),
    ("the weir of 40 gates and 3 locks", "the weir of 3 gates and 40 locks", [("number", "40", "3", False), ("number", "3", "40", False)]),
    ("the old and dry weir is shut", "the weir is shut", [("content-word", "old", "", False), ("function-word", "and", "", False), ("content-word", "dry", "", False)]),
    ("the tall red weir is shut", "the tallest weir is shut", [("content-word", "tall", "tallest", False), ("content-word", "red", "", False)]),
    ("the weir is all but shut", "the weir is shut", [("quantifier", "all", "", False), ("function-word", "but", "", False)]),
    ("the weir is shut, he told us today", "the weir is shut", [("function-word", "he", "", False), ("content-word", "told", "", False), ("function-word", "us", "", False), ("date", "today", "", False)]),
    ("a leader holds it", "the leader holds it", [("function-word", "a", "", False)]),
    ("He came on in", "He came in", [("function-word", "on", "", False)]),
    ("it is wet so we shut it", "it is wet we shut it", [("function-word", "so", "", False)]),
]  # fmt: skip

ORDER = [  # what stands elsewhere
    ("the weir held the water back firmly", "the weir firmly held the water back", [("order", "firmly", "firmly", False)]),
    ("the old weir and the mill hold", "the weir and the old mill hold", [("order", "old", "old", False)]),
    ("now the weir and the mill hold", "the weir and now the mill hold", [("function-word", "now", "", False), ("function-word", "", "now", False)]),
    ("the ferry and the mill are ready to work", "the mill and the ferry are ready to work", [("content-word", "ferry", "mill", False), ("content-word", "mill", "ferry", False)]),
    ("she gave it Lorne and him Tarn too", "she gave it Tarn and him Lorne too", [("name", "Lorne", "Tarn", False), ("name", "Tarn", "Lorne", False)]),
]  # fmt: skip

SPOKEN = [  # what a speaker says while looking for words
    ("We, well, hold the weir", "We hold the weir", [("filler", "well", "", True)]),
    ("We hold the weir", "We, well, hold the weir", [("filler", "", "well", True)]),
    ("We uh hold the weir", "We hold the weir", [("filler", "uh", "", True)]),
    ("the weir is, you know, shut", "the weir is shut", [("filler", "you know", "", True)]),
    ("the weir is shut and dry", "the weir is shut – well – and dry", [("filler", "", "well", True)]),
    ("the weir is shut and dry", "the weir is shut (I mean) and dry", [("filler", "", "I mean", True)]),
    ("It is wet. So we shut it", "It is wet. We shut it", [("filler", "So", "", True)]),
    ("It is wet. We hold the weir", "It is wet. So we hold the weir", [("filler", "", "So", True)]),
    ("“So we shut it”", "it is wet. “We shut it”", [("filler", "So", "", True)]),
    ("the weir is so to speak shut", "the weir is shut", [("function-word", "so", "", False), ("function-word", "to", "", False), ("content-word", "speak", "", False)]),
    ("the old old weir", "the old weir", [("filler", "old", "", True)]),
    ("the old weir", "the old old weir", [("filler", "", "old", True)]),
    ("we uh hold the weir now", "we hold the weir uh now", [("filler", "uh", "", True), ("filler", "", "uh", True)]),
    ("we keep it it", "we keep it", [("filler", "it", "", True)]),
    ("hold the big the weir", "hold the weir", [("filler", "the", "", True), ("content-word", "big", "", False)]),
    ("a weir the gate weir here", "a weir the gate here", [("content-word", "weir", "", False)]),
    ("it will will hold", "it will hold", [("filler", "will", "", True)]),
    ("it not not hold", "it not hold", [("negation", "not", "", False)]),
    ("it 5 5 hold", "it 5 hold", [("number", "5", "", False)]),
    ("a b c d e f", "a b c x c d e f", [("filler", "", "c", True), ("content-word", "", "x", False)]),
    ("we walked and walked on", "we walked on", [("filler", "walked", "", True), ("function-word", "and", "", False)]),
    ("We hold the weir", "We hold the -- the weir", [("filler", "", "the", True)]),
    ("We hold the weir", "We hold, not the -- the weir", [("negation", "", "not", False), ("filler", "", "the", True)]),
    ("we shut it and left the weir", "we shut it on in at to -- and left the weir", [("filler", "", "on in at to", True)]),
    ("we shut it and left the weir", "we shut it on in at to by -- and left the weir", [("function-word", "", "on", False), ("function-word", "", "in", False), ("function-word", "", "at", False), ("function-word", "", "to", False), ("function-word", "", "by", False)]),
    ("we shut it and left the weir", "we shut it on in — and left the weir", [("filler", "", "on in", True)]),
    ("we shut it and left the weir", "we shut it on in - and left the weir", [("function-word", "", "on", False), ("function-word", "", "in", False)]),
    ("we shut it and left the weir", "we shut it weirs -- and left the weir", [("content-word", "", "weirs", False)]),
    ("we shut it and left the weir", "we shut it may -- and left the weir", [("modality", "", "may", False)]),
    ("we shut it for the sake of the sea", "we shut it for the sake for the sake of the sea", [("filler", "", "for the sake", True)]),
    ("we shut the weir gates of the sea", "we shut the weir the shut gates of the sea", [("function-word", "", "the", False), ("content-word", "", "shut", False)]),
]  # fmt: skip

HARMLESS = [  # one small word more or less
    ("It will hold in Osmund", "It will hold in the Osmund", [("function-word", "", "the", True)]),
    ("He is the leader of it", "He is leader of it", [("function-word", "the", "", True)]),
    ("We believe that the weir holds", "We believe the weir holds", [("function-word", "that", "", True)]),
    ("It will hold on Friday", "It will hold Friday", [("function-word", "on", "", True)]),
    ("It will hold on May 4", "It will hold May 4", [("function-word", "on", "", True)]),
    ("it met Friday in the hall", "it met on Friday in the hall", [("function-word", "", "on", True)]),
    ("it met on the hall", "it met the hall", [("function-word", "on", "", False)]),
    ("one and two hold", "one two hold", [("function-word", "and", "", True)]),
    ("the weir holds an a frame", "the weir holds a frame", [("function-word", "an", "", True)]),
    ("hold a the weir", "hold weir", [("function-word", "a", "", False), ("function-word", "the", "", False)]),
]  # fmt: skip

BROKEN = [  # one word in two pieces, and contractions
    ("on the weir they hold well-\nkept gates", "on the weir they hold wellkept gates", [("typographic", "well-\nkept", "wellkept", True)]),
    ("We re-sign it", "We resign it", [("content-word", "re", "", False), ("content-word", "sign", "resign", False)]),
    ("We must resign it now", "We must re-\nsign it now", [("content-word", "", "re", False), ("content-word", "resign", "sign", False)]),
    ("We must reopen it now", "We must re-open it now", [("content-word", "", "re", False), ("content-word", "reopen", "open", False)]),
    ("It is un-\nfair to us", "It is unfair to us", [("typographic", "un-\nfair", "unfair", True)]),
    ("It is un-fair to us", "It is unfair to us", [("content-word", "un", "", False), ("content-word", "fair", "unfair", False)]),
    ("W hen it holds", "When it holds", [("typographic", "W hen", "When", True)]),
    ("it holds w hen shut", "it holds when shut", [("typographic", "w hen", "when", True)]),
    ("a way we went", "away we went", [("function-word", "a", "", False), ("content-word", "way", "", False)]),
    ("we went a way", "we went away", [("function-word", "a", "", False), ("content-word", "way", "", False)]),
    ("cannot hold it now", "can not hold it now", []),
    ("we hold it, cannot", "we hold it, can not", []),
    ("do not hold it now", "don't hold it now", [("function-word", "do not", "don't", True)]),
    ("now hold it we don't", "now hold it we do not", [("function-word", "don't", "do not", True)]),
    ("let us hold the weir", "let's hold the weir", [("function-word", "let us", "let's", True)]),
    ("we're at the weir", "we are at the weir", [("function-word", "we're", "we are", True)]),
    ("We will hold it", "We'll hold it", [("function-word", "We will", "We'll", True)]),
]  # fmt: skip

BRACKETS = [  # what a bracketed insertion stands for
    ("holds [the weir] now", "holds it now", [("function-word", "[the weir]", "it", True)]),
    ("holds [the weir] now", "holds not it now", [("negation", "[the weir]", "not", False), ("function-word", "[the weir]", "it", True)]),
    ("holds [the weir] now", "holds it of the now", [("function-word", "[the weir]", "it", True), ("function-word", "[the weir]", "of", True), ("function-word", "[the weir]", "the", True)]),
    ("we hold [the weir and mill] there", "we hold them there", [("function-word", "[the weir and mill]", "them", True)]),
    ("we hold [the weir and mill] there", "we hold Osmund there", [("name", "[the weir and mill]", "Osmund", False)]),
    ("we [the people of Osmund] hold it", "we all hold it", [("quantifier", "[the people of Osmund]", "all", False)]),
    ("we [will] hold it", "we can hold it", [("modality", "[will]", "can", False)]),
    ("it holds [as she said] the gate of the weir", "it holds to it at sea the gate of the weir", [("function-word", "[as she said]", "to", False), ("function-word", "[as she said]", "it", True), ("function-word", "[as she said]", "at", False), ("content-word", "[as she said]", "sea", False)]),
    ("[The mayor] holds it", "Tosk holds it", []),
    ("the weir [sic] hold", "the weir hold", []),
]  # fmt: skip

FOLDED = [
    ("the weir “holds”", 'the weir "holds"', ("quotation-marks",)),
    ("the “weir” holds", "the “weir”\nholds", ()),
    ("the weir’s gate", "the weir's gate", ("apostrophes",)),
    ("the weir - holds", "the weir – holds", ("dashes",)),
    ("the weir – holds", "the weir –\nholds", ("dashes",)),
    ("the weir, it holds", "the weir it holds", ("punctuation",)),
    ("the weir holds; it is new", "the weir holds: it is new", ("punctuation",)),
    ("the weir holds.", "the weir holds!", ("punctuation",)),
    ("the weir holds.", "the weir holds.", ()),
    ("the weir holds", "the weir holds!", ()),
    ("the weir holds.", "the weir holds", ("punctuation",)),
    ("The Weir holds", "the weir holds", ("case",)),
    ("the cafe holds", "the café holds", ("diacritics",)),
    ("the café holds", "the cafe\u0301 holds", ("composition",)),
    ("the fish", "the ﬁsh", ("ligatures",)),
    ("when the weir", "W hen the weir", ("hyphenation",)),
    ("w hen the weir", "when the weir", ("hyphenation",)),
    ("the neighbour weir", "the neighbor weir", ("spelling",)),
    ("1,500,000 crowns", "1500000 crowns", ("thousands",)),
    ("1.5 million crowns", "1,500,000 crowns", ("number-words",)),
    ("5 per cent of it", "5 % of it", ("units",)),
    ("five of them", "5 of them", ("number-words",)),
    ("five per cent of it", "5 % of it", ("number-words",)),
    ("5 Million crowns", "5 million crowns", ("case",)),
    ("I hold the weir", "| hold the weir", ("scan",)),
    ("| hold the weir", "I hold the weir", ("scan",)),
    ("the weir\u200b holds", "the weir holds", ("hidden",)),
    ("the weir holds", "the weir\u200b holds", ("hidden",)),
    ("the weir [of Osmund] holds – and, so, stays", "the weir holds - and so stays", ()),
    ("the weir of Osmund", "the weir of\n\n17\n\nOsmund", ("page-furniture",)),
    ("the weir of Osmund", "the weir of\n\n29 07-41234\n\nOsmund", ("page-furniture",)),
    ("we cannot mend it", "we can not mend it", ("spelling",)),
    ("they marshalled boats", "they marshaled boats", ("spelling",)),
    ("ёлка стоит у реки", "елка стоит у реки", ("diacritics",)),
]  # fmt: skip


@pytest.mark.parametrize(("quote", "source", "told"), WORDS)
def test_a_changed_word_is_named_by_what_it_changes(quote: str, source: str, told: list[Difference]) -> None:
    assert differences(quote, source) == told


@pytest.mark.parametrize(("quote", "source", "told"), ORDER)
def test_words_that_stand_elsewhere_are_told(quote: str, source: str, told: list[Difference]) -> None:
    assert differences(quote, source) == told


@pytest.mark.parametrize(("quote", "source", "told"), SPOKEN)
def test_only_what_fills_a_pause_or_was_broken_off_may_be_left_out(
    quote: str, source: str, told: list[Difference]
) -> None:
    assert differences(quote, source) == told


@pytest.mark.parametrize(("quote", "source", "told"), HARMLESS)
def test_one_empty_word_passes_and_one_that_says_something_does_not(
    quote: str, source: str, told: list[Difference]
) -> None:
    assert differences(quote, source) == told


@pytest.mark.parametrize(("quote", "source", "told"), BROKEN)
def test_one_word_in_two_pieces_and_a_contraction_are_the_same_words(
    quote: str, source: str, told: list[Difference]
) -> None:
    assert differences(quote, source) == told


@pytest.mark.parametrize(("quote", "source", "told"), BRACKETS)
def test_a_bracket_may_stand_for_a_pronoun_and_for_nothing_that_decides(
    quote: str, source: str, told: list[Difference]
) -> None:
    assert differences(quote, source) == told


@pytest.mark.parametrize(("quote", "source", "told"), [*SPOKEN, *HARMLESS, *BROKEN])
def test_the_strict_profile_lets_only_typography_pass(quote: str, source: str, told: list[Difference]) -> None:
    strict = [(kind, ours, theirs, fine and kind == "typographic") for kind, ours, theirs, fine in told]
    assert differences(quote, source, "strict") == strict


@pytest.mark.parametrize(("quote", "source", "needed"), FOLDED)
def test_what_was_not_compared_letter_for_letter_is_told(quote: str, source: str, needed: tuple[str, ...]) -> None:
    (found,) = lay(quote, source)
    assert found.foldings == needed
    assert all(edit.allowed for edit in found.edits)


def test_only_the_mark_behind_the_last_word_of_the_quote_is_compared() -> None:
    assert lay("the weir holds, Tosk", "the weir holds")[0].foldings == ()
    assert lay("the weir holds, Tosk.", "the weir holds, Tosk!")[0].foldings == ("punctuation",)


def test_a_part_says_where_it_stands_and_how_much_of_it_is_there() -> None:
    source = "It is wet. The weir of Osmund, which is old, holds firmly in the spring."
    first, second = lay("The dry weir of Osmund … firmly in the spring", source)
    assert (first.part, second.part) == (0, 1)
    assert first.quote == Span(0, 22) and second.quote == Span(25, 45)
    assert first.source.of(source) == "The weir of Osmund" and second.source.of(source) == "firmly in the spring"
    assert (first.similarity, second.similarity) == (0.8, 1.0)
    assert [edit.kind for edit in first.edits] == ["content-word"] and second.edits == ()


def test_a_part_that_stands_nowhere_is_left_out_and_the_others_keep_their_numbers() -> None:
    source = "The weir of Osmund holds in the spring."
    (found,) = lay("entirely … of Osmund holds", source)
    assert (found.part, found.source.of(source)) == (1, "of Osmund holds")
    assert lay("nothing like it", "Quite another thing.") == ()
    assert lay("The weir", " . ") == ()
    assert lay("…", source) == ()


def test_an_omission_may_leave_out_very_much_and_nothing_else_may() -> None:
    source = "The weir holds. " + "Then came the rain and the wind. " * 40 + "The mill burns."
    first, second = lay("The weir … the mill burns", source)
    assert first.source.end == len("The weir") and second.source.of(source) == "The mill burns"
    assert not first.edits and not second.edits
    (found,) = lay("The weir the mill burns", source)
    assert found.edits


@pytest.mark.parametrize("start", [0, 9])
def test_places_are_counted_from_the_beginning_of_the_document(start: int) -> None:
    source = "." * start + "The weir of Osmund holds."
    (found,) = align(read_quotation("weir of Ostrey holds"), source, within=Span(start, len(source)))
    assert found.source == Span(start + 4, start + 24)
    assert [edit.source.of(source) for edit in found.edits] == ["Osmund"]


def test_a_printed_line_is_passed_over_only_where_it_stands_by_itself() -> None:
    between = "The weir of\n\nPage 3 of 9\n\nOsmund holds"
    assert differences("The weir of Osmund holds", between) == [("typographic", "", "Page 3 of 9", True)]
    told = differences("The weir of Osmund holds", "The weir of Page 3 of 9 Osmund holds")
    assert told and not all(fine for *_, fine in told)
    told = differences("The weir of Osmund holds", "The weir of\n\n3\n\nnew Osmund holds")
    assert told == [("content-word", "", "new", False)]


_LETTERS = st.sampled_from("abcx")


def _least(quote: list[str], source: list[str], opens: list[float], skips: list[bool]) -> float:
    """The least cost by trying everything."""

    def gap(at: int, first: int, last: int) -> float:
        length = EXTEND * sum(not skipped for skipped in skips[first:last])
        return opens[at] + length if opens[at] else 0.001 * length

    def rest(at: int, place: int) -> float:
        if at == len(quote):
            return 0.0
        begins = [(place, 0.0)]
        if at:
            begins += [(there, gap(at, place, there)) for there in range(place + 1, len(source) + 1)]
        return min(
            cost
            + min(
                EXTRA + rest(at + 1, there),
                (quote[at] != source[there]) * WRONG + rest(at + 1, there + 1) if there < len(source) else float("inf"),
            )
            for there, cost in begins
        )

    return min(rest(0, place) for place in range(len(source) + 1))


@given(st.data(), st.lists(_LETTERS, min_size=1, max_size=4), st.lists(_LETTERS, min_size=1, max_size=5))
def test_a_quote_is_laid_where_it_costs_least(data: st.DataObject, quote: list[str], source: list[str]) -> None:
    opens = data.draw(st.lists(st.sampled_from([0.0, 0.3, 0.7]), min_size=len(quote), max_size=len(quote)))
    skips = data.draw(st.lists(st.booleans(), min_size=len(source), max_size=len(source)))
    found = fit(quote, source, opens=opens, skips=skips)
    assert found.cost == pytest.approx(_least(quote, source, opens, skips), abs=1e-4)
    cost, before = 0.0, None
    for ours, theirs in found.pairs:
        if ours is not None:
            cost += EXTRA if theirs is None else WRONG * (quote[ours] != source[theirs])
        elif before is not None:  # one more word of a gap, or its first
            begun = before[0] is None
            at = next(each for each, _ in found.pairs[found.pairs.index((ours, theirs)) :] if each is not None)
            width = 0.0 if theirs is not None and skips[theirs] else EXTEND
            cost += (0 if begun else opens[at]) + width if opens[at] else 0.001 * width
        before = (ours, theirs)
    assert cost == pytest.approx(found.cost, abs=1e-4)
    assert [ours for ours, _ in found.pairs if ours is not None] == list(range(len(quote)))
    places = [theirs for _, theirs in found.pairs if theirs is not None]
    assert not places or places == list(range(places[0], places[-1] + 1))
