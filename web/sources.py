"""“Add the source I have”: a reader's link or text is stored as a source, and the text is checked again at once."""

from __future__ import annotations

from flask import Blueprint, request

from corpus.errors import FetchError, RecordError
from web.desk import AddingOff, desk
from web.drafts import Draft
from web.given import Given, GivenError, read_sources, source_of
from web.origin import is_here
from web.results import Problem, Sources, Stored, show

sources = Blueprint("sources", __name__)


@sources.post("/checks/<id>/sources")
def add(id: str) -> str:
    """Store what was given beside the findings and check again; a source that cannot be read stops no other."""
    if not desk().adds(here=is_here()):
        raise AddingOff
    draft = desk().drafts.read(id)
    results = [_stored(given, draft) for given in read_sources(request.form)]
    stored = tuple(result for result in results if isinstance(result, Stored))
    problems = {result.given.number: result for result in results if isinstance(result, Problem)}
    return show(draft, Sources(True, stored, problems))


def _stored(given: Given, draft: Draft) -> Stored | Problem:
    try:
        return Stored(*desk().add(source_of(given), to_check=draft))
    except GivenError as error:
        return Problem(given, error.field, str(error))
    except FetchError as error:
        return Problem(given, "link", str(error))
    except RecordError as error:
        return Problem(given, "text" if given.text else "link", str(error))
