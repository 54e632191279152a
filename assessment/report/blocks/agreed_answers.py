"""What the working group decided: who it is, what it did not agree on, what shows its answers."""

from __future__ import annotations

from collections.abc import Iterator

from assessment.report.blocks.gates import answer_in_words, note_in_words, reason_in_words
from assessment.report.model import Block, Detail, Point
from assessment.report.round_details import (
    Round,
    Team,
    least_in_words,
    least_with_lived_experience,
)
from assessment.report.tables import table
from assessment.report.terms import wording
from questionnaires.library import Library
from questionnaires.model import WORKING_GROUP
from questionnaires.phrases import counted, listed, lower, number, upper
from scoring.result import AgreedAnswer, Result


def agreed(result: Result, round_: Round) -> Block | None:
    """Who ran the round, and the answers with a note or without agreement."""
    entries, library = result.agreed, result.library
    if round_.team is None and not entries:
        return None
    disagreed = [entry for entry in entries if entry.chosen]
    rows = tuple(_row(entry, library) for entry in sorted(entries, key=lambda e: not e.chosen))
    return Block(
        "agreed",
        "What did the working group decide?",
        _finding(len(disagreed), sum(bool(entry.note) for entry in entries if not entry.chosen)),
        points=tuple(_team(round_.team)) if round_.team else (),
        details=tuple(_settled(entry, library) for entry in disagreed),
        more="All that it did not agree on",
        table=table("agreed", ("Question", "Answer", "Why", "What shows it"), rows)
        if rows
        else None,
        folded=bool(rows) and len(rows) > len(disagreed),
        how=(
            "What shows an answer stands here as the working group wrote it. An answer without a "
            "note counts all the same, and says so.",
            "Where members did not agree, the lowest of what they chose counts for the score. It "
            "opens no gate, lowers no risk and shows no rung: that takes an agreed answer.",
            "An answer that was given on an earlier day, or with a note, and then changed keeps "
            "what it was.",
        ),
    )


def _finding(apart: int, noted: int) -> str:
    if apart:
        things = counted(apart, "answer", in_words=True)
        return f"It did not agree on {things}, and says so"
    if noted:
        things = "one of its answers" if noted == 1 else f"{number(noted)} of its answers"
        return f"It noted what shows {things}"
    return "Who ran this round"


def _settled(entry: AgreedAnswer, library: Library) -> Detail:
    """What members chose where they did not agree, and what would settle it."""
    item = library.items[entry.item]
    options = [option for option in library.options(item) if option.code in entry.chosen]
    chosen = listed([f"“{lower(option.label)}”" for option in options])
    highest = options[-1]
    step = item.steps_for(WORKING_GROUP).get(highest.code)
    looks = f" It looks like this: {step}" if step else ""
    told = reason_in_words(entry, library)
    return Detail(
        wording(item),
        texts=(
            f"Members chose {chosen}. It opens nothing until they agree.",
            f"What would settle it: something that you can point to and that shows "
            f"“{lower(highest.label)}”, such as a document, a date or a named role. Without it, "
            f"agree on the lower answer.{looks}",
            *([f"Why they did not: {told}"] if told else []),
        ),
        mark="careful",
    )


def _row(entry: AgreedAnswer, library: Library) -> tuple[str, str, str, str]:
    item = library.items[entry.item]
    answer = upper(answer_in_words(entry, item, library))
    if entry.earlier is not None:
        answer += f" (before: {answer_in_words(entry.earlier, item, library)})"
    why = reason_in_words(entry, library)
    if entry.earlier is not None and not entry.reason:
        why = f"{why} Not said why it changed.".strip()
    return wording(item), answer, why, note_in_words(entry, library) or "no note"


def _team(team: Team) -> Iterator[Point]:
    """Its make-up, who is paid, and who holds the keys."""
    lived = team.members_lived_experience
    people = upper(counted(team.members, "person ran", "people ran", in_words=True))
    enough = lived >= least_with_lived_experience(team.members)
    yield Point(
        f"{people} this round, {number(lived)} of them with lived experience.",
        "good" if enough else "careful",
    )
    if not enough:
        part, least = least_in_words()
        yield Point(
            f"At least {part}, and at least {least}, should have lived experience: without "
            "them others decide what is asked and what the answers mean.",
        )
    if lived:
        yield Point(
            "Members with lived experience were paid for their time."
            if team.members_paid
            else "Members with lived experience were not paid for their time, or not all of them.",
            "good" if team.members_paid else "careful",
        )
    holders = team.key_holders
    keys = upper(counted(holders, "member holds", "members hold", in_words=True))
    with_lived = number(team.key_holders_lived_experience)
    yield Point(
        f"{keys} the keys, {with_lived} of them with lived experience.",
        "good" if team.key_holders_lived_experience else "",
    )
