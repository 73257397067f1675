"""Findings as one self-contained page to send, keep and print; the web pages use the same macros and style."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from checker import wording
from checker.export.article import pieces, underline
from checker.export.card import card, cards, held, private, tally
from checker.export.diff import quoted_line, runs, source_line
from checker.tongue import figure, said, spoken
from checker.types import Finding, Report

FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "runs": runs,
        "quoted_line": quoted_line,
        "source_line": source_line,
        "long_date": wording.long_date,
        "kind_words": wording.kind,
        "tier_words": wording.tier,
        "translation_words": wording.translation,
        "feature_words": wording.feature,
        "count": wording.count,
        "figure": figure,
        "said": said,
        "language_words": wording.language,
        "held": held,
        "private": private,
    }
)
GLOBALS: Mapping[str, Any] = MappingProxyType(
    {
        "edits": wording.EDITS,
        "tones": wording.TONES,
        "statuses": wording.STATUSES,
        "reasons": wording.REASONS,
        "spoken": spoken,
    }
)


def loader() -> PackageLoader:
    """Where the shared templates are."""
    return PackageLoader("checker.export")


@cache
def style() -> str:
    """The style sheet of cards and marked articles."""
    return files("checker.export").joinpath("templates", "desk.css").read_text(encoding="utf-8")


def report_html(report: Report) -> str:
    """An article with its findings."""
    found = cards(report)
    return _page(
        title=report.article.title or report.article.id,
        cards=found,
        tally=tally(found),
        pieces=pieces(report.article.text, [underline(each) for each in found]),
        warnings=report.warnings,
        provenance=report.provenance,
        article=report.article,
    )


def finding_html(finding: Finding) -> str:
    """One finding."""
    return _page(
        title="One quotation", cards=(card(finding),), tally=(), pieces=(), warnings=(), provenance=finding.provenance,
        article=None,
    )  # fmt: skip


def _page(**values: object) -> str:
    return _environment().get_template("report.html").render(style=style(), **values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=loader(), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )  # fmt: skip
    environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined]  # the extension's own
    environment.filters.update(FILTERS)
    environment.globals.update(GLOBALS)
    return environment
