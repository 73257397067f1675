"""HTTP only: pages that take a text, ask the checker and show what it found.

    schemas   a form becomes a typed request: the only place where raw input is read
    desk      what the pages work with: the corpus, opened when first needed, and the checker
    given     the sources that a reader gives, in the same way
    pages     the views;  sources  adding one;  results  what was found, as a page
    reading   a stored document as a page;  errors  exception -> status -> page;  origin  whose form it is
    store     what the desk remembers;  access  who may do what;  accounts  signing in, and who works here
    review    articles are decided about and signed off;  batch  many at once;  exports  files of both
    serve     the command that runs it;  commands  accounts and the audit log from the command line

Nothing that is pasted is stored, unless a reader adds it as a source or puts it on the desk. Texts that others wrote are shown through autoescape only.
"""

from __future__ import annotations

from flask import Flask
from jinja2 import ChoiceLoader, PackageLoader

from checker.export.html import FILTERS, GLOBALS, loader
from checker.settings import Settings, load_settings
from corpus.store import Corpus
from web.access import guard_access
from web.accounts import accounts
from web.batch import batch
from web.batch.views import widen
from web.desk import Checks, Desk
from web.errors import register_errors
from web.headers import guard
from web.origin import guard_origin
from web.pages import pages
from web.review import review
from web.schemas import LARGEST_FORM
from web.sources import sources
from web.words import WORDS


def create_app(
    settings: Settings | None = None, corpus: Corpus | None = None, *, checks: Checks | None = None
) -> Flask:
    """Build the application; without settings those of the environment, without a corpus the settings' own, when first needed."""
    app = Flask(__name__)
    app.config.update(MAX_CONTENT_LENGTH=LARGEST_FORM, MAX_FORM_MEMORY_SIZE=LARGEST_FORM, MAX_FORM_PARTS=20)
    app.url_map.merge_slashes = False  # ids of documents may hold two slashes in a row
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.jinja_env.loader = ChoiceLoader([PackageLoader("web"), loader()])
    app.jinja_env.filters.update({**FILTERS, **WORDS})
    app.jinja_env.globals.update(GLOBALS)
    app.extensions["desk"] = Desk(settings or load_settings(), corpus, checks)
    for blueprint in (pages, sources, accounts, review, batch):
        app.register_blueprint(blueprint)
    register_errors(app)
    guard(app)
    guard_origin(app)
    app.before_request(widen)
    guard_access(app)
    return app
