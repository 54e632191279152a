"""What is known of a round beside its profile: who ran it, what was agreed, whether it is over."""

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
class EarlierAnswer:
    """What an answer of the working group was before: like ``Agreed``."""

    code: str = ""
    chosen: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class AgreedAnswer:
    """One answer of the working group that deserves a word: with a note, without agreement, or
    changed.

    Attributes:
        code: the step that it agreed; empty where it did not agree.
        chosen: the steps that members chose where they did not agree.
        note: what shows it, as it was written.
        earlier: what the answer was before; None where it never changed.
    """

    item: str
    code: str = ""
    chosen: tuple[str, ...] = ()
    note: str = ""
    earlier: EarlierAnswer | None = None

    @property
    def note_is_older(self) -> bool:
        """Whether the note was written for the answer that stood before."""
        return self.earlier is not None and bool(self.note) and self.earlier.note == self.note


@dataclass(frozen=True)
class Round:
    """What is known of a round beside its profile.

    Attributes:
        closed: whether the last day for answers is over; None where nobody can know, as for a file.
    """

    closed: bool | None = None
    team: Team | None = None
    agreed: tuple[AgreedAnswer, ...] = ()

    def note(self, item: str) -> AgreedAnswer | None:
        """What the working group noted about an item."""
        return next((entry for entry in self.agreed if entry.item == item), None)


#: Of a file of answers, or in a test: nothing beside the profile.
NO_ROUND = Round()
