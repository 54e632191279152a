"""Workbooks for filling in: what is filled in is what is read, and what cannot be read is said."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.exchange.answer_workbook.audience import audience, items_of
from assessment.exchange.answer_workbook.copies import copies
from assessment.exchange.answer_workbook.first_sheet import first_sheet
from assessment.exchange.answer_workbook.layout import Origin, sheets
from assessment.exchange.answer_workbook.reading import read_workbooks, workbook_reading
from assessment.exchange.answer_workbook.writing import template
from questionnaires.library import Library, load
from questionnaires.model import WORKING_GROUP, Item
from questionnaires.problems import Place, Problem, ProblemsError
from questionnaires.reference_data import GROUP_SIDES
from questionnaires.skip_logic import Applies, applies
from scoring.answers.context import Context
from scoring.answers.matrix import COLUMNS
from scoring.answers.taking_in import take_in
from tests.support.files import HEADER, demo, run
from tests.support.filling_in import Filled, any_values, fill
from tests.support.libreoffice import Office
from tests.support.places import PACKS
from tests.support.reading import textstat

GROUPS = (*GROUP_SIDES, WORKING_GROUP)
NOTE, OTHERS = "What shows it (a note)", "If you did not agree: the answers that you gave"


@cache
def library() -> Library:
    return load()


@cache
def made(group: str) -> bytes:
    return template(library(), group, title="Ready?", organisation="Harbour House")


@cache
def items(group: str) -> tuple[Item, ...]:
    return asked_by(library(), group)


def asked_by(library: Library, group: str) -> tuple[Item, ...]:
    """What a group finds in its workbook: a full round before anybody said anything."""
    asked = items_of(Applies(library), audience(library, group))
    return tuple(item for item in library.items.values() if item.id in asked)


def values_in(table: pd.DataFrame) -> dict[str, str]:
    return dict(zip(table["item"], table["value"], strict=True))


def read(content: bytes, name: str = "staff-3.xlsx") -> pd.DataFrame:
    return read_workbooks([(name, content)], library())


def refused(content: bytes, name: str = "staff-3.xlsx") -> list[str]:
    with pytest.raises(ProblemsError) as caught:
        read(content, name)
    return caught.value.lines()


def changed(group: str, change: Callable[[Filled], None]) -> bytes:
    filled = Filled(made(group))
    change(filled)
    return filled.saved()


# -- what is filled in is what is read ---------------------------------------------------------


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("seed", range(3))
def test_every_answer_of_every_group_comes_back(group: str, seed: int) -> None:
    values = any_values(library(), group, items(group), seed)
    table = read(fill(made(group), library(), values), "p1.xlsx")
    assert values_in(table) == values
    assert list(table.columns) == list(COLUMNS)
    assert set(table["respondent"]) == {"p1"}
    assert set(table["group"]) == {group}
    owners = {name: library().questionnaire_of[name.removesuffix(".note")].id for name in values}
    assert dict(zip(table["item"], table["questionnaire"], strict=True)) == owners


@pytest.mark.parametrize("group", ["service_user", WORKING_GROUP])
def test_the_first_sheet_is_printed_in_the_size_of_its_type(group: str) -> None:
    """Fitted to one page it would shrink. A unit of width is 7 pixels of 96 to an inch; the margins
    leave 7.27 inches of A4 and 7.5 of Letter, into which the sheet goes as it is."""
    sheet = openpyxl.load_workbook(io.BytesIO(made(group))).worksheets[0]
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    margins = sheet.page_margins
    room = 8.27 - margins.left - margins.right
    assert sheet.column_dimensions["A"].width * 7 / 96 <= room
    assert min(cell.font.size for row in sheet.iter_rows() for cell in row) >= 12


#: Pixels of a unit of width: by our typeface, and by a wider one that stands in for it.
UNITS = (7.0, 8.5)


@pytest.mark.parametrize("group", GROUPS)
def test_no_sheet_is_printed_in_type_that_is_hard_to_read(group: str) -> None:
    """All columns go on one page: a sheet that is wider than A4 shrinks."""
    book = openpyxl.load_workbook(io.BytesIO(made(group)))
    assert book._named_styles["Normal"].font.name == "Arial"
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        assert sheet.oddFooter.right.size == 12
        across = 11.69 if sheet.page_setup.orientation == "landscape" else 8.27
        room = 96 * (across - sheet.page_margins.left - sheet.page_margins.right)
        shown = [column.width for column in sheet.column_dimensions.values() if not column.hidden]
        cells = [cell for row in sheet.iter_rows(min_col=2) for cell in row if cell.value]
        smallest = min((cell.font.size for cell in cells), default=12)
        for unit in UNITS:
            assert smallest * min(1, room / (sum(shown) * unit)) >= 8.5, sheet.title


@pytest.mark.parametrize("group", GROUPS)
def test_every_row_is_high_enough_for_what_it_says(group: str) -> None:
    """No row of a sheet can be higher than 409 points; the words of ours all go into theirs."""
    for sheet in openpyxl.load_workbook(io.BytesIO(made(group))).worksheets:
        if sheet.sheet_state == "visible":
            assert all(
                row.height is None or row.height < 400 for row in sheet.row_dimensions.values()
            )


@pytest.mark.parametrize("group", GROUPS)
def test_every_single_answer_of_every_question_can_be_given(group: str) -> None:
    """Each option and each 'I don't know' once: the longest scale says how many workbooks."""
    asked = [item for item in items(group) if item.kind not in ("number", "text", "choices")]
    codes = {
        item.id: [*(option.code for option in library().options(item)), *item.offers_for(group)]
        for item in asked
    }
    for step in range(max(map(len, codes.values()))):
        values = {name: answers[step % len(answers)] for name, answers in codes.items()}
        assert values_in(read(fill(made(group), library(), values))) == values


@settings(max_examples=60)
@given(
    seed=st.integers(0, 2**32),
    answered=st.floats(0.02, 1),
    group=st.sampled_from(["service_user", "board", WORKING_GROUP]),
)
def test_any_answers_come_back(seed: int, answered: float, group: str) -> None:
    values = any_values(library(), group, items(group), seed, answered)
    content = fill(made(group), library(), values)
    if values:
        assert values_in(read(content)) == values
    else:
        assert "there is no answer in it yet" in refused(content)[0]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Often", "often"),
        ("often", "often"),
        ("  OFTEN ", "often"),
        ("not_often", "not_often"),
        ("Not  often", "not_often"),
        ("I don't know", "dont_know"),
        ("I don’t know", "dont_know"),
        ("dont_know", "dont_know"),
    ],
)
def test_an_answer_may_be_written_by_hand(written: str, code: str) -> None:
    def change(filled: Filled) -> None:
        filled.cell("ask valued_input.listened_to").value = written

    assert values_in(read(changed("staff", change))) == {"valued_input.listened_to": code}


@pytest.mark.parametrize("written", [3, 3.0, "3", "Informing", "informing"])
def test_a_rung_may_be_given_by_its_number_or_its_name(written: object) -> None:
    def change(filled: Filled) -> None:
        filled.cell("ask ladder.now.delivery").value = written

    found = refused_or_values("staff", change)
    expected = {"ladder.now.delivery": "3"}
    # Only the organisation's groups read the technical name of a rung.
    assert found == expected


def refused_or_values(group: str, change: Callable[[Filled], None]) -> dict[str, str]:
    return values_in(read(changed(group, change)))


def test_service_users_read_what_a_rung_means_and_not_its_name() -> None:
    filled = Filled(made("service_user"))
    offered = filled.list_of(filled.cell("ask ladder.now.own_support"))
    assert offered[0] == "Nobody asks people or tells them. They may be made to go along."
    assert not any("Coercing" in label for label in offered)


def test_each_list_offers_the_answers_that_the_item_takes_and_no_other() -> None:
    for group in GROUPS:
        filled = Filled(made(group))
        for item in items(group):
            if item.kind in ("text", "choices"):
                continue
            offered = filled.list_of(filled.cell(f"ask {item.id}"))
            count = len(library().options(item)) + len(item.offers_for(group))
            disagreed = group == WORKING_GROUP and item.kind == "practice"
            assert len(offered) == len(set(offered)) == count + disagreed


def test_only_answer_cells_can_be_changed() -> None:
    for group in GROUPS:
        book = Filled(made(group)).book
        assert book.security.lockStructure
        for sheet in book.worksheets:
            assert sheet.protection.sheet, sheet.title
            names = {cell.column: cell.value for cell in sheet[2]}
            open_columns = {
                names[cell.column]
                for row in sheet.iter_rows()
                for cell in row
                if not cell.protection.locked
            }
            assert open_columns <= {"Your answer", NOTE, OTHERS}
        assert [book["form"].sheet_state, book["lists"].sheet_state] == ["veryHidden"] * 2


def test_the_same_template_is_the_same_file_and_names_nobody() -> None:
    assert template(library(), "board") == template(library(), "board")
    book = openpyxl.load_workbook(io.BytesIO(made("board")))
    assert not book.properties.creator
    assert not book.properties.lastModifiedBy


@pytest.mark.parametrize("group", ["service_user", "peer_worker"])
def test_what_people_with_lived_experience_read_first_is_plain(group: str) -> None:
    who = audience(library(), group)
    lines = first_sheet(
        library(),
        who,
        sheets(library(), who, items=items_of(Applies(library()), who)),
        title="",
        organisation="",
        group_name="",
        until="Sunday 20 December 2026, midnight (London time)",
        has_number=True,
    )
    text = " ".join(line.text for line in lines if line.text.endswith("."))
    text = re.sub(r"[0-9]+", "ten", text).replace(" (.xlsx)", "")
    assert textstat.flesch_kincaid_grade(text) <= 6


@pytest.mark.parametrize("group", GROUPS)
def test_on_paper_each_question_has_its_answers_below_it(group: str) -> None:
    """What the drop-down list offers is printed too, in its order."""
    filled = Filled(made(group))
    compared = 0
    for item in items(group):
        if item.kind in ("text", "choices"):
            continue
        offered = filled.list_of(filled.cell(f"ask {item.id}"))
        sheet, row = filled.places[f"ask {item.id}"]
        printed = str(sheet.cell(row, 2).value).replace("\u00a0", " ")
        places = [printed.find(label) for label in offered]
        assert -1 not in places, (item.id, printed)
        compared += len(places)
    assert compared > 50


@pytest.mark.parametrize("group", ["staff", WORKING_GROUP])
def test_the_first_sheet_says_the_last_day_whom_to_ask_and_who_can_read_it(group: str) -> None:
    content = template(
        library(),
        group,
        help_contact="the front desk,\nor 555 0100",
        until="Sunday 20 December 2026, midnight (London time)",
    )
    text = "\n".join(first_texts(content))
    assert text.count("by Sunday 20 December 2026, midnight") == 2
    assert "If you need help now: the front desk, or 555 0100" in text
    assert "The person who collects the files can read your answers." in text
    plain = "\n".join(first_texts(template(library(), group)))
    assert "help now" not in plain
    assert "Give it back" not in plain


def first_texts(content: bytes) -> list[str]:
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Start here"]
    return [str(row[0].value) for row in sheet.iter_rows()]


def test_a_group_of_an_organisations_own_is_asked_like_another() -> None:
    content = template(library(), "tenants", side="lived_experience", asked_like="service_user")
    item = "valued_input.listened_to"
    table = read(fill(content, library(), {item: "often"}), "t.xlsx")
    assert table.iloc[0].tolist() == ["t", "tenants", "coproduction-principles", item, "often"]
    asked = {key.split()[1] for key in Filled(content).places}
    assert asked == {entry.id for entry in items("service_user")}


def test_a_quick_look_asks_less_and_comes_back() -> None:
    """The answers that were counted for the quick look: 14 for service users, 16 for staff, with
    the concerns as one; so many rows more as there are concerns but one."""
    quick = Applies(library(), {}, "quick")
    for group, count in (("service_user", 14 + 5), ("staff", 16 + 9)):
        content = template(library(), group, applies=quick)
        asked = {key.split()[1] for key in Filled(content).places}
        assert asked == {item.id for item in quick.items_for(group)}
        assert len(asked) == count
        values = any_values(library(), group, [library().items[i] for i in sorted(asked)], seed=1)
        assert values_in(read(fill(content, library(), values), "q.xlsx")) == values


def test_what_the_facts_leave_out_is_left_out_and_named_and_the_rest_comes_back() -> None:
    """Read later, when the fact has changed: the workbook still is as it was handed out."""
    unpaid = applies(library(), {"fit.pay": "expenses_only"})
    content = template(library(), WORKING_GROUP, applies=unpaid)
    asked = {key.split()[1] for key in Filled(content).places}
    assert "payment_and_costs.benefits_advice" not in asked
    text = "\n".join(first_texts(content))
    assert "Left out" in text
    assert (
        "Does not apply, because the answer to “Will peer workers be paid?” is “Expenses only"
        in text
    )
    values = any_values(library(), WORKING_GROUP, [library().items[i] for i in sorted(asked)], 2)
    assert values_in(read(fill(content, library(), values), "team.xlsx")) == values


def test_staff_are_asked_about_practices_only_where_peer_work_runs() -> None:
    def titles(**facts: str) -> list[str]:
        known = applies(library(), {f"fit.{name}": value for name, value in facts.items()})
        return Filled(template(library(), "staff", applies=known)).book.sheetnames

    assert "Organisational foundations" not in titles()
    assert "Organisational foundations" not in titles(already_running="none")
    running = titles(already_running="buddying")
    assert "Organisational foundations" in running
    # They talk the boundaries through instead.
    assert "What is OK between us" not in running
    assert "What is OK between us" in titles()


def test_only_the_questionnaires_that_are_wanted_stand_in_it() -> None:
    content = template(library(), "staff", questionnaires=["buy-in", "boundaries"])
    titles = Filled(content).book.sheetnames
    assert titles == ["Start here", "What we think of peer work", "What is OK between us",
                      "form", "lists"]  # fmt: skip


def test_questionnaires_of_an_organisations_own_come_back(tmp_path: Path) -> None:
    own = load([PACKS])
    for group, side in (("families", None), ("volunteers", None), (WORKING_GROUP, None)):
        asked = asked_by(own, group)
        values = any_values(own, group, asked, seed=5)
        content = template(own, group, side=side)
        assert values_in(read_workbooks([("x.xlsx", fill(content, own, values))], own)) == values


# -- what cannot be read is said, with its sheet and its cell -----------------------------------


def put(key: str, value: object, header: str = "Your answer") -> Callable[[Filled], None]:
    def change(filled: Filled) -> None:
        filled.cell(key, header).value = value

    return change


def put_all(*parts: Callable[[Filled], None]) -> Callable[[Filled], None]:
    def change(filled: Filled) -> None:
        for part in parts:
            part(filled)

    return change


LISTENED = "ask valued_input.listened_to"
PRACTICE = "ask boundaries.discussed_and_written"
PEERS = "ask fit.number_of_peers"
HOURS = "ask fit.hours_for_support"


@pytest.mark.parametrize(
    ("group", "change", "expected"),
    [
        (
            "staff",
            put(LISTENED, "Oftn"),
            "staff-3.xlsx, sheet 'How we work together here', cell C5: found 'Oftn' (did you mean "
            "'Often'?); allowed: Never, Not often, Sometimes, Often, Always, I don't know",
        ),
        ("staff", put(LISTENED, 4), "cell C5: found '4'; allowed: Never"),
        ("staff", put(LISTENED, "Often; Never"), "found 'Often; Never'"),
        ("staff", put(LISTENED, True), "found 'TRUE'; allowed: Never"),
        ("staff", put(LISTENED, "=A1"), "cell C5: a formula stands here, and its result is not"),
        ("staff", put(LISTENED, "#N/A"), "cell C5: an error stands here (#N/A): write the answer"),
        (
            "staff",
            put(LISTENED, pd.Timestamp(2024, 2, 1).to_pydatetime()),
            "cell C5: a date stands here; often Excel made it of something like 1/2",
        ),
        ("staff", put(LISTENED, "Does not apply here"), "found 'Does not apply here'; allowed"),
        (WORKING_GROUP, put("tick fit.wants groups", "maybe"), "found 'maybe'; allowed: Y"),
        (
            WORKING_GROUP,
            put_all(
                put("tick fit.already_running none", "Yes"),
                put("tick fit.already_running buddying", "yes"),
            ),
            "'No peer work is running' stands alone, and 'One-to-one buddying, with staff near'",
        ),
        (
            WORKING_GROUP,
            put_all(put("tick fit.wants dont_know", "x"), put("tick fit.wants groups", "x")),
            "\"I don't know\" stands alone, and 'Help to run groups' is chosen beside it",
        ),
        (
            WORKING_GROUP,
            put_all(put("ask fit.wants", "Talk"), put(PEERS, 2)),
            "something stands here where no answer belongs",
        ),
        (WORKING_GROUP, put("ask fit.statement_text", "x" * 4001), "a text may have 4000 char"),
        (WORKING_GROUP, put(PEERS, "a few"), "found 'a few'; write one number in digits, without"),
        (WORKING_GROUP, put(PEERS, "2,5"), "found '2,5'; allowed is a whole number, or I don't"),
        (WORKING_GROUP, put(PEERS, 2.5), "found '2.5'; allowed is a whole number, or I don't know"),
        (WORKING_GROUP, put(HOURS, "1.200"), "found '1.200', which can be read in two ways"),
        (WORKING_GROUP, put(PEERS, -1), "found '-1'; the smallest allowed is"),
        (WORKING_GROUP, put(PEERS, True), "found 'TRUE'; allowed: a number"),
        (WORKING_GROUP, put(PEERS, "=1+1"), "a formula stands here"),
        (WORKING_GROUP, put(PRACTICE, "We did not agree"), "choose beside it which answers you"),
        (
            WORKING_GROUP,
            put_all(put(PRACTICE, "Partly"), put(PRACTICE, "Partly; In place", OTHERS)),
            "empty this cell, or choose 'We did not agree' as the answer",
        ),
        (
            WORKING_GROUP,
            put_all(put(PRACTICE, "We did not agree"), put(PRACTICE, "Partly; Plannd", OTHERS)),
            "found 'Plannd' (did you mean 'Planned'?)",
        ),
        (WORKING_GROUP, put(PRACTICE, "=HYPERLINK(1)", NOTE), "a formula stands here"),
    ],
    ids=lambda value: None,
)  # fmt: skip
def test_a_wrong_answer_is_named_with_its_sheet_and_cell(
    group: str, change: Callable[[Filled], None], expected: str
) -> None:
    lines = refused(changed(group, change))
    assert any(expected in line for line in lines), lines
    assert all(line.startswith("staff-3.xlsx, sheet '") for line in lines)


def percentage(filled: Filled) -> None:
    cell = filled.cell(PEERS)
    cell.value, cell.number_format = 0.5, "0 %"


@pytest.mark.parametrize("text", ["7,5", "7.5", " 7.50 ", "٧٫٥"])
def test_a_number_in_a_cell_of_text_is_read_as_people_write_it(text: str) -> None:
    table = read(changed(WORKING_GROUP, put(HOURS, text)))
    assert table.loc[table["item"] == "fit.hours_for_support", "value"].tolist() == ["7.5"]


def test_a_percentage_is_no_number() -> None:
    assert "a percentage stands here" in refused(changed(WORKING_GROUP, percentage))[0]


def rename(filled: Filled) -> None:
    filled.book["How we work together here"].title = "Questions"


def remove(filled: Filled) -> None:
    del filled.book["How we work together here"]


def add(filled: Filled) -> None:
    filled.book.create_sheet("Sheet7")["A1"] = "Hello"


def delete_row(filled: Filled) -> None:
    filled.book["How we work together here"].delete_rows(6)


def insert_row(filled: Filled) -> None:
    filled.book["How we work together here"].insert_rows(6)


def insert_column(filled: Filled) -> None:
    filled.book["How we work together here"].insert_cols(3)


def swap_questions(filled: Filled) -> None:
    """As when only what can be seen is sorted."""
    sheet = filled.book["How we work together here"]
    sheet["B5"].value, sheet["B6"].value = str(sheet["B6"].value), str(sheet["B5"].value)


def swap_keys(filled: Filled) -> None:
    sheet = filled.book["How we work together here"]
    sheet["A5"].value, sheet["A6"].value = sheet["A6"].value, sheet["A5"].value


def other_words(filled: Filled) -> None:
    filled.book["How we work together here"]["B5"].value = "People listen to me at home."


def below(filled: Filled) -> None:
    filled.book["How we work together here"]["C60"].value = "Often"


def form(row: int, column: int, value: str) -> Callable[[Filled], None]:
    def change(filled: Filled) -> None:
        filled.book["form"].cell(row, column).value = value

    return change


def version(filled: Filled) -> None:
    for row in filled.book["form"].iter_rows():
        if [cell.value for cell in row[:2]] == ["questionnaire", "coproduction-principles"]:
            row[2].value = "7"


def fingerprint(filled: Filled) -> None:
    for row in filled.book["form"].iter_rows():
        if row[1].value == "coproduction-principles":
            row[3].value = "00000000"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (remove, "the sheet 'How we work together here' is missing, with its answers"),
        (add, "the sheet 'Sheet7' was added, and is not read"),
        (delete_row, "sheet 'How we work together here', cell B6: here should be"),
        (insert_row, "sheet 'How we work together here', cell B6: here should be"),
        (insert_column, "cell C2: here should be the column 'Your answer': columns were moved"),
        (swap_questions, "cell B5: the words of this row were changed; now they are"),
        (swap_keys, "cell B5: here should be"),
        (other_words, "now they are 'People listen to me at home.'"),
        (
            below,
            "sheet 'How we work together here', cell C60: something stands here below the last",
        ),
        (form(1, 2, "9"), "it was made with another version of this tool"),
        (form(2, 1, "gruppe"), "it was made with another version of this tool, or changed"),
        (form(5, 2, "arnstein"), "it was made for the participation ladder 'arnstein'"),
        (version, "'coproduction-principles' has version 2 now, and version 7 in this workbook"),
        (fingerprint, "the questions of 'coproduction-principles' have changed since"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_workbook_that_was_changed_is_not_read(
    change: Callable[[Filled], None], expected: str
) -> None:
    lines = refused(changed("staff", put_all(put(LISTENED, "Often"), change)))
    assert any(expected in line for line in lines), lines


def test_a_sheet_of_another_name_is_read_all_the_same() -> None:
    content = changed("staff", put_all(put(LISTENED, "Often"), rename))
    assert values_in(read(content)) == {"valued_input.listened_to": "often"}


def test_an_unknown_group_in_a_workbook_is_named() -> None:
    lines = refused(
        changed("staff", put_all(put(LISTENED, "Often"), form(2, 2, "x"), form(3, 2, "")))
    )
    assert "there is no group 'x'" in lines[0]


def test_a_workbook_without_an_answer_is_named() -> None:
    assert refused(made("staff")) == [
        "staff-3.xlsx: there is no answer in it yet: leave this file out"
    ]


# -- many at once ------------------------------------------------------------------------------


def filled_in(value: str, group: str = "staff") -> bytes:
    return fill(made(group), library(), {"valued_input.listened_to": value})


def test_many_workbooks_are_read_together_with_progress() -> None:
    steps: list[tuple[int, str]] = []
    files = [("a.xlsx", filled_in("often")), ("b.xlsx", filled_in("never", "manager"))]
    table = read_workbooks(files, library(), progress=lambda n, name: steps.append((n, name)))
    assert steps == [(1, "a.xlsx"), (2, "b.xlsx")]
    assert table[["respondent", "group", "value"]].to_numpy().tolist() == [
        ["a", "staff", "often"],
        ["b", "manager", "never"],
    ]
    assert table.index[0] == Place("a.xlsx", sheet="How we work together here", row=5, column="C")


def test_files_of_the_same_name_are_two_respondents() -> None:
    files = [("one/staff.xlsx", filled_in("often")), ("two\\staff.xlsx", filled_in("never"))]
    assert read_workbooks(files, library())["respondent"].tolist() == ["staff", "staff (2)"]


def test_what_may_be_one_persons_twice_is_told_and_counts_unless_somebody_takes_it_out() -> None:
    content = filled_in("often")
    files = [("a.xlsx", content), ("a (1).xlsx", content)]
    with pytest.raises(ProblemsError, match=r"is a copy of the same file as a[.]xlsx and says the"):
        read_workbooks(files, library())
    notes: list[Problem] = []
    assert len(read_workbooks(files, library(), notes=notes)) == 2
    assert [(note.code, note.place.file) for note in notes] == [("same_answers", "a (1).xlsx")]


def test_people_with_equal_answers_in_numbered_copies_are_two_people() -> None:
    """As one program saves them: but for the number, the files are the same to the byte."""
    numbers = ["a" * 32, "b" * 32]
    made_ = template(library(), "staff", origin=Origin(copy="a" * 32))
    files = [
        (f"{number[0]}.xlsx", fill(copy, library(), {"valued_input.listened_to": "often"}))
        for number, copy in zip(numbers, copies(made_, "a" * 32, numbers), strict=True)
    ]
    assert len(read_workbooks(files, library())) == 2


def test_a_mended_copy_beside_the_one_before_is_told() -> None:
    made_ = template(library(), "staff", origin=Origin(copy="a" * 32))
    files = [
        (f"{value}.xlsx", fill(made_, library(), {"valued_input.listened_to": value}))
        for value in ("often", "never")
    ]
    notes: list[Problem] = []
    assert len(read_workbooks(files, library(), notes=notes)) == 2
    assert [note.line() for note in notes] == [
        "never.xlsx: it is a copy of the same file as often.xlsx, with other answers. Both are "
        "counted; if they are one person's, leave one of them out"
    ]


def test_the_problems_of_all_files_are_named_at_once() -> None:
    bad = changed("staff", put(LISTENED, "Oftn"))
    files = [("a.xlsx", filled_in("often")), ("b.xlsx", bad), ("c.xlsx", b"PK"), ("d.xlsx", b"")]
    with pytest.raises(ProblemsError) as caught:
        read_workbooks(files, library())
    starts = [line.partition(":")[0] for line in caught.value.lines()]
    assert starts == ["b.xlsx, sheet 'How we work together here', cell C5", "c.xlsx", "d.xlsx"]


# -- other programs ----------------------------------------------------------------------------


@pytest.mark.parametrize("group", ["peer_worker", WORKING_GROUP])
def test_what_libreoffice_saves_is_read_the_same(
    group: str, tmp_path: Path, office: Office
) -> None:
    values = any_values(library(), group, items(group), seed=7)
    file = tmp_path / "answers.xlsx"
    file.write_bytes(fill(made(group), library(), values))
    (tmp_path / "saved").mkdir()
    saved = office(file, "xlsx", tmp_path / "saved")
    assert saved.read_bytes() != file.read_bytes()
    assert values_in(read(saved.read_bytes())) == values
    book = openpyxl.load_workbook(saved)
    for sheet in book.worksheets:
        hidden = sheet.title in ("form", "lists")
        assert sheet.protection.sheet
        assert (sheet.sheet_state != "visible") == hidden


# -- the same as a CSV file --------------------------------------------------------------------


def long_form(rows: list[list[object]], *, header: bool = True) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    for row in [list(COLUMNS)] * header + rows:
        sheet.append(row)
    book.save(out)
    return out.getvalue()


ROW: list[object] = ["p1", "staff", "coproduction-principles", "valued_input.listened_to", "often"]


def test_one_sheet_in_long_form_is_read_like_a_csv_file() -> None:
    rows = [ROW, ["team", "working_group", "programme-fit", "fit.number_of_peers", 3], []]
    table = read(long_form(rows), "answers.xlsx")
    assert table.to_numpy().tolist() == [ROW, [*rows[1][:4], "3"]]


@pytest.mark.parametrize(
    ("written", "number"), [(1.125, "1.125"), ("7,5", "7.5"), ("1.1250", "1.125"), (12500, "12500")]
)
def test_a_number_of_a_sheet_is_the_one_that_stands_there(written: object, number: str) -> None:
    fact = ["team", "working_group", "programme-fit", "fit.budget", written]
    reading = workbook_reading([("a.xlsx", long_form([fact]))], library())
    found = take_in(reading.table, library(), Context()).table
    assert found["value"].tolist() == [number]


def test_a_number_of_a_workbook_is_read_once(tmp_path: Path) -> None:
    content = fill(made(WORKING_GROUP), library(), {"fit.budget": "1.125"})
    reading = workbook_reading([("team.xlsx", content)], library())
    assert take_in(reading.table, library(), Context()).table["value"].tolist() == ["1.125"]


def test_the_columns_of_a_sheet_stand_in_any_order_and_case() -> None:
    names = ["VALUE", "item", " Questionnaire", "group", "respondent"]
    table = read(long_form([names, ROW[::-1]], header=False), "answers.xlsx")
    assert table.to_numpy().tolist() == [ROW]
    assert table.index[0].letters["value"] == "A"


@pytest.mark.parametrize(
    ("rows", "header", "expected"),
    [
        ([ROW], False, "neither a workbook made with 'template' nor answers in long form"),
        ([], False, "answers.xlsx: it is empty"),
        ([], True, "there is a header and no answer below it"),
        ([[*ROW[:4], "=1+1"]], True, "sheet 'Sheet', cell E2: a formula stands here"),
        ([ROW, [*ROW, "more"]], True, "cell F3: something is written here beside the answers"),
        ([[*ROW[:4], pd.Timestamp(2024, 2, 1).to_pydatetime()]], True, "E2: a date stands here"),
    ],
    ids=lambda value: None,
)
def test_a_wrong_sheet_in_long_form_is_named(
    rows: list[list[object]], header: bool, expected: str
) -> None:
    assert expected in refused(long_form(rows, header=header), "answers.xlsx")[0]


def test_the_checks_of_answers_name_the_cell_of_a_sheet(tmp_path: Path) -> None:
    bad = [*ROW[:4], "oftn"]
    (tmp_path / "a.xlsx").write_bytes(long_form([ROW, ["p2", *bad[1:]], ["p3", *bad[1:]]]))
    result = run("evaluate", tmp_path / "a.xlsx", "--json", tmp_path / "out.json")
    assert result.exit_code == 0
    assert result.stderr.startswith(
        "Left out: 2 of 3 answers. Everything else counts.\n"
        "a.xlsx, sheet 'Sheet', cell E3: value: valued_input.listened_to: found 'oftn' (did you "
        "mean 'often'?); allowed: never, not_often, sometimes, often, always, dont_know"
    )
    assert result.stderr.endswith(" (the same in sheet 'Sheet', cell E4)\n")


def test_two_working_groups_are_refused(tmp_path: Path) -> None:
    for name, value in (("wg-1", "3"), ("wg-2", "4")):
        content = fill(made(WORKING_GROUP), library(), {"fit.number_of_peers": value})
        (tmp_path / f"{name}.xlsx").write_bytes(content)
    result = run("evaluate", tmp_path)
    assert result.exit_code == 2
    assert result.stderr.startswith("wg-2.xlsx, sheet 'What could fit here', cell C")
    assert "gives one agreed answer, from 'wg-1'; found a second respondent 'wg-2'" in result.stderr


def test_evaluate_says_the_same_of_workbooks_as_of_a_csv_file(tmp_path: Path) -> None:
    """Six of each of two groups and the working group of the demonstration."""
    table = demo().table
    names = [
        name
        for group, count in (("staff", 6), ("service_user", 6), (WORKING_GROUP, 1))
        for name in table.loc[table["group"] == group, "respondent"].drop_duplicates()[:count]
    ]
    table = table[table["respondent"].isin(names)]
    in_books = {(group, item.id) for group in table["group"].unique() for item in items(group)}
    in_books |= {(group, f"{item}.note") for group, item in in_books}
    pairs = table[["group", "item"]].itertuples(index=False, name=None)
    table = table[[pair in in_books for pair in pairs]]
    folder = tmp_path / "filled in"
    folder.mkdir()
    for name, rows in table.groupby("respondent"):
        group = rows["group"].iat[0]
        values = dict(zip(rows["item"], rows["value"], strict=True))
        (folder / f"{name}.xlsx").write_bytes(fill(made(group), library(), values))
    (tmp_path / "answers.csv").write_text(
        table.to_csv(index=False, lineterminator="\n"), encoding="utf-8"
    )
    (tmp_path / "long.xlsx").write_bytes(long_form(table.to_numpy().tolist()))
    results = []
    for source in (tmp_path / "answers.csv", folder, tmp_path / "long.xlsx"):
        result = run("evaluate", source, "--json", tmp_path / "out.json")
        assert result.exit_code == 0, result.stderr
        results.append(json.loads((tmp_path / "out.json").read_text(encoding="utf-8")))
    assert results[0]["respondents"] == {"service_user": 6, "staff": 6}
    assert results[0] == results[1] == results[2]


# -- the command line --------------------------------------------------------------------------


def test_the_command_writes_a_template_that_evaluate_reads(tmp_path: Path) -> None:
    out = tmp_path / "manager.xlsx"
    context = tmp_path / "context.yaml"
    context.write_text("organisation: Harbour House\n", encoding="utf-8")
    assert run("template", out, "--group", "manager", "--context", context).exit_code == 0
    assert Filled(out.read_bytes()).book["Start here"]["A2"].value == "Harbour House"
    result = run("evaluate", *five_of(out), "--json", "-")
    assert json.loads(result.stdout)["respondents"] == {"manager": 5}


def five_of(template: Path) -> list[Path]:
    """Five people, the least of whom a count is shown, fill a template in."""
    empty, files = template.read_bytes(), []
    for code in ("never", "not_often", "sometimes", "often", "always"):
        file = template.with_name(f"{template.stem}-{code}.xlsx")
        file.write_bytes(fill(empty, library(), {"valued_input.listened_to": code}))
        files.append(file)
    return files


def test_the_command_writes_copies_each_with_a_number_of_its_own(tmp_path: Path) -> None:
    made_ = run("template", tmp_path / "s.xlsx", "--group", "staff", "--copies", 2)
    assert made_.exit_code == 0, made_.stderr
    assert "Wrote 2 workbooks" in made_.stdout
    assert sorted(file.name for file in tmp_path.iterdir()) == ["s-1.xlsx", "s-2.xlsx"]
    files = [five_of(tmp_path / f"s-{number}.xlsx") for number in (1, 2)]
    alike = [one for of_copy in files for one in of_copy[:1]]
    told = run("evaluate", *alike, "--json", tmp_path / "out.json")
    assert (told.exit_code, told.stderr) == (0, "")
    # One copy with two sets of answers, or twice with the same, is told and counts.
    (tmp_path / "again.xlsx").write_bytes(alike[0].read_bytes())
    told = run("evaluate", *files[0][:2], tmp_path / "again.xlsx", "--json", tmp_path / "out.json")
    assert told.exit_code == 0
    said = told.stderr.splitlines()
    assert "again.xlsx: it is a copy of the same file as s-1-never.xlsx and says" in said[0]
    assert "s-1-not_often.xlsx: it is a copy of the same file as s-1-never.xlsx, with" in said[1]
    assert len(said) == 2


def test_the_command_names_what_it_does_not_read_and_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(changed("staff", put_all(put(LISTENED, "Often"), add)))
    told = run("evaluate", tmp_path / "a.xlsx")
    assert told.exit_code == 0
    assert told.stderr == ("Please check: a.xlsx: the sheet 'Sheet7' was added, and is not read.\n")


def test_the_command_writes_a_template_of_a_quick_look_and_for_where_peer_work_runs(
    tmp_path: Path,
) -> None:
    context, team = tmp_path / "context.yaml", tmp_path / "team.csv"
    context.write_text("form: quick\n", encoding="utf-8")
    row = "team,working_group,programme-fit,fit.organisation_experience,running\n"
    team.write_text(HEADER + row, encoding="utf-8")
    out = tmp_path / "staff.xlsx"
    assert run("template", out, "--group", "staff", "--context", context).exit_code == 0
    assert len(Filled(out.read_bytes()).places) == 15 + 10
    assert run("template", out, "--group", "staff", "--answers", team).exit_code == 0
    assert "Organisational foundations" in Filled(out.read_bytes()).book.sheetnames
    # Answers that are named are never written over.
    assert run("template", team, "--group", "staff", "--answers", team).exit_code == 2


def test_a_group_of_ones_own_gets_its_template_by_its_side(tmp_path: Path) -> None:
    context = tmp_path / "context.yaml"
    context.write_text("sides: {tenants: lived_experience}\n", encoding="utf-8")
    out = tmp_path / "t.xlsx"
    assert run("template", out, "--group", "tenants", "--context", context).exit_code == 0
    result = run("evaluate", *five_of(out), "--context", context, "--json", "-")
    assert json.loads(result.stdout)["respondents"] == {"tenants": 5}
    without_context = run("evaluate", tmp_path / "t-often.xlsx")
    assert without_context.exit_code == 2
    assert "t-often.xlsx, sheet 'How we work together here', cell C" in without_context.stderr
    assert "there is no group 'tenants'" in without_context.stderr


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["template", "t.xlsx", "--group", "staf"], "no group 'staf' (did you mean 'staff'?)"),
        (["template", "t.csv", "--group", "staff"], "t.csv: the name of the workbook ends in"),
        (["template", "no/t.xlsx", "--group", "staff"], "t.xlsx: cannot be written: there is no"),
        (["evaluate", "a.csv", "b.csv"], "b.csv: answers in a CSV file are evaluated alone"),
        (["evaluate", "a.csv", "b.xlsx"], "a.csv: answers in a CSV file are evaluated alone"),
        (["evaluate", "a.xlsx"], "a.xlsx: there is no such file"),
        (["evaluate", "."], ".: holds no workbook: no file in it ends in .xlsx"),
    ],
    ids=lambda value: None,
)
def test_the_command_line_refuses_in_words(
    arguments: list[str], expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.csv").write_text(HEADER, encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    result = run(*arguments)
    assert result.exit_code == 2
    assert expected in result.stderr
    assert sorted(tmp_path.iterdir()) == before


def test_a_result_is_never_written_over_a_workbook_that_is_read(tmp_path: Path) -> None:
    content = filled_in("often")
    (tmp_path / "a.xlsx").write_bytes(content)
    result = run("evaluate", tmp_path, "--json", tmp_path / "a.xlsx")
    assert "it is read as input" in result.stderr
    assert (tmp_path / "a.xlsx").read_bytes() == content
