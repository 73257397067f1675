"""What is held over time, and what is missing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.holdings import Dated, Holdings, holdings
from corpus.store import Corpus
from corpus.types import Document

MakeDocument = Callable[..., Document]


def held(*dates: str | None, excerpts: tuple[str, ...] = ()) -> Holdings:
    dated = [Dated("Office of Marlo", "en", date, False, n) for n, date in enumerate(dates)]
    return holdings("Office of Marlo", "en", dated + [Dated("Office of Marlo", "en", d, True, 0) for d in excerpts])


def busy(*months: str, each: int = 10) -> list[str]:
    return [f"{month}-{day:02}" for month in months for day in range(1, each + 1)]


def gaps(found: Holdings) -> list[tuple[str, str, int]]:
    return [(str(gap.first), str(gap.last), gap.documents) for gap in found.gaps]


@pytest.mark.parametrize(
    ("dates", "expected", "why"),
    [
        ([], [], "nothing is held"),
        (busy("2031-01", "2031-02", "2031-03"), [], "no month is missing"),
        (busy("2031-01", "2031-02", "2031-05"), [("2031-03", "2031-04", 0)], "two months are missing"),
        ([*busy("2031-01", "2031-02", "2031-04"), "2031-03-05"], [("2031-03", "2031-03", 1)], "a month is thin"),
        ([f"{year}-01-20" for year in range(2020, 2032)], [], "one address a year is all there is"),
        ([*busy("2031-01", "2031-02", "2031-05"), "2031"], [], "a document of that year may be of those months"),
        ([str(year) for year in range(2000, 2031)], [], "years only, none missing"),
        ([str(year) for year in (*range(2000, 2010), *range(2020, 2040)) for _ in range(3)], [("2010", "2019", 0)],
         "years only, ten missing"),
        (busy("2030-11", "2030-12", "2031-03"), [("2031-01", "2031-02", 0)], "over the turn of a year"),
    ],
)  # fmt: skip
def test_a_gap_is_what_is_missing_beside_what_is_usual(
    dates: list[str], expected: list[tuple[str, str, int]], why: str
) -> None:
    assert gaps(held(*dates)) == expected, why


def test_excerpts_fill_no_gap() -> None:
    found = held(*busy("2031-01", "2031-02", "2031-04"), excerpts=tuple(busy("2031-03")))
    assert gaps(found) == [("2031-03", "2031-03", 0)]
    assert (found.documents, found.excerpts) == (40, 10)


def test_first_last_and_undated_are_told() -> None:
    found = held("2031-03-04", "2031", None)
    assert (str(found.first), str(found.last), found.undated) == ("2031", "2031-03-04", 1)


def test_publishers_are_told_apart_by_language(corpus: Corpus, make_document: MakeDocument) -> None:
    documents = [
        make_document(f"m-{n}", f"Text number {n}.", date="2031-04-15", language="en" if n else "ru") for n in range(3)
    ]
    list(corpus.add(documents))
    found = corpus.publisher_holdings("marlo")
    assert [(each.language, each.documents) for each in found] == [("en", 2), ("ru", 1)]
    assert all(each.added_at for each in found)
    assert corpus.publisher_holdings("Velm") == ()


def test_a_speaker_is_counted_once_a_document_by_all_labels(corpus: Corpus, make_document: MakeDocument) -> None:
    spoken = [("Ada Lorne", "We open."), ("Q", "When?"), ("MS. LORNE", "In spring.")]
    list(corpus.add([
        make_document("m-1", turns=spoken, date="2031-04-15"),
        make_document("m-2", "It opens.", speakers=("Ada Lorne",), date="2031-05-15"),
        make_document("m-3", "It closes.", date="2031-06-15"),
    ]))  # fmt: skip
    (found,) = corpus.speaker_holdings({"Ada Lorne": ["Ada Lorne", "MS. LORNE"], "Nobody": ["Nobody"]})
    assert (found.name, found.documents, str(found.first), str(found.last)) == (
        "Ada Lorne",
        2,
        "2031-04-15",
        "2031-05-15",
    )
