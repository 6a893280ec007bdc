"""Open corpora to one shape: sentences of words with the layers that each corpus has.

A layer that a corpus lacks is None and adds nothing to the loss. Names are
sets of allowed tags, because the corpora draw their lines differently: where
one says LOC, the sentence may hold a GPE, a LOC or a FAC.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

NAME_LABELS = ("PER", "ORG", "GPE", "LOC", "NORP", "FAC")
NAME_TAGS = ("O", *(f"{edge}-{label}" for label in NAME_LABELS for edge in "BI"))
ROLES = (
    "ARG0", "ARG1", "ARG2", "ARG3", "ARG4", "TMP", "LOC", "ADV", "MOD", "NEG", "MNR", "DIS", "EXT",
    "PRP", "CAU", "DIR", "PRD", "GOL", "ADJ", "LVB", "COM", "R-ARG0", "R-ARG1", "C-ARG1",
)  # fmt: skip
PLACES = frozenset({"GPE", "LOC", "FAC"})


@dataclass
class Example:
    """One sentence. ``names[i]`` is a set of allowed tags; ``roles`` maps (predicate, word) to a role."""

    words: list[str]
    heads: list[int] | None = None
    deprels: list[str] | None = None
    upos: list[str] | None = None
    xpos: list[str] | None = None
    lemmas: list[str] | None = None
    names: list[frozenset[str]] | None = None
    predicates: list[int] | None = None
    roles: dict[tuple[int, int], str] = field(default_factory=dict)
    factual: dict[int, tuple[float, float]] | None = None
    acts: list[tuple[int, str, str]] | None = None
    links: dict[tuple[int, int], str] = field(default_factory=dict)
    sectors: dict[tuple[int, int], str] = field(default_factory=dict)
    mutual: frozenset[int] = frozenset()
    near: tuple[int, ...] = ()
    origin: str = ""


def conllu(path: Path) -> Iterator[tuple[str, list[list[str]]]]:
    """Yield (sentence id, rows of ten columns), ranges and empty nodes left out."""
    rows: list[list[str]] = []
    name = ""
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("# sent_id"):
            name = line.split("= ", 1)[1]
        elif line and line[0].isdigit():
            columns = line.split("\t")
            if columns[0].isdigit():
                rows.append(columns)
        elif not line and rows:
            yield name, rows
            rows = []


def _tree(rows: list[list[str]], origin: str) -> Example:
    return Example(
        words=[r[1] for r in rows], heads=[int(r[6]) - 1 for r in rows], deprels=[r[7] for r in rows],
        upos=[r[3] for r in rows], xpos=[r[4] for r in rows], lemmas=[r[2] for r in rows], origin=origin,
    )  # fmt: skip


def ewt(data: Path, split: str) -> list[Example]:
    """EWT with trees, roles, names and factuality on the same sentences."""
    language = data / "language"
    examples = {name: _tree(rows, "ewt") for name, rows in conllu(language / "ud_ewt" / f"{split}.conllu")}
    _add_roles(examples, language / "propbank_ewt" / f"{split}.jsonl")
    _add_names(examples, language / "ner_uner_ewt" / f"{split}.iob2")
    _add_factuality(examples, language / "uds", split)
    return list(examples.values())


def _add_roles(examples: dict[str, Example], path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        example = examples.get(row["sent_id"])
        if example is None or example.words != row["tokens"]:
            continue
        example.predicates = [frame["pred"] for frame in row["frames"]]
        for frame in row["frames"]:
            for label, start, end in frame["args"]:
                role = label.removeprefix("ARGM-")
                head = span_head(example.heads or [], start, end)
                if role in ROLES and head != frame["pred"]:
                    example.roles[frame["pred"], head] = role


def span_head(heads: list[int], start: int, end: int) -> int:
    """Return the word of an inclusive span whose head lies outside it."""
    for index in range(start, end + 1):
        if not start <= heads[index] <= end:
            return index
    return start


def _add_names(examples: dict[str, Example], path: Path) -> None:
    for name, tags in _iob(path):
        example = examples.get(name)
        if example is None or len(example.words) != len(tags):
            continue
        example.names = [_allow(tag, example.words, i) for i, tag in enumerate(tags)]


def _iob(path: Path) -> Iterator[tuple[str, list[str]]]:
    name, tags = "", list[str]()
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        if line.startswith("# sent_id"):
            name = line.split("= ", 1)[1]
        elif line and line[0].isdigit():
            tags.append(line.split("\t")[2])
        elif not line and tags:
            yield name, tags
            tags = []


_WATER = re.compile(
    r"(?i)^(sea|ocean|river|lake|bay|gulf|mount|mountains?|strait|desert|valley|peninsula|island|coast|africa|asia|europe|america|middle|east)$"
)
_BUILT = re.compile(
    r"(?i)^(airport|bridge|road|street|highway|stadium|hospital|prison|camp|base|palace|mosque|church|building|tower|square|hotel|park|avenue|station|dam|port)$"
)
_NORPS = re.compile(
    r"(?i)^(\w+(ese|ish|ian|ians|ean|eans|ites?|istanis?|acks)|iraqis?|israelis?|saudis?|kuwaitis?|yemenis?|"
    r"omanis?|qataris?|emiratis?|pakistanis?|bangladeshis?|nepalis?|french|dutch|greeks?|turks?|kurds?|arabs?|"
    r"jews?|jewish|muslims?|christians?|catholics?|protestants?|sunnis?|shi.?ites?|shia|hindus?|sikhs?|buddhists?|"
    r"americans?|germans?|thai|thais|swiss|czechs?|slovaks?|serbs?|croats?|finns?|danes?|afghans?|uzbeks?|"
    r"tajiks?|kazakhs?|somalis?|democrats?|republicans?|communists?|islamists?|islamic|christian|azeris?|uighurs?|uyghurs?)$"
)


def _allow(tag: str, words: list[str], index: int) -> frozenset[str]:
    """Widen a PER/ORG/LOC/MISC/O tag to the tags that this project may use there."""
    if tag == "O" or tag.endswith("MISC"):
        word = words[index]
        if word[:1].isupper() and _NORPS.match(word):
            return frozenset({"O", "B-NORP", "I-NORP"} if tag == "O" else {"B-NORP", "I-NORP"})
        return frozenset({"O"})
    edge, _, label = tag.partition("-")
    if label == "LOC":
        return frozenset(f"{edge}-{kind}" for kind in _place_kinds(words, index))
    return frozenset({tag}) if tag in NAME_TAGS else frozenset({"O"})


def _place_kinds(words: list[str], index: int) -> frozenset[str]:
    near = words[max(0, index - 2) : index + 3]
    if any(_BUILT.match(w) for w in near if w[:1].isupper()):
        return frozenset({"FAC", "GPE"})
    if any(_WATER.match(w) for w in near if w[:1].isupper()):
        return frozenset({"LOC", "GPE"})
    return frozenset({"GPE", "LOC"})


def _add_factuality(examples: dict[str, Example], folder: Path, split: str) -> None:
    with zipfile.ZipFile(folder / "factuality.zip") as archive:
        rows = json.loads(archive.read("factuality.json"))["data"]
    names = json.loads((folder / "ud_ids.json").read_text(encoding="utf-8"))
    for key, predicates in rows.items():
        if not key.startswith(f"ewt-{split}-") or key not in names:
            continue
        example = examples.get(names[key]["sentence_id"])
        if example is None:
            continue
        example.factual = {}
        for predicate, value in predicates.items():
            index = int(predicate.rsplit("-", 1)[1]) - 1
            if index < len(example.words) and (example.upos or [])[index] in {
                "VERB",
                "NOUN",
                "ADJ",
                "AUX",
                "PROPN",
                "ADV",
            }:
                score = value["factuality"]["factual"]
                example.factual[index] = (score["value"], score["confidence"])


def gum(data: Path, split: str) -> list[Example]:
    """GUM's permissive part: trees and tags."""
    path = data / "language" / "gum_permissive" / f"{split}.conllu"
    return [_tree(rows, "gum") for _, rows in conllu(path)]


def columns(path: Path) -> Iterator[tuple[list[str], list[str]]]:
    """Yield (words, tags) of a two-column file."""
    words, tags = list[str](), list[str]()
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        if line.strip() and not line.startswith("-DOCSTART-"):
            word, tag = line.rsplit(None, 1)
            words.append(word)
            tags.append(tag)
        elif words:
            yield words, tags
            words, tags = [], []


def wikigold(data: Path) -> list[Example]:
    """Wikigold, whose tags are IO: a tag after another label begins a name."""
    examples = []
    for words, tags in columns(data / "language" / "ner_wikigold" / "wikigold.conll"):
        fixed = []
        for i, tag in enumerate(tags):
            begins = tag != "O" and (i == 0 or tags[i - 1][2:] != tag[2:])
            fixed.append("B" + tag[1:] if begins else tag)
        names = [_allow(tag, words, i) for i, tag in enumerate(fixed)]
        examples.append(Example(words=words, names=names, origin="wikigold"))
    return examples


_CROSSNER = {
    "politician": {"PER"}, "person": {"PER"}, "politicalparty": {"ORG"}, "organisation": {"ORG"},
    "country": {"GPE"}, "location": {"GPE", "LOC", "FAC"},
}  # fmt: skip


def crossner(data: Path, split: str) -> list[Example]:
    """CrossNER politics; elections, events and the rest are no names of ours."""
    examples = []
    for words, tags in columns(data / "language" / "ner_crossner_politics" / f"{split}.bio"):
        names = []
        for i, tag in enumerate(tags):
            edge, _, label = tag.partition("-")
            kinds = _CROSSNER.get(label)
            names.append(frozenset(f"{edge}-{k}" for k in kinds) if kinds else _allow("O", words, i))
        examples.append(Example(words=words, names=names, origin="crossner"))
    return examples


_RE3D = {
    "Organisation": {"ORG"},
    "Person": {"PER"},
    "Nationality": {"NORP"},
    "Location": {"GPE", "LOC", "FAC"},
}


def re3d(data: Path) -> list[Example]:
    """Return the security reports of re3d, split and tokenised by this project's own splitter."""
    from legation.language.tokens import tokenize_text

    examples = []
    for folder in sorted((data / "language" / "ner_re3d").iterdir()):
        if not (folder / "documents.json").exists():
            continue
        documents = [json.loads(line) for line in (folder / "documents.json").read_text().splitlines()]
        entities = [json.loads(line) for line in (folder / "entities.json").read_text().splitlines()]
        for document in documents:
            spans = [
                (e["begin"], e["end"], _RE3D[e["type"]])
                for e in entities
                if e["documentId"] == document["_id"] and e["type"] in _RE3D
                and document["text"][e["begin"] : e["end"]][:1].strip()
            ]  # fmt: skip
            examples += [_re3d_sentence(tokens, spans) for tokens in tokenize_text(document["text"])]
    return examples


def _re3d_sentence(tokens: list[tuple[str, int, int]], spans: list[tuple[int, int, set[str]]]) -> Example:
    words = [t[0] for t in tokens]
    names: list[frozenset[str]] = [_allow("O", words, i) for i in range(len(words))]
    for begin, end, kinds in sorted(spans, key=lambda s: s[1] - s[0]):
        inside = [i for i, (_, s, e) in enumerate(tokens) if s >= begin and e <= end]
        while inside and words[inside[0]].lower() in {"the", "a", "an"}:
            inside.pop(0)
        if not inside or not words[inside[-1]][:1].isupper():
            continue
        for i in inside:
            edge = "B" if i == inside[0] else "I"
            names[i] = frozenset(f"{edge}-{k}" for k in kinds)
    return Example(words=words, names=names, origin="re3d")
