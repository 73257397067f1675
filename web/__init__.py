"""HTTP only: pages that take a text, ask the checker and show what it found.

    schemas     a form becomes a typed request: the only place where raw input is read
    desk        what the pages work with: the corpus, opened when first needed, the checker, what is kept
    drafts      what is checked, under an address that stays;  store  the desk's database
    checks      the views of a check;  results  what was found, as a page;  progress  as it is found;  answers  remembered
    pages       home, documents, coverage, about;  shelf  looking through the record;  charts  pictures
    changes     what became of documents at their sources
    sources     adding a source;  given  the sources that a reader gives;  cases  verdicts called wrong, as a command
    reading     a stored document as a page;  samples  what can be tried
    api         the same for other programs;  client  the other side of it
    admission   how many at once;  access  who may do what;  accounts  signing in, and who works here;  provider  signing in through a provider of identities
    keys        for other programs;  webhooks  whom they have told;  commands  all that from the command line
    review      articles are decided about and signed off;  batch  many at once;  exports  files of both
    appearance  light or dark, in which language;  navigation  the places of the head of a page;  words  moments in words
    errors      exception -> status -> page;  origin  whose form it is;  headers  what browsers are told
    health      whether it lives and can work, for whoever keeps it running;  metrics  how much, how fast, how fresh;  meter  what is counted
    doctor      whether everything that it needs is here and fits together
    telling     what happens is told to whoever asked for it;  serve  the command that runs it

Texts that others wrote are shown through autoescape only.
"""

from __future__ import annotations

from flask import Flask
from jinja2 import ChoiceLoader, PackageLoader

from checker.export.html import FILTERS, GLOBALS, loader
from checker.settings import Settings, load_settings
from corpus.store import Corpus
from web.access import guard_access
from web.accounts import accounts
from web.admission import guard_places
from web.answered import follow_requests
from web.api import admit_origins, api, guard_api
from web.api.contract import OPERATIONS
from web.appearance import appearance, speak
from web.batch import batch
from web.batch.views import widen
from web.changes import changes
from web.checks import checks as checks_pages
from web.desk import Checks, Desk
from web.errors import register_errors
from web.exports.reports import FORMS
from web.headers import guard
from web.health import health
from web.keys import keys
from web.metrics import access_of, metrics
from web.navigation import show_navigation
from web.origin import guard_origin
from web.pages import pages
from web.provider.known import Provider
from web.provider.terms import terms_of
from web.provider.views import provider
from web.review import review
from web.schemas import LARGEST_FORM
from web.shelf import shelf
from web.sources import sources
from web.store import store_of
from web.unread import throw_away_unread
from web.webhooks import webhooks
from web.words import TABLES, WORDS


def create_app(
    settings: Settings | None = None, corpus: Corpus | None = None, *, checks: Checks | None = None
) -> Flask:
    """Build the application; without settings those of the environment, without a corpus the settings' own, when first needed."""
    app = Flask(__name__)
    app.config.update(MAX_CONTENT_LENGTH=LARGEST_FORM, MAX_FORM_MEMORY_SIZE=LARGEST_FORM, MAX_FORM_PARTS=200)
    app.url_map.merge_slashes = False  # ids of documents may hold two slashes in a row
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.jinja_env.loader = ChoiceLoader([PackageLoader("web"), loader()])
    app.jinja_env.filters.update({**FILTERS, **WORDS})
    app.jinja_env.globals.update({**GLOBALS, **TABLES, "export_forms": FORMS})
    settings = settings or load_settings()
    app.extensions["desk"] = Desk(settings, corpus, store_of(settings), checks=checks)
    app.extensions["metrics"] = access_of(settings)
    if app.extensions["metrics"] is not None:
        # Imported here because a process decides with this import where its numbers are kept (`onrecord serve` says where).
        from web.metrics.counted import Counted

        app.extensions["desk"].meter = Counted()
    follow_requests(app)
    terms = terms_of(settings)
    app.extensions["provider"] = None if terms is None else Provider(terms)
    for blueprint in (
        pages,
        checks_pages,
        shelf,
        changes,
        sources,
        appearance,
        accounts,
        provider,
        keys,
        webhooks,
        review,
        batch,
        health,
        metrics,
        api,
    ):
        app.register_blueprint(blueprint)
    speak(app)
    show_navigation(app)
    register_errors(app)
    guard(app)
    guard_places(app)
    throw_away_unread(app)
    guard_api(app, OPERATIONS)
    admit_origins(app, settings.origins)
    guard_origin(app)
    app.before_request(widen)
    guard_access(app)
    return app
