"""The command line: ``python -m assessment``."""

from __future__ import annotations

import gc
import io
import os
import sys
import traceback
from pathlib import Path

import typer

from assessment.cli.answers import answers
from assessment.cli.backup import backup, restore
from assessment.cli.check import check
from assessment.cli.demo import demo
from assessment.cli.evaluate import evaluate
from assessment.cli.explain import explain
from assessment.cli.items import items
from assessment.cli.serve import serve
from assessment.cli.shared import refusing
from assessment.cli.sign_in_link import sign_in_link
from assessment.cli.template import template

cli = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help=(
        "Is an organisation ready to involve people with lived experience as peer workers, and "
        "how can it begin safely?\n\n"
        "Start with 'python -m assessment serve' for the app, or try the command line:\n\n"
        "  python -m assessment demo answers.csv\n\n"
        "  python -m assessment evaluate answers.csv"
    ),
)
COMMANDS = (items, explain, evaluate, template, demo, answers, backup, restore, check)
for command in (*COMMANDS, sign_in_link, serve):
    cli.command()(refusing(command))


def main() -> None:
    """Run the command line. An unexpected fault ends in one calm line, never in a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Everything we say is UTF-8, also where the system's own encoding lacks a sign of it.
            stream.reconfigure(encoding="utf-8")
    # What a command loads (modules, questions, rules) stays until it ends: looking through it all
    # for what can be thrown away took a tenth of the time of an evaluation.
    gc.set_threshold(1_000_000, 20, 100)
    try:
        cli()
    except Exception as fault:
        if os.environ.get("ASSESSMENT_DEBUG") == "1":
            traceback.print_exc()
        place = traceback.extract_tb(fault.__traceback__)[-1]
        # The fault's own words stay out: they may hold somebody's answer.
        print(
            f"Something unexpected went wrong ({type(fault).__name__} in "
            f"{Path(place.filename).name}, line {place.lineno}). Nothing was written. Please "
            "report this line to whoever gave you the tool; with ASSESSMENT_DEBUG=1 set, the "
            "command shows where it happened.",
            file=sys.stderr,
        )
        sys.exit(1)


if __name__ == "__main__":
    main()
