"""Where things stand, and what stands in the files that tests read for themselves."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
MAIN = ROOT / "assessment" / "main.py"
PACKS = ROOT / "tests" / "packs"
SCENARIOS = ROOT / "tests" / "scenarios"


@cache
def data(path: Path | str) -> Any:
    """A YAML file, named from the project's folder, read once: look at it, do not change it."""
    # PyYAML's own parser takes ten times as long as libyaml, which most systems have.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((ROOT / path).read_text(encoding="utf-8"), Loader=loader)
