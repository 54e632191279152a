"""The secret of this installation: random bytes in a file beside the database, and never in it."""

from __future__ import annotations

import hmac
import os
import secrets
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path

from assessment.settings import settings
from assessment.store.unreachable import StoreError

BYTES = 32


def derived(purpose: str) -> bytes:
    """32 bytes for one purpose, always the same in this installation.

    Raises:
        StoreError: the secret's file cannot be read or made.
    """
    return hmac.digest(_secret(settings().secret_file), purpose.encode(), sha256)


def mark() -> str | None:
    """What tells this installation's secret from another one, and nothing else of it; None where
    there is none yet.

    Raises:
        StoreError: the secret's file cannot be read.
    """
    if not settings().secret_file.exists():
        return None
    return derived("telling one secret from another").hex()[:16]


@cache
def _secret(file: Path) -> bytes:
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileExistsError):
            _make(file)
        found = bytes.fromhex(file.read_text(encoding="ascii"))
    except (OSError, ValueError) as error:
        raise StoreError(
            f"The file with this installation's secret, {file}, cannot be read or made: {error}. "
            "Put the file back that was there before; ASSESSMENT_SECRET_FILE names another place."
        ) from None
    if len(found) != BYTES:
        raise StoreError(
            f"The file with this installation's secret, {file}, is not whole. Put the file back "
            "that was there before."
        )
    return found


def _make(file: Path) -> None:
    """Make the file whole or not at all, whoever else makes it in the same moment.

    Raises:
        FileExistsError: it is there already.
    """
    if file.exists():
        raise FileExistsError(file)
    fresh = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as writing:
            writing.write(secrets.token_hex(BYTES))
        os.link(fresh, file)
    finally:
        fresh.unlink()
