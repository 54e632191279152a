"""Workbooks that came back: what can be read of them, what is to be decided, and taking them in."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from assessment.screens.shared import markup
from assessment.screens.shared.buttons import in_label, text_button
from assessment.services.content import loaded
from assessment.services.rounds import dates_in_words
from assessment.services.rounds.returned_workbooks import (
    Choice,
    Decided,
    Decisions,
    Look,
    Returned,
    ReturnedWorkbooks,
    SameFile,
)
from assessment.services.rounds.workbook_import import ImportedAnswers
from assessment.store import Store, UnreachableError
from assessment.store.records import AssessmentRecord
from questionnaires.model import WORKING_GROUP
from questionnaires.phrases import counted, listed
from questionnaires.problems import Problem, ProblemsError
from questionnaires.reference_data import GROUP_TITLES

INTRO = (
    "Choose all that you have. Where something is not clear, you decide, and no workbook waits for "
    "another. A file is less private than the form: delete it afterwards."
)
OUR_FAULT = "Something went wrong on our side, and nothing was taken in. Try again in a minute."
#: What taking answers in after the last day means.
LATE = (
    "The end was {end}, and people were told that later files may not be counted. Nobody has seen "
    "results yet, so these can still be counted in. Once results are published, nothing is taken "
    "in any more."
)


def upload_form(store: Store, record: AssessmentRecord) -> None:
    """Take workbooks in, one by one or all together."""
    returned: ReturnedWorkbooks = st.session_state.setdefault(
        f"returned-{record.id}", ReturnedWorkbooks()
    )
    with st.container(key="card-workbooks"):
        st.html(
            Markup('<h2 class="pw-finding">Workbooks that came back</h2>') + markup.texts([INTRO])
        )
        if said := st.session_state.pop("taken-in", None):
            st.html(markup.notice(said, role="status", style="pw-done"))
        if wrong := st.session_state.pop("not-taken-in", None):
            st.html(markup.notice(wrong, role="alert", style="pw-banner"))
        _choose(store, record, returned)
        if not returned.entries:
            return
        for name in st.session_state.get("gave-place", []):
            st.html(
                markup.notice(
                    f"{name} took the place of the file of the same name on the list. If they are "
                    "two people's, give one another name and add both."
                )
            )
        try:
            look = returned.look(store, record)
        except UnreachableError:
            st.html(markup.notice(OUR_FAULT, role="alert", style="pw-banner"))
            return
        _refused(returned)
        decisions = _decisions(record, returned, look)
        _take_in(store, record, returned, look, decisions)


def _choose(store: Store, record: AssessmentRecord, returned: ReturnedWorkbooks) -> None:
    """Files go on the list as soon as they are there, and the place for files is free again."""
    again = st.session_state.setdefault("upload-round", 0)
    files = st.file_uploader(
        "Filled-in workbooks (.xlsx)",
        type=["xlsx"],
        accept_multiple_files=True,
        key=f"workbooks-{again}",
    )
    if not files:
        return
    shown = st.progress(0.0, text="Reading the workbooks")

    def progress(finished: int) -> None:
        shown.progress(finished / len(files), text=f"Read {finished} of {len(files)}")

    contents = [(file.name, file.getvalue()) for file in files]
    library = loaded.of_round(store, record).library
    st.session_state["gave-place"] = returned.add(record, library, contents, progress)
    st.session_state["upload-round"] = again + 1
    st.rerun()


def _refused(returned: ReturnedWorkbooks) -> None:
    """What cannot be taken in as it is, and why."""
    if not returned.refused:
        return
    st.html(
        Markup('<div role="alert">{}{}</div>').format(
            markup.subheading("These cannot be taken in"),
            markup.texts(
                ["Ask for a mended file and add it: one of the same name takes its place here."]
            ),
        )
    )
    for entry in returned.refused:
        st.html(_lines(entry.problems, "careful"))
        _removal(returned, entry)


def _removal(returned: ReturnedWorkbooks, entry: Returned) -> None:
    text_button(
        f"Take {in_label(entry.name)} off the list", f"off-{entry.id}", returned.remove, entry.id
    )


def _lines(problems: Sequence[Problem], mark: str) -> Markup:
    lines = ProblemsError(problems).lines("in_the_app")
    sign, style = markup.MARKS[mark]
    return markup.marked(lines, sign, style)


def _decisions(record: AssessmentRecord, returned: ReturnedWorkbooks, look: Look) -> Decisions:
    """The questions about the workbooks that can be read, and what is answered so far."""
    same = {found.number: choice for found in look.same if (choice := _same_file(found))}
    as_they_are, known, replacing = set(), set(), set()
    for entry in returned.read:
        if entry.needs_a_look and _as_it_is(entry):
            as_they_are.add(entry.id)
        if entry.unknown and _known(entry, seen=entry.id in look.seen):
            known.add(entry.id)
        if number := look.agreed.get(entry.id):
            questions = counted(number, "question")
            st.html(
                markup.texts([f"The working group has answered {questions} otherwise already."])
            )
            label = f"{in_label(entry.name)} is right: let it replace those answers"
            if st.checkbox(label, key=f"replace-{entry.id}"):
                replacing.add(entry.id)
    late = False
    if look.late and returned.read:
        st.html(
            markup.subheading("The round is over")
            + markup.texts([LATE.format(end=dates_in_words.end(record))])
        )
        late = st.checkbox("I know this: take in what came late", key="take-in-late")
    return Decisions(late, frozenset(as_they_are), frozenset(known), frozenset(replacing), same)


def _as_it_is(entry: Returned) -> bool:
    """What of a workbook is left out, and whether it goes in all the same."""
    assert entry.book is not None
    doubts, beside = entry.book.doubts, entry.book.beside
    parts = [markup.subheading(f"{entry.name}: ask the person, or leave this out")]
    if doubts:
        asked = listed([f"“{words}”" for words in dict.fromkeys(entry.book.left_out.values())])
        parts.append(markup.texts([f"What was answered here is not clear: {asked}"]))
        parts.append(_lines(doubts, "careful"))
    if beside:
        parts += [
            markup.texts(["Here somebody may have said something:"]),
            _lines(beside, "careful"),
        ]
    st.html(Markup().join(parts))
    answers = counted(len(entry.book.left_out), "answer")
    without = listed([*([answers] if doubts else []), *(["what is not read"] if beside else [])])
    label = f"Take in {in_label(entry.name)} without {without}"
    return st.checkbox(label, key=f"as-it-is-{entry.id}")


def _known(entry: Returned, *, seen: bool) -> bool:
    """Whether a workbook that says too little of itself belongs here, for the first time."""
    assert entry.book is not None
    origin = entry.book.origin
    said = [f"“{text}”" for text in (origin.title, origin.organisation) if text]
    lines = []
    if not origin.round:
        lines.append(
            "It does not say to which round it belongs. "
            + (f"On its first sheet stands {listed(said)}." if said else "")
        )
    if not origin.copy and entry.book.group != WORKING_GROUP:
        lines.append("It has no number, so nobody can tell whether it was taken in before.")
    if seen:
        lines.append("One with the same answers was taken in just now, since you opened this page.")
    st.html(markup.subheading(f"{entry.name}: does it belong here?") + markup.texts(lines))
    return st.checkbox(
        f"{in_label(entry.name)} belongs to this round and was not taken in before",
        key=f"known-{entry.id}",
    )


def _same_file(found: SameFile) -> Choice | None:
    """What becomes of copies of one file; None until somebody says."""
    names = listed([entry.name for entry in found.entries])
    several = len(found.entries) > 1
    if found.number == WORKING_GROUP:
        title = "The working group gives one set of answers"
        text = f"{names} are all the working group’s."
    elif not found.earlier.count:
        title = "Copies of one file"
        text = f"{names} are copies of the same file. Are they one person’s, or several people’s?"
    else:
        title = "Taken in before"
        are = "are copies" if several else "is a copy"
        text = f"{names} {are} of a file of which answers are in already."
        if found.earlier.count > 1:
            text += (
                " That was so more than once, so nobody can tell which of the earlier ones is "
                "this person’s."
            )
        elif found.has_words:
            text += (
                " Words of somebody’s own are kept apart from the answers: those of the earlier "
                "file stay whatever you choose."
            )
    st.html(markup.subheading(title) + markup.texts([text]) + _lines(found.alike, "careful"))
    called = {entry.id: in_label(entry.name) for entry in found.entries}
    options = list(found.choices)
    return st.radio(
        f"What shall become of {in_label(names)}?",
        options,
        index=None,
        format_func=lambda choice: _in_words(choice, called, found),
        key=f"same-{found.number}-{len(found.entries)}-{found.earlier.count}",
        label_visibility="collapsed",
    )


def _in_words(choice: Choice, names: dict[str, str], found: SameFile) -> str:
    name, several = names.get(choice.id, ""), len(names) > 1
    only = next(iter(names.values()))
    match choice.kind:
        case "only" if found.number == WORKING_GROUP:
            return f"Take in only {name}"
        case "only":
            return f"One person’s: take in only {name}"
        case "replace":
            others = ", and leave out the rest" if several else ""
            return f"The same person’s: let {name} replace the earlier answers{others}"
        case "all" if several:
            return "Each another person’s: take in all of them"
        case "all":
            return f"Another person’s: take in {only} as well"
    return "Leave them out" if several else f"Leave {only} out"


def _take_in(
    store: Store,
    record: AssessmentRecord,
    returned: ReturnedWorkbooks,
    look: Look,
    decisions: Decisions,
) -> None:
    decided = returned.decided(look, decisions)
    left_out = {entry.id for entry in decided.left_out}
    taken = [entry for entry, _ in decided.taken]
    if taken or left_out:
        titles = {group.group: group.title for group in record.groups} | dict(GROUP_TITLES)
        lines = [
            f"{entry.name} ({titles.get(entry.book.group, entry.book.group)})"
            for entry in taken
            if entry.book is not None
        ]
        lines += [f"{entry.name}: left out" for entry in decided.left_out]
        st.html(markup.subheading("Ready") + markup.marked(lines, "✓"))
    waiting = len(returned.read) - len(taken) - len(left_out)
    if waiting:
        st.html(
            markup.texts([f"{counted(waiting, 'workbook')} wait for your decision."])
            if waiting > 1
            else markup.texts(["1 workbook waits for your decision."])
        )
    if left_out and not taken:
        text_button("Take off the list what is left out", "off", returned.remove, *left_out)
    if taken:
        which = "this workbook" if len(taken) == 1 else f"these {len(taken)} workbooks"
        if st.button(f"Take in {which}", key="take-in", type="primary"):
            try:
                found = returned.take_in(store, record, look, decisions)
            except ProblemsError as error:
                st.session_state["not-taken-in"] = " ".join(error.lines("in_the_app"))
            except UnreachableError:
                st.session_state["not-taken-in"] = OUR_FAULT
            else:
                st.session_state["taken-in"] = _taken(found, record, decided)
                st.session_state.pop("gave-place", None)
            st.rerun()
    text_button("Empty the list", "empty-list", returned.remove, *(e.id for e in returned.entries))


def _taken(found: ImportedAnswers, record: AssessmentRecord, decided: Decided) -> str:
    titles = {group.group: group.title for group in record.groups}
    parts = [f"{titles[name]}: {count}" for name, count in found.respondents.items() if count]
    if found.agreed:
        parts.append(f"{GROUP_TITLES[WORKING_GROUP]}: {counted(found.agreed, 'answer')}")
    said = "Taken in. " + ", ".join(parts) + "." if parts else "Taken in; nothing was new."
    if found.replaced:
        said += f" {found.replaced} of them replaced what was taken in before."
    doubtful = sum(len(entry.book.left_out) for entry, _ in decided.taken if entry.book is not None)
    if doubtful:
        said += f" Left out: {counted(doubtful, 'answer')}."
    if decided.left_out:
        said += f" Not taken in: {listed([entry.name for entry in decided.left_out])}."
    return said
