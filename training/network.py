"""The encoder and its heads, in torch: training only, never at run time.

MiniLM-L6 (Wang et al. 2020; the all-MiniLM-L6-v2 weights, Apache-2.0) reads a
sentence's word pieces; a word is its first and last piece over a learned mix
of layers, with an embedding of how it is written. One wide projection gives
each head its view of a word, so that the exported graph is one pass; pairs of
words (trees, roles, parties) are scored from these views outside the graph.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

LAYERS, WIDTH, HEADS, INNER = 6, 384, 12, 1536
FORK = 3
"""After this many layers the second reading leaves the encoder (``casting.py``)."""
SHAPE_WIDTH = 32
VIEWS = {
    "arc_dep": 256, "arc_head": 256, "rel_dep": 192, "rel_head": 192,
    "role_pred": 160, "role_arg": 160, "link_act": 128, "link_word": 128,
    "pair_actor": 128, "pair_recipient": 128, "tag": 256, "name": 160, "act": 256,
}  # fmt: skip


class Layer(nn.Module):
    """One transformer layer, post-norm as in BERT."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).reshape(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        if torch.onnx.is_in_onnx_export():
            scores = q @ k.transpose(-1, -2) / (WIDTH // HEADS) ** 0.5
            mixed = scores.softmax(-1) @ v
        else:
            mixed = F.scaled_dot_product_attention(
                q, k, v, attn_mask=mask, dropout_p=self.dropout.p if self.training else 0.0
            )
        x = self.norm1(x + self.dropout(self.out(mixed.transpose(1, 2).reshape(batch, length, WIDTH))))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Pieces to word vectors."""

    def __init__(self, shapes: int, layers: int = LAYERS, dropout: float = 0.1) -> None:
        super().__init__()
        self.pieces = nn.Embedding(30522, WIDTH, padding_idx=0)
        self.positions = nn.Embedding(512, WIDTH)
        self.shape_in = nn.Embedding(shapes + 1, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(layers))
        self.dropout = nn.Dropout(dropout)
        self.mix = nn.Parameter(torch.zeros(layers + 1))
        self.shape_out = nn.Embedding(shapes + 1, SHAPE_WIDTH)
        nn.init.zeros_(self.shape_in.weight)

    @property
    def width(self) -> int:
        return 2 * WIDTH + SHAPE_WIDTH

    def forward(
        self, pieces: Tensor, piece_shapes: Tensor, first: Tensor, last: Tensor, shapes: Tensor
    ) -> Tensor:
        mask = None if torch.onnx.is_in_onnx_export() else (pieces != 0)[:, None, None, :]
        return self.gathered(self.states(pieces, piece_shapes, mask), first, last, shapes)

    def states(self, pieces: Tensor, piece_shapes: Tensor, mask: Tensor | None) -> list[Tensor]:
        """Return the pieces as they go in and as each layer leaves them."""
        states = [self._lowest(pieces, piece_shapes)]
        for layer in self.layers:
            states.append(layer(states[-1], mask))
        return states

    def middle(self, pieces: Tensor, piece_shapes: Tensor, mask: Tensor | None) -> Tensor:
        """Return the pieces where the second reading leaves the encoder."""
        x = self._lowest(pieces, piece_shapes)
        for layer in self.layers[:FORK]:
            x = layer(x, mask)
        return x

    def _lowest(self, pieces: Tensor, piece_shapes: Tensor) -> Tensor:
        positions = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.pieces(pieces) + self.positions(positions)[None] + self.shape_in(piece_shapes)
        lowest: Tensor = self.dropout(self.norm(x))
        return lowest

    def gathered(self, states: list[Tensor], first: Tensor, last: Tensor, shapes: Tensor) -> Tensor:
        """Return word vectors: the first and last piece over the mix of layers, and the word's shape."""
        weights = self.mix.softmax(0)
        mixed = sum(w * s for w, s in zip(weights, states, strict=True)) * 2
        gather = lambda at: torch.gather(mixed, 1, at[..., None].expand(-1, -1, WIDTH))  # noqa: E731
        return torch.cat([gather(first), gather(last), self.shape_out(shapes)], -1)

    def load_minilm(self, path: Path) -> None:
        """Take the published weights; the token-type embedding goes into the positions."""
        w = {k.removeprefix("bert."): v for k, v in load_file(path).items()}
        e = "embeddings."
        with torch.no_grad():
            self.pieces.weight.copy_(w[e + "word_embeddings.weight"])
            self.positions.weight.copy_(
                w[e + "position_embeddings.weight"] + w[e + "token_type_embeddings.weight"][0]
            )
            self.norm.weight.copy_(w[e + "LayerNorm.weight"])
            self.norm.bias.copy_(w[e + "LayerNorm.bias"])
            for i, layer in enumerate(self.layers):
                p = f"encoder.layer.{i}."
                names = {
                    "out": "attention.output.dense", "norm1": "attention.output.LayerNorm",
                    "up": "intermediate.dense", "down": "output.dense", "norm2": "output.LayerNorm",
                }  # fmt: skip
                for ours, theirs in names.items():
                    module = getattr(layer, ours)
                    module.weight.copy_(w[p + theirs + ".weight"])
                    module.bias.copy_(w[p + theirs + ".bias"])
                for kind in ("weight", "bias"):
                    parts = [w[f"{p}attention.self.{n}.{kind}"] for n in ("query", "key", "value")]
                    getattr(layer.qkv, kind).copy_(torch.cat(parts))


class Views(nn.Module):
    """One projection of a word vector, cut into each head's view of it."""

    def __init__(self, width: int, dropout: float = 0.25) -> None:
        super().__init__()
        self.project = nn.Linear(width, sum(VIEWS.values()))
        self.dropout = nn.Dropout(dropout)

    def forward(self, words: Tensor) -> Tensor:
        return F.gelu(self.project(self.dropout(words)))

    def cut(self, views: Tensor) -> dict[str, Tensor]:
        return dict(zip(VIEWS, views.split(list(VIEWS.values()), -1), strict=True))


class Pairs(nn.Module):
    """Label scores of a pair of words: their product and their sum, then a linear layer."""

    def __init__(self, width: int, labels: int, dropout: float = 0.25) -> None:
        super().__init__()
        self.linear = nn.Linear(3 * width, labels)
        self.dropout = nn.Dropout(dropout)

    def forward(self, a: Tensor, b: Tensor) -> Tensor:
        return self.linear(self.dropout(torch.cat([a * b, a, b], -1)))


@dataclass
class Sizes:
    """How many labels each head has."""

    shapes: int
    deprels: int
    upos: int
    xpos: int
    lemmas: int
    names: int
    roles: int
    types: int
    statuses: int
    links: int


class Network(nn.Module):
    """The encoder with all heads."""

    def __init__(self, sizes: Sizes, layers: int = LAYERS) -> None:
        super().__init__()
        self.encoder = Encoder(sizes.shapes, layers)
        self.views = Views(self.encoder.width)
        self.drop = nn.Dropout(0.25)
        arc = VIEWS["arc_dep"]
        self.arc = nn.Parameter(torch.zeros(arc, arc))
        self.arc_bias = nn.Parameter(torch.zeros(arc))
        self.root = nn.Linear(arc, 1)
        self.rel = Pairs(VIEWS["rel_dep"], sizes.deprels)
        self.rel_root = nn.Parameter(torch.zeros(VIEWS["rel_dep"]))
        self.role = Pairs(VIEWS["role_pred"], sizes.roles)
        self.link = Pairs(VIEWS["link_act"], sizes.links)
        self.pair = Pairs(VIEWS["pair_actor"], sizes.types)
        tag, name, act = VIEWS["tag"], VIEWS["name"], VIEWS["act"]
        self.upos, self.xpos = nn.Linear(tag, sizes.upos), nn.Linear(tag, sizes.xpos)
        self.lemma = nn.Linear(tag, sizes.lemmas)
        self.name = nn.Linear(name, sizes.names)
        self.predicate = nn.Linear(tag, 1)
        self.factual = nn.Linear(act, 3)
        self.kind = nn.Linear(act, sizes.types)
        self.status = nn.Linear(act, sizes.statuses)

    def words(self, *inputs: Tensor) -> dict[str, Tensor]:
        views: dict[str, Tensor] = self.views.cut(self.drop(self.views(self.encoder(*inputs))))
        return views

    def arcs(self, views: dict[str, Tensor]) -> Tensor:
        """Return scores [batch, dependent, 1 + head], where column 0 is the root."""
        dep, head = views["arc_dep"], views["arc_head"]
        scores = dep @ self.arc @ head.transpose(1, 2) + (head @ self.arc_bias)[:, None]
        return torch.cat([self.root(dep), scores], -1)
