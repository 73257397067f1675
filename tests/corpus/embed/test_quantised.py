"""The fast encoder: near enough to the original wherever it runs, and made again when its file is broken."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from corpus.embed import quantised
from corpus.embed.minilm import load_minilm
from corpus.embed.quantised import LEAST_COSINE, SENTENCES, QuantisedMiniLM, load_quantised
from corpus.errors import EncoderUnavailable

pytestmark = [pytest.mark.model, pytest.mark.filterwarnings("ignore::DeprecationWarning")]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder in which the model has been made."""
    folder = tmp_path_factory.mktemp("cache") / "below"
    load_quantised(folder, threads=2)
    return folder


@pytest.fixture(scope="module")
def embedder(cache: Path) -> QuantisedMiniLM:
    return load_quantised(cache, threads=2)


def test_it_is_near_the_original_and_bears_its_name(embedder: QuantisedMiniLM) -> None:
    original = load_minilm()
    texts = [*SENTENCES, "Short.", " ".join(SENTENCES), "word " * 900]
    cosines = (embedder.encode(texts) * original.encode(texts)).sum(axis=1)
    assert cosines.mean() > 0.995 > LEAST_COSINE
    assert cosines.min() > 0.97
    assert (embedder.name, embedder.dimensions) == (original.name, original.dimensions)


def test_a_vector_does_not_depend_on_what_is_encoded_beside_it(embedder: QuantisedMiniLM) -> None:
    together = embedder.encode(SENTENCES)
    alone = np.concatenate([embedder.encode([text]) for text in SENTENCES])
    assert np.allclose(together, alone, atol=1e-4)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    assert embedder.encode([]).shape == (0, 384)


def test_a_broken_file_is_replaced(cache: Path) -> None:
    (path,) = cache.iterdir()
    whole = path.read_bytes()
    for broken in (b"", b"nothing of the kind", whole[: len(whole) // 2]):
        path.write_bytes(broken)
        assert load_quantised(cache).encode(["Yes."]).shape == (1, 384)
        assert path.read_bytes() == whole, "the export is the same every time"
    assert list(cache.iterdir()) == [path]


def test_what_is_not_near_enough_is_refused(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quantised, "LEAST_COSINE", 0.99999)
    with pytest.raises(EncoderUnavailable, match=r"within a cosine of 0\.99.*ONRECORD_ENCODER=minilm"):
        load_quantised(cache)


def test_without_a_place_to_keep_it_it_still_works(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    assert load_quantised(tmp_path / "file" / "below").encode(["Yes."]).shape == (1, 384)


def test_it_needs_no_torch_once_it_is_kept(cache: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from corpus.embed.quantised import load_quantised; "
        f"load_quantised(Path({str(cache)!r})).encode(['Yes.']); print('torch' in sys.modules, 'onnx' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
