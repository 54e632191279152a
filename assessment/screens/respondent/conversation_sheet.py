"""The conversation sheet as it is read on a screen."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from assessment.render.html.charts.drawing import listing
from assessment.screens.shared.markup import subheading, texts
from assessment.services.content.conversation import Conversation, Practice, Situations
from questionnaires.conversation import Line, Part, Room
from questionnaires.phrases import lower


def head(talk: Conversation, organisation: str) -> Markup:
    """The title, what the sheet is, and whose it is."""
    whose = Markup('<p class="pw-name">{}</p>').format(organisation) if organisation else ""
    return Markup('{}<h1 class="pw-title">{}</h1><p class="pw-lead">{}</p>').format(
        whose, talk.sheet.title, talk.sheet.lead
    )


def opening(talk: Conversation, help_contact: str) -> Markup:
    """What the sheet is for, who sees what, and that nothing depends on it."""
    help_line = Markup('<p class="pw-help"><strong>If you need help now:</strong> {}</p>').format(
        help_contact
    )
    return listing(map(_line, talk.sheet.opening), "pw-promises") + (
        help_line if help_contact else ""
    )


def _line(line: Line) -> Markup:
    title = Markup("<strong>{}.</strong> ").format(line.title) if line.title else Markup()
    return title + line.text


def practices(talk: Conversation) -> Markup:
    """The practices, each with its steps from the least to the most."""
    return part(talk.sheet.practices) + listing(
        map(_practice, talk.practices), "pw-talk-list", "ol"
    )


def _practice(practice: Practice) -> Markup:
    return Markup('<p class="pw-talk-ask">{}</p>{}').format(
        practice.text, listing(practice.steps, "pw-talk-steps")
    )


def boundaries(talk: Conversation) -> Markup:
    """The situations, and the two questions that are asked of each."""
    boundaries_text = talk.sheet.boundaries
    asked = Markup(
        '<dl class="pw-talk-asked"><div><dt>{}:</dt><dd>{}</dd></div>'
        "<div><dt>{}:</dt><dd>{}</dd></div></dl>"
    ).format(
        boundaries_text.mine,
        " · ".join(option.label for option in boundaries_text.answers),
        boundaries_text.rule,
        " · ".join(lower(label) for label in talk.rule_answers),
    )
    groups = Markup().join(
        _situations(group, boundaries_text.rule_only) for group in talk.situations
    )
    return part(boundaries_text) + asked + texts([boundaries_text.notes]) + groups + _fixed(talk)


def _situations(group: Situations, rule_only: str) -> Markup:
    entries = (
        entry.text if entry.mine else f"{entry.text} ({rule_only})" for entry in group.entries
    )
    return subheading(group.title) + listing(entries, "pw-talk-situations")


def _fixed(talk: Conversation) -> Markup:
    if not talk.fixed:
        return Markup()
    boundaries_text = talk.sheet.boundaries
    rules = (Markup("<strong>{}</strong> {}").format(text, more) for text, more in talk.fixed)
    return (
        subheading(boundaries_text.fixed_title)
        + texts([boundaries_text.fixed_intro])
        + listing(rules, "pw-talk-situations")
    )


def questions(talk: Conversation) -> Markup:
    return _rooms(talk.sheet.questions, talk.sheet.questions.entries)


def closing(talk: Conversation) -> Markup:
    return _rooms(talk.sheet.closing, talk.sheet.closing.entries)


def _rooms(section: Part, rooms: Iterable[Room]) -> Markup:
    return part(section) + listing(map(_room, rooms), "pw-talk-situations")


def _room(room: Room) -> Markup:
    answers = " · ".join(option.label for option in room.answers)
    more = f" {answers}" if answers else ""
    return Markup("<strong>{}</strong>{}").format(room.text, more)


def how(talk: Conversation) -> Markup:
    """What to do with the sheet here: there is nothing to fill in."""
    return texts([talk.sheet.how])


def hosts(talk: Conversation) -> Markup:
    """What those who offer the talk read."""
    return listing(map(_line, talk.sheet.hosts.entries), "pw-talk-situations")


def part(section: Part) -> Markup:
    """The heading of a part, and what is said at its beginning."""
    return Markup('<h2 class="pw-finding">{}</h2>{}').format(
        section.title, texts([section.intro or ""])
    )
