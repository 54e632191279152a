"""What the working group reads beside a question: of others' answers, and before the first day."""

from __future__ import annotations

from markupsafe import Markup

from assessment.render.html.charts.drawing import listing
from assessment.services.working_group.agreed_answers import in_words
from questionnaires.question_text import Question


def answered_at_once(question: Question, theirs: str, mine: str) -> str:
    """Two people gave different answers at once, and the first one is stored.

    Args:
        theirs: what is stored; empty where they took the answer back.
        mine: what is not; empty likewise.
    """
    did = f"chose “{in_words(question, theirs)}”" if theirs else "took the answer back"
    chose = f"You chose “{in_words(question, mine)}”." if mine else "You took it back."
    return (
        f"Somebody else {did} at the same time, and that counts for now. {chose} Talk it over, "
        "then choose again."
    )


def changed_meanwhile(question: Question, value: str, *, pending: bool) -> str:
    """What somebody else did while this person was in the middle of an answer.

    Args:
        value: what is stored now; empty where they took the answer back.
        pending: "We did not agree" is chosen, and what members chose is not ticked yet.
    """
    until = "you tick what members chose" if pending else "yours is saved"
    if value:
        chose = in_words(question, value)
        return f"Somebody else chose “{chose}” meanwhile. That counts until {until}."
    return f"Somebody else took the answer back meanwhile. There is none until {until}."


def options_to_read(question: Question) -> Markup:
    """What can be answered, to be read before anybody can."""
    points = ["A number"] if question.item.kind == "number" else []
    for choice in (*question.choices, *question.off_scale):
        description = Markup('<br><span class="pw-muted">{}</span>').format(choice.description)
        points.append(choice.label + (description if choice.description else Markup()))
    description = Markup('<p class="pw-ask-help">{}</p>').format(question.help)
    return (description if question.help else Markup()) + listing(points, "pw-plain")
