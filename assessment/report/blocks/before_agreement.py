"""How members of the working group saw it alone, before they agreed."""

from __future__ import annotations

from collections.abc import Mapping

from assessment.report.blocks.gates import answer_in_words
from assessment.report.model import Block
from assessment.report.round_details import Round
from assessment.report.tables import table
from assessment.report.terms import wording
from questionnaires.library import Library
from questionnaires.phrases import counted, lower, number, upper
from scoring.disclosure.before_agreement import LEAST_TO_COMPARE, ClassCounts, SpreadBefore
from scoring.result import AgreedAnswer, Result

OFF_SCALE = {"none": "", "few": "a few could not say", "many": "many could not say"}


def before_agreement(result: Result, round_: Round) -> Block | None:
    """Where members differed before they agreed; None where nothing may be told of it."""
    library = result.library
    spreads = {item: one for item, one in round_.before.items() if item in library.items}
    if not spreads:
        return None
    ordered = sorted(spreads, key=lambda item: spreads[item].agree)
    minimum = result.profile.partition.minimum
    return Block(
        "before_agreement",
        "How did the working group see it before it agreed?",
        _finding(spreads),
        table=table(
            "before_agreement",
            ("Question", "Each alone", "Then together"),
            [
                (wording(library.items[item]), in_words(spreads[item]), _then(item, result))
                for item in ordered
            ],
        ),
        folded=True,
        how=(
            "Members answered alone first, as many as wanted to. Then the group ended that part, "
            "and saw for each question how the answers spread, never whose they were.",
            f"From {minimum} answers on it is told how many gave which kind of answer. From "
            f"{LEAST_TO_COMPARE} on only whether they agreed, and with fewer nothing. Don't know "
            "stands apart, and makes nobody differ.",
            "These answers count for nothing else: only what was agreed makes a score.",
        ),
    )


def _finding(spreads: Mapping[str, SpreadBefore]) -> str:
    apart = sum(not one.agree for one in spreads.values())
    questions = counted(len(spreads), "question", in_words=True)
    if not apart:
        return f"On {questions}, members who answered alone agreed from the start"
    return f"On {number(apart)} of {questions}, members who answered alone differed"


def in_words(spread: SpreadBefore) -> str:
    """What may be told of a question: "Partly 3, in place 2; a few could not say"."""
    if not isinstance(spread, ClassCounts):
        return "They agreed" if spread.agree else "They differed"
    counts = [
        f"{label if at == 0 else lower(label)} {count}"
        for at, (label, count) in enumerate(zip(spread.classes, spread.counts, strict=True))
    ]
    return "; ".join(filter(None, (", ".join(counts), OFF_SCALE[spread.off_scale])))


def _then(item: str, result: Result) -> str:
    """What the group answered together."""
    practice = result.profile.evidence.practices.get(item)
    if practice is None or not practice.agreed:
        return "Not answered"
    if practice.skipped:
        return "Does not apply"
    noted = next((entry for entry in result.agreed if entry.item == item and entry.chosen), None)
    entry = noted or AgreedAnswer(item, code=practice.code or "")
    library: Library = result.library
    return upper(answer_in_words(entry, library.items[item], library))
