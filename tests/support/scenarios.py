"""The scenarios of ``tests/scenarios``, and what they start from."""

from __future__ import annotations

from typing import Any

from tests.support.organisations import merged
from tests.support.places import SCENARIOS, data

FILES: dict[str, dict[str, Any]] = {
    path.stem: data(path) for path in sorted(SCENARIOS.glob("*.yaml"))
}
#: What a scenario may start from: a base of any file, or another scenario that has an id.
BASES = {name: own for file in FILES.values() for name, own in file.get("bases", {}).items()} | {
    scenario["id"]: scenario
    for file in FILES.values()
    for scenario in file.get("scenarios", ())
    if "id" in scenario
}


def base(name: str) -> dict[str, Any]:
    """A base, which may itself start from another."""
    own = BASES[name]
    return merged(base(own["starts_from"]), own) if "starts_from" in own else own
