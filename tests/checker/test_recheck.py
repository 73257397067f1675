"""After a corpus has grown: whatever would come out otherwise is checked again, and what cannot have changed is left alone."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.growth import without_a_sentence
from checker.pipeline import check_quote
from checker.recheck import Recheck, same_basis
from checker.settings import DEFAULTS
from checker.types import Claim, Finding
from corpus.read.turns import Said, lay_out
from corpus.removing import remove_documents
from corpus.store import Corpus
from corpus.types import Document, PartialDate

WORDS_ONLY = replace(DEFAULTS, encoder="none", multilingual="none", judge="none")
TREATY = "Halvenia will send eleven engineers to rebuild the northern lighthouse before the winter storms."
GRAIN = "The grain that lies in our silos belongs to those who brought in the harvest."


def document(id: str, *said: tuple[str, str], date: str = "2031-05-04", title: str = "Briefing") -> Document:
    """Invented words of invented people."""
    text, turns = lay_out([Said(speaker, words) for speaker, words in said])
    return Document(
        id=id, publisher="Chancery of Quenland (invented)", title=title, text=text, turns=turns,
        date=PartialDate.parse(date), url=None, language="en", kind="speech", speakers=(),
    )  # fmt: skip


def filler(count: int, *, first: int = 0) -> list[Document]:
    """Documents that share no three words in a row with the others, and enough of them that a few more change no statistics."""
    chance = random.Random(7 + first)
    syllables = "bar den fol gri hul jas kem lor mip nal ost pur quen ras tov ulm ver wis yor zel".split()
    made = []
    for number in range(first, first + count):
        words = ["".join(chance.choices(syllables, k=3)) for _ in range(180)]
        text = " ".join(f"{' '.join(words[at : at + 12]).capitalize()}." for at in range(0, 180, 12))
        made.append(document(f"filler-{number}", ("Orla Brandt", text), date=f"2030-{number % 12 + 1:02}-03"))
    return made


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    held = Corpus.open(tmp_path / "corpus", create=True)
    list(held.add([*filler(90), document("grain", ("Mirela Tosk", GRAIN))]))
    return held


def check(corpus: Corpus, claim: Claim) -> Finding:
    return check_quote(claim, corpus, settings=WORDS_ONLY)


def why(corpus: Corpus, finding: Finding) -> str | None:
    return Recheck(corpus, WORDS_ONLY).why(finding)


def test_nothing_is_checked_again_while_nothing_changed_or_what_came_is_about_something_else(corpus: Corpus) -> None:
    claims = [Claim(GRAIN), Claim(GRAIN, speaker="Mirela Tosk"), Claim(TREATY), Claim(GRAIN.replace("our", "your"))]
    found = [check(corpus, each) for each in claims]
    assert [why(corpus, each) for each in found] == [None] * 4
    list(corpus.add(filler(1, first=900)))
    assert [why(corpus, each) for each in found] == [None] * 4
    assert all(same_basis(each, check(corpus, each.claim)) for each in found)


def test_absent_words_that_are_said_now_are_checked_again(corpus: Corpus) -> None:
    before = check(corpus, Claim(TREATY))
    list(corpus.add([document("treaty", ("Mirela Tosk", TREATY))]))
    assert (before.verdict.reason, why(corpus, before)) == ("absent", "words")
    assert check(corpus, before.claim).verdict.status == "verified"


def test_an_altered_quote_that_somebody_did_say_after_all_is_checked_again(corpus: Corpus) -> None:
    before = check(corpus, Claim(GRAIN.replace("brought in", "paid for")))
    list(corpus.add([document("other", ("Orla Brandt", GRAIN.replace("brought in", "paid for")))]))
    assert (before.verdict.status, why(corpus, before)) == ("unsourced", "words")


def test_a_verified_quote_that_stands_in_another_document_too_is_checked_again(corpus: Corpus) -> None:
    """Which of them it rests on, and whether that is ambiguous, may change."""
    before = check(corpus, Claim(GRAIN, date=PartialDate(2031, 5, 6)))
    list(corpus.add([document("again", ("Orla Brandt", f"As I said. {GRAIN}"), date="2031-05-06")]))
    assert why(corpus, before) in ("words", "statistics")
    assert not same_basis(before, check(corpus, before.claim))


def test_a_source_that_reads_otherwise_is_a_reason(corpus: Corpus) -> None:
    before = check(corpus, Claim(GRAIN))
    list(corpus.add([document("grain", ("Mirela Tosk", "Nothing was said of grain on that day in the chancery."))]))
    assert (before.verdict.status, why(corpus, before)) == ("verified", "source")
    assert check(corpus, before.claim).verdict.status == "unsourced"


def test_a_document_that_gives_way_lets_others_come_up(corpus: Corpus) -> None:
    """The one that is named by the claim need not have been found by it."""
    before = check(corpus, Claim(TREATY, document_id="filler-3"))
    list(corpus.add([replace(filler(4)[3], text=TREATY, turns=lay_out([Said("Orla Brandt", TREATY)])[1])]))
    assert why(corpus, before) == "source"


def test_a_speaker_of_whom_nothing_was_held_is_a_reason_once_something_is(corpus: Corpus) -> None:
    claim = Claim(TREATY, speaker="Ilse Corvane", date=PartialDate(2031, 6, 1))
    before = check(corpus, claim)
    assert before.verdict.reason == "not-covered"
    list(corpus.add([replace(filler(1, first=700)[0], speakers=("Ilse Corvane",), date=PartialDate(2031, 6, 2))]))
    assert why(corpus, before) in ("coverage", "speaker")
    assert check(corpus, claim).verdict.reason == "absent"


def test_another_one_of_the_same_surname_is_a_reason(corpus: Corpus) -> None:
    before = check(corpus, Claim(GRAIN, speaker="Tosk"))
    (other,) = filler(1, first=800)
    list(corpus.add([replace(other, turns=(replace(other.turns[0], speaker="Anselm Tosk"),))]))
    assert why(corpus, before) == "speaker"


def test_what_cannot_be_told_is_checked_again(corpus: Corpus, tmp_path: Path) -> None:
    before = check(corpus, Claim(GRAIN))
    with Corpus.open(tmp_path / "another", create=True) as other:
        list(other.add(filler(90)))
        assert why(other, before) == "unaccounted"
    location = tmp_path / "corpus"
    corpus.close()
    remove_documents(location, ["filler-9"])
    with Corpus.open(location) as held:
        assert why(held, before) == "unaccounted"


def test_so_much_that_words_are_rarer_is_a_reason_and_so_is_another_program(corpus: Corpus) -> None:
    before = check(corpus, Claim(GRAIN))
    other = replace(before, provenance=replace(before.provenance, onrecord="0.0.1"))
    assert why(corpus, other) == "program"
    list(corpus.add(filler(9, first=300)))
    assert why(corpus, before) == "statistics"


def test_what_was_added_while_it_looks_is_seen(corpus: Corpus) -> None:
    before, recheck = check(corpus, Claim(TREATY)), Recheck(corpus, WORDS_ONLY)
    assert recheck.why(before) is None
    list(corpus.add([document("treaty", ("Mirela Tosk", TREATY))]))
    assert recheck.why(before) == "words"


@pytest.mark.parametrize("seed", range(2))
def test_no_finding_that_comes_out_otherwise_is_missed(
    tmp_path: Path, seed: int, invented: Callable[[], list[Document]]
) -> None:
    """Portions of documents, and changes of others, in an order of the seed; exact, altered, reported and absent words."""
    chance = random.Random(seed)
    documents = invented()
    chance.shuffle(documents)
    claims = list(_claims(documents, chance))
    with Corpus.open(tmp_path / "corpus", create=True) as corpus:
        list(corpus.add([*filler(110), *documents[:8]]))
        found = [check(corpus, each) for each in claims]
        otherwise = left = 0
        for at in range(8, 14, 2):
            list(corpus.add([*documents[at : at + 2], without_a_sentence(documents[chance.randrange(at)], chance)]))
            recheck = Recheck(corpus, WORDS_ONLY)
            for place, before in enumerate(found):
                now, reason = check(corpus, before.claim), recheck.why(before)
                assert reason or same_basis(before, now), (before.claim, before.verdict, now.verdict)
                otherwise += not same_basis(before, now)
                left += reason is None
                found[place] = now if reason else before
    assert otherwise and left


def _claims(documents: list[Document], chance: random.Random) -> list[Claim]:
    made = []
    for each in chance.sample(documents, 6):
        turn = chance.choice([turn for turn in each.turns if turn.speaker] or list(each.turns))
        words = turn.span.of(each.text).split(". ")[0].split()
        speaker = turn.speaker or None
        made += [
            Claim(" ".join(words), speaker=speaker, date=each.date),
            Claim(" ".join(words[: max(3, len(words) // 2)])),
            Claim(" ".join(["never", *words[1:]]), speaker=speaker),
            Claim(" ".join(words), direct=False, article_date=each.date),
        ]
    return made


@pytest.fixture
def invented() -> Callable[[], list[Document]]:
    """The invented documents of the starter corpus."""
    import json
    from importlib import resources

    from corpus.read.records import document_of

    lines = resources.files("corpus").joinpath("starter/invented.jsonl").read_text(encoding="utf-8")
    return lambda: [document_of(json.loads(line)) for line in lines.splitlines()]
