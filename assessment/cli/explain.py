"""``explain``: all that hangs on a rule, a question or a piece of advice."""

from __future__ import annotations

from typing import Annotated

import typer

from assessment.cli.shared import Folders, refuse


def explain(
    name: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="The id of a gate, offer, practice, fact, concern or any other question, action, "
            "safeguard, exposure, response, conflict, dimension or domain.",
        ),
    ],
    questionnaires: Folders = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for other programs.")] = False,
) -> None:
    """Show all that hangs on a rule, a question or a piece of advice, before you change it.

    What needs it and what it needs in turn, its words for each audience, its steps and answers,
    who is asked, its reason and its sources, the actions that help, the lines of the sources that
    it carries, and the scenarios of the tests that name it.

    With --json: a list with one object for each thing that has the id, with the keys id, kind,
    title, stands_in, about, text, help, steps, options, reason, force, judgement, sources and
    parts. Each part is a list of {kind, id, title, how, below}; a part that cannot be known here
    is null.
    """
    from assessment.services.content.explaining import content, lookup, printed

    try:
        found = lookup.explain(name, content.read_content(questionnaires or ()))
    except lookup.UnknownIdError as error:
        refuse([str(error)])
    print(printed.as_json(found) if as_json else printed.as_text(found), end="")
