"""The conversation sheet as it is read on a screen."""

from __future__ import annotations

from html import escape

from assessment.services.content.conversation import Conversation, Practice, Situations
from questionnaires.conversation import Line, Part, Room
from questionnaires.phrases import lower


def head(talk: Conversation, organisation: str) -> str:
    """The title, what the sheet is, and whose it is."""
    whose = f'<p class="pw-name">{escape(organisation)}</p>' if organisation else ""
    return (
        f'{whose}<h1 class="pw-title">{escape(talk.sheet.title)}</h1>'
        f'<p class="pw-lead">{escape(talk.sheet.lead)}</p>'
    )


def opening(talk: Conversation, help_contact: str) -> str:
    """What the sheet is for, who sees what, and that nothing depends on it."""
    lines = "".join(f"<li>{_line(line)}</li>" for line in talk.sheet.opening)
    return f'<ul class="pw-promises">{lines}</ul>{_help(help_contact)}'


def _help(contact: str) -> str:
    if not contact:
        return ""
    return f'<p class="pw-help"><strong>If you need help now:</strong> {escape(contact)}</p>'


def _line(line: Line) -> str:
    title = f"<strong>{escape(line.title)}.</strong> " if line.title else ""
    return title + escape(line.text)


def practices(talk: Conversation) -> str:
    """The practices, each with its steps from the least to the most."""
    entries = "".join(_practice(practice) for practice in talk.practices)
    return f'{part(talk.sheet.practices)}<ol class="pw-talk-list">{entries}</ol>'


def _practice(practice: Practice) -> str:
    steps = "".join(f"<li>{escape(step)}</li>" for step in practice.steps)
    return (
        f'<li><p class="pw-talk-ask">{escape(practice.text)}</p>'
        f'<ul class="pw-talk-steps">{steps}</ul></li>'
    )


def boundaries(talk: Conversation) -> str:
    """The situations, and the two questions that are asked of each."""
    boundaries_text = talk.sheet.boundaries
    answers = " · ".join(option.label for option in boundaries_text.answers)
    rules = " · ".join(lower(label) for label in talk.rule_answers)
    asked = (
        '<dl class="pw-talk-asked">'
        f"<div><dt>{escape(boundaries_text.mine)}:</dt><dd>{escape(answers)}</dd></div>"
        f"<div><dt>{escape(boundaries_text.rule)}:</dt><dd>{escape(rules)}</dd></div></dl>"
        f'<p class="pw-text">{escape(boundaries_text.notes)}</p>'
    )
    groups = "".join(_situations(group, boundaries_text.rule_only) for group in talk.situations)
    return part(boundaries_text) + asked + groups + _fixed(talk)


def _situations(group: Situations, rule_only: str) -> str:
    entries = "".join(
        f"<li>{escape(entry.text)}{'' if entry.mine else f' ({escape(rule_only)})'}</li>"
        for entry in group.entries
    )
    title = f'<h3 class="pw-step">{escape(group.title)}</h3>'
    return f'{title}<ul class="pw-talk-situations">{entries}</ul>'


def _fixed(talk: Conversation) -> str:
    if not talk.fixed:
        return ""
    boundaries_text = talk.sheet.boundaries
    rules = "".join(
        f"<li><strong>{escape(text)}</strong> {escape(more)}</li>" for text, more in talk.fixed
    )
    return (
        f'<h3 class="pw-step">{escape(boundaries_text.fixed_title)}</h3>'
        f'<p class="pw-text">{escape(boundaries_text.fixed_intro)}</p>'
        f'<ul class="pw-talk-situations">{rules}</ul>'
    )


def questions(talk: Conversation) -> str:
    return _rooms(talk.sheet.questions, talk.sheet.questions.entries)


def closing(talk: Conversation) -> str:
    return _rooms(talk.sheet.closing, talk.sheet.closing.entries)


def _rooms(section: Part, rooms: tuple[Room, ...]) -> str:
    entries = "".join(_room(room) for room in rooms)
    return f'{part(section)}<ul class="pw-talk-situations">{entries}</ul>'


def _room(room: Room) -> str:
    answers = " · ".join(option.label for option in room.answers)
    more = f" {escape(answers)}" if answers else ""
    return f"<li><strong>{escape(room.text)}</strong>{more}</li>"


def how(talk: Conversation) -> str:
    """What to do with the sheet here: there is nothing to fill in."""
    return f'<p class="pw-text">{escape(talk.sheet.how)}</p>'


def hosts(talk: Conversation) -> str:
    """What those who offer the talk read."""
    entries = "".join(f"<li>{_line(line)}</li>" for line in talk.sheet.hosts.entries)
    return f'<ul class="pw-talk-situations">{entries}</ul>'


def part(section: Part) -> str:
    """The heading of a part, and what is said at its beginning."""
    intro = f'<p class="pw-text">{escape(section.intro)}</p>' if section.intro else ""
    return f'<h2 class="pw-finding">{escape(section.title)}</h2>{intro}'
