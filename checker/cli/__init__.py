"""The onrecord command: reads input, calls the pipeline or the corpus, writes results.

    inputs    files, folders, links and standard input -> articles and claims
    checking  extract, quote, quotes;  articles  check, here or on the workers of a scheduler
    gate      which findings fail a run;  baseline  those that are accepted
    corpora   corpus add, stats, list, show, verify
    collecting  corpus collections, collection, purge
    tools     mcp, what language models may ask

Results go to standard output, progress and errors to standard error. Exit codes: 0 done, 1 a finding at
or above --fail-on, 2 wrong usage, 3 some input could not be checked, 4 corpus unavailable; 141 where whoever read the
output had enough before its end, as a shell says it of programs that the system ends for that.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from importlib.metadata import entry_points

import click

from checker.errors import CheckerError, SettingsError
from corpus.errors import CorpusError, CorpusUnavailable

_COMMANDS = {
    "check": "articles",
    "corpus": "corpora",
    "extract": "checking",
    "mcp": "tools",
    "quote": "checking",
    "quotes": "checking",
}
"""In which module of this package each command is."""


class _Commands(click.Group):
    """The commands, each read when it is asked for: reading all takes a third of the time of a single quote."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, in the order of the alphabet."""
        return sorted({*_COMMANDS, *self.commands})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name in _COMMANDS:
            found: click.Command = getattr(import_module(f"{__name__}.{_COMMANDS[cmd_name]}"), cmd_name)
            return found
        return super().get_command(ctx, cmd_name)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a closed pipe is told by another error, since click would end with 1, a failed finding."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise _ReaderGone from error


class _ReaderGone(Exception):
    """Whoever read our output has had enough."""


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="onrecord")
def onrecord() -> None:
    """Who said that, and did they? Checks quotations against primary sources."""


def main() -> None:
    """Run the command, with every error of ours as one line and its exit code."""
    # Commands of the layers above (`serve` needs the web) register themselves, so nothing is imported upwards.
    for point in entry_points(group="onrecord.commands"):
        if point.name in sys.argv[1:2] or not sys.argv[1:] or "-h" in sys.argv[1:2] or "--help" in sys.argv[1:2]:
            onrecord.add_command(point.load(), point.name)
    try:
        onrecord()
    except CorpusUnavailable as error:
        _fail(error, 4)
    except SettingsError as error:
        _fail(error, 2)
    except (CheckerError, CorpusError) as error:
        _fail(error, 3)
    except _ReaderGone:
        # What is still to be flushed goes nowhere, and nobody is told so at the very end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)


def _fail(error: Exception, code: int) -> None:
    click.echo(f"onrecord: {error}", err=True)
    sys.exit(code)
