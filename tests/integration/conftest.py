"""What the tests of files and databases take from outside."""

from __future__ import annotations

import pytest

from tests.support.databases import installed, own_postgresql, postgresql, record, store, url
from tests.support.libreoffice import Office, convert

__all__ = ["installed", "office", "own_postgresql", "postgresql", "record", "store", "url"]


@pytest.fixture(scope="session")
def office() -> Office:
    """LibreOffice: what it makes of a file in another form. Tests that take it are marked so."""
    return convert
