"""Looks whether a fault is known of any library in the lock files. Run by ``make check``.

Fails on a finding only: where the advisories cannot be reached, it says that it could not look.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.support.places import ROOT

LOCKS = ("requirements.txt", "requirements-dev.txt")
#: Seconds; without a line it gives up much earlier.
PATIENCE = 300


def look() -> tuple[str, str]:
    """What was found, as pip-audit writes it, empty where it could not look; and its last words."""
    command = [sys.executable, "-m", "pip_audit", "--vulnerability-service", "osv", "--format"]
    command += ["json", "--progress-spinner", "off", "--disable-pip", "--require-hashes"]
    for lock in LOCKS:
        command += ["--requirement", str(ROOT / lock)]
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        try:
            run = subprocess.run(
                [*command, "--output", str(report)],
                capture_output=True,
                text=True,
                encoding="utf-8",
                timeout=PATIENCE,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return "", f"no answer within {PATIENCE} seconds"
        found = report.read_text(encoding="utf-8") if report.exists() else ""
    return found, (run.stderr.strip().splitlines() or [""])[-1]


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
