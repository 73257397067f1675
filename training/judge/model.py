"""The network: MiniLM's encoder over passage and claim together, and one layer over what it read."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AutoModel

LONGEST = 128
"""Word pieces of passage and claim together; a longer passage is cut."""


class Judge(nn.Module):
    """One logit per pair: above 0, the passage bears the claim out."""

    def __init__(self, encoder: Path, *, attention: str = "sdpa") -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(str(encoder), local_files_only=True, attn_implementation=attention)
        width = self.encoder.config.hidden_size
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Sequential(nn.Linear(3 * width, width), nn.GELU(), nn.Linear(width, 1))

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        """Shapes (pairs, pieces) in, (pairs,) out."""
        read = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        claim = (attention_mask * token_type_ids).unsqueeze(-1).to(read.dtype)
        passage = (attention_mask * (1 - token_type_ids)).unsqueeze(-1).to(read.dtype)
        means = [(read * part).sum(1) / part.sum(1).clamp(min=1) for part in (passage, claim)]
        return self.head(self.dropout(torch.cat([read[:, 0], *means], dim=1))).squeeze(-1)
