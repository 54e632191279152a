"""Profiles for the tests that look for counter-examples.

``default`` draws the same 200 examples every time, so that `make test` is reproducible; ``deep``
draws 10,000 new ones. Choose with the environment variable HYPOTHESIS_PROFILE.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# An example is a whole organisation, evaluated several times: slow by nature, so no deadline.
COMMON = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}

settings.register_profile(
    "default", max_examples=200, derandomize=True, database=None, print_blob=True, **COMMON
)
settings.register_profile("deep", max_examples=10_000, print_blob=True, **COMMON)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
