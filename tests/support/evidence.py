"""What rules read of an organisation in which everything is in place."""

from __future__ import annotations

from functools import cache

from scoring.rules.conditions import Evidence
from tests.support.organisations import evaluated
from tests.support.scenarios import base


@cache
def ready() -> Evidence:
    """Every practice is in place and people speak well of it; newcomers want a welcome."""
    return evaluated(base("ready_for_anything")).evidence
