"""What was answered at all: a thing that nobody has answered is not told as missing."""

from __future__ import annotations

from scoring.profile import Profile


def any_figure(profile: Profile) -> bool:
    """Whether there is any score to tell of."""
    return any(result.score is not None for result in profile.dimensions.values())
