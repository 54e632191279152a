"""The conversation sheet on paper: the front and back of one sheet, black on white."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from assessment.screens.shared.templates import render
from assessment.services.content.conversation import Conversation, Situations
from questionnaires.phrases import lower

BUTTONS = Markup(
    '<p class="pw-buttons"><button type="button" class="pw-button" data-print-sheet="plain">'
    'Print the sheet</button><button type="button" class="pw-button pw-quiet" '
    'data-print-sheet="large">Print it in large type</button></p>'
)
#: What stands over the boxes of an answer, the most open one first.
SIGNS = ("✓", "~", "✗", "–")


def paper(talk: Conversation, organisation: str, help_contact: str) -> Markup:
    """The whole sheet; it is seen on paper only."""
    return render(
        "conversation_paper.html",
        talk=talk,
        sheet=talk.sheet,
        organisation=organisation,
        help_contact=help_contact,
        mine=_signed([option.label for option in talk.sheet.boundaries.answers]),
        rule=_signed(talk.rule_answers),
        columns=_columns(talk.situations),
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
