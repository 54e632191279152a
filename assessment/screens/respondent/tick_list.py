"""Concerns as one list to tick: what worries people, and of that what is serious.

The list is one answer. As soon as something in it is ticked, or that nothing is, every line has an
answer; a list in which nothing is ticked has none. "I don't know" and the like, where each line
offers them, are ticked for the whole list. It is used like ``questions.Field``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import streamlit as st

from assessment.screens.shared.questions import Field, plain
from assessment.services.respondents.posted_answers import (
    NONE_LABEL,
    answered_to_all,
    list_answers,
    to_all,
)
from questionnaires.question_text import Question


@dataclass(frozen=True)
class TickList:
    """The place on a page where a list is ticked."""

    questions: tuple[Question, ...]
    prefix: str = "answer"

    @property
    def id(self) -> str:
        return self.questions[0].item.id

    @property
    def on_page(self) -> bool:
        """Whether it is on the page, so that ``values`` says something."""
        return self._nothing in st.session_state

    @property
    def _nothing(self) -> str:
        return f"{self.prefix}:{self.id}:nothing of the list"

    @cached_property
    def _to_all(self) -> dict[str, str]:
        """What can be answered to the whole list, by the key of its box."""
        return {f"{self.prefix}:{self.id}:{c.code}": c.code for c in to_all(self.questions)}

    def _ticked(self, question: Question) -> str:
        return f"{self.prefix}:{question.item.id}:ticked"

    def _marked(self, question: Question) -> str:
        return f"{self.prefix}:{question.item.id}:serious"

    def start(self, saved: Mapping[str, str], *, anew: bool = False) -> None:
        """Show what is saved, unless something has been ticked here since; ``anew`` undoes that.

        Call it before ``draw`` in the same run.
        """
        state = st.session_state
        lines, nothing = self._stored(saved)
        for question, (ticked, serious) in zip(self.questions, lines, strict=True):
            if anew or self._ticked(question) not in state:
                state[self._ticked(question)] = ticked
                state[self._marked(question)] = serious
        if anew or self._nothing not in state:
            state[self._nothing] = nothing
        stored = answered_to_all(self.questions, saved)
        for key, code in self._to_all.items():
            if anew or key not in state:
                state[key] = code == stored

    def _stored(self, saved: Mapping[str, str]) -> tuple[list[tuple[bool, bool]], bool]:
        """Whether each line is ticked, and as serious, in what the store holds; and whether there
        is nothing to tick."""
        lines, values = [], [saved.get(question.item.id, "") for question in self.questions]
        for question, value in zip(self.questions, values, strict=True):
            worries = [choice.code for choice in question.choices[1:]]
            lines.append((value in worries, value == worries[-1]))
        least = self.questions[0].choices[0].code
        return lines, least in values and not any(ticked for ticked, _ in lines)

    def marks(self, saved: Mapping[str, str]) -> str:
        """As ``Field.marks``; what is not ticked has no box for "serious"."""
        lines, nothing = self._stored(saved)
        boxes = [box for ticked, serious in lines for box in ((ticked, serious)[: 1 + ticked])]
        stored = answered_to_all(self.questions, saved)
        alone = (nothing, *(code == stored for code in self._to_all.values()))
        return ",".join(str(int(box)) for box in (*boxes, *alone))

    def values(self, saved: Mapping[str, str]) -> dict[str, str]:
        """The answer to each line as it stands here now; all empty where nothing is ticked.

        Args:
            saved: by item, what the store holds; a line that was answered with a code that has no
                box here keeps it as long as nothing is ticked.
        """
        state = st.session_state
        ticked = [q.item.id for q in self.questions if state.get(self._ticked(q))]
        serious = [q.item.id for q in self.questions if state.get(self._marked(q))]
        nothing = bool(state.get(self._nothing))
        code = next((code for key, code in self._to_all.items() if state.get(key)), "")
        return list_answers(self.questions, ticked, serious, saved, nothing=nothing, for_all=code)

    @property
    def refused(self) -> dict[str, str]:
        """Nothing is typed here that could not be taken."""
        return {}

    def refused_marks(self) -> str:
        """As ``Field.refused_marks``."""
        return ""

    def clear(self) -> None:
        """Empty it. For the callback of a button."""
        self._untick_alone()
        self._untick()

    def _untick_alone(self, but: str = "") -> None:
        for key in (self._nothing, *self._to_all):
            if key != but:
                st.session_state[key] = False

    def _untick(self) -> None:
        for question in self.questions:
            for box in (self._ticked(question), self._marked(question)):
                st.session_state[box] = False

    def draw(self, *, saved: str | None = None) -> None:
        """A box for each line, one for "serious" below what is ticked, one for "none", and one for
        each answer to the whole list."""
        labels = {choice.code: choice.label for choice in self.questions[0].off_scale}
        alone = {self._nothing: NONE_LABEL} | {k: labels[code] for k, code in self._to_all.items()}
        with st.container(key=f"ticks-{len(alone)}-list-{self.id}"):
            for question in self.questions:
                with st.container(key=f"tick-line-{question.item.id}"):
                    st.checkbox(
                        plain(question.text),
                        key=self._ticked(question),
                        on_change=self._changed,
                        args=(question,),
                        width="stretch",
                    )
                    if st.session_state.get(self._ticked(question)):
                        with st.container(key=f"tick-serious-{question.item.id}"):
                            st.checkbox(
                                plain(question.choices[-1].label),
                                key=self._marked(question),
                                width="stretch",
                            )
            for key, label in alone.items():
                st.checkbox(
                    plain(label), key=key, on_change=self._alone, args=(key,), width="stretch"
                )

    def _changed(self, question: Question) -> None:
        """A ticked line unticks what stands alone; an unticked one is not serious."""
        state = st.session_state
        if state.get(self._ticked(question)):
            self._untick_alone()
        else:
            state[self._marked(question)] = False

    def _alone(self, key: str) -> None:
        if st.session_state.get(key):
            self._untick()
            self._untick_alone(but=key)


Answer = Field | TickList


def answer_of(questions: tuple[Question, ...], *, repeats: bool = False) -> Answer:
    """The place where one answer is given: a question, or a list to tick."""
    if len(questions) == 1 and questions[0].item.kind != "concern":
        return Field(questions[0], repeats=repeats)
    return TickList(questions)
