"""Answers as a form sends them: boxes that are ticked and what was typed, by the names of fields.

A field has the name of its item. Beside it stand ``item:box``, the boxes below a number;
``item:nothing``, what stands alone below the list that begins with the item, "none of these" or an
answer such as "I don't know" to all of it; and ``item:seen``, what the page showed when it was
drawn: what is as it was shown has not been changed here, and says nothing of what has been answered
in another window since.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from questionnaires.question_text import Choice, Question
from questionnaires.typed_answers import Refusal, typed_value

Fields = Mapping[str, Sequence[str]]
BOX, NOTHING, SEEN = ":box", ":nothing", ":seen"
#: What the box "none of these" sends.
NONE_OF_THESE = "yes"
#: What it says.
NONE_LABEL = "None of these"


class NotTakenError(Exception):
    """What was typed cannot be read, or two things are ticked of which only one can be meant. The
    message says which, and what to do."""


def answers_in(
    answer: Sequence[Question], fields: Fields, saved: Mapping[str, str]
) -> dict[str, str]:
    """What a form says of one answer: of a question, or of a list to tick.

    Args:
        saved: by item, what the store holds.

    Returns:
        By item, the answer as the store keeps it; empty where there is none. Whether the item
        allows it is for `answering.save` to say.

    Raises:
        NotTakenError: what is typed cannot be read; what is ticked cannot be meant together.
    """
    first = answer[0]
    given = list(fields.get(first.item.id, ()))
    match first.item.kind:
        case "concern":
            return _list(answer, fields, saved)
        case "choices":
            return {first.item.id: _several(first, given)}
        case "number":
            typed, boxes = _typed(first, given), list(fields.get(first.item.id + BOX, ()))
            if typed and boxes:
                label = next(one.label for one in first.answers if one.code in boxes)
                raise NotTakenError(
                    f"You typed {typed} and also ticked “{label}”. Please keep one of them."
                )
            return {first.item.id: typed or ";".join(boxes)}
        case "text":
            return {first.item.id: _typed(first, given)}
    return {first.item.id: given[-1] if given else ""}


def _typed(question: Question, given: Sequence[str]) -> str:
    # Browsers send every line break as two signs.
    value = typed_value(question, "".join(given).replace("\r\n", "\n"))
    if isinstance(value, Refusal):
        raise NotTakenError(value.sentence)
    return value


def unseen(given: Mapping[str, str], fields: Fields) -> dict[str, str]:
    """Of what a form says, that which the page did not show when it was drawn."""
    shown = {item: "".join(fields.get(item + SEEN, ())) for item in given}
    return {item: value for item, value in given.items() if value != shown[item]}


def _several(question: Question, given: Collection[str]) -> str:
    """Several choices; one that stands alone cannot have others beside it."""
    chosen = [choice for choice in question.answers if choice.code in given]
    alone = next((choice for choice in chosen if choice.exclusive), None)
    if alone and len(chosen) > 1:
        other = next(choice for choice in chosen if choice != alone)
        raise NotTakenError(
            f"You ticked “{alone.label}” and also “{other.label}”. Please keep one of them."
        )
    return ";".join(choice.code for choice in chosen)


def _list(answer: Sequence[Question], fields: Fields, saved: Mapping[str, str]) -> dict[str, str]:
    ticked, serious = set(), set()
    for question in answer:
        codes = [choice.code for choice in question.choices]
        given = fields.get(question.item.id, ())
        if any(code in given for code in codes[1:]):
            ticked.add(question.item.id)
        if codes[-1] in given:
            serious.add(question.item.id)
    labels = {NONE_OF_THESE: NONE_LABEL} | {c.code: c.label for c in to_all(answer)}
    alone = [code for code in labels if code in fields.get(answer[0].item.id + NOTHING, ())]
    if alone and (ticked or len(alone) > 1):
        also = "something in the list" if ticked else f"“{labels[alone[1]]}”"
        raise NotTakenError(
            f"You ticked “{labels[alone[0]]}”, and also {also}. Please keep one of them."
        )
    nothing = alone == [NONE_OF_THESE]
    code = "" if nothing or not alone else alone[0]
    return list_answers(answer, ticked, serious, saved, nothing=nothing, for_all=code)


def to_all(answer: Sequence[Question]) -> tuple[Choice, ...]:
    """What can be answered to a list as a whole and is no point on a scale: what each line offers,
    such as "I don't know"."""
    offered = [{choice.code for choice in question.off_scale} for question in answer]
    return tuple(c for c in answer[0].off_scale if all(c.code in codes for codes in offered))


def answered_to_all(answer: Sequence[Question], saved: Mapping[str, str]) -> str:
    """The code of what is saved as the answer to the whole list; empty where there is none."""
    values = {saved.get(question.item.id, "") for question in answer}
    return next((c.code for c in to_all(answer) if values == {c.code}), "")


def list_answers(
    answer: Sequence[Question],
    ticked: Collection[str],
    serious: Collection[str],
    saved: Mapping[str, str],
    *,
    nothing: bool,
    for_all: str = "",
) -> dict[str, str]:
    """The answer to each line of a list to tick; all empty where nothing is ticked.

    As soon as something in it is ticked, or that nothing is, every line has an answer.

    Args:
        ticked: items that are ticked; ``serious``: those of them that are marked so.
        saved: a line that was answered with a code that has no box, as "I don't know" to a few
            lines has none, keeps it as long as nothing is ticked.
        nothing: it is ticked that there is nothing to tick.
        for_all: the code of an answer to the whole list, such as "I don't know", that is ticked.
    """
    if for_all and not ticked and not nothing:
        return {question.item.id: for_all for question in answer}
    if not ticked and not nothing:
        boxes = {choice.code for question in answer for choice in question.choices}
        boxes.add(answered_to_all(answer, saved))
        stored = {question.item.id: saved.get(question.item.id, "") for question in answer}
        return {item: "" if value in boxes else value for item, value in stored.items()}
    found = {}
    for question in answer:
        codes = [choice.code for choice in question.choices]
        item = question.item.id
        at = 0 if item not in ticked else -1 if item in serious else 1
        found[item] = codes[at]
    return found
