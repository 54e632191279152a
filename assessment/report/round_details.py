"""What is known of a round beside its profile: who ran it, whether it is over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from questionnaires.phrases import counted
from scoring.disclosure.before_agreement import SpreadBefore
from scoring.disclosure.written_texts import Texts
from scoring.thresholds import thresholds

#: One member in so many, in words.
PARTS = {2: "half", 3: "a third", 4: "a quarter"}


@dataclass(frozen=True)
class Team:
    """The working group as it said who it is."""

    members: int
    members_lived_experience: int
    members_paid: bool
    key_holders: int
    key_holders_lived_experience: int


@dataclass(frozen=True)
class GroupStatement:
    """What a group says in words of its own.

    Attributes:
        title: how the group is called.
        text: paragraphs, with an empty line between them.
        facilitated: somebody who is not of the group wrote down what it said.
        written_by: who wrote it down, without names; may be empty.
        written_on: the day in words.
    """

    group: str
    title: str
    text: str
    facilitated: bool
    written_by: str
    written_on: str


@dataclass(frozen=True)
class Round:
    """What is known of a round beside its profile.

    Attributes:
        closed: whether nobody can answer any more: results of a round come after that; of a file
            nobody can know.
        until: until when people could answer, in words with the hour; empty for a file.
        written: by item, what people wrote, as far as it is published.
        statements: what groups say.
        before: how members of the working group answered alone before they agreed, by item, as far
            as it may be told.
    """

    closed: bool = False
    until: str = ""
    team: Team | None = None
    before: Mapping[str, SpreadBefore] = field(default_factory=dict)
    written: Mapping[str, Texts] = field(default_factory=dict)
    statements: tuple[GroupStatement, ...] = ()

    def with_words(
        self, written: Mapping[str, Texts], statements: tuple[GroupStatement, ...]
    ) -> Round:
        """The same with what people wrote and what groups say."""
        return replace(self, written=written, statements=statements)


def least_with_lived_experience(members: int) -> int:
    """How many members of a working group should have lived experience."""
    limits = thresholds()
    return max(limits.lived_experience_members, -(-members // limits.lived_experience_one_in))


def least_in_words() -> tuple[str, str]:
    """The same for every size: the part and the number, such as ``a third`` and ``two people``."""
    limits = thresholds()
    people = counted(limits.lived_experience_members, "person", "people", in_words=True)
    return PARTS[limits.lived_experience_one_in], people


#: Of a file of answers, or in a test: nothing beside the profile.
NO_ROUND = Round()
