"""Files made to cost memory: 4 MB of answers, good or bad, take no more than a few times their
size beside what the program itself takes, and what is said of them stays short."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from questionnaires.library import load
from tests.support.files import HEADER

SIZE = 4_000_000
#: Beside what the program takes for a file with one answer, bytes.
MOST_MEMORY = 300_000_000
GOOD = "{n},staff,coproduction-principles,valued_input.listened_to,often\n"

#: Reads a small file, notes the most memory so far, and then scores the large one: what it takes
#: beside the program itself, bytes.
MEASURE = """
import resource, sys
from assessment.__main__ import cli
from typer.testing import CliRunner

def run(path):
    result = CliRunner().invoke(cli, ["evaluate", path, "--json", path + ".json"])
    return result, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024

_, before = run(sys.argv[1])
result, after = run(sys.argv[2])
print(after - before, result.exit_code, len(result.output), repr(result.exception))
"""


def of_rows(row: Callable[[int], str], header: str = HEADER) -> str:
    """A file of the size from as many rows as it takes."""
    rows, size = [header], len(header)
    while size < SIZE:
        rows.append(row(len(rows)))
        size += len(rows[-1])
    return "".join(rows)


def wide() -> str:
    """One row a person, with an answer to every question that none of them offers."""
    items = [name for name, item in load().items.items() if "." in name and item.kind != "text"]
    header = f"respondent,group,{','.join(items)}\n"
    return of_rows(lambda n: f"{n},staff{',x' * len(items)}\n", header)


FILES: dict[str, tuple[Callable[[], str], int]] = {
    "as many people as fit": (lambda: of_rows(lambda n: GOOD.format(n=n)), 0),
    "nothing but values": (lambda: of_rows(lambda _: ",,,,x\n"), 2),
    "rows too short": (lambda: of_rows(lambda _: "a,b\n"), 2),
    "no word twice": (lambda: of_rows(lambda n: f"p{n},g{n},q{n},i{n},v{n}\n"), 2),
    "unknown answers": (lambda: of_rows(lambda n: GOOD.format(n=n).replace("often", f"o{n}")), 2),
    "one row a person": (wide, 2),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_a_large_file_takes_little_memory_and_few_words(name: str, tmp_path: Path) -> None:
    make, exit_code = FILES[name]
    small, large = tmp_path / "small.csv", tmp_path / "large.csv"
    small.write_text(HEADER + GOOD.format(n=1), encoding="utf-8")
    large.write_text(make(), encoding="utf-8")
    command = [sys.executable, "-c", MEASURE, str(small), str(large)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    memory, code, words = (int(figure) for figure in run.stdout.split()[:3])
    assert code == exit_code, run.stdout
    assert memory < MOST_MEMORY
    assert words < 30_000
