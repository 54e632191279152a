"""Getting a program that tests need, where this machine offers a way."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

#: What is got, and the commands that get it.
Way = tuple[str, list[list[str]]]


def apt(*arguments: str) -> list[str]:
    admin = [] if os.geteuid() == 0 else ["sudo", "-n"]
    return [*admin, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", *arguments]


def by_apt(name: str, package: str) -> list[Way]:
    """The way by a package of Debian, where there are such packages."""
    install = apt("install", "-y", "--no-install-recommends", package)
    return [(name, [apt("update"), install])] if shutil.which("apt-get") else []


def unpacked_by_apt(name: str, package: str, folder: Path) -> list[Way]:
    """The way by a package of Debian that is unpacked into a folder and not installed."""
    if not (shutil.which("apt-get") and shutil.which("dpkg")):
        return []
    folder.mkdir(parents=True, exist_ok=True)
    # Whoever has no rights takes the lists as they are.
    lists = f"{shlex.join(apt('update'))} || true"
    download = f"cd {shlex.quote(str(folder))} && rm -f {package}_*.deb && apt-get -qq download"
    unpack = f"dpkg -x {package}_*.deb . && rm -f {package}_*.deb"
    return [(name, [["sh", "-c", lists], ["sh", "-c", f"{download} {package} && {unpack}"]])]


def get(program: str, tests: str, find: Callable[[], str | None], ways: Sequence[Way]) -> int:
    """Try one way after the other until the program is there; says nothing where it already is.

    Returns:
        The exit code: 1 where it cannot be had, with the reasons printed.
    """
    if find():
        return 0
    reasons = []
    for name, commands in ways:
        print(f"Getting {name} for the {tests}")
        for command in commands:
            try:
                subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
            except OSError as error:
                reasons.append(f"{name}: {error}")
                break
            except subprocess.CalledProcessError as error:
                last = (error.stderr or error.stdout).strip().splitlines()[-1:]
                reasons.append(f"{name}: {' '.join(command)}: {' '.join(last)}")
                break
        if find():
            return 0
    print(f"The {tests} need {program} and it could not be installed:", file=sys.stderr)
    print(*reasons or ["no way is known for this system"], sep="\n", file=sys.stderr)
    print(f"Install {program} yourself, or set {program.upper()} to its path.", file=sys.stderr)
    return 1
