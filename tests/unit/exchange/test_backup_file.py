"""The file of a backup: what is read is what was written, or it is refused in words."""

from __future__ import annotations

import io
import json
import random
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import settings as search
from hypothesis import strategies as st

from assessment.exchange import backup_file
from assessment.exchange.backup_file import (
    NEWER,
    NOT_OURS,
    NOT_WHOLE,
    PIECE,
    WRONG_PASSPHRASE,
    BackupFile,
    BackupFileError,
    KeyDerivation,
    Seal,
    written,
)

PASSPHRASE = "four words of my own"
#: So that a test does not take a tenth of a second for each passphrase.
QUICK = KeyDerivation(memory=32, passes=1)
#: Lines that cannot be compressed, of more than three pieces.
LONG = [random.Random(number).randbytes(500).hex() for number in range(500)]


def file_of(lines: list[str]) -> bytes:
    return b"".join(written(lines, PASSPHRASE, derivation=QUICK))


def read(content: bytes, passphrase: str = PASSPHRASE) -> list[str]:
    return list(BackupFile(io.BytesIO(content), passphrase).lines())


def refusal(content: bytes, passphrase: str = PASSPHRASE) -> str:
    with pytest.raises(BackupFileError) as refused:
        read(content, passphrase)
    return str(refused.value)


@search(max_examples=50)
@given(st.lists(st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]))))
def test_what_is_read_is_what_was_written(lines: list[str]) -> None:
    assert read(file_of(lines)) == lines


def test_pieces_of_every_length_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup_file, "PIECE", 16)
    drawn = random.Random(0)
    for length in range(80):
        lines = [drawn.randbytes(length).hex()]
        assert read(file_of(lines)) == lines


def test_nothing_of_it_can_be_read_without_the_passphrase() -> None:
    content = file_of(["Robin wrote the plan of March"] * 3)
    assert b"Robin" not in content
    assert content != file_of(["Robin wrote the plan of March"] * 3)
    assert refusal(content, "four words of another") == WRONG_PASSPHRASE


def test_a_passphrase_is_the_same_from_every_keyboard() -> None:
    content = b"".join(written(["x"], "Käse und Brötchen", derivation=QUICK))
    assert read(content, "Ka\u0308se und Bro\u0308tchen") == ["x"]


def test_a_sealed_file_opens_with_the_seal_and_the_passphrase_only() -> None:
    ours, theirs = Seal("ours", b"1" * 32), Seal("theirs", b"2" * 32)
    content = b"".join(written(["x"], PASSPHRASE, ours, QUICK))
    assert list(BackupFile(io.BytesIO(content), PASSPHRASE, ours).lines()) == ["x"]
    for seal in (None, theirs):
        with pytest.raises(BackupFileError, match="together with the secret"):
            BackupFile(io.BytesIO(content), PASSPHRASE, seal)
    # It is the secret itself that is needed, not only its mark.
    for passphrase, seal in ((PASSPHRASE, Seal("ours", b"2" * 32)), ("four other words", ours)):
        with pytest.raises(BackupFileError, match="not the passphrase"):
            BackupFile(io.BytesIO(content), passphrase, seal)
    # One that is not sealed needs none.
    assert list(BackupFile(io.BytesIO(file_of(["x"])), PASSPHRASE, ours).lines()) == ["x"]


def test_the_length_of_a_file_is_one_of_whole_pieces_and_partly_by_chance() -> None:
    lengths = {len(file_of(LONG)) for _ in range(40)}
    head = len(file_of(LONG).partition(b"\n")[0]) + 1
    assert len(lengths) == 2
    assert {(length - head - 32) % (PIECE + 16) for length in lengths} == {0}


def test_a_file_that_was_cut_anywhere_is_not_whole() -> None:
    content = file_of(LONG)
    assert len(content) > 3 * PIECE
    head = content.index(b"\n") + 1
    for length in [head, head + 1, head + PIECE + 16, head + PIECE + 48, len(content) - 1]:
        assert refusal(content[:length]) == NOT_WHOLE, length
    assert refusal(content + b"x") == NOT_WHOLE


@pytest.mark.parametrize("seed", range(40))
def test_a_byte_that_was_changed_anywhere_is_noticed(seed: int) -> None:
    content = bytearray(file_of(LONG))
    content[random.Random(seed).randrange(len(content))] ^= 1 << seed % 8
    assert refusal(bytes(content)) in (NOT_WHOLE, NOT_OURS, NEWER)


def resealed(content: bytes) -> bytes:
    """A file with the right checksum, as somebody makes it who changed something on purpose."""
    return content[:-32] + sha256(content[:-32]).digest()


def test_pieces_that_were_swapped_left_out_or_cut_off_on_purpose_are_noticed() -> None:
    content = file_of(LONG)
    at, size = content.index(b"\n") + 1, PIECE + 16
    head, body, end = content[:at], content[at:-32], content[-32:]
    first, second, rest = body[:size], body[size : 2 * size], body[2 * size :]
    for changed in (second + first + rest, first + rest, first + second, first):
        assert refusal(resealed(head + changed + end)) in (NOT_WHOLE, WRONG_PASSPHRASE)
    other = file_of(LONG[::-1])
    theirs = other[other.index(b"\n") + 1 : -32][size : 2 * size]
    assert refusal(resealed(head + first + theirs + rest + end)) == NOT_WHOLE


def test_what_is_no_backup_is_told_so() -> None:
    for content in (b"", b"\n", b"SQLite format 3\0" * 100, b"[]\n", b"{}\n", b'{"a": 1}\nxxx'):
        assert refusal(content) == NOT_OURS, content
    assert refusal(b'{"backup": 2}\nanything') == NEWER


@pytest.mark.parametrize(
    "change", [{"memory": 2**31}, {"passes": 10**9}, {"lanes": 0}, {"memory": 1}, {"salt": "00"}]
)
def test_a_file_that_asks_for_all_memory_or_for_years_is_refused(change: dict[str, object]) -> None:
    head, _, rest = file_of(["x"]).partition(b"\n")
    changed = json.dumps(json.loads(head) | change).encode() + b"\n" + rest
    assert refusal(resealed(changed)) == NOT_WHOLE
