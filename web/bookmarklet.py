"""The bookmarklet: one bookmark that takes the selected words, or the article of a page, to the desk's box.

It is made of the browser extension's own reader of pages, so that both take the same. Browsers keep what stands behind
the “#” of an address to themselves, and the box is filled by our script: no log has the text, and nothing is checked before
the reader says so.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from urllib.parse import quote


def bookmarklet(server: str) -> str:
    """The bookmark's address for a desk's own address."""
    code = _code("bookmarklet.js").replace("PAGE", _code("page.js").rstrip(";")).replace("SERVER", json.dumps(server))
    return "javascript:" + quote(code, safe="(){}[]=>,.;:?!+*/'&|-_~$")


@cache
def _code(name: str) -> str:
    """A script on one line, without its comments."""
    text = files("web").joinpath("integrations", "browser", name).read_text(encoding="utf-8")
    lines = (re.sub(r"^\s*//.*", "", line).strip() for line in text.splitlines())
    return " ".join(line for line in lines if line)
