"""What several commands share: their options, how they refuse, the database."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from assessment.store import Store

BAD_INPUT = 2

Folders = Annotated[
    list[Path] | None,
    typer.Option(
        "--questionnaires",
        metavar="DIR",
        help="A folder with questionnaires of your own, beside the built-in ones. May be repeated.",
    ),
]


def refuse(lines: list[str]) -> NoReturn:
    """End with the messages for bad input; nothing was written."""
    for line in lines:
        print(line, file=sys.stderr)
    raise typer.Exit(BAD_INPUT)


def refusing(command: Callable[..., None]) -> Callable[..., None]:
    """A command that refuses what it cannot use with every problem found in it."""

    @wraps(command)
    def run(*given: Any, **options: Any) -> None:
        from questionnaires.problems import ProblemsError

        try:
            command(*given, **options)
        except ProblemsError as error:
            refuse(error.lines())

    return run


def opened_store() -> Store:
    """The database of this installation; where it cannot be used, the reason in words."""
    from assessment.services.current_store import store
    from assessment.store import StoreError

    try:
        return store()
    except StoreError as error:
        refuse([str(error)])
