"""Two people of one surname are told apart by what the article says, and a name is given as full as the article has it."""

from __future__ import annotations

import pytest

from checker.extract import extract_attributions
from checker.extract.bearers import alike, ends_with
from checker.types import Article


def speakers(text: str) -> list[str | None]:
    return [one.speaker.name if one.speaker else None for one in extract_attributions(Article("x", text))]


_BOTH = "Bill Cole came to Ellan. Hillary Cole came too."


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (f"{_BOTH}\n\n“We agree,” Mr. Cole said.\n\n“So do I,” Mrs. Cole said.", ["Bill Cole", "Hillary Cole"]),
        (f"{_BOTH}\n\nIt rained.\n\nIt rained on.\n\n“We agree,” Cole said.", ["Bill Cole"]),
        (f"{_BOTH} “We agree,” Cole said.", ["Cole"]),
        ("Mayor Bo Cole came. Ida Cole, a sailor, came too.\n\n“We agree,” Mayor Cole said.", ["Bo Cole"]),
        ("George W. Ade came. George H.W. Ade said that it was late.", ["George H.W. Ade"]),
        ("Peter Ade came. Pete Ade said that it was late.", ["Peter Ade"]),
        ("Ann B. Cole came. Ann B. Cole left. Ann Cole said that it was late.", ["Ann B. Cole"]),
        ("Bill de Ade came. De Ade said that it was late.", ["Bill de Ade"]),
        ("Debbie Wassel Ade came. Wassel Ade said that it was late.", ["Debbie Wassel Ade"]),
        ("Ivanka Ade came. Ivanka said that it was late.", ["Ivanka Ade"]),
        ("Robert “Bobby” Cole came. Bobby said that it was late.", ["Robert “Bobby” Cole"]),
        ("Robert (Bobby) Cole came. Bobby Cole said that it was late.", ["Robert (Bobby) Cole"]),
        ('Robert "Bobby" Cole said that it was late.', ['Robert "Bobby" Cole']),
        ("Rep. Peter T. King came. King said that it was late. Mr. King left.", ["Peter T. King"]),
    ],
)
def test_a_mention_is_given_whose_name_it_is(text: str, names: list[str]) -> None:
    assert speakers(text) == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Rival Hillary Cole said that it was late. Hillary Cole left.", "Hillary Cole"),
        ("Hillary Cole came. Co-moderator Andrea Ade said that it was late.", "Andrea Ade"),
        ("Whether Mr. Cole stays is open. Bo Cole came. Cole said that it was late.", "Bo Cole"),
        ("Ellan Police Chief Calvin Ade said that it was late.", "Calvin Ade"),
        ("Assemblywoman Claudia Ade said that it was late.", "Claudia Ade"),
        ("Donald Ade Backs Hillary Cole for Mayor of Ellan\n\nHillary Cole came. Cole said it was late.", "Hillary Cole"),
        ("The American Legion said that it was late.", "American Legion"),
        ("The U.S. Court of Appeals for the Ninth Circuit said that it was late.",
         "U.S. Court of Appeals for the Ninth Circuit"),
        ("The Centers for Harbour Control said that it was late.", "Centers for Harbour Control"),
        ("The U.S. Harbour Survey said that it was late.", "U.S. Harbour Survey"),
        ("U.S. District Judge Bo Ade said that it was late.", "Bo Ade"),
        ("City Council Speaker Melissa Ade came. Ade said that it was late.", "Melissa Ade"),
        ("J. J. Ade said that it was late.", "J. J. Ade"),
        ("Bo Cole came. Mr. Cole’s assertion that it was late is old.", "Bo Cole"),
        ("The lawsuit against Ann Cole said that it was late.", "lawsuit against Ann Cole"),
        ("Without Mr. Ade, Bo Cole said, it was late.", "Bo Cole"),
    ],
)  # fmt: skip
def test_what_stands_before_a_name_is_no_part_of_it(text: str, name: str) -> None:
    assert speakers(text)[0] == name


def test_forms_of_one_name() -> None:
    assert alike(("Ann", "Cole"), ("A.", "Cole")) and alike(("Pete", "Ade"), ("Peter", "Ade"))
    assert not alike(("George", "W.", "Ade"), ("George", "H.W.", "Ade")) and not alike(("Bo", "Ade"), ("Bob", "Ade"))
    assert ends_with(("Bill", "de", "Ade"), ("De", "Ade")) and not ends_with(("Rival", "Ann", "Ade"), ("Ann", "Ade"))
