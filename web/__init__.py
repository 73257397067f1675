"""HTTP only: pages that take a text, ask the checker and show what it found.

    schemas   a form becomes a typed request: the only place where raw input is read
    desk      what the pages work with: the corpus, opened when first needed, and the checker
    given     the sources that a reader gives, in the same way
    changes   what became of documents at their sources
    pages     the views;  sources  adding one;  results  what was found, as a page
    reading   a stored document as a page;  errors  exception -> status -> page;  origin  whose form it is
    serve     the command that runs it

Nothing that is pasted is stored, unless a reader adds it as a source. Texts that others wrote are shown through autoescape only.
"""

from __future__ import annotations

from flask import Flask
from jinja2 import ChoiceLoader, PackageLoader

from checker.export.html import FILTERS, GLOBALS, loader
from checker.settings import Settings, load_settings
from corpus.store import Corpus
from web.changes import changes
from web.desk import Checks, Desk
from web.errors import register_errors
from web.headers import guard
from web.origin import guard_origin
from web.pages import pages
from web.schemas import LARGEST_FORM
from web.sources import sources


def create_app(
    settings: Settings | None = None, corpus: Corpus | None = None, *, checks: Checks | None = None
) -> Flask:
    """Build the application; without settings those of the environment, without a corpus the settings' own, when first needed."""
    app = Flask(__name__)
    app.config.update(MAX_CONTENT_LENGTH=LARGEST_FORM, MAX_FORM_MEMORY_SIZE=LARGEST_FORM, MAX_FORM_PARTS=20)
    app.url_map.merge_slashes = False  # ids of documents may hold two slashes in a row
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.jinja_env.loader = ChoiceLoader([PackageLoader("web"), loader()])
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals.update(GLOBALS)
    app.extensions["desk"] = Desk(settings or load_settings(), corpus, checks)
    app.register_blueprint(changes)
    app.register_blueprint(pages)
    app.register_blueprint(sources)
    register_errors(app)
    guard(app)
    guard_origin(app)
    return app
