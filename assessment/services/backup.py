"""Backups: everything, or what belongs to one organisation, in one encrypted file, and back."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from assessment.exchange.backup_file import (
    USUAL,
    BackupFile,
    BackupFileError,
    KeyDerivation,
    Seal,
    written,
)
from assessment.services import clock
from assessment.services.access import installation_secret
from assessment.services.content import loaded
from assessment.services.rounds.audit import BACKUP_MADE, note
from assessment.store import Store, StoreError
from assessment.store.backup import Entry, checked_revision, entries, put_back
from assessment.store.records import AssessmentRecord
from questionnaires.phrases import counted

#: Somebody who has the file may try passphrases for as long as they like.
SHORTEST_PASSPHRASE = 12
PASSPHRASE_RULE = (
    f"At least {SHORTEST_PASSPHRASE} characters. Four or five words that have nothing to do with "
    "each other are easy to keep and hard to guess."
)
TOO_SHORT = f"The passphrase is too short. {PASSPHRASE_RULE}"
#: What stands in a backup, and what does not; both commands say it, and so does the screen.
WHAT_IS_IN_IT = (
    "It holds the raw answers: keep it as you keep the answers. Without the passphrase nobody can "
    "read it, and you cannot either."
)


class BackupError(Exception):
    """A backup that cannot be used; nothing was changed. The message says why."""


@dataclass(frozen=True)
class Contents:
    """What is in a backup: organisations, rounds, and the mark of the secret that codes in it were
    made with."""

    organisations: int
    rounds: int
    secret: str | None

    def in_words(self) -> str:
        return f"{counted(self.organisations, 'organisation')} with {counted(self.rounds, 'round')}"


def problem_of(passphrase: str) -> str:
    """Why a passphrase is none for a new backup; empty where it is one."""
    return TOO_SHORT if len(passphrase.strip()) < SHORTEST_PASSPHRASE else ""


def make(
    store: Store,
    passphrase: str,
    out: BinaryIO,
    organisation: str | None = None,
    seal: Seal | None = None,
    derivation: KeyDerivation = USUAL,
) -> Contents:
    """Write a backup of the store as it is at one moment. Others go on meanwhile.

    Args:
        organisation: the id of one, and only what belongs to it.
        seal: what is needed beside the passphrase.

    Raises:
        UnreachableError: the store does not answer.
        OSError: it cannot be written.
    """
    counting = _Counting()
    found = entries(store, organisation, secret=installation_secret.mark())
    lines = map(_line, counting.counted(found))
    for piece in written(lines, passphrase, seal, derivation):
        out.write(piece)
    return counting.contents


def of_organisation(store: Store, record: AssessmentRecord, passphrase: str) -> bytes:
    """A backup of all that belongs to the organisation of a round, with a note in its log.

    It is sealed: whoever makes it has the passphrase, and could else read each answer, in small
    groups and while people answer. It opens where the secret of this installation is.

    Raises:
        StoreError: the store does not answer, or the secret's file cannot be read.
    """
    out = io.BytesIO()
    make(store, passphrase, out, record.organisation.id, _seal())
    with store.write() as work:
        note(work, record, BACKUP_MADE)
        work.commit()
    return out.getvalue()


def _seal() -> Seal:
    secret = installation_secret.derived("backups that coordinators make")
    return Seal(str(installation_secret.mark()), secret)


class Backup:
    """A backup that was read and checked from its first line to its last.

    Raises:
        BackupError: it cannot be used; nothing was changed.
    """

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        try:
            ours = _seal() if installation_secret.mark() else None
            self._file = BackupFile(file, passphrase, ours)
            counting = _Counting()
            for number, entry in enumerate(counting.counted(self._entries())):
                if number == 0:
                    checked_revision(entry)
        except (BackupFileError, StoreError) as error:
            raise BackupError(str(error).rstrip(".")) from None
        self.contents = counting.contents

    def restore(self, store: Store) -> None:
        """Fill an empty store with it. Everything, or nothing.

        Raises:
            BackupError: the store is not empty.
            UnreachableError: the store does not answer; nothing is changed.
        """
        try:
            put_back(store, self._entries())
        except BackupFileError as error:
            raise BackupError(str(error)) from None
        loaded.pin_assessments(store, clock.now().date())

    @property
    def lacks_its_secret(self) -> bool:
        """Whether codes in it may have been made with another secret than the one that is here."""
        return self.contents.secret not in (None, installation_secret.mark())

    def _entries(self) -> Iterator[Entry]:
        return map(json.loads, self._file.lines())


class _Counting:
    """Counts what is in a backup while it goes by."""

    def __init__(self) -> None:
        self._rows: dict[str, int] = {}
        self._first: dict[str, Any] = {}

    def counted(self, found: Iterator[Entry]) -> Iterator[Entry]:
        table = ""
        for entry in found:
            if isinstance(entry, dict):
                table = entry.get("table", "")
                self._first = self._first or entry
            else:
                self._rows[table] = self._rows.get(table, 0) + 1
            yield entry

    @property
    def contents(self) -> Contents:
        return Contents(
            self._rows.get("organisation", 0),
            self._rows.get("assessment", 0),
            self._first.get("secret"),
        )


def _line(entry: Entry) -> str:
    return json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
