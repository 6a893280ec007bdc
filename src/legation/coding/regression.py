"""Multinomial logistic regression with an L2 penalty, by L-BFGS (Liu and Nocedal 1989), in numpy alone."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Fitted = tuple[Matrix, Matrix, float]
Loss = Callable[[Matrix], tuple[float, Matrix]]

STEPS, MEMORY, HALVINGS = 200, 10, 20
FLAT, ENOUGH = 1e-5, 1e-7
TINY = 1e-10
DECREASE = 1e-4  # Armijo's condition: the share of the promised descent that a step must keep


def fit(rows: Matrix, labels: NDArray[np.int64], prior: Matrix, penalty: float) -> Fitted:
    """Return weights [features, classes], biases [classes], and how much the prior counts.

    ``prior`` [rows, classes] holds log scores that the fit begins from and
    corrects. Where there are more features than rows, the fit runs in the
    space that the rows span, which gives the same weights.
    """
    if rows.shape[1] <= rows.shape[0]:
        return _fit(rows, labels, prior, penalty)
    values, vectors = np.linalg.eigh(rows @ rows.T)
    kept = values > TINY * max(float(values[-1]), TINY)
    lengths, vectors = np.sqrt(values[kept]), vectors[:, kept]
    weights, biases, trust = _fit(vectors * lengths, labels, prior, penalty)
    return rows.T @ (vectors @ (weights / lengths[:, None])), biases, trust


def softmax(scores: Matrix) -> Matrix:
    """Return probabilities over the last axis."""
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    shares: Matrix = raised / raised.sum(-1, keepdims=True)
    return shares


def _fit(rows: Matrix, labels: NDArray[np.int64], prior: Matrix, penalty: float) -> Fitted:
    (count, width), classes = rows.shape, prior.shape[1]
    wanted = np.eye(classes)[labels]
    start = np.zeros((width + 1) * classes + 1)
    start[-1] = 1.0

    def parts(flat: Matrix) -> Fitted:
        return flat[: -classes - 1].reshape(width, classes), flat[-classes - 1 : -1], float(flat[-1])

    def loss(flat: Matrix) -> tuple[float, Matrix]:
        weights, biases, trust = parts(flat)
        shares = softmax(rows @ weights + biases + trust * prior)
        missed = -float(np.log(shares[np.arange(count), labels] + TINY).sum())
        wrong, moved = shares - wanted, flat - start
        slope = np.concatenate([(rows.T @ wrong).ravel(), wrong.sum(0), [(wrong * prior).sum()]])
        return missed + penalty / 2 * float((moved * moved).sum()), slope + penalty * moved

    return parts(descend(loss, start))


def descend(loss: Loss, at: Matrix) -> Matrix:
    """Return where a convex loss is least; it gives its value and slope at a point."""
    value, slope = loss(at)
    past: deque[tuple[Matrix, Matrix]] = deque(maxlen=MEMORY)
    for _ in range(STEPS):
        if np.abs(slope).max() < FLAT:
            break
        way = -_preconditioned(slope, past)
        size, promise = 1.0, float(slope @ way)
        for _ in range(HALVINGS):
            new_value, new_slope = loss(at + size * way)
            if new_value <= value + DECREASE * size * promise:
                break
            size /= 2
        else:
            break
        if float((new_slope - slope) @ way) > TINY:
            past.append((size * way, new_slope - slope))
        gained, at, value, slope = value - new_value, at + size * way, new_value, new_slope
        if gained < ENOUGH * abs(value):
            break
    return at


def _preconditioned(slope: Matrix, past: deque[tuple[Matrix, Matrix]]) -> Matrix:
    """Return the slope times the inverse curvature that past steps tell of (the two-loop recursion)."""
    if not past:
        return slope / max(1.0, float(np.linalg.norm(slope)))
    left, shares = slope.copy(), []
    for step, change in reversed(past):
        shares.append(float(step @ left) / float(change @ step))
        left -= shares[-1] * change
    step, change = past[-1]
    left *= float(step @ change) / float(change @ change)
    for (step, change), share in zip(past, reversed(shares), strict=True):
        left += step * (share - float(change @ left) / float(change @ step))
    return left
