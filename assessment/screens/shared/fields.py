"""Fields of a form that is saved while somebody fills it in: a value, a hint, and what is wrong.

Values live in the session under keys that begin with ``plan-``, and beside it in the memory of
this process, so that a reload of the page, which begins a new session, finds them again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import streamlit as st
from markupsafe import Markup

from assessment.screens.shared.questions import number_read
from assessment.services.access.codes import is_id, new_id
from questionnaires import numbers
from questionnaires.problems import Problem
from questionnaires.typed_answers import text_refusal

PREFIX = "plan-"
#: Plans in the making that are saved for a reload.
MAX_FORMS = 200


@st.cache_resource(max_entries=MAX_FORMS, ttl="12h", show_spinner=False)
def _saved_forms(plan: str) -> dict[str, Any]:
    """What was given for a plan; the random name stands in the address."""
    return {}


def plan_id() -> str:
    """The random name of the plan, which stands in the address; the assessment gets it as its id.
    What is no such name is replaced."""
    if not is_id(st.query_params.get("plan", "")):
        st.query_params["plan"] = new_id()
    return st.query_params["plan"]


def restore() -> None:
    """Put what was given before a reload back into the session. Call it before any field."""
    plan = plan_id()
    if st.session_state.get("brought-back") != plan:
        for key in _given():
            del st.session_state[key]
        st.session_state.update(_saved_forms(plan))
        st.session_state["brought-back"] = plan


def save_fields() -> None:
    """Remember what stands in the fields now."""
    _saved_forms(st.session_state["brought-back"]).update(_given())


def forget() -> None:
    """The plan is done: nothing of it stays."""
    _saved_forms(st.session_state.pop("brought-back", "")).clear()
    for key in _given():
        del st.session_state[key]


def _given() -> dict[str, Any]:
    """What stands in the fields, by their keys."""
    return {str(k): v for k, v in st.session_state.items() if str(k).startswith(PREFIX)}


def typed_value(name: str, default: Any = None) -> Any:
    """What stands in a field."""
    return st.session_state.get(PREFIX + name, default)


def set_default(name: str, value: Any) -> None:
    """Fill a field in before it is shown, unless somebody has."""
    st.session_state.setdefault(PREFIX + name, value)


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
    with _field(name, hint, _with_length(name, wrong, most)) as saved_as:
        st.text_input(label, **saved_as)


def text(name: str, label: str, wrong: Mapping[str, str], *, hint: str = "", most: int) -> None:
    """A few lines of text."""
    with _field(name, hint, _with_length(name, wrong, most)) as saved_as:
        st.text_area(label, height=90, **saved_as)


def _with_length(name: str, wrong: Mapping[str, str], most: int) -> Mapping[str, str]:
    """What is wrong, and at once, where a text is too long."""
    refusal = text_refusal(str(typed_value(name, "") or ""), most)
    return wrong if refusal is None else {**wrong, name: refusal.sentence}


def number(
    name: str, label: str, wrong: Mapping[str, str], *, hint: str = "", unit: str = ""
) -> None:
    """A whole number, typed as people write it and repeated as it was read; what is allowed is
    checked later, for words of our own.

    Args:
        unit: what is counted, to stand behind the number: ``people``.
    """
    value = typed_value(name)
    if not isinstance(value, str):
        st.session_state[PREFIX + name] = "" if value is None else str(value)
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
