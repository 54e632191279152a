"""Fields of a form that is kept while somebody fills it in: a value, a hint, and what is wrong.

Values live in the session under keys that begin with ``plan-``; whoever shows the form keeps them
where a reload of the page, which begins a new session, finds them again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import streamlit as st
from markupsafe import Markup

from assessment.screens.shared.questions import number_read
from questionnaires import numbers
from questionnaires.problems import Problem
from questionnaires.typed_answers import text_refusal

PREFIX = "plan-"
#: Where a visit knows what fields were filled in with, by their names.
FILLED_IN = "filled-in"


def given() -> dict[str, Any]:
    """What stands in the fields, by their names; those in which nothing stands are not among it."""
    found = {str(k): v for k, v in st.session_state.items() if str(k).startswith(PREFIX)}
    return {k.removeprefix(PREFIX): v for k, v in found.items() if v not in (None, "", [])}


def put(name: str, value: Any) -> None:
    """Let something stand in a field before it is shown; None empties it. To take the value out
    would not: the browser has it."""
    st.session_state[PREFIX + name] = value


def clear() -> None:
    """Empty every field."""
    for name in [str(k) for k in st.session_state if str(k).startswith(PREFIX)]:
        del st.session_state[name]


def typed_value(name: str, default: Any = None) -> Any:
    """What stands in a field."""
    return st.session_state.get(PREFIX + name, default)


def set_default(name: str, value: Any) -> None:
    """Fill a field in before it is shown, unless somebody has."""
    st.session_state.setdefault(PREFIX + name, value)
    st.session_state.setdefault(FILLED_IN, {}).setdefault(name, value)


def entered() -> bool:
    """Whether anything stands in the fields that was not filled in before they were shown."""
    filled_in = st.session_state.get(FILLED_IN, {})
    return any(value != filled_in.get(name) for name, value in given().items())


@contextmanager
def _field(name: str, hint: str, wrong: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """The place of a field with its hint and what is wrong below; gives what keeps its value."""
    with st.container(key=f"field-{name}"):
        yield {"key": PREFIX + name, "persist_state": "session"}
        if hint:
            st.html(Markup('<p class="pw-hint" id="{}-hint">{}</p>').format(name, hint))
        mistake(name, wrong)


def line(name: str, label: str, wrong: Mapping[str, str], *, hint: str = "", most: int) -> None:
    """One line of text."""
    _as_text(name)
    with _field(name, hint, _with_length(name, wrong, most)) as saved_as:
        st.text_input(label, **saved_as)


def text(name: str, label: str, wrong: Mapping[str, str], *, hint: str = "", most: int) -> None:
    """A few lines of text."""
    _as_text(name)
    with _field(name, hint, _with_length(name, wrong, most)) as saved_as:
        st.text_area(label, height=90, **saved_as)


def _with_length(name: str, wrong: Mapping[str, str], most: int) -> Mapping[str, str]:
    """What is wrong, and at once, where a text is too long."""
    refusal = text_refusal(str(typed_value(name, "") or ""), most)
    return wrong if refusal is None else {**wrong, name: refusal.sentence}


def _as_text(name: str) -> None:
    """Make text of what stands in a field for text."""
    value = typed_value(name)
    if not isinstance(value, str):
        st.session_state[PREFIX + name] = "" if value is None else str(value)


def number(
    name: str, label: str, wrong: Mapping[str, str], *, hint: str = "", unit: str = ""
) -> None:
    """A whole number, typed as people write it and repeated as it was read; what is allowed is
    checked later, for words of our own.

    Args:
        unit: what is counted, to stand behind the number: ``people``.
    """
    _as_text(name)
    with _field(name, hint, wrong) as saved_as, st.container(key=f"number-whole-{name}"):
        st.text_input(label, autocomplete="off", **saved_as)
        text = str(typed_value(name) or "").strip()
        read = numbers.read(text, numbers.Limits(whole=True)) if text else None
        if read is not None and not isinstance(read, Problem):
            st.html(number_read(f"{numbers.shown(read)} {'' if read == 1 else unit}".strip()))


def day(name: str, label: str, wrong: Mapping[str, str], *, hint: str = "") -> None:
    """A date."""
    with _field(name, hint, wrong) as saved_as:
        st.date_input(label, format="DD/MM/YYYY", **saved_as)


def one_of(
    name: str,
    label: str,
    options: Mapping[Any, str],
    wrong: Mapping[str, str],
    *,
    hint: str = "",
    captions: Sequence[str] | None = None,
) -> None:
    """One of a few, all in view."""
    set_default(name, None)
    with _field(name, hint, wrong) as saved_as:
        # The look of a scale without answers set apart.
        st.container(key=f"scale-0-{name}").radio(
            label,
            list(options),
            index=None,
            format_func=lambda code: options[code],
            captions=captions,
            width="stretch",
            **saved_as,
        )


def chosen_from_many(
    name: str, label: str, options: Mapping[str, str], wrong: Mapping[str, str], *, hint: str = ""
) -> None:
    """One of many, found by typing a part of it."""
    with _field(name, hint, wrong) as saved_as:
        # Without a value of its own it takes the one of the session, and cannot be emptied.
        st.selectbox(label, list(options), format_func=lambda code: options[code], **saved_as)


def tick(name: str, label: str) -> bool:
    """Yes or no; whether it is ticked."""
    return st.checkbox(label, key=PREFIX + name, width="stretch", persist_state="session")


def mistake(name: str, wrong: Mapping[str, str]) -> None:
    """What is wrong with something that has no field of its own."""
    if text := wrong.get(name):
        st.html(Markup('<p class="pw-error" id="{}-wrong">{}</p>').format(name, text))
