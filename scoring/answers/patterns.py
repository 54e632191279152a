"""Patterns: the distinct ways in which people answered a few items, and how many did so.

Every statistic of a dimension follows from its patterns and their counts. A dimension of few
items joins their cells into one small number a respondent, which one ``bincount`` counts, so that
a million respondents cost little more than reading their answers once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.answers.matrix import NOT_APPLICABLE_CELL, Matrix

#: Respondents that are joined at once: few enough to stay in the processor's cache.
BLOCK = 1 << 16
#: The most bits that a joined number may have before counting single respondents is cheaper.
MAX_BITS = 16


@dataclass(frozen=True)
class Patterns:
    """Distinct ways of answering some items.

    Attributes:
        cells: uint8, items × patterns, as in the matrix.
        counts: how many respondents gave each pattern.
    """

    cells: NDArray[np.uint8]
    counts: NDArray[np.int64]


def patterns(matrix: Matrix, rows: Sequence[int], start: int, stop: int, options: int) -> Patterns:
    """The patterns of some rows over the columns from ``start`` to ``stop``.

    Args:
        matrix: uint8, items × respondents.
        rows: the items, in the order in which the patterns hold them.
        options: the number of options of the longest scale among them, at most 13.
    """
    bits = 3 if options <= 5 else 4
    if bits * len(rows) > MAX_BITS:
        cells = matrix[list(rows), start:stop]
        return Patterns(cells, np.ones(stop - start, dtype=np.int64))
    counts = _count(matrix, rows, start, stop, bits)
    joined = np.flatnonzero(counts)
    mask = (1 << bits) - 1
    shifts = bits * np.arange(len(rows))[:, None]
    low = (joined[None, :] >> shifts) & mask
    # The three highest numbers are don't know, does not apply and empty.
    cells = np.where(low > mask - 3, low + (256 - mask - 1), low).astype(np.uint8)
    return Patterns(cells, counts[joined])


def _count(
    matrix: Matrix, rows: Sequence[int], start: int, stop: int, bits: int
) -> NDArray[np.int64]:
    """How many respondents have each joined number."""
    size = 1 << (bits * len(rows))
    mask = np.uint8((1 << bits) - 1)
    counts = np.zeros(size, dtype=np.int64)
    for at in range(start, stop, BLOCK):
        end = min(at + BLOCK, stop)
        # From the last item to the first, so that the first ends in the lowest bits.
        last, *others = reversed(rows)
        joined = (matrix[last, at:end] & mask).astype(np.uint16)
        for row in others:
            joined <<= np.uint16(bits)
            joined |= matrix[row, at:end] & mask
        counts += np.bincount(joined, minlength=size)
    return counts


def enough_answered(
    answered: NDArray[np.bool_], cells: NDArray[np.uint8], required: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Whether at least half of the items that apply are answered, one a pattern.

    An item that was not to be answered applies to whoever answered it.

    Args:
        answered: items × patterns: whether there is a score.
        cells: items × patterns, as in the matrix.
        required: one an item: whether it was to be answered.
    """
    number = answered.sum(axis=0)
    applies = ((cells != NOT_APPLICABLE_CELL) & required[:, None]).sum(axis=0)
    if not required.all():
        applies = applies + answered[~required].sum(axis=0)
    return (number > 0) & (2 * number >= applies)
