"""The boundary map: what each group would have as the rule, and where they differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assessment.report.blocks.distributions import stacked_chart
from assessment.report.chart_specifications import Bar, StackedRow
from assessment.report.model import Block
from assessment.report.tables import Column, Row, columns, padded, table
from assessment.report.terms import share_in_words, share_of, wording
from assessment.report.wording.suppressed import why_suppressed
from questionnaires.library import Library
from questionnaires.phrases import listed, lower, upper
from scoring.answers.context import Context
from scoring.disclosure.groups_and_rounding import Suppressed
from scoring.measures.boundaries import BoundaryResult, OptionShares
from scoring.profile import Profile
from scoring.thresholds import thresholds

#: Situations that are drawn; all of them stand in the table.
MAX_DRAWN = 6
#: The scale of rules that are confirmed, never voted on.
CONFIRM = "boundary_confirm"
ASPECTS = {"rule": "as our rule", "mine": "for oneself"}
#: The most options that a boundary has.
MAX_OPTIONS = 3
BOUNDARIES = (
    *columns("Situation", "Asked", "Group", "First answer", "Between", "Last answer"),
    Column("Answers", "whole"),
)


def boundaries(profile: Profile, library: Library) -> Block | None:
    """The situations in which groups differ the most, and the rules to confirm in words."""
    asked = [b for b in profile.boundaries if library.items[b.item].scale != CONFIRM]
    confirm = [b for b in profile.boundaries if library.items[b.item].scale == CONFIRM]
    if not profile.boundaries:
        return None
    rules = sorted((b for b in asked if b.aspect == "rule"), key=_disagreements, reverse=True)
    drawn = tuple(_row(b, profile) for b in rules[:MAX_DRAWN])
    finding = _finding(rules, profile)
    used = tuple(
        (group.id, profile.context.title(group.id))
        for group in profile.partition.groups
        if any(group.id in rule.groups for rule in rules)
    )
    return Block(
        "boundaries",
        "Where do we draw the line?",
        finding,
        (stacked_chart(finding, drawn, used),) if drawn else (),
        table("boundaries", BOUNDARIES, _table(profile)),
        how=(
            "Each person said what the rule should be and what is all right for themselves. "
            "Shares are to the nearest tenth and therefore in words. The situations in which "
            "groups lie furthest apart come first; the table has them all.",
            "Two rules are for confirming and never put to a vote.",
        ),
        note=" ".join(_confirmed(confirm, profile)),
    )


def _shares(result: BoundaryResult) -> dict[str, OptionShares]:
    return {
        group: shares for group, shares in result.groups.items() if isinstance(shares, OptionShares)
    }


def _disagreements(result: BoundaryResult) -> float:
    """How far groups lie apart on "not OK"; within one group, how evenly it is split."""
    shares = [found.shares.get("not_ok", 0.0) for found in _shares(result).values()]
    if not shares:
        return -1.0
    return max(shares) - min(shares) + min(max(shares), 1 - min(shares)) / 100


def _row(result: BoundaryResult, profile: Profile) -> StackedRow:
    library, context = profile.evidence.library, profile.context
    options = tuple(reversed(library.options(library.items[result.item])))
    names = tuple(option.label for option in options)
    bars = []
    for group, found in result.groups.items():
        if isinstance(found, OptionShares):
            shares = tuple(found.shares.get(option.code, 0.0) for option in options)
            bars.append(Bar(group, context.title(group), names, shares, 1, n=found.n))
        else:
            bars.append(Bar(group, context.title(group), reason=why_suppressed(found)))
    return StackedRow(wording(library.items[result.item]), tuple(bars))


def _share_of(option: str, result: BoundaryResult, group: str, context: Context) -> str:
    """How many of a group chose an option, in words."""
    found = _shares(result)[group]
    return share_of(found.shares.get(option, 0.0), found.n, group, context)


def _finding(rules: list[BoundaryResult], profile: Profile) -> str:
    context = profile.context
    if not rules:
        return "Only the rules to confirm were asked"
    first = rules[0]
    shares = {group: found.shares.get("not_ok", 0.0) for group, found in _shares(first).items()}
    high, low = max(shares, key=lambda g: shares[g]), min(shares, key=lambda g: shares[g])
    what = lower(wording(profile.evidence.library.items[first.item]))
    most = _share_of("not_ok", first, high, context)
    if len(shares) == 1:
        if most.startswith(("nobody", "hardly")):
            none = "none" if most.startswith("nobody") else "hardly any"
            return f"{context.title(high)} would rule out {none} of these"
        return f"{upper(most)} say it is not OK to {what}"
    if shares[high] - shares[low] < thresholds().boundaries_differ_from:
        return "The groups would draw much the same lines"
    fewest = _share_of("not_ok", first, low, context)
    return f"{upper(most)} and {fewest} say it is not OK to {what}"


def _confirmed(confirm: Iterable[BoundaryResult], profile: Profile) -> list[str]:
    items = profile.evidence.library.items
    sentences = []
    for result in confirm:
        parts = [
            _share_of("confirmed", result, group, profile.context) for group in _shares(result)
        ]
        if parts:
            sentences.append(f"{wording(items[result.item])}: confirmed by {listed(parts)}.")
    return sentences


def _table(profile: Profile) -> Iterator[Row]:
    """Every situation as the rule and for oneself; a row of its own says what may be answered."""
    library = profile.evidence.library
    before: tuple[str, ...] = ()
    for result in profile.boundaries:
        item = library.items[result.item]
        options = library.options(item)
        labels = tuple(option.label for option in options)
        if labels != before:
            before = labels
            title = "Rules to confirm" if len(labels) < MAX_OPTIONS else "What may be, and what not"
            yield Row((title, None, None, *padded(labels, MAX_OPTIONS), None), strong=True)
        text = wording(item)
        for group, found in result.groups.items():
            start = (text, ASPECTS.get(result.aspect, "to confirm"), profile.context.title(group))
            text = ""
            if isinstance(found, Suppressed):
                yield Row((*start, found, *(None for _ in range(MAX_OPTIONS))))
                continue
            shares = [
                share_in_words(found.shares.get(option.code, 0.0), found.n) for option in options
            ]
            yield Row((*start, *padded(shares, MAX_OPTIONS), found.n))
