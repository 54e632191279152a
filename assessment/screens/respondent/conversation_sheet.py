"""The conversation sheet: as it is read on a screen, and as the front and back of one sheet."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from assessment.screens.shared.templates import render
from assessment.services.content.conversation import Conversation, Situations
from questionnaires.phrases import lower

#: What stands over the boxes of an answer, the most open one first.
SIGNS = ("✓", "~", "✗", "–")


def on_screen(
    talk: Conversation, organisation: str, help_contact: str, back: str, label: str
) -> Markup:
    """The whole sheet to be read; there is nothing to fill in.

    Args:
        back: the address of the screen that it was opened from.
        label: what the link to it says.
    """
    return _sheet("screen", talk, organisation, help_contact, back=back, label=label)


def on_paper(talk: Conversation, organisation: str, help_contact: str) -> Markup:
    """The whole sheet, black on white; it is seen on paper only."""
    return _sheet("paper", talk, organisation, help_contact, columns=_columns(talk.situations))


def _sheet(
    form: str, talk: Conversation, organisation: str, help_contact: str, **more: object
) -> Markup:
    return render(
        f"conversation_{form}.html",
        talk=talk,
        sheet=talk.sheet,
        organisation=organisation,
        help_contact=help_contact,
        mine=_signed([option.label for option in talk.sheet.boundaries.answers]),
        rule=_signed(talk.rule_answers),
        **more,
    )


def _columns(groups: Sequence[Situations]) -> list[list[Situations]]:
    """Two columns of about the same height, each in the order in which its groups are asked."""
    columns: list[list[Situations]] = [[], []]
    for group in sorted(groups, key=_height, reverse=True):
        heights = [sum(map(_height, column)) for column in columns]
        columns[heights[1] < heights[0]].append(group)
    ordered = [sorted(column, key=groups.index) for column in columns if column]
    return sorted(ordered, key=lambda column: groups.index(column[0]))


def _height(group: Situations) -> float:
    """About how high a group stands on paper, in lines: about thirty signs go into one."""
    return 2 + sum(-(-len(entry.text) // 30) + 0.4 for entry in group.entries)


def _signed(labels: Sequence[str]) -> list[tuple[str, str]]:
    """Each label with its sign."""
    return [(SIGNS[number], lower(label)) for number, label in enumerate(labels)]
