"""The command line: ``python -m assessment``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

APP = Path(__file__).resolve().parent.parent / "app.py"

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@cli.callback()
def main() -> None:
    """Is an organisation ready to involve people with lived experience as peer workers?"""


@cli.command()
def serve(
    port: Annotated[int | None, typer.Option(help="The port; 8501 unless said.")] = None,
) -> None:
    """Start the app on this computer and print its address."""
    command = [sys.executable, "-m", "streamlit", "run", str(APP)]
    if port is not None:
        command += ["--server.port", str(port)]
    raise typer.Exit(subprocess.run(command, cwd=APP.parent, check=False).returncode)


if __name__ == "__main__":
    cli()
