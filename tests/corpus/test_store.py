"""The corpus promises: nothing twice, nothing lost, every version kept, and damage found."""

from __future__ import annotations

import itertools
import multiprocessing
import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from corpus.database import FILE, open_database, writing
from corpus.errors import DocumentNotFound
from corpus.rows import text_hash
from corpus.store import Corpus
from corpus.types import Document, PartialDate, Query

MakeDocument = Callable[..., Document]


@pytest.fixture
def corpus(location: str) -> Iterator[Corpus]:
    """An empty corpus, on each database."""
    with Corpus.open(location, create=True) as opened:
        yield opened


def _sql(corpus: Corpus, statement: str) -> None:
    """Change the database behind the corpus' back."""
    engine = open_database(corpus.place)
    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            statement = statement.replace("x'", "'\\x")  # bytes are written otherwise there
        connection.exec_driver_sql(statement)
        connection.commit()
    engine.dispose()


def test_it_returns_a_document_as_it_was_added(corpus: Corpus, make_document: MakeDocument) -> None:
    document = make_document(
        turns=[("Ada Lorne", "We will build the harbour."), ("Q", "When?"), ("", "She smiled.")],
        date="2031-04",
        speakers=("Ada Lorne",),
        url="https://marlo.example/1",
        licence="CC0",
        translation="unofficial",
        tier="agency",
        metadata={"room": 7, "half": "\ud800"},
    )
    assert [each.outcome for each in corpus.add([document])] == ["added"]
    found = corpus.document("marlo-1")
    assert found.document == document
    assert (found.version.number, found.version.sha256) == (1, text_hash(document.text))
    assert found.also_at == ()


def test_adding_the_same_again_changes_nothing(corpus: Corpus, make_document: MakeDocument) -> None:
    list(corpus.add([make_document()]))
    before = (corpus.fingerprint(), corpus.coverage())
    again = list(corpus.add([make_document(), make_document()]))
    assert [(each.outcome, each.version) for each in again] == [("unchanged", 1)] * 2
    assert (corpus.fingerprint(), corpus.coverage()) == before
    assert corpus.stats().versions == 1


def test_the_same_document_twice_in_one_batch_is_stored_once(corpus: Corpus, make_document: MakeDocument) -> None:
    outcomes = [each.outcome for each in corpus.add([make_document(), make_document()])]
    assert outcomes == ["added", "unchanged"]
    assert list(corpus.verify()) == []


def test_another_text_under_the_same_id_is_a_new_version(corpus: Corpus, make_document: MakeDocument) -> None:
    first, second = make_document(text="The harbour opens in May."), make_document(text="The harbour opens in June.")
    added = [each for document in (first, second) for each in corpus.add([document])]
    assert [(each.outcome, each.version) for each in added] == [("added", 1), ("new-version", 2)]
    assert corpus.document("marlo-1").document == second
    assert corpus.document("marlo-1", version=1).document == first
    assert (corpus.coverage().documents, corpus.stats().versions) == (1, 2)
    assert [(each.id, each.versions) for each in corpus.documents()] == [("marlo-1", 2)]


def test_two_texts_of_one_id_in_one_batch_are_two_versions(corpus: Corpus, make_document: MakeDocument) -> None:
    added = list(corpus.add([make_document(text="One wording."), make_document(text="Another wording.")]))
    assert [(each.outcome, each.version) for each in added] == [("added", 1), ("new-version", 2)]
    assert corpus.document("marlo-1").document.text == "Another wording."


def test_a_record_that_goes_back_to_an_earlier_text_is_current_again(
    corpus: Corpus, make_document: MakeDocument
) -> None:
    first, second = make_document(text="The harbour opens in May."), make_document(text="The harbour opens in June.")
    list(corpus.add([first, second]))
    (back,) = corpus.add([first])
    assert (back.outcome, back.version, back.before) == ("reverted", 1, 2)
    assert corpus.document("marlo-1").document == first
    assert [(each.kind, each.to_version) for each in corpus.history.events()] == [("changed", 1), ("changed", 2)]
    third = make_document(text="The harbour opens in July.")
    assert [(each.outcome, each.version, each.before) for each in corpus.add([third])] == [("new-version", 3, 1)]
    assert list(corpus.verify()) == []


def test_a_file_that_holds_two_texts_of_one_id_does_not_go_to_and_fro(
    corpus: Corpus, make_document: MakeDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus.store.BATCH_DOCUMENTS", 2)
    held = [make_document(text="One wording."), make_document("b"), make_document("c"), make_document(text="Another.")]
    list(corpus.add(held))
    before, events = corpus.fingerprint(), corpus.history.events()
    again = list(corpus.add(held))
    assert sorted((each.document_id, each.outcome, each.version) for each in again) == [
        ("b", "unchanged", 1), ("c", "unchanged", 1), ("marlo-1", "unchanged", 1), ("marlo-1", "unchanged", 2),
    ]  # fmt: skip
    assert (corpus.fingerprint(), corpus.history.events()) == (before, events)


def test_another_thing_said_of_the_same_text_is_a_new_version(corpus: Corpus, make_document: MakeDocument) -> None:
    first = make_document(speakers=("Ada Lorne",), date="2031-04-02")
    list(corpus.add([first]))
    corrected = make_document(speakers=("Bram Ostrey",), date="2031-04-03", tier="secondary")
    (added,) = corpus.add([corrected])
    assert (added.outcome, added.version, added.before, added.corrected) == ("new-version", 2, 1, True)
    assert corpus.document("marlo-1").document == corrected
    assert corpus.document("marlo-1", version=1).document == first
    (event,) = corpus.history.events()
    assert (event.kind, event.from_version, event.to_version, event.typographic) == ("corrected", 1, 2, False)
    assert [(each.field, each.before, each.after) for each in corpus.history.described("marlo-1", 1, 2)] == [
        ("speakers", "Ada Lorne", "Bram Ostrey"), ("date", "2031-04-02", "2031-04-03"), ("tier", "primary", "secondary"),
    ]  # fmt: skip
    assert [each.outcome for each in corpus.add([corrected, corrected])] == ["unchanged"] * 2
    assert [(each.outcome, each.version) for each in corpus.add([first])] == [("reverted", 1)]
    assert list(corpus.verify()) == []


def test_the_label_of_one_turn_can_be_corrected(corpus: Corpus, make_document: MakeDocument) -> None:
    said = [("Ada Lorne", "We will build the harbour."), ("Q", "When?"), ("Ada Lorne", "In May.")]
    list(corpus.add([make_document(turns=said)]))
    corrected = make_document(turns=[*said[:2], ("Bram Ostrey", "In May.")])
    assert [(each.outcome, each.corrected) for each in corpus.add([corrected])] == [("new-version", True)]
    assert [(each.field, each.before, each.after) for each in corpus.history.described("marlo-1", 1, 2)] == [
        ("turn", "Ada Lorne", "Bram Ostrey")
    ]


@pytest.mark.parametrize("other", [{"licence": "CC0"}, {"metadata": {"room": 8}}])
def test_what_decides_nothing_makes_no_version(
    corpus: Corpus, make_document: MakeDocument, other: dict[str, object]
) -> None:
    list(corpus.add([make_document()]))
    assert [each.outcome for each in corpus.add([make_document(**other)])] == ["unchanged"]


def test_an_identical_text_under_another_id_is_also_there(corpus: Corpus, make_document: MakeDocument) -> None:
    list(corpus.add([make_document("marlo-1"), make_document("copy-2"), make_document("copy-1")]))
    assert corpus.document("marlo-1").also_at == ("copy-1", "copy-2")
    assert corpus.document("copy-1").also_at == ("copy-2", "marlo-1")
    list(corpus.add([make_document("copy-2", text="It says something else now.")]))
    assert corpus.document("marlo-1").also_at == ("copy-1",)


def test_an_unknown_id_is_answered_with_a_similar_one(corpus: Corpus, make_document: MakeDocument) -> None:
    list(corpus.add([make_document("marlo-speech-2031")]))
    with pytest.raises(DocumentNotFound, match="did you mean marlo-speech-2031"):
        corpus.document("marlo-speech-2032")
    with pytest.raises(DocumentNotFound, match="version 4 of 'marlo-speech-2031'"):
        corpus.document("marlo-speech-2031", version=4)


@pytest.mark.parametrize("id", ["", "%", "_", "'; --", "неизвестно", "x" * 5_000])
def test_an_odd_id_is_only_not_found(corpus: Corpus, make_document: MakeDocument, id: str) -> None:
    list(corpus.add([make_document("marlo-1")]))
    with pytest.raises(DocumentNotFound):
        corpus.document(id)


def test_the_fingerprint_does_not_depend_on_the_order(tmp_path: Path, make_document: MakeDocument) -> None:
    documents = [make_document(f"marlo-{n}", text=f"Statement number {n}.") for n in range(6)]
    prints = set()
    for number in range(4):
        shuffled = random.Random(number).sample(documents, len(documents))
        with Corpus.open(tmp_path / str(number), create=True) as corpus:
            for part in itertools.batched(shuffled, number + 1) if hasattr(itertools, "batched") else [shuffled]:
                list(corpus.add(part))
            prints.add(corpus.fingerprint())
    assert len(prints) == 1
    assert all(len(each) == 12 and int(each, 16) >= 0 for each in prints)


def test_another_text_or_another_id_is_another_fingerprint(tmp_path: Path, make_document: MakeDocument) -> None:
    prints = set()
    for number, document in enumerate([make_document(), make_document("marlo-2"), make_document(text="Other words.")]):
        with Corpus.open(tmp_path / str(number), create=True) as corpus:
            list(corpus.add([document]))
            prints.add(corpus.fingerprint())
    assert len(prints) == 3


def test_an_empty_corpus_says_that_it_is_empty(corpus: Corpus) -> None:
    stats = corpus.stats()
    assert (stats.documents, stats.versions, stats.passages, stats.publishers) == (0, 0, 0, ())
    assert (stats.first, stats.last, stats.encoded_share) == (None, None, 0.0)
    assert stats.bytes > 0
    assert list(corpus.documents()) == []
    assert list(corpus.verify()) == []
    assert corpus.retrieve(Query(("the harbour will open",)), limit=5) == ()


def test_stats_count_by_publisher_with_first_and_last_date(corpus: Corpus, make_document: MakeDocument) -> None:
    marlo = [make_document(f"m-{date}", text=f"On {date}.", date=date) for date in ("2031-04-02", "2030", "2031-05")]
    other = make_document("v-1", text="Vennish news.", publisher="Government of Venn")
    list(corpus.add([*marlo, other]))
    stats = corpus.stats()
    assert (stats.documents, stats.versions, stats.first, stats.last) == (4, 4, "2030", "2031-05")
    assert [(each.name, each.documents, each.first, each.last) for each in stats.publishers] == [
        ("Office of the President of Marlo", 3, "2030", "2031-05"),
        ("Government of Venn", 1, None, None),
    ]


def test_coverage_counts_current_versions_and_follows_every_change(corpus: Corpus, make_document: MakeDocument) -> None:
    assert corpus.coverage().documents == 0
    list(corpus.add([make_document("a", text="One.", date="2030-01-02"), make_document("b", text="Two.")]))
    coverage = corpus.coverage()
    assert (coverage.documents, coverage.passages) == (2, 2)
    assert coverage.publishers == ("Office of the President of Marlo",)
    assert coverage.first == coverage.last == PartialDate(2030, 1, 2)
    list(corpus.add([make_document("a", text="One, corrected.", date="2029")]))
    assert (corpus.coverage().documents, corpus.coverage().first) == (2, PartialDate(2029))


@pytest.mark.parametrize(
    ("first", "last", "expected", "why"),
    [
        ("2031-04-01", "2031-04-30", {"day", "month", "year"}, "every precision that can mean April"),
        ("2031-04-16", "2031-04-30", {"month", "year"}, "the day is over, the month and the year are not"),
        ("2031-03-01", "2031-03-31", {"year"}, "only the year can mean March"),
        ("2031", "2031", {"day", "month", "year"}, "a year means all its days"),
        ("2031-04", "2031-04", {"day", "month", "year"}, "a month means all its days"),
        ("2030-12-31", "2031-01-01", {"year"}, "a stretch over the turn of the year"),
        ("2032", "2040", set(), "later"),
        ("2001", "2030-12-31", set(), "earlier"),
    ],
)
def test_documents_of_a_speaker_are_counted_at_the_coarser_precision(
    corpus: Corpus, make_document: MakeDocument, first: str, last: str, expected: set[str], why: str
) -> None:
    dates = {"day": "2031-04-15", "month": "2031-04", "year": "2031", "undated": None}
    turns = [("Ada Lorne", "Good morning.")]
    list(corpus.add(make_document(id, turns=turns, date=date) for id, date in dates.items()))
    count = corpus.speaker_documents({"Ada Lorne"}, (), PartialDate.parse(first), PartialDate.parse(last))
    assert count == len(expected), why


def test_speakers_are_found_in_turns_in_lists_and_as_publishers(corpus: Corpus, make_document: MakeDocument) -> None:
    list(
        corpus.add(
            [
                make_document("turn", turns=[("Ada Lorne", "One."), ("Q", "Two?")]),
                make_document("list", text="Three.", speakers=("Ada Lorne", "Bram “the Ox” Ostrey")),
                make_document("publisher", text="Four.", publisher="Government of Venn"),
            ]
        )
    )
    assert corpus.speaker_documents({"Ada Lorne"}, ()) == 2
    assert corpus.speaker_documents({"Bram “the Ox” Ostrey"}, ()) == 1
    assert corpus.speaker_documents((), {"venn"}) == 1
    assert corpus.speaker_documents({"Ada Lorne"}, {"venn"}) == 3
    assert corpus.speaker_documents({"Ada"}, {"100%"}) == 0
    assert corpus.speaker_documents((), ()) == 0
    labels = {each.label: each.statements for each in corpus.speaker_labels()}
    assert labels == {"Ada Lorne": 2, "Q": 1, "Bram “the Ox” Ostrey": 1}


def test_publishers_in_other_scripts_are_found_in_any_case(corpus: Corpus, make_document: MakeDocument) -> None:
    list(corpus.add([make_document(publisher="Канцелярия Президента Марло")]))
    assert corpus.speaker_documents((), {"президента марло"}) == 1
    assert [each.id for each in corpus.documents(publisher="президента марло")] == ["marlo-1"]


def test_the_list_of_documents_is_by_date_and_can_be_narrowed(corpus: Corpus, make_document: MakeDocument) -> None:
    list(
        corpus.add(
            [
                make_document("late", date="2031", text="a b"),
                make_document("early", date="2030-02", text="c d"),
                make_document("venn", date="2030-01-01", text="e f", publisher="Government of Venn"),
            ]
        )
    )
    assert [each.id for each in corpus.documents()] == ["venn", "early", "late"]
    assert [each.id for each in corpus.documents(publisher="MARLO")] == ["early", "late"]
    assert [each.id for each in corpus.documents(limit=1)] == ["venn"]


def test_a_document_without_turns_is_stored_and_sound(corpus: Corpus) -> None:
    document = Document(id="bare", publisher="Marlo", title="Bare", text="Nobody speaks.", turns=())
    assert [each.outcome for each in corpus.add([document])] == ["added"]
    assert corpus.document("bare").document == document
    assert list(corpus.verify()) == []


_THREE = [("Ada Lorne", "We will build the harbour."), ("Q", "When will it be ready?"), ("Ada Lorne", "In the spring.")]


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE version SET text = replace(text, 'will build', 'will not build')", "an altered text"),
        ("UPDATE version SET text = ''", "an emptied text"),
        ("UPDATE version SET sha256 = 'f' || sha256", "an altered hash"),
        ("UPDATE version SET speakers = '['", "unreadable speakers"),
        ("UPDATE version SET metadata = x'00'", "unreadable metadata"),
        ("UPDATE version SET date = 'soon'", "an unreadable date"),
        ('UPDATE turn SET "end" = 999 WHERE number = 2', "a turn that ends behind the text"),
        ("UPDATE turn SET start = 900 WHERE number = 2", "a turn that starts behind its end"),
        ("UPDATE turn SET start = start + 3 WHERE number = 1", "a turn that lost words"),
        ("DELETE FROM turn WHERE number = 1", "a lost turn"),
        ("DELETE FROM turn", "all turns lost"),
        ("UPDATE passage SET start = start + 1", "shifted passages"),
        ("UPDATE passage SET turn = 0", "passages of the wrong turn"),
        ("DELETE FROM passage WHERE turn = 1", "a lost passage"),
        ("DELETE FROM passage", "all passages lost"),
        ("DELETE FROM posting", "an emptied posting table"),
        ("DELETE FROM posting WHERE size = 3", "postings of one size lost"),
        ("UPDATE posting SET entries = x'' WHERE size = 3", "emptied postings"),
        ("UPDATE posting SET entries = x'00' WHERE size = 3", "postings that are no entries"),
    ],
)
def test_verifying_finds_damage(corpus: Corpus, make_document: MakeDocument, statement: str, why: str) -> None:
    list(corpus.add([make_document(turns=_THREE), make_document("sound", turns=[("Bram Ostrey", "Nothing to add.")])]))
    assert list(corpus.verify()) == []
    _sql(corpus, statement)
    problems = list(corpus.verify())
    assert any("marlo-1 version 1" in problem for problem in problems), (why, problems)


def test_verifying_finds_damage_in_a_superseded_version(corpus: Corpus, make_document: MakeDocument) -> None:
    list(corpus.add([make_document(text="The first wording."), make_document(text="The second wording.")]))
    _sql(corpus, "UPDATE version SET text = 'The worst wording.' WHERE number = 1")
    assert any("version 1" in problem for problem in corpus.verify())


def test_verifying_reports_a_damaged_file_instead_of_failing(tmp_path: Path, speeches: tuple[Document, ...]) -> None:
    with Corpus.open(tmp_path, create=True) as corpus:
        list(corpus.add(speeches[:60]))
    path = tmp_path / FILE
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2 : len(raw) // 2 + 20_000] = b"\xff" * 20_000
    path.write_bytes(raw)
    with Corpus.open(corpus.place) as damaged:
        assert list(damaged.verify())


def test_a_new_version_is_seen_by_whoever_had_read_the_old_one(corpus: Corpus, make_document: MakeDocument) -> None:
    list(corpus.add([make_document(text="The harbour opens in May.")]))
    with Corpus.open(corpus.place) as reader:
        assert reader.document("marlo-1").version.number == 1
        list(corpus.add([make_document(text="The harbour opens in June."), make_document("copy", text="Other.")]))
        assert reader.document("marlo-1").version.number == 2
        assert reader.coverage().documents == 2
        (candidate,) = reader.retrieve(Query(("harbour opens in June",)), limit=3)
        assert candidate.passage.version == 2
        assert reader.document("marlo-1", version=2).also_at == ()
        list(corpus.add([make_document("twin", text="The harbour opens in June.")]))
        reader.retrieve(Query(("harbour opens in June",)), limit=3)
        assert reader.document("marlo-1", version=2).also_at == ("twin",)


def _read_and_add(corpus: Corpus, document: Document, answers: multiprocessing.SimpleQueue[object]) -> None:
    before = corpus.document("marlo-1").document.text
    list(corpus.add([document]))
    corpus.close()
    answers.put(before)


@pytest.mark.filterwarnings("ignore:This process.*is multi-threaded:DeprecationWarning")
def test_a_corpus_opened_before_a_fork_serves_both_sides(corpus: Corpus, make_document: MakeDocument) -> None:
    list(corpus.add([make_document()]))
    context = multiprocessing.get_context("fork")
    answers = context.SimpleQueue()
    children = [
        context.Process(
            target=_read_and_add, args=(corpus, make_document(f"child-{n}", text=f"Child {n} speaks."), answers)
        )
        for n in range(3)
    ]
    for child in children:
        child.start()
    texts = [answers.get() for _ in children]
    for child in children:
        child.join(20)
    assert [child.exitcode for child in children] == [0, 0, 0]
    assert set(texts) == {make_document().text}
    list(corpus.add([make_document("parent", text="The parent speaks.")]))
    assert {each.id for each in corpus.documents()} == {"marlo-1", "child-0", "child-1", "child-2", "parent"}
    assert list(corpus.verify()) == []


def test_many_threads_may_search_at_once(corpus: Corpus, make_document: MakeDocument) -> None:
    list(corpus.add([make_document(text=f"The harbour of Marlo opens in June {year}.") for year in (2001,)]))
    with ThreadPoolExecutor(40) as threads:
        found = list(threads.map(lambda _: corpus.retrieve(Query(("harbour of Marlo opens",)), limit=3), range(120)))
    assert all(found)


def test_another_speaker_of_the_same_text_is_another_fingerprint(tmp_path: Path, make_document: MakeDocument) -> None:
    prints = set()
    for name in ("Ada Lorn", "Otto Brem"):
        with Corpus.open(tmp_path / name, create=True) as corpus:
            list(corpus.add([make_document(text="The harbour opens.", speakers=(name,))]))
            prints.add(corpus.fingerprint())
    assert len(prints) == 2
