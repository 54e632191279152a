"""``evaluate``: files of answers to a readiness profile."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from assessment.cli.files import keep_inputs, same_file, write_files
from assessment.cli.shared import Folders, refuse


def evaluate(
    answers: Annotated[
        list[Path],
        typer.Argument(
            metavar="ANSWERS...",
            help="A CSV file with the columns respondent, group, questionnaire, item, value; or a "
            "CSV file with one row a person, whose columns are group, respondent and ids of items "
            "(or as --columns says); or an .xlsx file with such a table in one of its sheets; or "
            "workbooks made with 'template' and filled in by one respondent each, or a folder of "
            "them.",
        ),
    ],
    context: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.yaml",
            help="What is known beside the answers: organisation, form (full or quick), "
            "minimum_group_size, eligible (head counts), weights, sides, asked_like, seed, ladder. "
            "All are optional.",
        ),
    ] = None,
    columns: Annotated[
        Path | None,
        typer.Option(
            "--columns",
            metavar="FILE.yaml",
            help="Which column of a table with one row a person holds what: respondent (a "
            "column; every row is a person if it is left out), group (a column) or group_of_all, "
            "and items (an id and its column on each line).",
        ),
    ] = None,
    questionnaires: Folders = None,
    json_out: Annotated[
        str | None,
        typer.Option("--json", metavar="OUT|-", help="Write the result as JSON; - prints it."),
    ] = None,
    xlsx_out: Annotated[
        Path | None,
        typer.Option(
            "--xlsx",
            metavar="OUT",
            help="Write the results as an Excel workbook with charts, for Excel or LibreOffice.",
        ),
    ] = None,
) -> None:
    """Score a file of answers into a readiness profile with a recommendation.

    One row an answer: who answered (any name, it is not shown), their group, the questionnaire,
    the item and the code of the answer. An empty value is unanswered. 'items' lists the codes.
    The working group's agreed answers have the group working_group; a note that shows one has
    the item's id followed by .note.

    Without --json and --xlsx a readable summary is printed. Answers that cannot be read, or that
    contradict each other, are left out: each is named on standard error with its line or its sheet
    and cell, what was found and what is allowed. Where nothing can be read, or who is who cannot be
    told, nothing is written and the exit code is 2.
    """
    from assessment.exchange.answers.context_file import read_context
    from assessment.exchange.answers.files import files_in, names_of, read_answer_files
    from assessment.render.result_json import dumps, result_json
    from assessment.services.results.answer_files import evaluate_file
    from assessment.services.results.evaluation import library_for, warnings
    from questionnaires.model import WORKING_GROUP

    json_file = None if json_out in (None, "-") else Path(str(json_out))
    inputs = files_in(answers)
    for out in (json_file, xlsx_out):
        if out is not None:
            keep_inputs(out, *inputs, context, columns)
    if json_file is not None and xlsx_out is not None and same_file(json_file, xlsx_out):
        refuse([f"{xlsx_out}: cannot hold the JSON and the workbook: name two files"])
    known, context_file = read_context(context)
    content_of: dict[str, Any] = {"folders": questionnaires or (), "context_file": context_file}
    mapping = None
    if columns is not None:
        from assessment.exchange.answers.mapping_file import read_mapping

        library = library_for(known, **content_of)
        mapping = read_mapping(columns, library, {*library.sides, *known.sides, WORKING_GROUP})
    reading = read_answer_files(inputs, lambda: library_for(known, **content_of), mapping)
    found = evaluate_file(reading, known, name=names_of(inputs), **content_of)
    result = found.result
    for line in (*found.said, *found.left_out):
        print(line, file=sys.stderr)
    for warning in warnings(result):
        print(f"Please check the head counts. {warning}", file=sys.stderr)
    if json_out is None and xlsx_out is None:
        from assessment.render.text import report_text
        from assessment.report.build import build_report

        print(report_text(build_report(result)), end="")
        return
    content = dumps(result_json(result))
    files: dict[Path, str | bytes] = {}
    if json_file is not None:
        files[json_file] = content
    if xlsx_out is not None:
        from assessment.render.xlsx import write_workbook
        from assessment.report.build import build_report

        files[xlsx_out] = write_workbook(build_report(result))
    write_files(files)
    if json_out == "-":
        print(content, end="")
