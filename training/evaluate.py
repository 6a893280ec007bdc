"""Development scores of a network in training (the shipped model is scored in ``benchmarks/``)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import torch

from acts import labelled
from batches import Item, encode, inputs
from corpora import Example, crossner, ewt, gum
from legation.language.names import spans
from legation.language.tree import decode
from legation.language.wordpiece import WordPiece
from network import Network


@cache
def _dev(data: Path) -> dict[str, list[Example]]:
    return {"ewt": ewt(data, "dev"), "gum": gum(data, "dev"), "crossner": crossner(data, "dev")}


def _views(net: Network, item: Item) -> dict[str, torch.Tensor]:
    return net.words(*inputs([item]))


@torch.no_grad()
def score(
    net: Network, wordpiece: WordPiece, vocabulary: dict[str, list[str]], data: Path, sentences: Path | None
) -> dict[str, float]:
    """Return UPOS, LAS, role, name, factuality and act scores of the development sets, in percent."""
    net.eval()
    found: dict[str, float] = {}
    for name, examples in _dev(data).items():
        items = [i for e in examples if (i := encode(e, wordpiece))]
        found |= {f"{name}.{k}": v for k, v in _score(net, items, vocabulary).items()}
    if sentences:
        items = [i for e in labelled(sentences, "dev") if (i := encode(e, wordpiece))]
        found |= {f"acts.{k}": v for k, v in _acts(net, items, vocabulary).items()}
    return {k: round(v, 2) for k, v in found.items()}


def _score(net: Network, items: Sequence[Item], vocabulary: dict[str, list[str]]) -> dict[str, float]:
    hits = dict.fromkeys(("words", "uas", "las", "upos", "xpos"), 0)
    named, roles, facts = [0, 0, 0], [0, 0, 0], [0, 0]
    for item in items:
        e = item.example
        views = _views(net, item)
        if e.heads is not None:
            _syntax(net, views, item, vocabulary, hits)
        if e.names is not None:
            tags = [vocabulary["names"][n] for n in net.name(views["name"])[0].argmax(-1).tolist()]
            gold = spans([_plain(next(iter(a))) for a in e.names])
            guess = spans([_plain(t) for t in tags])
            named = [named[0] + len(gold & guess), named[1] + len(guess), named[2] + len(gold)]
        for p in e.predicates or ():
            scores = net.role(views["role_pred"][:, [p]].expand_as(views["role_arg"]), views["role_arg"])
            guess_roles = {
                (w, vocabulary["roles"][n]) for w, n in enumerate(scores[0].argmax(-1).tolist()) if n
            }
            gold_roles = {(w, r) for (q, w), r in e.roles.items() if q == p}
            roles = [
                roles[0] + len(gold_roles & guess_roles),
                roles[1] + len(guess_roles),
                roles[2] + len(gold_roles),
            ]
        sure = {
            w: value > 0
            for w, (value, share) in (e.factual or {}).items()
            if share >= 1.0 and abs(value) >= 0.5
        }
        if sure:
            happened = net.factual(views["act"])[0, :, 0]
            facts[0] += sum((float(happened[w]) > 0) == is_fact for w, is_fact in sure.items())
            facts[1] += len(sure)
    out = {}
    if hits["words"]:
        out = {k: 100 * v / hits["words"] for k, v in hits.items() if k != "words"}
    for key, counts in (("names", named), ("roles", roles)):
        if counts[2]:
            out[key] = 200 * counts[0] / (counts[1] + counts[2])
    if facts[1]:
        out["factual"] = 100 * facts[0] / facts[1]
    return out


def _plain(tag: str) -> str:
    """Return the tag in the coarse labels that all corpora share."""
    edge, _, label = tag.partition("-")
    if label == "NORP" or not label:
        return "O"
    return f"{edge}-{'LOC' if label in {'GPE', 'LOC', 'FAC'} else label}"


def _syntax(
    net: Network,
    views: dict[str, torch.Tensor],
    item: Item,
    vocabulary: dict[str, list[str]],
    hits: dict[str, int],
) -> None:
    e = item.example
    heads = decode(net.arcs(views)[0].numpy())
    at = torch.tensor(heads)
    head_views = torch.where((at < 0)[:, None], net.rel_root[None], views["rel_head"][0, at.clamp(min=0)])
    labels = net.rel(views["rel_dep"][0], head_views).argmax(-1).tolist()
    upos = net.upos(views["tag"])[0].argmax(-1).tolist()
    xpos = net.xpos(views["tag"])[0].argmax(-1).tolist()
    for i, head in enumerate(heads):
        hits["words"] += 1
        right = head == (e.heads or [])[i]
        hits["uas"] += right
        label = vocabulary["deprels"][labels[i]].split(":")[0]
        hits["las"] += right and label == (e.deprels or [])[i].split(":")[0]
        hits["upos"] += vocabulary["upos"][upos[i]] == (e.upos or [])[i]
        hits["xpos"] += vocabulary["xpos"][xpos[i]] == (e.xpos or [])[i]


def _acts(net: Network, items: Sequence[Item], vocabulary: dict[str, list[str]]) -> dict[str, float]:
    found, typed, guessed, wanted, status = 0, 0, 0, 0, 0
    links = [0, 0, 0]
    for item in items:
        e = item.example
        views = _views(net, item)
        kinds = [vocabulary["types"][n] for n in net.kind(views["act"])[0].argmax(-1).tolist()]
        statuses = [vocabulary["statuses"][n] for n in net.status(views["act"])[0].argmax(-1).tolist()]
        gold = {w: (k, s) for w, k, s in e.acts or ()}
        guessed += sum(k != "none" for k in kinds)
        wanted += len(gold)
        for w, (kind, gold_status) in gold.items():
            found += kinds[w] != "none"
            typed += kinds[w] == kind
            status += statuses[w] == gold_status
            scores = net.link(views["link_act"][:, [w]].expand_as(views["link_word"]), views["link_word"])
            guess = {(o, vocabulary["links"][n]) for o, n in enumerate(scores[0].argmax(-1).tolist()) if n}
            true = {(o, link) for (t, o), link in e.links.items() if t == w}
            links = [links[0] + len(guess & true), links[1] + len(guess), links[2] + len(true)]
    return {
        "found": 200 * found / max(1, guessed + wanted), "typed": 200 * typed / max(1, guessed + wanted),
        "status": 100 * status / max(1, wanted), "links": 200 * links[0] / max(1, links[1] + links[2]),
    }  # fmt: skip
