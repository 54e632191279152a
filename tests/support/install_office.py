"""Get LibreOffice's spreadsheet for the tests that open our workbooks in it.

Prints nothing where one is there already. Exits with 1 and the reasons where none can be had.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

sys.path.insert(0, os.fspath(__import__("pathlib").Path(__file__).resolve().parents[2]))

from tests.support.libreoffice import find_libreoffice


def attempts() -> list[list[str]]:
    """The commands that get LibreOffice on this machine; none where we know no way."""
    if not shutil.which("apt-get"):
        return []
    admin = [] if os.geteuid() == 0 else ["sudo", "-n"]
    apt = [*admin, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    return [
        [*apt, "update", "-qq"],
        [*apt, "install", "-y", "-qq", "--no-install-recommends", "libreoffice-calc"],
    ]


def main() -> int:
    if find_libreoffice():
        return 0
    reasons = []
    print("Getting LibreOffice for the tests that open workbooks in it")
    for command in attempts():
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, encoding="utf-8", check=False
            )
        except OSError as error:
            reasons.append(f"{' '.join(command)}: {error}")
            break
        if done.returncode:
            last = (done.stderr or done.stdout).strip().splitlines()[-1:]
            reasons.append(f"{' '.join(command)}: {' '.join(last)}")
            break
    if find_libreoffice():
        return 0
    print("The tests need LibreOffice and it could not be installed:", file=sys.stderr)
    for reason in reasons or ["no way to install it is known for this system"]:
        print(f"  {reason}", file=sys.stderr)
    print("Install LibreOffice Calc yourself, or set LIBREOFFICE to its path.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
