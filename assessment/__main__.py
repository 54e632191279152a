"""The command line: ``python -m assessment``."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Annotated, NoReturn

import typer

APP = Path(__file__).resolve().parent.parent / "app.py"
BAD_INPUT = 2

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

Folders = Annotated[
    list[Path] | None,
    typer.Option(
        "--questionnaires",
        metavar="DIR",
        help="A folder with questionnaires of your own, beside the built-in ones. May be repeated.",
    ),
]


def _refuse(lines: list[str]) -> NoReturn:
    """End with the messages for bad input; nothing was written."""
    for line in lines:
        print(line, file=sys.stderr)
    raise typer.Exit(BAD_INPUT)


def _write(path: Path, content: str) -> None:
    """Write a file as a whole or not at all."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        _refuse([f"{path}: cannot be written: {(error.strerror or str(error)).lower()}"])
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        _refuse([f"{path}: cannot be written: {(error.strerror or str(error)).lower()}"])
    finally:
        Path(name).unlink(missing_ok=True)


@cli.command()
def items(
    questionnaires: Folders = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, with every option.")] = False,
) -> None:
    """List every question: its id, what it measures, who is asked, and what may be answered.

    The ids are what a file of answers uses. With --json other programs can read the list.
    """
    from assessment.exchange import item_list
    from questionnaires.library import load
    from questionnaires.yaml_source import ContentError

    try:
        library = load(questionnaires or ())
    except ContentError as error:
        _refuse([str(problem) for problem in error.problems])
    print(item_list.as_json(library) if as_json else item_list.as_text(library), end="")


@cli.command()
def evaluate(
    answers: Annotated[
        Path,
        typer.Argument(
            metavar="ANSWERS",
            help="A CSV file, UTF-8, with the header respondent,group,questionnaire,item,value.",
        ),
    ],
    context: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.yaml",
            help="What is known beside the answers: organisation, minimum_group_size, eligible "
            "(head counts), weights, sides, seed, ladder. All are optional.",
        ),
    ] = None,
    questionnaires: Folders = None,
    json_out: Annotated[
        str | None,
        typer.Option("--json", metavar="OUT|-", help="Write the result as JSON; - prints it."),
    ] = None,
) -> None:
    """Score a file of answers into a readiness profile with a recommendation.

    One row an answer: who answered (any name, it is not shown), their group, the questionnaire,
    the item and the code of the answer. An empty value is unanswered. 'items' lists the codes.
    The working group's agreed answers have the group working_group; a note that shows one has
    the item's id followed by .note.

    Without --json a readable summary is printed. With a mistake in the file nothing is written:
    each one is named with its line, what was found and what is allowed, and the exit code is 2.
    """
    from assessment.exchange import result_json
    from assessment.exchange.context_file import read_context
    from assessment.exchange.csv_file import read_csv
    from assessment.exchange.problems import InputError
    from assessment.reports.text import text
    from assessment.services.evaluate import evaluate as run
    from assessment.story import story
    from questionnaires.yaml_source import ContentError

    try:
        known = read_context(context)
        table = read_csv(answers)
        found = run(table, known, name=answers.name, folders=questionnaires or ())
    except InputError as error:
        _refuse(error.lines())
    except ContentError as error:
        _refuse([str(problem) for problem in error.problems])
    if json_out is None:
        print(text(story(found.profile, found.stability, found.guidance)), end="")
        return
    content = result_json.dumps(result_json.result(found.profile, found.stability))
    if json_out == "-":
        print(content, end="")
    else:
        _write(Path(json_out), content)


@cli.command()
def demo(
    out: Annotated[Path, typer.Argument(metavar="OUT.csv", help="Where to write the answers.")],
    context: Annotated[
        Path | None,
        typer.Option(metavar="FILE.yaml", help="Also write the context (head counts)."),
    ] = None,
) -> None:
    """Write the answers of the demonstration, an invented organisation.

    Use the file to see what 'evaluate' says, or as a pattern for a file of your own.
    """
    import yaml

    from assessment.services.demo import demonstration
    from questionnaires.library import load

    made = demonstration(load())
    _write(out, made.table.to_csv(index=False, lineterminator="\n"))
    if context is not None:
        known = made.context.model_dump(exclude_defaults=True)
        _write(context, yaml.safe_dump(known, sort_keys=False, allow_unicode=True))


@cli.command()
def check(questionnaires: Folders = None) -> None:
    """Check every questionnaire and every rule.

    Names each mistake with its file and line, what was found and what is allowed. Run it after
    you changed a question, a gate, a threshold or a piece of advice.
    """
    from assessment.services.check import check_content

    problems, counted = check_content(questionnaires or ())
    if problems:
        _refuse([str(problem) for problem in problems])
    print(counted)


@cli.command()
def serve(
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="The port; 8501 unless said.")
    ] = None,
) -> None:
    """Start the app on this computer and print its address.

    The content is checked first. The app answers on this computer only. Stop it with Ctrl+C.
    """
    from assessment.services.check import check_content

    problems, _ = check_content(())
    if problems:
        _refuse([str(problem) for problem in problems])
    command = [sys.executable, "-m", "streamlit", "run", str(APP)]
    if port is not None:
        command += ["--server.port", str(port)]
    try:
        raise typer.Exit(subprocess.run(command, cwd=APP.parent, check=False).returncode)
    except KeyboardInterrupt:
        raise typer.Exit(0) from None


if __name__ == "__main__":
    cli()
