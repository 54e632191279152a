"""Get LibreOffice's spreadsheet for the tests that open our workbooks in it.

Prints nothing where one is there already. Exits with 1 and the reasons where none can be had.
"""

from __future__ import annotations

import os
import sys

sys.path.insert(0, os.fspath(__import__("pathlib").Path(__file__).resolve().parents[2]))

from tests.support.installing import by_apt, get
from tests.support.libreoffice import find_libreoffice

if __name__ == "__main__":
    ways = by_apt("LibreOffice Calc", "libreoffice-calc")
    sys.exit(get("LibreOffice", "tests that open workbooks", find_libreoffice, ways))
