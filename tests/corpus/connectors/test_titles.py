"""Titles name the one person who speaks, and nobody where they name a body, several, or only mention a speech."""

from __future__ import annotations

import pytest

from corpus.connectors.titles import begun_by, speaker_in
from corpus.read.records import document_of


@pytest.mark.parametrize(
    ("title", "speaker"),
    [
        ("Remarks by President Lorne in Joint Address to the Assembly", "President Lorne"),
        ("Press Briefing by Press Secretary Nora Veil", "Press Secretary Nora Veil"),
        ("Press Gaggle by Deputy Press Secretary Ilva Senn Aboard the Ferry", "Deputy Press Secretary Ilva Senn"),
        ("The lamps will be lit again - address by President Ada Lorne", "President Ada Lorne"),
        ("Speech by the President of Marlo in the town hall of Tarn", "President of Marlo"),
        ("An answer from the Isles will come - address by the President of Marlo", "President of Marlo"),
        ("Statement from Secretary of State Bram Ostrey On Kesta", "Secretary of State Bram Ostrey"),
        ("Foreign Minister Bram Ostrey’s remarks and answers to media questions, Tarn", "Foreign Minister Bram Ostrey"),
        (
            "Comment by Foreign Ministry Spokeswoman Irma Velska on the lighthouse",
            "Foreign Ministry Spokeswoman Irma Velska",
        ),
        ("Statement by the Foreign Ministry", None),
        ("Comment by the Information and Press Department on Kesta", None),
        ("Remarks by President Lorne and Prime Minister Dorn of Kesta", None),
        ("Joint statement by the President of Marlo and the President of Kesta", None),
        ("Joint Statement by Wil Dorn, Prime Minister of Kesta and Ada Lorne, President of Marlo", None),
        ("On Foreign Minister Bram Ostrey’s meeting with Captain Wil Dorn", None),
        ("Interview with President Ada Lorne", None),
        ("The President answered questions by phone", None),
        ("", None),
    ],
)
def test_a_title_names_who_speaks(title: str, speaker: str | None) -> None:
    assert speaker_in(title) == speaker


@pytest.mark.parametrize(
    ("title", "first", "speaker"),
    [
        ("Выступление и ответы на вопросы СМИ Министра Б.Острея", "Б.Острей", "Б.Острей"),
        ("Брифинг официального представителя И.Вельской", "И.Вельская", "И.Вельская"),
        ("Выступление Министра Б.Острея", "В.Дорн", ""),
        ("Bram Ostrey’s remarks", "Bram Ostrey (retranslated)", "Bram Ostrey (retranslated)"),
    ],
)
def test_words_before_the_first_label_are_the_titles_speakers(title: str, first: str, speaker: str) -> None:
    turns = [{"speaker": "", "text": "The quay opens."}, {"speaker": "Question", "text": "When?"},
             {"speaker": first, "text": "Soon."}]  # fmt: skip
    begun = begun_by(document_of({"id": "m", "title": title, "language": "en", "turns": turns}))
    assert begun.turns[0].speaker == speaker
    assert begun.turns[0].kind == ("speech" if speaker else "narration")
