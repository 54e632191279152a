"""What all tests share: a database of their own, and profiles for those that look for
counter-examples.

``default`` draws the same 200 examples every time, so that `make test` is reproducible; ``deep``
draws 10,000 new ones. Choose with the environment variable HYPOTHESIS_PROFILE.
"""

from __future__ import annotations

import os
import tempfile

from hypothesis import HealthCheck, settings

# An example is a whole organisation, evaluated several times: slow by nature, so no deadline.
COMMON = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}

settings.register_profile(
    "default", max_examples=200, derandomize=True, database=None, print_blob=True, **COMMON
)
settings.register_profile("deep", max_examples=10_000, print_blob=True, **COMMON)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

# No test reads or writes the database of this installation.
os.environ["ASSESSMENT_DATABASE_URL"] = f"sqlite:///{tempfile.mkdtemp()}/tests.sqlite"
