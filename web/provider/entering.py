"""From somebody at the provider to an account here: whose it is, what its role is, and whether it may be entered at all."""

from __future__ import annotations

from sqlalchemy import Connection

from web.provider import errors
from web.provider.errors import NotAdmitted
from web.provider.terms import Terms
from web.provider.tokens import Person
from web.store import Store, accounts, audit, identities
from web.store.accounts import ROLES, Account, Role
from web.store.errors import WrongEntry


def enter(store: Store, terms: Terms, person: Person, *, replacing: str) -> str:
    """Begin a session, and end the one that it replaces; gives its token. Raises NotAdmitted, which the log keeps."""
    refused: NotAdmitted
    with store.writing() as connection:
        try:
            held = _admitted(connection, terms, person)
        except NotAdmitted as error:
            refused = error  # raised when what it wrote down is kept
        else:
            accounts.leave(connection, replacing)
            return accounts.enter(connection, held, through=terms.issuer)
    raise refused


def connect(store: Store, terms: Terms, person: Person, account: Account) -> None:
    """Let an account be entered through the provider from now on; raises NotAdmitted."""
    refused: NotAdmitted
    with store.writing() as connection:
        try:
            _check_domain(connection, terms, person)
            identities.bind(connection, account.name, person.identity, by=account.name)
        except NotAdmitted as error:
            refused = error
        except WrongEntry as error:
            refused = NotAdmitted(str(error), errors.TAKEN)
        else:
            return
    raise refused


def _admitted(connection: Connection, terms: Terms, person: Person) -> Account:
    held = identities.bound(connection, person.identity)
    _check_domain(connection, terms, person)
    role = role_of(terms, person.groups)
    if held is not None and not held.active:
        raise _refused(connection, terms, person, "account closed", errors.CLOSED)
    if terms.roles and role is None:
        if held is not None:
            accounts.end_sessions(connection, held)
        raise _refused(connection, terms, person, "no role", errors.NO_ROLE)
    if held is None:
        return _opened(connection, terms, person, role or "read-only")
    if role is not None:
        accounts.follow(connection, held, role, by=terms.issuer)
    return accounts.named(connection, held.name)


def _opened(connection: Connection, terms: Terms, person: Person, role: Role) -> Account:
    if not terms.opens:
        error = _refused(connection, terms, person, "no account", errors.UNKNOWN)
        error.subject = person.identity.subject
        raise error
    name = accounts.free_name(connection, person.name)
    opened = accounts.add(connection, name, None, role=role, by=terms.issuer)
    identities.bind(connection, name, person.identity, by=terms.issuer)
    return opened


def _check_domain(connection: Connection, terms: Terms, person: Person) -> None:
    if terms.domains and person.email.rpartition("@")[2].lower() not in terms.domains:
        raise _refused(connection, terms, person, "domain", errors.NO_DOMAIN)


def _refused(connection: Connection, terms: Terms, person: Person, why: str, says: str) -> NotAdmitted:
    held = identities.bound(connection, person.identity)
    subject = held.name if held else person.identity.subject
    detail = {"issuer": terms.issuer, "subject": person.identity.subject, "why": why}
    audit.append(connection, "sign-in-refused", subject, by=terms.issuer, detail=detail)
    return NotAdmitted(why, says)


def role_of(terms: Terms, groups: tuple[str, ...]) -> Role | None:
    """The highest role that somebody's groups give; None when they give none."""
    given = [role for group, role in terms.roles if group in groups]
    return max(given, key=ROLES.index, default=None)
