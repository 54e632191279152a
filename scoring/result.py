"""A result: the profile of an organisation, with everything that it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from questionnaires.library import Library
from questionnaires.model import chosen_by_members
from scoring.answers.matrix import Answers
from scoring.profile import Profile, profile
from scoring.rules.rulebook import Guidance
from scoring.stability import stability


@dataclass(frozen=True)
class EarlierAnswer:
    """What an answer of the working group was before: like ``AgreedAnswer``."""

    code: str = ""
    chosen: tuple[str, ...] = ()
    note: str = ""
    reason: str = ""


@dataclass(frozen=True)
class AgreedAnswer:
    """One answer of the working group that deserves a word: with a note or a reason, without
    agreement, or changed.

    Attributes:
        code: the step that it agreed; empty where it did not agree.
        chosen: the steps that members chose where they did not agree.
        note: what shows it, as it was written.
        earlier: what the answer was before; None where it never changed.
        reason: why the group answers so; where it changed its answer, why it did.
    """

    item: str
    code: str = ""
    chosen: tuple[str, ...] = ()
    note: str = ""
    earlier: EarlierAnswer | None = None
    reason: str = ""

    @property
    def note_is_older(self) -> bool:
        """Whether the note was written for the answer that stood before."""
        return self.earlier is not None and bool(self.note) and self.earlier.note == self.note


@dataclass(frozen=True)
class Result:
    """What everything that is published is made from.

    Attributes:
        stability: the share of resamples in which each offer is the start, by its id.
        rulebook: the rules and the advice that the profile rests on.
        agreed: the working group's answers with a note, without agreement, or changed.
    """

    profile: Profile
    stability: Mapping[str, float]
    rulebook: Guidance
    agreed: tuple[AgreedAnswer, ...] = ()

    @property
    def library(self) -> Library:
        return self.profile.evidence.library


def result_of(answers: Answers, rulebook: Guidance) -> Result:
    """Score answers, and try out how sure the start is."""
    found = profile(answers, rulebook)
    return Result(found, stability(answers, found, rulebook), rulebook, noted_answers(answers))


def noted_answers(answers: Answers) -> tuple[AgreedAnswer, ...]:
    """The working group's answers with a note or a reason, those on which it did not agree, and
    those that were something else before; in the order of the questionnaires."""
    found = []
    for item in answers.library.items:
        if item not in answers.agreed or item in answers.skipped:
            continue  # that it does not apply follows from a fact: nobody agreed it
        code, chosen = _step_or_steps(answers.agreed[item])
        note = answers.notes.get(item, "")
        before, before_note = answers.earlier.get(item, ("", ""))
        reason, before_reason = answers.reasons.get(item, ("", ""))
        if chosen or note or before or reason:
            was = EarlierAnswer(*_step_or_steps(before), before_note, before_reason)
            earlier = was if before else None
            found.append(AgreedAnswer(item, code, chosen, note, earlier, reason))
    return tuple(found)


def _step_or_steps(value: str) -> tuple[str, tuple[str, ...]]:
    """The step that was agreed; where none was, those that members chose."""
    chosen = chosen_by_members(value)
    return (value, ()) if chosen is None else ("", chosen)
