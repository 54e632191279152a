"""What people answered to questions without a score: what they chose, and their numbers."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assessment.report.blocks.distributions import hidden_groups
from assessment.report.model import Block
from assessment.report.round_details import Round
from assessment.report.tables import Cell, Column, Row, columns, table
from assessment.report.terms import question_in_words, share_in_words, wording
from questionnaires.library import Library
from questionnaires.model import Item
from questionnaires.numbers import shown
from questionnaires.phrases import counted, listed
from scoring.disclosure.groups_and_rounding import Suppressed
from scoring.disclosure.tallies import PublishedNumber, PublishedTally
from scoring.measures.tallies import Tally
from scoring.profile import Profile

HEADS = (*columns("Question", "Group", "Answers"), Column("People", "whole"))
QUESTION = "What else did people answer?"
HOW = (
    "Shares of the people of a group who chose something, to the nearest tenth and therefore in "
    "words. An answer that fewer than {minimum} people chose is not shown, whether nobody chose it "
    "or a few did. Where the others would let these be counted back, none is shown.",
    "Of numbers only the middle is told, to two digits: from {twice} people on the number that "
    "half of them lie below, from {four_times} on also where the middle half lies.",
)
NOT_REVIEWED = (
    "What people wrote in their own words stands here only after somebody has read it ({asked})."
)


def tallies(profile: Profile, library: Library, round_: Round) -> Block | None:
    """The questions that give no score; None where none was asked of a group that is shown."""
    note = ""
    if unread := [item for item in profile.words_asked if item not in round_.written]:
        asked = counted(len(unread), "question")
        note = NOT_REVIEWED.format(asked=asked)
    if not profile.tallies:
        return None
    minimum = profile.partition.minimum
    how = (
        sentence.format(minimum=minimum, twice=2 * minimum, four_times=4 * minimum)
        for sentence in HOW
    )
    return Block(
        "tallies",
        QUESTION,
        _finding(profile, library),
        table=table("tallies", HEADS, _rows(profile, library)),
        how=tuple(how),
        note=" ".join(filter(None, (hidden_groups(profile), note))),
    )


def _rows(profile: Profile, library: Library) -> Iterator[Row]:
    for result in profile.tallies:
        item = library.items[result.item]
        question: Cell = question_in_words(item, library)
        for group, found in result.groups.items():
            title = profile.context.title(group)
            if isinstance(found, Suppressed):
                yield Row((question, title, found, None))
            else:
                yield Row((question, title, _in_words(found, item, library), found.n))
            question = None


def _in_words(found: PublishedTally | PublishedNumber, item: Item, library: Library) -> str:
    if isinstance(found, PublishedNumber):
        return _number_in_words(found, item)
    labels = {option.code: option.label for option in library.options(item)}
    told = [f"{labels[code]}: {told}" for code, told in _told(found)]
    untold = [labels[code] for code in found.untold]
    if untold:
        told.append(f"not shown: {listed(untold)}")
    return "; ".join(told)


def _told(found: PublishedTally) -> list[tuple[str, str]]:
    """What is told of each option, by its code, the most often chosen first."""
    most = [(code, f"{least} or more of {found.n}") for code, least in found.at_least.items()]
    shares = sorted(found.shares.items(), key=lambda pair: -pair[1])
    return [*most, *((code, share_in_words(share, found.n)) for code, share in shares)]


def _number_in_words(found: PublishedNumber, item: Item) -> str:
    unit = f" {item.unit.many}" if item.unit else ""
    text = f"half of them below about {_about(found.median)}{unit}, half above"
    if found.middle_half is None:
        return text
    low, high = map(_about, found.middle_half)
    return f"{text}; the middle half between about {low} and {high}"


def _about(value: float) -> str:
    return shown(Decimal(str(value)))


def _finding(profile: Profile, library: Library) -> str:
    """What most people of a group chose, or else that there is something, or nothing, to read."""
    for result in profile.tallies:
        for group, found in result.groups.items():
            if isinstance(found, PublishedTally) and (told := _told(found)):
                item, (code, share) = library.items[result.item], told[0]
                label = next(o.label for o in library.options(item) if o.code == code)
                return f"{profile.context.title(group)}, asked “{wording(item)}”: {label}, {share}"
    if any(_is_shown(found) for result in profile.tallies for found in result.groups.values()):
        return "Numbers that people gave"
    return "Nothing of this can be shown"


def _is_shown(found: Tally) -> bool:
    return not isinstance(found, Suppressed)
