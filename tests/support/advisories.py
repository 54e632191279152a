"""Looks whether a fault is known of any library in the lock files. Run by ``make check``.

Fails on a finding only: where the advisories cannot be reached, it says that it could not look.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.support.places import ROOT

LOCKS = ("requirements.txt", "requirements-dev.txt")
#: How long all questions may take, and the first one, seconds. A line that swallows what is sent is
#: no answer to any of some hundred questions, each of which is asked several times.
PATIENCE, FIRST = 300, 20
#: Asks the service nothing, to learn whether it answers at all.
KNOCK = """
import requests
from pip_audit._service.osv import OsvService
requests.post(OsvService.DEFAULT_OSV_URL, json={})
"""


def look(patience: float = PATIENCE, first: float = FIRST) -> tuple[str, str]:
    """What was found, as pip-audit writes it, empty where it could not look; and its last words."""
    if refusal := _run(["-c", KNOCK], first):
        return "", refusal
    command = ["-m", "pip_audit", "--vulnerability-service", "osv", "--format", "json"]
    command += ["--progress-spinner", "off", "--disable-pip", "--require-hashes"]
    for lock in LOCKS:
        command += ["--requirement", str(ROOT / lock)]
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        last_words = _run([*command, "--output", str(report)], patience)
        found = report.read_text(encoding="utf-8") if report.exists() else ""
    return found, last_words


def _run(command: Sequence[str], patience: float) -> str:
    """Run Python with this command; its last words, empty where all is well."""
    try:
        run = subprocess.run(
            [sys.executable, *command],
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=patience,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"No answer within {patience:g} seconds."
    lines = run.stderr.strip().splitlines() or [f"It ended with {run.returncode}."]
    return lines[-1] if run.returncode else ""


def told(report: str, last_words: str) -> tuple[list[str], bool]:
    """What to say of a report, and whether it has a finding."""
    if not report:
        return [f"Known faults of libraries: could not look. {last_words}"], False
    dependencies = json.loads(report)["dependencies"]
    lines = [
        f"{each['name']}: could not look. {each['skip_reason']}"
        for each in dependencies
        if "skip_reason" in each
    ]
    found = [
        f"{each['name']} {each['version']}: {fault['id']}, mended in "
        f"{', '.join(fault['fix_versions']) or 'no version yet'}"
        for each in dependencies
        for fault in each.get("vulns", ())
    ]
    looked_up = len(dependencies) - len(lines)
    summary = f"Known faults of libraries: {len(found)}, in {looked_up} that were looked up."
    return [*lines, *found, summary], bool(found)


if __name__ == "__main__":
    said, has_finding = told(*look())
    print("\n".join(said))
    sys.exit(has_finding)
