"""Accounts and the log from the command line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from checker.settings import Settings
from web.commands import audit_group, keys_group, users
from web.store import Store, accounts, identities, keys, store_of
from web.store.identities import Identity

PASSWORD = "the lighthouse of Vessen\n"


def call(folder: Path, *words: str, typed: str = "") -> Result:
    group = {"users": users, "keys": keys_group, "audit": audit_group}[words[0]]
    return CliRunner().invoke(group, [*words[1:], "--corpus", str(folder)], input=typed)


def opened(folder: Path) -> Store:
    return store_of(Settings(corpus=str(folder)))


def test_the_first_admin_is_made_here_and_signs_in(tmp_path: Path) -> None:
    made = call(tmp_path, "users", "add", "Ada", "--role", "admin", typed=PASSWORD)
    assert (made.exit_code, made.stdout) == (0, "Ada may sign in as admin.\n")
    assert accounts.sign_in(opened(tmp_path), "Ada", PASSWORD.strip(), address="")
    assert call(tmp_path, "users", "list").stdout == "Ada\tadmin\topen\n"


@pytest.mark.parametrize(
    ("words", "typed", "says"),
    [
        (["add", "Ada", "--role", "admin"], PASSWORD, "already"),
        (["add", "Bea", "--role", "admin"], "short\n", "at least 12"),
        (["add", "Bea", "--role", "king"], PASSWORD, "king"),
        (["change", "Ada", "--role", "editor"], "", "last admin"),
        (["change", "Nobody", "--close"], "", "no account"),
        (["password", "Nobody"], PASSWORD, "no account"),
    ],
)
def test_what_cannot_be_done_says_why(tmp_path: Path, words: list[str], typed: str, says: str) -> None:
    call(tmp_path, "users", "add", "Ada", "--role", "admin", typed=PASSWORD)
    result = call(tmp_path, "users", *words, typed=typed)
    assert result.exit_code == 2 and says in result.stderr


def test_whoever_has_no_name_on_this_machine_is_known_by_a_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os, "getuid", lambda: 4_000_000_123)
    assert call(tmp_path, "users", "add", "Ada", "--role", "admin", typed=PASSWORD).exit_code == 0
    assert "user 4000000123 (command line)" in call(tmp_path, "audit", "show", "Ada").stdout


def test_roles_change_and_accounts_close(tmp_path: Path) -> None:
    for name in ("Ada", "Bea"):
        call(tmp_path, "users", "add", name, "--role", "admin", typed=PASSWORD)
    assert call(tmp_path, "users", "change", "bea", "--role", "checker", "--close").exit_code == 0
    assert call(tmp_path, "users", "password", "Ada", typed="another long password\n").exit_code == 0
    assert call(tmp_path, "users", "list").stdout == "Ada\tadmin\topen\nBea\tchecker\tclosed\n"
    told = call(tmp_path, "audit", "show", "Bea").stdout
    assert "account-changed" in told and '"role":"checker"' in told and PASSWORD.strip() not in told


def test_an_admin_without_a_password_is_made_for_whom_the_provider_knows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "ONRECORD_OIDC_ISSUER" in call(tmp_path, "users", "add", "Ada", "--role", "admin", "--subject", "u-1").stderr
    monkeypatch.setenv("ONRECORD_OIDC_ISSUER", "https://login.paper.example")
    monkeypatch.setenv("ONRECORD_LOCAL_PASSWORDS", "off")
    assert call(tmp_path, "users", "list").stdout == ""  # nothing is half done
    assert call(tmp_path, "users", "add", "Ada", "--role", "admin", "--subject", "u-1").exit_code == 0
    assert call(tmp_path, "users", "bind", "Ada", "u-2").exit_code == 0
    assert "belongs to the account “Ada”" in call(tmp_path, "users", "bind", "Ada", "u-2").stderr
    held = Identity("https://login.paper.example", "u-2")
    with opened(tmp_path).reading() as connection:
        found = identities.bound(connection, held)
        assert found is not None and (found.name, found.role) == ("Ada", "admin")
        assert not accounts.has_password(connection, found)
    assert call(tmp_path, "users", "unbind", "Ada").stdout.count("https://login.paper.example") == 2


def test_the_log_is_verified_and_a_change_of_it_found(tmp_path: Path) -> None:
    assert call(tmp_path, "audit", "verify").exit_code == 0
    call(tmp_path, "users", "add", "Ada", "--role", "admin", typed=PASSWORD)
    head = call(tmp_path, "audit", "head").stdout.strip()
    intact = call(tmp_path, "audit", "verify", "--head", head)
    assert intact.exit_code == 0 and intact.stdout.startswith("intact to entry 1, 1 of them witnessed")
    with opened(tmp_path).writing() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_no_delete")
        connection.exec_driver_sql("DELETE FROM audit")
    found = call(tmp_path, "audit", "verify")
    assert found.exit_code == 1 and "entry 1, which was witnessed, is gone" in found.stdout
    (tmp_path / "desk.sqlite3-witness").unlink()
    assert call(tmp_path, "audit", "verify").exit_code == 0
    assert call(tmp_path, "audit", "verify", "--head", head).exit_code == 1
    assert call(tmp_path, "audit", "verify", "--head", "one").exit_code == 2


def test_a_witness_that_cannot_be_written_is_named_and_nothing_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_WITNESS", str(tmp_path / "away" / "heads"))
    result = call(tmp_path, "users", "add", "Ada", "--role", "admin", typed=PASSWORD)
    assert result.exit_code == 4 and "away/heads" in result.stderr and "ONRECORD_WITNESS" in result.stderr
    assert call(tmp_path, "users", "list").stdout == ""


def test_a_desk_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    result = call(tmp_path / "none", "users", "list")
    assert result.exit_code == 4 and "desk.sqlite3" in result.stderr


def test_a_key_is_printed_once_listed_without_its_secret_and_revoked(tmp_path: Path) -> None:
    call(tmp_path, "users", "add", "Ada", "--role", "admin", typed=PASSWORD)
    made = call(tmp_path, "keys", "add", "Ada", "--label", "CMS", "--scope", "read", "--scope", "check", "--test")
    secret = made.stdout.strip()
    assert made.exit_code == 0 and secret.startswith("onr_test_") and "never again" in made.stderr
    with opened(tmp_path).reading() as connection:
        key = keys.of(connection, secret)
    listed = call(tmp_path, "keys", "list").stdout
    assert f"{key.id}\t{key.prefix}\tAda\tCMS\tcheck read\tvalid" in listed and secret not in listed
    assert call(tmp_path, "keys", "revoke", key.id).exit_code == 0
    assert "\trevoked" in call(tmp_path, "keys", "list").stdout
    again = call(tmp_path, "keys", "revoke", key.id)
    assert again.exit_code == 2 and "already" in again.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["Nobody", "--label", "CMS", "--scope", "check"], "no account"),
        (["Ada", "--label", "CMS", "--scope", "everything"], "everything"),
        (["Ada", "--label", " ", "--scope", "check"], "what the key is for"),
        (["Ada", "--label", "CMS"], "--scope"),
        (["Ada", "--label", "CMS", "--scope", "check", "--days", "9999"], "9999"),
    ],
)
def test_a_key_that_cannot_be_is_wrong_usage(tmp_path: Path, words: list[str], says: str) -> None:
    call(tmp_path, "users", "add", "Ada", "--role", "admin", typed=PASSWORD)
    failed = call(tmp_path, "keys", "add", *words)
    assert failed.exit_code == 2 and says in failed.stderr
