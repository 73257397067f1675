"""The network: what answers in the passage to each word piece of the claim is compared, mixed and weighed together.

After decomposable attention (Parikh et al. 2016, "A Decomposable Attention Model for Natural Language Inference"), over
the states of a frozen encoder instead of word vectors.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

STATE = 768
WHOLE = 768


class Judge(nn.Module):
    """One logit per pair: above 0, the passage bears the claim out."""

    def __init__(self, width: int = 128, dropout: float = 0.3) -> None:
        super().__init__()
        self.dropout = nn.Dropout(dropout)
        self.narrow = nn.Sequential(nn.Linear(STATE, width), nn.GELU(), nn.LayerNorm(width))
        self.compare = nn.Sequential(nn.Linear(4 * width + 3, width), nn.GELU(), nn.Dropout(dropout))
        self.query = nn.Linear(width, width)
        self.key = nn.Linear(width, width)
        self.value = nn.Linear(width, width)
        self.before = nn.LayerNorm(width)
        self.after = nn.Sequential(
            nn.LayerNorm(width),
            nn.Linear(width, 2 * width),
            nn.GELU(),
            nn.Dropout(dropout),
            nn.Linear(2 * width, width),
        )
        self.weight = nn.Linear(STATE, 1)
        self.whole = nn.Sequential(nn.Dropout(dropout), nn.Linear(WHOLE, 32), nn.GELU())
        self.out = nn.Sequential(
            nn.Linear(3 * width + 32 + 5, width), nn.GELU(), nn.Dropout(dropout), nn.Linear(width, 1)
        )

    def forward(self, claim: Tensor, answers: Tensor, whole: Tensor, present: Tensor | None = None) -> Tensor:
        """Shapes (pairs, pieces, 768), (pairs, pieces, 771), (pairs, 770) in, (pairs,) out; `present` marks what only fills up."""
        if present is None:
            present = torch.ones_like(claim[..., 0])
        cosines = answers[..., STATE:]
        ours, theirs = self.narrow(self.dropout(claim)), self.narrow(self.dropout(answers[..., :STATE]))
        found = self.compare(torch.cat([ours, theirs, ours - theirs, ours * theirs, cosines], dim=-1))
        found = found + self._mixed(self.before(found), present)
        found = found + self.after(found)
        weights = torch.sigmoid(self.weight(claim)).squeeze(-1) * present
        weights = weights / weights.sum(dim=1, keepdim=True).clamp(min=1e-3)
        absent = ((1 - present) * -1e4).unsqueeze(-1)
        mean = (found * weights.unsqueeze(-1)).sum(dim=1)
        most, least = (found + absent).amax(dim=1), (absent - found).amax(dim=1)
        telling = torch.stack(
            [(cosines[..., 0] * weights).sum(1), (cosines[..., 1] * weights).sum(1),
             -(absent.squeeze(-1) - cosines[..., 0]).amax(1)], dim=-1
        )  # fmt: skip
        together = [mean, most, least, self.whole(whole[:, :WHOLE]), whole[:, WHOLE:], telling]
        return self.out(torch.cat(together, dim=-1)).squeeze(-1)

    def _mixed(self, found: Tensor, present: Tensor) -> Tensor:
        """Each piece looks at the others: a "not" belongs to the words beside it."""
        scores = self.query(found) @ self.key(found).transpose(1, 2) / found.shape[-1] ** 0.5
        scores = scores + ((1 - present) * -1e4).unsqueeze(1)
        return scores.softmax(dim=-1) @ self.value(found)
