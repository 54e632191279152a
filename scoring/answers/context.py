"""What is known about an assessment beside its answers."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from questionnaires.forms import Form
from questionnaires.model import Id, Model, Sentence, Side
from questionnaires.phrases import lower
from questionnaires.reference_data import group_title
from scoring.thresholds import thresholds

#: Between which limits the minimum group size may be set, and what it is unless somebody does.
LEAST_MINIMUM, LARGEST_MINIMUM = 4, 100
#: A group with fewer replies shows no number. With 4, three who compare their answers know nearly
#: all of the fourth's; with 3, two would.
MinimumGroupSize = Annotated[int, Field(ge=LEAST_MINIMUM, le=LARGEST_MINIMUM, strict=True)]
HeadCount = Annotated[int, Field(ge=1, strict=True)]


class Context(Model):
    """What is known about an assessment beside its answers."""

    organisation: Sentence = "This organisation"
    #: How much was asked: a full round, or a quick look. What it does not ask is not missing.
    form: Form = "full"
    #: The questionnaires that were chosen, by id; all if none is named. What others ask is not
    #: missing.
    questionnaires: tuple[Id, ...] = ()
    minimum_group_size: MinimumGroupSize = Field(
        default_factory=lambda: thresholds().minimum_group_size
    )
    #: Head count of each group, as far as it is known.
    eligible: dict[Id, HeadCount] = {}
    #: Weight of each group in the totals; a missing one has its default, zero is allowed.
    weights: dict[
        Id, Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False, strict=True)]
    ] = {}
    #: Side of each group that the organisation renamed or added.
    sides: dict[Id, Side] = {}
    #: Names of groups of an organisation's own, kept as they were written.
    titles: dict[Id, Sentence] = {}
    #: Of such a group: the built-in group whose questions it was asked; any of its side's if it is
    #: not said.
    asked_like: dict[Id, Id] = {}
    seed: Annotated[int, Field(ge=0, strict=True)] = 0
    #: The participation ladder in use; the default of the guidance if it is not said.
    ladder: Id | None = None
    #: The last day for answers: until then results may still change.
    closes_on: date | None = None

    def title(self, group: str) -> str:
        """A group's name, to stand by itself or to begin a sentence."""
        return self.titles.get(group) or group_title(group)

    def within(self, group: str) -> str:
        """A group's name within a sentence: a usual one small, one of their own as written."""
        return self.titles.get(group) or lower(group_title(group))
