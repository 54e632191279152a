"""Which column of a table with one row a person holds what, as somebody chooses it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from assessment.exchange.answers.columns import ColumnMapping, guessed_items
from questionnaires.library import Library
from questionnaires.model import WORKING_GROUP
from questionnaires.phrases import listing
from questionnaires.reference_data import group_title
from scoring.answers.signs import comparable

#: Of more columns than this somebody had better name them by our ids.
MOST_COLUMNS = 80
#: As much of a question as tells it from others in a list.
LONGEST_QUESTION = 90
NOT_READ = ""


def choose_columns(examples: Mapping[str, Sequence[str]], library: Library) -> ColumnMapping | None:
    """Ask which column holds what; None until somebody has said so.

    Args:
        examples: a few words of each column, by its name.
    """
    names = list(examples)
    guessed = guessed_items(names, library)
    groups = [*library.sides, WORKING_GROUP]
    with st.form("columns"):
        st.subheader("Which column is which?")
        st.write(
            "If your file has one row a person, choose what each column holds. Answers and groups "
            "may stand in our words or codes. Columns that you leave out are not read."
        )
        who = st.selectbox(
            "Who answered",
            [NOT_READ, *names],
            format_func=lambda name: name or "Every row is another person",
            index=_place(names, "respondent") + 1,
        )
        whole = [f"All are: {group_title(group)}" for group in groups]
        of = st.selectbox("Their group", [*names, *whole], index=max(0, _place(names, "group")))
        items = ["", *library.items]
        chosen = {
            name: st.selectbox(
                f"{name} (such as {listing(examples[name], 3)})" if examples[name] else name,
                items,
                format_func=lambda item: _question(item, library),
                index=items.index(guessed.get(name, "")),
                key=f"column-{number}",
            )
            for number, name in enumerate(names[:MOST_COLUMNS])
        }
        if not st.form_submit_button("Read the file like this", type="primary"):
            return None
    columns = {name: item for name, item in chosen.items() if item and name not in (who, of)}
    if not columns:
        st.error("Choose a question for at least one column.", icon=None)
        return None
    twice = [item for item in columns.values() if list(columns.values()).count(item) > 1]
    if twice:
        st.error(f"Two columns have the same question: {_question(twice[0], library)}.")
        return None
    return ColumnMapping(
        respondent=who or None,
        group=of if of in names else None,
        group_of_all=None if of in names else groups[whole.index(of)],
        items={item: name for name, item in columns.items()},
    )


def _place(names: Sequence[str], wanted: str) -> int:
    """Where a column of this name stands; -1 where there is none."""
    return next((n for n, name in enumerate(names) if comparable(name) == wanted), -1)


def _question(item: str, library: Library) -> str:
    if not item:
        return "Not read"
    text = next(iter(library.items[item].text.variants().values()), item)
    short = text if len(text) <= LONGEST_QUESTION else f"{text[:LONGEST_QUESTION]}…"
    return f"{short} ({item})"
