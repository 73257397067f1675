"""What governs the quoted words in the rest of their sentence, in both directions."""

from __future__ import annotations

import pytest

from checker.align import align
from checker.features.context import Governed, governing, sentence_at
from checker.query import read_quotation
from checker.types import Claim
from corpus.types import Span, Turn, TurnKind


def judge(
    quote: str, sentence: str, *, kind: TurnKind = "speech", reported: bool = False, context: str = ""
) -> Governed:
    """Lay the quote against a one-speaker text and judge what was left out around it."""
    within = Span(0, len(sentence))
    alignments = align(read_quotation(quote), sentence, within=within)
    turn = Turn(0, "Ilse Corvane", kind, within)
    return governing(alignments, Claim(quote, context=context), sentence, turn=turn, language="en", reported=reported)


OUT = "out-of-context"
NESTED = "nested-quote"


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        ("we will sell the fleet", "I never promised you and I do not believe that we will sell the fleet."),
        ("the harbour will close", "There is no reason to think the harbour will close."),
        ("our farmers will starve", "We refuse to believe our farmers will starve."),
        ("the senate will ratify the pact", "I doubt the senate will ratify the pact."),
    ],
)
def test_a_cut_negation_or_refusal_objects(quote: str, source: str) -> None:
    assert judge(quote, source).objections == (OUT,)


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        ("we broke the treaty", "No one has yet shown us we broke the treaty."),
        ("we sold rifles", "It is not true, in my view, that we sold rifles."),
        ("we closed the pass", "It is a lie that we closed the pass."),
        ("we want their islands", "The idea that we want their islands is absurd."),
        ("we fired first", "That we fired first is false."),
    ],
)  # fmt: skip
def test_a_denial_in_other_words_or_further_off_objects(quote: str, source: str) -> None:
    assert judge(quote, source).objections


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        ("the canal will carry more grain", "There is no doubt that the canal will carry more grain."),
        ("we built a school", "We did not only build a road, we built a school."),
        ("we built a school", "Not only that, we built a school."),
        ("we will rebuild the mill", "We did not choose this war, but we will rebuild the mill."),
        ("we will rebuild the mill", "They never asked us; we will rebuild the mill."),
        ("the mill was rebuilt", "We are not rich, however the mill was rebuilt."),
        ("we must open the harbour", "I would like to note that we must open the harbour."),
        ("the harbour is open", "It seems to me that the harbour is open."),
        ("the harbour is open", "I said that the harbour is open."),
        ("we think the harbour is open", "Today, my friends, we think the harbour is open."),
        ("the harbour will open in May", "The harbour will open in May, which was not easy."),
        ("we will send grain", "We will send grain, for example to Kelso."),
    ],
)
def test_what_governs_nothing_does_not_object(quote: str, source: str) -> None:
    assert judge(quote, source) == Governed()


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        ("we will reopen the embassy", "If the prisoners come home, we will reopen the embassy."),
        ("we will reopen the embassy", "We will reopen the embassy if the prisoners come home."),
        ("we will reopen the embassy", "We will reopen the embassy, unless the prisoners are held."),
        ("the garrison will go home", "The garrison will go home, provided that the harvest is in."),
        ("we will lift the sanctions", "We will lift the sanctions on the port if the garrison leaves."),
        ("we will sign the pact", "We will sign the pact as long as the senate agrees."),
        ("we will reopen the embassy", "We will reopen the embassy only when the prisoners are home."),
        ("we will burn the bridges", "Should Dremland attack, we will burn the bridges."),
    ],
)  # fmt: skip
def test_a_cut_condition_objects(quote: str, source: str) -> None:
    assert judge(quote, source).objections == (OUT,)


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        ("we will leave the union", "Perhaps we will leave the union."),
        ("we will raise the bread tax", "It is possible that we will raise the bread tax."),
    ],
)  # fmt: skip
def test_a_cut_hedge_objects(quote: str, source: str) -> None:
    assert judge(quote, source).objections == (OUT,)


def test_a_cut_bound_objects() -> None:
    assert judge("half of our farms lie fallow", "Almost half of our farms lie fallow.").objections == ("quantifier",)


def test_a_question_quoted_as_a_statement_objects() -> None:
    assert judge("the harbour will open", "Do you know when the harbour will open?").objections == (OUT,)


def test_a_question_without_its_verb_objects_whatever_else_is_joined_to_it() -> None:
    asked = "The question is, do we have the courage to mend the harbour wall, so that no ship is lost?"
    assert judge("we have the courage to mend the harbour wall", asked).objections == (OUT,)
    behind = "We have the courage to mend the harbour wall, and shall we begin?"
    assert judge("We have the courage to mend the harbour wall", behind) == Governed()


def test_a_question_quoted_with_its_mark_does_not() -> None:
    assert judge("Will the harbour open?", "Will the harbour open?") == Governed()


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        ("we are out of coal", "The envoy said that we are out of coal."),
        ("we are weak", "They think that we are weak."),
        ("we are allies", "He pretends that we are allies."),
        ("Velmora must bow to the sea lords", "My predecessor wrote: “Velmora must bow to the sea lords.”"),
        ("Velmora must bow", "He used to say, “Velmora must bow to the sea lords.”"),
        ("Velmora must bow", 'He wrote, "Velmora must bow to the sea lords."'),
        ("we lost the grain war", "They say we lost the grain war."),
        ("we are weak", "Our neighbours think we are weak."),
        ("we poisoned the river", "According to Dremland, we poisoned the river."),
        ("Velmora is a leaking boat", "As the sea lords put it, Velmora is a leaking boat."),
        ("we are a nation of thieves", "In his words, we are a nation of thieves."),
        ("we are thieves", "We are thieves, they say."),
    ],
)  # fmt: skip
def test_words_reported_as_another_s_object(quote: str, source: str) -> None:
    assert judge(quote, source).objections == (NESTED,)


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        ("the envoy claims that we are weak", "Today the envoy claims that we are weak."),
        ("we are not weak", "I told them that we are not weak."),
        ("we are not weak", "As I have said before, we are not weak."),
        ("the pact was signed", "I want to report that the pact was signed."),
        ("the bridge belongs to both peoples", "I would rather say that the bridge belongs to both peoples."),
    ],
)  # fmt: skip
def test_the_speaker_s_own_saying_does_not_object(quote: str, source: str) -> None:
    assert judge(quote, source) == Governed()


def test_in_a_report_of_the_speaker_s_words_the_reporting_verb_is_expected() -> None:
    source = "Ilse Corvane stressed and said that the river must stay open."
    assert judge("the river must stay open", source, reported=True) == Governed()
    assert judge("the river must stay open", source).objections == (NESTED,)


def test_a_fragment_that_asserts_nothing_is_kept_with_a_warning() -> None:
    found = judge("the eastern harbour of Kelso", "We will never, as you know, close the eastern harbour of Kelso.")
    assert found.objections == ()
    found = judge("the leaking old lighthouse", "If anybody wants to see the leaking old lighthouse, come.")
    assert found.objections == ()
    assert [warning.code for warning in found.warnings] == ["governed"]
    assert "“if”" in str(found.warnings[0].says)


def test_what_an_omission_drops_inside_the_sentence_is_the_omission_s_fault() -> None:
    assert judge("We … sell the fleet", "We will never sell the fleet.").objections == ("ellipsis-abuse",)


def test_what_the_quote_shows_itself_was_not_cut() -> None:
    assert judge("We will never … sell the fleet", "We will never ever, my friends, sell the fleet.").objections == ()


def test_only_the_same_sentence_is_judged() -> None:
    source = "We do not fear the sea. The harbour will open. If not, we wait."
    assert judge("The harbour will open.", source) == Governed()


def test_the_sentence_of_a_place_stops_at_its_turn_and_paragraph() -> None:
    text = "One sentence.\n\nThe harbour will open. It rains."
    found = sentence_at(text, text.index("harbour"), turn=Span(0, len(text)), language="en")
    assert found.of(text).strip() == "The harbour will open."
    within = Span(text.index("harbour"), len(text))
    assert sentence_at(text, within.start, turn=within, language="en").start >= within.start


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        ("we had lost the harbour", "That decision would almost certainly mean that we had lost the harbour."),
        (
            "they are building no dam",
            "It is only by showing in a way that all can see that they are building no dam that they can come back.",
        ),
        ("[Kareth] is ready to talk", "And Kareth should demonstrate that it is ready to talk about the islands."),
        (
            "she was misleading the council",
            "What was said was that either she was misleading the council or the council was asleep.",
        ),
        (
            "the envoys ever meant to undo it",
            "No person could for a moment suppose that either the envoys or we ever meant to undo it.",
        ),
        ("we will never use our fleet", "We will never use our fleet against states without one."),
        ("we will never use our fleet", "We will never use our fleet against\n\nstates without one."),
        ("the harbour is ours", "As one of the visitors wrote in the book on the table: “the harbour is ours.”"),
        ("гавань открыта", "И мы часто можем это видеть, ведь часто можно слышать, что гавань открыта."),
        ("коридори будуть", "І ми чули обіцянку, що коридори будуть."),
    ],
)
def test_what_was_not_yet_so_or_not_said_by_oneself_objects(quote: str, source: str) -> None:
    assert judge(quote, source).objections


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        ("I would not expect any news today", "So I would not expect any news today, but it is a useful meeting."),
        (
            "we do not close the harbour",
            "I’m saying that we have had no talks about it, and we do not close the harbour.",
        ),
        ("we will never act against anybody", "We will never act against anybody."),
        ("[Kareth] is ready to talk", "And we should demonstrate that it is ready to talk."),
        ("the fleet is larger than ever", "The fleet is not old; the fleet is larger than ever."),
    ],
)
def test_what_opens_a_sentence_or_is_one_s_own_does_not_object(quote: str, source: str) -> None:
    assert judge(quote, source).objections == ()


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        ("our ferries are even faster", "Ours are new ferries, and our ferries are even faster in some respects."),
        ("the fog has lifted", "The fog has lifted, at least for the time being."),
        ("we were fourth in the world in cured herring", "We were fourth in the world in cured herring per head."),
        ("The banks choose not to lend", "Often, the banks choose not to lend."),
        ("порты были закрыты", "Как правило, порты были закрыты."),
    ],
)
def test_a_limit_that_was_cut_off_objects(quote: str, source: str) -> None:
    assert judge(quote, source).objections == (OUT,)


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        ("we welcome all who come to fish", "We welcome all who come to fish, those who keep our laws."),
        ("we never used our fleet", "It was a time when we never used our fleet against states without one."),
        ("our council is too slow", "I’ve been told that our council is too slow and that we should wait."),
        (
            "they spend like drunken sailors",
            "You know, we could say they spend like drunken sailors, but that is unfair.",
        ),
        (
            "in sinking and burning such boats upon the coast as may be found",
            'It is his avowed purpose to use his fleet "in sinking and burning such boats upon the coast as may be found," he adds.',
        ),
        (
            "These people need me here. They all come to me for comfort.",
            "In his letter he asked his children’s pardon. \"'These people need me here. They all come to me for comfort. I stay.'\"",
        ),
    ],
)
def test_what_speaks_of_fewer_or_is_another_s_objects(quote: str, source: str) -> None:
    assert judge(quote, source).objections


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        ("the harbour will freeze", "Without a doubt, the harbour will freeze."),
        ("of those to whom much is lent, much is asked", "For of those to whom much is lent, much is asked."),
        ("the keeper had seven boats", "It was a situation in which the keeper had seven boats."),
        ("we often mend the pier", "In winter, we often mend the pier."),
        ("we have a second pier", "In terms of plan B, we have a second pier."),
        ("we welcome all who come to fish", "We welcome all who come to fish, and those who do not."),
        (
            "a harbour for every boat that comes in from the storm",
            'I said to you "a harbour for every boat that comes in from the storm" and I meant it.',
        ),
        ("a free port", 'It is what we call "a free port" in Vessen.'),
    ],
)
def test_what_limits_nothing_does_not_object(quote: str, source: str) -> None:
    assert judge(quote, source).objections == ()


def test_a_sentence_that_goes_on_with_but_is_shown_with_a_warning() -> None:
    found = judge("we have nearly put the fire out", "We have nearly put the fire out, but some embers remain.")
    assert found.objections == () and [str(warning.code) for warning in found.warnings] == ["governed"]


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        ("we are ready to pay", "We are ready to pay, or at least to lend."),
        ("all the debts have been paid", "All the debts have been paid, or money has been set aside for them."),
        (
            "you cannot trade with Kelso",
            "He turns to me as if to say, these people -- we can’t; you cannot trade with Kelso.",
        ),
        ("our harbour is safer", "Our harbour is safer when the ice is gone."),
        ("the fleet was idle", "Formally, the fleet was idle."),
        (
            "this could still be asked about Vessen",
            "Ten days ago, this could still be asked about Vessen. But not now.",
        ),
        (
            "a keeper could strike a fisherman and not be questioned about it",
            "An old man praised the days when, as he put it, ``a keeper could strike a fisherman and not be questioned about it.''",
        ),
    ],
)
def test_what_is_corrected_imitated_or_over_objects(quote: str, source: str) -> None:
    assert judge(quote, source).objections


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        ("we were glad", "We were glad when the ice broke."),
        ("we have a fleet that is ready", "We have a fleet that is ready, when it comes to ice, for anything."),
        ("we are ready to pay", "We are ready to pay or to lend."),
        ("the fleet was idle", "Ten days ago, the fleet was idle. It sailed on Monday."),
    ],
)
def test_a_time_or_a_choice_that_takes_nothing_back_does_not_object(quote: str, source: str) -> None:
    assert judge(quote, source) == Governed()


@pytest.mark.parametrize("following", ["But not everywhere.", "(Laughter.)", "No, seriously, it will.", "I am joking."])
def test_a_next_sentence_that_qualifies_is_shown_with_a_warning(following: str) -> None:
    found = judge("the harbour will freeze tonight", f"I say: the harbour will freeze tonight. {following}")
    assert found.objections == () and [str(warning.code) for warning in found.warnings] == ["governed"]
    assert "next sentence begins" in str(found.warnings[0].says)
    assert judge("the harbour will freeze tonight", "The harbour will freeze tonight. Our boats are in.") == Governed()


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        (
            "no lasting peace can be reached",
            "We believe that no lasting peace can be reached\n\nif we do not mend the pier.",
        ),
        (
            "the ice will not come back",
            "Kelso gave us assurances they never wrote down that the ice will not come back.",
        ),
        (
            "peace is not possible",
            "Some say that the gap is too wide; that talks break down; and that peace is not possible.",
        ),
        ("the denials were true", "Until March of this year I remained convinced that the denials were true."),
        ("you are with us or against us", "They use the principle “you are with us or against us” everywhere."),
        (
            "the sea has no fish whatsoever",
            "One of them is a young keeper. He said:\n\n“The sea has no fish whatsoever. We have boats.”",
        ),
        ("these people wanted to go", "Kelso will lie to the whole world that these people wanted to go."),
        ("we would lose the harbour", "Absent a treaty that opens the strait we would lose the harbour."),
        ("гавань будет открыта", "Они рассчитывают на то, что гавань будет открыта."),
        ("гавань буде відкрита", "Ми очікуємо від Кельсо, що гавань буде відкрита."),
        ("гавань буде відкрита", "Гавань буде відкрита, якщо прийде флот."),
        ("мы готовы начать", "Мы готовы начать при выделении денег."),
    ],
)
def test_what_is_left_open_or_another_s_objects_in_other_words_lines_and_languages(quote: str, source: str) -> None:
    assert judge(quote, source).objections


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        ("trade needs open harbours", "Small states have long been aware that trade needs open harbours."),
        ("the harbour has frozen", "A dark winter lay over the coast, such that the harbour has frozen."),
        ("nobody can sing like that", "And we remarked that nobody can sing like that."),
        ("we have not seen the report", "We have to -- we have not seen the report."),
        ("the soul of the port needs work", "Let me say that the soul of the port needs work."),
        ("a port should pay for itself", "We have discussed on many occasions that a port should pay for itself."),
        ("гавань відкрита", "Я вважаю, що гавань відкрита."),
    ],
)
def test_what_the_speaker_states_in_other_frames_does_not_object(quote: str, source: str) -> None:
    assert judge(quote, source).objections == ()


def test_a_message_that_its_page_introduces_is_its_sender_s_own() -> None:
    source = 'Ilse Corvane sent greetings.\n\nThe message reads, in part:\n\n"The year was not easy. Even so, I will not forget them.\n\nWe go on."'
    assert judge("I will not forget them", source).objections == ()
