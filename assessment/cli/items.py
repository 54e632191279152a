"""``items``: the list of every question."""

from __future__ import annotations

from typing import Annotated

import typer

from assessment.cli.shared import Folders


def items(
    questionnaires: Folders = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, with every option.")] = False,
) -> None:
    """List every question: its id, what it measures, who is asked, and what may be answered.

    The ids are what a file of answers uses. With --json other programs can read the list.
    """
    from assessment.exchange import item_list
    from questionnaires.library import load

    library = load(questionnaires or ())
    print(item_list.as_json(library) if as_json else item_list.as_text(library), end="")
