"""A true quote's words stand in the document in order, and what is done to them is what editors do."""

from __future__ import annotations

import random
import re

import pytest

from benchmarks.seeded.faithful import MAKERS
from benchmarks.seeded.faithful.brackets import added_first_name, changed_capital, explained_pronoun, spelt_out
from benchmarks.seeded.faithful.ellipsis import with_ellipsis
from benchmarks.seeded.faithful.fillers import without_filler
from benchmarks.seeded.faithful.fragments import fragments
from benchmarks.seeded.faithful.typography import RULES
from benchmarks.seeded.wording import folded

SENTENCES = [
    "Last year, we received a large number of letters from teachers and farmers in the valley.",
    "The ferry line, which connects the islands with the mainland, is the pride of our engineers.",
    "Well, the engineers have finished the second bridge months ahead of the schedule.",
    "The schools of the capital received five libraries during the quiet winter months.",
]
GOVERNED = [
    "They claim that the engineers finished the second bridge, in the summer of the great flood.",
    "If the company leaves the coast, the engineers finished the second bridge in the valley.",
    "Perhaps, we received a large number of letters from teachers and farmers of the valley.",
    "Critics of the project say, we received a large number of letters from teachers there.",
    "In theory, we received a large number of letters from teachers and farmers.",
]
BY_HAND = {
    "quote-marks": ('They call it the "old harbour" of the bay.', r"[“«‘„]old harbour[”»’“]"),
    "apostrophes": ("The minister's boat came back late.", "minister’s"),
    "dashes": ("The boat – a new one – came back late.", r"^(?=.*( — | - | -- |—)).*boat"),
    "hard-spaces": ("The boat came back.", "[\u00a0\u2009\u202f\u2003\u2007]"),
    "stray-spaces": ("The boat came back.", "  "),
    "line-break": ("The boat came back.", "\n"),
    "broken-word": ("The government came back.", r"[a-z]-\n[a-z]"),
    "soft-hyphen": ("The government came back.", "\u00ad"),
    "ligature": ("The final boat came back.", "ﬁ"),
    "thousands": ("They sold 1,500 boats.", r"1[  \u00a0\u202f]?500 boats"),
    "per-cent": ("Prices rose by 5 percent.", r"5(?: ?%| per cent)\."),
    "spelling": ("The labour party left the bay.", "labor"),
    "written-figure": ("They built 5 houses there.", "built five houses"),
    "last-mark": ("The boat came back.", r"back,?$"),
    "small-start": ("The boat came back.", "^the"),
}


@pytest.mark.parametrize("text", SENTENCES)
@pytest.mark.parametrize("kind", sorted(MAKERS))
def test_the_parts_stand_in_the_document_in_order(make_spot, kind: str, text: str) -> None:
    spot = make_spot(f"{text} The harbour of the bay sleeps under the snow of the long winter.")
    for seed in range(20):
        for draft in MAKERS[kind](spot, random.Random(seed)):
            place = 0
            for part in draft.parts:
                found = folded(spot.document.stored_text).find(folded(part), place)
                assert found >= 0, (draft.quote, part)
                place = found + len(folded(part))
            assert draft.truth == "true"
            assert draft.expect == "verified"


@pytest.mark.parametrize("text", GOVERNED)
def test_nothing_is_cut_out_from_under_what_governs_it(make_spot, text: str) -> None:
    governor = text.split()[0]
    assert all(draft.quote.startswith(governor) for draft in fragments(make_spot(text), random.Random(1)))


def test_fragments_have_words_enough(make_spot) -> None:
    drafts = list(fragments(make_spot(SENTENCES[0]), random.Random(1)))
    assert "we received a large number of letters from teachers and farmers" in {draft.quote for draft in drafts}
    assert all(len(draft.quote.split()) >= 6 for draft in drafts)


def test_an_aside_is_left_out_with_a_mark(make_spot) -> None:
    drafts = list(
        with_ellipsis(make_spot(SENTENCES[1].replace("The ferry line", "The old ferry line")), random.Random(1))
    )
    inside = [draft for draft in drafts if draft.form == "inside"]
    assert [draft.parts for draft in inside] == [("The old ferry line", "is the pride of our engineers.")]
    assert re.search(r"…|\.\.\.", inside[0].quote)


@pytest.mark.parametrize("later", ["It was built by the engineers of the bay last winter.",
                                   "However, the engineers of the bay built another bridge."])  # fmt: skip
def test_no_sentence_is_joined_that_leans_on_what_is_left_out(make_spot, later: str) -> None:
    spot = make_spot(f"{SENTENCES[3]} The harbour of the bay sleeps under the snow of the long winter. {later}")
    assert not [draft for draft in with_ellipsis(spot, random.Random(1)) if draft.form == "between"]


@pytest.mark.parametrize("rule", sorted(RULES))
def test_typography_by_hand(rule: str) -> None:
    text, pattern = BY_HAND[rule]
    results = {RULES[rule](text, random.Random(seed)) for seed in range(30)}
    assert all(
        result is None or re.search(pattern, result) for result in results if result != text.replace(".", " .")
    ), results
    assert results != {None}


def test_every_rule_leaves_alone_what_it_does_not_know() -> None:
    idle = set(RULES) - {"hard-spaces", "stray-spaces", "line-break"}
    assert {rule: RULES[rule]("Go on now!", random.Random(1)) for rule in idle} == dict.fromkeys(idle)


def test_no_space_is_put_into_a_number() -> None:
    results = {RULES["stray-spaces"]("More than 10,600 boats, all old.", random.Random(seed)) for seed in range(40)}
    assert all("10,600" in result for result in results if result)


def test_no_aside_is_left_out_that_has_no_words_of_its_own(make_spot) -> None:
    spot = make_spot("They repeated the old words in the harbour, as well as, I think, the promise of new boats.")
    assert not [draft for draft in with_ellipsis(spot, random.Random(1)) if draft.form == "inside"]


def test_the_pronoun_i_needs_no_bracket(make_spot) -> None:
    spot = make_spot("Again, I'd praise the engineers of the northern harbour and the fishermen of the bay.")
    assert not [quote for _, quote, _ in changed_capital(spot) if quote.startswith("[I]")]


def test_fillers(make_spot) -> None:
    [draft] = without_filler(make_spot(SENTENCES[2]), random.Random(1))
    assert draft.quote == "The engineers have finished the second bridge months ahead of the schedule."
    assert not list(
        without_filler(
            make_spot("As you know, the engineers have finished the bridge ahead of schedule."), random.Random(1)
        )
    )
    [repeated] = without_filler(
        make_spot("Last year -- the engineers -- the engineers finished the long bridge of the valley."),
        random.Random(1),
    )
    assert repeated.quote == "Last year the engineers finished the long bridge of the valley."


def test_brackets(make_spot) -> None:
    assert ("capital", "[t]he boat of the ministers came back late in the winter.") in [
        pair[:2] for pair in changed_capital(make_spot("The boat of the ministers came back late in the winter."))
    ]
    named = make_spot(
        "We met President Corvane in the harbour of the bay yesterday. I thank President Ilse Corvane for the warm welcome in the bay."
    )
    assert [quote for _, quote, _ in added_first_name(named)] == [
        "We met President [Ilse] Corvane in the harbour of the bay yesterday."
    ]
    he = make_spot(
        "President Corvane opened the harbour of the bay in the winter. He was the guest of the northern fishermen of the frozen bay.",
        place=1,
    )
    assert [quote for _, quote, _ in explained_pronoun(he)] == [
        "He [Corvane] was the guest of the northern fishermen of the frozen bay.",
        "[Corvane] was the guest of the northern fishermen of the frozen bay.",
    ]
    two = make_spot(
        "President Corvane met Mr Belgrave in the harbour of the bay. He was the guest of the northern fishermen of the frozen bay.",
        place=1,
    )
    assert not list(explained_pronoun(two))
    short = make_spot(
        "The NFB bought boats for the fishermen of the bay last winter. The National Fishing Bank (NFB) is old."
    )
    assert [quote for _, quote, _ in spelt_out(short)] == [
        "The NFB [National Fishing Bank] bought boats for the fishermen of the bay last winter."
    ]
