"""Starts the app as a process of its own, on a port and a database of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assessment.web.cookies import ACCOUNT
from tests.support.coordinators import administrator_of, coordinator_of, new_organisation
from tests.support.places import ROOT

if TYPE_CHECKING:
    from playwright._impl._api_structures import SetCookieParam

SERVE = (sys.executable, "-m", "assessment", "serve", "--port")
OWN_WORDS_APP = "tests/support/own_words_app.py"
#: The app with questions in which people write, and choose several.
OWN_WORDS = (sys.executable, "-m", "streamlit", "run", OWN_WORDS_APP, "--server.port")


@dataclass(frozen=True)
class RunningApp:
    """An app that answers: its address, its database, its process, and what it writes down."""

    address: str
    database_url: str
    process: int
    log: Path

    def cpu_seconds(self) -> float:
        """The processor time of the app and its threads so far, children included."""
        total = 0.0
        for process in _family(self.process):
            fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1]
            user, system = fields.split()[11:13]
            total += (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
        return total

    def memory(self) -> int:
        """The memory that the app holds now, children included, bytes."""
        page = os.sysconf("SC_PAGE_SIZE")
        held = (
            Path(f"/proc/{process}/statm").read_text(encoding="utf-8").split()[1]
            for process in _family(self.process)
        )
        return sum(map(int, held)) * page


def _family(process: int) -> list[int]:
    children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="utf-8")
    return [process, *(member for child in children.split() for member in _family(int(child)))]


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


#: The token of a coordinator of each app that was started here, by its address.
COORDINATORS: dict[str, str] = {}
#: The database of each.
DATABASES: dict[str, str] = {}


def coordinator_cookie(address: str, organisation: str = "") -> SetCookieParam:
    """The cookie of somebody who has signed in to an app, for ``add_cookies``.

    Args:
        organisation: its id; the one of ``assessments.plan`` unless said.
    """
    base = "/".join(address.split("/")[:3])
    token = COORDINATORS[base]
    if organisation:
        token = coordinator_of(DATABASES[base], organisation)
    return {"name": ACCOUNT, "value": token, "url": base, "httpOnly": True}


def administrator_cookie(address: str) -> SetCookieParam:
    """The cookie of whoever looks after the installation."""
    base = "/".join(address.split("/")[:3])
    return coordinator_cookie(address) | {"value": administrator_of(DATABASES[base])}


def newcomer_cookie(address: str) -> SetCookieParam:
    """The cookie of a coordinator whose organisation has just been opened."""
    base = "/".join(address.split("/")[:3])
    return coordinator_cookie(address, new_organisation(DATABASES[base]))


@contextmanager
def running_app(
    folder: Path,
    *,
    command: Sequence[str] = SERVE,
    wait_for: str = "/alive",
    port: int | None = None,
    database_url: str = "",
    with_coordinator: bool = True,
) -> Iterator[RunningApp]:
    """Start an app with a database in a folder, empty at first, and stop it in the end.

    Args:
        port: a free one if None.
        command: what starts it; the port is put at its end.
        database_url: of another database than that.
        with_coordinator: whether somebody has an account already, whose cookie
            ``coordinator_cookie`` has.

    Raises:
        RuntimeError: it stopped, or did not answer within a minute; with what it said.
    """
    folder.mkdir(parents=True, exist_ok=True)
    port = port or free_port()
    database_url = database_url or f"sqlite:///{(folder / 'assessment.sqlite').as_posix()}"
    log_file = folder / "app.log"
    with log_file.open("w", encoding="utf-8") as log:
        app = subprocess.Popen(
            [*command, str(port)],
            cwd=ROOT,
            stdout=log,
            stderr=log,
            start_new_session=True,
            env=os.environ | {"PYTHONIOENCODING": "utf-8", "ASSESSMENT_DATABASE_URL": database_url},
        )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(address + wait_for, timeout=2)
                break
            except (urllib.error.URLError, OSError):
                if app.poll() is not None:
                    raise RuntimeError(log_file.read_text(encoding="utf-8")) from None
                time.sleep(0.1)
        else:
            raise RuntimeError("the app did not answer within a minute")
        DATABASES[address] = database_url
        if with_coordinator:
            COORDINATORS[address] = coordinator_of(database_url)
        yield RunningApp(address, database_url, app.pid, log_file)
    finally:
        if app.poll() is None:
            os.killpg(app.pid, 15)
            app.wait(timeout=20)
