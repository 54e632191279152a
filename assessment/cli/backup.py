"""``backup`` and ``restore``: everything of this installation in one encrypted file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assessment.cli.files import whole_file
from assessment.cli.shared import opened_store, refuse

if TYPE_CHECKING:
    from assessment.services.backup import Backup

PassphraseFile = Annotated[
    Path | None,
    typer.Option(
        "--passphrase-file",
        metavar="FILE",
        help="A file whose first line is the passphrase, for backups that are made by themselves. "
        "ASSESSMENT_BACKUP_PASSPHRASE does the same. Without either it is asked for.",
    ),
]


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file of the backup.")],
    passphrase_file: PassphraseFile = None,
    check: Annotated[
        bool,
        typer.Option("--check", help="Only read FILE and see whether it is whole; change nothing."),
    ] = False,
) -> None:
    """Write everything of this installation into one encrypted file.

    People can go on answering meanwhile. The file holds raw answers and can be read only with the
    passphrase. It does not hold the secret of this installation, without which no code opens
    anything: keep a copy of that file too, in another place.
    """
    from assessment.services.backup import WHAT_IS_IN_IT, make, problem_of
    from assessment.settings import settings
    from assessment.store import UnreachableError

    if check:
        found = _read(file, _passphrase(passphrase_file))
        print(f"{file} is whole: {found.contents.in_words()}. Nothing was changed.")
        return
    _keep_what_is_there(file)
    passphrase = _passphrase(passphrase_file, new=True)
    if problem := problem_of(passphrase):
        refuse([problem])
    with whole_file(file) as out:
        store = opened_store()
        try:
            contents = make(store, passphrase, out)
        except UnreachableError:
            refuse(["The database does not answer, so there is no backup. Try again."])
        finally:
            store.close()
    print(f"Wrote {file}: {contents.in_words()}. {WHAT_IS_IN_IT}")
    if contents.secret is None:
        print("Nothing in it needs the secret of this installation, which is made when first used.")
        return
    print(
        f"Not in it is the secret of this installation, {settings().secret_file}. Keep a copy of "
        "that file in another place: without it, no code that people have opens anything after "
        "restoring, and begun answers do not come back by their codes."
    )


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file of the backup.")],
    passphrase_file: PassphraseFile = None,
) -> None:
    """Fill this installation, which has to be empty, with what is in a backup.

    It may have been made on another machine, with another kind of database, or by an older version.
    Everything is taken over, or nothing is changed.
    """
    from assessment.services.backup import BackupError
    from assessment.settings import settings
    from assessment.store import StoreError

    found = _read(file, _passphrase(passphrase_file))
    store = opened_store()
    try:
        found.restore(store)
    except (BackupError, StoreError) as error:
        refuse([f"{file} is not restored: {error}"])
    finally:
        store.close()
    print(f"Restored {file}: {found.contents.in_words()}.")
    if found.lacks_its_secret:
        print(
            "The secret of the earlier installation is not here, so no code of a person opens "
            "anything, and begun answers do not come back by their codes. If you have its file, "
            f"stop the app and put it at {settings().secret_file}. Everything else is there."
        )
    elif found.contents.secret is not None:
        print("The secret of the earlier installation is here, so codes work as before.")


def _read(file: Path, passphrase: str) -> Backup:
    from assessment.services.backup import Backup, BackupError

    try:
        # It stays open until the command ends: restoring reads it again.
        return Backup(file.open("rb"), passphrase)
    except BackupError as error:
        refuse([f"{file} cannot be used: {error}. Nothing was changed."])
    except OSError as error:
        refuse([f"{file}: cannot be read: {(error.strerror or str(error)).lower()}"])


def _keep_what_is_there(file: Path) -> None:
    """Refuse to write over a file that is no backup: it could be the database."""
    from assessment.exchange.backup_file import looks_like_one

    try:
        if file.is_file() and file.stat().st_size and not looks_like_one(file):
            refuse([f"{file}: cannot be written: it is there, and no backup; choose another name"])
    except OSError as error:
        refuse([f"{file}: cannot be written: {(error.strerror or str(error)).lower()}"])


def _passphrase(file: Path | None, *, new: bool = False) -> str:
    """From a file, from the environment, or from whoever sits there; a new one twice."""
    from assessment.settings import settings

    given = settings().backup_passphrase
    if file is not None:
        try:
            found = file.read_text(encoding="utf-8-sig").partition("\n")[0].strip("\r")
        except (OSError, UnicodeDecodeError) as error:
            said = getattr(error, "strerror", None) or "it is not text in UTF-8"
            refuse([f"{file}: cannot be read: {said.lower()}"])
    elif given is not None:
        found = given.get_secret_value()
    else:
        try:
            found = str(typer.prompt("Passphrase", hide_input=True, confirmation_prompt=new))
        except typer.Abort:
            refuse(
                [
                    "No passphrase was given. Where nobody can type one, name a file with "
                    "--passphrase-file or set ASSESSMENT_BACKUP_PASSPHRASE."
                ]
            )
    return found
