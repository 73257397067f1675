"""A mention becomes the fullest name that the article has for it."""

from __future__ import annotations

import pytest

from checker.extract import extract_attributions, read_statements
from checker.extract.phrases import description
from checker.types import Article


def speakers(text: str) -> list[tuple[str | None, str | None]]:
    return [
        (one.speaker.name if one.speaker else None, one.reported_by.name if one.reported_by else None)
        for one in extract_attributions(Article("x", text))
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("President Ann Cole came. “We agree,” Cole said.", "Ann Cole"),
        ("President Ann Cole came. “We agree,” she said.", "Ann Cole"),
        ("Ann Cole met Peter Ade. “We agree,” he said.", "Peter Ade"),
        ("President Ann Cole came. “We agree,” the president said.", "Ann Cole"),
        ("The minister, Bo Ade, said that it was late.", "Bo Ade"),
        ("Kareth’s Deputy Ambassador to Halvenia Bo Ade said it was late. Halvenia agreed.", "Bo Ade"),
        ("The Kremlin said that it was late.", "Kremlin"),
        ("The Prime Minister’s Office said that it was late.", "Prime Minister’s Office"),
        ("The Foreign Ministry issued a statement. “We agree,” that statement said.", "Foreign Ministry"),
        ("According to a statement put out by the Foreign Ministry, it was late.", "Foreign Ministry"),
        ("Halvenia and Kareth met. The two governments said that it was late.", "Halvenia and Kareth"),
        ("A spokesman for the harbour said that it was late.", "spokesman for the harbour"),
        ("Assertions made by Kareth that Halvenia is late are old.", "Kareth"),
        ("A spokesman for Ann Cole said that it was late.", "spokesman for Ann Cole"),
        ("The harbour group, funded by traders, said that it was late.", "harbour group"),
        ("There were those who said that it was late.", "those who said"),
        ("A panel led by the network’s Ann Cole said that it was late.", "panel led by the network’s Ann Cole"),
        ("A former spokesman for the harbour, Bo Ade, said that it was late.", "Bo Ade"),
        ("Ohio Sen. Ann Cole said that it was late.", "Ann Cole"),
        ("South Ellan-born Ann Cole said that it was late.", "Ann Cole"),
        ("Loretta met Peter Ade at noon. “We agree,” she said.", "Loretta"),
        ("Ann Cole met Tariq at noon. “We agree,” he said.", "Tariq"),
        ("Middle East Cole came. Ann Cole spoke. Cole said it was late.", "Ann Cole"),
        ("The Court of Appeals for the 6th Circuit said that it was late.", "Court of Appeals for the 6th Circuit"),
        ("Roger Ade spoke to us.\n\nContinued Ade: “So I think it is a real problem, and we know it.”", "Roger Ade"),
        ("District Judge Emma G. Ade came. Ade said that it was late.", "Emma G. Ade"),
        ("Harbour Watch issued a release. “It was late,” the Kareth Post reported.", "Kareth Post"),
        ("Other Halvenians said that it was late.", "Other Halvenians"),
        ("Cole’s old friends and allies have in the past said that he was late.", "Cole’s old friends and allies"),
        ("Aides and lawyers said that it was late.", "Aides and lawyers"),
        ("Friends and allies of Mr. Cole said that he was late.", "Friends and allies of Mr. Cole"),
        ("Ann Cole met friends and allies said that it was late.", "allies"),
        ("The harbour board’s chairman, Ohio Gov. Ann Cole, said that it was late.", "Ann Cole"),
        ("According to the Bureau of Harbour Statistics, it was late.", "Bureau of Harbour Statistics"),
        ("The Center for Tides and Harbours said that it was late.", "Center for Tides and Harbours"),
        ("According to a memo released by the Harbour Board, it was late.", "Harbour Board"),
        ("It was late, according to a survey conducted by the Harbour Board.", "Harbour Board"),
        ("A survey, conducted by the Harbour Board, came out. According to the survey, it was late.", "Harbour Board"),
        ("The Harbour Board issued a statement. A new poll said that it was late.", "new poll"),
        ("Senator Ann Cole came. The Ohio Republican said that it was late.", "Ann Cole"),
        ("Senator Ann Cole came. The candidate said that it was late.", "Ann Cole"),
        ("Pres. Cole came. He said that it was late.", "Cole"),
        ("Asked by Bo Ade, Ann Cole said: “No.”\n\n“Not now,” she continued.", "Ann Cole"),
        ("Ann Cole said it was late. She leans toward Ida Ade, she said, because of that.", "Ann Cole"),
        ("Bo Ade and Ann Cole said that it was late.", "Bo Ade and Ann Cole"),
        ("Close to 50 sailors said that it was late.", "Close to 50 sailors"),
        ("Others, however, said that it was late.", "Others"),
        ("None of the scholars I interviewed thought it was late.", "None of the scholars"),
        ("Bo Ade, Ann Cole and Ida Rae said that it was late.", "Bo Ade, Ann Cole and Ida Rae"),
        (
            "Senator Ann Cole came. Instead, Cole and Representative Bo Ade said that it was late.",
            "Ann Cole and Bo Ade",
        ),
        ("Ann Cole came. In Cole’s view, the harbour is a disgrace.", "Ann Cole"),
        ("Ann Cole came. The harbour is a disgrace, in her view.", "Ann Cole"),
        ("In the opinion of Ann Cole, the harbour is a disgrace.", "Ann Cole"),
        ("Ann Cole came. Cole and her aides said that it was late.", "Ann Cole and her aides"),
        ("Democrats and Republicans said that it was late.", "Democrats and Republicans"),
        (
            "The 5th Ward’s Bo Ade and the 8th Ward’s Ann Cole said that it was late.",
            "Bo Ade and the 8th Ward’s Ann Cole",
        ),
        ("Ann Cole, during a meeting in Bremen, Ohio, said that it was late.", "Ann Cole"),
        ("Several candidates, including Ann Cole, said that it was late.", "Several candidates, including Ann Cole"),
        ("Female donors in both parties said that it was late.", "Female donors in both parties"),
        ("According to sailors and captains who had left, it was late.", "sailors and captains who had left"),
        ("Ann Cole shared a picture on her page, writing “We agree.”", "Ann Cole"),
        ("Ann Cole came. Recalling “the old harbour,” the mayor praised it.", "Ann Cole"),
        ("Conceding that it was late, Ann Cole left.", "Ann Cole"),
        ("The sailors left early. They said that it was late.", "sailors"),
        ("Bo Ade came. The Harbour Board closed his account; it did not explain why.", "Harbour Board"),
        ("It was the idea of Ann Cole, who said that it was late.", "Ann Cole"),
        ("Ann Cole came to New Jersey. In South Dakota and New Jersey, she said it was late.", "Ann Cole"),
        ("A woman named Susan came. She said that it was late.", "Susan"),
        ("The National Golf Foundation met. The foundation said that it was late.", "National Golf Foundation"),
        ("Министр обороны Анна Коул сообщила, что мост закрыт.", "Анна Коул"),
    ],
)
def test_the_speaker_is_named_in_full(text: str, name: str) -> None:
    assert speakers(text)[0] == (name, None)


def test_a_document_belongs_to_who_issued_it_and_not_to_who_reports_that() -> None:
    text = "The Tribune said Bo Ade provided a statement.\n\n“We agree,” the statement said."
    assert speakers(text)[-1] == ("Bo Ade", None)


def test_they_are_those_who_spoke_last_where_several_did() -> None:
    text = (
        "Sailors in both ports described the storm. More boats are lost every year. In winter, they said, it is worse."
    )
    assert speakers(text)[-1] == ("Sailors in both ports", None)


def test_a_person_far_back_is_meant_where_nobody_near_can_be() -> None:
    text = (
        "Susan Cole came. The hall was full. It rained. The lights went out. Chairs broke. She said that it was late."
    )
    assert speakers(text)[-1] == ("Susan Cole", None)


def test_who_was_asked_did_not_ask() -> None:
    text = "Asked about the harbour, Ann Cole said that it was late."
    assert speakers(text)[-1] == ("Ann Cole", None)
    assert "Ann Cole" not in [name for name, _ in speakers("Informed of the vote, Ann Cole left.")]


def test_a_pronoun_without_anybody_before_it_names_nobody() -> None:
    assert speakers("She said that it was late.") == [(None, None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("According to the Kremlin, Bo Ade “agreed to all of it.”", ("Bo Ade", "Kremlin")),
        ("The Post quoted Bo Ade as saying that it was late.", ("Bo Ade", "Post")),
        ("It was late, with the Post quoting Bo Ade as saying it was dark.", ("Bo Ade", "Post")),
        ("Bo Ade was quoted by the Post as saying that it was late.", ("Bo Ade", "Post")),
    ],
)
def test_the_outer_source_is_the_one_that_reports(text: str, expected: tuple[str, str]) -> None:
    assert speakers("Bo Ade came. " + text)[0] == expected


def test_speakers_of_the_register_carry_its_id() -> None:
    found = extract_attributions(Article("x", "President Vladimir Putin came. “We agree,” Putin said. Bo Ade said no."))
    assert [one.speaker.id for one in found if one.speaker] == ["vladimir-putin", None]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ann Cole was met by thousands of sailors. On the quay, they said that it was late.", "thousands of sailors"),
        ("Ann Cole was met by angry sailors. On the quay, they said that it was late.", "angry sailors"),
        (
            "Ann Cole, along with Bo Ade and a friend, wrote a paper. In it, they said that it was late.",
            "Ann Cole, along with Bo Ade and a friend",
        ),
        ("The Harbour Board met sailors. Cole leaves the UK for Ellan. They said that it was late.", "Harbour Board"),
        ("Sailors made a plan. Their analysis was short. They did not say that it was late.", "Sailors"),
    ],
)
def test_they_are_several_and_not_who_stands_nearest(text: str, name: str) -> None:
    assert speakers(text)[-1] == (name, None)


def test_who_is_named_behind_what_he_says_is_not_yet_the_topic() -> None:
    before = "Paul Ade ran the harbour. He also had a voice in the council, said a former clerk, John Cole.\n"
    assert speakers(before + "He persuaded the council that it was late.")[-1] == ("Paul Ade", None)
    assert speakers(before + "He said that it was late.")[-1] == ("John Cole", None)


def test_an_office_with_of_before_a_name_is_that_persons() -> None:
    assert speakers("Former Secretary of State Ann Cole said that it was late.") == [("Ann Cole", None)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Bo A. Cole came. Bo Cole Jr. said that it was late.", "Bo Cole Jr."),
        ("Bo Cole, Jr., came. Cole Jr. said that it was late.", "Bo Cole Jr."),
        ("Bo A. Cole came with Bo Cole Jr. in May. Mr. Cole said that it was late.", "Bo A. Cole"),
        ("Judge Bo A. Cole Jr. came. Judge Cole said that it was late.", "Bo A. Cole Jr."),
        ("Bo Cole III came. Mr. Cole said that it was late.", "Bo Cole III"),
        ("A spokesman for Bo Cole, Jr., said that it was late.", "spokesman for Bo Cole, Jr."),
    ],
)
def test_a_son_is_not_his_father(text: str, name: str) -> None:
    assert speakers(text)[-1] == (name, None)


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("even those who waited", "those who waited"),
        ("even", "even"),
        ("the aides, led by the mayor", "aides"),
        ("the aides, red and green", "aides, red and green"),
        ("the aides, United in name", "aides, United in name"),
    ],
)
def test_what_is_only_added_is_no_part_of_a_description(phrase: str, name: str) -> None:
    tokens, _ = read_statements(phrase)
    assert description((0, len(tokens.raw)), tokens) == name
