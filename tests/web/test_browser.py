"""A reader's way through the pages, in a real browser, over a tiny real corpus."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from playwright.sync_api import Browser, Page, expect

from corpus.types import Document, PartialDate, Span, Turn

SAID = (
    "The lighthouse of Vessen was lit again on Sunday. We did not ask the fishermen for a single coin, "
    "and we repaired 14 windows before the storm. The keeper moves back in November."
)
ELSEWHERE = "The market on the quay opens at six. Bring your own baskets, and leave the cats at home."
ARTICLE = (
    "Light returns to Vessen\n\n"
    "“The lighthouse of Vessen was lit again on Sunday,” Edda Marlow told the harbour council.\n\n"
    "“We repaired 40 windows before the storm,” Marlow said.\n\n"
    "“Nobody will ever need a compass in this bay again,” Marlow said later."
)


def spoken(id: str, speaker: str, text: str) -> Document:
    """A short speech of one invented person."""
    return Document(
        id, "Harbour office of Vessen (invented)", "Address to the harbour council", text,
        (Turn(0, speaker, "speech", Span(0, len(text))),), date=PartialDate(2032, 10, 3),
        url="https://harbour.example/1", kind="speech", speakers=(speaker,),
    )  # fmt: skip


@pytest.fixture(scope="module")
def address(serving: Callable[[Iterable[Document]], str]) -> str:
    """A running server over two documents."""
    return serving([spoken("vessen-1", "Edda Marlow", SAID), spoken("vessen-2", "Joost Hallam", ELSEWHERE)])


@pytest.fixture
def page(visit: Callable[..., Page], address: str) -> Page:
    """The start page; anything that the browser complains about, or asks of others, fails the test."""
    return visit(address)


def check(page: Page, text: str) -> None:
    page.get_by_label("Quote or article").fill(text)
    page.get_by_role("button", name="Check", exact=True).click()
    page.wait_for_load_state()


def test_an_article_becomes_marks_and_cards_that_lead_to_each_other(page: Page) -> None:
    check(page, ARTICLE)
    expect(page.locator(".card")).to_have_count(3)
    second = page.locator(".card").nth(1)
    name = second.get_attribute("id").removeprefix("card-")
    page.locator(f"#quote-{name}").click()
    assert page.url.endswith(f"#card-{name}")
    assert second.get_by_text("a number differs").first.is_visible()
    second.locator(".back a").click()
    assert page.url.endswith(f"#quote-{name}")


def test_a_quote_becomes_one_card_that_opens_at_the_passage(page: Page) -> None:
    check(page, "“We did not ask the fishermen for a single coin”")
    assert page.locator(".card.tone-verified").count() == 1
    page.get_by_role("link", name="Open at the passage").click()
    assert page.locator("mark#passage").inner_text() == "We did not ask the fishermen for a single coin"
    assert page.locator("mark#passage").is_visible()


def test_the_keyboard_is_enough(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.get_by_label("Quote or article").focus()
    page.keyboard.type("“We asked the fishermen for a single coin”")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".card")
    assert page.locator(".card.tone-altered").count() == 1


def test_a_field_that_cannot_be_used_keeps_what_was_typed(page: Page) -> None:
    page.get_by_label("When?").fill("yesterday")
    page.get_by_label("Quote or article").fill("“We did not ask”")
    page.get_by_role("button", name="Check", exact=True).click()
    page.wait_for_selector("#date-problem")
    assert page.get_by_label("When?").input_value() == "yesterday"
    assert page.get_by_label("Quote or article").input_value() == "“We did not ask”"


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_cut_off_at_any_width(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    check(page, ARTICLE)
    expect(page.locator(".card")).to_have_count(3)  # also without our script, once the page has asked for the whole
    room = page.locator("html").evaluate("page => page.clientWidth - page.scrollWidth")
    context.close()
    assert room >= 0


def test_controls_are_large_enough_to_hit(page: Page) -> None:
    check(page, ARTICLE)
    small = page.locator("a.button, button, summary, input, .tally a, .back a, nav a").evaluate_all(
        "all => all.filter(e => e.checkVisibility()).map(e => e.getBoundingClientRect())"
        ".filter(box => box.height < 23.5).length"
    )
    assert small == 0


def test_a_source_that_a_reader_has_is_added_and_the_quote_checked_again(page: Page) -> None:
    check(page, "“The ferry bell will ring on the hour from March”")
    assert page.locator(".card.tone-verified").count() == 0
    page.get_by_text("Add the source I have").click()
    page.get_by_label("or its text").fill(
        "The ferry bell will ring on the hour from March. The old one goes to the museum."
    )
    page.get_by_label("Who published it?").fill("Ferry office of Vessen (invented)")
    page.get_by_label("The statement itself").check()
    page.get_by_label("Who published it?").press("Enter")
    page.wait_for_selector(".notice")
    assert "Added to the record" in page.locator(".notice").inner_text()
    assert page.locator(".card.tone-verified").count() == 1
    page.locator(".notice a").click()
    assert "The old one goes to the museum." in page.locator(".turns").inner_text()


def test_a_source_without_its_publisher_is_explained_at_the_field(page: Page) -> None:
    check(page, "“The ferry bell was sold to a collector in May”")
    page.get_by_text("Add the source I have").click()
    page.get_by_label("or its text").fill("The ferry bell was sold.")
    page.get_by_role("button", name="Add and check again").click()
    page.wait_for_selector("#publisher-1-problem")
    assert page.get_by_label("or its text").input_value() == "The ferry bell was sold."
