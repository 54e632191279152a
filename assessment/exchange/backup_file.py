"""The file of a backup: lines of text, compressed and encrypted under a passphrase.

It begins with one line of JSON in the clear that says how the key is made of the passphrase. Then
come pieces of 64 KiB, each encrypted and authenticated by itself with its number and whether it is
the last one (STREAM, Hoang, Reyhanitabar, Rogaway and Vizár 2015), so that neither a large file
needs a large memory nor a cut one passes for a whole one. It ends with the SHA-256 of all of it, by
which a damaged file is told from a wrong passphrase.
"""

from __future__ import annotations

import io
import json
import secrets
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO
from unicodedata import normalize

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

#: The version of the format, which rises when an older tool could not read it any more.
VERSION = 1
PIECE, TAG, SALT, CHECKSUM = 64 * 1024, 16, 16, 32
#: No first line is longer.
LONGEST_HEAD = 1000

NOT_OURS = "this is not a backup of this tool"
NEWER = "this backup was made by a newer version of this tool; update the tool first"
NOT_WHOLE = "the file is not whole, or something in it was changed; take another copy of it"
SEALED = (
    "it opens only together with the secret of the installation in which it was made; put the file "
    "of that secret in its place first"
)
WRONG_PASSPHRASE = "this is not the passphrase of this backup"


class BackupFileError(Exception):
    """A file that cannot be used. The message says why."""


@dataclass(frozen=True)
class KeyDerivation:
    """How the key is made: Argon2id with the second recommended option of RFC 9106, section 4, so
    that each guess at a passphrase takes 64 MiB and a tenth of a second.

    Attributes:
        memory: KiB.
    """

    memory: int = 64 * 1024
    passes: int = 3
    lanes: int = 4

    def key(self, passphrase: str, salt: bytes, secret: bytes | None) -> bytes:
        """32 bytes, the same however a keyboard puts its letters together."""
        made = Argon2id(
            salt=salt,
            length=32,
            iterations=self.passes,
            lanes=self.lanes,
            memory_cost=self.memory,
            secret=secret,
        )
        return made.derive(normalize("NFKC", passphrase).encode())

    @property
    def bearable(self) -> bool:
        """Whether making the key takes neither much memory nor long, whoever wrote the file."""
        enough = 8 * self.lanes <= self.memory <= 1024 * 1024
        return enough and 1 <= self.passes <= 16 and 1 <= self.lanes <= 16


USUAL = KeyDerivation()


@dataclass(frozen=True)
class Seal:
    """A secret that is needed beside the passphrase.

    Attributes:
        mark: by which it is told from another one; it stands in the clear.
    """

    mark: str
    secret: bytes = field(repr=False)


def written(
    lines: Iterable[str],
    passphrase: str,
    seal: Seal | None = None,
    derivation: KeyDerivation = USUAL,
) -> Iterator[bytes]:
    """The bytes of a backup, a piece after the other.

    Args:
        seal: without which the passphrase opens nothing.
    """
    salt = secrets.token_bytes(SALT)
    key = AESGCM(derivation.key(passphrase, salt, seal and seal.secret))
    head = _head(salt, derivation, seal)
    checksum = sha256(head)
    yield head
    for number, (piece, last) in enumerate(_pieces(_compressed(lines))):
        sealed = key.encrypt(_nonce(number, last), piece, head)
        checksum.update(sealed)
        yield sealed
    yield checksum.digest()


def _head(salt: bytes, derivation: KeyDerivation, seal: Seal | None) -> bytes:
    said = {"backup": VERSION, "cipher": "AES-256-GCM", "kdf": "Argon2id", **asdict(derivation)}
    said |= {"salt": salt.hex(), "seal": seal and seal.mark}
    return json.dumps(said).encode() + b"\n"


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _compressed(lines: Iterable[str]) -> Iterator[bytes]:
    """Lines as zlib packs them, and noughts behind them, as many as hide their length."""
    packing, length = zlib.compressobj(), secrets.randbelow(PIECE)
    filling = length
    for line in lines:
        part = packing.compress(line.encode() + b"\n")
        length += len(part)
        yield part
    last = packing.flush()
    yield last
    yield bytes(filling + -(length + len(last)) % PIECE)


def _pieces(parts: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Bytes in pieces of one length but for the last, and which one is the last."""
    left = bytearray()
    for part in parts:
        left += part
        while len(left) > PIECE:
            yield bytes(left[:PIECE]), False
            del left[:PIECE]
    yield bytes(left), True


class BackupFile:
    """A backup that is whole and whose passphrase is right.

    Args:
        seal: the one that is at hand, for those that were sealed.

    Raises:
        BackupFileError: it is no backup, is not whole, was changed, or has another passphrase.
    """

    def __init__(self, file: BinaryIO, passphrase: str, seal: Seal | None = None) -> None:
        self._file = file
        self._head, derivation, salt, mark = _read_head(file)
        self._end = _checked(file)
        if mark is not None and (seal is None or seal.mark != mark):
            raise BackupFileError(SEALED)
        secret = seal.secret if seal and mark is not None else None
        self._key = AESGCM(derivation.key(passphrase, salt, secret))
        next(self._opened(), None)

    def lines(self) -> Iterator[str]:
        """What was written. Every piece is checked again.

        Raises:
            BackupFileError: it was changed by somebody who also changed the checksum.
        """
        unpacking, left = zlib.decompressobj(), b""
        for piece in self._opened():
            if unpacking.eof:  # what follows hides the length
                continue
            *whole, left = (left + _decompressed(unpacking, piece)).split(b"\n")
            yield from (line.decode() for line in whole)
        if left or not unpacking.eof:
            raise BackupFileError(NOT_WHOLE)

    def _opened(self) -> Iterator[bytes]:
        self._file.seek(len(self._head))
        at, number = len(self._head), 0
        while at < self._end or number == 0:
            sealed = self._file.read(min(PIECE + TAG, self._end - at))
            at += PIECE + TAG
            try:
                piece = self._key.decrypt(_nonce(number, at >= self._end), sealed, self._head)
            except InvalidTag:
                raise BackupFileError(NOT_WHOLE if number else WRONG_PASSPHRASE) from None
            yield piece
            number += 1


def _decompressed(unpacking: zlib._Decompress, piece: bytes) -> bytes:
    try:
        return unpacking.decompress(piece)
    except zlib.error:
        raise BackupFileError(NOT_WHOLE) from None


def looks_like_one(path: Path) -> bool:
    """Whether a file begins as a backup does.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return file.read(len(b'{"backup":')) == b'{"backup":'


def _read_head(file: BinaryIO) -> tuple[bytes, KeyDerivation, bytes, str | None]:
    file.seek(0)
    head = file.readline(LONGEST_HEAD)
    try:
        said = json.loads(head)
        version, salt = said.get("backup"), said.get("salt")
    except (ValueError, AttributeError):
        raise BackupFileError(NOT_OURS) from None
    if not isinstance(version, int):
        raise BackupFileError(NOT_OURS)
    if version > VERSION:
        raise BackupFileError(NEWER)
    try:
        derivation = KeyDerivation(**{name: int(said[name]) for name in asdict(USUAL)})
        found = bytes.fromhex(salt)
    except (KeyError, TypeError, ValueError):
        raise BackupFileError(NOT_WHOLE) from None
    if not derivation.bearable or len(found) != SALT or head[-1:] != b"\n":
        raise BackupFileError(NOT_WHOLE)
    return head, derivation, found, said.get("seal")


def _checked(file: BinaryIO) -> int:
    """Where the pieces end.

    Raises:
        BackupFileError: the checksum is not that of the file.
    """
    end = file.seek(0, io.SEEK_END) - CHECKSUM
    file.seek(0)
    checksum, left = sha256(), max(end, 0)
    while left and (part := file.read(min(PIECE, left))):
        checksum.update(part)
        left -= len(part)
    if end <= 0 or file.read() != checksum.digest():
        raise BackupFileError(NOT_WHOLE)
    return end
