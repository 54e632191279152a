"""A file of answers: scored in memory, shown as a dashboard, never stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

import streamlit as st
from markupsafe import Markup

from assessment.exchange.answer_workbook.reading import workbook_reading
from assessment.exchange.answers.columns import ColumnMapping, UnknownColumnsError
from assessment.exchange.answers.context_file import parse_context
from assessment.exchange.answers.csv_file import csv_bytes, read_csv
from assessment.exchange.answers.reading import Reading
from assessment.report.build import build_report
from assessment.report.model import Point
from assessment.screens.results.dashboard import draw_dashboard
from assessment.screens.results.drawn_dashboard import Dashboard
from assessment.screens.shared import markup
from assessment.screens.shared.buttons import download_button
from assessment.screens.shared.column_choice import choose_columns
from assessment.services.results.answer_files import evaluate_file
from assessment.services.results.demonstration import demonstration
from questionnaires.library import load
from questionnaires.problems import ProblemsError
from scoring.answers.context import Context


def pattern() -> bytes:
    """The demonstration's answers, as a pattern for a file of one's own."""
    return csv_bytes(demonstration(load()).table)


#: Names and contents, at least one.
Files = Sequence[tuple[str, bytes]]


@dataclass(frozen=True)
class Scored:
    """A dashboard, how its files were read, and what of them does not count."""

    dashboard: Dashboard
    said: tuple[str, ...]
    left_out: tuple[str, ...]


def reading_of(files: Files, context: Context, mapping: ColumnMapping | None) -> Reading:
    """The answers of one CSV file, or of one or many workbooks.

    Raises:
        ProblemsError: with every problem and its place.
    """
    sheets = [file for file in files if file[0].lower().endswith(".xlsx")]
    if not sheets:
        if len(files) > 1:
            raise ProblemsError.of("one_csv_only", files[1][0])
        name, content = files[0]
        return read_csv(content, name, lambda: load(ladder=context.ladder), mapping)
    if len(sheets) < len(files):
        other = next(name for name, _ in files if not name.lower().endswith(".xlsx"))
        raise ProblemsError.of("workbooks_or_csv", other)
    bar = st.progress(0.0, text=f"Reading {len(sheets)} workbooks")

    def progress(number: int, name: str) -> None:
        bar.progress(number / len(sheets), text=f"{number} of {len(sheets)} read: {name}")

    try:
        return workbook_reading(
            sheets, load(ladder=context.ladder), progress=progress, mapping=mapping
        )
    finally:
        bar.empty()


def scored(
    files: Files, context_upload: tuple[str, bytes] | None, mapping: ColumnMapping | None
) -> Scored:
    """Score files of answers with their context.

    Raises:
        ProblemsError: a file or the context cannot be used; each problem with its place.
    """
    context, document = (
        parse_context(context_upload[1], context_upload[0]) if context_upload else (Context(), None)
    )
    reading = reading_of(files, context, mapping)
    with st.spinner("Scoring the answers"):
        found = evaluate_file(reading, context, name=files[0][0], context_file=document)
        return Scored(Dashboard(build_report(found.result)), found.said, found.left_out)


def digest(files: Files) -> str:
    """The same for the same files only."""
    digests = [sha256(part).digest() for name, body in files for part in (name.encode(), body)]
    return sha256(b"".join(digests)).hexdigest()


def cached_scores(
    files: Files, context_upload: tuple[str, bytes] | None, mapping: ColumnMapping | None
) -> Scored:
    """The same, kept in this visit only: a rerun does not score the files again."""
    mapped = mapping.model_dump_json().encode() if mapping else b""
    key = digest([*files, ("", mapped), *((context_upload,) if context_upload else ())])
    held = st.session_state.get("scored-file")
    if held is None or held[0] != key:
        held = (key, scored(files, context_upload, mapping))
        st.session_state["scored-file"] = held
    found: Scored = held[1]
    return found


def how_read(found: Scored) -> None:
    """How the files were read, and which answers do not count."""
    lines = [Point(line) for line in found.said]
    lines += [Point(line, "careful") for line in found.left_out]
    if not lines:
        return
    title = "Not every answer counts" if found.left_out else "How the file was read"
    heading = markup.heading("Your file, as it was read", title)
    st.html(
        Markup('<section class="pw-card" role="status">{}{}</section>').format(
            heading, markup.points(lines)
        )
    )


def problems(title: str, lines: list[str]) -> None:
    """What is wrong with a file, calmly, line by line."""
    st.html(
        Markup('<section class="pw-card" role="alert">{}{}</section>').format(
            markup.heading("Nothing was stored or changed", title),
            markup.points([Point(line, "careful") for line in lines]),
        )
    )


#: Its title is the first heading, until the headline of the results takes that place.
TITLE = Markup(
    '<p class="pw-name"><a href="/" target="_self">Ready for peer work?</a></p>'
    '<{0} class="pw-title">Score a file of answers</{0}>'
    '<p class="pw-text">Choose a CSV or Excel file with one row an answer or one row a person, or '
    "the workbooks that were filled in, as many as you like. They are read in memory and never "
    "stored.</p>"
)


top = st.empty()
top.html(TITLE.format("h1"))
download_button(
    "Download the demonstration's answers as a pattern", pattern, "answers.csv", "pattern"
)
left, right = st.columns(2, gap="medium")
chosen = left.file_uploader(
    "Answers: one CSV file, or workbooks (5 MB each at most)",
    type=["csv", "txt", "tsv", "xlsx"],
    accept_multiple_files=True,
)
context_file = right.file_uploader("Context, if you have one (YAML)", type=["yaml", "yml"])
if chosen:
    files = [(file.name, file.getvalue()) for file in chosen]
    columns = f"columns-{digest(files)}"
    one = "This file" if len(chosen) == 1 else "These files"
    try:
        found = cached_scores(
            files,
            (context_file.name, context_file.getvalue()) if context_file else None,
            st.session_state.get(columns),
        )
    except UnknownColumnsError as error:
        problems(f"{one} cannot be scored yet", error.lines())
        if len(error.examples) > 1 and (mapping := choose_columns(error.examples, load())):
            st.session_state[columns] = mapping
            st.rerun()
    except ProblemsError as error:
        problems(f"{one} cannot be scored yet", error.lines())
    else:
        top.html(TITLE.format("p"))
        how_read(found)
        draw_dashboard(found.dashboard)
    if columns in st.session_state and st.button("Choose the columns again"):
        del st.session_state[columns]
        st.rerun()
