"""Flips of quotes with marks, splices, cut contexts and misused marks."""

from __future__ import annotations

import random
import re

import pytest

from benchmarks.seeded.drafts import Draft
from benchmarks.seeded.flips.altered import altered
from benchmarks.seeded.flips.claims import other_date, reporters_words
from benchmarks.seeded.flips.context import out_of_context
from benchmarks.seeded.flips.omissions import (
    bracketed_claim,
    bracketed_name,
    bracketed_not,
    dropping_governor,
    dropping_negation,
)
from benchmarks.seeded.flips.speaker import misattributed
from benchmarks.seeded.flips.splice import spliced
from benchmarks.seeded.occurrences import Occurrence
from benchmarks.seeded.sentences import spots_of

RNG = random.Random(5)
CUT = [
    ("negation", "I do not believe that the provinces will accept the conditions of the harbour company.",
     "the provinces will accept the conditions of the harbour company"),
    ("negation", "It is not true that the station was built near the old orchards of Velmoria.",
     "the station was built near the old orchards of Velmoria"),
    ("condition", "If the company leaves the northern provinces tomorrow, we will buy the old harbour.",
     "the company leaves the northern provinces tomorrow"),
    ("condition", "If the company leaves, our fishermen will lose the largest market of the coast.",
     "our fishermen will lose the largest market of the coast"),
    ("question", "Do you really think that the company will pay the northern fishermen of the coast?",
     "the company will pay the northern fishermen of the coast"),
    ("reported", "They say that the company has paid the fishermen of the coast for silence.",
     "the company has paid the fishermen of the coast for silence"),
    ("hedge", "Perhaps the company has paid the fishermen of the coast for their silence.",
     "the company has paid the fishermen of the coast for their silence"),
]  # fmt: skip
FAIR = [
    "If the long war has exposed us to losses on the northern coast, it has taught our sailors much.",
    "I would like to note that the company has paid the fishermen of the coast.",
    "I do not believe that anyone will ever accept the conditions of the harbour company.",
    "The company said that it was ready, and the fishermen of the coast were glad.",
]


@pytest.mark.parametrize(("form", "text", "clause"), CUT)
def test_a_clause_is_cut_from_what_governs_it(make_spot, form: str, text: str, clause: str) -> None:
    drafts = list(out_of_context(make_spot(text), RNG))
    assert (form, clause) in [(draft.form, draft.quote) for draft in drafts]
    assert all(draft.alone and draft.expect == "not-verified" for draft in drafts)


@pytest.mark.parametrize("text", FAIR)
def test_what_is_fair_or_tells_of_its_context_is_not_cut(make_spot, text: str) -> None:
    assert list(out_of_context(make_spot(text), RNG)) == []


def test_a_flip_inside_an_ellipsis_leaves_the_mark_and_the_other_part(make_spot) -> None:
    spot = make_spot("The line, which crosses the bay, is the pride of 14 engineers here.")
    draft = Draft(
        "ellipsis", "inside", "The line … is the pride of 14 engineers here.", spot, ("The line", "is the pride")
    )
    for flip in altered(draft, "number", RNG):
        assert flip.quote.startswith("The line … is the pride of ")
        assert flip.changed.startswith("is the pride of ")
        assert flip.truth == "flip"


def test_no_flip_touches_a_bracket(make_spot) -> None:
    spot = make_spot("The company of Velmoria can pay the fishermen of the coast.")
    draft = Draft("brackets", "first-name", "They [can] pay the fishermen of the whole coast.", spot, ())
    assert list(altered(draft, "modality", RNG)) == []


def test_a_splice_joins_halves_of_distant_sentences(make_document) -> None:
    text = (
        "The ministers of Velmoria travelled to the islands and opened the new harbour there.\n\n"
        "Boats came. Boats went. Boats sank. Boats rose.\n\n"
        "The farmers of the valley planted young orchards and sold the apples of the summer."
    )
    spots = list(spots_of(make_document(("Ilse Corvane", text))))
    found = {draft.quote for draft in spliced(spots, spots[0], RNG)}
    assert "The ministers of Velmoria travelled to the islands and sold the apples of the summer." in found


def test_neighbours_are_not_spliced(make_document) -> None:
    text = (
        "The ministers of Velmoria travelled to the islands and opened the new harbour there. "
        "The farmers of the valley planted young orchards and sold the apples of the summer."
    )
    spots = list(spots_of(make_document(("Ilse Corvane", text))))
    assert list(spliced(spots, spots[0], RNG)) == []


def test_the_mark_stands_where_the_not_stood(make_spot) -> None:
    drafts = list(dropping_negation(make_spot("We will not leave the treaty of the island republic."), RNG))
    assert [draft.parts for draft in drafts] == [("We will", "leave the treaty of the island republic.")]
    assert drafts[0].changed == "We will leave the treaty of the island republic."
    assert not list(dropping_negation(make_spot("We will not only leave the treaty of the island republic."), RNG))


def test_the_mark_stands_where_the_condition_stood(make_spot) -> None:
    spot = make_spot("If the company leaves, our fishermen will lose the largest market of the coast.")
    assert {draft.form for draft in dropping_governor(spot, RNG)} == {"drops-condition"}


def test_brackets_that_add_a_claim(make_spot) -> None:
    [negated] = bracketed_not(make_spot("We will leave the treaty of the island republic tomorrow."), RNG)
    assert negated.quote == "We will [not] leave the treaty of the island republic tomorrow."
    [first, *_] = bracketed_name(make_spot("Later he was elected to the council of the islands."), RNG)
    assert "[" in first.quote
    assert first.change.startswith("he → [")


def test_another_speaker_is_certainly_another(make_document, make_spot) -> None:
    spot = make_spot("The ministers of Velmoria travelled to the islands in the summer.")
    draft = Draft("speaker", "whole", spot.text, spot, (spot.text,))
    said = [Occurrence("velmoria-1", 1, ("Ilse Corvane",))]
    [flip] = misattributed(draft, said, ["Ilse Corvane", "Elsa Corvain", "Tomas Brightwater"], RNG)
    assert flip.speaker == "Tomas Brightwater"
    assert not list(misattributed(draft, [Occurrence("velmoria-2", 1, ("Q",))], ["Tomas Brightwater"], RNG))


def test_splices_of_sentences_in_the_wrong_order_or_with_a_wrong_subject(make_document) -> None:
    first = "The ministers of Velmoria have opened the new harbour of the northern islands."
    middle = " ".join(f"The {word} village of the valley planted orchards during the spring." for word in
                      ("first", "second", "third", "fourth"))  # fmt: skip
    last = "Our fishermen were proud of the boats that the young engineers built there."
    spots = list(spots_of(make_document(("Ilse Corvane", f"{first} {middle} {last}"))))
    forward = {draft.form: draft.quote for draft in spliced(spots, spots[0], RNG)}
    backward = {draft.form: draft.quote for draft in spliced(spots, spots[-1], RNG)}
    assert forward["sentences"] == f"{first} {last}"
    assert forward["subject"].startswith("The ministers of Velmoria")
    assert forward["subject"].endswith("were proud of the boats that the young engineers built there.")
    assert forward["tail"].startswith(first.rstrip("."))
    assert "reversed" not in forward
    assert backward["reversed"].startswith(last)
    assert "…" in backward["reversed"] or "..." in backward["reversed"]


def test_another_day_and_a_reporters_words(make_document) -> None:
    asked = "Will the fishermen of the northern harbour return with empty boats again?"
    document = make_document(
        ("Q", asked), ("Ilse Corvane", "The ministers of Velmoria travelled to the islands in the summer.")
    )
    [spot] = spots_of(document)
    [dated] = other_date(spot, RNG)
    assert abs(int(dated.date[:4]) - 2030) >= 3
    assert dated.date[4:] == "-05-02"
    [swapped] = reporters_words(spot, RNG)
    assert (swapped.quote, swapped.claimed_speaker, swapped.alone) == (asked, "Ilse Corvane", True)


def test_a_bracket_with_a_claim_of_its_own(make_spot) -> None:
    spot = make_spot("The ministers have opened the new harbour of the northern islands.")
    [draft] = bracketed_claim(spot, RNG)
    assert re.fullmatch(
        r"The ministers have opened \[(?:since \d{4}|by decree|in secret|under duress|for money)\] the new harbour.*",
        draft.quote,
    )
