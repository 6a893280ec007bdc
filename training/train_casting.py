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
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from acts import labelled
from batches import IGNORE, pad
from casting import Casting
from legation.language.wordpiece import WordPiece
from network import Network
from reports import Marked, Told, batch_of, columns, marked, named, nearly, refresh, tellings
from train import sizes

NEVER = -1e4
NOBODY = 0
ENOUGH = 20
"""Parties of a sector, for it to be learned."""
NEARLY = 0.3
"""How many words that look like acts and are none are read in an epoch, for each act."""
WEIGHTS = {"kind": 0.6, "sectors": 0.5, "mutual": 0.3, "alike": 0.4}
"""Of the losses beside that of the links, whose weight is 1."""


def length(told: Sequence[Told], mark: Marked) -> int:
    """Return of how many pieces and words the network reads for an act."""
    one = told[mark.told]
    return len(one.now.pieces) + sum(len(told[n].row["who"]) for n, _ in one.beside)


def known_sectors(folder: Path) -> list[str]:
    """Return *none* and the first sectors that enough parties have to learn them, the commonest first."""
    counts = Counter(s for example in labelled(folder, "train") for s in example.sectors.values())
    return ["none", *(name for name, count in counts.most_common() if count >= ENOUGH and name != "none")]


def read(casting: Casting, told: Sequence[Told], marks: Sequence[Marked]) -> dict[str, Tensor]:
    """Return the scores of the acts in a batch."""
    given = batch_of(told, marks)
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=casting.training):
        scores = casting(given.middle, given.context, given.segments, given.mask, *given.words, given.act)
    found = {name: values.float() for name, values in scores.items()}
    found["alike"] = found["alike"].masked_fill(~given.asked[:, None], NEVER)
    return found


def _alike_loss(scores: Tensor, told: Sequence[Told], marks: Sequence[Marked]) -> Tensor:
    """Return the mean surprise at whose country parties share: any of the words that have it will do."""
    known = scores.shape[2] - scores.shape[1]
    asked: list[tuple[int, int, list[int]]] = []
    for row, mark in enumerate(marks):
        at = columns(told, mark, known)
        for word, country, same in mark.alike:
            right = [at[place] for place in same if place in at] if country else [NOBODY]
            if right:
                asked.append((row, word, right))
    if not asked:
        return scores.new_zeros(())
    shares = scores[[row for row, *_ in asked], [word for _, word, _ in asked]].log_softmax(-1)
    wanted = torch.zeros_like(shares, dtype=torch.bool)
    for number, (*_, right) in enumerate(asked):
        wanted[number, right] = True
    return -shares.masked_fill(~wanted, NEVER).logsumexp(-1).mean()


def _loss(scores: dict[str, Tensor], told: Sequence[Told], batch: Sequence[Marked]) -> Tensor:
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
        right = F.cross_entropy(scores["sectors"].flatten(0, 1), sectors.flatten(), ignore_index=IGNORE)
        total = total + WEIGHTS["sectors"] * right
    return total + WEIGHTS["alike"] * _alike_loss(scores["alike"], told, batch)


def _epoch(casting, told, groups, optimizer, rates, epoch, epochs, rng) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    casting.train()
    rng.shuffle(groups)
    started, total = time.time(), 0.0
    for step, batch in enumerate(groups):
        done = (epoch + step / len(groups)) / epochs
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * min(1.0, 0.05 + done * 50) * (1 - done)
        loss = _loss(read(casting, told, batch), told, batch)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(casting.parameters(), 2.0)
        optimizer.step()
        total += float(loss.detach())
        if step % 200 == 199:
            print(epoch, step + 1, f"loss {total / 200:.3f} {time.time() - started:.0f} s", flush=True)
            total = 0.0


@torch.no_grad()
def score(casting: Casting, told: Sequence[Told], acts: list[Marked], names: list[str]) -> dict[str, float]:
    """Return, in percent, the F1 of each link, and how many acts have all parties right and parties their sector and country."""
    casting.eval()
    counts = {name: [0, 0, 0] for name in names[1:]}
    exact = labelled = right = mutual = 0
    alike = [0, 0]
    for begin in range(0, len(acts), 64):
        batch = acts[begin : begin + 64]
        scores = read(casting, told, batch)
        alike = [a + b for a, b in zip(alike, _countries_right(scores["alike"], told, batch), strict=True)]
        wanted, sectors = (
            pad([getattr(one, part) for one in batch], IGNORE) for part in ("links", "sectors")
        )
        labelled += int((sectors != IGNORE).sum())
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
    found |= {"sectors": 100 * right / max(1, labelled), "countries": 100 * alike[0] / max(1, alike[1])}
    return {k: round(v, 2) for k, v in found.items()}


def _countries_right(scores: Tensor, told: Sequence[Told], marks: Sequence[Marked]) -> tuple[int, int]:
    """Return how many parties without a country of their own get theirs from words that name one, and of how many."""
    right = asked = 0
    for row, mark in enumerate(marks):
        at = columns(told, mark, scores.shape[2] - scores.shape[1])
        countries = named(told, mark.told, labels=False)
        for word, country, _ in mark.alike:
            shares = scores[row, word].softmax(-1)
            found = Counter({"": float(shares[NOBODY])})
            for place, name in countries.items():
                if place in at and place != (mark.told, word):
                    found[name] += float(shares[at[place]])
            asked += 1
            right += found.most_common(1)[0][0] == country
    return right, asked


@torch.no_grad()
def kinds_score(
    casting: Casting, told: Sequence[Told], told_apart: Sequence[list[Marked]]
) -> dict[str, float]:
    """Return, in percent, how many acts have their type and how many near ones are none."""
    casting.eval()
    found = []
    for marks in told_apart:
        right = 0
        for begin in range(0, len(marks), 64):
            batch = marks[begin : begin + 64]
            kinds = read(casting, told, batch)["kind"].argmax(-1)
            right += int((kinds == torch.tensor([one.kind for one in batch])).sum())
        found.append(round(100 * right / max(1, len(marks)), 2))
    return {"types": found[0], "none": found[1]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--start", type=Path, required=True, help="a trained network")
    parser.add_argument("--minilm", type=Path, required=True)
    parser.add_argument("--sentences", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--begin", type=Path, help="an earlier run to go on from")
    parser.add_argument("--epochs", type=int, default=4)
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
    if options.begin:
        vocabulary = json.loads((options.begin / "labels.json").read_text())
    casting = Casting(net.encoder, vocabulary)
    if options.begin:
        casting.load_state_dict(torch.load(options.begin / "casting.pt", weights_only=True))
    wordpiece = WordPiece((options.minilm / "vocab.txt").read_text(encoding="utf-8").split("\n"))
    told = tellings(options.sentences, wordpiece)
    acts, near = marked(told, "train", vocabulary), nearly(told, "train")
    held_out = marked(told, "dev", vocabulary)
    told_apart = [held_out, nearly(told, "dev")]
    upper = [p for n, p in casting.named_parameters() if n.startswith("layers")]
    rest = [p for n, p in casting.named_parameters() if not n.startswith("layers")]
    optimizer = torch.optim.AdamW([{"params": upper}, {"params": rest}], lr=options.rate, weight_decay=0.02)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "labels.json").write_text(json.dumps(vocabulary))
    print(len(acts), "acts", len(near), "nearly", flush=True)
    for epoch in range(options.epochs):
        drawn = acts + rng.sample(near, min(len(near), round(len(acts) * NEARLY)))
        refresh(net, told, wordpiece, rng)
        drawn.sort(key=lambda mark: length(told, mark))
        groups = [drawn[i : i + options.batch] for i in range(0, len(drawn), options.batch)]
        rates = (options.rate, options.head_rate)
        _epoch(casting, told, groups, optimizer, rates, epoch, options.epochs, rng)
        torch.save(casting.state_dict(), options.out / "casting.pt")
        refresh(net, told, wordpiece)
        found = score(casting, told, held_out, vocabulary["links"]) | kinds_score(casting, told, told_apart)
        print(json.dumps({"epoch": epoch} | found), flush=True)


if __name__ == "__main__":
    main()
