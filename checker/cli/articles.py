"""check: articles, one or many, for a reader, for a program, or as a gate that a build must pass."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

import click

from checker import wording
from checker.cli.baseline import Accepted, Baseline, read_baseline
from checker.cli.checking import (
    collections_option,
    corpus_option,
    fail,
    format_option,
    profile_option,
    settings_of,
    write,
)
from checker.cli.gate import ORDER, Gate, Outcome, gated, run
from checker.cli.inputs import Given, original_of, read_articles
from checker.cli.unreadable import Unreadable
from checker.distributed import check_articles
from checker.errors import CheckerError, InputError
from checker.export import json_line, report_html, report_object, report_text
from checker.export.annotations import annotations_object
from checker.export.claimreview import claim_reviews
from checker.export.contract import Object, json_document, reference
from checker.export.diff import shortened, visible
from checker.export.fingerprints import fingerprints
from checker.export.regions import Places
from checker.export.sarif import CheckedFile, Failure, sarif_object
from checker.pipeline import check_article
from checker.settings import Settings
from checker.types import Article, Finding, Report
from corpus.collections import open_searchable


def _line(report: Report) -> str:
    return json_line(report_object(report))


_EACH: Mapping[str, Callable[[Report], str]] = {
    "text": report_text, "html": report_html, "json": _line, "jsonl": _line,
}  # fmt: skip
"""Forms that leave article by article; the others are one document over all of them."""


@click.command()
@click.argument("paths", nargs=-1)
@corpus_option
@collections_option
@profile_option
@gated
@click.option(
    "--baseline", "baseline_file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help="Findings that are accepted and fail nothing; those that are not found any more are named.",
)  # fmt: skip
@click.option("--write-baseline", is_flag=True, help="Write what would fail now to the file of --baseline.")
@click.option(
    "--scheduler", metavar="ADDRESS",
    help="Check on the workers of this Dask scheduler (tcp://host:port), each of which opens the corpus itself.",
)  # fmt: skip
@format_option(*_EACH, "sarif", "claimreview", "annotations")
def check(
    paths: tuple[str, ...], location: str | None, collections: tuple[str, ...], profile: str | None,
    gate: Gate, baseline_file: Path | None, write_baseline: bool, scheduler: str | None, shape: str,
) -> None:  # fmt: skip
    """Check articles: find every attributed statement, then check each (files, folders, links, or - for standard input)."""
    settings = settings_of(location, profile)
    baseline = _baseline(baseline_file, writing=write_baseline)
    if write_baseline and gate.fail_on is None:
        gate = Gate("paraphrased", gate.allowed)
    with run() as outcome:
        watch = _Watch(gate, baseline, outcome, writing=write_baseline)
        kept: list[tuple[Given, Report]] = []
        articles = read_articles(paths, lines=shape == "jsonl", settings=settings)
        checked = (
            _there(articles, settings, collections, scheduler) if scheduler else _here(articles, settings, collections)
        )
        for each in checked:
            if isinstance(each, Unreadable):
                _unchecked(watch, each.id, each.error, shape)
                continue
            given, report = each
            if isinstance(report, CheckerError):
                _unchecked(watch, given.article.id, report, shape)
                continue
            watch.saw(given, report)
            if shape in _EACH:
                write(_EACH[shape](report))
            else:
                kept.append((given, report))
        if shape not in _EACH:
            click.echo(json_document(_document(shape, kept, watch)), nl=False)
        watch.end()


def _baseline(path: Path | None, *, writing: bool) -> Baseline | None:
    """The accepted findings; a baseline that cannot be read is wrong usage, or a gate would pass by mistake."""
    if path is None:
        if writing:
            raise click.UsageError("--write-baseline writes to the file of --baseline; name one")
        return None
    if writing and not path.exists():
        return Baseline(path)
    try:
        return read_baseline(path)
    except InputError as error:
        raise click.BadParameter(str(error), param_hint="--baseline") from error


@dataclass(slots=True)
class _Watch:
    """What a run has seen so far, and what it comes to."""

    gate: Gate
    baseline: Baseline | None
    outcome: Outcome
    writing: bool
    failures: list[Failure] = field(default_factory=list)
    _articles: int = 0
    _statements: int = 0
    _accepted: int = 0
    _lines: list[str] = field(default_factory=list)

    def saw(self, given: Given, report: Report) -> None:
        """An article's findings are there."""
        self._articles += 1
        self._statements += len(report.findings)
        named = list(zip(report.findings, fingerprints(report.findings), strict=True))
        failing = [(finding, name) for finding, name in named if self.gate.fails(finding)]
        if self.baseline is not None:
            self.baseline.meet(given, failing if self.writing else named)
            notes = self.baseline.notes(given)
            new = [(finding, name) for finding, name in failing if (name, finding.verdict.reason) not in notes]
            self._accepted += len(failing) - len(new)
            failing = new
        if failing and not self.writing:
            self.outcome.found()
            self._lines += _lines(given, report, [finding for finding, _ in failing])
        if any(warning.code == "unchecked" for warning in report.warnings):
            self.outcome.failed()

    def end(self) -> None:
        """Say on standard error what the run comes to, where it is a gate."""
        for line in self._lines:
            click.echo(line, err=True)
        stale = self.baseline.stale if self.baseline else ()
        for each in stale:
            click.echo(_stale(each, self.writing), err=True)
        if self.baseline is not None and self.writing:
            click.echo(f"{self.baseline.path}: {wording.count(self.baseline.write(), 'finding')} accepted", err=True)
        elif self.gate.fail_on or self.baseline:
            click.echo(self._summary(len(stale)), err=True)

    def _summary(self, stale: int) -> str:
        parts = [f"{wording.count(self._statements, 'statement')} in {wording.count(self._articles, 'article')}"]
        if self.gate.fail_on:
            worse = "" if self.gate.fail_on == ORDER[-1] else " or worse"
            parts.append(f"{len(self._lines):,} {self.gate.fail_on}{worse}")
        if self.baseline is not None:
            parts.append(f"{self._accepted:,} accepted by {self.baseline.path}")
            parts += [f"{stale:,} accepted and not found any more"] if stale else []
        if self.failures:
            parts.append(f"{len(self.failures):,} could not be checked")
        return "; ".join(parts)


_Checked = Unreadable | tuple[Given, Report | CheckerError]
"""An article with its report or with what stood in the way, or what could not be read."""


def _here(articles: Iterable[Given | Unreadable], settings: Settings, collections: Sequence[str]) -> Iterator[_Checked]:
    with open_searchable(settings.corpus, collections) as held:
        for given in articles:
            if isinstance(given, Unreadable):
                yield given
                continue
            try:
                report = check_article(given.article, held, settings=settings)
            except CheckerError as error:
                yield given, error
                continue
            yield given, report


def _there(
    articles: Iterable[Given | Unreadable], settings: Settings, collections: Sequence[str], scheduler: str
) -> Iterator[_Checked]:
    """The same in the same order, from the workers of a scheduler."""
    waiting: deque[Given | Unreadable] = deque()

    def sent() -> Iterator[Article]:
        for each in articles:
            waiting.append(each)
            if isinstance(each, Given):
                yield each.article

    for result in check_articles(sent(), scheduler=scheduler, settings=settings, collections=collections):
        while isinstance(each := waiting.popleft(), Unreadable):
            yield each
        yield each, result
    yield from (each for each in waiting if isinstance(each, Unreadable))


def _unchecked(watch: _Watch, id: str | None, error: Exception, shape: str) -> None:
    fail(watch.outcome, id, error, shape)
    watch.failures.append(Failure(reference(id or "") or "article", str(error)))


def _document(shape: str, checked: list[tuple[Given, Report]], watch: _Watch) -> Object:
    """All reports as one document of a standard's form."""
    if shape == "claimreview":
        return claim_reviews(report for _, report in checked)
    if shape == "annotations":
        return annotations_object([(report, given.address) for given, report in checked])
    files = [
        CheckedFile(report, given.address, original_of(given), watch.baseline.notes(given) if watch.baseline else None)
        for given, report in checked
    ]
    return sarif_object(files, version=version("onrecord"), failures=watch.failures)


def _lines(given: Given, report: Report, findings: Iterable[Finding]) -> Iterator[str]:
    """One line for each finding, with its place as compilers give it, so that editors and build servers can follow it."""
    original = original_of(given)
    places = Places(report.article.text, original) if original else None
    for finding in findings:
        region = places.region_of(finding) if places else None
        where = visible(given.article.id) + (f":{region.start_line}:{region.start_column}" if region else "")
        verdict, quote = finding.verdict, shortened(visible(finding.claim.quote))
        yield f"{where}: {verdict.status} ({verdict.reason}): “{quote}”"


def _stale(each: Accepted, writing: bool) -> str:
    says = "taken out of the baseline" if writing else "accepted in the baseline and not found any more"
    return f"{visible(each.article)}: {says} ({each.reason}): “{visible(each.quote)}”"
