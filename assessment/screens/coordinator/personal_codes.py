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
from assessment.screens.shared.changing import Forms
from assessment.screens.shared.templates import render
from assessment.services.rounds import dates_in_words, overview, personal_codes
from assessment.services.rounds.changes import NotChangedError
from assessment.services.rounds.personal_codes import Codes
from assessment.services.rounds.qr import qr_image
from assessment.store import Store
from assessment.store.records import AssessmentRecord, GroupRecord
from questionnaires import numbers
from questionnaires.phrases import counted
from questionnaires.problems import Problem

FORMS = Forms("codes")
Form = Callable[[Store, AssessmentRecord, GroupRecord], None]
#: What the session knows: the codes that were made in it.
MADE = "codes-made"
AT_A_TIME = numbers.Limits(whole=True, minimum=1, maximum=personal_codes.MOST_AT_ONCE)
NO_NUMBER = f"Write a number from 1 to {personal_codes.MOST_AT_ONCE}."
CARDS_ON_A_PAGE = 8
#: What a code is made of.
LETTERS, WORDS = "Letters and numbers", "Six words"
LOOKS = (LETTERS, WORDS)
LETTERS_LOOK = "Such as K7QMX-4PD9R-TCH. Short; capital or small letters do not matter."
WORDS_LOOK = (
    "Such as apple river lemon museum yellow boat. Easier to read, say and remember; the first "
    "four letters of each word suffice."
)
WHY = (
    "Each code lets one person answer once. So nobody can answer twice, and nobody from another "
    "group in this one’s place. Put the cards into a bowl and let people draw. Keep no list of who "
    "has which: whoever has a card could look whether it was used."
)
SHOWN_ONCE = (
    "You can have these codes now and never again: we keep none of them. Print the cards or save "
    "the list before you leave this page."
)
BACK_SURE = (
    "If you call them back, codes that nobody has begun with open nothing from then on. Cards and "
    "messages with them that are out lead nowhere. It cannot be taken back; you can make new ones.",
    "Whoever has begun can go on.",
)
CALLED_BACK = (
    "Codes that nobody had begun with open nothing any more. Whoever has begun can go on. How many "
    "those are is not told."
)
LINK_SURE = (
    "Everybody in this group can then come in by the group’s link. Codes that are out still work, "
    "so one person could answer twice. To avoid that, call back the unused ones, before or after.",
    "Codes that stand here now can no longer be had.",
)
ONE_LINK = "One link for all again. It stands here."


def cards_name(group: GroupRecord) -> str:
    """What a group's cards are called where a button prints them."""
    return f"cards-{group.group}"


def codes_of(store: Store, record: AssessmentRecord, group: GroupRecord, codes: Codes) -> None:
    """What a group's card says of its personal codes, and what can be done with them."""
    FORMS.show_done(record.id, group.group)
    if said := _said(group, codes):
        st.html(markup.texts([said]))
    if fresh := _fresh(record, group):
        _show(group, fresh)
    more = "Make more codes" if group.entry == "codes" else "Give each person a code instead"
    ways: list[tuple[str, str, Form]] = [("open", more, partial(_form, words=codes.words))]
    if codes.since:
        ways.append(("back", "Call back unused codes", _call_back))
    if group.entry == "codes":
        ways.append(("link", "One link for all again", _one_link))
    with st.container(key=f"codes-{group.group}", horizontal=True):
        for name, words, _ in ways:
            key = f"codes-{name}-{group.group}"
            label = f"{words}: {group.title}"
            text_button(label, key, FORMS.open, record.id, group.group, name)
    for name, _, form in ways:
        if FORMS.is_open(record.id, group.group, name):
            with st.container(key=f"codes-form-{group.group}"):
                form(store, record, group)


def _said(group: GroupRecord, codes: Codes) -> str:
    """How people come in by codes, and how many codes there are that may still open something."""
    if not codes.made:
        return ""
    number = counted(codes.since, "code")
    if group.entry == "link":
        out = f"{number} made for this group may still be out" if codes.since else ""
        return out and f"{out}: each lets one person answer, besides the link."
    each = "Each person comes in by a code of their own."
    if not codes.called_back:
        return f"{each} Made so far: {number}."
    if not codes.since:
        return (
            f"{each} No code lets anybody begin now: all that were made, {codes.made}, are called "
            "back. Make new ones, or let everybody come in by one link again."
        )
    return f"{each} Made since others were called back: {number}."


def _made() -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], tuple[str, ...]] = st.session_state.setdefault(MADE, {})
    return found


def _fresh(record: AssessmentRecord, group: GroupRecord) -> tuple[str, ...]:
    """Codes that were made in this session, as long as people come in by codes."""
    return _made().get((record.id, group.group), ()) if group.entry == "codes" else ()


def _call_back(store: Store, record: AssessmentRecord, group: GroupRecord) -> None:
    def change() -> None:
        personal_codes.call_back(store, record, group.group)
        _made().pop((record.id, group.group), None)

    st.html(markup.texts(BACK_SURE))
    FORMS.show_mistake()
    if FORMS.buttons("Yes, call them back", f"codes-back-{group.group}", for_good=True):
        FORMS.change(CALLED_BACK, change)


def _one_link(store: Store, record: AssessmentRecord, group: GroupRecord) -> None:
    def change() -> None:
        personal_codes.back_to_one_link(store, record, group.group)
        _made().pop((record.id, group.group), None)

    fresh = _fresh(record, group)
    st.html(markup.texts(LINK_SURE if fresh else LINK_SURE[:1]))
    FORMS.show_mistake()
    if FORMS.buttons("Yes, one link for all", f"codes-link-{group.group}", for_good=True):
        FORMS.change(ONE_LINK, change)


def _form(store: Store, record: AssessmentRecord, group: GroupRecord, *, words: bool) -> None:
    """Ask how many codes, and of what: at first as the last ones were."""
    st.html(markup.texts([WHY]))
    typed = st.text_input(
        f"How many codes? About {group.head_count} people are in this group; a few more do no "
        "harm.",
        str(min(group.head_count, personal_codes.MOST_AT_ONCE)),
        key=f"codes-number-{group.group}",
        autocomplete="off",
    )
    FORMS.show_mistake("number")
    looks = st.radio(
        "What shall the codes be made of?",
        LOOKS,
        index=LOOKS.index(WORDS if words else LETTERS),
        key=f"codes-looks-{group.group}",
        captions=[LETTERS_LOOK, WORDS_LOOK],
    )
    FORMS.show_mistake()
    if FORMS.buttons(f"Make them: {group.title}", f"codes-make-{group.group}"):
        FORMS.change("", lambda: _make(store, record, group, typed, words=looks == WORDS))


def _make(
    store: Store, record: AssessmentRecord, group: GroupRecord, typed: str, *, words: bool
) -> None:
    """Make codes, and keep them for this session.

    Raises:
        NotChangedError: what was typed is no number of codes.
    """
    found = numbers.read(typed, AT_A_TIME) if typed.strip() else None
    if found is None or isinstance(found, Problem):
        raise NotChangedError(found.in_words("typed") if found else NO_NUMBER, "number")
    number = int(found)
    with st.spinner(f"Making {counted(number, 'code')}"):
        fresh = personal_codes.make(store, record, group.group, number, words=words)
    made = _made()
    made[record.id, group.group] = (*made.get((record.id, group.group), ()), *fresh)


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
    codes = _fresh(record, group)
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
