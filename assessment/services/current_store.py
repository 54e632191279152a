"""This installation: its one store, opened when it is first needed."""

from __future__ import annotations

from functools import cache

from assessment.services import clock
from assessment.services.content import loaded
from assessment.settings import settings
from assessment.store import Store, open_store


@cache
def store() -> Store:
    """The store of this installation. Assessments that are older than the keeping of what was asked
    keep what is installed when it is first opened.

    Raises:
        StoreError: it cannot be used.
    """
    opened = open_store(settings().database_url)
    loaded.pin_assessments(opened, clock.now().date())
    return opened
