"""Words in the place of a number that is not published."""

from __future__ import annotations

from scoring.disclosure.groups_and_rounding import Suppressed, SuppressedBecause

REASONS: dict[SuppressedBecause, str] = {
    "few_replies": "fewer than {minimum} replies",
    "joined": "fewer than {minimum} replies: shown together with others of its side",
    "few_answers": "fewer than {minimum} answers",
    "few_scored_answers": "fewer than {minimum} scored answers",
    "counts_reveal_few": "it could reveal a few people's answers",
    "reveals_few": "with the score, it could reveal a few people's answers",
}


def people_in_words(count: int | None) -> str:
    """A number of people; None stands for fewer than may be published."""
    return "a few" if count is None else str(count)


def why_suppressed(result: Suppressed) -> str:
    """The reason without a full stop: "fewer than 5 replies"."""
    return REASONS[result.reason].format(minimum=result.minimum)
