"""A code for each person of a group: made here, given out once, printed on cards to draw."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st
from markupsafe import Markup

from assessment.screens.shared import markup
from assessment.screens.shared.buttons import download_button, text_button
from assessment.screens.shared.templates import render
from assessment.services.rounds import dates_in_words, overview, personal_codes
from assessment.services.rounds.qr import qr_image
from assessment.store import Store, UnreachableError
from assessment.store.records import AssessmentRecord, GroupRecord
from questionnaires import numbers
from questionnaires.phrases import counted
from questionnaires.problems import Problem

#: What the session knows: the group whose form is open, the codes that were made in it, what became
#: of what was done, and what is wrong in the form.
OPEN, MADE, DONE, WRONG = "codes-open", "codes-made", "codes-done", "codes-wrong"
AT_A_TIME = numbers.Limits(whole=True, minimum=1, maximum=personal_codes.MOST_AT_ONCE)
NO_NUMBER = f"Write a number from 1 to {personal_codes.MOST_AT_ONCE}."
CARDS_ON_A_PAGE = 8
WHY = (
    "Each code lets one person answer once. So nobody can answer twice, and nobody from another "
    "group in this one’s place. Put the cards into a bowl and let people draw. Keep no list of who "
    "has which: whoever has a card could look whether it was used."
)
SHOWN_ONCE = (
    "You can have these codes now and never again: we keep none of them. Print the cards or save "
    "the list before you leave this page."
)
CALLED_BACK = (
    "Codes that nobody had begun with open nothing any more. Whoever has begun can go on. How many "
    "were left is not told, since it would say how many have begun."
)
ONE_LINK = (
    "One link for all again. Codes that are out still work, so one person could now answer twice."
)
OUR_FAULT = "Something went wrong on our side, and nothing was changed. Try again in a minute."


def cards_name(group: GroupRecord) -> str:
    """What a group's cards are called where a button prints them."""
    return f"cards-{group.group}"


def codes_of(store: Store, record: AssessmentRecord, group: GroupRecord, number: int) -> None:
    """What a group's card says of its personal codes, and what can be done with them.

    Args:
        number: how many codes were made.
    """
    if done := st.session_state.get(DONE, {}).pop((record.id, group.group), ""):
        st.html(markup.notice(done, role="status", style="pw-done"))
    if group.entry == "codes":
        st.html(
            Markup('<p class="pw-text">{}</p>').format(
                "Each person comes in by a code of their own. Made so far: "
                f"{counted(number, 'code')}."
            )
        )
    fresh = _made().get((record.id, group.group), ())
    if fresh:
        _show(group, fresh)
    with st.container(key=f"codes-{group.group}", horizontal=True):
        more = "Make more codes" if group.entry == "codes" else "Give each person a code instead"
        text_button(f"{more}: {group.title}", f"codes-open-{group.group}", _open, record, group)
        if group.entry == "codes":
            _ways_back(store, record, group, number)
    if st.session_state.get(OPEN) == (record.id, group.group):
        _form(store, record, group)


def _made() -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], tuple[str, ...]] = st.session_state.setdefault(MADE, {})
    return found


def _tell(record: AssessmentRecord, group: GroupRecord, text: str) -> None:
    st.session_state.setdefault(DONE, {})[record.id, group.group] = text


def _open(record: AssessmentRecord, group: GroupRecord) -> None:
    st.session_state[OPEN] = (record.id, group.group)


def _close() -> None:
    st.session_state.pop(OPEN, None)


def _ways_back(store: Store, record: AssessmentRecord, group: GroupRecord, number: int) -> None:
    if number:
        text_button(
            f"Call back unused codes: {group.title}",
            f"codes-back-{group.group}",
            _call_back,
            store,
            record,
            group,
        )
    text_button(
        f"One link for all again: {group.title}",
        f"codes-link-{group.group}",
        _one_link,
        store,
        record,
        group,
    )


def _call_back(store: Store, record: AssessmentRecord, group: GroupRecord) -> None:
    if _done(personal_codes.call_back, store, record, group, CALLED_BACK):
        _made().pop((record.id, group.group), None)


def _one_link(store: Store, record: AssessmentRecord, group: GroupRecord) -> None:
    _done(personal_codes.back_to_one_link, store, record, group, ONE_LINK)


def _done(
    change: Callable[[Store, AssessmentRecord, str], object],
    store: Store,
    record: AssessmentRecord,
    group: GroupRecord,
    then: str,
) -> bool:
    """Change how people of a group come in, and say what became of it; whether it was changed."""
    try:
        change(store, record, group.group)
    except UnreachableError:
        _tell(record, group, OUR_FAULT)
        return False
    _tell(record, group, then)
    return True


def _form(store: Store, record: AssessmentRecord, group: GroupRecord) -> None:
    with st.container(key=f"codes-form-{group.group}"):
        st.html(markup.texts([WHY]))
        typed = st.text_input(
            f"How many codes? About {group.head_count} people are in this group; a few more do no "
            "harm.",
            str(min(group.head_count, personal_codes.MOST_AT_ONCE)),
            key=f"codes-number-{group.group}",
            autocomplete="off",
        )
        if problem := st.session_state.pop(WRONG, ""):
            st.html(Markup('<p class="pw-error" role="alert">{}</p>').format(problem))
        with st.container(key=f"codes-do-{group.group}", horizontal=True):
            key = f"codes-make-{group.group}"
            if st.button(f"Make them: {group.title}", key=key, type="primary"):
                _make(store, record, group, typed)
            st.button("Leave it as it is", key=f"codes-leave-{group.group}", on_click=_close)


def _make(store: Store, record: AssessmentRecord, group: GroupRecord, typed: str) -> None:
    found = numbers.read(typed, AT_A_TIME) if typed.strip() else None
    if found is None or isinstance(found, Problem):
        st.session_state[WRONG] = found.in_words("typed") if found else NO_NUMBER
        st.rerun()
    number = int(found)
    try:
        with st.spinner(f"Making {counted(number, 'code')}"):
            fresh = personal_codes.make(store, record, group.group, number)
    except UnreachableError:
        _tell(record, group, OUR_FAULT)
    else:
        made = _made()
        made[record.id, group.group] = (*made.get((record.id, group.group), ()), *fresh)
        _close()
    st.rerun()


def _show(group: GroupRecord, codes: Sequence[str]) -> None:
    """Codes that were just made: to print, to save, to copy."""
    lines = "\n".join(codes)
    st.html(markup.notice(SHOWN_ONCE, role="status", style="pw-banner"))
    st.html(
        Markup(
            '<p class="pw-buttons"><button type="button" class="pw-button" data-print="{name}" '
            'aria-label="Print the cards: {group}">Print the cards</button>'
            '<button type="button" class="pw-button pw-quiet" data-copy="{lines}" '
            'data-otherwise="Save the list instead" aria-label="Copy the codes: {group}">Copy the '
            'codes</button><span role="status" class="pw-copied"></span></p>'
        ).format(name=cards_name(group), lines=lines, group=group.title)
    )
    download_button(
        f"Save the list: {group.title}",
        partial(_list, codes, st.context.url),
        f"codes-{group.group}.csv",
        f"codes-list-{group.group}",
    )


def _list(codes: Sequence[str], seen_at: str | None) -> str:
    """The codes as a table: each with its link, for messages."""
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(["code", "link"])
    table.writerows([code, overview.link(code, seen_at)] for code in codes)
    return "\ufeff" + written.getvalue()


def cards(record: AssessmentRecord, group: GroupRecord, minutes: int) -> Markup:
    """Pages of cards to cut apart, on paper only; nothing where no codes were just made."""
    seen_at = st.context.url
    codes = _made().get((record.id, group.group), ())
    return Markup().join(
        render(
            "cards.html",
            printed=cards_name(group),
            organisation=record.organisation.name,
            group=group.title,
            minutes=minutes,
            until=dates_in_words.end(record),
            address=overview.code_address(seen_at),
            cards=[
                (code, qr_image(overview.link(code, seen_at)))
                for code in codes[at : at + CARDS_ON_A_PAGE]
            ],
        )
        for at in range(0, len(codes), CARDS_ON_A_PAGE)
    )
