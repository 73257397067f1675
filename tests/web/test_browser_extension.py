"""The browser extension, unpacked in Chromium, and the bookmarklet: from a page of somebody else's to the desk."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, expect

from checker.settings import Settings
from corpus.store import Corpus
from corpus.types import Document, PartialDate, Span, Turn
from web.bookmarklet import bookmarklet
from web.store import accounts, store_of

EXTENSION = Path(__file__).parent.parent.parent / "web" / "integrations" / "browser"
SAID = "We will not raise the toll by 2.4 percent this year, because the islands need the bridge more than the treasury does."
RECORD = Document(
    "tarn-1", "Chancery of Quenland (invented)", "Briefing on the harbour of Tarn", SAID,
    (Turn(0, "Mirela Tosk", "speech", Span(0, len(SAID))),), date=PartialDate(2031, 5, 4), speakers=("Mirela Tosk",),
)  # fmt: skip
ARTICLE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Tolls & “tides”</title>
<meta property="article:published_time" content="2031-05-05T08:00:00Z"></head><body>
<nav>Home. Sport. Weather.</nav>
<article><h1>No higher toll</h1>
<p id="quote">“We will raise the toll by 4.2 percent this year,” Mirela Tosk said on Sunday.</p>
<p>Nobody on the 𝕏 islands had asked for it &amp; everybody was glad.</p></article>
<footer>Somebody else’s newsletter</footer></body></html>"""


class _Newspaper(BaseHTTPRequestHandler):
    """A page whose own rules let nothing run."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", "default-src 'none'")
        self.end_headers()
        self.wfile.write(ARTICLE.encode())

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def newspaper() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Newspaper) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://localhost:{server.server_port}/tolls"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def desk(serving: Callable[..., str]) -> str:
    return serving([RECORD])


@pytest.fixture(scope="module")
def extended(browser: Browser, chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """A browser with the extension as it lies in its folder, nothing added."""
    flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--enable-unsafe-extension-debugging",
             f"--disable-extensions-except={EXTENSION}", f"--load-extension={EXTENSION}"]  # fmt: skip
    context = browser.browser_type.launch_persistent_context(
        tmp_path_factory.mktemp("profile"), executable_path=chromium, args=flags, locale="en", headless=False
    )
    context.set_default_timeout(15_000)
    yield context
    context.close()


IDENTITY = "".join(chr(ord("a") + int(digit, 16)) for digit in hashlib.sha256(str(EXTENSION).encode()).hexdigest()[:32])
"""What Chromium calls an unpacked extension: after where it lies."""


class Popup:
    """The window behind the extension's button, which no tab holds: driven through the browser's own protocol."""

    def __init__(self, session: CDPSession, target: str, page: Page) -> None:
        self._session, self._page, self._answers, self._asked = session, page, dict[int, Any](), 0
        session.on("Target.receivedMessageFromTarget", self._hear)
        attached = session.send("Target.attachToTarget", {"targetId": target, "flatten": False})
        self._id = attached["sessionId"]

    def do(self, expression: str) -> Any:
        """Evaluate something there, as if its reader had done it."""
        return self._send("Runtime.evaluate", expression=expression, returnByValue=True, userGesture=True)["result"].get("value")  # fmt: skip

    def until(self, expression: str) -> Any:
        """Wait for something to be true there."""
        for _ in range(100):
            if value := self.do(expression):
                return value
            self._page.wait_for_timeout(50)
        raise AssertionError(f"never true: {expression}\n{self.do('document.body.innerText')}")

    def picture(self) -> bytes:
        """What it looks like."""
        return base64.b64decode(self._send("Page.captureScreenshot")["data"])

    def _send(self, method: str, **parameters: object) -> Any:
        self._asked += 1
        message = json.dumps({"id": self._asked, "method": method, "params": parameters})
        self._session.send("Target.sendMessageToTarget", {"sessionId": self._id, "message": message})
        while self._asked not in self._answers:
            self._page.wait_for_timeout(20)
        answer = self._answers[self._asked]
        assert "exceptionDetails" not in answer, answer
        return answer

    def _hear(self, event: dict[str, Any]) -> None:
        message = json.loads(event["message"])
        if event["sessionId"] == self._id and "id" in message:
            self._answers[message["id"]] = message.get("result") or message["error"]


def press(context: BrowserContext, page: Page) -> Popup:
    """Press the extension's button over a page; its reader's press is what lets it read that page."""
    assert context.browser is not None
    page.bring_to_front()
    session = context.browser.new_browser_cdp_session()

    def targets(kind: str, ending: str) -> list[str]:
        found = session.send("Target.getTargets", {"filter": [{"type": kind}]})["targetInfos"]
        return [each["targetId"] for each in found if each["url"].endswith(ending)]

    session.send("Extensions.triggerAction", {"id": IDENTITY, "targetId": targets("tab", page.url)[0]})
    for _ in range(100):
        if opened := targets("page", f"{IDENTITY}/popup.html"):
            popup = Popup(session, opened[0], page)
            popup.until("document.title")
            return popup
        page.wait_for_timeout(50)
    raise AssertionError("the window did not open")


def choose_server(context: BrowserContext, written: str) -> Page:
    """Say whose server it is, in the extension's own settings."""
    options = context.new_page()
    options.goto(f"chrome-extension://{IDENTITY}/options.html")
    options.get_by_label("Address of your server").fill(written)
    options.get_by_role("button", name="Save").click()
    return options


@pytest.fixture
def page(extended: BrowserContext, newspaper: str) -> Iterator[Page]:
    """A page of somebody else's, whose own rules let nothing run."""
    opened = extended.new_page()
    opened.goto(newspaper)
    yield opened
    for each in extended.pages[1:]:
        each.close()


def test_without_a_server_it_asks_for_one_and_sends_nothing(extended: BrowserContext, page: Page) -> None:
    popup = press(extended, page)
    assert "which OnRecord server is yours" in popup.until(
        "document.querySelector('[role=alert]:not([hidden])')?.innerText"
    )
    assert popup.do("document.getElementById('check').hidden")
    popup.do("window.close()")


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("no address", "Write the address of a server"), ("ftp://desk.example/", "Write the address"),
        ("https://a:b@desk.example/", "Write the address"), ("desk.example/on", "Texts go to https://desk.example/on/ from now on."),
        ("http://desk.example", "can be read on the way"), ("http://127.0.0.1:8000/", "http://127.0.0.1:8000/ from now on."),
    ],
)  # fmt: skip
def test_a_server_s_address_is_checked_and_told(extended: BrowserContext, page: Page, written: str, says: str) -> None:
    options = choose_server(extended, written)
    expect(options.get_by_role("status")).to_contain_text(says)
    if "now on." in says:
        expect(options.get_by_role("status")).not_to_contain_text("read on the way")


def test_selected_words_go_to_the_desk_and_are_checked_there(extended: BrowserContext, page: Page, desk: str) -> None:
    choose_server(extended, desk)
    page.evaluate("getSelection().selectAllChildren(document.getElementById('quote'))")
    popup = press(extended, page)
    assert popup.until("document.querySelector('input[name=what]:checked')?.value") == "selection"
    assert popup.do("document.getElementById('server').innerText") == desk
    popup.do("document.getElementById('speaker').value = 'Mirela Tosk'")
    with extended.expect_page() as opened:
        popup.do("document.getElementById('check').requestSubmit()")
    box = opened.value
    expect(box.locator("#text")).to_have_value(
        "“We will raise the toll by 4.2 percent this year,” Mirela Tosk said on Sunday."
    )
    expect(box.locator("#speaker")).to_have_value("Mirela Tosk")
    assert box.url == desk  # the text is not left in the history
    box.get_by_role("button", name="Check", exact=True).click()
    expect(box.locator(".card").first).to_contain_text("a “not” differs")


def test_an_article_goes_with_its_title_its_address_and_its_day(
    extended: BrowserContext, page: Page, desk: str, newspaper: str
) -> None:
    choose_server(extended, desk)
    popup = press(extended, page)
    assert popup.until("document.querySelector('input[name=what]:checked')?.value") == "article"
    assert popup.do("document.getElementById('selection').hidden && document.getElementById('about').hidden")
    with extended.expect_page() as opened:
        popup.do("document.getElementById('check').requestSubmit()")
    box = opened.value
    expect(box.locator("#date")).to_have_value("2031-05-05")
    text = box.locator("#text").input_value()
    assert text.startswith("No higher toll\n") and text.endswith("𝕏 islands had asked for it & everybody was glad.")
    assert "Sport" not in text and "newsletter" not in text
    box.get_by_role("button", name="Check", exact=True).click()
    expect(box.locator("h1")).to_have_text("Tolls & “tides”")
    expect(box.locator(".kicker a")).to_have_attribute("href", newspaper)
    expect(box.locator(".card").first).to_contain_text("a “not” differs")


def test_a_page_that_no_extension_may_read_is_told(extended: BrowserContext, page: Page, desk: str) -> None:
    choose_server(extended, desk)
    page.goto("chrome://version/")
    popup = press(extended, page)
    assert "lets no extension read this page" in popup.until(
        "document.querySelector('[role=alert]:not([hidden])')?.innerText"
    )
    popup.do("window.close()")


def test_the_bookmarklet_takes_what_is_selected_or_the_article(extended: BrowserContext, page: Page, desk: str) -> None:
    code = unquote(bookmarklet(desk)).removeprefix("javascript:")
    with extended.expect_page() as opened:
        page.evaluate(code)
    expect(opened.value.locator("#text")).to_have_value(re.compile("^No higher toll"))
    expect(opened.value.locator("input[name=kind][value=article]")).to_be_checked()
    page.evaluate("getSelection().selectAllChildren(document.getElementById('quote'))")
    with extended.expect_page() as opened:
        page.evaluate(code)
    expect(opened.value.locator("#text")).to_have_value(re.compile("Sunday.$"))
    assert opened.value.url == desk


def test_who_has_to_sign_in_first_finds_the_text_behind_the_door(
    chromium: str, browser: Browser, tmp_path: Path
) -> None:
    with Corpus.open(tmp_path, create=True) as corpus:
        list(corpus.add([RECORD]))
    with store_of(Settings(corpus=str(tmp_path))).writing() as connection:
        accounts.add(connection, "Ada", "a long enough password", role="reporter", by="the test")
    command = [sys.executable, "-c", "from web.serve import serve; serve()", "--port", "0", "--corpus", str(tmp_path)]
    settings = {"ONRECORD_ENCODER": "none", "ONRECORD_JUDGE": "none", "ONRECORD_REQUIRE_SIGN_IN": "on"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | settings) as server:
        assert server.stdout is not None
        (address,) = re.findall(r"http://\S+/", server.stdout.readline())
        with ExitStack() as stack:
            stack.callback(server.terminate)
            page = stack.enter_context(browser.new_context(locale="en")).new_page()
            page.goto(f"{address}#text=We+opened+at+10+%25.&kind=quote")
            page.get_by_label("Name").fill("Ada")
            page.get_by_label("Password").fill("a long enough password")
            page.get_by_role("button", name="Sign in").click()
            expect(page.locator("#text")).to_have_value("We opened at 10 %.")
            expect(page.locator("input[name=kind][value=quote]")).to_be_checked()
            assert page.url == address


def test_the_window_and_the_settings_are_read_by_everybody(extended: BrowserContext, page: Page, desk: str) -> None:
    options = choose_server(extended, desk)
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    for name in ("options.html", "popup.html"):
        options.goto(f"chrome-extension://{IDENTITY}/{name}")
        options.wait_for_function("document.title")
        assert Axe().run(options, options=rules).response["violations"] == [], name
