"""The first steps where there is little to go by yet: who is asked, and what is answered."""

from __future__ import annotations

from collections.abc import Iterator

from assessment.report.answered import any_figure
from assessment.report.basics import basics, too_early
from assessment.report.blocks.respondents import SERVICE_USERS, has_answered
from assessment.report.model import Block, Detail
from scoring.profile import Profile
from scoring.rules.model import HEARD_GATE

TOGETHER = ("Who: working group",)


def first_steps(profile: Profile) -> Block:
    """What to do before any score can be told."""
    details = tuple(missing(profile))
    return Block(
        "actions",
        "What do we do first, and who?",
        "First gather answers, then look at what they say",
        how=(
            "There is no score yet. What to work on is named as soon as there are figures that "
            "it can rest on.",
        ),
        details=details,
        first_details=len(details),
    )


def _nothing_else(profile: Profile) -> bool:
    """Whether only facts are not answered, and they could change what may start."""
    heard = profile.gates[HEARD_GATE].met
    return heard and too_early(profile) and not basics(profile).unmet


def missing(profile: Profile) -> Iterator[Detail]:
    """Whose view is missing, and what the working group has not answered."""
    found = basics(profile)
    asked = [result for result in found.unanswered if result.gate.id != HEARD_GATE]
    if asked or not any_figure(profile) or _nothing_else(profile):
        by_practice = [r for r in found.all if any(leaf.practice for leaf in r.gate.needs.leaves())]
        none = all(not result.answered for result in by_practice)
        yield Detail(
            "Answer sitting 1 together: what every start needs"
            if none
            else "Answer what is still open in the working group's sittings",
            TOGETHER,
            (
                f"{found.counted}.",
                "About 75 minutes. Agree each answer together, and note what shows it.",
            ),
        )
    if not profile.gates[HEARD_GATE].met:
        yield Detail(
            "Invite more service users to answer"
            if has_answered(SERVICE_USERS, profile)
            else "Invite service users to answer",
            TOGETHER,
            (
                "Without their view no start is advised.",
                "Offer help, paper and a quiet place. Each group's numbers show from "
                f"{profile.partition.minimum} replies on, so that nobody can be recognised. Where "
                "fewer people use the service, somebody they trust helps them to write a "
                "statement.",
            ),
        )
