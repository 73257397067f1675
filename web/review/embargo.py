"""The forms of an embargo, which articles and batches have alike."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from web.access import who
from web.desk import desk
from web.review import steps
from web.review.forms import line, read_term
from web.store.embargoes import Kind
from web.store.errors import WrongEntry


def add_embargo_forms(blueprint: Blueprint, *, of: Kind, page: str, rejected: Callable[[str, WrongEntry], str]) -> None:
    """Give a blueprint the addresses that its embargo forms are sent to; what is wrong in one is told by `rejected`.

    `page` is the endpoint of the page of one article or batch.
    """

    def back(id: str) -> AnyResponse:
        return redirect(url_for(page, id=id, _anchor="embargo"), 303)

    def impose(id: str) -> AnyResponse | tuple[str, int]:
        """Put it under embargo, or change until when it is."""
        try:
            term = read_term(request.form)
            steps.impose(desk(), id, term, of=of, by=who(), seen=line(request.form, "standing"))
        except WrongEntry as error:
            return rejected(id, error), 400
        return back(id)

    def lift(id: str) -> AnyResponse:
        """End its embargo now."""
        steps.lift(desk(), id, of=of, by=who(), seen=line(request.form, "standing"))
        return back(id)

    blueprint.post("/<id>/embargo")(impose)
    blueprint.post("/<id>/embargo/lift")(lift)
