"""Who answered: counts that may be told, the rate, the day, and whose view is not to be seen."""

from __future__ import annotations

from assessment.report.model import Block
from assessment.report.round_details import Round
from assessment.report.tables import table
from assessment.report.wording.suppressed import why_suppressed
from questionnaires.phrases import counted, day, number
from questionnaires.reference_data import GROUP_SIDES
from scoring.profile import Profile

#: Whose view no start can do without.
SERVICE_USERS = "service_user"


def too_small(profile: Profile) -> tuple[str, ...]:
    """Groups of fewer people than the minimum that are not shown together with others: nobody may
    see whether anybody of them answered."""
    least, heads = profile.partition.minimum, profile.context.eligible
    small = (group for group in profile.partition.hidden if heads.get(group, least) < least)
    return tuple(group for group in small if group not in joined(profile))


def joined(profile: Profile) -> frozenset[str]:
    """The groups that are shown together with others, since they are too few by themselves."""
    joint = [group for group in profile.partition.groups if group.together]
    return frozenset(member.id for group in joint for member in group.members)


def few(profile: Profile) -> tuple[str, ...]:
    """Groups of which some answered, too few to show."""
    elsewhere = {*too_small(profile), *joined(profile)}
    return tuple(group for group in profile.partition.hidden if group not in elsewhere)


def not_counted(profile: Profile) -> tuple[str, ...]:
    """Groups whose replies are in no count."""
    elsewhere = {*profile.respondents, *joined(profile)}
    return tuple(group for group in profile.partition.hidden if group not in elsewhere)


def has_answered(group: str, profile: Profile) -> bool:
    """Whether anybody of a group answered, as far as that may be seen."""
    return group in profile.respondents or group in (*few(profile), *joined(profile))


def unheard(profile: Profile) -> tuple[str, ...]:
    """Groups that are large enough to be shown, and of which too few or none have answered."""
    least = profile.partition.minimum
    silent = [
        group
        for group, heads in profile.context.eligible.items()
        if heads >= least and not has_answered(group, profile)
    ]
    return (*few(profile), *silent)


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


def not_shown_in_words(profile: Profile, round_: Round) -> str:
    """Why the view of service users cannot be shown, truly; empty where it is shown."""
    if any(member.id == SERVICE_USERS for g in profile.partition.groups for member in g.members):
        return ""
    heads = profile.context.eligible
    least = number(profile.partition.minimum)
    nobody = not has_answered(SERVICE_USERS, profile)
    if SERVICE_USERS in too_small(profile):
        return f"Fewer than {least} people use the service, so their answers are never shown"
    if nobody and heads and SERVICE_USERS not in heads:
        return "Service users were not asked this time"
    has = "answered" if round_.closed else "have answered"
    if nobody:
        return "No service user answered" if round_.closed else "No service user has answered yet"
    return f"Fewer than {least} service users {has}, so their view cannot be shown"


def hidden(profile: Profile) -> str:
    """The groups of which nothing can be shown, and why; empty where there are none."""
    title = profile.context.title
    small = too_small(profile)
    parts = [f"{title(group)}: shown together with others." for group in joined(profile)]
    parts += [f"{title(group)}: some of you answered, too few to show." for group in few(profile)]
    parts += [f"{title(group)}: you are too few to be shown." for group in small]
    enters = "What you answer enters no figure here." if few(profile) or small else ""
    return " ".join([*sorted(parts), enters]).strip()


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
