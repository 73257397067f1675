"""Languages are told from the words, and from the script where there are too few of them."""

from __future__ import annotations

import pytest

from corpus.language import by_script, language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The harbour of Marlo will open in the spring, the President said.", "en"),
        ("Гавань Марло откроется весной, сказала Президент журналистам.", "ru"),
        ("Гавань Марло відкриють навесні, сказала Президентка журналістам.", "uk"),
        ("Le port de Marlo ouvrira au printemps, a déclaré la présidente.", "fr"),
        ("Der Hafen von Marlo wird im Frühling öffnen, sagte die Präsidentin.", "de"),
        ("El puerto de Marlo se abrirá en primavera, dijo la presidenta.", "es"),
        ("瑪洛港將於春季開放，總統星期一在水手會議上這樣說。我們將一起建造它。", "zh"),
        ("", "en"),
        ("42 / 17", "en"),
        ("No comment.", "en"),
        ("Нет.", "ru"),
        ("Їжа", "uk"),
    ],
)
def test_the_language_is_told(text: str, language: str) -> None:
    assert language_of(text) == language


def test_a_foreign_name_does_not_change_a_script() -> None:
    assert by_script("Мы были в Києві") == "ru"


def test_a_long_text_is_told_by_its_beginning() -> None:
    assert language_of("The harbour will open in the spring. " * 200 + "Гавань откроется весной. " * 2_000) == "en"
