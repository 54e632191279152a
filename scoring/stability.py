"""How sure the start is: in what share of resamples of the respondents it stays first.

Respondents are resampled within their groups; agreed answers and facts stay as they are. The
weights follow the finite-population bootstrap: where everybody of a group answered, nothing
varies. A score whose deviation is not published, or counts as more than it is, varies as its
interval says: people then stand apart as far as they count for, not as their answers have it.
Else five people who happen to agree would be as sure of themselves as nobody believes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from scoring.answers.matrix import DONT_KNOW_CELL, EMPTY_CELL, Answers
from scoring.disclosure.groups_and_rounding import (
    PublishedGroup,
    PublishedScore,
    round_each_to_whole,
    round_to_whole,
)
from scoring.measures.group_scores import Scorer
from scoring.measures.totals import members_of, weights_of
from scoring.profile import Profile
from scoring.recommendation.offers import recommend
from scoring.rules.conditions import Evidence, leaf_holds
from scoring.rules.model import Condition
from scoring.rules.rulebook import Guidance
from scoring.thresholds import thresholds

Floats = NDArray[np.float64]
#: Of a larger group each draw is counted, which then is quicker.
LARGE_GROUP = 2_000
#: Weights that are held at once, so that a group may have as many people as a file has rows.
WEIGHTS_AT_ONCE = 2_000_000


def stability(
    answers: Answers, profile: Profile, guidance: Guidance, *, resamples: int | None = None
) -> dict[str, float]:
    """The share of resamples in which each offer is the start, to the nearest 5 %.

    Args:
        answers: what ``profile`` was made from; the seed stands in their context.
        resamples: how many to draw; as many as ``thresholds`` say, unless given.

    Returns:
        Shares by offer id, largest first; offers under 2.5 % are left out.
    """
    resamples = resamples or thresholds().resamples
    leaves = tuple(dict.fromkeys(_varying_leaves(guidance, profile.evidence)))
    drawn = _Resampler(answers, profile, resamples)
    scores = {leaf.score: drawn.score(leaf.score) for leaf in leaves if leaf.score}
    met = np.zeros((resamples, len(leaves)), dtype=bool)
    for number, leaf in enumerate(leaves):
        met[:, number] = _met(leaf, scores[str(leaf.score)], profile.evidence)
    # Rules see conditions only, so each distinct pattern of met conditions needs one run.
    _, first, counts = np.unique(met, axis=0, return_index=True, return_counts=True)
    known, shares = profile.evidence, dict[str, float]()
    for at, count in zip(first, counts, strict=True):
        at_draw = {name: float(values[at]) for name, values in scores.items()}
        evidence = replace(known, scores={**known.scores, **at_draw})
        start = recommend(guidance, evidence).start.offer.id
        shares[start] = shares.get(start, 0.0) + count / resamples
    rounded = {offer: round_to_whole(share * 20) / 20 for offer, share in shares.items()}
    return dict(sorted(((o, s) for o, s in rounded.items() if s), key=lambda p: (-p[1], p[0])))


def _varying_leaves(guidance: Guidance, evidence: Evidence) -> Iterable[Condition]:
    """Conditions whose outcome can differ between resamples: those on scores."""
    conditions = [gate.needs for gate in guidance.gates.values()]
    conditions += [safeguard.missing for safeguard in guidance.risk.safeguards]
    for condition in conditions:
        for leaf in condition.leaves():
            if leaf.score is not None and leaf.score in evidence.scores:
                yield leaf


def _met(leaf: Condition, values: Floats, evidence: Evidence) -> NDArray[np.bool_]:
    """Whether a condition holds at each value; each distinct value is asked once."""
    distinct, places = np.unique(values, return_inverse=True)
    held = [
        leaf_holds(leaf, evidence.with_score(str(leaf.score), float(value)), cautious=True)
        for value in distinct
    ]
    return np.array(held, dtype=bool)[places]


class _Resampler:
    """Totals of dimensions and domains in every resample."""

    def __init__(self, answers: Answers, profile: Profile, resamples: int) -> None:
        self.answers, self.profile, self.resamples = answers, profile, resamples
        self.scorer = Scorer(answers)
        random = np.random.default_rng(answers.context.seed)
        self.draws = {
            group.id: [_Draws(one.n, one.head_count, resamples, random) for one in group.members]
            for group in profile.partition.groups
        }
        self.order = {group.id: _order(answers, group) for group in profile.partition.groups}
        self._scores: dict[str, Floats] = {}

    def score(self, name: str) -> Floats:
        """The score of a dimension or domain in every resample, whole points."""
        if name not in self._scores:
            domain = name in self.answers.library.domains
            self._scores[name] = self._domain(name) if domain else self._dimension(name)
        return self._scores[name]

    def _domain(self, name: str) -> Floats:
        library = self.answers.library
        members = members_of(library.domains[name], self.profile.dimensions, library, entering=True)
        scores = [self.score(member.id) for member in members if member.score is not None]
        return round_each_to_whole(np.mean(scores, axis=0))

    def _dimension(self, name: str) -> Floats:
        result = self.profile.dimensions[name]
        if result.basis == "agreed":
            return np.full(self.resamples, float(result.score or 0))
        items = self.scorer.items[name]
        cells: dict[PublishedGroup, Floats] = {}
        for group in self.profile.partition.groups:
            cell = result.groups.get(group.id)
            if isinstance(cell, PublishedScore) and cell.grain is not None:
                # One score a respondent, in the order in which they are drawn.
                values = self.scorer.respondents(items, group)[self.order[group.id]]
                cells[group] = cell.grain.rounded(self._varied(values, cell, group), cell.n)
        weights = weights_of(list(cells), self.answers.context)
        total = np.zeros(self.resamples)
        for group, means in cells.items():
            total += weights[group.id] * means
        return round_each_to_whole(total)

    def _varied(self, values: Floats, cell: PublishedScore, group: PublishedGroup) -> Floats:
        """A group's mean in every resample, from the people's scores or from what counts as such.

        Args:
            values: one score a respondent, in the order of draws; nan where there is none.
        """
        estimate = cell.estimate
        if estimate.sd == estimate.spread:
            return self._means(values, group)
        known = np.flatnonzero(~np.isnan(values))
        counted = np.full(len(values), np.nan)
        counted[known] = estimate.mean + _evenly_spread(len(known), estimate.spread)
        return np.clip(self._means(counted, group), 0, 100)

    def _means(self, values: Floats, group: PublishedGroup) -> Floats:
        """A group's mean in every resample; one that drew nobody with a score keeps its own."""
        has = ~np.isnan(values)
        known = values[has]
        found = np.empty(self.resamples)
        step = max(1, WEIGHTS_AT_ONCE // len(values))
        for start in range(0, self.resamples, step):
            some = slice(start, start + step)
            weights = np.hstack([draws.weights(some) for draws in self.draws[group.id]])[:, has]
            heads = weights.sum(axis=1)
            means = weights @ known / np.maximum(heads, 1e-12)
            found[some] = np.where(heads > 0, means, known.mean())
        return found


def _evenly_spread(n: int, sd: float) -> Floats:
    """Distances from a mean of n people who lie apart as a normal distribution does.

    They add up to 0, and their standard deviation, with n - 1, is ``sd`` points.
    """
    found = ndtri((np.arange(n) + 0.5) / n)
    return found * sd / found.std(ddof=1)


def _order(answers: Answers, group: PublishedGroup) -> NDArray[np.intp]:
    """The people of a group by what they answered, so that a draw never hangs on their names."""
    rows = [answers.rows[item] for item in sorted(answers.rows)]
    orders, before = [], 0
    for member in group.members:
        cells = answers.matrix[rows, member.start : member.stop]
        orders.append(before + np.lexsort(np.where(cells == DONT_KNOW_CELL, EMPTY_CELL, cells)))
        before += member.n
    return np.concatenate(orders)


class _Draws:
    """How often each respondent of a group is drawn in each resample, in one byte each."""

    def __init__(
        self, n: int, head_count: int | None, resamples: int, random: np.random.Generator
    ) -> None:
        reach = 1.0 if head_count is None else float(np.sqrt(max(0.0, 1 - n / head_count)))
        self.n, self.reach = n, 0.0 if n < 2 else reach
        self.times = np.zeros((resamples, n), dtype=np.uint8)
        if not self.reach:
            return
        if n <= LARGE_GROUP:
            self.times[:] = random.multinomial(n - 1, np.full(n, 1 / n), size=resamples)
            return
        # The same distribution; a multinomial draw takes several times as long for so many.
        for times in self.times:
            times[:] = np.bincount(random.integers(0, n, size=n - 1), minlength=n)

    def weights(self, some: slice) -> Floats:
        """Some resamples × respondents: 1 - λ + λ · n/(n-1) · k, k of n - 1 draws,
        λ = √(1 - n/N)."""
        times = self.times[some]
        if not self.reach:
            return np.ones(times.shape)
        weights = 1 - self.reach + self.reach * self.n / (self.n - 1) * times
        return weights.astype(np.float64)
