"""What to do next, and who: actions for unmet gates, for the next offers, for what is weak.

A practice that is missing is answered by the one action that brings that very practice. Beside the
few that come first stands the whole list, by domain, to tick off.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from assessment.report.basics import any_figure, missing_gates, too_early
from assessment.report.blocks.first_steps import TOGETHER, WHO, missing
from assessment.report.blocks.next_steps import coming
from assessment.report.model import Block, Detail, Point
from assessment.report.tables import Cell, Column, Row, Table, columns, table
from assessment.report.terms import EFFORTS, cite, wording
from questionnaires.library import Library
from questionnaires.phrases import lower, number, upper
from scoring.measures.ladder import IN_PLACE
from scoring.profile import Profile
from scoring.recommendation.fixes import Fix
from scoring.rules.conditions import Evidence, leaf_holds
from scoring.rules.model import Action, Condition, Gate, Offer, Resource
from scoring.rules.rulebook import Guidance
from scoring.thresholds import thresholds

QUESTION = "What do we do first, and who?"
#: How many actions are told in all, and how many stand in view.
MOST, FIRST = 9, 3
#: The actions that would help and whose practices are not all in place, by the title of a domain.
ByDomain = Sequence[tuple[str, Sequence[Action]]]


@dataclass(frozen=True)
class _Need:
    """Something to work on, and why: a practice, or a dimension."""

    because: str
    practice: str = ""
    dimension: str = ""


def actions(profile: Profile, guidance: Guidance) -> Block | None:
    """The first three actions, then more; one for each need.

    Before there is any score: who to ask and what to answer first.
    """
    gather = tuple(missing(profile))
    if not any_figure(profile):
        return Block(
            "actions",
            QUESTION,
            "First gather answers, then look at what they say",
            how=(
                "There is no score yet. What to work on is named as soon as there are figures that "
                "it can rest on.",
            ),
            details=gather,
            first_details=len(gather),
        )
    details = list(gather)
    chosen: set[str] = set()
    for need in _needs(profile, guidance):
        if len(details) >= MOST:
            break
        if isinstance(need, Detail):
            if need.title not in chosen:
                chosen.add(need.title)
                details.append(need)
            continue
        action = _action_for(need, profile, guidance, chosen)
        if action is not None:
            chosen.add(action.id)
            moved = need.dimension or action.dimension
            details.append(_detail(action, need.because, moved, guidance, profile))
    if not details:
        return None
    first = len(details[:FIRST])
    finding = (
        f"First: {lower(details[0].title)}"
        if first == 1
        else f"{upper(number(first))} things to do first"
    )
    if too_early(profile) and gather:
        # What is weak may look otherwise once that is answered.
        first, finding = len(gather), "First gather what is missing"
    rest = len(details) - first
    return Block(
        "actions",
        QUESTION,
        finding,
        how=(
            "The order: first what every offer needs and is not met; then what has to be put right "
            "where peer work runs already; then what opens the nearest next offer; then what holds "
            "the overall band down, the lowest first; then other weak dimensions, critical ones "
            "first. Critical is what nothing else in its domain makes up for. What is missing is "
            "answered by the action that brings that very thing; a weak dimension by the action "
            "that brings its weakest practice, with the least effort, and last by what only other "
            "kinds of peer work ask for. What is in place is left out.",
        ),
        details=tuple(details),
        first_details=first,
        more="" if rest < 1 else "One more action" if rest == 1 else f"{rest} more actions",
    )


ACTIONS = (
    Column("No.", "whole"),
    *columns("What", "Why now", "How", "Who, as advised", "It takes"),
    *columns("Who, here", "By when", "To read or use", "Source"),
)


def actions_table(block: Block | None, library: Library) -> Table:
    """The actions with room for the organisation's own names and dates."""
    rows: list[tuple[Cell, ...]] = []
    for place, detail in enumerate(block.details if block else (), 1):
        action = detail.action
        if action is None:  # to decide or to find out: the report's own, not one of the guidance
            how = "\n".join(detail.texts[1:])
            rest: tuple[Cell, ...] = (how, detail.who, *(None,) * 5)
        else:
            rest = (
                f"{action.how}\n{action.reason}",
                who(action, "\n"),
                EFFORTS[action.effort],
                *(None, None),
                "\n".join(point.text for point in detail.points),
                cite(action.source, library),
            )
        rows.append((place, detail.title, detail.texts[0], *rest))
    return table("actions", ACTIONS, rows)


def listed_by_domain(profile: Profile, guidance: Guidance) -> ByDomain:
    """Everything that would help and is not in place yet; nothing while there is no figure."""
    if not any_figure(profile):
        return ()
    library = profile.evidence.library
    far = _far_off(profile, guidance)
    dimensions = list(library.dimensions)
    helping = sorted(
        (
            action
            for action in guidance.actions.values()
            if action.dimension in dimensions and _moves(action, profile.evidence, _open)
        ),
        key=lambda a: (_only(a.brings, far), not a.brings, a.effort, dimensions.index(a.dimension)),
    )
    found = [
        (domain.title, [a for a in helping if library.dimensions[a.dimension].domain == domain.id])
        for domain in library.domains.values()
    ]
    return tuple(entry for entry in found if entry[1])


LIST = ("Done", "What", "Who, as advised", "It takes", "Who, here", "By when")


def list_to_tick(listed: ByDomain) -> Table:
    """The same as a list to tick off."""
    rows: list[Row] = []
    for domain, helping in listed:
        rows.append(Row((None, domain, None, None, None, None), strong=True))
        rows += [
            Row(("☐", action.title, who(action, "\n"), EFFORTS[action.effort], None, None))
            for action in helping
        ]
    return table("all_actions", LIST, rows)


def all_actions(listed: ByDomain) -> Block | None:
    """Everything that would help and is not in place yet, by domain, as a list to tick off."""
    if not listed:
        return None
    total = sum(len(helping) for _, helping in listed)
    return Block(
        "all_actions",
        "What else would help?",
        f"All that would help, by domain: {total} things to tick off",
        how=(
            "Every action whose practices are not all known to be in place. In each domain those "
            "that bring something into place come first, the least effort first; then those that "
            "help it along; last what only other kinds of peer work ask for. Nobody does all of "
            "it: what does not fit your kind of peer work stays unticked.",
        ),
        details=tuple(
            Detail(
                f"{domain}: {len(helping)}",
                points=tuple(
                    Point(f"☐ {action.title}. Who: {who(action)}. Takes {EFFORTS[action.effort]}")
                    for action in helping
                ),
            )
            for domain, helping in listed
        ),
        first_details=0,
        more="Show the list, domain by domain",
    )


def _needs(profile: Profile, guidance: Guidance) -> Iterator[_Need | Detail]:
    """What to work on, in its order; where no action brings it, what to decide or to find out."""
    library = profile.evidence.library
    for result in profile.gates.values():
        if result.gate.every_offer and not result.met and result.answered:
            but = " but advice" if result.gate.except_role_levels else ""
            because = f"Every offer{but} needs this: {lower(result.gate.title)}."
            for practice in practices_to_raise(result.gate, profile, guidance):
                yield _Need(because, practice)
            scores = [leaf.score for leaf in result.gate.needs.leaves() if leaf.score]
            if scores:
                yield _Need(because, dimension=_weakest(scores, profile, library))
    yield from _repairs(profile, guidance)
    for result, needed in coming(profile)[:1]:
        because = f"It opens the nearest next offer: {lower(result.offer.title)}."
        for fix in sorted(needed, key=lambda fix: (fix.effort, fix.id)):
            yield _need_of_fix(fix, because, result.offer, guidance, profile)
    yield from _weak(profile, library)


def _repairs(profile: Profile, guidance: Guidance) -> Iterator[_Need | Detail]:
    """What runs already and lacks: for each gate the practices that bring it, or what to decide."""
    for result in profile.recommendation.running:
        because = f"It runs already and needs this: {lower(result.offer.title)}."
        for name in missing_gates(result):
            gate = guidance.gates[name]
            if gate.every_offer:
                continue
            practices = practices_to_raise(gate, profile, guidance)
            for practice in practices:
                yield _Need(because, practice)
            if not practices:
                yield _to_decide(gate, because, profile)


def practices_to_raise(gate: Gate, profile: Profile, guidance: Guidance) -> list[str]:
    """The practices that must rise for a gate to be met.

    What nobody has answered is not absent: it waits for its answer.
    """
    raising = _raising(gate.needs, profile.evidence, guidance)
    return [practice for practice in raising if practice in profile.evidence.practices]


def _raising(needs: Condition, evidence: Evidence, guidance: Guidance) -> tuple[str, ...]:
    """The practices that must rise for a condition to hold; of alternatives the least effort."""
    if needs.all is not None:
        found = [_raising(part, evidence, guidance) for part in needs.all]
        return tuple(dict.fromkeys(practice for part in found for practice in part))
    if needs.any is not None:
        if any(not _unmet(part, evidence) for part in needs.any):
            return ()
        alternatives = [_raising(part, evidence, guidance) for part in needs.any]
        return min(
            (alternative for alternative in alternatives if alternative),
            key=lambda way: sum(guidance.effort_of(practice) or 0 for practice in way),
            default=(),
        )
    return (needs.practice,) if needs.practice and _unmet(needs, evidence) else ()


def _unmet(condition: Condition, evidence: Evidence) -> bool:
    return not all(leaf_holds(leaf, evidence, cautious=False) for leaf in condition.leaves())


def _need_of_fix(
    fix: Fix, because: str, offer: Offer, guidance: Guidance, profile: Profile
) -> _Need | Detail:
    library = profile.evidence.library
    if fix.kind == "raise":
        if fix.id not in profile.evidence.practices:
            return _to_answer(fix.id, because, library)
        return _Need(because, fix.id)
    if fix.kind == "lift":
        return _Need(because, dimension=_weakest([fix.id], profile, library))
    for gate in guidance.gates_of(offer):
        if any(leaf.fact == fix.id for leaf in gate.needs.leaves()):
            return _to_decide(gate, because, profile)
    return _Need(because)


def _to_decide(gate: Gate, because: str, profile: Profile) -> Detail:
    """What no action brings: it is for the working group to settle."""
    texts = (because, gate.to_meet, gate.reason)
    sources = cite(gate.source, profile.evidence.library)
    return Detail(gate.title, TOGETHER, texts, sources=sources, who=WHO)


def _to_answer(practice: str, because: str, library: Library) -> Detail:
    """What nobody has answered is not absent: first find out."""
    texts = (because, "Nobody has answered this yet. It may be in place already.")
    title = f"Find out whether this is in place: {lower(wording(library.items[practice]))}"
    return Detail(title, TOGETHER, texts, who=WHO)


def _weakest(names: Collection[str], profile: Profile, library: Library) -> str:
    """The weakest dimension among some dimensions and domains; empty where none is known."""
    scored = [
        (result.score, name)
        for name, result in profile.dimensions.items()
        if result.score is not None and (name in names or library.dimensions[name].domain in names)
    ]
    return min(scored)[1] if scored else ""


def _weak(profile: Profile, library: Library) -> Iterator[_Need]:
    """Dimensions below "nearly ready": those of the domains that hold the overall band down, the
    weakest first; then the others, critical ones first."""
    limiting = profile.readiness.limited_by
    weak = []
    for result in profile.dimensions.values():
        if result.score is None or result.score >= thresholds().nearly_ready_from:
            continue
        dimension = library.dimensions[result.id]
        holds = dimension.domain in limiting
        weak.append(((not holds, not holds and not dimension.critical, result.score), result.id))
    for (separate, _, score), name in sorted(weak):
        dimension = library.dimensions[name]
        because = f"{dimension.title} is at {score} of 100"
        if not separate:
            domain = lower(library.domains[dimension.domain].title)
            because += f" and part of what holds the overall band down: {domain}"
        elif dimension.critical:
            because += ", and critical in its domain"
        yield _Need(f"{because}.", dimension=name)


def _open(practice: str, evidence: Evidence) -> bool:
    """Whether a practice is not known to be in place."""
    known = evidence.practices.get(practice)
    return known is None or known.score < IN_PLACE


def _weak_here(practice: str, evidence: Evidence) -> bool:
    """The same, where facts do not say that it does not apply."""
    known = evidence.practices.get(practice)
    return _open(practice, evidence) and (known is None or not known.skipped)


def _moves(action: Action, evidence: Evidence, which: Callable[[str, Evidence], bool]) -> bool:
    """Whether an action brings, or else helps, a practice of some kind; or is tied to none."""
    moves = action.brings or action.helps
    return not moves or any(which(practice, evidence) for practice in moves)


def _unanswered(action: Action, evidence: Evidence) -> bool:
    """Whether an action moves only what nobody has answered."""
    moves = action.brings or action.helps
    return bool(moves) and not any(name in evidence.practices for name in moves)


def _action_for(
    need: _Need, profile: Profile, guidance: Guidance, used: Collection[str]
) -> Action | None:
    """The action that brings the very practice; for a dimension, that of its weakest practice."""
    if need.practice:
        brings = guidance.action_that_brings(need.practice)
        return brings if brings is not None and brings.id not in used else None
    evidence = profile.evidence
    items = evidence.library.items

    def weakest(action: Action) -> float:
        """The points of the weakest practice that it brings, those of the dimension first."""
        own = [name for name in action.brings if items[name].dimension == need.dimension]
        known = [
            practice.score
            for name in own or action.brings
            if (practice := evidence.practices.get(name)) is not None and not practice.skipped
        ]
        return min(known, default=IN_PLACE)

    # Where the working group has answered, the number does not come from what it left open.
    found = profile.dimensions.get(need.dimension)
    agreed = found is not None and found.basis == "agreed"
    moves = [
        action
        for action in guidance.actions.values()
        if action.id not in used
        and _moves(action, evidence, _weak_here)
        and not (agreed and _unanswered(action, evidence))
        and (
            action.dimension == need.dimension
            or any(
                items[name].dimension == need.dimension and _weak_here(name, evidence)
                for name in action.brings
            )
        )
    ]
    far = _far_off(profile, guidance)
    return min(
        moves,
        key=lambda a: (_only(a.brings, far), weakest(a), not a.brings, a.effort),
        default=None,
    )


def _far_off(profile: Profile, guidance: Guidance) -> frozenset[str]:
    """Practices that no offer asks for but some that neither start nor come next."""
    near = {profile.recommendation.start.offer.id, *(r.offer.id for r, _ in coming(profile))}
    asked: dict[bool, set[str]] = {True: set(), False: set()}
    for offer in guidance.starts:
        for gate in guidance.gates_of(offer):
            for leaf in gate.needs.leaves():
                if leaf.practice:
                    asked[gate.every_offer or offer.id in near].add(leaf.practice)
    return frozenset(asked[False] - asked[True])


def _only(practices: Collection[str], among: Collection[str]) -> bool:
    """Whether there are practices, and all of them are among these."""
    return bool(practices) and all(practice in among for practice in practices)


def who(action: Action, between: str = "; ") -> str:
    """Who does it; and, where a small service has no such person, who else."""
    return between.join(filter(None, (action.who, action.who_else)))


def _detail(
    action: Action, because: str, moves: str, guidance: Guidance, profile: Profile
) -> Detail:
    library = profile.evidence.library
    dimension = library.dimensions[moves]
    judged = ("Our judgement in part: the reason says which.",) if action.judgement else ()
    named = [guidance.resources[name] for name in action.resources]
    return Detail(
        action.title,
        (
            f"Who: {who(action)}",
            f"Takes {EFFORTS[action.effort]}",
            f"Moves: {lower(dimension.title)}" + (" (critical)" if dimension.critical else ""),
        ),
        (because, action.how, action.reason, *judged, *(("To read or use:",) if named else ())),
        points=tuple(_resource(resource, library) for resource in named),
        sources=cite(action.source, library),
        action=action,
        who=who(action),
    )


def _resource(resource: Resource, library: Library) -> Point:
    return Point(
        f"{resource.title} ({resource.made_by}). {resource.good_for} Where: {resource.find}",
        sources=cite(resource.source, library),
    )
