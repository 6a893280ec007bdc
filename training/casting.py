"""The network of the second reading: who takes part in one act, the sentence read again with that act marked.

The first reading scores every pair of words alike. This one takes what the
encoder has made of the sentence half-way up, marks the pieces of one act, tells
each piece how far it is from them, and reads on with upper layers of its own.
Marking the predicate is how labellers of semantic roles read a sentence (Shi and
Lin 2019). It reads on with words of the report's headline, lead and last
sentences beside the sentence, and says whose countrymen each word's are.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from network import FORK, SHAPE_WIDTH, WIDTH, Encoder, Pairs

FAR = 32
VIEW = 256
ASKED = 96
SEGMENTS = 5
"""Nobody, then a word of the last sentence, of the one before it, of the lead, of the headline."""


class Casting(nn.Module):
    """Upper layers that read a sentence for one act; begun as copies of the encoder's own."""

    def __init__(self, encoder: Encoder, labels: Mapping[str, Sequence[str]], dropout: float = 0.15) -> None:
        super().__init__()
        self.mark = nn.Parameter(torch.randn(WIDTH) * 0.1)
        self.distance = nn.Embedding(2 * FAR + 1, WIDTH)
        nn.init.zeros_(self.distance.weight)
        self.segment = nn.Embedding(SEGMENTS, WIDTH)
        nn.init.normal_(self.segment.weight, std=0.05)
        self.layers = nn.ModuleList(copy.deepcopy(layer) for layer in encoder.layers[FORK:])
        for layer in self.layers:
            layer.dropout.p = dropout
        self.shape = copy.deepcopy(encoder.shape_out)
        width = 2 * WIDTH + SHAPE_WIDTH
        self.word, self.act = nn.Linear(width, VIEW), nn.Linear(width, VIEW)
        self.links = Pairs(VIEW, len(labels["links"]), 0.2)
        self.sectors = Pairs(VIEW, len(labels["sectors"]), 0.2)
        self.mutual = nn.Linear(width, 1)
        self.kind = nn.Linear(width, len(labels["types"]))
        self.asking, self.asked = nn.Linear(width, ASKED), nn.Linear(WIDTH, ASKED)
        self.dropout = nn.Dropout(0.2)

    def forward(
        self, middle: Tensor, context: Tensor, segments: Tensor, mask: Tensor | None,
        first: Tensor, last: Tensor, shapes: Tensor, act: Tensor,
    ) -> dict[str, Tensor]:  # fmt: skip
        """Return scores for one act of each sentence, ``act`` being its word.

        ``context`` are words of the report beside it, the first of them nobody, and
        ``segments`` where each is from. ``links`` and ``sectors`` are
        [sentence, word, label], ``mutual`` [sentence, 1], ``kind`` [sentence, type],
        ``alike`` [sentence, word, context and words]: whose country a word shares.
        """
        begin, end = first.gather(1, act[:, None]), last.gather(1, act[:, None])
        place = torch.arange(middle.shape[1], device=middle.device)[None]
        marked = ((place >= begin) & (place <= end)).to(middle.dtype)
        x = middle + self.mark * marked[..., None] + self.distance((place - begin).clamp(-FAR, FAR) + FAR)
        x = torch.cat([context + self.segment(segments), x], 1)
        for layer in self.layers:
            x = layer(x, mask)
        beside, x = x[:, : context.shape[1]], x[:, context.shape[1] :]
        pieces = lambda at: x.gather(1, at[..., None].expand(-1, -1, WIDTH))  # noqa: E731
        begins = pieces(first)
        words = self.dropout(torch.cat([begins, pieces(last), self.shape(shapes)], -1))
        own = words.gather(1, act[:, None, None].expand(-1, 1, words.shape[-1]))
        view = F.gelu(self.act(own)).expand(-1, words.shape[1], -1)
        each = F.gelu(self.word(words))
        own = own[:, 0]
        alike = self.asking(words) @ self.asked(torch.cat([beside, begins], 1)).transpose(1, 2) / ASKED**0.5
        return {
            "links": self.links(each, view), "sectors": self.sectors(each, view), "mutual": self.mutual(own),
            "kind": self.kind(own), "alike": alike,
        }  # fmt: skip
