"""The first steps where there is little to go by yet: who is asked, and what is answered."""

from __future__ import annotations

from collections.abc import Iterator

from assessment.story.answered import any_figure, not_answered
from assessment.story.model import Block, Detail
from scoring.profile import Profile
from scoring.readiness import NOT_HEARD


def first_steps(profile: Profile) -> Block:
    """What to do before any score can be told."""
    details = tuple(missing(profile))
    return Block(
        "actions",
        "What do we do next, and who?",
        "First gather answers, then look at what they say",
        how=(
            "There is no score yet. What to work on is named as soon as there are figures that "
            "it can rest on.",
        ),
        details=details,
        first_details=len(details),
    )


def missing(profile: Profile) -> Iterator[Detail]:
    """Who has not been heard, and what the working group has not answered."""
    figures = any_figure(profile)
    if NOT_HEARD in profile.readiness.limited_by or not profile.shown.groups:
        yield Detail(
            "Invite service users to answer",
            ("Who: working group",),
            (
                "Without them, no start can be advised.",
                "Offer help and a quiet place. Each group's numbers show from "
                f"{profile.shown.minimum} replies on, so that nobody can be recognised.",
            ),
        )
    basics = [result for result in profile.gates.values() if result.gate.every_offer]
    open_ = [result for result in basics if not_answered(result, profile.evidence)]
    if open_ or not figures:
        none = len(open_) == len(basics)
        count = "None" if none else "One" if len(open_) == 1 else str(len(open_))
        verb = "is" if none or len(open_) == 1 else "are"
        yield Detail(
            "Answer the working group's questions, beginning with sitting 1"
            if none
            else "Answer what is still open in the working group's sittings",
            ("Who: working group",),
            (
                f"{count} of the {len(basics)} basics that all peer work needs "
                f"{verb} {'' if none else 'not '}answered yet."
                if open_
                else "The working group's answers decide what may start.",
                "Agree each answer together, and note what shows it.",
            ),
        )
