"""Drafts are encrypted under keys that the store does not have.

Each draft has a random key. The store holds it only wrapped: under the token that a browser's
cookie has, and under the code that brings the draft back. So whoever has the database, and neither
of the two, reads no unfinished answer, nor which questions are answered.

AES-256 in Galois/counter mode (NIST SP 800-38D) encrypts and notices every change; HKDF (RFC 5869)
makes a key of a token.
"""

from __future__ import annotations

import hmac
import json
import secrets
from hashlib import sha256
from typing import NewType

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

#: What encrypts the answers of one draft, 32 bytes.
DraftKey = NewType("DraftKey", bytes)
#: What a draft's key is wrapped under, 32 bytes: made of a token or a code.
WrappingKey = NewType("WrappingKey", bytes)

BYTES, NONCE = 32, 12
#: Encrypted answers are as long as the next multiple of this, so that their length tells little.
STEP = 128


def new_draft_key() -> DraftKey:
    return DraftKey(secrets.token_bytes(BYTES))


def wrapping_key(token: str) -> WrappingKey:
    """The key that a random token stands for."""
    made = HKDF(SHA256(), BYTES, None, b"the draft of a session").derive(token.encode())
    return WrappingKey(made)


def wrap(key: DraftKey, under: WrappingKey) -> bytes:
    """A draft's key as the store may hold it."""
    return _encrypted(under, key, b"a draft's key")


def unwrap(wrapped: bytes, under: WrappingKey) -> DraftKey:
    """A draft's key again.

    Raises:
        InvalidTag: it was wrapped under another one, or was changed.
    """
    return DraftKey(_decrypted(under, wrapped, b"a draft's key"))


def item_mark(key: DraftKey, item: str) -> str:
    """What stands for an item in the store: the same for each answer to it, in this draft only."""
    return hmac.digest(key, item.encode(), sha256)[:16].hex()


def encrypt(key: DraftKey, draft: str, item: str, value: str) -> bytes:
    """An answer as the store holds it. It can be read only as a part of its draft."""
    plain = json.dumps([item, value]).encode()
    return _encrypted(key, plain.ljust(-(-len(plain) // STEP) * STEP), draft.encode())


def decrypt(key: DraftKey, draft: str, encrypted: bytes) -> tuple[str, str]:
    """An item and its answer.

    Raises:
        InvalidTag: it is of another draft, or was changed.
    """
    item, value = json.loads(_decrypted(key, encrypted, draft.encode()))
    return item, value


def _encrypted(key: bytes, plain: bytes, bound_to: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound_to)


def _decrypted(key: bytes, encrypted: bytes, bound_to: bytes) -> bytes:
    return AESGCM(key).decrypt(encrypted[:NONCE], encrypted[NONCE:], bound_to)


__all__ = [
    "DraftKey",
    "InvalidTag",
    "WrappingKey",
    "decrypt",
    "encrypt",
    "item_mark",
    "new_draft_key",
    "unwrap",
    "wrap",
    "wrapping_key",
]
