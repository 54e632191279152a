"""``answers``: what the app has collected, as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assessment.cli.files import write_files
from assessment.cli.shared import opened_store, refuse

#: Why answers are not to be had.
NOT_YET = "nobody gets answers or results before, so that nobody can compare them"


def answers(
    out: Annotated[Path, typer.Argument(metavar="OUT.csv", help="Where to write the answers.")],
    context: Annotated[
        Path | None,
        typer.Option(metavar="FILE.yaml", help="Also write the context (head counts, sides)."),
    ] = None,
    assessment: Annotated[
        str | None,
        typer.Option(metavar="TITLE", help="Which assessment, if there are several."),
    ] = None,
) -> None:
    """Write the answers that the app has collected, for 'evaluate' and for keeping.

    Before the results of a round are published there is nothing to be had of it.
    These are raw answers: whoever has the file may recognise people in small groups. Keep it
    where you keep the database, and pass on results instead. What people wrote in their own words
    stays in the database.
    """
    import yaml

    from assessment.exchange.answers.csv_file import csv_bytes
    from assessment.services.content import loaded
    from assessment.services.results.round_results import context_of, stored_answers
    from assessment.services.rounds.states import Act, allows
    from questionnaires.phrases import counted
    from scoring.answers.numbers import in_one_way

    if context is not None and context.resolve() == out.resolve():
        refuse([f"{out}: cannot hold the answers and the context: name two files"])
    store = opened_store()
    with store.read() as work:
        known = work.assessments.all()
    chosen = [record for record in known if assessment in (None, record.title, record.id)]
    if len(chosen) != 1:
        titles = ", ".join(repr(record.title) for record in known) or "none yet"
        refuse([f"--assessment: name one of the assessments in the database: {titles}"])
    if not allows(chosen[0], Act.SEE_RESULTS):
        refuse([f"{chosen[0].title!r} is not published yet: {NOT_YET}"])
    stored = stored_answers(store, chosen[0])
    table = in_one_way(stored.table, loaded.library(chosen[0].ladder))
    files: dict[Path, str | bytes] = {out: csv_bytes(table)}
    if context is not None:
        library = loaded.of_round(store, chosen[0]).library
        context_data = context_of(chosen[0], library).model_dump(exclude_defaults=True)
        files[context] = yaml.safe_dump(context_data, sort_keys=False, allow_unicode=True)
    write_files(files, private={out})
    people = table["respondent"].nunique()
    print(
        f"Wrote {counted(len(table), 'answer')} of {counted(people, 'respondent')}. They are raw: "
        "keep them safe."
    )
    if gone := len(stored.left_out):
        print(
            f"Left out: {gone} that fit no question any more, since questions were changed or "
            "removed after they were given. They stay in the database."
        )
