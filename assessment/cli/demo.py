"""``demo``: the answers of the demonstration."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assessment.cli.files import write_files
from assessment.cli.shared import refuse


def demo(
    out: Annotated[Path, typer.Argument(metavar="OUT.csv", help="Where to write the answers.")],
    context: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.yaml",
            help="Where to write the context (head counts); beside the answers unless said.",
        ),
    ] = None,
) -> None:
    """Write the answers of the demonstration, an invented organisation.

    Use the file to see what 'evaluate' says, or as a pattern for a file of your own.
    """
    import yaml

    from assessment.exchange.answers.csv_file import csv_bytes
    from assessment.services.results.demonstration import demonstration
    from questionnaires.library import load

    context = context or out.with_suffix(".context.yaml")
    if context.resolve() == out.resolve():
        refuse([f"{out}: cannot hold the answers and the context: name two files"])
    made = demonstration(load())
    known = made.context.model_dump(exclude_defaults=True)
    head = f"# {made.context.organisation} is invented. Nobody's real answers are in here.\n"
    write_files(
        {
            out: csv_bytes(made.table),
            context: head + yaml.safe_dump(known, sort_keys=False, allow_unicode=True),
        }
    )
    print(
        f"Wrote the answers of {made.context.organisation}, an invented organisation, and what is "
        f"known beside them. Next: python -m assessment evaluate {out} --context {context}"
    )
