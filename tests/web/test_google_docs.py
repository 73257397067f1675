"""The Google Docs add-on: its parts, and its sidebar in Chromium against the live server, with stand-ins for Google's services.

It was never run in Docs: that takes an account there, and a server that Google's machines can reach.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from tests.web.conftest import Hosted

ADDON = Path(__file__).parent.parent.parent / "web" / "integrations" / "google-docs"
PARTS = Path(__file__).parent / "google_docs"
TRUE = "“We will not sign the water treaty today,” Ilse Corvane said 𝕏."
ALTERED = "“Both countries will pay for the repairs: 62 million crowns will come from Halvenia and 58 million from Kareth,” she said."


def test_the_parts_that_need_nothing_of_google_s(node: str) -> None:
    done = subprocess.run(
        [node, "--test", PARTS / "parts.test.js"], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stdout
    assert "# pass 12" in done.stdout


Opened = Callable[..., Page]


@pytest.fixture
def sidebar(browser: Browser, hosted: Hosted) -> Iterator[Opened]:
    """Opens the sidebar beside a document; an error in it fails the test."""
    scripts = [PARTS / "stand-ins.js", *sorted(ADDON.glob("*.js"))]
    code = "\n".join(each.read_text(encoding="utf-8") for each in scripts)
    page = (
        (ADDON / "Sidebar.html").read_text(encoding="utf-8").replace("<head>", '<head><script src="docs.js"></script>')
    )
    (hosted.folder / "docs.js").write_text(code, encoding="utf-8")
    (hosted.folder / "sidebar.html").write_text(page, encoding="utf-8")
    contexts, complaints = [], []

    def open(*text: str, locale: str = "en", **properties: str) -> Page:
        context = browser.new_context(viewport={"width": 300, "height": 900})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        given = {"text": text, "locale": locale, "live": hosted.address, "properties": properties}
        page.add_init_script(f"window.given = {json.dumps(given)}")
        page.goto(f"http://127.0.0.1:{hosted.port}/sidebar.html")
        return page

    yield open
    for context in contexts:
        context.close()
    assert complaints == []


OURS = "https://onrecord.paper.example/"


def checked(page: Page, count: int = 2) -> Locator:
    """Press the button and wait for the cards."""
    page.get_by_role("button", name="Check this document").click()
    cards = page.locator("li.card")
    expect(cards).to_have_count(count, timeout=30_000)
    return cards


def test_it_asks_for_a_server_and_a_key_says_whose_it_is_and_checks(sidebar: Opened, hosted: Hosted) -> None:
    page = sidebar("Halvenia waits", TRUE, "", ALTERED)
    expect(page.locator("#server")).to_have_text("no server yet")
    page.get_by_role("button", name="Check this document").click()
    expect(page.get_by_role("alert")).to_have_text("Say first which OnRecord server is yours.")
    for address, key, says in (("http://paper.example", "", "such as https://"), (OURS, "two words", "This is no key")):
        page.get_by_label("Address of your server").fill(address)
        page.get_by_label("Key").fill(key)
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("alert")).to_contain_text(says)
    page.get_by_label("Key").fill(hosted.key)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#server")).to_have_text(OURS)
    expect(page.get_by_label("Key")).to_be_hidden()

    before = page.evaluate("docs.text")
    true, altered = checked(page).all()
    expect(true).to_contain_text("✓ Verified: typography differs")
    expect(altered).to_contain_text("≠ Unsourced, wording differs: a number differs")
    yours, record = altered.locator(".sides > div").all()
    expect(yours.locator("mark")).to_have_text("58 million number")
    expect(record.locator("mark")).to_have_text("48 million number")
    link = altered.get_by_role("link", name="Open in the record").get_attribute("href")
    assert link and link.startswith(f"{OURS}document?id=invented-joint-press-conference")
    assert page.request.get(link.replace(OURS, hosted.address)).ok
    altered.get_by_role("button", name="Show in the text").click()
    page.wait_for_function("docs.selected")
    assert page.evaluate("docs.selected") == ALTERED.removesuffix(" she said.")
    assert page.evaluate("docs.text") == before


def test_what_was_altered_after_its_check_looks_verified_no_longer(sidebar: Opened, hosted: Hosted) -> None:
    page = sidebar("Halvenia waits", TRUE, ALTERED, server=OURS, key=hosted.key)
    true, altered = checked(page).all()
    page.evaluate("docs.text.unshift('An intro.'), look()")
    expect(true).to_contain_text("Verified")
    expect(altered).to_contain_text("Changed since it was checked")  # who "she" is may be another now
    page.evaluate("docs.text[2] = docs.text[2].replace(' not', ''), look()")
    expect(true).to_contain_text("Changed since it was checked")
    true.get_by_role("button", name="Show in the text").click()
    expect(page.get_by_role("alert")).to_contain_text("no longer in the text")
    page.evaluate("docs.text[2] = docs.text[2].replace('will', 'will not'), look()")
    expect(true).to_contain_text("Verified")


@pytest.mark.parametrize(
    ("server", "key", "says"),
    [
        (OURS, "onr_live_nobody", "The server did not accept the key. There is no such key."),
        ("https://desk.example/", "onr_live_1", "No answer from https://desk.example/ (Address unavailable)"),
    ],
)
def test_a_server_that_says_no_is_told_with_what_to_do(sidebar: Opened, server: str, key: str, says: str) -> None:
    page = sidebar(TRUE, server=server, key=key)
    page.get_by_role("button", name="Check this document").click()
    expect(page.get_by_role("alert")).to_contain_text(says)
    expect(page.get_by_role("button", name="Check this document")).to_be_enabled()


def test_it_is_read_by_everybody_and_speaks_russian(sidebar: Opened, hosted: Hosted) -> None:
    page = sidebar(TRUE, ALTERED, server=OURS, key=hosted.key)
    checked(page)
    page.get_by_role("button", name="Change").click()
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    assert Axe().run(page, options=rules).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 300  # the width that Docs gives
    page = sidebar(TRUE, locale="ru_RU", server=OURS, key=hosted.key)
    expect(page.get_by_role("button", name="Проверить документ")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "ru"
