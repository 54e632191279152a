"""Groups × dimensions: from the matrix to means, deviations, and what agreement needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from questionnaires.model import Item
from scoring.answers.matrix import (
    DONT_KNOW_CELL,
    EMPTY_CELL,
    Answers,
    Group,
)
from scoring.answers.patterns import enough_answered, patterns
from scoring.disclosure.groups_and_rounding import (
    Grain,
    PublishedGroup,
    PublishedScore,
    Suppressed,
    publish_score,
)
from scoring.statistics import agreement
from scoring.statistics.estimates import Estimate, weighted_moments
from scoring.thresholds import thresholds

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Scores:
    """The answers of some people to one dimension's items, as scores.

    Attributes:
        items: the ids of the items that these people were asked.
        scales: what tells the scale of each from others, and its number of options.
        values: items × patterns, points 0-100; nan where there is no score.
        cells: uint8, items × patterns, as in the matrix.
        respondent: one score a pattern; nan where fewer than half of the items that apply
            were answered.
        counts: people per pattern.
        required: one an item: whether these people were to answer it. What they answered beyond
            that counts, and what they did not is not left out.
    """

    items: tuple[str, ...]
    scales: tuple[tuple[str, int], ...]
    values: Floats
    cells: NDArray[np.uint8]
    respondent: Floats
    counts: NDArray[np.int64]
    required: NDArray[np.bool_]

    @property
    def scored(self) -> int:
        return int((~np.isnan(self.values)).sum(axis=0) @ self.counts)

    @property
    def dont_knows(self) -> int:
        return int((self.cells == DONT_KNOW_CELL).sum(axis=0) @ self.counts)

    @property
    def complete(self) -> int:
        """People who answered every item."""
        return int(self.counts[~np.isnan(self.values).any(axis=0)].sum())

    @property
    def answered_any(self) -> int:
        """People with an answer, be it don't know."""
        text = ~np.isnan(self.values) | (self.cells == DONT_KNOW_CELL)
        return int(self.counts[text.any(axis=0)].sum())

    @property
    def dont_know(self) -> float:
        """Don't-know answers / (don't-know + scored answers)."""
        both = self.dont_knows + self.scored
        return self.dont_knows / both if both else 0.0

    def estimate(self, head_count: int | None = None) -> Estimate | None:
        """Mean, deviation and n over the people with a score; None if there is none."""
        has = ~np.isnan(self.respondent)
        if not self.counts[has].sum():
            return None
        return Estimate(*weighted_moments(self.respondent[has], self.counts[has]), head_count)

    def published(
        self, group: PublishedGroup, minimum: int, grain: Grain | None = None
    ) -> PublishedScore | Suppressed:
        """The score as it may be seen where these are the people of a shown group."""
        return publish_score(self.estimate(group.head_count), self.dont_know, minimum, grain)

    def option_counts(self) -> NDArray[np.int64]:
        """Items × options: how many people chose each; options of the longest scale."""
        most = max((options for _, options in self.scales), default=0)
        counts = np.zeros((len(self.items), most), dtype=np.int64)
        for row, cells in enumerate(self.cells):
            chosen = cells < most
            counts[row] = np.bincount(
                cells[chosen], weights=self.counts[chosen], minlength=most
            ).astype(np.int64)
        return counts


def respondent_scores(
    values: Floats, cells: NDArray[np.uint8], required: NDArray[np.bool_]
) -> Floats:
    """Mean of the scores answered, where at least half of the items that apply are answered.

    Args:
        values: items × patterns, nan where there is no score.
        cells: items × patterns, as in the matrix.
        required: one an item: whether it was to be answered.
    """
    answered = ~np.isnan(values)
    sums = np.nansum(values, axis=0)
    number = answered.sum(axis=0)
    return np.where(
        enough_answered(answered, cells, required), sums / np.maximum(number, 1), np.nan
    )


class Scorer:
    """Scores groups of one set of answers, dimension by dimension."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        library = answers.library
        self.items: dict[str, list[Item]] = {}
        for item in library.items.values():
            if item.dimension and item.scored:
                self.items.setdefault(item.dimension, []).append(item)
        self.scales = {
            item.id: self._scale(item) for items in self.items.values() for item in items
        }

    def _scale(self, item: Item) -> tuple[str, int]:
        """What is the same of scales that can be scored together, and how many options it has."""
        options = self.answers.library.options(item)
        # Scales that differ in their labels only are one: audiences may have words of their own.
        return " ".join(f"{option.code}={option.score}" for option in options), len(options)

    def group(self, items: Sequence[Item], group: PublishedGroup) -> Scores | None:
        """The scores of a shown group on some items; None where it is asked none of them."""
        members = self._asked(items, group)
        parts = [self._scores(asked, member) for member, asked in members if asked]
        return join(parts) if parts else None

    def _scores(self, items: Sequence[Item], member: Group) -> Scores:
        rows = [self.answers.rows[item.id] for item in items]
        scales = tuple(self.scales[item.id] for item in items)
        most = max(options for _, options in scales)
        found = patterns(self.answers.matrix, rows, member.start, member.stop, most)
        values = self._points(items, found.cells)
        required = self._required(items, member)
        respondent = respondent_scores(values, found.cells, required)
        ids = tuple(item.id for item in items)
        return Scores(ids, scales, values, found.cells, respondent, found.counts, required)

    def _points(self, items: Sequence[Item], cells: NDArray[np.uint8]) -> Floats:
        """The score of every cell, one row an item; nan where there is none."""
        points = self.answers.library.points
        table = np.full((len(items), 256), np.nan)
        for row, item in enumerate(items):
            table[row, : len(points[item.id])] = list(points[item.id].values())
        return table[np.arange(len(items))[:, None], cells]

    def _required(self, items: Sequence[Item], member: Group) -> NDArray[np.bool_]:
        return np.array([self.answers.required(item, member) for item in items], dtype=bool)

    def _asked(
        self, items: Sequence[Item], group: PublishedGroup
    ) -> Iterator[tuple[Group, list[Item]]]:
        """What each member of a shown group is asked.

        Where several are shown together only what all of them are asked counts: who answered
        other questions than the rest could be told from them.
        """
        asked = {
            member.id: [item for item in items if self.answers.asked(item, member)]
            for member in group.members
        }
        if not group.together:
            yield group.members[0], asked[group.members[0].id]
            return
        ids = [{item.id for item in own} for own in asked.values() if own]
        of_all = set.intersection(*ids) if ids else set()
        for member in group.members:
            yield member, [item for item in asked[member.id] if item.id in of_all]

    def respondents(self, items: Sequence[Item], group: PublishedGroup) -> Floats:
        """One score for each respondent of a shown group, nan where there is none."""
        found = []
        for member, asked in self._asked(items, group):
            if not asked:
                found.append(np.full(member.n, np.nan))
                continue
            rows = [self.answers.rows[item.id] for item in asked]
            cells = self.answers.matrix[rows, member.start : member.stop]
            required = self._required(asked, member)
            found.append(respondent_scores(self._points(asked, cells), cells, required))
        return np.concatenate(found)


def join(parts: Sequence[Scores]) -> Scores:
    """The scores of several sets of people as one; items that some were not asked stay empty."""
    if len(parts) == 1:
        return parts[0]
    items = tuple(dict.fromkeys(item for part in parts for item in part.items))
    scales = {
        item: scale for part in parts for item, scale in zip(part.items, part.scales, strict=True)
    }
    row = {item: number for number, item in enumerate(items)}
    required = {
        item
        for part in parts
        for item, to_be in zip(part.items, part.required, strict=True)
        if to_be
    }
    people = sum(len(part.counts) for part in parts)
    values = np.full((len(items), people), np.nan)
    cells = np.full((len(items), people), EMPTY_CELL, dtype=np.uint8)
    at = 0
    for part in parts:
        end = at + len(part.counts)
        rows = [row[item] for item in part.items]
        values[rows, at:end] = part.values
        cells[rows, at:end] = part.cells
        at = end
    return Scores(
        items,
        tuple(scales[item] for item in items),
        values,
        cells,
        np.concatenate([part.respondent for part in parts]),
        np.concatenate([part.counts for part in parts]),
        np.array([item in required for item in items], dtype=bool),
    )


def pooled_agreement(parts: Mapping[str, Scores]) -> agreement.Agreement | None:
    """Agreement of everybody who is shown; None for mixed scales or too few answers.

    It is a deviation by another name, so it needs as many people as one, and counts the items that
    as many answered as agreement needs.
    """
    if not parts:
        return None
    everybody = join(list(parts.values()))
    if len(set(everybody.scales)) != 1:
        return None
    has = ~np.isnan(everybody.respondent)
    limits = thresholds()
    counts = everybody.option_counts()
    counts = counts[counts.sum(axis=1) >= limits.agreement_from]
    options = everybody.scales[0][1]
    own = limits.agreement_of_two_items_from if len(counts) == 2 else limits.agreement_from
    fewest = max(Grain((options,) * len(counts)).fewest_for_sd, own)
    if not len(counts) or everybody.counts[has].sum() < fewest:
        return None
    ad = agreement.average_deviation(counts)
    return agreement.Agreement(
        ad=ad,
        r_star_wg=agreement.r_star_wg(counts),
        view=agreement.view(everybody.respondent[has], everybody.counts[has], ad, options),
    )


def _to_be_answered(part: Scores) -> Scores:
    """The same without what a few answered beyond what they were asked."""
    if part.required.all() or not part.required.any():
        return part
    rows = np.flatnonzero(part.required)
    return replace(
        part,
        items=tuple(part.items[row] for row in rows),
        scales=tuple(part.scales[row] for row in rows),
        values=part.values[rows],
        cells=part.cells[rows],
        required=part.required[rows],
    )


def pooled_alpha(parts: Mapping[str, Scores]) -> agreement.Alpha | None:
    """Alpha over the people who were asked the same items, the set with most complete answers."""
    sets: dict[tuple[str, ...], list[Scores]] = {}
    for part in parts.values():
        asked = _to_be_answered(part)
        sets.setdefault(asked.items, []).append(asked)
    if not sets:
        return None
    largest = max(sets.values(), key=lambda s: (sum(p.complete for p in s), sorted(s[0].items)))
    same = join(largest)
    return agreement.alpha(same.values, same.counts)
