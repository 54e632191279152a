"""Service users' own questions, as they are typed while a round is set up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import streamlit as st
from markupsafe import Markup

from assessment.screens.shared import fields, markup
from assessment.screens.shared.buttons import text_button
from questionnaires.own_questions import KINDS, LONGEST, MOST, hints
from questionnaires.reference_data import GROUP_SIDES, GROUP_TITLES

#: Names the numbers of the questions that stand in the fields.
NUMBERS = "own_questions"
LEAD = (
    f"People who use the service may add up to {MOST} questions of their own. Write them as they "
    "say them. They stand at the end, under “Asked by service users”, and never give a score."
)
WARNING = (
    "Ask about the place and the work, not about the person: no question about somebody’s own "
    "health, drug use, offences or immigration status. Nobody should have to think about whether "
    "an answer could be used against them."
)


def typed(groups: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The questions in the fields, by the fields of ``OwnQuestion``.

    Args:
        groups: those of the plan.
    """
    asked = _groups(groups)
    return [
        {
            "text": " ".join(str(fields.typed_value(f"oq_text-{number}") or "").split()),
            "kind": fields.typed_value(f"oq_kind-{number}"),
            "asked": [
                group for group in asked if fields.typed_value(f"oq_asks-{number}-{group}", True)
            ],
        }
        for number in _numbers()
    ]


def as_typed(questions: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Questions as the values of the fields."""
    found: dict[str, Any] = {NUMBERS: []}
    for number, question in enumerate(questions, 1):
        found[NUMBERS].append(number)
        found |= {f"oq_text-{number}": question["text"], f"oq_kind-{number}": question["kind"]}
        for group in GROUP_SIDES:
            found[f"oq_asks-{number}-{group}"] = group in question["asked"]
    return found


def field_of(place: str) -> str:
    """The name of the field of a place such as ``own_questions.0.text``."""
    _, *path = place.split(".")
    if len(path) < 2:
        return NUMBERS
    return f"oq_{path[1]}-{_numbers()[int(path[0])]}"


def own_questions(wrong: Mapping[str, str], groups: Iterable[Mapping[str, Any]]) -> None:
    """The questions, and a button for one more."""
    asked = _groups(groups)
    st.html(
        Markup('<h2 class="pw-finding" id="own-questions">Questions of service users’ own</h2>')
        + markup.texts([LEAD])
    )
    for place, number in enumerate(_numbers(), 1):
        with st.container(key=f"choice-oq-{number}"):
            _question(place, number, asked, wrong)
    if len(_numbers()) < MOST:
        label = "Add a question of service users"
        st.button(label, key="add-own-question", on_click=_add, icon=":material/add:")
    if _numbers():
        st.html(markup.notice(WARNING))
    fields.mistake(NUMBERS, wrong)


def _question(
    place: int, number: int, asked: Mapping[str, list[str]], wrong: Mapping[str, str]
) -> None:
    fields.text(f"oq_text-{number}", f"Question {place}", wrong, most=LONGEST)
    if advice := list(hints(str(fields.typed_value(f"oq_text-{number}") or ""))):
        st.html(markup.marked(advice, "!", "pw-mark pw-careful"))
    fields.one_of(f"oq_kind-{number}", f"How do people answer question {place}?", KINDS, wrong)
    with st.container(key=f"field-oq_asked-{number}"):
        st.html(markup.subheading(f"Who is asked question {place}?"))
        for group, titles in asked.items():
            fields.set_default(f"oq_asks-{number}-{group}", True)
            fields.tick(f"oq_asks-{number}-{group}", ", ".join(titles))
        fields.mistake(f"oq_asked-{number}", wrong)
    text_button(f"Remove question {place}", f"remove-oq-{number}", _remove, number)


def _groups(groups: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """The groups of a plan by the built-in group whose questions they are asked."""
    found: dict[str, list[str]] = {}
    for group in groups:
        like = group["asked_like"]
        if like in GROUP_SIDES:
            found.setdefault(like, []).append(group["own_title"] or GROUP_TITLES[like])
    return found


def _numbers() -> list[int]:
    return fields.typed_value(NUMBERS) or []


def _add() -> None:
    fields.put(NUMBERS, [*_numbers(), max(_numbers(), default=0) + 1])


def _remove(number: int) -> None:
    fields.put(NUMBERS, [other for other in _numbers() if other != number])
