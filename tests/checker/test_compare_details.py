"""What one place says of a claim, weighed by itself: under which reason it supports it, what objects, and from which share on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.align import align
from checker.compare import compare
from checker.query import read_quotation
from checker.settings import Thresholds
from checker.speakers import Register
from checker.types import Claim, Evidence, Information, Statement
from corpus.read.records import document_of
from corpus.text import FUNCTION_WORDS
from corpus.types import PartialDate, Span, Version

QUILL = "Berta Quill"
TEXT = (
    "We will raise the weir at Osmund before the spring. The mill of Ostrey, which burned down in 2029, has been rebuilt "
    "with eleven stones. Our carters never asked the guild of brewers for a bridge. We can repair the lock of Tarn with "
    "forty masons. It is - well - a great day for the ferrymen of Lorne."
)


DEFAULTS = Thresholds()
NOBODY = Register({}, {}, {}, ())


def weighed(claim: Claim, thresholds: Thresholds = DEFAULTS, *, text: str = TEXT, names: Register = NOBODY) -> Evidence:
    """The claim beside the whole text, with every telling word as rare as the next."""
    document = document_of({
        "id": "o-1", "publisher": "Senate of Ostrey", "title": "Address", "date": "2031-05-04", "text": text, "speakers": [QUILL],
    })  # fmt: skip
    statement = Statement(document, Version(1, "0" * 64, "2031-05-05"), document.turns[0], Span(0, len(text)), 1.0)
    quotation = read_quotation(claim.quote)
    telling = {key for part in quotation.parts for key in part.words.keys} - FUNCTION_WORDS
    alignments = align(quotation, text, within=statement.within)
    information = Information(dict.fromkeys(telling, 5.0), 0, len(telling))
    return compare(
        claim, quotation, statement, alignments, information=information, register=names, thresholds=thresholds
    )


def answer(place: Evidence) -> tuple[str | None, tuple[str, ...]]:
    return place.supports, place.objections


def scored(place: Evidence, name: str) -> float | None:
    return next((each.value for each in place.features if each.name == name), None)


DIRECT = [
    ("We will raise the weir at Osmund before the spring.", "exact", ()),
    ("We will raise the weir at Osmund before the spring. The mill of Ostrey", "fragment", ()),
    ("raise the weir at Osmund before the spring", "fragment", ()),
    ("We will raise the weir at Osmund", "fragment", ()),
    ("we will raise the weir at Osmund before the spring", "typographic", ()),
    ("We will raise the weir at Os-\nmund before the spring", "typographic", ()),
    ("We will raise the weir … before the spring", "ellipsis", ()),
    ("[W]e will raise the weir at Osmund before the spring", "bracketed", ()),
    ("We will raise the weir at Osmund before [the] spring", "bracketed", ()),
    ("It is a great day for the ferrymen of Lorne", "press-allowance", ()),
    ("We will raise the weir at Osmund before spring", "press-allowance", ()),
    ("It is a great day for ferrymen of Lorne", "press-allowance", ()),
    # two small words are one too many
    ("We will raise weir at Osmund before spring", "paraphrase-in-quotes", ()),
    ("raise the weir to Osmund", "paraphrase-in-quotes", ()),
    ("We will not raise the weir at Osmund before the spring", "paraphrase-in-quotes", ("negation",)),
    ("We will raise the weir at Ostrey before the spring", "paraphrase-in-quotes", ("altered-entity",)),
    ("raise the weir at Tarn after the flood", None, ("altered-entity", "altered-wording")),
    ("We will raise [the dam] at Osmund before the spring", "paraphrase-in-quotes", ("bracket-abuse", "altered-wording")),
    ("We will raise the weir at Osmund … nobody knows why", None, ()),
    ("We shall lift up the weir before spring comes to Osmund", None, ()),
    ("nothing of the kind is here", None, ()),
]  # fmt: skip


@pytest.mark.parametrize(("quote", "supports", "objections"), DIRECT)
def test_a_direct_quote_is_weighed_by_its_words(quote: str, supports: str | None, objections: tuple[str, ...]) -> None:
    assert answer(weighed(Claim(quote, QUILL))) == (supports, objections)


REPORTED = [
    ("would raise the weir at Osmund before the spring", "reported-speech", ()),
    ("We will raise the weir at Osmund before the spring", "reported-speech", ()),
    ("carters never asked the guild of brewers for a bridge", "reported-speech", ()),
    ("might raise the weir at Osmund before the spring", "close-paraphrase", ("modality",)),
    ("she would not raise the weir at Osmund before the spring", "close-paraphrase", ("negation", "modality")),
    ("carters asked the guild of brewers for a bridge", "close-paraphrase", ("negation",)),
    ("the weir would fall into the sea at Osmund in the autumn", None, ()),
]


@pytest.mark.parametrize(("quote", "supports", "objections"), REPORTED)
def test_reported_speech_may_shift_its_tense_and_nothing_else(
    quote: str, supports: str | None, objections: tuple[str, ...]
) -> None:
    assert answer(weighed(Claim(quote, QUILL, direct=False))) == (supports, objections)


@pytest.mark.parametrize(
    ("quote", "direct", "supports", "objections"),
    [
        ("In the spring Ostrey would open the lock of Tarn", False, "reported-speech", ()),
        ("In the spring Quill would open the lock of Tarn", False, "reported-speech", ()),
        ("In the spring Ostrey will open the lock of Tarn", True, "paraphrase-in-quotes", ("altered-entity",)),
        ("In the spring Quill will open the lock of Tarn", True, "paraphrase-in-quotes", ("altered-entity",)),
        ("In the spring we would open the lock of Tarn", True, "paraphrase-in-quotes", ("modality",)),
        # another name elsewhere: this place says nothing about the claim
        ("In the spring we will open the lock of Pell", False, None, ()),
    ],
)
def test_reported_speech_alone_may_name_whom_the_source_calls_we(
    quote: str, direct: bool, supports: str | None, objections: tuple[str, ...]
) -> None:
    found = weighed(Claim(quote, QUILL, direct=direct), text="In the spring we will open the lock of Tarn.")
    assert answer(found) == (supports, objections)


def test_reported_speech_may_name_the_speaker_where_the_source_names_the_state() -> None:
    source = "In the spring Ostrey will open the lock of Tarn."
    told = Claim("In the spring Quill would open the lock of Tarn", QUILL, direct=False)
    assert weighed(told, text=source).supports == "reported-speech"
    assert weighed(replace(told, speaker=None), text=source).supports is None
    assert weighed(replace(told, quote="In the spring Pell would open the lock of Tarn"), text=source).supports is None


ALTERED = Claim("We will raise the weir at Osmund before the autumn", QUILL)
"""Nine words of ten in order, three telling words of four."""
REWORDED = Claim("We shall lift up the weir before spring comes to Osmund", QUILL)
"""Four words of eleven in order, three telling words of five."""


@pytest.mark.parametrize(
    ("claim", "limits", "expected"),
    [
        (ALTERED, {"close": 0.75}, ("paraphrase-in-quotes", ("altered-wording",))),
        (ALTERED, {"close": 0.76}, (None, ("altered-wording",))),
        (ALTERED, {"loose": 0.76, "close": 0.5}, (None, ("altered-wording",))),
        (ALTERED, {"same_wording": 0.9}, ("paraphrase-in-quotes", ("altered-wording",))),
        (ALTERED, {"same_wording": 0.91, "in_quotes": 0.76}, (None, ())),
        (ALTERED, {"same_wording_words": 9}, ("paraphrase-in-quotes", ("altered-wording",))),
        (REWORDED, {"in_quotes": 0.6}, ("paraphrase-in-quotes", ())),
        (REWORDED, {"in_quotes": 0.61}, (None, ())),
        (replace(REWORDED, direct=False), {"close": 0.6}, ("close-paraphrase", ())),
        (replace(REWORDED, direct=False), {"close": 0.61, "in_quotes": 0.6}, ("loose-paraphrase", ())),
        (replace(REWORDED, direct=False), {"loose": 0.61}, (None, ())),
        (replace(ALTERED, direct=False), {"reworded": 0.9}, ("reported-speech", ())),
        (replace(ALTERED, direct=False), {"reworded": 0.91}, ("close-paraphrase", ())),
    ],
)
def test_a_place_says_it_from_the_share_on_that_is_asked(
    claim: Claim, limits: dict[str, float], expected: tuple[str | None, tuple[str, ...]]
) -> None:
    assert answer(weighed(claim, replace(Thresholds(), **limits))) == expected


def test_a_place_with_too_few_of_the_words_is_not_read_for_its_meaning() -> None:
    share = 4 / 11
    assert scored(weighed(REWORDED, replace(Thresholds(), related=share)), "coverage") == 0.6
    assert scored(weighed(REWORDED, replace(Thresholds(), related=share + 0.01)), "coverage") is None
    assert scored(weighed(replace(REWORDED, direct=False), replace(Thresholds(), related=0.9)), "coverage") == 0.6


def test_words_that_lie_about_are_not_shown_as_differences() -> None:
    assert weighed(REWORDED).alignments == () and weighed(ALTERED).alignments != ()
    assert weighed(REWORDED).quote.exact == "We will raise the weir at Osmund before the spring."
    assert scored(weighed(REWORDED), "wording") == 0.364


OTHER = "Jon Alder"


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (Claim("We will raise the weir at Osmund before the spring", OTHER), ("exact", ("misattributed",))),
        (replace(ALTERED, speaker=OTHER), (None, ("misattributed", "altered-wording"))),
        (Claim("We will raise the tower at Pell before the rain", OTHER), (None, ())),
        (Claim("We will raise the tower at Pell before the rain", None), (None, ("altered-entity", "altered-wording"))),
        (Claim("that they would raise the weir at Osmund before the spring", OTHER, direct=False), (None, ())),
        (Claim("that they would raise the tower at Pell before the rain", None, direct=False), (None, ())),
        (Claim("We will raise the weir at Osmund before the spring", None), ("exact", ())),
        (replace(ALTERED, date=PartialDate(2030, 1, 1)), (None, ("wrong-date", "altered-wording"))),
        (Claim("We will raise the tower at Pell before the rain", QUILL, document_id="o-2"), (None, ())),
        (Claim("We will raise the weir at Osmund before the spring", QUILL, document_id="o-2"), ("exact", ("wrong-document",))),
    ],
)  # fmt: skip
def test_in_another_mouth_or_of_another_day_only_nearly_the_same_words_say_anything(
    claim: Claim, expected: tuple[str | None, tuple[str, ...]]
) -> None:
    assert answer(weighed(claim)) == expected


@pytest.mark.parametrize(("least", "objections"), [(0.9, ("misattributed", "altered-wording")), (0.91, ())])
def test_how_near_they_must_be_is_a_setting(least: float, objections: tuple[str, ...]) -> None:
    found = weighed(replace(ALTERED, speaker=OTHER), replace(Thresholds(), that_passage=least))
    assert answer(found) == (None, objections)


@pytest.mark.parametrize(
    ("quote", "text", "supports"),
    [
        # what fills a pause may be left out more than once, a small word once
        ("It is a great day for the men of Ostrey and the ferrymen", "It is - well - a great day - um - for the men of Ostrey and the ferrymen.", "press-allowance"),
        ("It is a great day for the men of Ostrey and ferrymen", "It is - well - a great day - um - for the men of Ostrey and the ferrymen.", "press-allowance"),
        ("It is a great day for men of Ostrey and ferrymen", "It is - well - a great day - um - for the men of Ostrey and the ferrymen.", "paraphrase-in-quotes"),
        # a bracket stands for a pronoun, and is none of those small words
        ("The weir is old. We raise [the weir] and we mend [the weir] now.", "The weir is old. We raise it and we mend it now.", "bracketed"),
        ("The weir is old. We raise [the weir] and mend [the weir] now.", "The weir is old. We raise it and we mend it now.", "paraphrase-in-quotes"),
    ],
)  # fmt: skip
def test_pauses_and_brackets_are_not_counted_as_words_left_out(quote: str, text: str, supports: str) -> None:
    assert answer(weighed(Claim(quote, QUILL), text=text)) == (supports, ())


def test_pieces_far_apart_are_spliced_before_anything_else_is_said() -> None:
    quote = "We will raise the weir at Osmund before the spring. We can repair the lock of Tarn with forty masons."
    assert weighed(Claim(quote, QUILL)).objections[0] == "spliced"


def test_an_omission_that_takes_a_not_away_is_abuse() -> None:
    found = weighed(Claim("Our carters … asked the guild of brewers for a bridge", QUILL))
    assert found.objections == ("ellipsis-abuse",)


def test_the_score_of_a_place_is_the_share_of_all_words_of_the_quote() -> None:
    assert weighed(ALTERED).score == pytest.approx(0.9)
    two = Claim("We will raise the weir at Osmund … the guild of carvers", QUILL)  # 7 of 7 and 3 of 4
    assert weighed(two).score == pytest.approx(10 / 11)


@pytest.mark.parametrize(
    ("quote", "text", "abuse"),
    [
        # "they've" is a pronoun and its verb
        ("[The ferrymen have] already left Lorne.", "The ferrymen woke. They’ve already left Lorne.", False),
        ("I know that [the ferrymen have] already left Lorne.", "The ferrymen woke. I know that they’ve already left Lorne.", False),
        ("I know that [the ferrymen are] already left Lorne.", "The ferrymen woke. I know that they’ve already left Lorne.", True),
        ("I know that they [the ferrymen are] leaving Lorne.", "The ferrymen woke. I know that they leave Lorne.", True),
        # "such gates", "that resolution" under the name that was just said
        ("We need [iron] gates for the weir.", "We asked for iron gates before. We need such gates for the weir.", False),
        ("We need [oak] gates for the weir.", "We asked for iron gates before. We need such gates for the weir.", True),
        ("[Resolution 4 of Lorne] remains our basis.", "We have voted for Resolution 4 of Lorne. That resolution remains our basis.", False),
        ("[Resolution 4 of Lorne] remains our basis.", "We have voted for Resolution 4 of Ostrey. That resolution remains our basis.", True),
        # who is nearer: an office, a name of the same sentence, across paragraphs; an article makes no person
        ("He [Senator Hale] seeks the best masons.", "We saw Senator Hale --\n\nThat is how the President does it. He seeks the best masons.", True),
        ("where [the President has] been calm at the weir", "We like the President. We watched what Otto Brandt did where he’s been calm at the weir.", True),
        ("the New Weir Fund made [Otto Brandt's] dream come true", "We met Otto Brandt. As we said, the New Weir Fund made his dream come true.", False),
        # a capital inside the sentence means nobody spoken of
        ("that [the King] would guide the weir", "The King came. We pray that He would guide the weir.", True),
        ("that [the King] would guide the weir", "The King came. We pray that he would guide the weir.", False),
    ],
)  # fmt: skip
def test_a_bracket_names_whom_a_word_takes_up(quote: str, text: str, abuse: bool) -> None:
    assert ("bracket-abuse" in weighed(Claim(quote, QUILL), text=text).objections) is abuse
