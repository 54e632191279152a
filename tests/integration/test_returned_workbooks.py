"""Workbooks as they come back: nobody counts twice in silence, and no workbook stops another."""

from __future__ import annotations

import io
import re
import threading
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font

from assessment.exchange.answer_workbook.copies import copies
from assessment.exchange.answer_workbook.layout import Origin
from assessment.exchange.answer_workbook.writing import template
from assessment.services.access.codes import new_id
from assessment.services.content import loaded
from assessment.services.results import round_results
from assessment.services.rounds import returned_workbooks, workbook_import
from assessment.services.rounds.returned_workbooks import (
    Choice,
    Decisions,
    Look,
    Returned,
    ReturnedWorkbooks,
)
from assessment.services.rounds.workbook_copies import (
    numbered_copies,
    reply_id,
    round_mark,
    workbook_for,
)
from assessment.services.rounds.workbook_import import ImportedAnswers
from assessment.store import Store
from assessment.store.records import AssessmentRecord
from questionnaires.model import WORKING_GROUP
from questionnaires.problems import ProblemsError
from tests.support.assessments import group_plan, opened
from tests.support.filling_in import Filled, fill
from tests.support.libreoffice import Office
from tests.support.organisations import library, with_own_words

ITEMS = [i.id for i in library().items_for("staff") if i.kind == "frequency"][:3]
FIRST, SECOND, _ = ITEMS
PRACTICE = next(i.id for i in library().items_for(WORKING_GROUP) if i.kind == "practice")


def staff(store: Store, record: AssessmentRecord) -> bytes:
    return workbook_for(store, record, record.group("staff"))


@pytest.fixture
def record(store: Store) -> AssessmentRecord:
    """Small groups, so that there are few copies of each workbook."""
    groups = ("service_user", "staff", "manager")
    return opened(store, groups=tuple(group_plan(group, 3) for group in groups))


def numbers_in(content: bytes) -> list[str]:
    """The mark of the round of a workbook and the number of its copy; none in other ones."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [archive.read(name).decode() for name in archive.namelist()]
    return [number for part in parts for number in re.findall(">([0-9a-f]{32})<", part)]


@cache
def filled_once(*values: tuple[str, str]) -> bytes:
    """A workbook for staff that somebody filled in; to do that takes long."""
    origin = Origin("e" * 32, "f" * 32, "Autumn round", "Willow Street")
    return fill(template(library(), "staff", origin=origin), library(), dict(values))


def answered(content: bytes, **values: str) -> bytes:
    """A workbook for staff with answers to the first questions: ``often`` to both unless said."""
    every = {FIRST: "often", SECOND: "often"} | values
    if not (numbers := numbers_in(content)):
        return fill(content, library(), every)
    filled = filled_once(*sorted(every.items()))
    for old, new in zip(("e" * 32, "f" * 32), numbers, strict=True):
        (filled,) = copies(filled, old, [new])
    return filled


def numbered(store: Store, record: AssessmentRecord) -> list[bytes]:
    """The numbered copies of a group, as they come out of their archive."""
    with zipfile.ZipFile(io.BytesIO(numbered_copies(store, record, record.group("staff")))) as zip_:
        return [zip_.read(name) for name in zip_.namelist()]


def listed(record: AssessmentRecord, *files: tuple[str, bytes]) -> ReturnedWorkbooks:
    returned = ReturnedWorkbooks()
    returned.add(record, loaded.library(), files)
    return returned


def deciding(
    returned: ReturnedWorkbooks, look: Look, choose: Callable[[Look], object]
) -> Decisions:
    """Every tick is set, and the same is chosen wherever copies of one file are asked about."""
    every = frozenset(entry.id for entry in returned.entries)
    same = {found.number: choose(look) for found in look.same}
    return Decisions(True, every, every, every, same)  # type: ignore[arg-type]


def take_in(
    store: Store,
    record: AssessmentRecord,
    returned: ReturnedWorkbooks,
    choice: Choice | None = None,
) -> ImportedAnswers:
    look = returned.look(store, record)
    return returned.take_in(store, record, look, deciding(returned, look, lambda _: choice))


def count(store: Store, record: AssessmentRecord) -> int:
    with store.read() as work:
        return sum(work.responses.counts(record.id).values())


def taken_already(store: Store, record: AssessmentRecord, name: str, content: bytes) -> bool:
    """Whether a workbook is not taken in again unless somebody decides so, in a new visit."""
    before = count(store, record)
    returned = listed(record, (name, content))
    look = returned.look(store, record)
    assert [found.earlier.count for found in look.same] == [1]
    undecided = returned.decided(
        look, Decisions(True, *[frozenset(e.id for e in returned.read)] * 3)
    )
    assert undecided.taken == () and undecided.left_out == ()
    with pytest.raises(ProblemsError):  # nothing is decided, so there is nothing to take in
        returned.take_in(store, record, look, Decisions())
    # Whoever forces it past the list is told, too.
    with pytest.raises(ProblemsError, match="taken in just now"):
        workbook_import.import_answers(
            store,
            record,
            returned_workbooks.table_of([entry.book for entry in returned.read if entry.book]),
            copies={returned.read[0].name.removesuffix(".xlsx"): _copy(returned.read[0])},
        )
    return count(store, record) == before


def _copy(entry: Returned) -> workbook_import.Copy:
    assert entry.book is not None
    return workbook_import.Copy(entry.book.origin.copy)


# -- taken in twice ----------------------------------------------------------------------------


def test_a_workbook_counts_once_however_it_comes_again(
    store: Store, record: AssessmentRecord
) -> None:
    """A reload and a second browser forget the list; another program saves other bytes; and one
    answer is mended."""
    empty = staff(store, record)
    content = fill(empty, library(), {FIRST: "often", SECOND: "often"})
    assert take_in(store, record, listed(record, ("a.xlsx", content))).respondents["staff"] == 1
    book = openpyxl.load_workbook(io.BytesIO(content))
    again = io.BytesIO()
    book.save(again)
    assert again.getvalue() != content
    for name, other in (
        ("a.xlsx", content),
        ("a (1).xlsx", content),
        ("a.xlsx", again.getvalue()),
        ("mended.xlsx", answered(empty, **{FIRST: "never"})),
    ):
        assert taken_already(store, record, name, other)


def test_of_two_who_take_in_the_same_workbook_at_once_one_is_told(
    store: Store, record: AssessmentRecord
) -> None:
    content = answered(staff(store, record))
    lists = [listed(record, ("a.xlsx", content)) for _ in range(4)]
    looks = [returned.look(store, record) for returned in lists]
    ready, codes = threading.Barrier(len(lists)), []

    def take(returned: ReturnedWorkbooks, look: Look) -> None:
        ready.wait()
        try:
            returned.take_in(store, record, look, Decisions())
        except ProblemsError as error:
            codes.append(error.problems[0].code)

    threads = [threading.Thread(target=take, args=pair) for pair in zip(lists, looks, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert count(store, record) == 1
    assert codes == ["taken_in_just_now"] * 3


def state_of_answers(store: Store, record: AssessmentRecord) -> str:
    with store.read() as work:
        return round_results.state_of_answers(work, record.id)


def test_a_mended_workbook_replaces_the_earlier_one_and_results_know(
    store: Store, record: AssessmentRecord
) -> None:
    empty = staff(store, record)
    take_in(store, record, listed(record, ("a.xlsx", answered(empty))))
    before = state_of_answers(store, record)
    returned = listed(record, ("b.xlsx", answered(empty, **{FIRST: "never"})))
    (entry,) = returned.entries
    assert returned.look(store, record).same[0].choices == (
        Choice("replace", entry.id),
        Choice("all"),
        Choice("none"),
    )
    found = take_in(store, record, returned, Choice("replace", entry.id))
    assert (found.respondents["staff"], found.replaced) == (1, 1)
    stored = round_results.stored_answers(store, record).table
    assert dict(zip(stored["item"], stored["value"], strict=True)) == {
        FIRST: "never",
        SECOND: "often",
    }
    assert stored["respondent"].nunique() == 1
    assert state_of_answers(store, record) != before
    assert returned.entries == []


def test_somebody_elses_copy_of_the_same_file_is_taken_in_as_well(
    store: Store, record: AssessmentRecord
) -> None:
    empty = staff(store, record)
    take_in(store, record, listed(record, ("a.xlsx", answered(empty))))
    for number in (2, 3):
        returned = listed(record, ("b.xlsx", answered(empty)))
        take_in(store, record, returned, Choice("all"))
        assert count(store, record) == number
    # Nobody can tell any more which of them is meant.
    again = listed(record, ("c.xlsx", answered(empty)))
    assert again.look(store, record).same[0].choices == (Choice("all"), Choice("none"))


def test_what_is_left_out_is_not_counted_and_goes_off_the_list(
    store: Store, record: AssessmentRecord
) -> None:
    empty = staff(store, record)
    other = answered(numbered(store, record)[0])
    take_in(store, record, listed(record, ("a.xlsx", answered(empty))))
    returned = listed(record, ("a.xlsx", answered(empty)), ("b.xlsx", other))
    take_in(store, record, returned, Choice("none"))
    assert count(store, record) == 2
    assert returned.entries == []


def test_eight_copies_of_one_file_are_eight_people_if_somebody_says_so(
    store: Store, record: AssessmentRecord
) -> None:
    empty = staff(store, record)
    files = [
        (f"{n}.xlsx", answered(empty, **{FIRST: v})) for n, v in enumerate(["often", "never"] * 4)
    ]
    returned = listed(record, *files)
    look = returned.look(store, record)
    (found,) = look.same
    assert [entry.name for entry in found.entries] == [name for name, _ in files]
    assert len(found.alike) == 6
    assert returned.decided(look, Decisions()).taken == ()
    take_in(store, record, returned, Choice("all"))
    assert count(store, record) == 8


def test_of_one_persons_copies_only_one_is_taken_in(store: Store, record: AssessmentRecord) -> None:
    empty = staff(store, record)
    returned = listed(
        record, ("a.xlsx", answered(empty)), ("b.xlsx", answered(empty, **{FIRST: "never"}))
    )
    take_in(store, record, returned, Choice("only", returned.entries[1].id))
    assert count(store, record) == 1
    assert "never" in set(round_results.stored_answers(store, record).table["value"])


def test_people_with_equal_answers_in_numbered_copies_are_not_asked_about(
    store: Store, record: AssessmentRecord
) -> None:
    files = [(f"{n}.xlsx", answered(copy)) for n, copy in enumerate(numbered(store, record))]
    assert len(files) == record.group("staff").head_count
    returned = listed(record, *files)
    look = returned.look(store, record)
    assert look.same == ()
    returned.take_in(store, record, look, Decisions())
    assert count(store, record) == len(files)


def test_every_download_has_other_numbers(store: Store, record: AssessmentRecord) -> None:
    contents = [*numbered(store, record), *numbered(store, record), staff(store, record)]
    found = [numbers_in(content) for content in contents]
    assert {round_ for round_, _ in found} == {round_mark(record)}
    assert len({copy for _, copy in found}) == len(contents) == 7


# -- forged, of another house ------------------------------------------------------------------


def form(content: bytes, change: Callable[[openpyxl.Workbook], None]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_row(content: bytes, kind: str, *values: str) -> bytes:
    """A workbook whose hidden sheet says something else of itself; nothing without values."""

    def change(book: openpyxl.Workbook) -> None:
        sheet = book["form"]
        row = next(row for row in sheet.iter_rows() if row[0].value == kind)
        for cell, value in zip(row, (kind, *values) if values else [None] * 5, strict=False):
            cell.value = value

    return form(content, change)


@pytest.mark.parametrize(
    "number", ["", "x", "A" * 32, "a" * 31, "' OR 1=1 --", "0" * 32_000, "a" * 32 + "\n"]
)
def test_a_number_that_cannot_be_is_refused(
    store: Store, record: AssessmentRecord, number: str
) -> None:
    content = with_row(answered(staff(store, record)), "copy", number)
    (entry,) = listed(record, ("a.xlsx", content)).entries
    assert [problem.code for problem in entry.problems] == ["other_version"]


def test_a_forged_number_reaches_no_reply_that_came_by_another_way(
    store: Store, record: AssessmentRecord
) -> None:
    """Somebody writes the id of a stored reply into a workbook in the place of its number."""
    take_in(store, record, listed(record, ("a.xlsx", answered(staff(store, record)))))
    (stored,) = set(round_results.stored_answers(store, record).table["respondent"])
    forged = with_row(answered(staff(store, record)), "copy", stored)
    returned = listed(record, ("b.xlsx", forged))
    assert returned.look(store, record).same == ()
    take_in(store, record, returned)
    assert count(store, record) == 2


def test_a_number_taken_from_another_file_replaces_nothing_of_another_group(
    store: Store, record: AssessmentRecord
) -> None:
    content = answered(staff(store, record))
    take_in(store, record, listed(record, ("a.xlsx", content)))
    (entry,) = listed(record, ("a.xlsx", content)).read
    assert entry.book is not None
    manager = fill(
        workbook_for(store, record, record.group("manager")), library(), {FIRST: "often"}
    )
    forged = with_row(manager, "copy", entry.book.origin.copy)
    returned = listed(record, ("b.xlsx", forged))
    look = returned.look(store, record)
    assert look.same[0].choices == (Choice("all"), Choice("none"))
    with pytest.raises(ProblemsError, match="taken in just now"):
        workbook_import.import_answers(
            store,
            record,
            returned_workbooks.table_of([e.book for e in returned.read if e.book]),
            copies={"b": workbook_import.Copy(entry.book.origin.copy, 1, replaces=True)},
        )
    assert count(store, record) == 1


@pytest.mark.parametrize("group", ["staff", WORKING_GROUP])
def test_a_workbook_of_another_house_is_refused_and_named(
    store: Store, record: AssessmentRecord, group: str
) -> None:
    other = opened(store, organisation="Harbour House", title="Spring round")
    known = None if group == WORKING_GROUP else other.group(group)
    values = {PRACTICE: "partly"} if group == WORKING_GROUP else {FIRST: "often"}
    content = fill(workbook_for(store, other, known), library(), values)
    (entry,) = listed(record, ("a.xlsx", content)).entries
    assert ProblemsError(entry.problems).lines() == [
        "a.xlsx: it belongs to another round, “Spring round” of Harbour House. This one is "
        "“Autumn round” of Willow Street"
    ]


def test_another_round_is_named_before_its_questions_are_compared(
    store: Store, record: AssessmentRecord
) -> None:
    other = opened(store, title="Spring round", ladder="arnstein")
    content = fill(
        workbook_for(store, other, other.group("staff")),
        loaded.library("arnstein"),
        {FIRST: "often"},
    )
    (entry,) = listed(record, ("a.xlsx", content)).entries
    assert [problem.code for problem in entry.problems] == ["other_round"]


def test_a_workbook_without_a_number_is_never_taken_in_without_a_word(
    store: Store, record: AssessmentRecord
) -> None:
    """As older versions and the command line make them."""
    content = answered(template(library(), "staff", title="A", organisation="B"))
    returned = listed(record, ("a.xlsx", content))
    (entry,), look = returned.read, returned.look(store, record)
    assert entry.unknown and entry.book is not None
    assert (entry.book.origin.title, entry.book.origin.organisation) == ("A", "B")
    assert returned.decided(look, Decisions()).taken == ()
    returned.take_in(store, record, look, Decisions(known=frozenset({entry.id})))
    assert count(store, record) == 1
    returned.add(record, loaded.library(), [("again.xlsx", content)])
    assert returned.look(store, record).seen == {returned.read[0].id}


def test_the_store_does_not_tell_which_replies_came_by_workbook(
    store: Store, record: AssessmentRecord
) -> None:
    """Without the file there is nothing to join: every id looks like one that is drawn."""
    content = answered(staff(store, record))
    take_in(store, record, listed(record, ("a.xlsx", content)))
    with store.write() as work:
        work.responses.add(new_id(), record.id, "staff", {FIRST: "often", SECOND: "often"}, {})
        work.commit()
    (entry,) = listed(record, ("a.xlsx", content)).read
    assert entry.book is not None
    number = entry.book.origin.copy
    with store.engine.connect() as connection:
        everything = [
            tuple(map(str, row))
            for table in ("response", "assessment", "written_text")
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}")
        ]
        ids = {row[0] for row in connection.exec_driver_sql("SELECT id FROM response")}
    assert not any(number in value for row in everything for value in row)
    assert reply_id(record, number, 0) in ids
    assert all(len(one) == 32 and set(one) <= set("0123456789abcdef") for one in ids)
    # Besides its id, a response has something by chance in its seal.
    *first, one_seal = next(row[1:] for row in everything if row[0] in ids)
    *second, other_seal = next(row[1:] for row in reversed(everything) if row[0] in ids)
    assert first == second
    assert len(one_seal) == len(other_seal) == 64 and one_seal != other_seal


def test_no_order_in_the_database_is_the_order_of_the_files(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL keeps rows as they came: in an order by chance, in one transaction."""
    own = with_own_words()
    monkeypatch.setattr(loaded, "library", lambda ladder=None: own)
    groups = (group_plan("staff", 4),)
    record = opened(store, groups=groups, questionnaires=tuple(q.id for q in own.questionnaires))
    files = [
        (f"{n:02}.xlsx", fill(copy, own, {FIRST: "often", "words.anything": f"Words {n}"}))
        for n, copy in enumerate(numbered(store, record))
    ]
    take_in(store, record, listed(record, *files))
    orders = set()
    with store.engine.connect() as connection:
        for table in ("response", "written_text"):
            if store.engine.dialect.name == "sqlite":
                ids = list(connection.exec_driver_sql(f"SELECT id FROM {table}").scalars())
                assert ids == sorted(ids) and len(ids) == len(files)
                continue
            transactions = connection.exec_driver_sql(f"SELECT DISTINCT xmin::text FROM {table}")
            orders.add(transactions.scalar_one())
    assert len(orders) <= 1


def test_words_are_kept_apart_and_the_same_words_are_not_kept_twice(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = with_own_words()
    monkeypatch.setattr(loaded, "library", lambda ladder=None: own)
    text = "words.anything"
    record = opened(store, questionnaires=tuple(q.id for q in own.questionnaires))
    empty = workbook_for(store, record, record.group("staff"))
    for value in ("often", "never"):
        returned = listed(record, ("a.xlsx", fill(empty, own, {FIRST: value, text: "More time"})))
        take_in(store, record, returned, Choice("replace", returned.entries[0].id))
    with store.read() as work:
        assert work.responses.texts(record.id) == [(text, "More time")]
    assert count(store, record) == 1


# -- one stops no other ------------------------------------------------------------------------


def words_of(item: str) -> str:
    return library().items[item].text.for_group("staff", "organisation")


def wrong(store: Store, record: AssessmentRecord) -> bytes:
    filled = Filled(answered(staff(store, record)))
    filled.cell(f"ask {FIRST}").value = "Oftn"
    return filled.saved()


def test_one_doubtful_answer_stops_no_workbook_and_no_other_answer(
    store: Store, record: AssessmentRecord
) -> None:
    good = [(f"{n}.xlsx", answered(copy)) for n, copy in enumerate(numbered(store, record))]
    returned = listed(record, *good, ("doubt.xlsx", wrong(store, record)), ("bad.xlsx", b"PK"))
    look = returned.look(store, record)
    found = returned.take_in(store, record, look, Decisions())
    assert found.respondents["staff"] == len(good)
    assert [entry.name for entry in returned.entries] == ["doubt.xlsx", "bad.xlsx"]
    doubt, bad = returned.entries
    assert bad.book is None and doubt.book is not None
    assert doubt.book.left_out == {FIRST: words_of(FIRST)}
    (line,) = ProblemsError(doubt.book.doubts).lines()
    assert line.startswith("doubt.xlsx, sheet 'How we work together here', cell C5: found 'Oftn'")
    ticked = Decisions(as_they_are=frozenset({doubt.id}))
    returned.take_in(store, record, returned.look(store, record), ticked)
    assert count(store, record) == len(good) + 1
    assert [entry.name for entry in returned.entries] == ["bad.xlsx"]
    values = round_results.stored_answers(store, record).table
    assert (values["item"] == FIRST).sum() == len(good)
    assert (values["item"] == SECOND).sum() == len(good) + 1


def test_an_agreed_answer_that_contradicts_itself_is_left_out_with_the_rest_kept(
    store: Store, record: AssessmentRecord
) -> None:
    practices = [i.id for i in library().items_for(WORKING_GROUP) if i.kind == "practice"][:2]
    team = workbook_for(store, record, None)
    filled = Filled(fill(team, library(), dict.fromkeys(practices, "partly")))
    filled.cell(
        f"ask {practices[0]}", "If you did not agree: the answers that you gave"
    ).value = "Partly; In place"
    returned = listed(record, ("team.xlsx", filled.saved()))
    (entry,) = returned.read
    assert entry.book is not None and list(entry.book.left_out) == practices[:1]
    assert take_in(store, record, returned).agreed == 1


def test_a_mended_file_takes_the_place_of_the_one_before(
    store: Store, record: AssessmentRecord
) -> None:
    returned = listed(record, ("a.xlsx", b"PK"), ("b.xlsx", wrong(store, record)))
    assert [entry.book is None for entry in returned.entries] == [True, False]
    gone = returned.add(
        record, loaded.library(), [("b.xlsx", answered(staff(store, record))), ("a.xlsx", b"PK2")]
    )
    assert gone == ["b.xlsx", "a.xlsx"]
    assert [entry.name for entry in returned.entries] == ["a.xlsx", "b.xlsx"]
    assert not returned.entries[1].needs_a_look


def test_two_peoples_files_of_one_name_both_stay(store: Store, record: AssessmentRecord) -> None:
    first, second, *_ = (answered(copy) for copy in numbered(store, record))
    returned = listed(
        record, ("staff.xlsx", first), ("x/staff.xlsx", second), ("staff.xlsx", first)
    )
    assert [entry.name for entry in returned.entries] == ["staff.xlsx", "staff (2).xlsx"]
    take_in(store, record, returned)
    assert count(store, record) == 2


def test_the_working_group_gives_one_set_of_answers(store: Store, record: AssessmentRecord) -> None:
    team = workbook_for(store, record, None)
    files = [
        (f"{value}.xlsx", fill(team, library(), {PRACTICE: value}))
        for value in ("partly", "planned")
    ]
    returned = listed(record, *files)
    look = returned.look(store, record)
    assert look.same[0].choices == (
        *(Choice("only", entry.id) for entry in returned.entries),
        Choice("none"),
    )
    take_in(store, record, returned, Choice("only", returned.entries[0].id))
    with store.read() as work:
        assert work.agreed.all(record.id)[PRACTICE].value == "partly"
    other = listed(record, files[1])
    look = other.look(store, record)
    assert look.agreed == {other.entries[0].id: 1}
    assert other.decided(look, Decisions()).taken == ()
    assert take_in(store, record, other).agreed == 1


def test_late_workbooks_wait_for_somebody_who_knows_what_it_means(store: Store) -> None:
    today = date.today()
    record = opened(store, opens_on=today - timedelta(9), closes_on=today - timedelta(3))
    returned = listed(record, ("a.xlsx", answered(staff(store, record))))
    look = returned.look(store, record)
    assert look.late
    assert returned.decided(look, Decisions()).taken == ()
    returned.take_in(store, record, look, Decisions(late=True))
    assert count(store, record) == 1


# -- what is not read --------------------------------------------------------------------------

SHEET = "How we work together here"


def beside(content: bytes, change: Callable[[openpyxl.Workbook], None]) -> list[str]:
    """What is said of a workbook that somebody changed; its answers are read all the same."""
    changed = form(content, change)
    book = returned_workbooks.read_workbook("a.xlsx", changed, library())
    assert book.answers == {FIRST: "often", SECOND: "often"}
    return [problem.line() for problem in book.beside]


def to_the_right(book: openpyxl.Workbook) -> None:
    book[SHEET]["D5"].value = "It depends on who is on shift"
    book[SHEET]["F7"].value = "see D5"


def comment(book: openpyxl.Workbook) -> None:
    book[SHEET]["C6"].comment = Comment("Only on Mondays", "")


def on_the_first_sheet(book: openpyxl.Workbook) -> None:
    book["Start here"]["C3"].value = "I want to say something else"


def added_sheet(book: openpyxl.Workbook) -> None:
    book.create_sheet("Notes")["A1"].value = "More words"
    book.create_sheet("Empty")


def picture(book: openpyxl.Workbook) -> None:
    from openpyxl.drawing.image import Image
    from PIL import Image as Pixels

    out = io.BytesIO()
    Pixels.new("RGB", (4, 4)).save(out, "PNG")
    book[SHEET].add_image(Image(out), "B6")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            to_the_right,
            f"a.xlsx, sheet '{SHEET}', cell D5: something is written here beside the answers, and "
            f"is not read (the same in sheet '{SHEET}', cell F7)",
        ),
        (comment, f"a.xlsx, sheet '{SHEET}', cell C6: a comment stands here, and is not read"),
        (
            on_the_first_sheet,
            "a.xlsx, sheet 'Start here', cell C3: something is written here beside the answers, "
            "and is not read",
        ),
        (added_sheet, "a.xlsx: the sheet 'Notes' was added, and is not read"),
        (
            picture,
            f"a.xlsx, sheet '{SHEET}', cell B6: a drawing, a picture or a text box lies here, and "
            "is not read",
        ),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_what_people_wrote_elsewhere_is_named_with_its_place(
    change: Callable[[openpyxl.Workbook], None], expected: str
) -> None:
    assert beside(answered(template(library(), "staff")), change) == [expected]


def test_a_struck_out_answer_is_no_answer_until_somebody_asks() -> None:
    def strike(book: openpyxl.Workbook) -> None:
        book[SHEET]["C5"].font = Font(strike=True)

    content = form(answered(template(library(), "staff")), strike)
    book = returned_workbooks.read_workbook("a.xlsx", content, library())
    assert book.answers == {SECOND: "often"}
    assert [problem.line() for problem in book.doubts] == [
        f"a.xlsx, sheet '{SHEET}', cell C5: what stands here is struck out: it is not clear "
        "whether it counts"
    ]


def test_what_libreoffice_saves_is_the_same_copy_with_the_same_words_beside(
    tmp_path: Path, office: Office
) -> None:
    def change(book: openpyxl.Workbook) -> None:
        for one in (to_the_right, comment, on_the_first_sheet, added_sheet, picture):
            one(book)
        book[SHEET]["C5"].font = Font(strike=True)

    origin = Origin("a" * 32, "b" * 32, "Autumn round", "Willow Street")
    file = tmp_path / "a.xlsx"
    file.write_bytes(form(answered(template(library(), "staff", origin=origin)), change))
    (tmp_path / "saved").mkdir()
    saved = office(file, "xlsx", tmp_path / "saved").read_bytes()
    assert saved != file.read_bytes()
    before, after = (
        returned_workbooks.read_workbook("a.xlsx", content, library())
        for content in (file.read_bytes(), saved)
    )
    assert before.origin == origin
    assert len(before.beside) == 5 and len(before.doubts) == 1
    assert after == before


RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
THREADED = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"


def with_parts(content: bytes, links: dict[str, str], **parts: str) -> bytes:
    """A workbook with parts that lie on its second sheet, as Excel writes them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            new.writestr(entry.filename, old.read(entry))
        relations = "".join(
            f'<Relationship Id="x{number}" Type="{kind}" Target="{target}"/>'
            for number, (target, kind) in enumerate(links.items())
        )
        new.writestr(
            "xl/worksheets/_rels/sheet2.xml.rels",
            f'<Relationships xmlns="{RELATIONS}">{relations}</Relationships>',
        )
        for name, part in parts.items():
            new.writestr(name, part)
    return out.getvalue()


def test_threaded_comments_text_boxes_and_files_are_named() -> None:
    content = with_parts(
        answered(template(library(), "staff")),
        {
            "../threadedComments/threadedComment1.xml": THREADED,
            "../comments1.xml": f"{OFFICE}/comments",
            "../drawings/drawing1.xml": f"{OFFICE}/drawing",
            "../embeddings/letter.docx": f"{OFFICE}/package",
        },
        **{
            "xl/threadedComments/threadedComment1.xml": (
                '<ThreadedComments><threadedComment ref="C5" id="{1}"><text>Only on Mondays</text>'
                "</threadedComment></ThreadedComments>"
            ),
            "xl/comments1.xml": (
                '<comments><commentList><comment ref="C5"><text><t>[Threaded comment]</t></text>'
                '</comment><comment ref="C9"><text><r><t> </t></r></text></comment></commentList>'
                "</comments>"
            ),
            "xl/drawings/drawing1.xml": (
                '<d:wsDr xmlns:d="d"><d:twoCellAnchor><d:from><d:col>3</d:col>'
                "<d:colOff>9</d:colOff>"
                "<d:row>5</d:row><d:rowOff>9</d:rowOff></d:from><d:to><d:col>5</d:col>"
                "<d:row>8</d:row></d:to><d:sp><d:txBody>Words</d:txBody></d:sp></d:twoCellAnchor>"
                "</d:wsDr>"
            ),
            "xl/embeddings/letter.docx": "PK",
        },
    )
    book = returned_workbooks.read_workbook("a.xlsx", content, library())
    assert [problem.line() for problem in book.beside] == [
        f"a.xlsx, sheet '{SHEET}', cell C5: a comment stands here, and is not read",
        f"a.xlsx, sheet '{SHEET}', cell D6: a drawing, a picture or a text box lies here, and is "
        "not read",
        f"a.xlsx, sheet '{SHEET}': another file lies on this sheet, and is not read",
    ]


@pytest.mark.parametrize("broken", ["<not xml", "", "<a>" * 60 + "</a>" * 60, '<comment ref="?"/>'])
def test_a_comment_that_cannot_be_read_is_named_and_stops_nothing(broken: str) -> None:
    content = with_parts(
        answered(template(library(), "staff")),
        {"../comments1.xml": f"{OFFICE}/comments"},
        **{"xl/comments1.xml": broken},
    )
    book = returned_workbooks.read_workbook("a.xlsx", content, library())
    assert [problem.code for problem in book.beside] == ["comment_beside"]


def test_what_an_empty_drawing_of_another_program_leaves_is_nothing() -> None:
    content = with_parts(
        answered(template(library(), "staff")),
        {"../drawings/drawing1.xml": f"{OFFICE}/drawing"},
        **{"xl/drawings/drawing1.xml": '<xdr:wsDr xmlns:xdr="x"/>'},
    )
    assert returned_workbooks.read_workbook("a.xlsx", content, library()).beside == ()


def test_numbers_of_copies_are_only_in_their_place() -> None:
    """What stands for the number while copies are made is nowhere else in the workbook."""
    first, other = "a" * 32, "b" * 32
    made = template(library(), "staff", origin=Origin(copy=first))
    (copy,) = copies(made, first, [other])
    filled = fill(copy, library(), {FIRST: "often"})
    read = returned_workbooks.read_workbook("a.xlsx", filled, library())
    assert read.origin.copy == other
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        assert sum(archive.read(name).count(other.encode()) for name in archive.namelist()) == 1
