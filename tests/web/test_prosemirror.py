"""The ProseMirror plugin in a small real editor, bundled as its users bundle it, in Chromium, against the live server."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.web.conftest import Hosted

PLUGIN = Path(__file__).parent.parent.parent / "web" / "integrations" / "prosemirror"
TRUE = "“We will not sign the water treaty today,”"
ALTERED = (
    "“Both countries will pay for the repairs: 62 million crowns will come from Halvenia and 58 million from Kareth,”"
)
REFUSED = re.compile("status of (401|429)|CORS policy|ERR_FAILED|ERR_CONNECTION_REFUSED|ERR_UNSAFE_PORT")
"""What the browser notes when a server says no, which is what some tests are about."""


def test_the_parts_that_need_no_browser(node: str, packages: Path) -> None:
    command = [node, "--test", str(Path(__file__).parent / "prosemirror")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout
    assert "# pass 13" in done.stdout


@pytest.fixture(scope="module")
def desk(packages: Path, hosted: Hosted) -> Hosted:
    """The example editor's page under two names, of which the live server's settings name one."""
    (hosted.folder / "index.html").write_bytes((PLUGIN / "example" / "index.html").read_bytes())
    options = ["--bundle", "--format=esm", f"--outdir={hosted.folder}", "--entry-names=bundle", "--log-level=warning"]
    command = [packages / ".bin" / "esbuild", "example/editor.js", *options]
    done = subprocess.run(command, cwd=PLUGIN, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return hosted


Opened = Callable[..., Page]


@pytest.fixture
def editor(browser: Browser, desk: Hosted) -> Iterator[Opened]:
    """Opens the editor; whatever the browser complains about, or asks of anybody but these two, fails the test."""
    contexts, complaints = [], []

    def open(*, host: str = "127.0.0.1", key: str = desk.key, server: str = desk.address, **options: str) -> Page:
        context = browser.new_context(**({"locale": "en"} | options))  # type: ignore[arg-type]  # Playwright's own options
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        own = f"http://{host}:{desk.port}/"
        page.on("console", lambda message: None if REFUSED.search(message.text) else complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda sent: None if sent.url.startswith((own, server)) else complaints.append(sent.url))
        page.goto(f"{own}index.html")
        page.get_by_label("OnRecord server").fill(server)
        page.get_by_label("Key").fill(key)
        page.get_by_role("button", name="Open the editor").click()
        return page

    yield open
    for context in contexts:
        context.close()
    assert complaints == []


def check(page: Page) -> Locator:
    """Press the button and wait for what is found."""
    page.get_by_role("button", name="Check").click()
    status = page.get_by_role("status")
    expect(status).to_contain_text(re.compile(r"statements?:"), timeout=30_000)
    return status


def said(page: Page, tone: str) -> Locator:
    return page.locator(f".ProseMirror .onrecord-said.onrecord-{tone}")


def after(page: Page, words: str) -> None:
    """Put the caret behind words of the text, as a click there would."""
    page.evaluate(
        """words => { let at; view.state.doc.descendants((node, pos) => {
            if (node.isText && node.text.includes(words)) at = pos + node.text.indexOf(words) + words.length; });
          view.dispatch(view.state.tr.setSelection(view.state.selection.constructor.near(view.state.doc.resolve(at)))); view.focus(); }""",
        words,
    )


def test_each_statement_is_underlined_by_its_verdict_with_a_sign_beside_it(editor: Opened, desk: Hosted) -> None:
    page = editor()
    expect(page.get_by_text("Texts go to")).to_contain_text(desk.address)
    before = page.evaluate("JSON.stringify(view.state.doc)")
    expect(check(page)).to_have_text("2 statements: 1 verified; 1 unsourced, wording differs.")
    expect(said(page, "verified")).to_have_text(TRUE)
    expect(said(page, "altered")).to_have_text(ALTERED)
    looks = {
        tone: said(page, tone).evaluate("each => getComputedStyle(each).textDecorationStyle")
        for tone in ("verified", "altered")
    }
    assert looks == {"verified": "solid", "altered": "double"}
    expect(page.locator(".ProseMirror .onrecord-sign")).to_have_text(["✓", "≠"])
    expect(page.locator(".ProseMirror .onrecord-sign").first).to_have_attribute("aria-label", "Verified")
    assert page.evaluate("JSON.stringify(view.state.doc)") == before


def test_a_card_has_the_verdict_the_reason_and_both_wordings_side_by_side(editor: Opened, desk: Hosted) -> None:
    page = editor()
    check(page)
    said(page, "altered").click()
    card = page.locator(".onrecord-item.onrecord-altered")
    expect(card.get_by_role("button").first).to_have_attribute("aria-expanded", "true")
    expect(card).to_contain_text("Unsourced, wording differs: a number differs")
    yours, record = card.locator(".onrecord-sides > div").all()
    expect(yours.locator("mark")).to_have_text("58 million number")
    expect(record.locator("mark")).to_have_text("48 million number")
    expect(record).to_contain_text("President of Halvenia Ilse Corvane · Joint press conference")
    boxes = [yours.bounding_box(), record.bounding_box()]
    assert boxes[0] and boxes[1] and boxes[0]["y"] == boxes[1]["y"] and boxes[0]["x"] < boxes[1]["x"]
    with page.context.expect_page() as opened:
        card.get_by_role("link", name="Open in the record").click()
    expect(opened.value.locator("#passage")).to_contain_text("48 million from Kareth")
    assert opened.value.url.startswith(desk.address)


def test_everything_is_reached_with_the_keyboard(editor: Opened) -> None:
    page = editor()
    page.locator(".ProseMirror").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Check")).to_be_focused()
    page.keyboard.press("Enter")
    expect(said(page, "altered")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".ProseMirror")).to_be_focused()
    first, second = page.locator(".onrecord-item h3 button").all()
    page.keyboard.press("F8")
    expect(first).to_have_attribute("aria-expanded", "true")
    expect(said(page, "verified")).to_have_class(re.compile("onrecord-open"))
    page.keyboard.press("F8")
    expect(second).to_have_attribute("aria-expanded", "true")
    expect(page.locator("[aria-live=polite]:not([role=status])")).to_contain_text("a number differs")
    page.keyboard.press("Shift+F8")
    expect(first).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".ProseMirror")).to_be_focused()
    page.keyboard.press("Alt+Enter")
    expect(first).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Open in the record")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # "Show in the text"
    expect(page.locator(".ProseMirror")).to_be_focused()


def test_a_verdict_stands_only_while_its_words_do(editor: Opened) -> None:
    page = editor()
    check(page)
    after(page, "Halvenia waits")
    page.keyboard.type(" again")
    expect(said(page, "verified")).to_have_text(TRUE)  # its own paragraph names the speaker
    expect(said(page, "withdrawn")).to_have_text(ALTERED)  # "she" leans on what comes before
    expect(page.get_by_role("status")).to_contain_text("The text was changed since")
    page.keyboard.press("ControlOrMeta+z")
    expect(said(page, "altered")).to_have_text(ALTERED)
    expect(said(page, "withdrawn")).to_have_count(0)

    after(page, "We will not")
    for _ in range(4):
        page.keyboard.press("Backspace")
    expect(said(page, "verified")).to_have_count(0)
    expect(said(page, "withdrawn").first).to_have_text("“We will sign the water treaty today,”")
    page.locator(".onrecord-item h3 button").first.click()
    expect(page.locator(".onrecord-card").first).to_contain_text("What was found before no longer counts.")
    page.locator(".ProseMirror").focus()
    page.keyboard.press("ControlOrMeta+z")
    expect(said(page, "verified")).to_have_text(TRUE)

    after(page, "Ilse Corvane")  # the words stand; whose they are does not
    page.keyboard.type(" never")
    expect(said(page, "verified")).to_have_count(0)


def test_what_was_typed_while_the_server_read_is_not_taken_for_checked(editor: Opened) -> None:
    page = editor()
    held: list[Route] = []
    page.route("**/api/v1/reports", lambda route: held.append(route))
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("status")).to_have_text("Being checked …")
    while not held:
        page.wait_for_timeout(20)
    after(page, "Halvenia waits")
    page.keyboard.press("Enter")
    page.keyboard.type("Nobody “signed” anything 𝕏.")
    after(page, "58")
    page.keyboard.type("0")
    held[0].continue_()
    expect(said(page, "verified")).to_have_text(TRUE)
    expect(said(page, "withdrawn")).to_have_text(ALTERED.replace("58", "580"))
    expect(page.get_by_role("status")).to_contain_text("The text was changed since")


def test_checked_again_only_what_changed_is_touched(editor: Opened) -> None:
    page = editor()
    check(page)
    cards = page.locator(".onrecord-item")
    cards.first.get_by_role("button").first.click()
    cards.first.evaluate("each => { each.querySelector('.onrecord-summary').kept = true }")
    after(page, "58")
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    page.keyboard.type("48")
    page.get_by_role("button", name="Check again").click()
    expect(page.get_by_role("status")).to_have_text("2 statements: 2 verified. 1 of them new or otherwise than before.")
    assert cards.first.evaluate("each => each.querySelector('.onrecord-summary').kept")
    expect(cards.first.get_by_role("button").first).to_have_attribute("aria-expanded", "true")
    expect(said(page, "verified")).to_have_count(2)
    page.get_by_role("button", name="Check again").click()
    expect(page.get_by_role("status")).to_contain_text("Nothing is otherwise than before.")


def test_a_long_article_is_followed_while_it_is_checked(editor: Opened) -> None:
    page = editor(locale="en")
    page.evaluate(
        """() => { const { schema, tr } = view.state; const add = text => tr.insert(tr.doc.content.size, schema.nodes.paragraph.create(null, schema.text(text)));
          for (let each = 0; each < 130; each += 1) add("The 𝕏 ferry of Tarn left the harbour and came back with the tide. ".repeat(6));
          add("“<img src=x onerror=alert(1)> A river does not ask who is drinking,” Ilse Corvane said.");
          view.dispatch(tr); }"""
    )
    sent: list[str] = []
    page.on(
        "request",
        lambda request: sent.append(
            f"{request.method} {re.sub('(?<=articles/)[^/]+', 'ID', request.url.partition('/api/v1/')[2])}"
        ),
    )
    check(page)
    assert [each for each in sent if each[0] != "O"] == [
        "POST articles",
        "GET articles/ID/events",
        "GET articles/ID/report",
    ]
    expect(page.locator(".ProseMirror .onrecord-said").last).to_contain_text("who is drinking,”")
    page.locator(".onrecord-item h3 button").last.click()
    expect(page.locator(".onrecord-panel")).to_contain_text("<img src=x onerror=alert(1)>")
    expect(page.locator(".onrecord-panel img")).to_have_count(0)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"host": "localhost"}, "does its setting ONRECORD_ORIGINS name http://localhost"),
        ({"server": "http://127.0.0.1:1081/"}, "No answer from http://127.0.0.1:1081/. Is it running"),
        ({"key": "onr_live_nobody"}, "did not accept this one. There is no such key"),
    ],
)
def test_a_server_that_says_no_is_told_with_what_to_do(editor: Opened, options: dict[str, str], says: str) -> None:
    page = editor(**options)
    page.get_by_role("button", name="Check").click()
    expect(page.locator(".onrecord-panel").get_by_role("alert")).to_contain_text(says)
    expect(page.get_by_role("button", name="Check")).to_be_enabled()
    expect(page.locator(".ProseMirror .onrecord-said")).to_have_count(0)


def test_the_editor_and_its_cards_are_read_by_everybody(editor: Opened) -> None:
    page = editor()
    check(page)
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    page.locator(".onrecord-item.onrecord-altered").get_by_role("button").first.click()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert Axe().run(page, options=rules).response["violations"] == [], scheme
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_it_speaks_russian_where_the_page_does(editor: Opened) -> None:
    page = editor()
    page.evaluate("document.documentElement.lang = 'ru'")
    page.get_by_role("button", name="Open the editor").click()
    page.get_by_role("button", name="Проверить").click()
    expect(page.get_by_role("status")).to_contain_text("Высказываний: 2 (1 подтверждено")
    said(page, "altered").click()
    expect(page.locator(".onrecord-item.onrecord-altered")).to_contain_text("число другое")
