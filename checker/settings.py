"""Every setting and every threshold, with its default and its reason; the only reader of the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

from checker.errors import SettingsError
from checker.types import Profile


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The numbers that decide; `python benchmarks/thresholds.py` is the run that chose each of them.

    It tries every one at several values, one at a time, on labelled quotes, and marks what the program has; what the
    last runs showed stands in docs/evaluation.md. After a change run it, `make gate` and the quotes evaluation again.
    """

    same_wording: float = 0.5
    """Share of a quote's words that one passage must have before its differences name the reason."""

    same_wording_words: int = 3
    """And how many words at the least, so that a stock phrase is not called an altered quote."""

    related: float = 0.3
    """Share of a direct quote's words in order below which a statement is not weighed for its meaning either."""

    that_passage: float = 0.8
    """Share of a quote's words from which an altered quote is told from a chance likeness in another's mouth."""

    close: float = 0.72
    """Share of the telling words (weighed by rarity) from which a statement is a close paraphrase."""

    loose: float = 0.5
    """The same for a loose paraphrase."""

    in_quotes: float = 0.85
    """The same for words in quotation marks of which the source has less than half in this order."""

    reworded: float = 0.6
    """Share of an indirect statement's words in order from which it is reported speech and no paraphrase."""

    shifted: float = 0.92
    """The same where the judge read it, as share of the telling words: of the tuning claims in benchmarks/claims, 19 of 24
    in reported speech reach it, none of 24 close and 83 loose paraphrases."""

    borne: float = 0.8
    """How likely the judge must find it that a passage says what an indirect statement says: of the tuning claims 253 of 320
    are right, as at 0.5; between 0.65 and 0.75 it is 254 to 257, too few more to let more near misses through for."""

    borne_in_quotes: float = 0.97
    """The same for words in quotation marks, which claim more than a meaning."""

    rendered: float = 0.6
    """Cosine of two sentences in different languages from which one can be the other's translation: of 354 English
    sentences of events that are held in Russian too, 82 % reach it within their event, 0.3 % in another event with nothing
    objecting; at 0.7 it is 67 and 0.0 %, at 0.5 93 and 4.2 %."""

    information: float = 4.5
    """Summed rarity (natural logarithm) of a short fragment below which it identifies nothing."""

    commonplace: int = 6
    """In how many other speakers' statements a fragment may stand before it identifies nothing."""

    identifying: int = 4
    """So many telling words identify a statement, however common each of them is."""

    sentence: int = 8
    """A whole sentence of so many words is no stock phrase."""

    equal: float = 0.9
    """A statement that shares under this share of what the found one shares cannot hold the same words."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may set: by environment variable (`ONRECORD_` and the name in capitals) or by flag."""

    corpus: str = "var/corpus"
    """The corpus: a folder, or `postgresql://user@host:port/database`; a password is better kept in `~/.pgpass`."""

    profile: Profile = "press"
    """`press` allows fillers and one empty function word; `strict` does not."""

    speakers: str = ""
    """An editor's own file of speakers (TOML, see docs/cli.md), added to the register that comes with the program."""

    encoder: str = "minilm-int8"
    """What gives English passages and quotes their vectors: `minilm-int8` (fast), `minilm` (the same model through
    PyTorch), the folder of another sentence-transformers model, or `none`."""

    multilingual: str = "use"
    """What does so across languages: `use`, if its package is installed (`onrecord[multilingual]`), or `none`."""

    cache: str = "~/.cache/onrecord"
    """The folder in which the fast encoder is kept, 60 MB; it is made there when it is first needed."""

    judge: Literal["own", "none"] = "own"
    """What reads passages for their meaning: the judge that comes with the program, or `none`, to go by words alone."""

    tagger: Literal["own", "none"] = "own"
    """What bounds indirect speech in an article: the tagger that comes with the program, or `none`, to go by rules alone."""

    candidates: int = 60
    """How many passages are fetched for a quote."""

    statements: int = 16
    """How many statements a quote is aligned with."""

    read: int = 8
    """How many passages are read for their meaning, when the wording leaves a claim open."""

    considered: int = 16
    """Of how many passages those are taken, the ones of whom and when is claimed first."""

    near_days: int = 14
    """What counts as "around that date" when nothing is found."""

    egress: Literal["on", "off"] = "on"
    """`off` keeps this machine from fetching any link."""

    private_hosts: str = ""
    """Hosts of one's own network whose links may be fetched although their addresses are private: `wiki.paper.example,
    localhost:8123`."""

    contact: str = ""
    """Whom the keepers of other people's servers can ask about us: a mail or web address that is sent along with each request
    of `corpus sync`."""

    adding: Literal["here", "on", "off"] = "here"
    """Whether readers of the pages may add sources: `here` while the pages are served to this machine alone."""

    desk: str = ""
    """Where the desk keeps accounts, articles, reviews and batches: a file, or `postgresql://…`; else `desk.sqlite3` in the
    corpus folder."""

    keep_days: int = 30
    """How many days a check that nobody changes or reviews keeps its address."""

    witness: str = ""
    """The file that witnesses the audit log (docs/operations.md); beside the desk's own file if none is named."""

    require_sign_in: Literal["on", "off"] = "off"
    """`on`: every page asks who is there, not only review and batches."""

    four_eyes: Literal["on", "off"] = "off"
    """`on`: whoever sent an article for review cannot sign it off."""

    local_passwords: Literal["on", "off"] = "on"
    """`off`: nobody signs in with a password of this service, only through the provider below."""

    oidc_issuer: str = ""
    """The OpenID Connect provider through which people may sign in: its address, as it writes it itself."""

    oidc_client: str = ""
    """The id that the provider gave this service."""

    oidc_secret: str = field(default="", repr=False)
    """The secret that belongs to it; without one the service is a public client."""

    oidc_secret_file: str = ""
    """The file that holds the secret, instead."""

    oidc_label: str = ""
    """What the provider is called on the pages; its host if nothing is given."""

    oidc_scopes: str = "openid profile email"
    """What the provider is asked to tell of whoever signs in."""

    oidc_claim: str = "groups"
    """The claim that says in which groups somebody is; `realm_access.roles` goes into a claim."""

    oidc_roles: str = ""
    """Which role each group gives: `desk-editors=editor; desk=reporter`. With it the provider's groups decide at each sign-in."""

    oidc_domains: str = ""
    """Domains of e-mail addresses, one of which whoever signs in must have verified: `paper.example, radio.example`."""

    oidc_accounts: Literal["on", "off"] = "off"
    """`on`: whoever the provider knows, and whose group or domain is named above, gets an account at the first sign-in."""

    log: Literal["text", "json"] = "text"
    """The form of the service's log: lines for people, or an object a line, one of them for every answer."""

    metrics: Literal["off", "here", "token"] = "off"
    """Who may read `/metrics`: nobody, readers on this machine (`here`), or whoever sends the token below."""

    metrics_token: str = field(default="", repr=False)
    """The token, as a Bearer token, at least 24 characters."""

    metrics_token_file: str = ""
    """The file that holds the token, instead."""

    api_requests: int = 600
    """How many requests a minute each key of the API may make."""

    origins: tuple[str, ...] = ()
    """Origins of other sites whose pages may ask the API from a browser: `https://cms.paper.example, http://localhost:8010`."""

    least_confidence: float = 0.6
    """How sure the extraction must be of an indirect statement for it to be checked: below are attitudes
    ("criticised", "backs") rather than statements."""

    thresholds: Thresholds = Thresholds()


DEFAULTS = Settings()


_ALLOWED = {
    "ONRECORD_PROFILE": ("press", "strict"),
    "ONRECORD_JUDGE": ("own", "none"),
    "ONRECORD_TAGGER": ("own", "none"),
    "ONRECORD_EGRESS": ("on", "off"),
    "ONRECORD_ADDING": ("here", "on", "off"),
    "ONRECORD_REQUIRE_SIGN_IN": ("on", "off"),
    "ONRECORD_FOUR_EYES": ("on", "off"),
    "ONRECORD_LOCAL_PASSWORDS": ("on", "off"),
    "ONRECORD_OIDC_ACCOUNTS": ("on", "off"),
    "ONRECORD_LOG": ("text", "json"),
    "ONRECORD_METRICS": ("off", "here", "token"),
}

_ORIGIN = re.compile(r"(https?)://(?:[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::([1-9][0-9]{0,4}))?")
_USUAL_PORTS = {("http", "80"), ("https", "443")}
"""Ports that no browser writes into an origin."""


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Defaults, then `ONRECORD_*`; raises SettingsError that names the variable."""
    given = os.environ if environment is None else environment
    changes: dict[str, object] = {}
    for each in fields(Settings):
        variable = f"ONRECORD_{each.name.upper()}"
        if each.name != "thresholds" and variable in given:
            changes[each.name] = _read(variable, given[variable], getattr(DEFAULTS, each.name))
    return replace(DEFAULTS, **changes)  # type: ignore[arg-type]  # the names are the fields' own


def unknown_settings(environment: Mapping[str, str] | None = None) -> Mapping[str, str | None]:
    """Names like those of settings that are none, each with the setting that was likely meant."""
    known = {f"ONRECORD_{each.name.upper()}" for each in fields(Settings)}
    given = sorted(os.environ if environment is None else environment)
    strange = [name for name in given if name.upper().startswith("ONRECORD_") and name not in known]
    return {name: next(iter(get_close_matches(name.upper(), known, n=1)), None) for name in strange}


def secret_of(settings: Settings, name: str) -> str:
    """A setting that may stand in the file that `<name>_file` names instead; raises SettingsError."""
    given, file = str(getattr(settings, name)), str(getattr(settings, f"{name}_file"))
    variable = f"ONRECORD_{name.upper()}"
    if given and file:
        raise SettingsError(f"give either {variable} or {variable}_FILE, not both")
    if not file:
        return given
    try:
        read = Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{variable}_FILE: {file} cannot be read") from error
    if not read:
        raise SettingsError(f"{variable}_FILE: {file} is empty")
    return read


def _read(variable: str, value: str, default: object) -> object:
    if isinstance(default, tuple):
        return tuple(_origin(variable, each.strip()) for each in value.split(",") if each.strip())
    if isinstance(default, int | float):
        try:
            number = type(default)(value)
        except ValueError as error:
            raise SettingsError(f"{variable} must be a number such as {default}, not {value!r}") from error
        if not number > 0:
            raise SettingsError(f"{variable} must be above 0, not {value!r}")
        return number
    for name, allowed in _ALLOWED.items():
        if variable == name and value not in allowed:
            raise SettingsError(f"{variable} must be {' or '.join(allowed)}, not {value!r}")
    return value


def _origin(variable: str, written: str) -> str:
    """An origin as browsers send it, since it is compared as text; raises SettingsError."""
    form = "write each as a browser sends it, such as https://cms.paper.example or http://localhost:8010"
    if "*" in written:
        raise SettingsError(f"{variable} cannot hold {written!r}: there are no wildcards; {form}")
    found = _ORIGIN.fullmatch(written)
    if found is None or int(found[2] or 1) > 65_535:
        raise SettingsError(
            f"{variable} cannot hold {written!r}: it is no origin (http or https, a host in small letters, "
            f"its port if it has one, and nothing behind it, no slash either); {form}"
        )
    if (found[1], found[2]) in _USUAL_PORTS:
        raise SettingsError(f"{variable} cannot hold {written!r}: browsers leave out port {found[2]} there; {form}")
    return written
