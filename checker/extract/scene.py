"""What is known when a mention is to be resolved: the article, whom it names, and who spoke before."""

from __future__ import annotations

from dataclasses import dataclass

from checker.extract.bearers import Gender
from checker.extract.name_words import INSTITUTIONS
from checker.extract.names import Name, Roster
from checker.extract.statement import Statement
from checker.extract.tokens import Tokens
from checker.types import Speaker

MEMORY = 3000
"""So many tokens back a reader still knows who `the president` is."""


@dataclass(frozen=True, slots=True)
class Named:
    """A statement with who says it, and who reports that."""

    statement: Statement
    speaker: Speaker | None
    reported_by: Speaker | None


@dataclass(frozen=True, slots=True)
class Scene:
    """What is known when a mention is to be resolved: the article and the statements before."""

    tokens: Tokens
    roster: Roster
    said: tuple[Named, ...]


def possessive(name: Name, tokens: Tokens) -> bool:
    return tokens.keys[name.tokens[1] - 1].endswith(("'s", "s'")) and not name.words[-1].lower() in INSTITUTIONS


def is_person(name: str, scene: Scene) -> bool:
    return name in scene.roster.people


def fits(name: str, gender: Gender, scene: Scene) -> bool:
    return is_person(name, scene) and (not gender or scene.roster.genders.get(name, gender) == gender)
