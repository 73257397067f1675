"""Which language a text is in: told from its letters (py3langid), from its script where it is too short for that.

The one home of that library; it reads a model of five megabytes that comes with it and asks no server.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import Any

_READ = 4_000
"""Code points that are looked at: more of a text tells no more."""

_FEWEST = 24
"""Letters below which the statistics guess ("no comment" is Italian to them)."""

_SURE = 0.9
"""Measured on 15,751 sentences of real documents in three languages (docs/evaluation.md): at this value none of 12,100
English sentences that long is taken for another language; less sure ones are left to their script."""

_LANGUAGES = (
    "ar be bg cs da de el en es et fa fi fr he hi hu hy it ja ka kk ko lt lv nl no pl pt ro ru sk sr sv tr uk zh"
).split()
"""Languages that officials' words are published in; Latin or Esperanto would only be mistakes for one of them."""


def language_of(text: str) -> str:
    """The two-letter code of a text's language.

    >>> language_of("Мы готовы к переговорам без условий"), language_of("Ми готові до переговорів без умов")
    ('ru', 'uk')
    >>> language_of("Nous sommes prêts à négocier sans conditions"), language_of("No comment")
    ('fr', 'en')
    """
    sample = text[:_READ]
    if sum(map(str.isalpha, sample)) >= _FEWEST:
        code, probability = _identifier().classify(sample)
        if probability >= _SURE:
            return str(code)
    return by_script(sample)


def by_script(text: str) -> str:
    """What the letters alone say: Ukrainian, Russian, or English for everything else.

    >>> by_script("Чому?"), by_script("Їжа"), by_script("Why?")
    ('ru', 'uk', 'en')
    """
    letters = [letter for letter in text.casefold() if letter.isalpha()]
    cyrillic = Counter(letter for letter in letters if "а" <= letter <= "ґ")
    if cyrillic.total() <= len(letters) / 2:
        return "en"
    # A Russian text may quote a Ukrainian name; a Ukrainian one has an і in every other sentence and never an ы.
    ukrainian = sum(cyrillic[letter] for letter in "іїєґ")
    return "uk" if ukrainian > sum(cyrillic[letter] for letter in "ыэъё") else "ru"


@lru_cache(maxsize=1)
def _identifier() -> Any:
    # Imported here because the model takes half a second and only texts of unknown language need it.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(_LANGUAGES)
    return identifier
