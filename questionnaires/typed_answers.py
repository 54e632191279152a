"""What somebody typed as an answer: the value that is stored, or why it is not taken, in words.

Every screen on which answers are typed reads them here.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from questionnaires.model import Item
from questionnaires.numbers import Limits, as_stored, read, shown
from questionnaires.problems import Place, Problem
from questionnaires.question_text import Question

#: Signs that an answer in somebody's own words may have.
LONGEST_TEXT = 4000


@dataclass(frozen=True)
class Refusal:
    """Why what was typed is not taken.

    Attributes:
        sentence: what to do, for the person who typed it. What was typed should stay in its field.
    """

    sentence: str

    @classmethod
    def of(cls, problem: Problem) -> Refusal:
        return cls(problem.in_words("typed"))


def typed_value(question: Question, text: str) -> str | Refusal:
    """The value of what was typed for a question, as it is stored, or why it is not taken.

    Args:
        text: what stands in the field; of a question with choices, the codes of what is chosen.

    Returns:
        A number as ``12`` or ``7.5``, a text without blanks around it, a code as it is; empty
        where nothing was typed.
    """
    text = text.strip()
    match question.item.kind:
        case "number":
            if not text or text in {choice.code for choice in question.off_scale}:
                return text
            number = read(text, limits(question.item))
            return Refusal.of(number) if isinstance(number, Problem) else as_stored(number)
        case "text":
            return text_refusal(text) or text
    return text


def limits(item: Item) -> Limits:
    """What numbers an item takes."""
    return Limits(item.whole, item.minimum, item.maximum)


def in_words(item: Item, value: str) -> str:
    """A stored number as it is repeated beside its field, with its unit: ``12 500 hours``."""
    number = shown(Decimal(value))
    if item.unit is None:
        return number
    return f"{number} {item.unit.one if Decimal(value) == 1 else item.unit.many}"


def text_refusal(text: str, most: int = LONGEST_TEXT) -> Refusal | None:
    """How much of a text is too long; None where it fits."""
    problem = text_problem(text.strip(), most)
    return None if problem is None else Refusal.of(problem)


def text_problem(text: str, most: int = LONGEST_TEXT) -> Problem | None:
    """The same as a problem without a place."""
    if len(text) <= most:
        return None
    return Problem("text_too_long", Place(), len(text), most, details={"over": len(text) - most})
