"""Passphrases of those who run rounds: what is asked of one, and the slow hash that is kept."""

from __future__ import annotations

import secrets
import unicodedata
from functools import cache

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

#: NIST SP 800-63B-4, 3.1.1.2: at least 15 signs where a passphrase is all that is asked, and no
#: rule about capitals or digits.
SHORTEST, LONGEST = 15, 200


def problem_with(passphrase: str, again: str, name: str) -> str:
    """What is wrong with a new passphrase, in a sentence; empty where nothing is."""
    if len(passphrase) < SHORTEST:
        return (
            f"Take at least {SHORTEST} letters. Four words that do not belong together are easy to "
            "remember."
        )
    if len(passphrase) > LONGEST:
        return f"Take at most {LONGEST} letters."
    if len(set(passphrase.casefold())) < 5 or name.casefold() in passphrase.casefold():
        return "That is easy to guess. Take four words that do not belong together."
    if passphrase != again:
        return "The two are not the same. Type it again in both fields."
    return ""


def slow_hash(passphrase: str) -> str:
    """What is kept of a passphrase: Argon2id with what it was made with, as RFC 9106 and the PHC
    string format have it. 19 MiB and two passes, as OWASP's password storage advice has it."""
    return _argon(secrets.token_bytes(16)).derive_phc_encoded(_as_bytes(passphrase))


def fits(passphrase: str, kept: str | None) -> bool:
    """Whether it is the passphrase of which that is kept. It takes as long where nothing is kept,
    so that nobody learns by it which names there are."""
    try:
        Argon2id.verify_phc_encoded(_as_bytes(passphrase[:LONGEST]), kept or _of_nobody())
    except InvalidKey:
        return False
    return kept is not None


def _argon(salt: bytes) -> Argon2id:
    return Argon2id(salt=salt, length=32, iterations=2, lanes=1, memory_cost=19 * 1024)


def _as_bytes(passphrase: str) -> bytes:
    """Keyboards write the same letter in different ways."""
    return unicodedata.normalize("NFKC", passphrase).encode()


@cache
def _of_nobody() -> str:
    return slow_hash(secrets.token_urlsafe(32))
