"""What all shapes have in common: strictness, texts that are text, dates, and pages of lists."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

# A lone half of a surrogate pair is refused by pydantic; NUL is what databases refuse.
_NO_NUL = r"^[^\x00]*$"
_MONTH = r"(0[1-9]|1[0-2])"
_DAY = r"((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))"
_BY_FOUR = r"[2468][048]|[13579][26]"
_LEAP = rf"([1-9][0-9](0[48]|{_BY_FOUR})|({_BY_FOUR})00)-02-29"
# The calendar is in the pattern, so that other programs know as well which dates there are.
_DATE = rf"^([1-9][0-9]{{3}}(-({_MONTH}|{_DAY}))?|{_LEAP})$"

_CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?"
MOMENT = rf"^([1-9][0-9]{{3}}-{_DAY}|{_LEAP})T{_CLOCK}(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])$"
"""A moment as RFC 3339 writes it, seconds left out or not."""

LARGEST_PAGE = 200


class Asked(BaseModel):
    """What somebody sends: nothing is guessed, and an unknown field is refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Parameters(BaseModel):
    """What stands in an address behind the question mark; values are read from text."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Answered(BaseModel):
    """What we answer."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _whole(value: object) -> object:
    """A whole number as it stands in an address, and in no other spelling."""
    if isinstance(value, str):
        return int(value) if re.fullmatch("[0-9]{1,9}", value, re.ASCII) else value + " is no whole number"
    return value


Line = Annotated[str, StringConstraints(pattern=_NO_NUL, max_length=400)]
"""A name, a title or an id."""

Name = Annotated[str, StringConstraints(pattern=_NO_NUL, max_length=200)]
Id = Annotated[str, StringConstraints(pattern=_NO_NUL, min_length=1, max_length=400)]
Date = Annotated[
    str, StringConstraints(pattern=_DATE), Field(description="YYYY, YYYY-MM or YYYY-MM-DD", examples=["2026-03-30"])
]
Note = Annotated[str, StringConstraints(pattern=_NO_NUL, max_length=4000)]
_ANY = Field(ge=0, le=999_999_999)
Number = Annotated[int, _ANY, BeforeValidator(_whole, json_schema_input_type=Annotated[int, _ANY])]
_LIMIT = Field(ge=1, le=LARGEST_PAGE)
Pair = tuple[int, int]
"""A half-open range of code points: first, and behind the last."""


def _integral(value: object) -> object:
    """JSON has one kind of number: 7.0 is 7."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Count = Annotated[
    int, Field(ge=0, le=2**53), BeforeValidator(_integral, json_schema_input_type=Annotated[int, Field(ge=0, le=2**53)])
]


def text(longest: int, *, shortest: int = 0) -> StringConstraints:
    """The constraints of a text of so many code points."""
    return StringConstraints(pattern=_NO_NUL, min_length=shortest or None, max_length=longest)


class Paged(Parameters):
    """Which part of a list is wanted."""

    limit: Annotated[
        int,
        _LIMIT,
        BeforeValidator(_whole, json_schema_input_type=Annotated[int, _LIMIT]),
        Field(description="How many at the most"),
    ] = 50
    cursor: Annotated[
        str | None,
        Field(
            pattern="^[A-Za-z0-9_-]{1,2000}$", description="`next` of the page before; it belongs to the same filters"
        ),
    ] = None


class Page(Answered):
    """One page of a list; `next` is the cursor of the following one, null on the last."""

    next: str | None
