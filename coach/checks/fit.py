"""How the models are fitted: logistic regressions over meaning and words together, and trees for levels. Only training needs it."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_array
from sklearn.ensemble import GradientBoostingClassifier

from coach.checks.heads.words import Words
from coach.checks.levels import Features, LevelModel
from coach.domain.rubric import LEVELS

Floats = NDArray[np.float32]

_STRENGTH = 3.0  # inverse regularisation of the heads, chosen by cross-validation grouped by answer
_STEPS = 80  # of the solver; more change nothing that can be seen
_DEPTH, _TREES, _SEEDS = 3, 80, 3  # three runs of the trees with other seeds, averaged
_DECIMALS = 4


def word_rows(words: Words, sentences: Sequence[str]) -> csr_array:
    """A sparse row for each sentence: what its known phrases weigh."""
    rows = [words.weigh(sentence) for sentence in sentences]
    ends = np.cumsum([0, *(len(places) for places, _ in rows)])
    values = np.concatenate([weights for _, weights in rows])
    places = np.concatenate([places for places, _ in rows])
    return csr_array((values, places, ends), shape=(len(sentences), len(words.phrases)), dtype=np.float32)


def logistic(
    dense: Floats, words: csr_array, targets: NDArray[np.bool_], known: NDArray[np.bool_]
) -> tuple[Floats, Floats, Floats]:
    """One logistic regression for each column of ``targets``, all fitted at once: weights of ``dense``, of ``words``, and biases.

    Each learns from the rows where its target is ``known``. Rare targets weigh as much as their opposite.
    """
    share = (targets & known).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    even = np.where(targets, 0.5 / np.maximum(share, 1e-9), 0.5 / np.maximum(1 - share, 1e-9))
    weights = (even * known).astype(np.float32)
    truth = targets.astype(np.float32)
    wide, phrases = dense.shape[1], words.shape[1]
    dense_across, words_across = np.ascontiguousarray(dense.T), words.T.tocsr()

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        all_weights = flat.reshape(wide + phrases + 1, -1)
        light = all_weights.astype(np.float32)
        scores = dense @ light[:wide] + words @ light[wide:-1] + light[-1]
        misfit = float((weights * (np.logaddexp(0, scores) - truth * scores)).sum())
        residue = weights * (1 / (1 + np.exp(-scores)) - truth) * np.float32(_STRENGTH)
        slope = np.vstack([dense_across @ residue, words_across @ residue, residue.sum(axis=0, keepdims=True)])
        slope[:-1] += light[:-1]
        return _STRENGTH * misfit + 0.5 * float((all_weights[:-1] ** 2).sum()), slope.astype(np.float64).ravel()

    start = np.zeros((wide + phrases + 1) * targets.shape[1])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _STEPS, "ftol": 1e-7})
    fitted = found.x.reshape(wide + phrases + 1, -1)
    return rounded(fitted[:wide]), rounded(fitted[wide:-1]), rounded(fitted[-1])


def level_model(rows: Sequence[Features], levels: Sequence[int], weights: Sequence[float]) -> LevelModel:
    """Trees from features to levels. ``weights`` say how much each row counts. Every level must occur."""
    names = list(rows[0])
    values = np.array([[row[name] for name in names] for row in rows], dtype=np.float32)
    forests = [_boosted(seed).fit(values, levels, sample_weight=weights) for seed in range(_SEEDS)]
    trees = [
        [_complete(tree.tree_) for f in forests for tree in f.estimators_[:, column]] for column in range(len(LEVELS))
    ]
    asked, bounds, leaves = (np.array([[tree[part] for tree in own] for own in trees]) for part in range(3))
    share = forests[0].learning_rate / _SEEDS
    counts = np.array([np.sum(weights, where=np.array(levels) == level) for level in LEVELS])
    return LevelModel(
        names=np.array(names),
        asked=asked.astype(np.int16),
        bounds=bounds.astype(np.float32),
        leaves=rounded(leaves * share),
        start=rounded(np.log(counts / counts.sum())),
    )


def _boosted(seed: int) -> GradientBoostingClassifier:
    return GradientBoostingClassifier(
        n_estimators=_TREES,
        max_depth=_DEPTH,
        learning_rate=0.05,
        subsample=0.6,
        min_samples_leaf=5,
        max_features=0.5,
        random_state=seed,
    )


def _complete(tree: object) -> tuple[list[int], list[float], list[float]]:
    """A tree as a complete one: where it stops early, the questions below have one answer only."""
    nodes, asked, bounds = [0], [], []
    for _ in range(_DEPTH):
        following = []
        for node in nodes:
            split = tree.children_left[node] >= 0  # type: ignore[attr-defined]  # scikit-learn's Tree has no types
            asked.append(tree.feature[node] if split else 0)  # type: ignore[attr-defined]
            bounds.append(tree.threshold[node] if split else np.inf)  # type: ignore[attr-defined]
            following += [tree.children_left[node], tree.children_right[node]] if split else [node, node]  # type: ignore[attr-defined]
        nodes = following
    return asked, bounds, [tree.value[node][0][0] for node in nodes]  # type: ignore[attr-defined]


def rounded(values: NDArray[np.float64]) -> Floats:
    """As few digits as do, so that the same data give the same file."""
    return np.round(values, _DECIMALS).astype(np.float32)
