"""From a pasted article over the provider to its review, in a real browser; and the pages around it for everybody's eyes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from corpus.types import Document
from tests.web.conftest import DOCUMENT
from tests.web.provider.conftest import CLIENT, SECRET, Issuer
from tests.web.test_browser_desk import RULES


@pytest.fixture
def page(
    browser: Browser, serving: Callable[[Iterable[Document]], str], issuer: Issuer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Page]:
    settings = {
        "ISSUER": issuer.address, "CLIENT": CLIENT, "SECRET": SECRET, "LABEL": "Paper ID", "ROLES": "desk-editors=editor",
        "ACCOUNTS": "on",
    }  # fmt: skip
    for name, value in settings.items():
        monkeypatch.setenv(f"ONRECORD_OIDC_{name}", value)
    monkeypatch.setenv("ONRECORD_PRIVATE_HOSTS", urlsplit(issuer.address).netloc)
    address = serving([DOCUMENT])
    issuer.client.addresses = (f"{address}sign-in/provider/back",)
    context = browser.new_context(locale="en", base_url=address)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: None if "favicon" in str(message.location) else complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


def looked_at(page: Page, name: str) -> None:
    """Axe finds nothing, at either width and in either light; pictures where a folder for them is named."""
    for width in (1280, 390):
        for theme in ("light", "dark"):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, width)
            if folder := os.environ.get("PICTURES"):
                page.screenshot(path=Path(folder) / f"{name}-{width}-{theme}.png", full_page=True)
            if width == 390:
                violations = Axe().run(page, options=RULES).response["violations"]
                assert not violations, (name, theme, [(each["id"], each["nodes"][0]["html"]) for each in violations])
    page.set_viewport_size({"width": 1280, "height": 900})


def test_from_a_pasted_article_over_the_provider_to_its_review(page: Page, issuer: Issuer) -> None:
    page.goto("/")
    page.locator("#text").fill("“We opened the northern ferry in May,” Mirela Tosk said on Sunday.")
    page.locator("form.check button[type=submit]").first.click()
    page.wait_for_url("**/checks/*")
    checked = page.url
    page.goto("/review")
    looked_at(page, "door")
    page.get_by_role("link", name="Sign in with Paper ID").click()
    page.get_by_role("link", name="I am ada").click()
    page.wait_for_url("**/review")
    expect(page.locator(".badge")).to_contain_text("Ada Byron")
    page.goto(checked)
    page.get_by_role("button", name="Send for review").click()
    page.wait_for_url("**/review/*")
    expect(page.locator("main")).to_contain_text("Ada Byron")

    page.goto("/account/keys")
    page.get_by_label("What it is for").fill("Our CMS")
    page.get_by_label("have other addresses told").check()
    page.get_by_role("button", name="Make the key").click()
    page.goto("/account/webhooks")
    page.get_by_label("Address").fill(
        "https://cms.paper.example/a-rather-long-address-of-a-content-management-system/told"
    )
    page.get_by_label("an article that you sent was checked").check()
    page.get_by_role("button", name="Make the webhook").click()
    expect(page.locator("main")).to_contain_text("whsec_")
    page.locator("table a.address").click()
    expect(page.locator("main")).to_contain_text("Nothing was sent yet")
    page.goto("/account/webhooks")
    looked_at(page, "webhooks")

    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("main")).to_contain_text("You are signed out here")
    page.get_by_role("link", name="Sign out there too").click()
    expect(page.locator("body")).to_have_text("You are signed out.")
