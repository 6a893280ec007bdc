"""Train the encoder and its heads; resumable, with fixed seeds.

python training/train.py --out runs/first --epochs 12
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time
from dataclasses import asdict, fields
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
os.environ.setdefault("KMP_BLOCKTIME", "0")

import torch

from acts import labelled
from batches import Item, Numbers, batches, encode, inputs
from corpora import Example, crossner, ewt, gum, re3d, wikigold
from evaluate import score
from legation.language.shapes import SHAPES
from legation.language.wordpiece import WordPiece
from losses import WEIGHTS, losses
from network import LAYERS, Network, Sizes
from variation import varied
from vocabulary import vocabularies


def corpus(data: Path) -> list[Example]:
    """Return the sentences of the open corpora; the small ones of names stand twice."""
    examples = ewt(data, "train") + gum(data, "train")
    return examples + (wikigold(data) + crossner(data, "train") + re3d(data)) * 2


def sizes(vocabulary: dict[str, list[str]]) -> Sizes:
    """Return how many labels each head of the network has; the second reading's own are left out."""
    heads = {field.name for field in fields(Sizes)} & set(vocabulary)
    return Sizes(shapes=len(SHAPES), **{name: len(vocabulary[name]) for name in sorted(heads)})


def main() -> None:
    """Train, score the development sets after each epoch, and keep the state."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("LEGATION_DATA", "../shared/data")))
    parser.add_argument(
        "--minilm", type=Path, required=True, help="folder of model.safetensors and vocab.txt"
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="weights of an earlier run to go on from")
    parser.add_argument("--sentences", type=Path, help="folder of labelled sentences")
    parser.add_argument("--repeat", type=int, default=2)
    parser.add_argument("--share", type=float, default=1.0, help="of the corpora, drawn anew each epoch")
    parser.add_argument("--fixed-share", action="store_true", help="the same share in every epoch")
    parser.add_argument("--layers", type=int, default=LAYERS, help="of the encoder, the lowest first")
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--stop", type=int, help="stop after this many epochs, the rates planned for all")
    parser.add_argument("--pieces", type=int, default=1500)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--head-rate", type=float, default=1.2e-3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--unscored", action="store_true", help="leave the development scores out")
    parser.add_argument("--keep", action="store_true", help="keep the weights of each epoch, for a mean")
    parser.add_argument("--seed", type=int, default=1, help="another order and other variations")
    parser.add_argument("--limit", type=int)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(7)
    options.out.mkdir(parents=True, exist_ok=True)
    train(options)


def train(options: argparse.Namespace) -> None:
    wordpiece = WordPiece((options.minilm / "vocab.txt").read_text(encoding="utf-8").split("\n"))
    examples = corpus(options.data)[: options.limit]
    if options.start:
        vocabulary = json.loads((options.start / "labels.json").read_text())
    else:
        vocabulary = vocabularies(examples)
    (options.out / "labels.json").write_text(json.dumps(vocabulary))
    numbers = Numbers({k: {label: n for n, label in enumerate(v)} for k, v in vocabulary.items()})
    items = [item for e in examples if (item := encode(e, wordpiece))]
    print(len(items), "sentences", asdict(sizes(vocabulary)), flush=True)
    net = Network(sizes(vocabulary), options.layers)
    if options.start:
        net.load_state_dict(torch.load(options.start / "weights.pt", weights_only=True))
    else:
        net.encoder.load_minilm(options.minilm / "model.safetensors")
    net.encoder.pieces.weight.requires_grad_(requires_grad=False)
    _run(net, items, wordpiece, numbers, vocabulary, options)


def _run(
    net: Network, items: list[Item], wordpiece: WordPiece, numbers: Numbers,
    vocabulary: dict[str, list[str]], options: argparse.Namespace,
) -> None:  # fmt: skip
    encoder = [p for n, p in net.named_parameters() if n.startswith("encoder.layers") and p.requires_grad]
    heads = [p for n, p in net.named_parameters() if not n.startswith("encoder.layers") and p.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": options.rate}, {"params": heads, "lr": options.head_rate}],
        betas=(0.9, 0.98), weight_decay=0.01,
    )  # fmt: skip
    state_file = options.out / "state.pt"
    begin = 0
    if state_file.exists():
        state = torch.load(state_file, weights_only=False)
        net.load_state_dict(state["net"])
        optimizer.load_state_dict(state["optimizer"])
        begin = state["epoch"] + 1
    for epoch in range(begin, options.stop or options.epochs):
        turn = 0 if options.fixed_share else epoch
        rng = random.Random(turn + 100 * (options.seed - 1))
        drawn = rng.sample(items, round(len(items) * options.share))
        _epoch(net, drawn + _labelled(wordpiece, options), wordpiece, numbers, optimizer, epoch, options)
        torch.save(net.state_dict(), options.out / "weights.pt")
        if options.keep:
            torch.save(net.state_dict(), options.out / f"weights-{epoch + 1}.pt")
        state = {"net": net.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}
        torch.save(state, state_file)
        if options.unscored:
            continue
        print(
            json.dumps({"epoch": epoch} | score(net, wordpiece, vocabulary, options.data, options.sentences)),
            flush=True,
        )


def _labelled(wordpiece: WordPiece, options: argparse.Namespace) -> list[Item]:
    """Return the labelled sentences, each ``repeat`` times."""
    if options.sentences is None:
        return []
    examples = labelled(options.sentences, "train") * options.repeat
    return [item for e in examples if (item := encode(e, wordpiece))]


def _set_rate(optimizer: torch.optim.Optimizer, done: float, options: argparse.Namespace) -> None:
    """Warm up over the first fiftieth of the run, then fall to nothing in a straight line."""
    factor = min(1.0, 0.05 + done * 50) * (1 - done)
    for group, rate in zip(optimizer.param_groups, (options.rate, options.head_rate), strict=True):
        group["lr"] = rate * factor


def _epoch(net, items, wordpiece, numbers, optimizer, epoch, options) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    rng = random.Random(1000 * options.seed + epoch)
    torch.manual_seed(1000 * options.seed + epoch)
    net.train()
    started, sums, seen = time.time(), dict.fromkeys(WEIGHTS, 0.0), 0
    made = list(batches(items, options.pieces, rng))
    for step, batch in enumerate(made):
        _set_rate(optimizer, (epoch + step / len(made)) / options.epochs, options)
        fresh = [varied(item, wordpiece, rng) for item in batch]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            views = net.words(*inputs(fresh))
        views = {k: v.float() for k, v in views.items()}
        parts = losses(net, fresh, views, numbers)
        loss = sum(WEIGHTS[name] * part for name, part in parts.items())
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 2.0)
        optimizer.step()
        for name, part in parts.items():
            sums[name] += float(part.detach())
        seen += sum(len(i.pieces) for i in batch)
        if step % 100 == 99:
            rate = seen / (time.time() - started)
            print(
                epoch,
                step + 1,
                f"{rate:.0f} pieces/s",
                {k: round(v / 100, 3) for k, v in sums.items() if v},
                flush=True,
            )
            sums = dict.fromkeys(WEIGHTS, 0.0)


if __name__ == "__main__":
    main()
