"""What the app is given at its start: all that is ready before the first visit, and the words for
a screen that fails."""

from __future__ import annotations

import asyncio
import gc
import importlib
import inspect
import logging
import pkgutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache

import streamlit as st
from streamlit import config

from assessment import screens
from assessment.services import clock
from assessment.services.access import own_sign_in
from assessment.services.access.sweeping import Sweeper
from assessment.services.content import loaded
from assessment.services.current_store import store
from assessment.store import Store, UnreachableError
from assessment.web import log_lines
from questionnaires.problems import ProblemsError

log = logging.getLogger(__name__)

#: How long a thread keeps the others waiting, seconds: whoever answers waits for several, one after
#: the other, where pages are put together at the same time.
AT_MOST = 0.001
#: When the garbage collector looks. An answer leaves some hundred objects that hold one another:
#: with Python's own 700 they were found while in use, kept with what stays, and every open page was
#: looked through for them, for up to 0.3 s at a time in which everybody waited.
GARBAGE = (20_000, 10, 10)

#: How often is swept, seconds.
EVERY = 60 * 60


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Have everything ready before the first visitor comes: imports, content, database.

    What is there by then stays for good, so the garbage collector need not look at it again.
    """
    for module in pkgutil.walk_packages(screens.__path__, f"{screens.__name__}."):
        # A page is a script, which Streamlit runs.
        if not module.name.startswith(f"{screens.__name__}.pages"):
            importlib.import_module(module.name)
    try:
        own_sign_in.configured()
    except ProblemsError as error:
        for line in error.lines():
            log.error("%s", line)
        raise
    loaded.guidance()
    loaded.sheet()
    opened = store()
    loaded.read_ahead(opened, clock.now().date())
    # Streamlit asks once from where it is called, and Python then looks at every module's file.
    inspect.stack()
    # Streamlit looks through all its settings six times at every tap, for the colours of its theme.
    # They do not change while it serves, and looking was a tenth of the time of an answer.
    config.get_options_for_section = cache(config.get_options_for_section)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE)
    sys.setswitchinterval(AT_MOST)
    log_lines.install()
    sweeping = asyncio.create_task(_sweep(opened))
    yield
    sweeping.cancel()
    opened.close()


async def _sweep(opened: Store) -> None:
    """Delete what nobody can reach, now and every hour."""
    sweeper = Sweeper()
    while True:
        try:
            swept = await asyncio.to_thread(sweeper.sweep, opened, clock.today())
            if swept.sessions or swept.drafts:
                log.info("swept: %s sessions, %s drafts", swept.sessions, swept.drafts)
        except UnreachableError:
            pass  # it is in the log already, and the next time will do
        except Exception:
            log.exception("sweeping failed")
        await asyncio.sleep(EVERY)


def on_script_error(error: Exception) -> bool:
    """Show our own words instead of a traceback; the details go to the log only.

    Returns True: Streamlit's own display is left out.
    """
    log.error("a screen failed", exc_info=error)
    st.error(
        "Something went wrong on our side. Nothing you gave us was lost. "
        "Reload the page; if it happens again, tell the person who runs this tool.",
        icon=":material/error:",
    )
    return True
