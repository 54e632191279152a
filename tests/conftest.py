"""What all tests share: a database of their own, how long is looked for counter-examples, what
each test needs, and in which order they run.

``default`` draws the same examples every time, at most 200, so that `make test` is reproducible;
``deep`` draws 10,000 new ones. Choose with the environment variable HYPOTHESIS_PROFILE.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from questionnaires.content_files import yaml_files

# An example is a whole organisation, evaluated several times: slow by nature, so no deadline.
COMMON = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}

settings.register_profile(
    "default", max_examples=200, derandomize=True, database=None, print_blob=True, **COMMON
)
settings.register_profile("deep", max_examples=10_000, print_blob=True, **COMMON)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

HERE = Path(__file__).parent
#: Files that take longest, the longest first: begun last, one would keep a processor waiting for
#: the other. A file that is missing here only costs time.
LONGEST = (
    "browser/test_every_screen.py",
    "browser/test_answering.py",
    "browser/test_working_group.py",
    "browser/test_set_up.py",
    "browser/test_same_numbers.py",
    "browser/test_reload_safety.py",
    "browser/test_deepening.py",
    "browser/test_bad_line.py",
    "properties/test_order.py",
    "properties/test_dont_know.py",
    "properties/test_fixes.py",
    "properties/test_offers.py",
    "integration/test_proxies.py",
    "integration/test_custom_questionnaires.py",
    "integration/test_explaining.py",
    "integration/test_command_line.py",
    "attacks/test_kills.py",
    "attacks/test_small_groups.py",
    "attacks/test_published_figures.py",
    "integration/test_results_workbook.py",
    "integration/test_template_workbook.py",
    "integration/test_workbook_attacks.py",
    "integration/test_forged_answers.py",
    "integration/test_store.py",
    "scenarios/test_scenarios.py",
)
#: What `make test-fast` leaves to `make test`, beside what needs a browser, an office or
#: PostgreSQL: searches, and what starts the program or reads workbooks again and again.
SLOW_FOLDERS = ("simulations", "attacks")
SLOW_FILES = (
    "integration/test_two_at_once.py",
    "integration/test_bad_input.py",
    "integration/test_custom_questionnaires.py",
    "integration/test_command_line.py",
    "integration/test_explaining.py",
    "integration/test_results_workbook.py",
    "integration/test_template_workbook.py",
    "integration/test_workbook_attacks.py",
)
#: Fixtures by which a test needs something.
NEEDS = {
    "office": "office",
    "postgresql": "postgresql",
    "own_postgresql": "postgresql",
    "app": "slow",
    "own_words_app": "slow",
}


def pytest_configure(config: pytest.Config) -> None:
    # No test reads or writes the database of this installation; each worker has one of its own.
    folder = tempfile.mkdtemp()
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    os.environ["ASSESSMENT_DATABASE_URL"] = f"sqlite:///{folder}/tests.sqlite"
    os.environ["ASSESSMENT_SECRET_FILE"] = f"{folder}/secret"
    # All tests read the same YAML files: each is parsed once, and anew when it has changed.
    yaml_files.parse = lru_cache(maxsize=256)(yaml_files.parse)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for need in needs(item):
            item.add_marker(need)
    place = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(name_of(item), len(LONGEST)))


def name_of(item: pytest.Item) -> str:
    return item.path.relative_to(HERE).as_posix()


def needs(item: pytest.Item) -> set[str]:
    """The markers of a test, by where it stands and what it takes."""
    folder = name_of(item).partition("/")[0]
    found = {NEEDS[name] for name in getattr(item, "fixturenames", ()) if name in NEEDS}
    if folder == "browser":
        found.add("browser")
    # A fixture that comes for both databases asks for PostgreSQL only when it runs.
    if "postgresql" in getattr(getattr(item, "callspec", None), "params", {}).values():
        found.add("postgresql")
    searches = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
    if searches or folder in SLOW_FOLDERS or name_of(item) in SLOW_FILES:
        found.add("slow")
    return found
