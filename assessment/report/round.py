"""What is known of a round beside its profile: who ran it, whether it is over."""

from __future__ import annotations

from dataclasses import dataclass


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
        closed: whether the last day for answers is over; None where nobody can know, as for a file.
    """

    closed: bool | None = None
    team: Team | None = None


#: Of a file of answers, or in a test: nothing beside the profile.
NO_ROUND = Round()
