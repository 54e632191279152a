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
class Agreed:
    """One answer of the working group that deserves a word: with a note, or without agreement.

    Attributes:
        code: the step that it agreed; empty where it did not agree.
        chosen: the steps that members chose where they did not agree.
        note: what shows it, as it was written.
        note_code: the step that stood when the note was written, where that is another one.
    """

    item: str
    code: str = ""
    chosen: tuple[str, ...] = ()
    note: str = ""
    note_code: str = ""


@dataclass(frozen=True)
class Round:
    """What is known of a round beside its profile.

    Attributes:
        closed: whether the last day for answers is over; None where nobody can know, as for a file.
    """

    closed: bool | None = None
    team: Team | None = None
    agreed: tuple[Agreed, ...] = ()

    def note(self, item: str) -> Agreed | None:
        """What the working group noted about an item."""
        return next((entry for entry in self.agreed if entry.item == item), None)


#: Of a file of answers, or in a test: nothing beside the profile.
NOTHING_MORE = Round()
