"""What to do next, and who: actions for unmet gates, for the next offers, for what is weak."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assessment.story.answered import any_figure
from assessment.story.coming import coming
from assessment.story.first_steps import first_steps, missing
from assessment.story.model import Block, Detail
from assessment.story.words import EFFORTS, cite
from questionnaires.library import Library
from questionnaires.words import lower
from scoring.fixes import Fix
from scoring.guidance import Action
from scoring.profile import Profile
from scoring.rulebook import Guidance

#: How many actions are told in all, and how many stand in view.
MOST, FIRST = 9, 3
#: A dimension under this score is weak: below "nearly ready".
WEAK = 60
#: A practice is in place from this score on.
IN_PLACE = 100.0


@dataclass(frozen=True)
class _Need:
    """Something to work on: practices that should rise, or a dimension, and why."""

    because: str
    practices: tuple[str, ...] = ()
    dimension: str = ""


def actions(profile: Profile, guidance: Guidance) -> Block | None:
    """The first three actions, then more; one for each need.

    Before there is any score: who to ask and what to answer first.
    """
    if not any_figure(profile):
        return first_steps(profile)
    library = profile.evidence.library
    still_open = tuple(missing(profile))
    chosen: dict[str, tuple[Action, str]] = {}
    for need in _needs(profile, guidance, library):
        action = _action_for(need, profile, guidance, chosen)
        if action is not None:
            chosen[action.id] = (action, need.because)
        if len(still_open) + len(chosen) == MOST:
            break
    details = still_open + tuple(
        _detail(action, because, library) for action, because in chosen.values()
    )
    if not details:
        return None
    first = len(details[:FIRST])
    finding = (
        f"Begin with {lower(details[0].title)}"
        if first == 1
        else f"{_count(first)} things to do first"
    )
    return Block(
        "actions",
        "What do we do first, and who?",
        finding,
        how=(
            "The order: first what every offer needs and is not met; then what opens the nearest "
            "next offer; then what holds the overall band down, the lowest first; then other weak "
            "dimensions, critical ones first. Critical is what nothing else in its domain makes "
            "up for. For each the action is named that moves the weakest practice with the least "
            "effort; what is in place is left out.",
        ),
        details=details,
        first_details=FIRST,
        more=f"{len(details) - FIRST} more actions" if len(details) > FIRST else "",
    )


def _count(number: int) -> str:
    return {1: "One", 2: "Two", 3: "Three"}[number]


def _needs(profile: Profile, guidance: Guidance, library: Library) -> Iterator[_Need]:
    for result in profile.gates.values():
        if result.gate.every_offer and not result.met and result.answered:
            practices = tuple(leaf.practice for leaf in result.gate.needs.leaves() if leaf.practice)
            scores = [leaf.score for leaf in result.gate.needs.leaves() if leaf.score]
            dimension = _weakest(scores, profile, library)
            because = f"Every offer needs this: {lower(result.gate.title)}."
            yield _Need(because, practices, dimension)
    for result, needed in coming(profile)[:1]:
        for fix in needed:
            yield _need_of_fix(fix, result.offer.title, profile, library)
    yield from _weak(profile, library)


def _need_of_fix(fix: Fix, offer: str, profile: Profile, library: Library) -> _Need:
    because = f"It opens the nearest next offer: {lower(offer)}."
    if fix.kind == "raise":
        return _Need(because, (fix.id,), library.items[fix.id].dimension or "")
    if fix.kind == "lift":
        return _Need(because, (), _weakest([fix.id], profile, library))
    return _Need(because)


def _weakest(names: Iterable[str], profile: Profile, library: Library) -> str:
    """The weakest dimension among some dimensions and domains; empty where none is known."""
    found = [
        dimension.id
        for dimension in library.dimensions.values()
        if dimension.id in names or dimension.domain in names
    ]
    scored = [
        (score, name)
        for name in found
        if (result := profile.dimensions.get(name)) and (score := result.score) is not None
    ]
    return min(scored)[1] if scored else ""


def _weak(profile: Profile, library: Library) -> Iterator[_Need]:
    """Dimensions below "nearly ready": those of the domains that hold the overall band down, the
    weakest first; then the others, critical ones first."""
    limiting = profile.readiness.limited_by
    weak = []
    for result in profile.dimensions.values():
        if result.score is None or result.score >= WEAK:
            continue
        dimension = library.dimensions[result.id]
        holds = dimension.domain in limiting
        weak.append(((not holds, not holds and not dimension.critical, result.score), result.id))
    for (apart, _, score), name in sorted(weak):
        dimension = library.dimensions[name]
        because = f"{dimension.title} is at {score} of 100"
        if not apart:
            domain = lower(library.domains[dimension.domain].title)
            because += f" and part of what holds the overall band down: {domain}"
        elif dimension.critical:
            because += ", and critical in its domain"
        yield _Need(f"{because}.", (), name)


def _action_for(
    need: _Need,
    profile: Profile,
    guidance: Guidance,
    taken: Iterable[str],
) -> Action | None:
    """The least effort among actions that move what is needed and is not in place yet."""
    practices = profile.evidence.practices

    def open_(name: str) -> bool:
        known = practices.get(name)
        return known is None or known.score < IN_PLACE

    def lowest(action: Action) -> float:
        """The points of the weakest practice that an action moves."""
        known = [practices[name].score for name in action.practices if name in practices]
        return min(known, default=IN_PLACE)

    wanted = {name for name in need.practices if open_(name)}
    free = [action for action in guidance.actions.values() if action.id not in set(taken)]
    moves = [action for action in free if wanted & set(action.practices)]
    if not moves:
        moves = [
            action
            for action in free
            if action.dimension == need.dimension
            and (not action.practices or any(open_(name) for name in action.practices))
        ]
    return min(
        moves, key=lambda a: (-len(wanted & set(a.practices)), lowest(a), a.effort), default=None
    )


def _detail(action: Action, because: str, library: Library) -> Detail:
    dimension = library.dimensions[action.dimension]
    judged = ("Our judgement in part: the reason says which.",) if action.judgement else ()
    return Detail(
        action.title,
        (
            f"Who: {action.who}",
            f"Takes {EFFORTS[action.effort]}",
            f"Moves: {lower(dimension.title)}" + (" (critical)" if dimension.critical else ""),
        ),
        (because, action.how, action.reason, *judged),
        sources=cite(action.source, library),
    )
