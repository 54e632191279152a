"""What is known of a round beside its profile: who ran it, whether it is over."""

from __future__ import annotations

from dataclasses import dataclass

from questionnaires.phrases import counted
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
class Round:
    """What is known of a round beside its profile.

    Attributes:
        closed: whether nobody can answer any more: results of a round come after that; of a file
            nobody can know.
        until: until when people could answer, in words with the hour; empty for a file.
    """

    closed: bool = False
    until: str = ""
    team: Team | None = None


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
