"""The shipped encoder: onnxruntime sessions over single sentences, and the heads that score pairs.

Sentences run one by one, because 8-bit activations take their scale from the
whole input: a batch would let neighbours change each other's trees.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from legation.language.shapes import SHAPES, shape
from legation.language.wordpiece import WordPiece

Floats = NDArray[np.float32]
WINDOW = 500
WIDTH = 384
Place = tuple[int, int]
"""The number of a sentence in its report, and of a word in it."""


@dataclass(frozen=True)
class Beside:
    """The words beside sentence ``number``: their places, their states and where each is from.

    The first state is nobody's.
    """

    number: int
    places: tuple[Place, ...]
    states: Floats
    segments: NDArray[np.int64]


ALONE = Beside(0, (), np.zeros((1, 1, WIDTH), np.float32), np.zeros((1, 1), np.int64))


@dataclass(frozen=True)
class Halfway:
    """A stretch of a sentence as the encoder has it half-way up, from where the second reading goes on."""

    begin: int
    end: int
    inputs: dict[str, NDArray[Any]]


@dataclass(frozen=True)
class Scores:
    """Scores of the words of one sentence: a matrix a head (``single``), a matrix a view (``views``)."""

    single: dict[str, Floats]
    views: dict[str, Floats]
    halfway: tuple[Halfway, ...]


@dataclass(frozen=True)
class Again:
    """Scores of the second reading of a sentence for one act.

    ``links`` is [word, link], ``sectors`` [word, sector], ``kinds`` [type];
    ``alike`` is [word, nobody, then the words beside it, then its own words].
    """

    links: Floats
    sectors: Floats
    mutual: float
    kinds: Floats
    alike: Floats


class Model:
    """The encoder with its label sets, from the shipped files or from a ``folder`` of files like them."""

    def __init__(self, threads: int = 1, folder: Traversable | None = None) -> None:
        folder = folder or files("legation") / "data" / "model"
        about = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        self.labels: dict[str, list[str]] = about["labels"]
        self._single = _slices(about["single"])
        self._views = _slices(about["views"])
        self.wordpiece = WordPiece((folder / "vocab.txt").read_text(encoding="utf-8").split("\n"))
        with as_file(folder / "heads.npz") as path, np.load(path) as archive:
            self.weights: dict[str, Floats] = {k: archive[k].astype(np.float32) for k in archive.files}
        self._graphs = {name: (folder / f"{name}.onnx").read_bytes() for name in ("encoder", "casting")}
        self.digest = hashlib.blake2b(b"".join(self._graphs.values()), digest_size=4).hexdigest()
        self.threads = threads

    @cached_property
    def _encoder(self) -> Any:
        return self._session("encoder")

    @cached_property
    def _casting(self) -> Any:
        return self._session("casting")

    def _session(self, name: str) -> Any:
        import onnxruntime

        onnxruntime.set_default_logger_severity(3)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        return onnxruntime.InferenceSession(self._graphs[name], options, providers=["CPUExecutionProvider"])

    def scores(self, words: Sequence[str]) -> Scores:
        """Return the scores of a sentence; one beyond the encoder's window is read in parts."""
        parts = [self._run(words, a, b) for a, b in self._windows(words)]
        tables, halfway = [part[:2] for part in parts], tuple(part[2] for part in parts)
        single, paired = (np.concatenate(x) if len(parts) > 1 else x[0] for x in zip(*tables, strict=True))
        return Scores(
            {name: single[:, s] for name, s in self._single.items()},
            {name: paired[:, s] for name, s in self._views.items()},
            halfway,
        )

    def _windows(self, words: Sequence[str]) -> list[tuple[int, int]]:
        """Cut a long sentence where its pieces fill the window."""
        windows, start, filled = [], 0, 0
        for index, word in enumerate(words):
            size = len(self.wordpiece.pieces(word))
            if filled + size > WINDOW:
                windows.append((start, index))
                start, filled = index, 0
            filled += size
        return [*windows, (start, len(words))]

    def _run(self, sentence: Sequence[str], begin: int, end: int) -> tuple[Floats, Floats, Halfway]:
        blank = len(SHAPES)
        pieces, piece_shapes, starts, ends, shapes = [self.wordpiece.start], [blank], [], [], []
        for index in range(begin, end):
            ids = self.wordpiece.pieces(sentence[index])
            form = shape(sentence[index], first=index == 0)
            starts.append(len(pieces))
            pieces.extend(ids)
            piece_shapes.extend([form] * len(ids))
            ends.append(len(pieces) - 1)
            shapes.append(form)
        pieces.append(self.wordpiece.end)
        piece_shapes.append(blank)
        given = {"pieces": pieces, "piece_shapes": piece_shapes}
        places = {"first": starts, "last": ends, "shapes": shapes}
        rows = {k: np.array([v], dtype=np.int64) for k, v in (given | places).items()}
        single, paired, middle = self._encoder.run(None, rows)
        kept = {"middle": middle} | {name: rows[name] for name in places}
        return single[0], paired[0], Halfway(begin, end, kept)

    def read_again(self, halfway: Sequence[Halfway], act: int, beside: Beside) -> Again:
        """Read a sentence again for one act, beside words of its report.

        Words in another part of a sentence that is read in parts have no link, no sector and no country.
        """
        part = next(part for part in halfway if part.begin <= act < part.end)
        given = part.inputs | {
            "context": beside.states, "segments": beside.segments,
            "act": np.array([act - part.begin], dtype=np.int64),
        }  # fmt: skip
        links, sectors, mutual, kinds, alike = self._casting.run(None, given)
        words, known = halfway[-1].end, beside.states.shape[1]
        shared = np.full((words, known + words), -np.inf, dtype=np.float32)
        shared[:, 0] = 0.0
        inside = slice(part.begin, part.end)
        shared[inside, :known] = alike[0][:, :known]
        shared[inside, known + part.begin : known + part.end] = alike[0][:, known:]
        return Again(
            _padded(links[0], part.begin, words), _padded(sectors[0], part.begin, words),
            float(mutual[0, 0]), kinds[0], shared,
        )  # fmt: skip

    def pair(self, head: str, a: Floats, b: Floats) -> Floats:
        """Return label scores of rows of pairs: ``a`` and ``b`` are views of equal shape."""
        weight, bias = self.weights[f"{head}.weight"], self.weights[f"{head}.bias"]
        width = a.shape[-1]
        scores: Floats = (
            (a * b) @ weight[:, :width].T
            + a @ weight[:, width : 2 * width].T
            + b @ weight[:, 2 * width :].T
            + bias
        )
        return scores

    def arcs(self, views: dict[str, Floats]) -> Floats:
        """Return scores of heads, a row a dependent; column 0 is the root."""
        dep, head = views["arc_dep"], views["arc_head"]
        scores = dep @ self.weights["arc"] @ head.T + head @ self.weights["arc_bias"]
        root = dep @ self.weights["root"] + self.weights["root_bias"]
        return np.concatenate([root[:, None], scores], 1)


def _padded(scores: Floats, begin: int, words: int) -> Floats:
    """Return scores of all words of a sentence, given those of a stretch: the others have the first label."""
    whole: Floats = np.full((words, scores.shape[1]), -np.inf, dtype=np.float32)
    whole[:, 0] = 0.0
    whole[begin : begin + len(scores)] = scores
    return whole


def _slices(widths: dict[str, int]) -> dict[str, slice]:
    slices, start = {}, 0
    for name, width in widths.items():
        slices[name] = slice(start, start + width)
        start += width
    return slices
