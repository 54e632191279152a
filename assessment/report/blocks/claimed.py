"""What others say of the same practices, beside what the working group agreed, item by item."""

from __future__ import annotations

from dataclasses import dataclass

from assessment.report.model import Block, Point
from assessment.report.tables import Column, table
from assessment.report.terms import wording
from questionnaires.library import Library
from questionnaires.model import Item
from questionnaires.phrases import lower, upper
from scoring.measures.distributions import Distribution
from scoring.profile import Profile

#: So many differences are told at once, and from so many steps on they are worth a word.
MOST, FROM = 3, 1.0


@dataclass(frozen=True)
class Difference:
    """What a group says of a practice that was agreed.

    Attributes:
        agreed: the step that counts, from 1; ``said``: the group's mean step, to the nearest half.
    """

    item: Item
    group: str
    agreed: int
    said: float
    disagreed: bool

    @property
    def steps(self) -> float:
        """How many steps higher the group sees it; below 0 where lower."""
        return self.said - self.agreed


def differences(profile: Profile, library: Library) -> list[Difference]:
    """Each practice that was agreed, with each shown group that was asked it; the largest
    difference first."""
    found = []
    for item in library.items.values():
        practice = profile.evidence.practices.get(item.id)
        codes = [option.code for option in library.options(item)] if practice else []
        if practice is None or not practice.agreed or practice.code not in codes:
            continue
        agreed = codes.index(practice.code) + 1
        for group, cell in profile.distributions.get(item.id, {}).items():
            if isinstance(cell, Distribution) and cell.mean is not None:
                found.append(Difference(item, group, agreed, cell.mean, practice.disagreed))
    return sorted(found, key=lambda one: -abs(one.steps))


def claimed(profile: Profile, library: Library) -> Block | None:
    """Where others see more, or less, in place than the working group agreed; None where nobody
    else was asked, or may be shown."""
    found = differences(profile, library)
    if not found:
        return None
    far = [one for one in found if abs(one.steps) >= FROM]
    return Block(
        "claimed",
        "Do others see the same in place?",
        upper(_sentence(far[0], profile, library))
        if far
        else "Others see about the same in place as the working group agreed",
        points=tuple(
            Point(f"{upper(_sentence(one, profile, library))}.", "careful") for one in far[1:MOST]
        ),
        table=table(
            "claimed",
            (
                "Question",
                "The working group",
                "Who else",
                "What they say",
                Column("Steps higher", "steps"),
            ),
            [
                (
                    wording(one.item),
                    _agreed(one, library),
                    profile.context.title(one.group),
                    upper(_said(one, library)),
                    one.steps,
                )
                for one in found
            ],
        ),
        folded=True,
        how=(
            "Each practice that the working group answered and others were asked, too. What they "
            "say is the mean of their answers to the nearest half step; a step is one answer "
            "higher or lower.",
            "What others claim opens nothing and makes no score where the working group has "
            "agreed. A difference is worth a talk: perhaps it is not known, or not so everywhere.",
        ),
    )


def _sentence(one: Difference, profile: Profile, library: Library) -> str:
    than = "higher" if one.steps > 0 else "lower"
    return (
        f"{profile.context.within(one.group)} see it {than} than the working group "
        f"({_said(one, library)}, agreed: {lower(_agreed(one, library))}): "
        f"{lower(wording(one.item))}"
    )


def _labels(one: Difference, library: Library) -> list[str]:
    return [lower(option.label) for option in library.options(one.item)]


def _agreed(one: Difference, library: Library) -> str:
    label = upper(_labels(one, library)[one.agreed - 1])
    return f"{label}, the lowest that was chosen: no agreement" if one.disagreed else label


def _said(one: Difference, library: Library) -> str:
    """A mean in half steps: "partly", or "between partly and in place"."""
    labels, step = _labels(one, library), int(one.said)
    if step == one.said:
        return labels[step - 1]
    return f"between {labels[step - 1]} and {labels[step]}"
