"""A group under the minimum, named where its number is typed: what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from assessment.screens.shared import fields, markup
from assessment.screens.shared.buttons import text_button
from assessment.services.rounds.small_groups import PlannedGroup, combined, partners
from questionnaires import numbers
from questionnaires.problems import Problem
from questionnaires.reference_data import GROUP_SIDES, GROUP_TITLES
from scoring.answers.context import LEAST_MINIMUM
from scoring.thresholds import thresholds

HINT = Markup('<p class="pw-hint pw-under">{}</p>')


def planned(names: Sequence[str]) -> list[PlannedGroup]:
    """The groups that stand in the fields with a side and a number of people.

    Args:
        names: of the groups in the fields: built-in ones by their ids, own ones by a number.
    """
    found = []
    for name in names:
        built_in = name in GROUP_SIDES
        asked_like = name if built_in else fields.typed_value(f"asked_like-{name}")
        title = GROUP_TITLES[name] if built_in else fields.typed_value(f"own_title-{name}")
        count = _typed_number(f"head_count-{name}")
        if asked_like in GROUP_SIDES and title and title.strip() and count:
            found.append(PlannedGroup(name, title.strip(), asked_like, count))
    return found


def _typed_number(name: str) -> int:
    """A whole number in a field; 0 where there is none."""
    typed = str(fields.typed_value(name) or "").strip()
    read = numbers.read(typed, numbers.Limits(whole=True)) if typed else None
    return 0 if read is None or isinstance(read, Problem) else max(0, int(read))


def offers(name: str, names: Sequence[str]) -> None:
    """What can be done where a group has too few people to be shown."""
    least = max(LEAST_MINIMUM, _typed_number("minimum_group_size"))
    if not fields.typed_value("minimum_group_size"):
        least = thresholds().minimum_group_size
    groups = planned(names)
    group = next((one for one in groups if one.name == name), None)
    if group is None or group.head_count >= least:
        return
    with st.container(key=f"small-{name}"):
        st.html(
            markup.notice(
                f"That is fewer than {least}. Alone this group will show no numbers, so that "
                "nobody can tell who said what. You can do one of these, or leave it: then its "
                "answers count for no figure of its own."
            )
        )
        for other in partners(group, groups):
            both = combined(group, other)
            text_button(
                f"Ask {group.title} together with {other.title}",
                f"combine-{name}-{other.name}",
                _combine,
                group,
                other,
            )
            likes = GROUP_TITLES[both.asked_like].lower()
            st.html(
                HINT.format(
                    f"One group of {both.head_count}, called “{both.title}”. They are asked what "
                    f"{likes} are asked. You can change the name."
                )
            )
        fields.tick(f"statement-{name}", f"Ask {group.title} for a written statement instead")
        st.html(
            HINT.format(
                "Somebody sits down with them and writes what they want to say, in their words. It "
                "stands in the report instead of numbers."
            )
        )


def _combine(group: PlannedGroup, other: PlannedGroup) -> None:
    """Put one group in the place of two. For the callback of a button."""
    both = combined(group, other)
    own: list[int] = fields.typed_value("own") or []
    fresh: int = max(own, default=0) + 1
    for gone in (group, other):
        if gone.name in GROUP_SIDES:
            fields.put(f"asks-{gone.name}", False)
        else:
            own = [number for number in own if str(number) != gone.name]
    fields.put("own", [*own, fresh])
    fields.put(f"own_title-{fresh}", both.title)
    fields.put(f"asked_like-{fresh}", both.asked_like)
    fields.put(f"head_count-{fresh}", str(both.head_count))
