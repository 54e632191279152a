"""This installation: its one store, opened when it is first needed."""

from __future__ import annotations

from functools import cache

from assessment.settings import settings
from assessment.store import Store, open_store


@cache
def store() -> Store:
    """The store of this installation.

    Raises:
        StoreError: it cannot be used.
    """
    return open_store(settings().database_url)
