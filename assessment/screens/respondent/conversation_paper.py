"""The conversation sheet on paper: the front and back of one sheet, black on white."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from assessment.services.content.conversation import Conversation, Practice, Situations
from questionnaires.conversation import Part, Room
from questionnaires.phrases import lower

BUTTONS = (
    '<p class="pw-buttons"><button type="button" class="pw-button" data-print-sheet="plain">'
    'Print the sheet</button><button type="button" class="pw-button pw-quiet" '
    'data-print-sheet="large">Print it in large type</button></p>'
)
#: What stands over the boxes of an answer, the most open one first.
SIGNS = ("✓", "~", "✗", "–")
BOX = '<span class="pw-box" aria-hidden="true"></span>'


def paper(talk: Conversation, organisation: str, help_contact: str) -> str:
    """The whole sheet; it is seen on paper only."""
    sheet = talk.sheet
    whose = f"<span>{escape(organisation)}</span>" if organisation else ""
    lines = "".join(
        f"<li><strong>{escape(line.title or '')}.</strong> {escape(line.text)}</li>"
        for line in sheet.opening
    )
    if help_contact:
        lines += f"<li><strong>If you need help now:</strong> {escape(help_contact)}</li>"
    practices = "".join(_practice(practice) for practice in talk.practices)
    return (
        '<div class="pw-talk"><div class="pw-talk-front">'
        f'<p class="pw-talk-title"><strong>{escape(sheet.title)}</strong>{whose}</p>'
        f'<p>{escape(sheet.lead)}</p><ul class="pw-talk-two">{lines}</ul>'
        f'{_part(sheet.practices)}<div class="pw-talk-two">{practices}</div>'
        f'</div><div class="pw-talk-back">{_boundaries(talk)}{_rooms(sheet.questions.entries)}'
        f"{_part(sheet.closing)}{_rooms(sheet.closing.entries)}</div></div>"
    )


def _part(section: Part) -> str:
    return _titled(section.title, section.intro or "")


def _titled(title: str, more: str) -> str:
    text = f" <span>{escape(more)}</span>" if more else ""
    return f'<p class="pw-talk-part"><strong>{escape(title)}</strong>{text}</p>'


def _practice(practice: Practice) -> str:
    return (
        f'<div class="pw-talk-count"><p>{escape(practice.text)}</p>{_ticks(practice.steps)}</div>'
    )


def _ticks(labels: Iterable[str]) -> str:
    entries = "".join(f"<li>{BOX}<span>{escape(label)}</span></li>" for label in labels)
    return f'<ul class="pw-talk-ticks">{entries}</ul>'


def _boundaries(talk: Conversation) -> str:
    """Each group of situations as a table. Its columns have signs for heads, which stand in words
    above them all."""
    boundaries_text = talk.sheet.boundaries
    mine = [option.label for option in boundaries_text.answers]
    legend = "".join(
        f"<li>{escape(title)}: "
        + ", ".join(f"<strong>{sign}</strong> {escape(word)}" for sign, word in _signed(labels))
        + "</li>"
        for title, labels in (
            (boundaries_text.mine, mine),
            (boundaries_text.rule, talk.rule_answers),
        )
    )
    heads = (
        _heads(boundaries_text.mine_short, mine),
        _heads(boundaries_text.rule_short, talk.rule_answers),
    )
    columns = "".join(
        f"<div>{''.join(_table(group, len(mine), heads, talk) for group in column)}</div>"
        for column in _columns(talk.situations)
    )
    fixed = "".join(
        f"<li><strong>{escape(text)}</strong> {escape(more)}</li>" for text, more in talk.fixed
    )
    title = _titled(boundaries_text.fixed_title, boundaries_text.fixed_intro)
    rules = f'{title}<ul class="pw-talk-fixed">{fixed}</ul>' if fixed else ""
    return (
        f'{_part(boundaries_text)}<ul class="pw-talk-legend">{legend}</ul>'
        f'<div class="pw-talk-columns">{columns}</div>{_written(boundaries_text.notes, 1)}' + rules
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


def _heads(title: str, labels: Sequence[str]) -> str:
    signs = "".join(f"<b>{sign}</b>" for sign, _ in _signed(labels))
    return f"<span>{escape(title)}<i>{signs}</i></span>"


def _table(group: Situations, mine: int, heads: tuple[str, str], talk: Conversation) -> str:
    rows = "".join(
        f"<li><span>{escape(entry.text)}</span>"
        f"<i>{BOX * mine if entry.mine else ''}</i><i>{BOX * len(talk.rule_answers)}</i></li>"
        for entry in group.entries
    )
    return (
        f'<ul class="pw-talk-table"><li><strong>{escape(group.title)}</strong>{"".join(heads)}</li>'
        f"{rows}</ul>"
    )


def _rooms(rooms: Iterable[Room]) -> str:
    return "".join(_room(room) for room in rooms)


def _room(room: Room) -> str:
    if not room.answers:
        return _written(room.text, room.lines)
    labels = (option.label for option in room.answers)
    return f'<div class="pw-talk-room pw-talk-row"><p>{escape(room.text)}</p>{_ticks(labels)}</div>'


def _written(text: str, lines: int) -> str:
    """A question with lines to write on, the first of them beside it."""
    more = '<div class="pw-talk-line"></div>' * (lines - 1)
    return (
        f'<div class="pw-talk-room"><p>{escape(text)}<span class="pw-talk-line"></span></p>{more}'
        "</div>"
    )
