"""Every recipe that comes with the program reads a small invented page of the structure that it was written for."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from corpus.connectors.connector import ALWAYS, Connector, Entry, Page, Window
from corpus.connectors.kit import Promise, Sample, problems
from corpus.connectors.registry import OWN, connector, connectors
from corpus.errors import ConnectorError, MarkupMoved


@dataclass(frozen=True)
class Case:
    """A recipe, a list and a page that it reads, and what must come of them."""

    recipe: str
    listed: str
    page: str
    ids: tuple[str, ...]
    next: str | None
    date: str | None
    kind: str
    turns: tuple[tuple[str, str], ...]
    suffix: str = ".html"
    more: Mapping[str, object] = field(default_factory=dict)


_WORDS = (
    "The harbour of Tarn will open its new quay before the ice comes, and four hundred sailors have signed on already.",
    "Nobody believed us when we promised new boats for every family of Kesta, and today they sail past this window.",
    "There is much left to do in Ovil and in Bramholt, and the crews that work there deserve more than thanks from us.",
)
_TEXT = "".join(f"<p>{each}</p>" for each in _WORDS)
_ALL = "\n\n".join(_WORDS)


def _page(head: str, body: str) -> str:
    return f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'


_DAY, _NEXT = datetime.date(2031, 4, 15), datetime.timedelta(days=1)

CASES = (
    Case(
        "us-state-department",
        '<ul class="collection-results"><li class="collection-result"><p class="collection-result__date">Remarks</p>'
        '<a href="https://www.state.gov/releases/office-of-the-spokesperson/2031/04/lamps-of-tarn/"'
        ' class="collection-result__link">Secretary Ada Lorne at a Press Availability</a>'
        '<div class="collection-result-meta"><span>Ada Lorne, Secretary</span><span dir="ltr">April 15, 2031</span></div></li></ul>',
        '<h1>Secretary Ada Lorne at a Press Availability</h1><div class="entry-content">'
        f"<p>SECRETARY LORNE: {_WORDS[0]}</p><p>QUESTION: And Ovil?</p><p>SECRETARY LORNE: {_WORDS[2]}</p>"
        '<div class="social-share"><p>Share this</p></div></div>',
        ("us-state-department-releases-office-of-the-spokesperson-2031-04-lamps-of-tarn-0c4c0c63",),
        "https://www.state.gov/press-releases/page/2/", "2031-04-15", "press-conference",
        (("SECRETARY LORNE", _WORDS[0]), ("QUESTION", "And Ovil?"), ("SECRETARY LORNE", _WORDS[2])),
    ),
    Case(
        "un-press",
        '<?xml version="1.0"?><rss version="2.0"><channel><title>UN</title>'
        "<item><title>Secretary-General on the Lamps of Tarn</title><link>https://press.un.org/en/2031/sgsm21982.doc.htm</link>"
        "<pubDate>Tue, 15 Apr 2031 10:00:00 -0400</pubDate></item><item><title>Council on Ovil</title>"
        "<link>https://press.un.org/en/2031/sc15648.doc.htm</link></item></channel></rss>",
        f"<nav><a href='/'>Home</a></nav><main><article><h1>Secretary-General on the Lamps of Tarn</h1>{_TEXT}</article></main>",
        ("un-press-sgsm21982",), None, "2031-04-15", "press-release",
        (("", _ALL),), ".xml",
    ),
    Case(
        "un-security-council",
        '<div class="view-content"><div class="views-row"><h3><a href="/en/2031/sc15648.doc.htm">Council Hears of Ovil</a></h3>'
        '<time datetime="2031-04-15T12:00:00Z">15 April 2031</time></div></div>'
        '<ul class="pager"><li class="pager__item pager__item--next"><a href="?page=1" rel="next">Next</a></li></ul>',
        f"<main><article><h1>Council Hears of Ovil</h1>{_TEXT}</article></main>",
        ("un-security-council-sc15648",), "https://press.un.org/en/content/security-council/meetings-coverage?page=1",
        "2031-04-15", "meeting", (("", _ALL),),
    ),
    Case(
        "israel-pmo",
        '<ul><li><a href="/en/pages/remarks-on-tarn-15-apr-2031">Remarks on Tarn</a></li><li><a href="/en/about">About</a></li></ul>',
        f"<main><article><h1>Remarks on Tarn</h1><p>15 April 2031</p>{_TEXT}</article></main>",
        ("israel-pmo-remarks-on-tarn-15-apr-2031",), None, "2031-04-15", "remarks", (), more={"translation": "official"},
    ),
    Case(
        "eu-eeas",
        '<div class="related-grid"><div class="card"><h5 class="card-title"><a href="/eeas/tarn-statement-spokesperson_en">'
        'Tarn: Statement by the Spokesperson</a></h5><div class="card-subtitle"><div class="field__item">Statements</div></div>'
        '<div class="card-footer node__meta">15.04.2031 EEAS Press Team</div></div></div>'
        '<a title="Go to next page" href="/eeas/press-material_en?page=1">Next</a>',
        f'<h1>Tarn: Statement by the Spokesperson</h1><div class="node__content"><div class="field--name-body">{_TEXT}</div></div>',
        ("eu-eeas-eeas-tarn-statement-spokesperson-en-dce1e972",), "https://www.eeas.europa.eu/eeas/press-material_en?page=1",
        "2031-04-15", "statement", (("", _ALL),),
    ),
    Case(
        "uk-government",
        '<ol><li class="gem-c-document-list__item"><div class="gem-c-document-list__item-title">'
        '<a href="/government/speeches/lamps-of-tarn">The lamps of Tarn</a></div><ul><li class="gem-c-document-list__attribute">'
        'Updated: <time datetime="2031-04-17">17 April 2031</time></li></ul></li>'
        '<li class="gem-c-document-list__item"><div class="gem-c-document-list__item-title"><a href="/guidance/boats">Boats</a></div>'
        '<ul><li class="gem-c-document-list__attribute"><time datetime="2031-04-16">16</time></li></ul></li></ol>'
        '<nav><div class="govuk-pagination__next"><a href="/search/news-and-communications?page=2">Next</a></div></nav>',
        '<main><h1 class="gem-c-heading__text">The lamps of Tarn</h1><p class="gem-c-lead-paragraph">A speech on lamps.</p>'
        '<div class="gem-c-metadata">From: <a href="/government/people/ada-lorne">Ada Lorne</a></div>'
        f'<div class="important-metadata">Location: Tarn</div><div class="govspeak">{_TEXT}<figure><p>Boat</p></figure></div></main>',
        ("uk-government-speeches-lamps-of-tarn",), "https://www.gov.uk/search/news-and-communications?page=2",
        "2031-04-15", "speech", (("", "A speech on lamps."), ("Ada Lorne", _ALL)),
    ),
    Case(
        "nato",
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url>'
        "<loc>https://www.nato.int/en/news-and-events/events/transcripts/2031/04/15/press-conference-in-tarn</loc>"
        "<lastmod>2031-04-16</lastmod></url><url><loc>https://www.nato.int/en/about-us</loc></url></urlset>",
        "<header><a href='/'>Home</a></header><div><h1>Press conference in Tarn</h1><div>"
        f"<p><b>Ada Lorne</b></p><p>{_WORDS[0]}</p><p><b>Question</b></p><p>{_WORDS[1]}</p><p><b>Ada Lorne</b></p>"
        f"<p>{_WORDS[2]}</p></div></div>",
        ("nato-2031-04-15-press-conference-in-tarn",), None, "2031-04-15", "press-conference",
        (("", "Press conference in Tarn"), ("Ada Lorne", _WORDS[0]), ("Question", _WORDS[1]), ("Ada Lorne", _WORDS[2])), ".xml",
    ),
)  # fmt: skip
EVERY = pytest.mark.parametrize("case", CASES, ids=[case.recipe for case in CASES])


def _listed(case: Case) -> tuple[Connector, Page]:
    made = connector(case.recipe)
    text = case.listed if case.suffix == ".xml" else _page("<title>Marlo</title>", case.listed)
    return made, Page(made.starts(ALWAYS)[0], text.encode(), case.suffix, "utf-8")


@EVERY
def test_a_recipe_takes_what_a_list_of_its_structure_holds(case: Case) -> None:
    made, page = _listed(case)
    listing = made.listing(page)
    assert (tuple(each.id for each in listing.entries), listing.next, listing.problems) == (case.ids, case.next, ())


@EVERY
def test_a_recipe_reads_a_page_of_its_structure(case: Case) -> None:
    made, page = _listed(case)
    (entry,) = made.listing(page).entries
    head = '<title>Marlo</title><meta name="govuk:first-published-at" content="2031-04-15T09:00:00+01:00">'
    document = made.document(Page(entry.url, _page(head, case.page).encode(), ".html", "utf-8"), entry=entry)
    assert (document.id, document.url, str(document.date), document.kind, document.language) == (
        entry.id, entry.url, case.date, case.kind, "en",
    )  # fmt: skip
    turns = tuple((turn.speaker, turn.span.of(document.text)) for turn in document.turns)
    assert turns == case.turns or not case.turns
    assert all(
        words in document.text for words in _WORDS if not case.turns or words in "".join(t[1] for t in case.turns)
    )
    assert {name: getattr(document, name) for name in case.more} == case.more


@pytest.mark.parametrize("name", ["us-state-department", "eu-eeas", "uk-government"])
def test_a_page_that_was_rebuilt_is_refused(name: str) -> None:
    made = connector(name)
    rebuilt = _page("<title>Marlo</title>", f"<main><h1>Lamps</h1>{_TEXT}</main>").encode()
    with pytest.raises(MarkupMoved):
        made.listing(Page(made.starts(ALWAYS)[0], rebuilt))
    with pytest.raises(MarkupMoved):
        made.document(Page("https://marlo.example/1", rebuilt), entry=Entry("m-1", "https://marlo.example/1"))


def test_every_connector_says_where_its_facts_come_from_and_that_it_never_met_the_live_site() -> None:
    found = list(connectors())
    assert not [each for each in found if isinstance(each, ConnectorError)]
    ours = [each for each in found if not isinstance(each, ConnectorError)]
    assert {each.name for each in ours} == {*OWN, *(case.recipe for case in CASES)}
    assert all("not yet run against the live site" in " ".join(each.facts.lower().split()) for each in ours)


def test_two_long_names_that_differ_at_their_ends_are_two_documents() -> None:
    made = connector("uk-government")
    item = (
        '<li class="gem-c-document-list__item"><div class="gem-c-document-list__item-title"><a href="/government/news/{}">T</a>'
        '</div><p class="gem-c-document-list__attribute"><time datetime="2031-04-17">x</time></p></li>'
    )
    name = "the-foreign-secretary-opens-the-lighthouse-of-tarn-and-thanks-its-keepers-part-"
    page = _page("", "".join(item.format(name + part) for part in ("one", "two")))
    assert len({each.id for each in made.listing(Page(made.starts(ALWAYS)[0], page.encode())).entries}) == 2


def test_every_source_is_described() -> None:
    page = (Path(__file__).parents[3] / "docs" / "sources.md").read_text(encoding="utf-8")
    assert not [name for name in (*OWN, *(case.recipe for case in CASES)) if f"`{name}`" not in page]


@EVERY
def test_a_recipe_conforms(case: Case) -> None:
    made, page = _listed(case)
    (entry,) = made.listing(page).entries
    head = '<title>Marlo</title><meta name="govuk:first-published-at" content="2031-04-15T09:00:00+01:00">'
    shown = Page(entry.url, _page(head, case.page).encode(), ".html", "utf-8")
    promise = Promise(date=case.date or "", kind=case.kind, says=case.turns, lacks=("Share this", "Home", "Menu"))
    any_layout = case.recipe in ("un-press", "un-security-council", "israel-pmo", "nato")
    sample = Sample(
        (page,), (shown,), {entry.id: promise}, window=Window(_DAY, _DAY + 2 * _NEXT), any_layout=any_layout
    )
    assert problems(made, sample) == ()
