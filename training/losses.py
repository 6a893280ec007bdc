"""What each head is asked to get right."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from batches import IGNORE, Item, Numbers, tagging
from legation.coding.cues import stances
from network import Network

WEIGHTS = {
    "arc": 1.0, "rel": 1.0, "upos": 0.4, "xpos": 0.3, "lemmas": 0.3, "names": 0.8, "roles": 1.2,
    "predicate": 0.3, "factual": 0.4, "type": 1.5, "status": 0.5, "link": 2.0, "pair": 0.7,
}  # fmt: skip


def losses(
    net: Network, batch: Sequence[Item], views: dict[str, Tensor], numbers: Numbers
) -> dict[str, Tensor]:
    """Return the mean loss of each head that has labels in this batch."""
    found = _syntax(net, batch, views, numbers) | _names(net, batch, views, numbers)
    found |= _roles(net, batch, views, numbers) | _factual(net, batch, views)
    return found | _acts(net, batch, views, numbers)


def _syntax(
    net: Network, batch: Sequence[Item], views: dict[str, Tensor], numbers: Numbers
) -> dict[str, Tensor]:
    targets = tagging(batch, numbers)
    heads = targets["heads"]
    known = heads != IGNORE
    if not known.any():
        return {}
    scores = net.arcs(views)
    lengths = torch.tensor([len(i.example.words) for i in batch])
    beyond = torch.arange(scores.shape[2])[None] > lengths[:, None]
    scores = scores.masked_fill(beyond[:, None], -1e4)
    found = {"arc": F.cross_entropy(scores[known], heads[known])}
    b, i = known.nonzero(as_tuple=True)
    at = heads[b, i] - 1
    head_views = torch.where((at < 0)[:, None], net.rel_root[None], views["rel_head"][b, at.clamp(min=0)])
    found["rel"] = F.cross_entropy(
        net.rel(views["rel_dep"][b, i], head_views), targets["deprels"][b, i], ignore_index=IGNORE
    )
    for name, head in (("upos", net.upos), ("xpos", net.xpos), ("lemmas", net.lemma)):
        found[name] = F.cross_entropy(head(views["tag"][b, i]), targets[name][b, i], ignore_index=IGNORE)
    return found


def _names(
    net: Network, batch: Sequence[Item], views: dict[str, Tensor], numbers: Numbers
) -> dict[str, Tensor]:
    """Raise the summed probability of the allowed tags of each word."""
    b, i, allowed = [], [], []
    table = numbers.tables["names"]
    for row, item in enumerate(batch):
        for word, tags in enumerate(item.example.names or ()):
            b.append(row)
            i.append(word)
            allowed.append([tag in tags for tag in table])
    if not b:
        return {}
    scores = net.name(views["name"][b, i]).log_softmax(-1)
    return {"names": -scores.masked_fill(~torch.tensor(allowed), -1e4).logsumexp(-1).mean()}


def _roles(
    net: Network, batch: Sequence[Item], views: dict[str, Tensor], numbers: Numbers
) -> dict[str, Tensor]:
    b, p, w, labels = [], [], [], []
    marks, is_predicate = [], []
    table = numbers.tables["roles"]
    for row, item in enumerate(batch):
        e = item.example
        if e.predicates is None:
            continue
        for word in range(len(e.words)):
            marks.append((row, word))
            is_predicate.append(float(word in e.predicates))
        for predicate in e.predicates:
            for word in range(len(e.words)):
                b.append(row)
                p.append(predicate)
                w.append(word)
                labels.append(table.get(e.roles.get((predicate, word), "none"), 0))
    if not marks:
        return {}
    rows, words = zip(*marks, strict=True)
    logits = net.predicate(views["tag"][list(rows), list(words)])[:, 0]
    found = {"predicate": F.binary_cross_entropy_with_logits(logits, torch.tensor(is_predicate))}
    if b:
        scores = net.role(views["role_pred"][b, p], views["role_arg"][b, w])
        loss = F.cross_entropy(scores, torch.tensor(labels), reduction="sum")
        found["roles"] = loss / max(1, sum(label != 0 for label in labels)) / 2
    return found


def _factual(net: Network, batch: Sequence[Item], views: dict[str, Tensor]) -> dict[str, Tensor]:
    b, i, values = [], [], []
    for row, item in enumerate(batch):
        for word, (value, confidence) in (item.example.factual or {}).items():
            b.append(row)
            i.append(word)
            values.append((value, confidence))
    if not b:
        return {}
    target = torch.tensor(values)
    scores = net.factual(views["act"][b, i])
    happened = F.binary_cross_entropy_with_logits(
        scores[:, 0], (target[:, 0] > 0).float(), weight=target[:, 0].abs().clamp(max=1.0)
    )
    return {"factual": happened + 0.3 * F.mse_loss(scores[:, 1], target[:, 0])}


def _acts(  # noqa: C901 - one pass over the words fills four tables
    net: Network, batch: Sequence[Item], views: dict[str, Tensor], numbers: Numbers
) -> dict[str, Tensor]:
    """Triggers with type and status, the links from triggers to parties, and what stands between two of them."""
    rows = [(row, item.example) for row, item in enumerate(batch) if item.example.acts is not None]
    if not rows:
        return {}
    types, statuses, links = (numbers.tables[k] for k in ("types", "statuses", "links"))
    b, i, kinds = [], [], []
    sb, si, ss = [], [], []
    lb, la, lw, ll = [], [], [], []
    pb, pa, pr, pt = [], [], [], []
    for row, e in rows:
        acts = {word: (kind, status) for word, kind, status in e.acts or ()}
        for word in range(len(e.words)):
            b.append(row)
            i.append(word)
            kind = acts.get(word, ("none", ""))[0]
            kinds.append(types.get(kind, IGNORE))
        for word, (kind, status) in acts.items():
            if kind not in types:
                continue
            sb.append(row)
            si.append(word)
            ss.append(statuses[status])
            for other in range(len(e.words)):
                lb.append(row)
                la.append(word)
                lw.append(other)
                ll.append(links[e.links.get((word, other), "none")])
            actors = [o for (t, o), link in e.links.items() if t == word and link == "actor"]
            recipients = [o for (t, o), link in e.links.items() if t == word and link == "recipient"]
            for actor in actors:
                for recipient in recipients:
                    pb.append(row)
                    pa.append(actor)
                    pr.append(recipient)
                    pt.append(types[stances().get(kind, {}).get(status, kind)])
    found = {}
    scores = net.kind(views["act"][b, i])
    wanted = torch.tensor(kinds)
    acts_here = max(1, int((wanted > 0).sum()))
    found["type"] = F.cross_entropy(scores, wanted, ignore_index=IGNORE, reduction="sum") / (
        acts_here + 0.05 * len(b)
    )
    if sb:
        found["status"] = F.cross_entropy(net.status(views["act"][sb, si]), torch.tensor(ss))
        linked = F.cross_entropy(
            net.link(views["link_act"][lb, la], views["link_word"][lb, lw]), torch.tensor(ll), reduction="sum"
        )
        found["link"] = linked / max(1, sum(label != 0 for label in ll)) / 2
    if pb:
        found["pair"] = F.cross_entropy(
            net.pair(views["pair_actor"][pb, pa], views["pair_recipient"][pb, pr]), torch.tensor(pt)
        )
    return found
