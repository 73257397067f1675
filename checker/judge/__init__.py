"""The judge: reads a passage and a claim together and says how likely the one bears the other out.

It ranks and proposes; figures, names, negations and commitments that differ have the last word (`checker.features`).
"""

from __future__ import annotations

from checker.judge.attentive import AttentiveJudge, judge_name, load_judge
from checker.judge.seam import Judge, Readers

__all__ = ["AttentiveJudge", "Judge", "Readers", "judge_name", "load_judge"]
