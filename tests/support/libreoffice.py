"""Where LibreOffice is, and what it makes of a workbook."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)

#: Makes of a file one with another ending, in a folder.
Office = Callable[[Path, str, Path], Path]


def find_libreoffice() -> str | None:
    """The path of LibreOffice: ``LIBREOFFICE``, one on the PATH, or where it installs itself."""
    if named := os.environ.get("LIBREOFFICE"):
        return named
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return found
    return next((place for place in PLACES if Path(place).exists()), None)


def convert(file: Path, ending: str, folder: Path) -> Path:
    """A file opened by LibreOffice and saved in another form, in ``folder``.

    Raises:
        AssertionError: there is no LibreOffice, or it could not open the file.
    """
    office = find_libreoffice()
    assert office, "LibreOffice is needed: python tests/support/install_office.py"
    with tempfile.TemporaryDirectory() as own:
        done = subprocess.run(
            [
                office,
                # Settings of its own, so that an office that somebody has open is left alone.
                f"-env:UserInstallation={Path(own).as_uri()}",
                *("--headless", "--convert-to", ending, "--outdir", str(folder), str(file)),
            ],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=300,
        )
    made = folder / f"{file.stem}.{ending}"
    assert made.exists(), f"LibreOffice made nothing of {file.name}: {done.stdout} {done.stderr}"
    return made
