"""An editor's day in a real browser: an article from the desk to its sign-off, two who work at once, batches, a server that dies."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page
from sqlalchemy import text

from checker.settings import Settings
from corpus.store import Corpus
from corpus.types import Document, PartialDate, Span, Turn
from web.desk import Desk
from web.review import steps
from web.review.forms import Seen
from web.store import Store, accounts, articles, decisions, jobs, reviews, store_of
from web.store.articles import Text
from web.store.decisions import Ruling
from web.store.embargoes import Term

SENTENCES = [
    f"On pier {number} of Vessen we repaired {number + 11} lamps for the {name} before the autumn storm."
    for number, name in enumerate("pilots ferrymen keepers cooks sailors clerks carters smiths".split() * 5, start=1)
]
ARTICLE = "\n\n".join(f"“{sentence[:-1]},” Edda Marlow told the council." for sentence in SENTENCES)
SHORT = "“On pier 1 of Vessen we repaired 99 lamps for the pilots before the autumn storm,” Edda Marlow said."
SAID = " ".join(SENTENCES)


@dataclass
class Server:
    """A service over a folder, which can be killed and started again."""

    folder: Path
    process: subprocess.Popen[str] | None = None
    address: str = ""

    @property
    def store(self) -> Store:
        return store_of(Settings(corpus=str(self.folder)))

    def start(self) -> None:
        code = "from web.serve import serve; serve()"
        command = [sys.executable, "-c", code, "--port", "0", "--corpus", str(self.folder)]
        environment = os.environ | {
            "ONRECORD_ENCODER": "none",
            "ONRECORD_JUDGE": "none",
            "ONRECORD_MULTILINGUAL": "none",
        }
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, env=environment, start_new_session=True
        )  # fmt: skip
        assert self.process.stdout is not None
        found = re.search(r"http://\S+/", self.process.stdout.readline())
        assert found, "the server did not start"
        self.address = found.group()

    def kill(self) -> None:
        """As a machine that loses its power would end it, with all that it started."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.communicate()


@pytest.fixture(scope="module")
def server(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("desk")
    turns = (Turn(0, "Edda Marlow", "speech", Span(0, len(SAID))),)
    with Corpus.open(folder, create=True) as corpus:
        list(
            corpus.add(
                [
                    Document(
                        "vessen-1",
                        "Harbour office of Vessen (invented)",
                        "Address",
                        SAID,
                        turns,
                        date=PartialDate(2032, 10, 3),
                    )
                ]
            )
        )
    server = Server(folder)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def enter(browser: Browser, server: Server, entered: Callable[[Store, str, str], str]) -> Iterator[Callable[..., Page]]:
    """Somebody signed in, in a browser of their own; what the browser complains about fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def page(name: str, role: str, **options: object) -> Page:
        context = browser.new_context(**({"locale": "en"} | options))  # type: ignore[arg-type]
        contexts.append(context)
        token = entered(server.store, name, role)
        context.add_cookies([{"name": "onrecord_session", "value": token, "url": server.address}])
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda message: None if _EXPECTED.search(message.text) else complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: (complaints.append(dialog.message), dialog.dismiss()))
        return page

    yield page
    for context in contexts:
        context.close()
    assert complaints == []


_EXPECTED = re.compile("status of 409|net::ERR_CONNECTION")
"""What the browser notes when somebody was faster, and while the server is dead."""


def put_on_desk(page: Page, server: Server, article: str, title: str) -> str:
    page.goto(f"{server.address}review/new")
    page.get_by_label("Headline").fill(title)
    page.get_by_label("Article", exact=True).fill(article)
    page.get_by_role("button", name="Check and put on the desk").click()
    page.wait_for_selector("#signing")
    page.wait_for_load_state()
    return page.url


def test_whoever_signs_in_pastes_decides_signs_and_sees_it_void_after_a_change(
    browser: Browser, server: Server, enter: Callable[..., Page]
) -> None:
    enter("Ada", "editor")
    with server.store.writing() as connection:
        accounts.set_password(connection, "Ada", "the lighthouse keeper", by="test")
    context = browser.new_context(locale="en")
    page = context.new_page()
    page.goto(f"{server.address}review")
    page.get_by_label("Name").fill("ada")
    page.get_by_label("Password").fill("the lighthouse keeper")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{server.address}review")
    case = put_on_desk(page, server, SHORT, "The lamps")
    page.get_by_role("button", name="Accept").click()
    page.get_by_text("1 of 1", exact=False).first.wait_for()
    page.get_by_role("button", name="Sign off").click()
    page.get_by_text("✓ Signed off").wait_for()
    page.get_by_role("link", name="Change the text").click()
    page.get_by_label("Article", exact=True).fill(SHORT.replace("99", "98"))
    page.get_by_role("button", name="Save and check").click()
    page.wait_for_url(case)
    assert "The sign-off by Ada is void" in page.locator(".void").inner_text()
    page.get_by_role("link", name="Review", exact=True).first.click()
    assert "Alerts for you: 1" in page.locator(".notice").inner_text()
    page.get_by_role("button", name="Sign out").click()
    page.goto(case)
    assert "/sign-in?to=" in page.url
    context.close()


@pytest.mark.parametrize(("number", "most"), [(10, 23), pytest.param(40, 90, marks=pytest.mark.nightly)])
def test_statements_are_reviewed_with_at_most_nine_keys_for_four(
    server: Server, enter: Callable[..., Page], number: int, most: int
) -> None:
    page = enter("Bea", "editor")
    put_on_desk(page, server, "\n\n".join(ARTICLE.split("\n\n")[:number]), "Many lamps")
    pressed = 0

    def press(keys: str) -> None:
        nonlocal pressed
        for key in keys.split():
            page.keyboard.press(key)
            pressed += 1

    assert page.locator("#standing").inner_text().startswith(f"0 of {number}")
    press("n")
    for decided in range(number):
        if decided % 10 == 9:  # override: another status, its ground, a note
            press("o ArrowDown Tab ArrowDown Tab o k Control+Enter")
        else:
            press("a")
        page.get_by_text(f"{decided + 1} of {number} decided").first.wait_for()
    press("s Enter")
    page.get_by_text("✓ Signed off").wait_for()
    assert f"{number} of {number} decided, {number // 10} overridden" in page.locator("#standing").inner_text()
    assert pressed <= most, pressed


def test_a_jump_decides_nothing_and_undo_takes_back_the_last(server: Server, enter: Callable[..., Page]) -> None:
    page = enter("Bea", "editor")
    put_on_desk(page, server, "\n\n".join(ARTICLE.split("\n\n")[:3]), "Three lamps")
    for key in "jjkknpnp":
        page.keyboard.press(key)
    assert page.locator("#standing").inner_text().startswith("0 of 3")
    page.keyboard.press("a")
    page.get_by_text("1 of 3 decided").first.wait_for()
    page.keyboard.press("u")
    page.get_by_text("0 of 3 decided").first.wait_for()
    page.locator("[data-keys] summary").click()
    page.locator("[data-keys-on]").uncheck()
    page.keyboard.press("a")
    page.reload()
    assert page.locator("#standing").inner_text().startswith("0 of 3")


@pytest.mark.parametrize("script", [True, False])
def test_two_editors_in_two_browsers_lose_nothing(server: Server, enter: Callable[..., Page], script: bool) -> None:
    ada = enter("Ada", "editor", java_script_enabled=script)
    bea = enter("Bea", "editor", java_script_enabled=script)
    case = put_on_desk(ada, server, SHORT, "One lamp")
    bea.goto(case)
    ada.get_by_role("button", name="Accept").click()
    ada.get_by_text("1 of 1", exact=False).first.wait_for()
    bea.locator("[data-override] summary").click()
    bea.get_by_label("Paraphrased").check()
    bea.get_by_label("Your note").fill("Hers must not be lost")
    bea.get_by_role("button", name="Override", exact=True).click()
    problem = bea.locator(".ruling .problem")
    problem.wait_for()
    assert "Ada decided about this statement since you opened it" in problem.inner_text()
    assert "✓ Accepted by Ada" in bea.locator(".ruling .now").inner_text()
    assert bea.get_by_label("Your note").input_value() == "Hers must not be lost"
    bea.get_by_role("button", name="Override", exact=True).click()  # now that she has seen it
    bea.get_by_text("1 overridden").first.wait_for()
    ada.reload()
    assert "Decisions so far: 2" in ada.locator(".ruling").inner_text()


def test_a_batch_fills_its_page_and_a_killed_server_goes_on_with_each_item_once(
    server: Server, enter: Callable[..., Page]
) -> None:
    page = enter("Dov", "reporter")
    with server.store.writing() as connection:
        connection.execute(text("CREATE TABLE counted (job TEXT, number INTEGER)"))
        connection.execute(
            text(
                "CREATE TRIGGER count AFTER UPDATE OF state ON item WHEN new.state IN ('done', 'failed') "
                "BEGIN INSERT INTO counted VALUES (new.job_id, new.number); END"
            )
        )
    page.goto(f"{server.address}batches")
    lines = [json.dumps({"id": f"q{n}", "quote": SENTENCES[n % 40], "speaker": "Edda Marlow"}) for n in range(160)]
    file = {
        "name": "quotes.jsonl",
        "mimeType": "text/plain",
        "buffer": "\n".join([*lines[:3], "no json", *lines[3:]]).encode(),
    }
    page.get_by_label("Files").set_input_files([file])  # type: ignore[list-item]
    page.get_by_role("button", name="Check all").click()
    page.wait_for_selector("#item-2 .condition.done")  # as it comes, without loading the page again
    assert page.locator("#progress").get_attribute("data-state") == "running"
    id = page.url.rpartition("/")[2]
    server.kill()
    server.start()
    page.goto(f"{server.address}batches/{id}")
    page.wait_for_selector("#progress[data-state=done]", timeout=60_000)
    assert "161 of 161 checked, 1 of them could not be" in page.locator("#progress").inner_text()
    assert "no “quote” and no “text”" in page.locator("#item-4").inner_text()
    with server.store.reading() as connection:
        counted = connection.execute(
            text("SELECT number, count(*) FROM counted WHERE job = :id GROUP BY number"), {"id": id}
        ).all()
    assert sorted(number for number, _ in counted) == list(range(1, 162))
    assert {times for _, times in counted} == {1}


_RUN = "top.hit=1"
PAYLOADS = [
    f"<script>{_RUN}</script>", f"<img src=x onerror={_RUN}>", f'"><svg onload={_RUN}>', f"'><body onload={_RUN}>",
    f"</textarea><script>{_RUN}</script>", f"</title><script>{_RUN}</script>", f"<iframe srcdoc='<script>{_RUN}</script>'>",
    f"javascript:{_RUN}", f'" onmouseover="{_RUN}', f"' autofocus onfocus='{_RUN}", f"<a href=javascript:{_RUN}>x</a>",
    "{{ 7 * 7 }}", "${7*7}", f"<details open ontoggle={_RUN}>", f"<math><mi xlink:href=javascript:{_RUN}>x",
    f"<style>@import 'javascript:{_RUN}';</style>", f"<base href=//evil.example><script>{_RUN}</script>",
    f"<input autofocus onfocus={_RUN}>", f"<marquee onstart={_RUN}>", f"<object data=javascript:{_RUN}>",
    f"<form action=javascript:{_RUN}><button>x", f"&lt;script&gt;{_RUN}&lt;/script&gt;", f"\\u003cscript\\u003e{_RUN}",
    f"<scr\u200bipt>{_RUN}</script>", f"＜script＞{_RUN}＜/script＞", f"<svg><script>{_RUN}</script></svg>",
    f"<noscript><p title='</noscript><img src=x onerror={_RUN}>'>", f"--><script>{_RUN}</script><!--",
    f"]]><script>{_RUN}</script>", f"<video><source onerror={_RUN}></video>", f"<select autofocus onfocus={_RUN}>",
    f"<keygen autofocus onfocus={_RUN}>", f"<x contenteditable onblur={_RUN}>", f"<link rel=stylesheet href=javascript:{_RUN}>",
    f"<meta http-equiv=refresh content='0;url=javascript:{_RUN}'>", f"<table background=javascript:{_RUN}>",
    f"<img src=`x` onerror=`{_RUN}`>", f"<svg/onload={_RUN}//", f"<b data-part id=standing onclick={_RUN}>x</b>",
    f"<article data-ruling id=x><form data-live></form>{_RUN}", f"%3Cscript%3E{_RUN}%3C/script%3E",
]  # fmt: skip


def test_nothing_that_is_typed_is_ever_run(server: Server, enter: Callable[..., Page]) -> None:
    page = enter("Eve", "admin")
    page.add_init_script("document.addEventListener('securitypolicyviolation', () => { top.hit = 2; })")
    article = "\n\n".join(f"“{SENTENCES[n % 40]} {payload}” Edda Marlow said." for n, payload in enumerate(PAYLOADS))
    case = put_on_desk(page, server, article, PAYLOADS[0] + PAYLOADS[5])
    token = page.locator("input[name=csrf_token]").first.input_value()
    shown = [case, f"{case}/text", f"{case}/history", f"{server.address}review"]

    def post(address: str, **fields: str) -> None:
        answer = page.request.post(address, form={"csrf_token": token, **fields}, max_redirects=0)
        assert answer.status in (200, 303, 400), (address, answer.status)

    rulings = page.locator("[data-ruling]").evaluate_all(
        "all => all.map(each => [each.dataset.anchor, each.querySelector('[name=basis]').value])"
    )
    assert len(rulings) >= 20
    for (anchor, basis), payload in zip(rulings, PAYLOADS, strict=False):
        post(
            f"{case}/decisions/{anchor}",
            kind="override",
            status="verified",
            ground="judgement",
            note=payload,
            seen="0",
            basis=basis,
        )
        post(f"{case}/comments", anchor=anchor, comment=payload)
    for payload in PAYLOADS:
        post(f"{case}/comments", anchor="", comment=payload)
    for payload in PAYLOADS[:12]:
        post(f"{server.address}review", title=payload, text=f"{payload} Nobody is quoted.", date=payload)
        post(f"{server.address}accounts", name=payload, password=payload, role=payload)
    post(f"{server.address}batches", title="".join(PAYLOADS[:3])[:190], lines="\n".join(PAYLOADS))
    page.goto(f"{server.address}batches")
    shown += [page.url, page.locator(".list a").first.evaluate("link => link.href"), f"{server.address}accounts"]
    shown.append(f"{shown[-2]}/items/1")
    for address in shown:
        page.goto(address)
        page.locator("details").evaluate_all("all => all.forEach(each => { each.open = true; })")
        page.mouse.move(300, 300)
        assert page.evaluate("top.hit") is None, address
    page.goto(case)
    page.keyboard.press("n")
    page.keyboard.press("o")
    assert page.evaluate("top.hit") is None


@pytest.mark.parametrize(
    ("theme", "language", "width"),
    [pytest.param("light", "en", 1280, marks=pytest.mark.nightly), ("dark", "ru", 390)],
)
def test_every_page_of_the_desk_is_for_everybody(
    server: Server, enter: Callable[..., Page], theme: str, language: str, width: int
) -> None:
    page = enter("Eve", "admin", color_scheme=theme, locale=language, viewport={"width": width, "height": 800})
    case = put_on_desk_unseen(server)
    with server.store.writing() as connection:
        job = jobs.create(connection, "A batch", [jobs.NewItem("one", "quote", '{"quote": "…"}')], by="Eve")
    places = [
        "review",
        "review/new",
        "review/alerts",
        "batches",
        "account",
        "accounts",
        "sign-in",
        f"batches/{job}",
        "account/keys",
        "api/v1/docs",
    ]
    for place in [*places, f"batches/{job}/items/1", case, f"{case}/text", f"{case}/history"]:
        page.goto(f"{server.address}{place}")
        page.locator("details").evaluate_all("all => all.forEach(each => { each.open = true; })")
        found = Axe().run(page).response["violations"]
        assert found == [], (place, [(each["id"], each["nodes"][0]["html"]) for each in found])
        room = page.locator("html").evaluate("page => page.clientWidth - page.scrollWidth")
        assert room >= 0, place


def put_on_desk_unseen(server: Server) -> str:
    """An article under embargo, with a comment and two decisions, one of them undone."""
    desk = Desk(
        replace(Settings(corpus=str(server.folder)), encoder="none", judge="none"), None, server.store, checks=None
    )
    author, term = (
        accounts.Account(0, "Dov", "reporter"),
        Term("2999-05-04T16:00:00.000000Z", "2999-05-04 18:00 Europe/Berlin"),
    )
    id = steps.send(desk, Text(SHORT, title="The lamps"), by=author, embargo=term)
    with server.store.reading() as connection:
        ((anchor, basis),) = articles.bases(connection, id, 1).items()
    steps.decide(desk, id, anchor, Ruling("accept", note="Yes."), seen=Seen(0, basis), by="Ada")
    with server.store.writing() as connection:
        last = decisions.histories(connection, id)[anchor][-1].id
        reviews.say(connection, id, anchor=anchor, text="@Eve, look.", by="Bea")
    steps.withdraw(desk, id, anchor, seen=Seen(last, basis), by="Ada")
    return f"review/{id}"
