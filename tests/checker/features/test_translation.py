"""What every faithful translation keeps: figures, months, places, names, and whether it denies."""

from __future__ import annotations

import pytest

from checker.features.translation import language_of, untranslated
from checker.places import places
from checker.types import Claim, Reason, Statement
from corpus.read.records import document_of
from corpus.types import Span, Version

SOURCE = (
    "Сегодня третьего марта мы встретились с Ильзой Корвейн. В прошлом году Россия поставила 40 тысяч тонн зерна. "
    "Наш XVII съезд не поддержал договор с Германией."
)


def against(claim: str, language: str = "en") -> tuple[Reason, ...]:
    document = document_of({
        "id": "v-ru", "publisher": "Канцелярия", "title": "Встреча в Костроме", "language": "ru",
        "date": "2025-03-04", "text": SOURCE, "speakers": ["Отмар Дрейфелл"],
    })  # fmt: skip
    place = Statement(document, Version(1, "0" * 64, "2025-03-05"), document.turns[0], Span(0, len(SOURCE)), 1.0)
    return untranslated(Claim(claim, language=language), place, Span(0, len(SOURCE)), own=frozenset())


FIRST, SECOND, THIRD = SOURCE.index("Сегодня"), SOURCE.index("В прошлом"), SOURCE.index("Наш XVII")


@pytest.mark.parametrize(
    ("claim", "objections"),
    [
        ("Last year Russia delivered 40,000 tonnes of grain and did not stop", ()),
        ("Last year Russia delivered 14,000 tonnes of grain and did not stop", ("altered-number",)),
        ("Last year our friends in France got 40,000 tonnes of grain, not more", ("altered-entity",)),
        ("On 3 March they met Ilse Corvein, not in private", ()),
        ("On 3 May they met Ilse Corvein, not in private", ("altered-date",)),
        ("On 3 March they met Bertrand Montagny, not in private", ("altered-entity",)),
        ("Our 17th congress did not support the treaty with Germany", ()),
        ("Our 19th congress did not support the treaty with Germany", ("altered-number",)),
        ("Our 17th congress supported the treaty with Germany", ("negation",)),
    ],
)
def test_what_a_translation_cannot_change(claim: str, objections: tuple[Reason, ...]) -> None:
    assert against(claim) == objections


def test_in_a_language_whose_negations_are_not_known_nothing_is_said_of_them() -> None:
    assert "negation" not in against("Unser 17. Kongress stützte den Vertrag mit Deutschland", "de")


@pytest.mark.parametrize(
    ("text", "language", "named"),
    [
        ("In Syria and Iran", "en", {"SY", "IR"}),
        ("в Сирии и Иране", "ru", {"SY", "IR"}),
        ("Соединёнными Штатами", "ru", {"US"}),
        ("the congress met", "en", set()),
        ("something", "xx", set()),
    ],
)
def test_places_are_known_in_several_languages(text: str, language: str, named: set[str]) -> None:
    assert places(text, language) == named


def test_a_claims_language_is_the_given_one_or_that_of_its_script() -> None:
    assert language_of(Claim("Nous sommes prêts", language="fr")) == "fr"
    assert language_of(Claim("Ми готові до переговорів і чекаємо")) == "uk"


@pytest.mark.parametrize(
    ("quote", "given", "language"),
    [
        ("We will build the harbour together", None, "en"),
        ("Nous bâtirons le port de Marlo ensemble", None, "fr"),
        ("Мы построим её вместе", None, "ru"),
        ("Ми збудуємо гавань разом", None, "uk"),
        ("We will build the harbour together", "ru", "ru"),
    ],
)
def test_a_claims_language_is_what_is_given_or_what_its_words_are(quote: str, given: str | None, language: str) -> None:
    assert language_of(Claim(quote, language=given)) == language
