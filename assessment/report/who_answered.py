"""Who answered, as far as it may be seen: of which groups, and whose view cannot be shown."""

from __future__ import annotations

from assessment.report.round_details import Round
from questionnaires.phrases import number
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
