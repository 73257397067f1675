"""The bookmarklet and what stands in the extension's folder."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from lxml import html

from web.bookmarklet import bookmarklet

EXTENSION = Path(__file__).parent.parent.parent / "web" / "integrations" / "browser"


def test_the_bookmark_is_one_address_for_one_desk() -> None:
    address = bookmarklet("https://desk.example/on/")
    assert address.startswith("javascript:") and "\n" not in address and '"' not in address and "<" not in address
    code = unquote(address)
    assert '"https://desk.example/on/"' in code and "SERVER" not in code and "PAGE" not in code


def test_the_about_page_offers_it_for_this_desk(client: FlaskClient) -> None:
    page = html.document_fromstring(client.get("/about").get_data())
    (link,) = page.cssselect("a[data-bookmarklet]")
    assert link.get("href") == bookmarklet("http://localhost/")
    assert "http://localhost/" in page.get_element_by_id(link.get("aria-describedby")).text_content()


def test_the_extension_asks_for_no_more_than_it_needs() -> None:
    manifest = json.loads((EXTENSION / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["manifest_version"] == 3
    assert set(manifest["permissions"]) == {"activeTab", "scripting", "storage"}
    assert not {"host_permissions", "content_scripts", "background", "externally_connectable"} & set(manifest)
    assert "unsafe" not in manifest["content_security_policy"]["extension_pages"]


@pytest.mark.parametrize("size", [16, 32, 48, 128])
def test_its_icons_are_as_large_as_it_says(size: int) -> None:
    head = (EXTENSION / "icons" / f"{size}.png").read_bytes()[:24]
    assert struct.unpack(">II", head[16:24]) == (size, size)


def test_every_word_of_the_extension_is_there_in_every_language() -> None:
    languages = [json.loads(path.read_text(encoding="utf-8")) for path in EXTENSION.glob("_locales/*/messages.json")]
    assert len(languages) == 2
    assert languages[0].keys() == languages[1].keys()
    used = "".join(
        path.read_text(encoding="utf-8")
        for path in [*EXTENSION.glob("*.html"), *EXTENSION.glob("*.js"), EXTENSION / "manifest.json"]
    )
    for name in languages[0]:
        assert any(
            form in used for form in (f'says="{name}"', f'says("{name}"', f"__MSG_{name}__", f'title="{name}"')
        ), name
