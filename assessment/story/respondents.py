"""Who answered: counts that may be told, the rate, the day, and whose view is not to be seen."""

from __future__ import annotations

from assessment.story.model import Block, Table
from assessment.story.round import Round
from assessment.story.words import day, number
from questionnaires.model import GROUP_SIDES
from scoring.profile import Profile

#: Whose view no start can do without.
SERVICE_USERS = "service_user"


def countable(profile: Profile) -> dict[str, int]:
    """Replies by group, without groups that are so few that a count could name a person."""
    return {
        group: count
        for group, count in profile.respondents.items()
        if profile.context.eligible.get(group, profile.shown.minimum) >= profile.shown.minimum
    }


def meta(profile: Profile, about: Round) -> str:
    """Who answered, at what rate, until when; without a full stop at the end."""
    counts = countable(profile)
    answered = sum(counts.values())
    heads = [profile.context.eligible.get(group) for group in (*counts, *_silent(profile))]
    known = sum(count for count in heads if count is not None)
    people = "1 person" if answered == 1 else f"{answered} people"
    nobody = "Too few to be counted" if profile.shown.hidden else "Nobody has answered yet"
    said = f"{people} answered" if answered else nobody
    if counts and None not in heads and known >= answered:
        said = f"{answered} of {known} people answered ({answered / known:.0%})"
    last = profile.context.closes_on
    if last is None:
        return said
    if about.closed is False:
        return f"{said} so far, open until {day(last)}"
    return f"{said}, until {day(last)}" if answered else f"{said}. Last day: {day(last)}"


def _silent(profile: Profile) -> list[str]:
    """Groups that were asked and of which nobody answered, but for those too small to say."""
    asked = profile.context.eligible.items()
    return [
        group
        for group, heads in asked
        if heads >= profile.shown.minimum and group not in profile.respondents
    ]


def not_shown(profile: Profile, about: Round) -> str:
    """Why the view of service users cannot be shown, truly; empty where it is shown."""
    if any(member.id == SERVICE_USERS for g in profile.shown.groups for member in g.members):
        return ""
    heads = profile.context.eligible
    least = number(profile.shown.minimum)
    if heads and SERVICE_USERS not in heads and SERVICE_USERS not in profile.respondents:
        return "Service users were not asked this time"
    if heads.get(SERVICE_USERS, profile.shown.minimum) < profile.shown.minimum:
        return f"Fewer than {least} people use the service, so their answers are never shown"
    has = "answered" if about.closed else "have answered"
    if SERVICE_USERS not in profile.respondents and SERVICE_USERS not in profile.shown.hidden:
        return "No service user answered" if about.closed else "No service user has answered yet"
    return f"Fewer than {least} service users {has}, so their view cannot be shown"


def hidden(profile: Profile) -> str:
    """The groups of which some answered and nothing can be shown; empty where there are none."""
    context = profile.context
    said = [
        f"{context.title(group)}: some of you answered, too few to show."
        for group in profile.shown.hidden
    ]
    return " ".join([*said, "These answers enter no figure here."]) if said else ""


def respondents(profile: Profile, about: Round) -> Block | None:
    """Group by group how many answered, and whether that is enough to be shown."""
    context, counts = profile.context, countable(profile)
    usual = list(GROUP_SIDES)
    groups = sorted(
        {**profile.respondents, **context.eligible},
        key=lambda group: usual.index(group) if group in usual else len(usual),
    )
    if not groups:
        return None
    rows = []
    for group in groups:
        heads = context.eligible.get(group)
        said = "yes"
        if group in profile.shown.hidden:
            said = f"some answered, {profile.shown.hidden[group].reason}"
        elif group not in profile.respondents:
            said = "nobody answered" if about.closed else "nobody has answered yet"
        count = str(counts.get(group, "too few to say" if group in profile.respondents else 0))
        of = f" of {heads}" if heads and group in counts else ""
        rows.append((context.title(group), f"{count}{of}", said))
    return Block(
        "respondents",
        "Who answered?",
        meta(profile, about),
        table=Table(("Group", "Replies", "Shown"), tuple(rows)),
        note=not_shown(profile, about),
        how=(
            f"A group shows numbers from {profile.shown.minimum} replies on, so that nobody can be "
            "recognised. Replies of a smaller group are not counted here: in a group of one the "
            "count would name the person.",
        ),
    )
