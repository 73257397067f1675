"""What the settings say about the provider, read once and checked before anybody signs in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from checker.errors import SettingsError
from checker.links import policy_of
from checker.settings import Settings, secret_of
from corpus.errors import LinkRefused
from corpus.fetch import Policy, PrivateHost, addressee
from web.store.accounts import ROLES, Role

_DOMAIN = re.compile(r"(?=.{1,253}\Z)[a-z0-9-]+(\.[a-z0-9-]+)+\Z")
_SCOPE = re.compile(r"[\x21\x23-\x5b\x5d-\x7e]+\Z")


@dataclass(frozen=True, slots=True)
class Terms:
    """Which provider is trusted with what; `policy` is where this machine may go for it."""

    issuer: str
    client: str
    secret: str = field(repr=False)
    label: str
    scopes: tuple[str, ...]
    claim: str
    roles: tuple[tuple[str, Role], ...]
    domains: tuple[str, ...]
    opens: bool
    policy: Policy


def terms_of(settings: Settings) -> Terms | None:
    """The terms that the settings set; None where no provider is named. Raises SettingsError that names the variable."""
    if not settings.oidc_issuer:
        if settings.local_passwords == "off":
            raise SettingsError(
                "ONRECORD_LOCAL_PASSWORDS=off leaves no way in; name a provider in ONRECORD_OIDC_ISSUER"
            )
        return None
    if not settings.oidc_client:
        raise SettingsError("ONRECORD_OIDC_CLIENT must be the id that the provider gave this service")
    roles, domains = _roles(settings.oidc_roles), _domains(settings.oidc_domains)
    if settings.oidc_accounts == "on" and not (roles or domains):
        raise SettingsError(
            "ONRECORD_OIDC_ACCOUNTS=on would open an account for everybody whom the provider knows; say in ONRECORD_OIDC_ROLES or "
            "ONRECORD_OIDC_DOMAINS who may have one"
        )
    policy = _policy(settings)
    _check_issuer(settings.oidc_issuer, policy)
    label = " ".join(settings.oidc_label.split()) or (urlsplit(settings.oidc_issuer).hostname or "")
    return Terms(
        settings.oidc_issuer, settings.oidc_client, secret_of(settings, "oidc_secret"), label, _scopes(settings.oidc_scopes),
        settings.oidc_claim, roles, domains, settings.oidc_accounts == "on", policy,
    )  # fmt: skip


def _policy(settings: Settings) -> Policy:
    """The provider's exact host may be asked wherever it is, since whoever runs this service named it, also where nothing else is fetched.

    Over http only a host that is named as private: what is sent there could be read on its way.
    """
    policy = policy_of(settings)
    parts, hosts = urlsplit(settings.oidc_issuer), policy.private_hosts
    if parts.scheme == "https":
        try:
            named = PrivateHost.parse(parts.netloc)
        except ValueError as error:
            raise SettingsError(f"ONRECORD_OIDC_ISSUER: {error}") from error
        hosts = (*hosts, PrivateHost(named.host, named.port or 443))
    return Policy(True, hosts, only_named=not policy.egress)


def _check_issuer(issuer: str, policy: Policy) -> None:
    parts = urlsplit(issuer)
    if parts.query or parts.fragment or issuer.endswith(("?", "#")):
        raise SettingsError("ONRECORD_OIDC_ISSUER must be the provider's address without a question or a fragment")
    try:
        addressee(issuer, policy)
    except LinkRefused as error:
        raise SettingsError(f"ONRECORD_OIDC_ISSUER: {error}") from error


def _roles(written: str) -> tuple[tuple[str, Role], ...]:
    """`group=role`, divided by semicolons, since names of groups in directories hold commas and equals signs."""
    found: list[tuple[str, Role]] = []
    for each in filter(None, map(str.strip, written.split(";"))):
        group, equals, role = (part.strip() for part in each.rpartition("="))
        if not equals or not group or role not in ROLES:
            raise SettingsError(
                f"ONRECORD_OIDC_ROLES: {each!r} is not a group and its role, as in “desk-editors=editor; desk=reporter”; roles "
                f"are {', '.join(ROLES)}"
            )
        found.append((group, role))
    return tuple(found)


def _domains(written: str) -> tuple[str, ...]:
    found = tuple(each.strip().lower() for each in written.split(",") if each.strip())
    for each in found:
        if not _DOMAIN.match(each):
            raise SettingsError(
                f"ONRECORD_OIDC_DOMAINS: {each!r} is no domain; write it as in addresses, paper.example"
            )
    return found


def _scopes(written: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(("openid", *written.split())))
    if not all(map(_SCOPE.match, found)):
        raise SettingsError(f"ONRECORD_OIDC_SCOPES must be words divided by blanks, not {written!r}")
    return found
