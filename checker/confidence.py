"""How sure a verdict is: a logistic model over a handful of signs, one for each status, that anyone can read.

The weights are fitted by `python benchmarks/confidence.py --weight 3 --weight 1 --weight 1` on dev, the gate and the tuning
claims: dev counts three times, since its mixture is the likest to what editors bring; the reliability chart is in
docs/evaluation.md. A weight above 0 speaks for the verdict.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from checker.types import Claim, Evidence, Quotation, Reason, Searched, Status

Signs = Mapping[str, float]
"""A name and a value from 0 to 1 for each thing that a verdict's certainty hangs on."""

WEIGHTS: Mapping[Status, Mapping[str, float]] = MappingProxyType(
    {
        "verified": MappingProxyType({"always": 3.39, "changed": 0.66, "long": 0.54, "speaker": 0.06}),
        "paraphrased": MappingProxyType(
            {
                "always": 0.24,
                "coverage": 1.12,
                "indirect": -0.12,
                "long": 0.26,
                "meaning": 0.66,
                "shifted": 1.25,
                "speaker": 0.05,
            }
        ),
        "unsourced": MappingProxyType(
            {
                "always": 2.22,
                "coverage": -0.1,
                "covered": -0.4,
                "indirect": -1.55,
                "long": 0.84,
                "meaning": -1.06,
                "named": -0.77,
                "speaker": 0.78,
                "wording": 0.65,
            }
        ),
    }
)

_FOUND_NOTHING: tuple[Reason, ...] = ("absent", "not-covered")
_LONG = 20
_LEAST, _MOST = 0.02, 0.99
"""Nothing is certain."""


def signs(
    status: Status, reason: Reason, claim: Claim, quotation: Quotation, places: Sequence[Evidence], searched: Searched
) -> Signs:
    """What the certainty of this verdict hangs on; `places` are its evidence or what came nearest."""
    scores = [{score.name: score.value for score in place.features} for place in places]

    def most(name: str) -> float:
        return max((each.get(name, 0.0) for each in scores), default=0.0)

    common = {"always": 1.0, "long": min(1.0, quotation.length / _LONG), "speaker": most("speaker")}
    if status == "verified":
        return common | {"changed": float(reason in ("ellipsis", "bracketed", "press-allowance"))}
    meant = {"indirect": float(not claim.direct), "meaning": most("meaning"), "coverage": most("coverage")}
    if status == "paraphrased":
        return common | meant | {"shifted": float(reason == "reported-speech")}
    held = searched.speaker_documents_near_date
    return common | meant | {
        "named": float(reason not in _FOUND_NOTHING),
        "wording": most("wording"),
        "covered": float(bool(held) if held is not None else 0.5),
    }  # fmt: skip


def confidence(status: Status, found: Signs) -> float:
    """The probability that the status is right, between 0.02 and 0.99.

    >>> confidence("verified", {"always": 1.0}) > 0.9
    True
    """
    sum_ = sum(weight * found.get(name, 0.0) for name, weight in WEIGHTS[status].items())
    return round(min(_MOST, max(_LEAST, 1 / (1 + math.exp(-sum_)))), 3)
