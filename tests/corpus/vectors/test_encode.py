"""Encoding: everything once, the most useful first, and again from where it was after a kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from corpus import rows
from corpus.embed import Encoders
from corpus.encode import Encoding, encode
from corpus.errors import DocumentNotFound, EncoderMismatch, EncoderUnavailable
from corpus.store import Corpus
from corpus.types import Document, Query
from corpus.vectors import rows as stored

MakeDocument = Callable[..., Document]


def test_everything_is_encoded_once(corpus: Corpus, make_document: MakeDocument, encoders: Encoders) -> None:
    list(corpus.add(make_document(f"marlo-{n}", text=f"The ferry number n{n} leaves at noon.") for n in range(40)))
    assert corpus.coverage().encoded_share == 0.0
    (first,) = encode(corpus, encoders)
    assert (first.space, first.encoder, first.done, first.total) == ("english", "fake@1", 40, 40)
    assert corpus.coverage().encoded_share == corpus.stats().encoded_share == 1.0
    assert encode(corpus, encoders) == ()
    list(corpus.add([make_document("later", text="Later words.")]))
    assert [each.done for each in encode(corpus, encoders)] == [1]


def test_progress_ends_at_the_total_and_a_limit_is_kept(
    corpus: Corpus, make_document: MakeDocument, encoders: Encoders
) -> None:
    list(corpus.add(make_document(f"marlo-{n}", text=f"Sentence s{n}.") for n in range(50)))
    seen: list[Encoding] = []
    encode(corpus, encoders, limit=30, on_progress=seen.append)
    assert [each.done for each in seen] == sorted(each.done for each in seen)
    assert (seen[-1].done, seen[-1].total) == (30, 30)
    assert corpus.coverage().encoded_share == 0.6
    encode(corpus, encoders, limit=30)
    assert corpus.coverage().encoded_share == 1.0


def test_each_language_goes_to_its_own_space_and_the_smaller_one_first(
    corpus: Corpus, make_document: MakeDocument, encoders: Encoders
) -> None:
    list(
        corpus.add(
            [
                make_document("one", text="One."),
                make_document("two", text="Two.", language="en-GB"),
                make_document("odin", text="Один.", language="ru"),
            ]
        )
    )
    assert [(each.space, each.done) for each in encode(corpus, encoders)] == [("multilingual", 1), ("english", 2)]
    assert {each.space: each.name for each in corpus.vectors.spaces()} == {
        "english": "fake@1", "multilingual": "fake-multilingual@1",
    }  # fmt: skip
    assert [(each.space, each.done) for each in encode(corpus, encoders, ids=["two"], space="multilingual")] == [
        ("multilingual", 1)
    ]
    assert corpus.coverage().encoded_share == 1.0, "a passage with two vectors counts once"


def test_without_a_multilingual_encoder_other_languages_wait(
    corpus: Corpus, make_document: MakeDocument, encoders: Encoders
) -> None:
    list(corpus.add([make_document("one", text="One."), make_document("odin", text="Один.", language="ru")]))
    encode(corpus, Encoders.of(english=encoders.embedder("english")))
    assert corpus.coverage().encoded_share == 0.5
    with pytest.raises(EncoderUnavailable, match="multilingual"):
        encode(corpus, Encoders.of(english=encoders.embedder("english")), space="multilingual")


def _order(corpus: Corpus, encoders: Encoders, limit: int) -> list[tuple[str, int]]:
    """Which document's which turn each of the first vectors belongs to."""
    encode(corpus, encoders, limit=limit)
    (space,) = corpus.vectors.spaces()
    with corpus.vectors.connect() as connection:
        numbers = [number for block in stored.read_blocks(connection, space) for number in block.numbers.tolist()]
        held = rows.read_passages(connection, numbers)
    return [(held[number].document_id, held[number].turn) for number in numbers]


def test_publishers_take_turns_and_their_newest_documents_come_first(
    corpus: Corpus, make_document: MakeDocument, encoders: Encoders
) -> None:
    list(
        corpus.add(
            [
                *(make_document(f"big-{year}", text=f"Year y{year}.", date=str(year), publisher="Big") for year in range(2020, 2026)),
                make_document("small-2001", text="Small y2001.", date="2001", publisher="Small"),
                make_document("undated", text="Small and undated.", publisher="Small"),
                make_document("agency-2030", text="Agency y2030.", date="2030", publisher="Big", tier="agency"),
            ]
        )
    )  # fmt: skip
    order = [id for id, _ in _order(corpus, encoders, 9)]
    assert order[:4] == ["big-2025", "small-2001", "big-2024", "undated"]
    assert order[-1] == "agency-2030"


def test_what_is_said_comes_before_questions_and_what_is_narrated_around_it(
    corpus: Corpus, make_document: MakeDocument, encoders: Encoders
) -> None:
    talk = [("", "She comes in."), ("Q", "When does it open?"), ("Ada Lorne", "In spring.")]
    list(corpus.add([make_document("talk", turns=talk, date="2025"), make_document("note", text="It opens.")]))
    assert _order(corpus, encoders, 4) == [("talk", 2), ("note", 0), ("talk", 0), ("talk", 1)]


def test_named_documents_are_encoded_alone(corpus: Corpus, make_document: MakeDocument, encoders: Encoders) -> None:
    list(corpus.add(make_document(f"marlo-{n}", text=f"Sentence s{n}.") for n in range(5)))
    assert [each.done for each in encode(corpus, encoders, ids=["marlo-3", "marlo-1", "marlo-3"])] == [2]
    with pytest.raises(DocumentNotFound, match="marlo-9"):
        encode(corpus, encoders, ids=["marlo-2", "marlo-9"])
    assert len(corpus.vectors.numbers("english")) == 2


def test_new_versions_are_encoded_and_the_old_ones_no_longer_found(
    corpus: Corpus, make_document: MakeDocument, encoders: Encoders
) -> None:
    list(corpus.add([make_document(text="The ferry leaves at noon.")]))
    encode(corpus, encoders)
    query = Query(("The boat departs at midday",), meaning=True)
    assert len(corpus.retrieve(query, limit=5, encoders=encoders)) == 1
    list(corpus.add([make_document(text="The ferry leaves at noon. Really.")]))
    assert corpus.coverage().encoded_share == 0.0
    assert all(each.cosine is None for each in corpus.retrieve(query, limit=5, encoders=encoders))
    encode(corpus, encoders)
    (found,) = corpus.similar("The boat departs at midday", encoders=encoders, limit=5)
    assert found.passage.version == 2
    assert list(corpus.verify()) == []


def test_another_encoder_is_refused_until_it_may_begin_again(
    corpus: Corpus, make_document: MakeDocument, encoders: Encoders
) -> None:
    list(corpus.add([make_document()]))
    encode(corpus, encoders)
    other = Encoders.of(english=encoders.embedder("multilingual"))
    with pytest.raises(EncoderMismatch, match=r"made by fake@1, not by fake-multilingual@1.*--again"):
        corpus.similar("The harbour", encoders=other, limit=1)
    list(corpus.add([make_document("marlo-2", text="Other words.")]))
    with pytest.raises(EncoderMismatch, match="--again"):
        encode(corpus, other)
    assert [each.cosine is not None for each in corpus.similar("The harbour", encoders=encoders, limit=1)] == [True]
    assert [each.done for each in encode(corpus, other, again=True)] == [2]
    assert len(corpus.similar("The harbour", encoders=other, limit=5)) == 2
    with pytest.raises(EncoderMismatch):
        corpus.similar("The harbour", encoders=encoders, limit=1)


def test_two_who_encode_the_same_passages_store_them_once(
    corpus: Corpus, make_document: MakeDocument, encoders: Encoders
) -> None:
    list(corpus.add(make_document(f"marlo-{n}", text=f"Sentence s{n}.") for n in range(3)))
    embedder = encoders.embedder("english")
    held = corpus.vectors.begin("english", embedder)
    numbers, vectors = np.array([1, 2], np.uint32), embedder.encode(["Sentence s0.", "Sentence s1."])
    assert corpus.vectors.keep(held, numbers, vectors) == 2
    assert corpus.vectors.keep(held, np.array([2, 3], np.uint32), vectors) == 1
    assert corpus.vectors.numbers("english").tolist() == [1, 2, 3]


SLOW = """
import sys, time
sys.path.insert(0, sys.argv[2])
from conftest import Fake
from corpus.embed import Encoders
from corpus.encode import encode
from corpus.store import Corpus

class Slow(Fake):
    def encode(self, texts):
        time.sleep(0.1)
        return super().encode(texts)

with Corpus.open(sys.argv[1]) as corpus:
    encode(corpus, Encoders.of(english=Slow()), on_progress=lambda reached: print(reached.done, flush=True))
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill")
def test_a_killed_run_loses_its_batch_and_nothing_else(
    tmp_path: Path, make_document: MakeDocument, encoders: Encoders
) -> None:
    with Corpus.open(tmp_path / "killed", create=True) as corpus:
        list(corpus.add(make_document(f"marlo-{n}", text=f"The ferry n{n} leaves at noon.") for n in range(2_000)))
    command = [sys.executable, "-c", SLOW, str(tmp_path / "killed"), str(Path(__file__).parent.parent)]
    run = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    )
    assert run.stdout is not None
    reported = [int(run.stdout.readline()) for _ in range(3)]
    time.sleep(0.05)  # in the middle of the next batch
    run.send_signal(signal.SIGKILL)
    run.communicate()
    with Corpus.open(tmp_path / "killed") as corpus:
        assert list(corpus.verify()) == []
        kept = len(corpus.vectors.numbers("english"))
        assert reported[-1] <= kept < 2_000
        assert [each.done for each in encode(corpus, encoders)] == [2_000 - kept]
        assert corpus.coverage().encoded_share == 1.0
        assert list(corpus.verify()) == []
