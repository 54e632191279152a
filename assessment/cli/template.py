"""``template``: a workbook in which one respondent answers without the app."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from assessment.cli.files import keep_inputs, write_files
from assessment.cli.shared import Folders, refuse

MOST_COPIES = 999


def template(
    out: Annotated[Path, typer.Argument(metavar="OUT.xlsx", help="Where to write the workbook.")],
    group: Annotated[
        str,
        typer.Option(
            "--group", metavar="GROUP", help="Who fills it in: a group, or working_group."
        ),
    ],
    context: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.yaml",
            help="As for 'evaluate': its organisation, its form (full or quick), its ladder, and "
            "the sides of your groups.",
        ),
    ] = None,
    team: Annotated[
        Path | None,
        typer.Option(
            "--answers",
            metavar="FILE",
            help="Answers with those of the working group: what its facts leave out is not asked, "
            "and staff are asked about practices where it says that some peer work runs.",
        ),
    ] = None,
    copies: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=MOST_COPIES,
            help="Write so many copies, OUT-1.xlsx and so on, each with a random number of its "
            "own: one that comes back twice is noticed, and people who answer alike are not "
            "mistaken for one another.",
        ),
    ] = None,
    questionnaires: Folders = None,
) -> None:
    """Write a workbook in which one respondent answers without the app.

    Give each person of the group a copy. When they come back, 'evaluate' reads many at once.
    """
    import secrets

    from assessment.exchange.answer_workbook.copies import copies as copies_with
    from assessment.exchange.answer_workbook.layout import Origin
    from assessment.exchange.answer_workbook.writing import template as made
    from assessment.exchange.answers.context_file import read_context
    from assessment.exchange.answers.files import read_answer_files
    from assessment.services.results.answer_files import sound_answers
    from assessment.services.results.evaluation import applies_to, library_for

    if out.suffix.lower() != ".xlsx":
        refuse([f"{out}: the name of the workbook ends in .xlsx; write {out.stem}.xlsx"])
    keep_inputs(out, context, team)
    known, context_file = read_context(context)
    library = library_for(known, folders=questionnaires or (), context_file=context_file)
    table = None
    if team is not None:
        reading = read_answer_files([team], lambda: library)
        found = sound_answers(reading, library, known, name=team.name, context_file=context_file)
        table = found.table.astype("str")
        for line in (*found.said, *found.left_out):
            print(line, file=sys.stderr)
    numbers = [secrets.token_hex(16) for _ in range(copies or 0)]
    content = made(
        library,
        group,
        side=known.sides.get(group),
        asked_like=known.asked_like.get(group),
        organisation=known.organisation if "organisation" in known.model_fields_set else "",
        applies=applies_to(library, known, table),
        origin=Origin(copy=numbers[0]) if numbers else None,
    )
    read = "When they come back: python -m assessment evaluate FILE.xlsx FILE.xlsx"
    if not numbers:
        write_files({out: content})
        print(
            f"Wrote a workbook for one respondent of {group}. Give each person a copy of it. {read}"
        )
        return
    digits = len(str(len(numbers)))
    names = [
        out.with_stem(f"{out.stem}-{number:0{digits}}") for number in range(1, len(numbers) + 1)
    ]
    for name in names:
        keep_inputs(name, context, team)
    write_files(dict(zip(names, copies_with(content, numbers[0], numbers), strict=True)))
    print(
        f"Wrote {len(names)} workbooks for respondents of {group}, {names[0].name} to "
        f"{names[-1].name}. Give each person another one. {read}"
    )
