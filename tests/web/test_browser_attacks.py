"""Nothing that anybody typed, pasted, dropped, said or published is ever run: a browser is shown it in every field there is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from urllib.parse import quote

import pytest
from playwright.sync_api import Dialog, Page, expect

from corpus.types import Document, PartialDate, Span, Turn

RUN = "alert('run')"
"""What every payload tries to do; a dialog, or a request for /ran, is a failure."""

_HANDLERS = ("onerror", "onload", "onfocus", "onmouseover", "ontoggle", "onpointerenter", "onanimationstart", "oncut")
_TAGS = (
    "img src=x",
    "svg",
    "input autofocus",
    "details open",
    "video src=x",
    "body",
    "iframe src=x",
    "marquee",
    "a href=x",
)
_CLOSERS = ("", '">', "'>", "</textarea>", "</title>", "</script>", "-->", "</style>", "</blockquote></article>")

PAYLOADS = tuple(
    dict.fromkeys(
        [
            *(f"{closer}<script>{RUN}</script>" for closer in _CLOSERS),
            *(f"<{tag} {handler}={RUN}>" for tag in _TAGS for handler in _HANDLERS),
            *(f'" {handler}="{RUN}" x="' for handler in _HANDLERS),
            *(f"' {handler}='{RUN}' x='" for handler in _HANDLERS),
            f"javascript:{RUN}",
            f"JaVaScRiPt:{RUN}//",
            f"java\tscript:{RUN}",
            f"data:text/html,<script>{RUN}</script>",
            f"{{{{ {RUN} }}}}",
            "{{ 7 * 7 }}{% for x in ().__class__.__base__.__subclasses__() %}{% endfor %}",
            f"${{{RUN}}}",
            '<div hx-get="/ran" hx-trigger="load"></div>',
            '<div data-hx-get="/ran" data-hx-trigger="load"></div>',
            f'<div hx-on:htmx:load="{RUN}"></div>',
            '<meta http-equiv="refresh" content="0; url=/ran">',
            '<link rel="stylesheet" href="/ran">',
            '<base href="https://evil.example/">',
            '<form action="/ran"><button autofocus>x</button></form>',
            f"<math><mtext><table><mglyph><style><img src=x onerror={RUN}></style></mglyph></table></mtext></math>",
            f"<noscript><p title='</noscript><img src=x onerror={RUN}>'></noscript>",
            f"<template shadowrootmode=open><img src=x onerror={RUN}></template>",
            f"<svg><animate onbegin={RUN} attributeName=x dur=1s></svg>",
            f"<svg><a xlink:href='javascript:{RUN}'><text>x</text></a></svg>",
            f"＜script＞{RUN}＜/script＞",
            f"\u202e<script>{RUN}</script>\u202c",
            f"<scr\u200bipt>{RUN}</scr\u200bipt>",
            f"<img src=x onerror={RUN}//",
            f"&lt;script&gt;{RUN}&lt;/script&gt;",
            f"&#60;script&#62;{RUN}&#60;/script&#62;",
            f"%3Cscript%3E{RUN}%3C/script%3E",
            f"<%00script>{RUN}</script>",
            f"\\u003cscript\\u003e{RUN}\\u003c/script\\u003e",
        ]
    )
)


def published(number: int, payload: str) -> Document:
    """A statement of which every field is a payload, the words of somebody included."""
    text = f"We opened quay number {number} of Marlo, {payload} and the boats came in."
    return Document(
        f"d{number}-{payload}", f"{payload} {number % 7}", f"{payload} title {number}", text,
        (Turn(0, f"{payload} Lorne", "speech", Span(0, len(text))),), date=PartialDate(2031, 1 + number % 12, 5),
        url=payload if number % 2 else f"https://quay.example/{payload}", language="en", kind=payload,
        speakers=(f"{payload} Lorne",), licence=payload,
    )  # fmt: skip


@pytest.fixture(scope="module")
def address(serving: Callable[[Iterable[Document]], str]) -> str:
    return serving([published(number, payload) for number, payload in enumerate(PAYLOADS)])


@pytest.fixture
def page(visit: Callable[..., Page], address: str) -> Iterable[Page]:
    """The start page; whatever runs is written down."""
    page = visit(address)
    ran: list[str] = []

    def refuse(dialog: Dialog) -> None:
        ran.append(f"{page.url}: {dialog.message}")
        dialog.dismiss()

    page.on("dialog", refuse)
    page.on("request", lambda sent: ran.append(sent.url) if sent.url.endswith("/ran") else None)
    yield page
    assert ran == []


def seen(page: Page) -> None:
    """Open everything, touch everything, and see that nothing of it is a tag of theirs."""
    page.locator("details").evaluate_all("all => all.forEach(each => { each.open = true; })")
    page.evaluate(
        "() => document.querySelectorAll('main *').forEach(each => { each.dispatchEvent(new Event('mouseover', {bubbles: true})); })"
    )
    assert (
        page.locator("main script, main img, main iframe, main base, main meta, main [onerror], main [hx-on]").count()
        == 0
    )
    assert (
        page.locator(
            '[href^="javascript" i]:not([data-bookmarklet]), [src^="javascript" i], [action="/ran"], [hx-get="/ran"]'
        ).count()
        == 0
    )


def test_there_are_enough_of_them() -> None:
    assert len(PAYLOADS) >= 100


def test_what_is_published_is_only_shown(page: Page, address: str) -> None:
    for path in ("corpus", "corpus?page=3", "corpus?q=quay+boats", "coverage", "about", ""):
        page.goto(address + path)
        seen(page)
    for number, payload in list(enumerate(PAYLOADS))[::8]:
        page.goto(f"{address}document?id={quote(f'd{number}-{payload}')}&q={quote(payload)}")
        assert page.locator(".turns").count() == 1, payload
        seen(page)


def test_what_is_in_an_article_is_only_shown(page: Page, address: str) -> None:
    said = [
        f"“We opened quay number {number} of Marlo and the boats came in,” Ada Lorne said. {PAYLOADS[number]}\n\n"
        for number in range(0, len(PAYLOADS), 9)
    ]
    inside = [f"“We closed {payload.replace('“', '')} and left,” she said.\n\n" for payload in PAYLOADS[1::16]]
    page.goto(address)
    page.locator("#text").fill(PAYLOADS[0] + "\n\n" + "".join([*said, *inside, *PAYLOADS]))
    page.locator("#speaker").fill(PAYLOADS[1][:200])
    page.locator("label:has-text('An article')").click()
    page.locator("form.check button[type=submit]").click()
    page.wait_for_url("**/checks/*")
    expect(page.locator("#more")).to_have_count(0, timeout=30_000)
    assert page.locator(".card").count() > len(said)
    seen(page)


def test_what_is_asked_is_only_shown(page: Page, address: str) -> None:
    for payload in PAYLOADS[::6]:
        page.goto(f"{address}corpus?q={quote(payload)}&publisher={quote(payload)}&year={quote(payload)}")
        seen(page)
    for payload in PAYLOADS[1::16]:
        page.goto(f"{address}coverage?speaker={quote(payload[:190])}")
        page.goto(f"{address}documents/{quote(payload, safe='')}?q={quote(payload)}")
        seen(page)


def test_what_is_typed_into_every_other_field_is_only_shown(page: Page, address: str) -> None:
    for payload in PAYLOADS[::18]:
        page.goto(address)
        page.set_input_files(
            "#file", {"name": f"{payload.replace('/', '')}.exe", "mimeType": "text/plain", "buffer": b"x"}
        )
        page.locator("#text").fill(payload)
        page.locator("#date").fill(payload)
        page.locator("form.check button[type=submit]").click()
        page.wait_for_selector(".problem")
        seen(page)
        page.goto(address)
        page.locator("#text").fill(f"“{payload}”")
        page.locator("#speaker").fill(payload[:200])
        page.locator("label:has-text('One quote')").click()
        page.locator("form.check button[type=submit]").click()
        page.wait_for_load_state()
        if page.locator(".card").count():
            wrong = page.locator(".tool[id^=wrong]")
            wrong.locator("summary").click()
            wrong.locator("input[type=radio]").first.check()
            wrong.locator("textarea").fill(payload)
            wrong.locator("button").click()
            page.wait_for_selector(".state q")
        seen(page)
