"""``serve``: the app on this computer."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from assessment.cli.shared import opened_store, refuse

APP = Path(__file__).resolve().parents[2] / "app.py"


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
    """Start the app on this computer and print its address; at the first start also the link that
    makes the first account, which works once.

    Questions, rules and the database are checked first. The app answers on this computer only,
    unless --address says otherwise. Stop it with Ctrl+C.
    """
    from assessment.services.access import accounts, own_sign_in
    from assessment.services.content.check import check_content
    from assessment.services.rounds.overview import base_address
    from questionnaires.problems import ProblemsError

    problems, _ = check_content(())
    try:
        own_sign_in.configured()
    except ProblemsError as error:
        problems += error.problems
    if problems:
        refuse([str(problem) for problem in problems])
    store = opened_store()
    if (token := accounts.first_link(store)) is not None:
        listens = "127.0.0.1" if address in (None, "0.0.0.0", "::") else address
        here = f"http://{listens}:{port or 8501}"
        print(
            "Nobody has an account here yet. Make the first one with this link, which works once:\n"
            f"\n  {base_address(here)}/account/{token}\n",
            flush=True,
        )
    store.close()
    command = [sys.executable, "-m", "streamlit", "run", str(APP)]
    if port is not None:
        command += ["--server.port", str(port)]
    if address is not None:
        command += ["--server.address", address]
    raise typer.Exit(_run(command))


def _run(command: list[str]) -> int:
    """Run the app until it ends. Whoever ends this command ends the app with it, or the port would
    stay taken; and the app ends in its own time, so that what was sent is written."""
    running: list[subprocess.Popen[bytes]] = []

    def stop(*_: object) -> None:
        for app in running:
            app.terminate()
        if not running:
            sys.exit(0)

    before = signal.signal(signal.SIGTERM, stop)
    try:
        running.append(subprocess.Popen(command, cwd=APP.parent))
        try:
            return running[0].wait()
        except KeyboardInterrupt:  # the app of this terminal was told as well
            stop()
            running[0].wait()
            return 0
    finally:
        signal.signal(signal.SIGTERM, before)
