"""One question and its answer, whatever its kind, as large and calm targets.

A screen draws a question in a fragment of its own::

    field = Field(question)
    field.start(saved)                     # by item, shows what the store holds
    if field.values(saved) != saved: …     # keep it; start(saved, anew=True) undoes a choice
    field.draw()

An answer is the text that the store keeps: an option's code, several joined with ``;``, a number
with a decimal point, or what was written; empty where there is none. What is typed and not taken
stays in its field, which says why; the store keeps the answer before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import streamlit as st
from markupsafe import Markup

from assessment.screens.shared.markup import notice
from questionnaires.numbers import as_stored, written
from questionnaires.question_text import Choice, Question
from questionnaires.typed_answers import Refusal, in_words, typed_value

#: What Streamlit's labels would read as markup: characters anywhere, and lists at the beginning.
MARKUP = re.compile(r"([\\`*_\[\]<>#$~|]|(?<=^\d)[.)]|(?<=^\d\d)[.)]|^[-+])")


def plain(text: str) -> str:
    """A text for a label: what looks like markup stays text."""
    return MARKUP.sub(r"\\\1", text)


@dataclass(frozen=True)
class Field:
    """The place on a page where a question is answered.

    Attributes:
        prefix: begins the names of its widgets, so that two screens can ask the same question.
        repeats: the question above asks about the same thing, whose words are not shown again.
        headed: the screen shows the words of the question itself; only the help is drawn here.
    """

    question: Question
    prefix: str = "answer"
    repeats: bool = False
    headed: bool = False

    @property
    def id(self) -> str:
        return self.question.item.id

    @property
    def key(self) -> str:
        return f"{self.prefix}:{self.id}"

    @property
    def name(self) -> str:
        """The question as a screen reader says it before the answers."""
        return " ".join(part for part in (self.question.text, self.question.help) if part)

    @property
    def _typed_into(self) -> bool:
        return self.question.item.kind in ("number", "text")

    @property
    def _several(self) -> bool:
        """Whether each answer is a box of its own to tick."""
        return self.question.item.kind in ("choices", "number")

    @property
    def _boxes(self) -> tuple[Choice, ...]:
        if self.question.item.kind == "choices":
            return self.question.answers
        return self.question.off_scale

    def start(self, answers: Mapping[str, str], *, anew: bool = False) -> None:
        """Show what is saved, unless something has been chosen here since; ``anew`` undoes that.

        Call it before ``draw`` in the same run.

        Args:
            answers: by item, what the store holds.
        """
        state, saved = st.session_state, answers.get(self.id, "")
        match self.question.item.kind:
            case "text":
                if anew or self.key not in state:
                    state[self.key] = saved
            case "choices" | "number":
                ticked = saved.split(";")
                for box in self._boxes:
                    name = self._box(box)
                    if anew or name not in state:
                        state[name] = box.code in ticked
                if self.question.item.kind == "number" and (anew or self.key not in state):
                    number = not any(box.code in ticked for box in self._boxes)
                    state[self.key] = _as_typed(saved) if number else ""
            case _:
                if not saved:
                    state.pop(self._cleared, None)
                if anew or (state.get(self.key) is None and not self._is_cleared):
                    state[self.key] = saved or None

    def value(self, saved: str) -> str:
        """The answer that stands here now, whether it is drawn in this run or not.

        Args:
            saved: what the store holds. A scale that lost its answer without being asked to, as
                after a value that it does not offer, still has this one.
        """
        state = st.session_state
        if self.question.item.kind in ("choices", "number"):
            ticked = ";".join(box.code for box in self._boxes if state.get(self._box(box)))
            if ticked or self.question.item.kind == "choices":
                return ticked
        if self._typed_into:
            read = typed_value(self.question, self.typed)
            return saved if isinstance(read, Refusal) else read
        return str(state.get(self.key) or ("" if self._is_cleared else saved))

    @property
    def typed(self) -> str:
        """What stands in its field, as it was typed; empty where it has none."""
        return str(st.session_state.get(self.key) or "") if self._typed_into else ""

    @property
    def refusal(self) -> Refusal | None:
        """Why what was typed is not taken; None where it is, or where there is nothing."""
        if not self._typed_into or any(st.session_state.get(self._box(b)) for b in self._boxes):
            return None
        read = typed_value(self.question, self.typed)
        return read if isinstance(read, Refusal) else None

    @property
    def refused(self) -> dict[str, str]:
        """What was typed and not taken, by item."""
        return {} if self.refusal is None else {self.id: self.typed}

    def values(self, answers: Mapping[str, str]) -> dict[str, str]:
        """The answer by its item, as a list to tick gives several."""
        return {self.id: self.value(answers.get(self.id, ""))}

    def marks(self, answers: Mapping[str, str]) -> str:
        """What its inputs hold, one after the other, where the page shows what the store holds: 1
        for what is chosen and 0 for what is not, a number, or a text. A script compares it with
        what stands there (``answers.js``)."""
        saved = answers.get(self.id, "")
        match self.question.item.kind:
            case "text":
                return saved
            case "choices" | "number":
                ticked = [box.code in saved.split(";") for box in self._boxes]
                marks = [str(int(mark)) for mark in ticked]
                if self.question.item.kind == "number":
                    marks.insert(0, "" if any(ticked) else self._number_typed(saved))
                return ",".join(marks)
        return ",".join(str(int(choice.code == saved)) for choice in self.question.answers)

    def refused_marks(self) -> str:
        """The same where the page shows what is not taken, of a long text only ``#`` and how many
        letters it has; empty where all is taken."""
        if self.refusal is None:
            return ""
        if self.question.item.kind == "text":
            return f"#{len(self.typed.strip())}"
        return ",".join([self.typed.strip(), *("0" for _ in self._boxes)])

    def _number_typed(self, saved: str) -> str:
        """A stored number as it stands in its field: as it was typed here, or as we write it."""
        same = saved and typed_value(self.question, self.typed) == saved
        return self.typed.strip() if same else _as_typed(saved)

    @property
    def _is_cleared(self) -> bool:
        return bool(st.session_state.get(self._cleared))

    @property
    def on_page(self) -> bool:
        """Whether it is on the page, so that ``value`` says something."""
        key = self._box(self._boxes[0]) if self._several and self._boxes else self.key
        return key in st.session_state

    def clear(self) -> None:
        """Empty it. For the callback of a button."""
        state = st.session_state
        if self._several:
            for box in self._boxes:
                state[self._box(box)] = False
        if self.question.item.kind != "choices":
            state[self.key] = "" if self._typed_into else None
        state[self._cleared] = True

    def draw(self, *, heading: str = "h3", saved: str | None = None) -> None:
        """The question with its help, and its answers.

        Args:
            saved: what the store holds, where the field itself is to say what it does not take.
        """
        text, description = self.question.text, self.question.help
        wording = Markup('<p class="pw-ask-help">{}</p>').format(description) if description else ""
        if self.headed:
            if wording:
                st.html(wording)
        elif self.repeats:
            if description:
                st.html(Markup('<{0} class="pw-again">{1}</{0}>').format(heading, description))
        else:
            st.html(Markup('<{0} class="pw-ask">{1}</{0}>{2}').format(heading, text, wording))
        match self.question.item.kind:
            case "text":
                self._text()
                self._draw_refusal(saved)
            case "choices":
                self._ticks(self.question.answers)
            case "number":
                self._number()
                self._draw_refusal(saved)
                self._ticks(self.question.off_scale)
            case _:
                self._scale()

    def _draw_refusal(self, saved: str | None) -> None:
        """Why what was typed is not taken, and what counts meanwhile; nothing where it is."""
        if self.refusal is not None and saved is not None:
            kept = _KEPT if saved else ""
            sentence = f"{self.refusal.sentence}{kept}"
            st.html(notice(sentence, role="alert", style="pw-trouble"))

    @property
    def _cleared(self) -> str:
        return f"{self.key}:taken back"

    def _box(self, choice: Choice) -> str:
        return f"{self.key}:{choice.code}"

    def _scale(self) -> None:
        choices = self.question.answers
        labels = {choice.code: plain(choice.label) for choice in choices}
        captions = [plain(choice.description) for choice in choices]
        with st.container(key=f"scale-{len(self.question.off_scale)}-{self.key}"):
            st.radio(
                plain(self.name),
                list(labels),
                index=None,
                format_func=lambda code: labels.get(code, code),
                key=self.key,
                captions=captions if any(captions) else None,
                label_visibility="collapsed",
                width="stretch",
            )

    def _ticks(self, boxes: tuple[Choice, ...]) -> None:
        if not boxes:
            return
        with st.container(key=f"ticks-{len(self.question.off_scale)}-{self.key}"):
            for box in boxes:
                st.checkbox(
                    plain(box.label),
                    key=self._box(box),
                    on_change=self._ticked,
                    args=(box,),
                    width="stretch",
                )

    def _ticked(self, box: Choice) -> None:
        """What stands alone unticks all others, and is unticked by them."""
        state = st.session_state
        if not state.get(self._box(box)):
            return
        for other in self._boxes:
            if other != box and (box.exclusive or other.exclusive):
                state[self._box(other)] = False
        if box.exclusive and self.question.item.kind == "number":
            state[self.key] = ""

    def _number(self) -> None:
        item = self.question.item
        # Names the keys that a phone offers (``fields.js``); a minus is on none of its short ones.
        digits = item.minimum is not None and item.minimum >= 0
        keys = ("whole" if item.whole else "decimal") if digits else "any"
        with st.container(key=f"number-{keys}-{self.key}", gap="xxsmall"):
            st.text_input(
                plain(self.name),
                key=self.key,
                on_change=self._numbered,
                autocomplete="off",
                label_visibility="collapsed",
            )
            value = self.value("")
            if self.typed.strip() and value and self.refusal is None:
                st.html(number_read(in_words(item, value)))

    def _numbered(self) -> None:
        if self.typed.strip():
            for box in self._boxes:
                st.session_state[self._box(box)] = False

    def _text(self) -> None:
        st.text_area(plain(self.name), key=self.key, height=132, label_visibility="collapsed")


#: Follows why something is not taken, where an answer was.
_KEPT = " Until then your answer before counts."


def number_read(number: str) -> Markup:
    """A number repeated beside the field in which it was typed."""
    return Markup('<p class="pw-read" role="status">We read: <strong>{}</strong></p>').format(
        number
    )


def _as_typed(value: str) -> str:
    """A stored number as anybody may type it; what is not as it is stored stays as it is."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    return written(number) if as_stored(number) == value else value


def repeats(question: Question, before: Question | None) -> bool:
    """Whether a question is about the very thing that the one above it asks about."""
    return before is not None and bool(question.help) and question.text == before.text
