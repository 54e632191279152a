"""Finds what has an id, and the nearest ids where nothing has it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from functools import partial

from assessment.services.content.explaining import advice_kinds, item_kinds, measure_kinds
from assessment.services.content.explaining.content import Content
from assessment.services.content.explaining.links import Links
from assessment.services.content.explaining.model import Explanation
from scoring.thresholds import read_thresholds

#: The most ids that are named where there is no such id.
MAX_NEAR = 6


class UnknownIdError(Exception):
    """Nothing has the id; names the nearest ones."""

    def __init__(self, name: str, near: tuple[str, ...]) -> None:
        self.name, self.near = name, near
        nearest = f"; the nearest ids: {', '.join(near)}" if near else ""
        super().__init__(f"nothing has the id {name!r}{nearest}")


def explain(name: str, content: Content) -> tuple[Explanation, ...]:
    """Everything that has an id, with what hangs on it: nearly always one thing.

    Raises:
        UnknownIdError: nothing has it.
    """
    found = [explanation for known, explanation in _explainers(content) if known == name]
    if not found:
        raise UnknownIdError(name, nearest_ids(name, content))
    return tuple(explained() for explained in found)


def all_ids(content: Content) -> tuple[str, ...]:
    """Every id that can be explained."""
    return tuple(known for known, _ in _explainers(content))


def nearest_ids(name: str, content: Content) -> tuple[str, ...]:
    """The ids that somebody may have meant: those with the word in them, then those spelt alike."""
    known = list(dict.fromkeys(all_ids(content)))
    word = name.strip().lower()
    within = [one for one in known if word and word in one]
    alike = difflib.get_close_matches(word, known, n=MAX_NEAR, cutoff=0.5)
    near = dict.fromkeys([*difflib.get_close_matches(word, within, n=MAX_NEAR, cutoff=0), *alike])
    return tuple(near)[:MAX_NEAR]


def _explainers(content: Content) -> Iterator[tuple[str, partial[Explanation]]]:
    """Every id with what explains it."""
    library, guidance, links = content.library, content.guidance, Links(content)
    kinds = (
        (guidance.gates.values(), advice_kinds.gate),
        (guidance.offers.values(), advice_kinds.offer),
        (library.items.values(), item_kinds.item),
        (guidance.actions.values(), advice_kinds.action),
        (guidance.resources.values(), advice_kinds.resource),
        (guidance.risk.safeguards, advice_kinds.safeguard),
        (guidance.risk.exposures, advice_kinds.exposure),
        (guidance.responses, advice_kinds.response),
        (guidance.conflicts, advice_kinds.conflict),
        (library.dimensions.values(), measure_kinds.dimension),
        (library.domains.values(), measure_kinds.domain),
        ((entry for _, entry in read_thresholds()[1]), measure_kinds.threshold),
    )
    for entries, explainer in kinds:
        for entry in entries:
            yield entry.id, partial(explainer, entry, links)
