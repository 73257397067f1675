"""The WordPress plugin apart from WordPress: its licence and folder, its words, and what it reads of the API (`make wordpress` runs it)."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

from checker import wording
from checker.types import Verdict
from web.api.document import document

ROOT = Path(__file__).parent.parent
PLUGIN = ROOT / "integrations" / "wordpress"


@pytest.fixture(scope="module")
def translate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translate", PLUGIN / "translate.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read(name: str) -> str:
    return (PLUGIN / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("builder", [SdistBuilder, WheelBuilder])
def test_what_is_under_another_licence_is_in_no_distribution(builder: type[Any]) -> None:
    packed = [each.distribution_path for each in builder(str(ROOT)).recurse_included_files()]
    assert any(path.endswith("web/api/document.py") for path in packed)
    assert not [path for path in packed if "wordpress" in path and not path.startswith(("docs/", "tests/"))]


def test_every_part_names_its_licence() -> None:
    parts = [*PLUGIN.glob("*.php"), *PLUGIN.glob("includes/*.php"), PLUGIN / "LICENSE", PLUGIN / "src" / "index.js"]
    assert len(parts) > 6
    assert [part.name for part in parts if "GPL-2.0-or-later" not in part.read_text(encoding="utf-8")] == []
    assert json.loads(read("package.json"))["license"] == "GPL-2.0-or-later"


def test_versions_agree_and_packages_are_pinned_to_no_place() -> None:
    package, lock = json.loads(read("package.json")), json.loads(read("package-lock.json"))
    header = re.search(r"^ \* Version: +(\S+)$", read("onrecord.php"), re.MULTILINE)
    assert header is not None and header[1] == package["version"] == lock["version"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", wanted) for wanted in package["devDependencies"].values())
    assert [name for name, each in lock["packages"].items() if "resolved" in each] == []


def test_reasons_and_verdicts_are_called_as_everywhere() -> None:
    source = read("src/verdicts.js")
    tones, reasons = source.split("export const reasons")[0], source.split("export const reasons")[1]
    one = r"'?([\w-]+)'?: __\(\s*'([^']+)',\s*'onrecord'\s*\)"
    assert dict(re.findall(one, reasons)) == {name: words.short for name, words in wording.REASONS.items()}
    shown = re.findall(r"(\w+): \{\s*icon: '(.)',\s*word: __\(\s*'([^']+)'", tones)
    expected = {name: (wording.ICONS[name], words.short) for name, words in wording.TONES.items()}
    assert {name: (icon, word) for name, icon, word in shown if name != "unchecked"} == expected
    altered = set(re.findall(r"'([\w-]+)'", tones.split("const ALTERED = [")[1].split("]")[0]))
    assert altered == {
        reason
        for reason in wording.REASONS
        if wording.tone(Verdict("unsourced", reason, 0.9, "")) == "altered"
    }  # fmt: skip


def test_everything_is_said_in_russian_too(translate: ModuleType) -> None:
    catalogue = translate.catalogue()
    said = set().union(*translate.said(PLUGIN).values())
    assert len(said) > 60 and {each.id for each in catalogue if each.id} == said
    for message in catalogue:
        if message.id:
            originals = [message.id] if isinstance(message.id, str) else list(message.id)
            texts = [message.string] if isinstance(message.string, str) else list(message.string)
            placed = sorted(re.findall(r"%(?:\d\$)?[sd]", originals[0]))
            assert all(text and sorted(re.findall(r"%(?:\d\$)?[sd]", text)) == placed for text in texts), message.id
    for name, content in translate.made(catalogue).items():
        assert (PLUGIN / "languages" / name).read_bytes() == content, f"run translate.py: {name}"


def test_what_the_plugin_reads_of_the_api_is_there() -> None:
    described: Any = document()
    shapes, source = described["components"]["schemas"], read("includes/routes.php") + read("includes/server.php")
    properties = {name: set(shape.get("properties", {})) for name, shape in shapes.items()}
    for variable, shape in {
        "started": "ArticleStatus", "status": "ArticleStatus", "report": "Report", "finding": "ArticleFinding", "place": "Place",
    }.items():  # fmt: skip
        used = set(re.findall(rf"\${variable}\['(\w+)'\]", source))
        assert used and used <= properties[shape], (variable, used - properties[shape])
    asked = set(re.findall(r"'(text|title|date)' +=> (?:one_line\( )?\$request|\$asked\['(\w+)'\]", source))
    assert {name for pair in asked for name in pair if name} == {"text", "title", "date"} <= properties["ArticleAsked"]
    assert {"content", "speaker"} <= properties["AttributionFound"] and "name" in properties["Person"]
    assert {"title", "date"} <= properties["SourceDocument"] and "says" in properties["Warning"]
    assert {"title", "detail", "type"} <= properties["ProblemDocument"] and "message" in properties["ItemProblem"]
    paths = {re.sub(r"\{\w+\}", "{}", path) for path in described["paths"]}
    assert {"/articles", "/articles/{}", "/articles/{}/report", "/keys"} <= {path.removeprefix("/api/v1") for path in paths}  # fmt: skip
    states = set(shapes["ArticleStatus"]["properties"]["state"]["enum"])
    assert states == {"waiting", "running", "done", "failed", "cancelled"}  # as src/store.js has them
