"""Brackets, omissions and splices: what changes a claim although most words are the source's."""

from __future__ import annotations

import pytest

from checker.align import align
from checker.features.brackets import bracket_abuse
from checker.features.guards import REASON_OF, changed, spliced
from checker.features.omissions import ellipsis_abuse
from checker.query import read_quotation
from checker.types import Edit, Statement
from corpus.read.records import document_of
from corpus.types import Span, Version

TEXT = (
    "Otmar Dreyfell met the envoy of Tavin on Friday. They agreed to rebuild the bridge. "
    "It will cost 40 million crowns. We will not stop. Fighting for peace is our duty. "
    "We support fair talks about the river. Terrorism must end everywhere. "
    "It was our own engineers who failed. They started the fire at the mill. "
    "Our farmers, who have waited for years, will get their land back. Dredging begins in Kelso in May."
)


def statement(text: str = TEXT) -> Statement:
    record = {
        "id": "v-1", "publisher": "Office of the President of Velmora", "title": "Meeting in Ostrava Bay",
        "date": "2025-03-04", "text": text, "speakers": ["Ilse Corvane"],
    }  # fmt: skip
    document = document_of(record)
    return Statement(document, Version(1, "0" * 64, "2025-03-05"), document.turns[0], Span(0, len(text)), 1.0)


def judged(quote: str, text: str = TEXT) -> dict[str, bool]:
    """What each guard says about a quote laid against the text."""
    quotation, place = read_quotation(quote), statement(text)
    alignments = align(quotation, text, within=place.within)
    return {
        "bracket": bracket_abuse(quotation, alignments, place),
        "ellipsis": ellipsis_abuse(alignments, quote, text),
        "splice": spliced(alignments, quotation, place),
    }


@pytest.mark.parametrize(
    "quote",
    [
        "[Jorun] Dreyfell met the envoy of Tavin on Friday.",
        "They agreed to rebuild the bridge [by Dreyfell].",
        "[The mayor's] engineers failed.",
        "Fighting for peace [against Tavin] is our duty.",
        "They [not] agreed to rebuild the bridge.",
        "They [never] agreed to rebuild the bridge.",
        "They [may have] agreed to rebuild the bridge.",
        "They [all] agreed to rebuild the bridge.",
        "They agreed to rebuild the bridge [if money is found].",
        "They agreed to rebuild the [burnt] bridge.",
        "They agreed to rebuild the bridge [by July].",
        "They agreed to rebuild the bridge [in 2031].",
        "They agreed to rebuild the bridge [at gunpoint].",
        "[Dremlanders] agreed to rebuild the bridge, with [Hette Mirov] of the mill.",
        "It will cost [at least] 40 million crowns.",
        "Our farmers, who have waited for years, will get their [stolen] land back.",
        "Dredging begins in [Ostrava] in May.",
        "They [stop and] agreed to rebuild the bridge.",
        "They [Tavin] agreed to rebuild the bridge [40 million].",
        "our own engineers [were] who failed",
        "[We] met the envoy of Tavin on Friday.",
    ],
)  # fmt: skip
def test_a_bracket_that_claims_something_is_abuse(quote: str) -> None:
    text = (
        TEXT
        if "40 million]" not in quote and "stop" not in quote
        else "We will stop. It cost 40 million in Tavin. " + TEXT
    )
    assert judged(quote, text)["bracket"]


@pytest.mark.parametrize(
    "quote",
    [
        "They [Otmar Dreyfell and the envoy] agreed to rebuild the bridge.",
        "[Dreyfell and the envoy of Tavin] agreed to rebuild the bridge.",
        "They agreed to rebuild the bridge [in Ostrava Bay].",
        "[T]hey agreed to rebuild the bridge.",
        "They agree[d] to rebuild the bridge.",
        "[Otmar] Dreyfell met the envoy of Tavin on Friday.",
        "They agreed [on 4 March 2025] to rebuild the bridge.",
        "They agreed [sic] to rebuild the bridge.",
        "They agreed to rebuild the bridge [applause].",
    ],
)  # fmt: skip
def test_a_bracket_that_explains_is_not(quote: str) -> None:
    assert not judged(quote)["bracket"]


@pytest.mark.parametrize(
    "quote",
    [
        "We support … must end everywhere",
        "It was our own engineers … started the fire at the mill",
        "They agreed … cost 40 million crowns",
        "We support … Terrorism",
        "It was our own engineers who failed … started the fire at the mill",
    ],
)  # fmt: skip
def test_an_omission_that_joins_head_and_tail_of_two_sentences_is_abuse(quote: str) -> None:
    assert judged(quote)["ellipsis"]


def test_an_omission_that_drops_the_subject_of_the_next_sentence_is_abuse() -> None:
    text = "Bread is for all. To keep it from Kelso, for the sake of gain, is to starve our own. " + TEXT
    assert judged("Bread is for all … is to starve our own", text)["ellipsis"]


@pytest.mark.parametrize(
    "quote",
    [
        "Our farmers … will get their land back",
        "They agreed to rebuild the bridge. … It was our own engineers who failed.",
        "They agreed to rebuild the bridge … It will cost 40 million crowns.",
        "Otmar Dreyfell met the envoy … on Friday.",
        "They agreed to rebuild the bridge. … It will cost 40 million crowns.",
    ],
)
def test_an_omission_inside_a_sentence_or_between_whole_ones_is_fair(quote: str) -> None:
    assert not judged(quote)["ellipsis"]


@pytest.mark.parametrize(
    "quote",
    [
        "They agreed to rebuild the bridge. It was our own engineers who failed.",
        "Otmar Dreyfell met the envoy of Tavin. They started the fire at the mill.",
        "It will cost 40 million crowns. Dredging begins in Kelso in May.",
    ],
)
def test_distant_pieces_without_a_mark_are_spliced(quote: str) -> None:
    assert judged(quote)["splice"]


@pytest.mark.parametrize(
    "quote",
    [
        "They agreed to rebuild the bridge. It will cost 40 million crowns.",
        "They agreed to rebuild the bridge … It was our own engineers who failed.",
        "They agreed to rebuild the old bridge.",
        "We will not stop – fighting for peace is our duty.",
        "We will not stop. Fighting for peace is our duty.",
        "We will not stop Fighting for peace is our duty.",
        "Our farmers will get their land back.",
    ],
)
def test_neighbours_marked_omissions_and_slips_are_not(quote: str) -> None:
    assert not judged(quote)["splice"]


def test_pieces_from_elsewhere_in_the_document_are_spliced() -> None:
    text = (
        "The mill of Brannock will stay closed all winter. " + "It rained in Kelso. " * 3 + "We will open the harbour."
    )
    assert judged("We will open the harbour. The mill of Brannock will stay closed all winter.", text)["splice"]


@pytest.mark.parametrize(
    ("quote", "text", "splice"),
    [
        ("We will not stop fighting for peace", "We will not stop. Fighting for peace is our duty.", True),
        ("We will not stop fighting for peace", "We will not stop!” Fighting for peace is our duty.", True),
        ("We met the guild of Kelso on the quay it rained", "We met the guild of Kelso on the quay. It rained.", True),
        ("We will not stop – fighting for peace", "We will not stop. Fighting for peace is our duty.", False),
        ("We will not stop Fighting for peace", "We will not stop. Fighting for peace is our duty.", False),
        ("We will not stop fighting for peace", "We will not stop, Fighting for peace is our duty.", False),
        ("We met at 5 p.m. on the quay", "We met at 5 p.m. on the quay.", False),
    ],
)
def test_a_sentence_that_runs_on_where_it_ended_is_spliced_unless_a_mark_is_there(
    quote: str, text: str, splice: bool
) -> None:
    assert judged(quote, text)["splice"] is splice


@pytest.mark.parametrize(("kind", "reason"), sorted(REASON_OF.items()))
def test_each_kind_of_difference_that_changes_a_claim_has_its_reason(kind: str, reason: str) -> None:
    edit = Edit(kind, Span(0, 1), Span(0, 1), False)  # type: ignore[arg-type]  # the table's own keys
    assert changed([edit, edit]) == (reason,)


def test_a_difference_that_is_allowed_gives_no_reason() -> None:
    assert changed([Edit("filler", Span(0, 1), Span(0, 0), True)]) == ()


def test_function_words_and_endings_only_change_the_wording() -> None:
    edits = [Edit("function-word", Span(0, 1), Span(0, 1), False), Edit("inflection", Span(2, 3), Span(2, 3), False)]
    assert changed(edits) == ()


@pytest.mark.parametrize(
    ("quote", "text", "abuse"),
    [
        ("It is possible to mend it, … which all of us know.", "It is possible to mend it, but not before May, which all of us know.", True),
        ("It is possible to mend it, … which all of us know.", "It is possible to mend it, as I said, which all of us know.", False),
        ("A narrow strip by the quay … has become a swamp.", "Not just a narrow strip by the quay, as was thought, but the whole valley has become a swamp.", True),
        ("A narrow strip by the quay … has become a swamp.", "A narrow strip by the quay, as was thought, has become a swamp.", False),
        ("We carried fifty pilgrims … in Vessen.", "We carried fifty pilgrims, including ten in Vessen.", True),
        ("We carried fifty pilgrims … in Vessen.", "We carried fifty pilgrims, including ten cooks, in Vessen.", False),
        ("There are … “useless” pages in a log.", "There are no, and cannot be any, “useless” pages in a log.", True),
        ("We are … ready to sail.", "We are not yet ready to sail.", True),
        ("They lend boats … to their neighbours.", "They lend boats, in certain circumstances, to their neighbours.", True),
        ("Kelso keeps cannon there. … There will be more.", "Kelso keeps cannon there. Our protests were too few. There will be more.", True),
        ("Kelso keeps cannon there. … There will be more of them.", "Kelso keeps cannon there. It rained. There will be more of them.", False),
    ],
)  # fmt: skip
def test_an_omission_keeps_what_takes_back_and_what_goes_further(quote: str, text: str, abuse: bool) -> None:
    assert judged(quote, text)["ellipsis"] == abuse
