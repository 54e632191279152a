"""Every number opens into its explanation, as plain HTML."""

from __future__ import annotations

from html import escape

from assessment.report.explanations.dimensions import (
    Explanation,
    dimension_explanation,
    domain_explanation,
    overall_explanation,
)
from assessment.screens.shared import markup
from scoring.profile import Profile


def domains_explained(profile: Profile) -> str:
    """The overall score, which a quick look has none of, and every domain that has one."""
    found = [] if profile.readiness.score is None else [overall_explanation(profile)]
    found += [
        domain_explanation(profile, name)
        for name, result in profile.domains.items()
        if result.score is not None
    ]
    return markup.fold("Open a number", "".join(map(_opens, found))) if found else ""


def dimension_explained(profile: Profile, name: str) -> str:
    """One dimension, where it has a score."""
    result = profile.dimensions.get(name)
    if result is None or result.score is None:
        return ""
    return _opens(dimension_explanation(profile, name))


def _opens(explanation: Explanation) -> str:
    """One number that opens: what it is about, the arithmetic, the questions behind it."""
    content = (
        markup.texts((explanation.topic, *explanation.sentences))
        + (markup.table(explanation.items, stack=True) if explanation.items.rows else "")
        + markup.sources(explanation.sources)
    )
    return (
        f'<details class="pw-detail"><summary><span class="pw-mark" aria-hidden="true">?</span>'
        f'<span>{escape(explanation.title)}</span></summary><div class="pw-open-in">{content}</div>'
        "</details>"
    )
