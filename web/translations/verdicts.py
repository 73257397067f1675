"""The words of verdicts for editors that run elsewhere: tables in JavaScript, made of `checker/wording.py` and the catalogues."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

from babel.messages.catalog import Catalog

from checker import wording
from checker.tongue import worded
from checker.types import Reason, Verdict

_INTEGRATIONS = Path(__file__).parents[1] / "integrations"
FILES: Mapping[Path, str] = {
    _INTEGRATIONS / "prosemirror" / "verdicts.js": "export const",
    _INTEGRATIONS / "google-docs" / "Verdicts.js": "const",  # a script, since Google's editors load no modules
}
"""Where the tables stand, and how each begins there."""

_HEAD = "// What editors read for the codes of a finding: made by `python -m web.translations`, not by hand.\n"


def verdicts(opening: str, catalogues: Mapping[str, Catalog]) -> str:
    """The tables as a script: signs and words of tones, reasons, edits and confidences, in English and the other languages."""
    tables = {
        "TONES": _keyed({each: {"sign": wording.ICONS[each], **_said(words.short, catalogues)} for each, words in wording.TONES.items()}),
        "REASONS": _keyed({each: {"tone": _tone(each), **_said(wording.REASONS[each].short, catalogues)} for each in get_args(Reason)}),
        "EDITS": _keyed({each: _said(words.long, catalogues) for each, words in wording.EDITS.items()}),
        "CONFIDENCES": "[\n" + "".join(f"  [{least}, {_fields(_said(word, catalogues))}],\n" for least, word in wording.CONFIDENCES) + "]",
    }  # fmt: skip
    return _HEAD + "".join(f"\n{opening} {name} = {table};\n" for name, table in tables.items())


def _said(words: str, catalogues: Mapping[str, Catalog]) -> dict[str, str]:
    return {"en": words, **{language: str(held[words].string) for language, held in catalogues.items()}}


def _tone(reason: Reason) -> str:
    status = next(status for status, members in wording.GROUPS.items() if reason in members)
    return wording.tone(Verdict(status, reason, 0.0, worded("")))


def _keyed(table: Mapping[str, Mapping[str, str]]) -> str:
    return "{\n" + "".join(f"  {_text(name)}: {_fields(each)},\n" for name, each in table.items()) + "}"


def _fields(each: Mapping[str, str]) -> str:
    pairs = (f"{name}: {_text(value)}" for name, value in each.items())
    return f"{{ {', '.join(pairs)} }}"


def _text(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)
