"""Random codes and ids: what opens a questionnaire, and what tells nothing."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from threading import Lock

from cachetools import TTLCache, cached
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from assessment.services.access import code_words
from assessment.services.access.installation_secret import derived
from assessment.store.encryption import WrappingKey

#: Letters and digits that nobody mistakes for one another, read aloud or on paper.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
#: 13 signs of 31 are 64 bits.
LENGTH, PART = 13, 5


def new_id() -> str:
    """A random id that tells neither time nor order."""
    return secrets.token_hex(16)


def is_id(text: str) -> bool:
    """Whether a text could be one that ``new_id`` gave."""
    return re.fullmatch("[0-9a-f]{32}", text) is not None


def new_token() -> str:
    """What a browser's cookie holds."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """A code that people can type, in parts: ``K7QMX-4PD9R-TCH``. At least 60 bits."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(signs[at : at + PART] for at in range(0, LENGTH, PART))


def as_written(code: str) -> str:
    """A code as we write it, however it was typed: small letters, blanks, other dashes; one of
    words as words."""
    if words := code_words.as_written(code):
        return words
    signs = "".join(sign for sign in code.upper() if sign.isalnum())[: 2 * LENGTH]
    return "-".join(signs[at : at + PART] for at in range(0, len(signs), PART))


def hashed(secret: str) -> str:
    """What the store keeps of a random secret. Its randomness is what protects it."""
    return hashlib.sha256(secret.encode()).hexdigest()


@dataclass(frozen=True)
class OpenedCode:
    """What a code is worth that brings answers back.

    Attributes:
        hash: what the store keeps of it, to find the draft.
        key: what the draft's key is wrapped under.
    """

    hash: str
    key: WrappingKey


def opened(code: str) -> OpenedCode:
    """Both are made slowly, and with this installation's secret: whoever has the database alone
    cannot try codes, and whoever has the secret too needs some hundredths of a second for each.

    Argon2id (RFC 9106), 19 MiB and two passes, as OWASP's password storage advice has it.
    """
    return _opened(as_written(code), derived("codes that bring answers back"))


#: For how long a code that somebody comes by is remembered, seconds, and how many at most.
REMEMBERED, MOST_REMEMBERED = 600, 1000


def opened_lately(code: str) -> OpenedCode:
    """The same for somebody who comes: two or three pages need it, so the last ones are remembered
    for a while, in memory alone."""
    return _opened_lately(as_written(code), derived("codes that bring answers back"))


def _opened(code: str, salt: bytes) -> OpenedCode:
    made = Argon2id(salt=salt, length=64, iterations=2, lanes=1, memory_cost=19 * 1024).derive(
        code.encode()
    )
    return OpenedCode(made[:32].hex(), WrappingKey(made[32:]))


_opened_lately = cached(
    TTLCache[str, OpenedCode](MOST_REMEMBERED, REMEMBERED),
    key=lambda code, salt: hashed(f"{salt.hex()} {code}"),
    lock=Lock(),
)(_opened)
