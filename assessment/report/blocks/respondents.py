"""Who answered: counts that may be told, the rate, and the day."""

from __future__ import annotations

from assessment.report.model import Block
from assessment.report.round_details import Round
from assessment.report.tables import table
from assessment.report.who_answered import few, has_answered, not_counted, not_shown_in_words
from assessment.report.wording.suppressed import why_suppressed
from questionnaires.phrases import counted, day
from questionnaires.reference_data import GROUP_SIDES
from scoring.profile import Profile


def meta(profile: Profile, round_: Round) -> str:
    """Who answered, at what rate, until when; without a full stop at the end.

    Replies of groups that are too small to be counted are left out, and so are their heads; where
    there are such groups, that is said.
    """
    answered = sum(profile.respondents.values())
    silent = [
        group
        for group in profile.context.eligible
        if not has_answered(group, profile) and group not in profile.partition.hidden
    ]
    heads = [_heads(group, profile) for group in (*profile.respondents, *silent)]
    known = sum(count for count in heads if count is not None)
    text = f"{counted(answered, 'person', 'people')} answered"
    if answered and None not in heads and known >= answered:
        text = f"{answered} of {known} people answered ({answered / known:.0%})"
    if not answered:
        text = "A few people answered" if few(profile) else "Nobody has answered yet"
    if not_counted(profile) and (answered or not few(profile)):
        text += ", not counting groups too small to be shown"
    last = profile.context.closes_on
    if last is None:
        return text
    until = round_.until or day(last)
    return f"{text}, until {until}" if answered else f"{text}. Last day: {until}"


def _heads(group: str, profile: Profile) -> int | None:
    """How many there are of a group, also of several that are shown together."""
    joint = {groups.id: groups.head_count for groups in profile.partition.groups}
    return profile.context.eligible.get(group, joint.get(group))


def respondents(profile: Profile, round_: Round) -> Block | None:
    """Group by group how many answered, and whether that is enough to be shown."""
    context = profile.context
    usual = list(GROUP_SIDES)
    groups = sorted(
        {**profile.respondents, **profile.partition.hidden, **context.eligible},
        key=lambda group: usual.index(group) if group in usual else len(usual),
    )
    if not groups:
        return None
    rows = []
    said = {one.group for one in round_.statements}
    for group in groups:
        heads, text = _heads(group, profile), "yes"
        if group in profile.partition.hidden:
            text = why_suppressed(profile.partition.hidden[group])
            if group in few(profile):
                text = f"some answered, {text}"
        elif not has_answered(group, profile):
            text = "nobody answered" if round_.closed else "nobody has answered yet"
        count = str(profile.respondents.get(group, 0))
        of = f" of {heads}" if heads else ""
        if group in profile.partition.hidden and group not in profile.respondents:
            count, of = "too few to count", ""
        if group in said:
            text += "; has a statement of its own"
        rows.append((context.title(group), f"{count}{of}", text))
    return Block(
        "respondents",
        "Who answered?",
        meta(profile, round_),
        table=table("respondents", ("Group", "Replies", "Shown"), tuple(rows)),
        note=f"{unseen}." if (unseen := not_shown_in_words(profile, round_)) else "",
        how=(
            f"A group shows numbers from {profile.partition.minimum} replies on, so that "
            "nobody can be recognised. Replies of a smaller group are not counted here: in a "
            "group of one the count would name the person.",
        ),
    )
