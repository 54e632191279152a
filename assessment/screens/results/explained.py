"""Every number opens into its explanation, as plain HTML."""

from __future__ import annotations

from markupsafe import Markup

from assessment.report.explanations.dimensions import dimension_explanation
from assessment.report.explanations.domains import domain_explanation, overall_explanation
from assessment.report.explanations.model import Explanation
from assessment.screens.shared import markup
from scoring.profile import Profile


def domains_explained(profile: Profile) -> Markup:
    """The overall score, which a quick look has none of, and every domain that has one."""
    found = [] if profile.readiness.score is None else [overall_explanation(profile)]
    found += [
        domain_explanation(profile, name)
        for name, result in profile.domains.items()
        if result.score is not None
    ]
    return markup.fold("Open a number", Markup().join(map(_opens, found))) if found else Markup()


def dimension_explained(profile: Profile, name: str) -> Markup:
    """One dimension, where it has a score."""
    result = profile.dimensions.get(name)
    if result is None or result.score is None:
        return Markup()
    return _opens(dimension_explanation(profile, name))


def _opens(explanation: Explanation) -> Markup:
    """One number that opens: what it is about, the arithmetic, the questions behind it."""
    content = markup.texts((explanation.topic, *explanation.sentences))
    if explanation.items.rows:
        content += markup.table(explanation.items, stack=True)
    content += markup.sources(explanation.sources)
    return markup.entry_that_opens(markup.sign("?"), explanation.title, content)
