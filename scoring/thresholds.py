"""The numbers that are a judgement, or that somebody may want to change, from one file.

``data/guidance/thresholds.yaml`` gives each with its unit, its reason and the bounds within which
it may be chosen. Points run from 0 to 100.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from pydantic import ConfigDict, Field, model_validator

from questionnaires.content_files.yaml_files import (
    Document,
    Path_,
    build,
    build_list,
    read,
    repeated_ids,
)
from questionnaires.content_folder import ContentFolder, content_in_use
from questionnaires.model import Id, Model, Reference, Sentence
from questionnaires.problems import Problem, ProblemsError

#: Numbers that have to rise in this order.
RISING = (
    ("emerging_from", "nearly_ready_from", "ready_from"),
    ("low_end", "high_end"),
    ("more_often_than_not_from", "likely_from", "certain_from"),
)


class Threshold(Model):
    """One entry of the file."""

    id: Id
    value: Any
    #: Bounds of the value, both allowed themselves.
    at_least: float | None = None
    at_most: float | None = None
    unit: Sentence
    reason: Sentence
    #: True where no source gives the number.
    judgement: bool = False
    source: tuple[Reference, ...] = ()

    @model_validator(mode="after")
    def _rests_on_something(self) -> Threshold:
        if not (self.judgement or self.source):
            raise ValueError("write 'judgement: true', or a source that gives the number")
        return self

    @property
    def allowed(self) -> str:
        """The bounds in words; empty where there are none."""
        least = None if self.at_least is None else f"at least {self.at_least:g}"
        most = None if self.at_most is None else f"at most {self.at_most:g}"
        return " and ".join(bound for bound in (least, most) if bound)

    @property
    def within_bounds(self) -> bool:
        if not isinstance(self.value, float | int):
            return True
        low, high = self.at_least, self.at_most
        return (low is None or self.value >= low) and (high is None or self.value <= high)


class Thresholds(Model):
    """The values by id; what each means stands in the file."""

    model_config = ConfigDict(strict=True)

    minimum_group_size: int
    sd_from: int
    sd_of_two_short_items_from: int
    short_scale: int
    sd_of_one_item_from: int
    means_of_one_item: int
    options_from: int
    agreement_from: int
    agreement_of_two_items_from: int
    tag_items_from: int
    tag_weight_up_to: float
    sd_unless_published: float
    sd_floor: float
    interval_from: int
    confidence_level: float
    alpha_from: int
    alpha_items_from: int
    firm_alpha_from: float
    emerging_from: int
    nearly_ready_from: int
    ready_from: int
    clear_gap_from: int
    possible_gap_from: int
    divided_share: float
    low_end: float
    high_end: float
    low_response: float
    mix_apart: float
    expected_groups: tuple[Id, ...] = Field(strict=False)
    lived_experience_members: int
    lived_experience_one_in: int
    straight_lining_items: int
    high_dont_know: float
    resamples: int
    certain_from: float
    likely_from: float
    more_often_than_not_from: float
    next_changes_up_to: int
    next_offers: int
    effort_unless_known: int
    effort_of_a_score: int
    exact_share_under: int
    low_answers_from: float
    boundaries_differ_from: float


def thresholds() -> Thresholds:
    """The values of the content in use; read once, when the first is wanted.

    Raises:
        ProblemsError: as ``load_thresholds``.
    """
    return content_in_use().once(_thresholds_of)


def _thresholds_of(content: ContentFolder) -> Thresholds:
    return load_thresholds(content.thresholds)


def load_thresholds(file: Path) -> Thresholds:
    """Read and check the thresholds.

    Raises:
        ProblemsError: with every problem: its file and line, what was found, what is allowed.
    """
    document, entries = read_thresholds(file)
    problems = [*repeated_ids(document, entries), *_unknown_or_missing(document, entries)]
    if problems:
        raise ProblemsError(problems)
    places = {(entry.id,): (document, (*place, "value")) for place, entry in entries}
    content = {entry.id: entry.value for _, entry in entries}
    values = Document(file, "", content, {(): (document, ()), **places})
    found = build(Thresholds, content, values)
    problems = [
        values.problem(
            "threshold_out_of_bounds", (entry.id,), entry.value, entry.allowed, subject=entry.id
        )
        for _, entry in entries
        if not entry.within_bounds
    ]
    for low, high in (pair for chain in RISING for pair in pairwise(chain)):
        if getattr(found, low) >= getattr(found, high):
            problems.append(
                values.problem(
                    "threshold_not_rising",
                    (high,),
                    f"{getattr(found, high):g}",
                    f"above {low}, which is {getattr(found, low):g}",
                    subject=high,
                )
            )
    if problems:
        raise ProblemsError(problems)
    return found


def read_thresholds(file: Path | None = None) -> tuple[Document, list[tuple[Path_, Threshold]]]:
    """The entries of a file with their places, for whoever explains or checks them; of the one in
    use if None."""
    document = read(file or content_in_use().thresholds)
    return document, build_list(Threshold, document, "thresholds")


def _unknown_or_missing(
    document: Document, entries: list[tuple[Path_, Threshold]]
) -> Iterator[Problem]:
    known = Thresholds.model_fields
    for place, entry in entries:
        if entry.id not in known:
            yield document.problem("unknown_threshold", (*place, "id"), entry.id, known)
    for name in known:
        if name not in {entry.id for _, entry in entries}:
            yield document.problem("threshold_missing", ("thresholds",), allowed=name)
