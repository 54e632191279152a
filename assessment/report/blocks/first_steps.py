"""What to gather first where there is little to go by yet: whose view, and which answers."""

from __future__ import annotations

from collections.abc import Iterator

from assessment.report.basics import any_figure, basics, too_early
from assessment.report.model import Detail
from assessment.report.who_answered import SERVICE_USERS, has_answered
from scoring.profile import Profile
from scoring.rules.model import HEARD_GATE

#: Who answers and invites, and the chip that says so.
WHO = "working group"
TOGETHER = (f"Who: {WHO}",)


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
            who=WHO,
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
            who=WHO,
        )
