"""What somebody in the working group is told at a question: of others, and before the first day."""

from __future__ import annotations

from html import escape

from assessment.services.content.question_pages import Question
from assessment.services.working_group.agreed_answers import in_words


def clash(question: Question, theirs: str, mine: str) -> str:
    """Two people gave different answers at once, and the first is kept.

    Args:
        theirs: what is kept; empty where they took the answer back.
        mine: what was not kept; empty likewise.
    """
    did = f"chose “{in_words(question, theirs)}”" if theirs else "took the answer back"
    chose = f"You chose “{in_words(question, mine)}”." if mine else "You took it back."
    return (
        f"Somebody else {did} at the same time, and that counts for now. {chose} Talk it over, "
        "then choose again."
    )


def meanwhile(question: Question, value: str, *, pending: bool) -> str:
    """What somebody else did while this person was in the middle of an answer.

    Args:
        value: what is kept now; empty where they took the answer back.
        pending: "We did not agree" is chosen, and what members chose is not ticked yet.
    """
    until = "you tick what members chose" if pending else "yours is saved"
    if value:
        chose = in_words(question, value)
        return f"Somebody else chose “{chose}” meanwhile. That counts until {until}."
    return f"Somebody else took the answer back meanwhile. There is none until {until}."


def to_read(question: Question) -> str:
    """What can be answered, as HTML to be read before anybody can."""
    points = ["A number"] if question.item.kind == "number" else []
    for choice in (*question.choices, *question.off_scale):
        description = (
            f'<br><span class="pw-muted">{escape(choice.description)}</span>'
            if choice.description
            else ""
        )
        points.append(f"{escape(choice.label)}{description}")
    description = f'<p class="pw-ask-help">{escape(question.help)}</p>' if question.help else ""
    return f'{description}<ul class="pw-plain"><li>{"</li><li>".join(points)}</li></ul>'
