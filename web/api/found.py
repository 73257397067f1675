"""What the checker found, in the shapes of the API, which are those of the command line."""

from __future__ import annotations

from collections.abc import Iterable

from checker.export.contract import attribution_object, finding_object, provenance_object
from checker.types import Finding, Provenance
from web.api.shapes import findings as shapes


def finding(found: Finding, *, id: str | None) -> shapes.Finding:
    """A finding, under a name that its asker knows."""
    return shapes.Finding.model_validate({**finding_object(found), "id": id})


def article_finding(found: Finding, *, id: str) -> shapes.ArticleFinding:
    """A finding with the place of its statement in the article."""
    attribution = attribution_object(found.attribution) if found.attribution else None
    return shapes.ArticleFinding.model_validate({**finding_object(found), "id": id, "attribution": attribution})


def report(id: str, found: Iterable[shapes.ArticleFinding], *, warned: Iterable[shapes.Warning], origin: Provenance) -> shapes.Report:  # fmt: skip
    """All findings of an article."""
    return shapes.Report(
        version=1, id=id, findings=list(found), warnings=list(warned),
        provenance=shapes.Provenance.model_validate(provenance_object(origin)),
    )  # fmt: skip


def unchecked(id: str | None, code: str, message: str) -> shapes.Unchecked:
    """What stands in a finding's place when there is none."""
    return shapes.Unchecked.model_validate({"id": id, "error": {"code": code, "message": message}})
