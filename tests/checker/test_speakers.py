"""Who is meant by a name, an office, an institution."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from checker.errors import SettingsError
from checker.speakers import Bearing, Register, filled, is_role, load_register, same_name
from checker.speakers.delegations import delegates
from checker.speakers.names import full_name
from corpus.types import Document, PartialDate, Span, SpeakerLabel, Turn, TurnKind


def document(
    publisher: str,
    *,
    date: str = "2016-06-01",
    speakers: tuple[str, ...] = (),
    turn: str = "",
    kind: TurnKind = "speech",
) -> tuple[Document, Turn]:
    only = Turn(0, turn, kind, Span(0, 4))
    return Document("d", publisher, "", "Text", (only,), date=PartialDate.parse(date), speakers=speakers), only


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Vladimir Putin", "President of Russia Vladimir Putin"),
        ("Vladimir Putin", "В.Путин"),
        ("Putin", "Владимир Путин"),
        ("Sergey Lavrov", "SERGEI LAVROV"),
        ("Jay Carney", "MR. CARNEY"),
        ("Recep Tayyip Erdogan", "President of Turkey Recep Tayyip Erdogan (retranslated)"),
        ("George Bush", "George W. Bush"),
        ("Bo Cole Jr.", "BO COLE, JR."),
        ("Bo Cole Jr.", "JUDGE COLE"),
        ("Олга Горан", "Olha Horan"),
        ("Eva Ieltin", "Ева Ельтин"),
        ("Yeva Eltin", "Ева Ельтин"),
        ("Ильхам Рукан", "Ilham Rukan"),
        ("Александр Орлек", "Alexander Orlek"),
        ("Bo Al Rukan", "Mr. AL RUKAN"),
        ("Hamdi Ould Rukan", "Mr. OULD RUKAN"),
        ("King Orlek II", "Orlek II ibn Al Rukan"),
        ("Aldo Corvane", "Aldo Corvane Ruiz"),
        ("прем’єр Горан", "Денис Горан"),
        ("генпрокурор Ева Ельтин", "Ева Ельтин"),
        ("Eva Goran", "Central Weights Commission Chairperson Eva Goran"),
    ],
)
def test_these_can_be_one_person(one: str, other: str) -> None:
    assert same_name(one, other)
    assert same_name(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Vladimir Putin", "Lyudmila Putina"),
        ("Bo Al", "Bo Al Rukan"),
        ("Aldo Corvane", "Aldo Ruiz Corvane Goran"),
        ("Bo Al Rukan", "Eva Al Rukan"),
        ("King Orlek II", "King Orlek III"),
        ("Anna Orlova", "Boris Orlov"),
        ("A. Petrov", "B. Petrov"),
        ("Question", "Vladimir Putin"),
        ("Bo Cole Jr.", "Bo Cole"),
        ("Bo Cole II", "Bo Cole III"),
        ("George H. W. Bush", "George W. Bush"),
    ],
)
def test_these_are_two(one: str, other: str) -> None:
    assert not same_name(one, other)


@pytest.mark.parametrize(
    ("claimed", "publisher", "date", "turn", "kind", "expected"),
    [
        ("Barack Obama", "White House, Office of the Press Secretary", "2012-05-01", "THE PRESIDENT", "speech", "same"),
        (
            "Donald Trump",
            "White House, Office of the Press Secretary",
            "2012-05-01",
            "THE PRESIDENT",
            "speech",
            "other",
        ),
        ("Vladimir Putin", "President of Russia (kremlin.ru)", "2016-06-01", "", "narration", "reported"),
        ("Dmitry Medvedev", "President of Russia (kremlin.ru)", "2010-06-01", "", "narration", "reported"),
        ("Vladimir Putin", "President of Russia (kremlin.ru)", "2010-06-01", "", "narration", "other"),
        ("the Kremlin", "President of Russia (kremlin.ru)", "2016-06-01", "", "narration", "same"),
        ("Moscow", "President of Russia (kremlin.ru)", "2016-06-01", "", "narration", "same"),
        ("President of Russia", "President of Russia (kremlin.ru)", "2016-06-01", "", "narration", "same"),
        ("the Russian President", "President of Russia (kremlin.ru)", "2016-06-01", "Vladimir Putin", "speech", "same"),
        ("Russia's President", "President of Russia (kremlin.ru)", "2010-06-01", "Vladimir Putin", "speech", "other"),
        (
            "the US President",
            "White House, Office of the Press Secretary",
            "2012-05-01",
            "THE PRESIDENT",
            "speech",
            "same",
        ),
        ("Barack Obama", "President of Russia (kremlin.ru)", "2016-06-01", "", "narration", "other"),
        ("Vladimir Putin", "President of Russia (kremlin.ru)", "2016-06-01", "Question", "question", "other"),
    ],
)
def test_whose_words_a_turn_holds(
    claimed: str, publisher: str, date: str, turn: str, kind: TurnKind, expected: Bearing
) -> None:
    held, only = document(publisher, date=date, turn=turn, kind=kind)
    assert load_register().bearing(claimed, held, only) == expected


def test_narration_beside_turns_is_not_the_principal_s() -> None:
    turns = (Turn(0, "", "narration", Span(0, 4)), Turn(1, "Vladimir Putin", "speech", Span(6, 9)))
    held = Document("d", "President of Russia (kremlin.ru)", "", "Text\n\nYes", turns, date=PartialDate(2016))
    assert load_register().bearing("Vladimir Putin", held, turns[0]) == "other"


def test_a_speaker_of_the_page_owns_a_turn_without_label() -> None:
    held, only = document("Somebody", speakers=("Wang Yi",))
    assert load_register().bearing("Wang Yi", held, only) == "same"


def heard(*labels: tuple[str, int, int]) -> Register:
    spoken = [SpeakerLabel(name, 1, PartialDate(first), PartialDate(last)) for name, first, last in labels]
    return filled(load_register(), lambda: spoken)


@pytest.mark.parametrize(
    ("date", "expected"), [("1962-05-01", "same"), ("1980-05-01", "same"), ("2012-05-01", "other")]
)
def test_a_bare_surname_long_after_somebody_s_time_is_somebody_else(date: str, expected: Bearing) -> None:
    held, only = document("Velmoran Archive", date=date, turn="MR. ORLEC")
    assert heard(("Petr Orlec", 1961, 1963)).bearing("Petr Orlec", held, only) == expected


def test_a_full_name_of_any_time_is_believed() -> None:
    held, only = document("Velmoran Archive", date="2012-05-01", turn="Petr Orlec")
    assert heard(("Petr Orlec", 1961, 1963)).bearing("Petr Orlec", held, only) == "same"


def test_a_surname_that_is_asked_for_is_read_as_all_are() -> None:
    labels = [
        ("Petr Orlec", 2001, 2003), ("MINISTER JANA ORLEC", 2002, 2004), ("P. Orlec", 2001, 2001), ("Ilse Corvane Jr.", 2010, 2011),
        ("Петр Орлец", 1999, 2000), ("Corvane Ilse", 2012, 2013), ("Question", 2001, 2002),
    ]  # fmt: skip
    by_surname, read_whole = heard(*labels).heard, heard(*labels).heard
    found = {surname: [each.name for each in by_surname[surname]] for surname in read_whole}
    assert found == {
        "orlec": ["Petr Orlec", "Jana Orlec"], "corvane": ["Ilse Corvane Jr"], "orlets": ["Петр Орлец"], "ilse": ["Corvane Ilse"],
    }  # fmt: skip
    assert by_surname.get("nobody") is None


def test_a_surname_that_two_people_of_the_corpus_bear_is_named_as_such() -> None:
    register = heard(("Petr Orlec", 2001, 2003), ("MINISTER JANA ORLEC", 2002, 2004), ("P. Orlec", 2001, 2001))
    assert register.namesakes("Orlec") == ("Petr Orlec", "Jana Orlec")
    assert register.namesakes("Minister Orlec") == ("Petr Orlec", "Jana Orlec")
    assert register.namesakes("Petr Orlec") == register.namesakes("Mirov") == ()


@pytest.mark.parametrize(
    ("claimed", "date", "turn", "expected"),
    [
        ("Robert Gibbs", "2010-05-01", "MR. GIBBS", "same"),
        ("Hanno Gibbs", "2010-05-01", "MR. GIBBS", "other"),
        ("the White House", "2010-05-01", "MR. GIBBS", "same"),
        ("the White House", "2010-05-01", "MR. HOLDER", "other"),
        ("Washington", "2010-05-01", "THE PRESIDENT", "same"),
        ("the Kremlin", "2010-05-01", "MR. GIBBS", "other"),
    ],
)
def test_an_office_holder_is_known_by_surname_and_speaks_for_the_institution(
    claimed: str, date: str, turn: str, expected: Bearing
) -> None:
    held, only = document("White House, Office of the Press Secretary", date=date, turn=turn)
    assert load_register().bearing(claimed, held, only) == expected


def test_a_label_with_nothing_but_a_surname_is_not_a_confirmed_given_name() -> None:
    register = load_register()
    held, only = document("White House, Office of the Press Secretary", date="2010-05-01", turn="MR. HOLDER")
    assert register.only_surname("Eric Holder", held, only)
    assert not register.only_surname("Holder", held, only)
    held, only = document("White House, Office of the Press Secretary", date="2010-05-01", turn="MR. GIBBS")
    assert not register.only_surname("Robert Gibbs", held, only)


def test_editors_add_people_and_aliases_of_their_own(tmp_path: Path) -> None:
    file = tmp_path / "speakers.toml"
    file.write_text(
        '[[person]]\nid = "petr-orlec"\nname = "Petr Orlec"\naliases = ["the Otter"]\n'
        '[[person]]\nid = "vladimir-putin"\nname = "Vladimir Putin"\naliases = ["the Russian leader"]\n'
        '[[institution]]\nid = "velmora"\nname = "Velmora House"\npublishers = ["Velmora House"]\nstate = "velmora"\n'
        '[[term]]\nperson = "petr-orlec"\ninstitution = "velmora"\ntitle = "chancellor"\nfirst = "2020"\n'
    )
    register = load_register(str(file))
    assert register.identify("the Otter") == "petr-orlec"
    assert register.identify("the Russian leader") == register.identify("Putin") == "vladimir-putin"
    held, only = document("Velmora House", date="2024-05-01", turn="THE CHANCELLOR")
    assert register.bearing("Petr Orlec", held, only) == "same"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[person]\n", "not a TOML file"),
        ('[[persn]]\nid = "a"\n', "persn"),
        ('[[person]]\nid = "orlec"\n', "orlec: name is missing"),
        ('[[person]]\nid = "orlec"\nname = "Orlec"\nage = "7"\n', "orlec: age is not known"),
        ('[[person]]\nid = "orlec"\nname = "Orlec"\naliases = "Otter"\n', "aliases must be a list"),
        ('[[term]]\nperson = "orlec"\ninstitution = "kremlin"\ntitle = "x"\nfirst = "2020"\n', "no entry with the id 'orlec'"),
        (
            '[[term]]\nperson = "vladimir-putin"\ninstitution = "kremlin"\ntitle = "x"\nfirst = "May"\n',
            "not a date",
        ),
    ],
)  # fmt: skip
def test_a_mistake_in_an_editors_file_is_named(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "speakers.toml"
    file.write_text(text)
    with pytest.raises(SettingsError, match=says) as raised:
        load_register(str(file))
    assert "speakers.toml" in str(raised.value)


def test_a_missing_editors_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"nowhere\.toml"):
        load_register(str(tmp_path / "nowhere.toml"))


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("ANN COLE JR.", "Ann Cole Jr"),
        ("ANN COLE III", "Ann Cole III"),
        ("MR. COLE JR.", None),
        ("SERGEY LAVROV", "Sergey Lavrov"),
    ],
)
def test_a_full_name_keeps_what_parts_son_and_father(label: str, name: str | None) -> None:
    assert full_name(label) == name


def test_the_son_of_somebody_in_the_register_is_not_in_it() -> None:
    register = load_register()
    assert register.identify("Donald Trump") == "donald-trump"
    assert register.identify("Donald Trump Jr.") is None


@pytest.mark.parametrize(
    ("claimed", "title", "speaks"),
    [
        ("Denmark", "UN General Debate, session 2, Denmark", True),
        ("the Danish delegate", "UN General Debate, session 2, Kingdom of Denmark", True),
        ("the US delegation", "UN General Debate, session 2, United States of America", True),
        ("Swaziland", "UN General Debate, session 2, Kingdom of Eswatini", True),
        ("Saint Lucia", "UN General Debate, session 2, St. Lucia", True),
        ("Niger", "UN General Debate, session 2, Nigeria", False),
        ("Guinea", "UN General Debate, session 2, Equatorial Guinea", False),
        ("Republic of the Congo", "UN General Debate, session 2, Democratic Republic of the Congo", False),
        ("Congo", "UN General Debate, session 2, Democratic Republic of the Congo", False),
        ("South Korea", "UN General Debate, session 2, Democratic People's Republic of Korea", False),
        ("Denmark", "Speech at the harbour fair, Denmark", False),
    ],
)
def test_a_delegate_speaks_for_the_state_of_the_title_and_no_other(claimed: str, title: str, speaks: bool) -> None:
    speech = Document("d", "A publisher", title, "Text", (Turn(0, "Oda Brim", "speech", Span(0, 4)),))
    assert delegates(claimed, speech) is speaks


@pytest.mark.parametrize(
    ("office", "heads"),
    [
        ("President", True), ("Head of State", True), ("President of Russia", True), ("Russian President", True),
        ("President of Turkey", False), ("Turkish President", False), ("Vice President", False), ("Minister", False),
    ],
)  # fmt: skip
def test_a_page_s_own_head_is_told_from_other_offices(office: str, heads: bool) -> None:
    page, _ = document("President of Russia (kremlin.ru)")
    assert load_register().heads(office, page) is heads


@pytest.mark.parametrize(
    "label",
    ["THE PRESIDENT", "Prime Minister", "President of Velmora", "Minister of Foreign Affairs of Saudi Arabia", "VICE PRESIDENT",
     "Q", "Question (retranslated)", "Question from Ostrava", "MODERATOR", "Вопрос", "Реплика", "Участник", "Голос из зала",
     "SENIOR ADMINISTRATION OFFICIALS", "UNIDENTIFIED MALE", "Audience member", "Interpreter", "Press Secretary", "THE JUDGE"],
)  # fmt: skip
def test_a_label_that_names_nobody_is_a_role(label: str) -> None:
    assert is_role(label, load_register(None))


@pytest.mark.parametrize(
    "label",
    ["Ilse Corvane", "MS. LORNE", "MR. KING", "KING", "Senator King", "GENERAL JUDGE", "President Corvane", "Speaker Dreyfell",
     "Minister of Energy Anton Brask", "President of Velmora Ilse Corvane", "И.Корвейн", "Президент Корвейн", "LORNE", "Vladimir Putin",
     "Question Time Ltd", "Host Berin Tallow", "Dr. Dean", ""],
)  # fmt: skip
def test_a_label_that_may_name_somebody_is_no_role(label: str) -> None:
    assert not is_role(label, load_register(None))


def test_a_label_that_an_editor_has_named_is_no_role(tmp_path: Path) -> None:
    path = tmp_path / "speakers.toml"
    path.write_text('[[person]]\nid = "ilse-corvane"\nname = "Ilse Corvane"\naliases = ["Chair"]\n', encoding="utf-8")
    assert is_role("Chair", load_register(None))
    assert not is_role("Chair", load_register(path))


@pytest.mark.parametrize(
    ("claimed", "title", "bearing"),
    [
        ("Asamoah of Ghana", "UN General Debate, session 37, Ghana", "same"),
        ("President Asamoah of Ghana", "UN General Debate, session 37, Ghana", "same"),
        ("Asamoah of Togo", "UN General Debate, session 37, Ghana", "other"),
        ("Asamoah of Ghana", "A visit to Accra, Ghana", "other"),
    ],
)
def test_a_state_behind_a_name_is_the_one_that_speaks(claimed: str, title: str, bearing: Bearing) -> None:
    page, turn = document(
        "UN General Assembly" if "UN" in title else "City of Kareth", turn="ASAMOAH", date="1982-10-01"
    )
    page = replace(page, title=title)
    assert load_register().bearing(claimed, page, turn) == bearing


def test_whoever_a_title_says_a_page_is_by_speaks_in_it() -> None:
    page, turn = document("President of Ukraine (president.gov.ua)", kind="narration")
    page = replace(page, title="An Open Letter to the Harbours by Ilse Corvane")
    assert load_register().bearing("Ilse Corvane", page, turn) == "same"
    assert load_register().bearing("Bram Ostrey", page, turn) == "other"


@pytest.mark.parametrize(
    ("claimed", "publisher", "bearing"),
    [
        ("Президент России", "President of Russia (kremlin.ru)", "same"),
        ("Президент України", "President of Russia (kremlin.ru)", "other"),
    ],
)
def test_an_office_is_known_in_the_language_of_its_pages(claimed: str, publisher: str, bearing: Bearing) -> None:
    page, turn = document(publisher, turn="В.Путин")
    assert load_register().bearing(claimed, page, turn) == bearing
