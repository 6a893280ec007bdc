"""Train the second reading on top of a trained network, which stays as it is.

python training/train_casting.py --start runs/mean --minilm MINILM --sentences runs/sentences --out runs/casting
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from acts import labelled
from batches import IGNORE, Item, encode, inputs, pad
from casting import Casting
from legation.language.wordpiece import WordPiece
from network import Network
from train import sizes
from variation import varied

ENOUGH = 20
"""Parties of a sector, for it to be learned."""
NEARLY = 0.6
"""How many words that look like acts and are none are read in an epoch, for each act."""
WEIGHTS = {"kind": 0.6, "sectors": 0.5, "mutual": 0.3}
"""Of the losses beside that of the links, whose weight is 1."""


@dataclass
class Marked:
    """A sentence with one of its acts, its type and what each word is to it; or with a word that is no act."""

    item: Item
    act: int
    kind: int
    mutual: bool
    links: list[int]
    sectors: list[int]


def marked(folder: Path, split: str, wordpiece: WordPiece, vocabulary: dict[str, list[str]]) -> list[Marked]:
    """Return each act of the labelled sentences of a split."""
    links, types, sectors = (
        {name: number for number, name in enumerate(vocabulary[part])}
        for part in ("links", "types", "sectors")
    )
    found = []
    for example in labelled(folder, split):
        item = encode(example, wordpiece)
        for act, kind in {word: kind for word, kind, _ in example.acts or ()}.items():
            if item is not None and kind in types:
                pairs = [(act, word) for word in range(len(example.words))]
                parts = [links[example.links.get(pair, "none")] for pair in pairs]
                told = [sectors.get(example.sectors.get(pair, ""), IGNORE) for pair in pairs]
                found.append(Marked(item, act, types[kind], act in example.mutual, parts, told))
    return found


def nearly(folder: Path, split: str, wordpiece: WordPiece) -> list[Marked]:
    """Return the words that look like acts and are none; of them nothing but that is to be learned."""
    found = []
    for example in labelled(folder, split):
        item = encode(example, wordpiece)
        if item is not None:
            nothing = [IGNORE] * len(example.words)
            found += [Marked(item, word, 0, False, nothing, nothing) for word in example.near]
    return found


def known_sectors(folder: Path) -> list[str]:
    """Return *none* and the first sectors that enough parties have to learn them, the commonest first."""
    counts = Counter(s for example in labelled(folder, "train") for s in example.sectors.values())
    return ["none", *(name for name, count in counts.most_common() if count >= ENOUGH and name != "none")]


def read(net: Network, casting: Casting, batch: list[Marked], items: list[Item]) -> dict[str, Tensor]:
    """Return the scores of the acts in a batch, ``items`` being their sentences as they are read now."""
    tensors = inputs(items)
    mask = (tensors[0] != 0)[:, None, None, :]
    with torch.no_grad():
        middle = net.encoder.middle(tensors[0], tensors[1], mask)
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=casting.training):
        scores = casting(middle, mask, *tensors[2:], torch.tensor([one.act for one in batch]))
    return {name: values.float() for name, values in scores.items()}


def _loss(scores: dict[str, Tensor], batch: list[Marked]) -> Tensor:
    links, sectors = (pad([getattr(one, part) for one in batch], IGNORE) for part in ("links", "sectors"))
    total = F.cross_entropy(
        scores["links"].flatten(0, 1), links.flatten(), reduction="sum", ignore_index=IGNORE
    ) / max(1, int((links > 0).sum()))
    kinds = torch.tensor([one.kind for one in batch])
    total = total + WEIGHTS["kind"] * F.cross_entropy(scores["kind"], kinds)
    acts = kinds > 0
    if bool(acts.any()):
        both = torch.tensor([float(one.mutual) for one in batch])[acts]
        mutual = F.binary_cross_entropy_with_logits(scores["mutual"][acts, 0], both)
        total = total + WEIGHTS["mutual"] * mutual
    if bool((sectors != IGNORE).any()):
        told = F.cross_entropy(scores["sectors"].flatten(0, 1), sectors.flatten(), ignore_index=IGNORE)
        total = total + WEIGHTS["sectors"] * told
    return total


def _epoch(net, casting, groups, wordpiece, optimizer, rates, epoch, epochs, rng) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    casting.train()
    rng.shuffle(groups)
    started, total = time.time(), 0.0
    for step, batch in enumerate(groups):
        done = (epoch + step / len(groups)) / epochs
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * min(1.0, 0.05 + done * 50) * (1 - done)
        fresh = [varied(one.item, wordpiece, rng) for one in batch]
        loss = _loss(read(net, casting, batch, fresh), batch)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(casting.parameters(), 2.0)
        optimizer.step()
        total += float(loss.detach())
        if step % 200 == 199:
            print(epoch, step + 1, f"loss {total / 200:.3f} {time.time() - started:.0f} s", flush=True)
            total = 0.0


@torch.no_grad()
def score(net: Network, casting: Casting, acts: list[Marked], names: list[str]) -> dict[str, float]:
    """Return, in percent, the F1 of each link, and how many acts have all parties right and parties their sector."""
    casting.eval()
    counts = {name: [0, 0, 0] for name in names[1:]}
    exact = told = right = mutual = 0
    for begin in range(0, len(acts), 64):
        batch = acts[begin : begin + 64]
        scores = read(net, casting, batch, [one.item for one in batch])
        wanted, sectors = (
            pad([getattr(one, part) for one in batch], IGNORE) for part in ("links", "sectors")
        )
        told += int((sectors != IGNORE).sum())
        right += int((scores["sectors"].argmax(-1) == sectors).sum())
        mutual += sum(
            (score > 0) == one.mutual
            for score, one in zip(scores["mutual"][:, 0].tolist(), batch, strict=True)
        )
        guess = scores["links"].argmax(-1).masked_fill(wanted == IGNORE, 0)
        wanted = wanted.clamp(min=0)
        for number, name in enumerate(names[1:], 1):
            g, w = guess == number, wanted == number
            for at, value in enumerate(((g & w).sum(), g.sum(), w.sum())):
                counts[name][at] += int(value)
        party = ((guess == 1) | (guess == 2), (wanted == 1) | (wanted == 2))
        exact += int(((guess == wanted) | ~(party[0] | party[1])).all(1).sum())
    found = {name: 200 * both / max(1, a + b) for name, (both, a, b) in counts.items()}
    found |= {"all parties": 100 * exact / len(acts), "mutual": 100 * mutual / len(acts)}
    found["sectors"] = 100 * right / max(1, told)
    return {k: round(v, 2) for k, v in found.items()}


@torch.no_grad()
def kinds_score(net: Network, casting: Casting, told_apart: Sequence[list[Marked]]) -> dict[str, float]:
    """Return, in percent, how many acts have their type and how many near ones are none."""
    casting.eval()
    found = []
    for marks in told_apart:
        right = 0
        for begin in range(0, len(marks), 64):
            batch = marks[begin : begin + 64]
            kinds = read(net, casting, batch, [one.item for one in batch])["kind"].argmax(-1)
            right += int((kinds == torch.tensor([one.kind for one in batch])).sum())
        found.append(round(100 * right / max(1, len(marks)), 2))
    return {"types": found[0], "none": found[1]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--start", type=Path, required=True, help="a trained network")
    parser.add_argument("--minilm", type=Path, required=True)
    parser.add_argument("--sentences", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--head-rate", type=float, default=1.2e-3)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)
    vocabulary = json.loads((options.start / "labels.json").read_text())
    net = Network(sizes(vocabulary))
    net.load_state_dict(torch.load(options.start / "weights.pt", weights_only=True))
    net.eval()
    vocabulary["sectors"] = known_sectors(options.sentences)
    casting = Casting(net.encoder, vocabulary)
    wordpiece = WordPiece((options.minilm / "vocab.txt").read_text(encoding="utf-8").split("\n"))
    acts = marked(options.sentences, "train", wordpiece, vocabulary)
    near = nearly(options.sentences, "train", wordpiece)
    held_out = marked(options.sentences, "dev", wordpiece, vocabulary)
    told_apart = [held_out, nearly(options.sentences, "dev", wordpiece)]
    upper = [p for n, p in casting.named_parameters() if n.startswith("layers")]
    rest = [p for n, p in casting.named_parameters() if not n.startswith("layers")]
    optimizer = torch.optim.AdamW([{"params": upper}, {"params": rest}], lr=options.rate, weight_decay=0.02)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "labels.json").write_text(json.dumps(vocabulary))
    print(len(acts), "acts", len(near), "nearly", flush=True)
    for epoch in range(options.epochs):
        drawn = acts + rng.sample(near, min(len(near), round(len(acts) * NEARLY)))
        drawn.sort(key=lambda one: len(one.item.pieces))
        groups = [drawn[i : i + options.batch] for i in range(0, len(drawn), options.batch)]
        rates = (options.rate, options.head_rate)
        _epoch(net, casting, groups, wordpiece, optimizer, rates, epoch, options.epochs, rng)
        torch.save(casting.state_dict(), options.out / "casting.pt")
        found = score(net, casting, held_out, vocabulary["links"]) | kinds_score(net, casting, told_apart)
        print(json.dumps({"epoch": epoch} | found), flush=True)


if __name__ == "__main__":
    main()
