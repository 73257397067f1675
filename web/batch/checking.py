"""One item of a batch, checked; this runs in a process of its own, so that what one item does harms no page."""

from __future__ import annotations

import base64
import json
import logging
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import PurePosixPath

from checker import wording
from checker.errors import CheckerError, InputError
from checker.links import article_of
from checker.pipeline import attributions_to_check, check_attributions, check_quote, report_of
from checker.query import without_marks
from checker.settings import Settings
from checker.types import Article, Claim, Finding, Report, Warning
from corpus.errors import CorpusError, RecordError
from corpus.read import read_bytes
from corpus.store import Corpus
from corpus.types import PartialDate
from web.apart import corpus_at
from web.schemas import LARGEST_TEXT
from web.store import Store, jobs, store_of
from web.store.findings import dump_finding, dump_report
from web.store.jobs import Leased, Outcome

_LOG = logging.getLogger(__name__)


def check_item(settings: Settings, leased: Leased) -> Outcome:
    """Check an item; whatever is wrong with it is its outcome, and nothing is raised."""
    try:
        return _checked(settings, leased, json.loads(leased.content))
    except RecordError as error:
        return Outcome(error_code="unreadable", error=str(error))
    except CheckerError as error:
        return Outcome(error_code=error.code, error=str(error))
    except CorpusError as error:
        _LOG.error("a batch's item could not be checked: %s", error)
        return Outcome(error_code="corpus", error="The record could not be read. Check this item again.")
    except Exception:  # noqa: BLE001  # a batch goes on; the log has the rest
        _LOG.exception("a batch's item could not be checked")
        return Outcome(error_code="internal", error="Something broke on our side; this says nothing about the text.")


def _checked(settings: Settings, leased: Leased, given: Mapping[str, object]) -> Outcome:
    corpus, name = corpus_at(settings.corpus), leased.name
    if leased.kind == "quote":
        finding = check_quote(_claim(given), corpus, settings=settings)
        article = Article(name, finding.claim.quote, date=finding.claim.article_date)
        return _outcome(Report(article, (finding,), finding.provenance))
    article = _file(name, given) if leased.kind == "file" else _article(name, given)
    if len(article.text.encode()) > LARGEST_TEXT:
        raise InputError(f"{name}: at most {LARGEST_TEXT // 1_000_000} MB of text are checked at once")
    return _outcome(_report(article, corpus, settings, leased))


def _report(article: Article, corpus: Corpus, settings: Settings, leased: Leased) -> Report:
    """The report of an article, each finding of which is written down as it is found, for whoever looks on."""
    store = _store(settings)
    attributions = attributions_to_check(article, settings=settings)
    jobs.note_statements(store, leased, len(attributions))
    findings: list[Finding] = []
    warnings: list[Warning] = []
    for each in check_attributions(article, corpus, settings=settings, attributions=attributions):
        if isinstance(each, Finding):
            findings.append(each)
            jobs.note_found(store, leased, len(findings), dump_finding(each))
        else:
            warnings.append(each)
    return report_of(article, findings, warnings, corpus, settings=settings)


def _outcome(report: Report) -> Outcome:
    counts = Counter(wording.tone(finding.verdict) for finding in report.findings)
    return Outcome(dump_report(report), {str(tone): number for tone, number in counts.items()}, content="{}")


def _claim(given: Mapping[str, object]) -> Claim:
    quote = without_marks(_text(given, "quote"))
    if not any(map(str.isalnum, quote)):
        raise InputError("there is no quotation in it")
    direct = given.get("direct", True)
    return Claim(
        quote=quote, speaker=_text(given, "speaker") or None, date=_date(given, "date"),
        document_id=_text(given, "document") or None, language=_text(given, "language") or None,
        direct=direct is not False and str(direct).strip().lower() not in ("false", "no", "0"),
        article_date=_date(given, "article_date"), context=_text(given, "context"),
    )  # fmt: skip


def _article(name: str, given: Mapping[str, object]) -> Article:
    text = _text(given, "text").replace("\r\n", "\n")
    if not any(map(str.isalnum, text)):
        raise InputError("there is no “quote” and no “text” in it")
    return Article(name, text, title=_text(given, "title"), date=_date(given, "date"))


def _file(name: str, given: Mapping[str, object]) -> Article:
    path = PurePosixPath(_text(given, "name"))
    raw = base64.b64decode(_text(given, "data"))
    return article_of(read_bytes(raw, path.suffix.lower(), name=path.name), id=name)


def _text(given: Mapping[str, object], field: str) -> str:
    value = given.get(field, "")
    if not isinstance(value, str):
        raise InputError(f"“{field}” must be a text")
    if "\x00" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
        raise InputError(f"“{field}” holds a character that is no text (NUL or half of a pair)")
    return value


def _date(given: Mapping[str, object], field: str) -> PartialDate | None:
    written = _text(given, field).strip()
    try:
        return PartialDate.parse(written) if written else None
    except ValueError as error:
        raise InputError(f"“{field}” must be YYYY, YYYY-MM or YYYY-MM-DD, not {written!r}") from error


@cache
def _store(settings: Settings) -> Store:
    return store_of(settings)
