"""What the tests of files, commands and content share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import pandas as pd
from typer.testing import CliRunner, Result

from assessment.__main__ import cli
from assessment.services.results.demonstration import Demonstration, demonstration
from questionnaires.library import Library, load
from questionnaires.model import WORKING_GROUP
from scoring.answers.matrix import COLUMNS

HEADER = ",".join(COLUMNS) + "\n"


def run(*arguments: str | Path) -> Result:
    """Run the command line within this process."""
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


@cache
def demo() -> Demonstration:
    """The demonstration's answers."""
    return demonstration(load())


def answers(
    library: Library, group: str, values: Mapping[str, str], *, people: int = 6
) -> list[Sequence[str]]:
    """Rows of so many alike people of a group; the working group is one."""
    rows: list[Sequence[str]] = []
    for number in range(1 if group == WORKING_GROUP else people):
        name = f"{group}-{number}"
        for item, value in values.items():
            pack = library.questionnaire_of[item.removesuffix(".note")]
            rows.append((name, group, pack.id, item, value))
    return rows


def table(*parts: Sequence[Sequence[str]]) -> pd.DataFrame:
    """Rows as a table of answers, as it would be read from a file."""
    rows = [row for part in parts for row in part]
    return pd.DataFrame(rows, columns=list(COLUMNS), index=range(2, len(rows) + 2), dtype="str")
