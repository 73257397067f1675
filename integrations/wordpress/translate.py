"""Makes of `onrecord-ru_RU.po` what WordPress reads: a .mo for the site's part, and a .json for the panel. License: GPL-2.0-or-later.

`python integrations/wordpress/translate.py`; says which sentences are not translated, and which translations no sentence has.
"""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

HERE = Path(__file__).parent / "languages"
LOCALE = "ru_RU"
_SAID = r"'((?:[^'\\]|\\.)*)'"
_CALLS = re.compile(
    rf"\b(?:esc_html|esc_attr)?(?:__|_e)\(\s*{_SAID},\s*'onrecord'|\b_n\(\s*{_SAID},\s*{_SAID},", re.DOTALL
)


def sentences(folder: Path, pattern: str) -> Iterator[str | tuple[str, str]]:
    """What the sources of a kind say to their readers; pairs for one and many."""
    for path in sorted(folder.rglob(pattern)):
        for once, one, many in _CALLS.findall(path.read_text(encoding="utf-8")):
            yield once or (one, many)


def said(plugin: Path) -> dict[str, set[str | tuple[str, str]]]:
    """All sentences: of the site's part (`php`) and of the panel (`js`)."""
    site = {*sentences(plugin / "includes", "*.php"), *sentences(plugin, "onrecord.php")}
    return {"php": site, "js": set(sentences(plugin / "src", "*.js"))}


def catalogue() -> Catalog:
    """The translations as they are written."""
    with (HERE / f"onrecord-{LOCALE}.po").open("rb") as file:
        return read_po(file, locale=LOCALE)


def made(translated: Catalog) -> dict[str, bytes]:
    """The files that WordPress reads, by their names."""
    binary = io.BytesIO()
    write_mo(binary, translated)
    panel: dict[str, object] = {"": {"domain": "messages", "lang": LOCALE, "plural-forms": translated.plural_forms}}
    for message in sorted((each for each in translated if each.id), key=lambda each: str(each.id)):
        one = message.id if isinstance(message.id, str) else message.id[0]
        panel[one] = [message.string] if isinstance(message.string, str) else list(message.string)
    jed = {"domain": "messages", "locale_data": {"messages": panel}}
    written = json.dumps(jed, ensure_ascii=False, indent=1) + "\n"
    return {f"onrecord-{LOCALE}.mo": binary.getvalue(), f"onrecord-{LOCALE}-onrecord-panel.json": written.encode()}


def main() -> int:
    """Write the files."""
    translated = catalogue()
    all_said = set().union(*said(HERE.parent).values())
    known = {each.id for each in translated if each.id}
    for name, sentences in (("not translated", all_said - known), ("said nowhere", known - all_said)):
        for each in sorted(map(str, sentences)):
            sys.stderr.write(f"{name}: {each}\n")
    for name, content in made(translated).items():
        (HERE / name).write_bytes(content)
    return int(all_said != known)


if __name__ == "__main__":
    sys.exit(main())
