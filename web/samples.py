"""What a reader can try before pasting anything: of invented states and people, as the starter corpus holds them."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType

from checker.tongue import noted
from checker.wording import Words
from corpus.types import PartialDate
from web.drafts import Draft

_QUOTES: Mapping[str, Draft] = MappingProxyType(
    {
        "true": Draft("", "quote", "We will not sign the water treaty today.", speaker="Ilse Corvane"),
        "altered": Draft("", "quote", "We will sign the water treaty today.", speaker="Ilse Corvane"),
        "invented": Draft("", "quote", "Nobody in Halvenia has ever liked this river.", speaker="Ilse Corvane"),
    }
)  # fmt: skip
"""Short samples by name."""

SAMPLES: Mapping[str, Words] = MappingProxyType(
    {
        "true": Words(noted("A true quote"), _QUOTES["true"].text),
        "altered": Words(noted("One word is missing"), _QUOTES["altered"].text),
        "invented": Words(noted("Nobody said it"), _QUOTES["invented"].text),
        "article": Words(noted("A whole article"), "Bridge first, water later"),
    }
)
"""What the samples are called, and how they begin."""


def find(name: str) -> Draft | None:
    """The sample of that name."""
    if name != "article":
        return _QUOTES.get(name)
    text = files("corpus").joinpath("starter", "sample-article.txt").read_text(encoding="utf-8")
    return Draft("", "article", text, "Bridge first, water later", date=PartialDate(2026, 3, 31))
