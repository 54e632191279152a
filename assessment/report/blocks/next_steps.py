"""What comes next: the fewest changes that open a further offer, as long as they are few."""

from __future__ import annotations

from assessment.report.basics import basics, too_early
from assessment.report.model import Point, Step
from assessment.report.tables import Cell, Column, Table, columns, table
from assessment.report.terms import EFFORTS, chips_of, cite, risk_word, title_of, wording
from questionnaires.phrases import counted, lower, number
from scoring.profile import Profile
from scoring.recommendation.fixes import Fix
from scoring.recommendation.offers import OfferResult
from scoring.result import Result
from scoring.rules.rulebook import Guidance
from scoring.thresholds import thresholds

Coming = tuple[tuple[OfferResult, tuple[Fix, ...]], ...]

CHANGES = (
    *columns("Offer that it unlocks", "Risk"),
    Column("Change", "whole"),
    *columns("What to change", "What kind", "It takes", "Asked for by"),
)
#: A practice is done, a fact decided, a score grows.
KINDS = {"raise": "do", "set": "decide", "lift": "grow"}


def coming(profile: Profile) -> Coming:
    """The offers that a few changes would open, the nearest first.

    None while it is too early to say: a change is counted from what is known.
    """
    if too_early(profile):
        return ()
    return tuple(pair for pair in profile.next if len(pair[1]) <= thresholds().next_changes_up_to)


def steps(profile: Profile, guidance: Guidance) -> tuple[Step, ...]:
    """The nearest of them, fix by fix."""
    return tuple(
        Step(
            result.offer.title,
            chips_of(result),
            tuple(fix_in_words(fix, profile, guidance, result) for fix in needed),
        )
        for result, needed in coming(profile)[: thresholds().next_offers]
    )


def changes(result: Result) -> Table:
    """Every change that each further offer needs, the nearest offer first."""
    rows = []
    for offer, needed in coming(result.profile):
        title: Cell = offer.offer.title
        risk: Cell = risk_word(offer)
        for number_, fix in enumerate(needed, 1):
            words = fix_in_words(fix, result.profile, result.rulebook, offer)
            kind, effort = KINDS[fix.kind], EFFORTS[fix.effort]
            rows.append((title, risk, number_, words.text, kind, effort, words.sources))
            title = risk = None
    return table("next", CHANGES, rows)


def sentence(profile: Profile) -> str:
    """What comes next, or why that cannot be said; without a full stop."""
    near = coming(profile)
    if near:
        result, needed = near[0]
        changes = counted(len(needed), "change", in_words=True)
        return f"The nearest next offer is {changes} away: {lower(result.offer.title)}"
    if too_early(profile):
        return "What comes next can be said once more is answered"
    if basics(profile).unmet:
        return "Nothing further is near yet: first the basics"
    if profile.next:
        changes = len(profile.next[0][1])
        return f"Nothing further is near yet: the next offer is {number(changes)} changes away"
    return "No further offer can be opened by a few changes"


def fix_in_words(fix: Fix, profile: Profile, guidance: Guidance, result: OfferResult) -> Point:
    """A fix in words, with the source of the gate or safeguard that asks for it."""
    library = profile.evidence.library
    asked = [
        rule.source
        for rule in (*guidance.gates_of(result.offer), *guidance.risk.safeguards)
        for condition in [getattr(rule, "needs", None) or getattr(rule, "missing", None)]
        if condition is not None
        and any(fix.id in (leaf.practice, leaf.fact, leaf.score) for leaf in condition.leaves())
    ]
    sources = cite(asked[0], library) if asked else ""
    if fix.kind == "lift":
        return Point(f"Lift {lower(title_of(fix.id, library))} to {fix.to}", "", sources)
    item = library.items[fix.id]
    if fix.kind == "raise":
        words, unknown = item.steps.get(fix.to, wording(item)), "Find out, not answered yet"
        known = fix.id in profile.evidence.practices
    else:
        label = next((o.label for o in library.options(item) if o.code == fix.to), fix.to)
        words, unknown = f"{wording(item).rstrip('?')}: {lower(label)}", "Not answered yet"
        known = fix.id in profile.evidence.facts
    return Point(words if known else f"{unknown}: {lower(words)}", "", sources)
