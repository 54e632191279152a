"""What groups answered to questions without a score: choices, and numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from questionnaires.model import FACT_KINDS, SPECIAL_CODES, Item
from scoring.answers.matrix import Answers
from scoring.disclosure.groups_and_rounding import Partition, PublishedGroup, Suppressed
from scoring.disclosure.tallies import (
    PublishedNumber,
    PublishedTally,
    publish_number,
    publish_tally,
)

Tally = PublishedTally | PublishedNumber | Suppressed


@dataclass(frozen=True)
class TallyResult:
    """One question, group by group; hidden groups are not listed."""

    item: str
    groups: Mapping[str, Tally]


def tallies(answers: Answers, partition: Partition) -> tuple[TallyResult, ...]:
    """Every choice and number that somebody shown was asked, in the order of the questionnaires."""
    found = []
    for item in answers.library.items.values():
        if item.kind not in FACT_KINDS:
            continue
        groups = {
            group.id: _tally(answers, item, group, partition.minimum)
            for group in partition.groups
            if all(answers.asked(item, member) for member in group.members)
        }
        if groups:
            found.append(TallyResult(item.id, groups))
    return tuple(found)


def _tally(answers: Answers, item: Item, group: PublishedGroup, minimum: int) -> Tally:
    given = answers.facts.get(item.id, {})
    values = [value for member in group.members for value in given.get(member.id, ())]
    values = [value for value in values if value not in SPECIAL_CODES]
    if item.kind == "number":
        return publish_number([float(value) for value in values], minimum)
    chosen = Counter(_codes(values))
    counts = {option.code: chosen[option.code] for option in answers.library.options(item)}
    return publish_tally(counts, len(values), minimum, single=item.kind == "choice")


def _codes(values: Iterable[str]) -> Iterable[str]:
    """The codes that were chosen, of each person each once."""
    return (code.strip() for value in values for code in value.split(";"))


def words_asked(answers: Answers, partition: Partition) -> tuple[str, ...]:
    """The questions to which somebody shown was to answer in words of their own: nobody has
    reviewed these words, and they are not shown."""
    return tuple(
        item.id
        for item in answers.library.items.values()
        if item.kind == "text"
        and any(answers.required(item, member) for g in partition.groups for member in g.members)
    )
