"""“Add the source I have”: a reader's link or text is stored as a source, and the text is checked again at once."""

from __future__ import annotations

from flask import Blueprint, Response, request

from corpus.errors import FetchError, RecordError
from web.desk import AddingOff, desk
from web.given import Given, GivenError, read_sources, source_of
from web.origin import is_here
from web.results import Problem, Sources, Stored, answer
from web.schemas import CheckForm

sources = Blueprint("sources", __name__)


@sources.post("/sources")
def add() -> str | Response:
    """Store what was given beside the findings and check again; a source that cannot be read stops no other."""
    if not desk().adds(here=is_here()):
        raise AddingOff
    form = read_sources(request.form)
    results = [_stored(given, form.check) for given in form.given]
    stored = tuple(result for result in results if isinstance(result, Stored))
    problems = {result.given.number: result for result in results if isinstance(result, Problem)}
    return answer(form.check, Sources(True, stored, problems))


def _stored(given: Given, check: CheckForm) -> Stored | Problem:
    try:
        return Stored(*desk().add(source_of(given), to_check=check))
    except GivenError as error:
        return Problem(given, error.field, str(error))
    except FetchError as error:
        return Problem(given, "link", str(error))
    except RecordError as error:
        return Problem(given, "text" if given.text else "link", str(error))
