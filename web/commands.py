"""Accounts, keys, the audit log and backups of the desk from the command line: whoever sits at the machine needs no account for it."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from pathlib import Path

import click

from checker.errors import SettingsError
from checker.settings import load_settings
from web.store import Store, accounts, audit, identities, keys, store_of
from web.store.accounts import ROLES
from web.store.backup import back_up
from web.store.backup import restore as restore_backup
from web.store.errors import DeskError, StoreUnavailable
from web.store.identities import Identity
from web.store.keys import DAYS, LONGEST_DAYS, SCOPES


def _at_desk(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the desk that its options name, and errors their exit code."""

    @click.option("--corpus", metavar="LOCATION", help="Folder of the corpus (or ONRECORD_CORPUS).")
    @wraps(command)
    def run(corpus: str | None, **options: object) -> None:
        try:
            settings = load_settings()
            command(store_of(replace(settings, corpus=corpus) if corpus else settings), **options)
        except StoreUnavailable as error:
            _fail(error, 4)
        except (SettingsError, DeskError) as error:
            _fail(error, 2)

    return run


@click.group()
def users() -> None:
    """Who may sign in to review and batches, and as what."""


@users.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), required=True)
@click.option("--subject", help="Who it is at the provider of ONRECORD_OIDC_ISSUER; then without a password.")
@_at_desk
def add(store: Store, name: str, role: str, subject: str | None) -> None:
    """Open an account; the password is asked for, or read from standard input."""
    password = _password() if subject is None else None
    with store.writing() as connection:
        account = accounts.add(connection, name, password, role=role, by=_operator())
        if subject is not None:
            identities.bind(connection, account.name, Identity(_issuer(), subject), by=_operator())
    click.echo(f"{account.name} may sign in as {account.role}.")


@users.command("list")
@_at_desk
def list_(store: Store) -> None:
    """Show all accounts."""
    with store.reading() as connection:
        for each in accounts.everyone(connection):
            click.echo(f"{each.name}\t{each.role}\t{'open' if each.active else 'closed'}")


@users.command("change")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES))
@click.option("--open/--close", "active", default=None, help="Let them sign in, or not any more.")
@_at_desk
def change(store: Store, name: str, role: str | None, active: bool | None) -> None:
    """Give an account another role, or close or open it; its sessions end."""
    with store.writing() as connection:
        accounts.change(connection, name, by=_operator(), role=role, active=active)


@users.command("password")
@click.argument("name")
@_at_desk
def password(store: Store, name: str) -> None:
    """Give an account another password; its sessions end."""
    written = _password()
    with store.writing() as connection:
        accounts.set_password(connection, name, written, by=_operator())


@users.command("bind")
@click.argument("name")
@click.argument("subject")
@_at_desk
def bind(store: Store, name: str, subject: str) -> None:
    """Let whoever is SUBJECT at the provider of ONRECORD_OIDC_ISSUER enter an account."""
    with store.writing() as connection:
        identities.bind(connection, name, Identity(_issuer(), subject), by=_operator())


@users.command("unbind")
@click.argument("name")
@_at_desk
def unbind(store: Store, name: str) -> None:
    """Let nobody enter an account through a provider any more; its sessions end."""
    with store.writing() as connection:
        for each in identities.unbind(connection, name, by=_operator()):
            click.echo(f"{each.subject}\t{each.issuer}")


@click.group("keys")
def keys_group() -> None:
    """Keys with which other programs use the API in somebody's name."""


@keys_group.command("add")
@click.argument("owner")
@click.option("--label", required=True, help="What the key is for.")
@click.option("--scope", "scopes", multiple=True, required=True, type=click.Choice(SCOPES), help="May be repeated.")
@click.option(
    "--days", default=DAYS, show_default=True, type=click.IntRange(1, LONGEST_DAYS), help="How long it is valid."
)
@click.option("--test", is_flag=True, help="A key that checks and stores nothing.")
@_at_desk
def add_key(store: Store, owner: str, label: str, scopes: tuple[str, ...], days: int, test: bool) -> None:
    """Make a key for the account OWNER; it is printed once, on standard output."""
    with store.writing() as connection:
        made, secret = keys.make(
            connection, owner, label=label, scopes=scopes, days=days, test=test, by=_operator()
        )  # fmt: skip
    click.echo(f"{made.prefix} is valid until {made.expires_at[:10]}; it is shown now and never again:", err=True)
    click.echo(secret)


@keys_group.command("list")
@_at_desk
def list_keys(store: Store) -> None:
    """Show all keys, without their secrets."""
    with store.reading() as connection:
        for each in keys.listed(connection):
            state = "revoked" if each.revoked_at else "expired" if each.expired else "valid"
            told = (
                each.prefix,
                each.owner.name,
                each.label,
                " ".join(each.scopes),
                f"{state} to {each.expires_at[:10]}",
            )
            click.echo("\t".join((each.id, *told, f"used {each.used_at[:10] if each.used_at else 'never'}")))


@keys_group.command("revoke")
@click.argument("id")
@_at_desk
def revoke_key(store: Store, id: str) -> None:
    """Make the key of that id worthless from now on."""
    with store.writing() as connection:
        keys.revoke(connection, id, by=_operator())


@click.group("audit")
def audit_group() -> None:
    """The log of who did what."""


@audit_group.command("verify")
@click.option("--head", metavar="NUMBER:HASH", help="An entry that you wrote down before (`audit head`).")
@_at_desk
def verify(store: Store, head: str | None) -> None:
    """Look whether anybody changed the log; exit code 1 if so, with what does not fit."""
    witnessed = [*_head(head), *store.witnessed()]
    with store.reading() as connection:
        problems = list(audit.verify(connection, witnessed))
        last = audit.head(connection)
    for problem in problems:
        click.echo(problem)
    if problems:
        sys.exit(1)
    click.echo(
        f"intact to entry {last.number}, {len({each.number for each in witnessed})} of them witnessed: {last.sha256}"
    )


@audit_group.command("head")
@_at_desk
def head(store: Store) -> None:
    """Print the last entry's number and hash, to be kept elsewhere."""
    with store.reading() as connection:
        last = audit.head(connection)
    click.echo(f"{last.number}:{last.sha256}")


@audit_group.command("show")
@click.argument("subject", required=False)
@_at_desk
def show(store: Store, subject: str | None) -> None:
    """Print the log, or what it says of one article, batch or account."""
    with store.reading() as connection:
        for each in audit.entries(connection, subject=subject):
            click.echo("\t".join((str(each.number), each.at, each.by or "-", each.action, each.subject, each.detail)))


@click.group("desk")
def desk_group() -> None:
    """The desk's database: accounts, articles, reviews, batches and the log."""


@desk_group.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@_at_desk
def backup(store: Store, file: Path) -> None:
    """Write a backup to FILE, while others work, and its witness beside it."""
    kept = back_up(store, file)
    click.echo(f"{file}: {kept.rows:,} rows, the log to entry {kept.head.number}", err=True)


@desk_group.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_at_desk
def restore(store: Store, file: Path) -> None:
    """Bring a backup to an empty place: the one that ONRECORD_DESK or --corpus names."""
    kept = restore_backup(file, store)
    click.echo(
        f"{kept.rows:,} rows are back, the log to entry {kept.head.number}; now run “onrecord audit verify”", err=True
    )


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    written: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return written


def _issuer() -> str:
    found = load_settings().oidc_issuer
    if not found:
        raise SettingsError("no provider is named; set ONRECORD_OIDC_ISSUER as the service has it")
    return found


def _head(written: str | None) -> list[audit.Head]:
    if written is None:
        return []
    number, _, sha256 = written.partition(":")
    if not number.isdigit() or len(sha256) != 64:
        raise click.BadParameter("write it as `audit head` prints it", param_hint="--head")
    return [audit.Head(int(number), sha256)]


def _fail(error: Exception, code: int) -> None:
    click.echo(f"onrecord: {error}", err=True)
    sys.exit(code)


def _operator() -> str:
    """Who sits at the machine."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):  # in a container a number need not have a name
        name = f"user {os.getuid()}"
    return f"{name} (command line)"
