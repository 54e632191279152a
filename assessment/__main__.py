"""The command line: ``python -m assessment``."""

from __future__ import annotations

import io
import os
import signal
import stat
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from assessment.store import Store

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


def _write(files: Mapping[Path, str | bytes]) -> None:
    """Write every file as a whole, or none of them."""
    ready: dict[Path, Path] = {}
    path = Path()
    try:
        for path, content in files.items():
            ready[path] = _prepared(path.resolve(), content)
        for path, temporary in ready.items():
            temporary.replace(path.resolve())
    except OSError as error:
        _refuse([f"{path}: cannot be written: {(error.strerror or str(error)).lower()}"])
    finally:
        for temporary in ready.values():
            temporary.unlink(missing_ok=True)


def _same(one: Path, other: Path) -> bool:
    """Whether two paths name one file, there or yet to be written."""
    try:
        return one.resolve() == other.resolve() or one.samefile(other)
    except OSError:
        return False


def _spare(out: Path, *inputs: Path | None) -> None:
    """Refuse to write over a file that is read."""
    for path in inputs:
        try:
            same = path is not None and out.samefile(path)
        except OSError:  # one of them is not there, which is said where it is opened
            continue
        if same:
            _refuse([f"{out}: cannot be written: it is read as input; choose another name"])


def _prepared(path: Path, content: str | bytes) -> Path:
    """The content in a file beside the one that it is to become."""
    if not path.parent.is_dir():
        raise OSError(f"there is no folder {path.parent}")
    if path.exists() and not path.is_file():
        raise OSError("it is a folder or a device, not a file")
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".assessment-")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode("utf-8") if isinstance(content, str) else content)
        temporary.chmod(stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o644)
    except BaseException:
        temporary.unlink()
        raise
    return temporary


@cli.command()
def items(
    questionnaires: Folders = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, with every option.")] = False,
) -> None:
    """List every question: its id, what it measures, who is asked, and what may be answered.

    The ids are what a file of answers uses. With --json other programs can read the list.
    """
    from assessment.exchange import item_list
    from questionnaires.content_files.yaml_files import ContentError
    from questionnaires.library import load

    try:
        library = load(questionnaires or ())
    except ContentError as error:
        _refuse([str(problem) for problem in error.problems])
    print(item_list.as_json(library) if as_json else item_list.as_text(library), end="")


@cli.command()
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
    from assessment.services.content import explaining
    from questionnaires.content_files.yaml_files import ContentError

    try:
        found = explaining.explain(name, explaining.read_content(questionnaires or ()))
    except explaining.UnknownIdError as error:
        _refuse([str(error)])
    except ContentError as error:
        _refuse([str(problem) for problem in error.problems])
    print(explaining.as_json(found) if as_json else explaining.as_text(found), end="")


@cli.command()
def evaluate(
    answers: Annotated[
        list[Path],
        typer.Argument(
            metavar="ANSWERS...",
            help="A CSV file, UTF-8, with the header respondent,group,questionnaire,item,value; "
            "or an .xlsx file with one sheet in this form; or workbooks made with 'template' and "
            "filled in by one respondent each, or a folder of them.",
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

    Without --json and --xlsx a readable summary is printed. With a mistake in the file nothing is
    written: each one is named with its line or its sheet and cell, what was found and what is
    allowed, and the exit code is 2.
    """
    from assessment.exchange.answers.context_file import read_context
    from assessment.exchange.answers.files import files_in, names_of, read_answer_files
    from assessment.exchange.problems import InputError
    from assessment.render.result_json import dumps, result_json
    from assessment.render.text import report_text
    from assessment.report import build_report
    from assessment.services.results.evaluation import evaluate as run
    from assessment.services.results.evaluation import library_for, warnings
    from questionnaires.content_files.yaml_files import ContentError

    json_file = None if json_out in (None, "-") else Path(str(json_out))
    try:
        inputs = files_in(answers)
    except InputError as error:
        _refuse(error.lines())
    for out in (json_file, xlsx_out):
        if out is not None:
            _spare(out, *inputs, context)
    if json_file is not None and xlsx_out is not None and _same(json_file, xlsx_out):
        _refuse([f"{xlsx_out}: cannot hold the JSON and the workbook: name two files"])
    try:
        known, context_file = read_context(context)
        content_of: dict[str, Any] = {
            "folders": questionnaires or (),
            "context_file": context_file,
        }
        table = read_answer_files(inputs, lambda: library_for(known, **content_of))
        result = run(table, known, name=names_of(inputs), **content_of)
    except InputError as error:
        _refuse(error.lines())
    except ContentError as error:
        _refuse([str(problem) for problem in error.problems])
    for warning in warnings(result):
        print(f"Please check the head counts. {warning}", file=sys.stderr)
    report = build_report(result)
    if json_out is None and xlsx_out is None:
        print(report_text(report), end="")
        return
    content = dumps(result_json(report))
    files: dict[Path, str | bytes] = {}
    if json_file is not None:
        files[json_file] = content
    if xlsx_out is not None:
        from assessment.render.xlsx import write_workbook

        files[xlsx_out] = write_workbook(report)
    _write(files)
    if json_out == "-":
        print(content, end="")


@cli.command()
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
    questionnaires: Folders = None,
) -> None:
    """Write a workbook in which one respondent answers without the app.

    Give each person of the group a copy. When they come back, 'evaluate' reads many at once.
    """
    from assessment.exchange.answer_workbook.writing import template as made
    from assessment.exchange.answers.context_file import read_context
    from assessment.exchange.answers.files import read_answer_files
    from assessment.exchange.problems import InputError
    from assessment.services.results.evaluation import applies_to, library_for
    from questionnaires.content_files.yaml_files import ContentError

    if out.suffix.lower() != ".xlsx":
        _refuse([f"{out}: the name of the workbook ends in .xlsx; write {out.stem}.xlsx"])
    _spare(out, context, team)
    try:
        known, context_file = read_context(context)
        library = library_for(known, folders=questionnaires or (), context_file=context_file)
        organisation = known.organisation if "organisation" in known.model_fields_set else ""
        table = read_answer_files([team], lambda: library) if team else None
        content = made(
            library,
            group,
            side=known.sides.get(group),
            asked_like=known.asked_like.get(group),
            organisation=organisation,
            applies=applies_to(library, known, table),
        )
    except InputError as error:
        _refuse(error.lines())
    except ContentError as error:
        _refuse([str(problem) for problem in error.problems])
    _write({out: content})
    print(
        f"Wrote a workbook for one respondent of {group}. Give each person a copy of it. When "
        "they come back: python -m assessment evaluate FILE.xlsx FILE.xlsx"
    )


@cli.command()
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

    from assessment.services.results.demonstration import demonstration
    from questionnaires.library import load

    context = context or out.with_suffix(".context.yaml")
    if context.resolve() == out.resolve():
        _refuse([f"{out}: cannot hold the answers and the context: name two files"])
    made = demonstration(load())
    known = made.context.model_dump(exclude_defaults=True)
    head = f"# {made.context.organisation} is invented. Nobody's real answers are in here.\n"
    _write(
        {
            out: made.table.to_csv(index=False, lineterminator="\n"),
            context: head + yaml.safe_dump(known, sort_keys=False, allow_unicode=True),
        }
    )
    print(
        f"Wrote the answers of {made.context.organisation}, an invented organisation, and what is "
        f"known beside them. Next: python -m assessment evaluate {out} --context {context}"
    )


@cli.command()
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

    These are raw answers: whoever has the file may recognise people in small groups. Keep it
    where you keep the database, and pass on results instead. What people wrote in their own words
    stays in the database.
    """
    import yaml

    from assessment.services.results.round_results import answers_table, context_of

    if context is not None and context.resolve() == out.resolve():
        _refuse([f"{out}: cannot hold the answers and the context: name two files"])
    store = _opened_store()
    with store.read() as work:
        known = work.assessments.all()
    chosen = [record for record in known if assessment in (None, record.title, record.id)]
    if len(chosen) != 1:
        titles = ", ".join(repr(record.title) for record in known) or "none yet"
        _refuse([f"--assessment: name one of the assessments in the database: {titles}"])
    table = answers_table(store, chosen[0])
    files = {out: table.to_csv(index=False, lineterminator="\n")}
    if context is not None:
        context_data = context_of(chosen[0]).model_dump(exclude_defaults=True)
        files[context] = yaml.safe_dump(context_data, sort_keys=False, allow_unicode=True)
    _write(files)
    people = table["respondent"].nunique()
    print(f"Wrote {len(table)} answers of {people} respondents. They are raw: keep them safe.")


def _opened_store() -> Store:
    """The database of this installation; where it cannot be used, the reason in words."""
    from assessment.services.installation import store
    from assessment.store import StoreError

    try:
        return store()
    except StoreError as error:
        _refuse([str(error)])


@cli.command()
def check(questionnaires: Folders = None) -> None:
    """Check every questionnaire and every rule.

    Names each mistake with its file and line, what was found and what is allowed. Run it after
    you changed a question, a gate, a threshold or a piece of advice.
    """
    from assessment.services.content.check import check_content

    problems, counted = check_content(questionnaires or ())
    if problems:
        _refuse([str(problem) for problem in problems])
    print(counted)


@cli.command()
def serve(
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="The port; 8501 unless said.")
    ] = None,
    address: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Where to listen; this computer alone unless said. 0.0.0.0 lets phones in the "
            "same network in: what they send is not encrypted then.",
        ),
    ] = None,
) -> None:
    """Start the app on this computer and print its address.

    Questions, rules and the database are checked first. The app answers on this computer only,
    unless --address says otherwise. Stop it with Ctrl+C.
    """
    from assessment.services.content.check import check_content

    problems, _ = check_content(())
    if problems:
        _refuse([str(problem) for problem in problems])
    _opened_store().close()
    command = [sys.executable, "-m", "streamlit", "run", str(APP)]
    if port is not None:
        command += ["--server.port", str(port)]
    if address is not None:
        command += ["--server.address", address]
    # Whoever ends this command ends the app with it, or the port would stay taken.
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        raise typer.Exit(subprocess.run(command, cwd=APP.parent, check=False).returncode)
    except KeyboardInterrupt:
        raise typer.Exit(0) from None
    finally:
        signal.signal(signal.SIGTERM, before)


def main() -> None:
    """Run the command line. An unexpected fault ends in one calm line, never in a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Everything we say is UTF-8, also where the system's own encoding lacks a sign of it.
            stream.reconfigure(encoding="utf-8")
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
