"""Writes down what one tree of the code says to given organisations: ``python run.py IN OUT``.

It knows only what the project promises to other programs, the command line, so that it runs with
any version of the code in the current folder.
"""

from __future__ import annotations

import contextlib
import io
import runpy
import sys
import zipfile
from pathlib import Path

#: What is written once, beside what is said to each organisation.
ONCE = {"items.json": ["items", "--json"], "items.txt": ["items"]}

GROUPS = ("staff", "manager", "board", "service_user", "peer_worker", "working_group")


def command(*words: str) -> str:
    """What ``python -m assessment`` prints, with its exit code at the end where it is not 0."""
    printed = io.StringIO()
    sys.argv = ["assessment", *words]
    code: object = 0
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        try:
            runpy.run_module("assessment", run_name="__main__", alter_sys=True)
        except SystemExit as end:
            code = end.code
    return printed.getvalue() + (f"\nexit {code}\n" if code else "")


def run(inputs: Path, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for name, words in ONCE.items():
        (out / name).write_text(command(*words), encoding="utf-8")
    for group in GROUPS:
        command("template", str(out / f"{group}.xlsx"), "--group", group)
        _unpack(out / f"{group}.xlsx")
    command("demo", str(out / "demo.csv"))
    for answers in [out / "demo.csv", *sorted(inputs.glob("*.csv"))]:
        context = answers.with_suffix(".yaml")
        context = context if context.exists() else answers.with_suffix(".context.yaml")
        known = ["--context", str(context)] if context.exists() else []
        stem = out / answers.stem
        book = Path(f"{stem}.xlsx")
        text = command("evaluate", str(answers), *known)
        stem.with_suffix(".txt").write_text(text, encoding="utf-8")
        files = ["--json", f"{stem}.json", "--xlsx", str(book)]
        command("evaluate", str(answers), *known, *files)
        _unpack(book)


def _unpack(book: Path) -> None:
    with zipfile.ZipFile(book) as packed:
        packed.extractall(book.with_suffix(".parts"))
    book.unlink()


if __name__ == "__main__":
    sys.path.insert(0, str(Path.cwd()))
    run(Path(sys.argv[1]), Path(sys.argv[2]))
