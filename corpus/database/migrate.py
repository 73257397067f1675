"""The tables of a corpus, brought up to date when it is opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from sqlalchemy import Connection, Engine, inspect, text

from corpus.database.place import Place
from corpus.errors import CorpusUnavailable

SCRIPTS = "corpus:migrations"
HEAD = "0007"
"""The newest migration; a corpus of a newer program is refused."""


def bring_up_to_date(engine: Engine, name: str) -> None:
    """Run the migrations that a corpus has not seen; raises CorpusUnavailable when it has seen newer ones."""

    def newer(found: str) -> CorpusUnavailable:
        return CorpusUnavailable(
            f"{name}: this corpus was written by a newer OnRecord (schema {found}); update the program"
        )

    with engine.connect() as connection:
        found = _seen(connection)
    place = cast(Place, engine.get_execution_options()["place"])
    if found is not None and found < HEAD and (why := place.fixed(engine)):
        raise CorpusUnavailable(why)
    migrate(engine, scripts=SCRIPTS, head=HEAD, newer=newer)


def migrate(engine: Engine, *, scripts: str, head: str, newer: Callable[[str], Exception]) -> None:
    """Run the migrations of a package that a database has not seen; raises what `newer` makes of one that knows more."""
    with engine.connect() as connection:
        found = _seen(connection)
    if found is not None and found > head:
        raise newer(found)
    if found != head:
        upgrade(engine, scripts=scripts)


def is_current(connection: Connection, *, head: str = HEAD) -> bool:
    """Whether the tables are still those of this program; another one may have brought them further since they were opened."""
    return _seen(connection) == head


def _seen(connection: Connection) -> str | None:
    """The last migration that a database has seen, if any."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def upgrade(engine: Engine, *, to: str = "head", scripts: str = SCRIPTS) -> None:
    """Run the migrations up to one, as one writer and in one transaction: who comes meanwhile waits, and finds them done."""
    # Imported here because it costs a tenth of a second and is needed once in the life of a database.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", scripts)
    config.set_main_option("path_separator", "os")
    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        # Begun here: on SQLite, Alembic would else commit after each migration, and another process, which has read that
        # the first is done, would run the second beside us.
        config.attributes["connection"] = connection
        command.upgrade(config, to)
