"""The network: MiniLM's layers over word pieces and what the rules say of them; tags, and links between words.

The links are biaffine scores between words (Dozat and Manning 2017, "Deep Biaffine Attention for Neural Dependency
Parsing"): a content's first word chooses its cue, a cue's first word its source.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertModel

from checker.extract.tagger.network import FAR
from checker.extract.tagger.windows import KINDS, TAGS

WIDTH = 384
HIDDEN = 256
LINK = 96


@dataclass(frozen=True, slots=True)
class Read:
    """What the network makes of a batch: tags (windows, words, 7), links (windows, words, words), speech (windows, words)."""

    tags: Tensor
    of_source: Tensor
    of_content: Tensor
    spoken: Tensor


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows filled up to one length; shapes (windows, pieces) and (windows, words)."""

    pieces: Tensor
    mask: Tensor
    kinds: Tensor
    heads: Tensor
    of_heads: Tensor
    present: Tensor
    far: Tensor
    same: Tensor
    tags: Tensor
    cue_of: Tensor
    source_of: Tensor
    spoken: Tensor


class Network(nn.Module):
    """The tagger as it is trained; `export` writes it as a graph in whole numbers."""

    def __init__(self, folder: Path, *, layers: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = BertModel.from_pretrained(
            str(folder), add_pooling_layer=False, local_files_only=True, num_hidden_layers=layers
        )
        self.kinds = nn.Embedding(KINDS + 2, WIDTH)
        self.of_heads = nn.Embedding(KINDS + 2, WIDTH)
        nn.init.zeros_(self.kinds.weight)
        nn.init.zeros_(self.of_heads.weight)
        self.dropout = nn.Dropout(dropout)
        self.hidden = nn.Linear(WIDTH, HIDDEN)
        self.tags = nn.Linear(HIDDEN, TAGS)
        self.cues = nn.Linear(HIDDEN, LINK)
        self.sources = nn.Linear(HIDDEN, LINK)
        self.contents = nn.Linear(HIDDEN, LINK)
        self.spoken = nn.Linear(HIDDEN, 1)
        self.source_far = nn.Embedding(2 * (len(FAR) + 1), 1)
        self.content_far = nn.Embedding(2 * (len(FAR) + 1), 1)
        self.same = nn.Parameter(torch.zeros(2))
        nn.init.zeros_(self.source_far.weight)
        nn.init.zeros_(self.content_far.weight)

    def forward(self, batch: Batch) -> Read:
        words = self.encoder.embeddings.word_embeddings(batch.pieces) + self.kinds(batch.kinds)
        states = self.encoder(inputs_embeds=words, attention_mask=batch.mask).last_hidden_state
        at = batch.heads.unsqueeze(-1).expand(-1, -1, WIDTH)
        words = states.gather(1, at) + self.of_heads(batch.of_heads)
        hidden = self.dropout(nn.functional.gelu(self.hidden(self.dropout(words))))
        cues, sources, contents = self.cues(hidden), self.sources(hidden), self.contents(hidden)
        scale = LINK**-0.5
        turned = cues.transpose(1, 2) * scale
        source = sources @ turned + self.source_far(batch.far).squeeze(-1) + self.same[0] * batch.same
        content = contents @ turned + self.content_far(batch.far).squeeze(-1) + self.same[1] * batch.same
        return Read(self.tags(hidden), source, content, self.spoken(hidden).squeeze(-1))
