"""The multilingual encoder puts a sentence near its translation."""

from __future__ import annotations

import numpy as np
import pytest

from corpus.embed.multilingual import Multilingual, load_multilingual

PAIRS = [
    ("The harbour opens in spring.", "Гавань откроется весной."),
    ("The two ministers discussed trade and the price of grain.", "Два министра обсудили торговлю и цену зерна."),
    ("Our soldiers will come home by Christmas.", "Наши солдаты вернутся домой к Рождеству."),
    ("Nobody was hurt in the fire.", "Під час пожежі ніхто не постраждав."),
]


@pytest.fixture(scope="module")
def embedder() -> Multilingual:
    return load_multilingual(threads=2)


@pytest.mark.model
def test_a_translation_is_nearest_to_its_original(embedder: Multilingual) -> None:
    english, other = (embedder.encode(texts) for texts in zip(*PAIRS, strict=True))
    assert (english @ other.T).argmax(axis=1).tolist() == list(range(len(PAIRS)))
    assert np.allclose(np.linalg.norm(english, axis=1), 1, atol=1e-4)
    assert embedder.name.startswith("universal-sentence-encoder-multilingual-3@0db566fd")


@pytest.mark.model
def test_a_vector_does_not_depend_on_what_is_encoded_beside_it(embedder: Multilingual) -> None:
    texts = [text for pair in PAIRS for text in pair] * 5
    together = embedder.encode(texts)
    assert together.shape == (40, 512)
    assert np.allclose(together[:8], np.concatenate([embedder.encode([text]) for text in texts[:8]]), atol=1e-5)
    assert embedder.encode([]).shape == (0, 512)
