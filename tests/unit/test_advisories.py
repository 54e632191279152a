"""What is said of known faults of libraries. The reports are as pip-audit's own pages show them."""

from __future__ import annotations

import socket

import pytest

from tests.support.advisories import look, told

FAULT = """{"dependencies": [
    {"name": "flask", "version": "0.5", "vulns": [{"id": "PYSEC-2019-179", "fix_versions": ["1.0"],
        "aliases": ["CVE-2019-1010083"], "description": "Unexpected memory usage."}]},
    {"name": "jinja2", "version": "3.0.2", "vulns": []}], "fixes": []}"""
SKIPPED = """{"dependencies": [{"name": "ours", "skip_reason": "Dependency not found: ours"},
    {"name": "jinja2", "version": "3.0.2", "vulns": []}], "fixes": []}"""


def test_a_known_fault_fails_and_names_the_library_and_what_mends_it() -> None:
    said, has_finding = told(FAULT, "")
    assert has_finding and "flask 0.5: PYSEC-2019-179, mended in 1.0" in said


def test_where_the_advisories_cannot_be_reached_it_says_so_and_does_not_fail() -> None:
    said, has_finding = told("", "Failed to resolve 'api.osv.dev'")
    assert not has_finding
    assert said == ["Known faults of libraries: could not look. Failed to resolve 'api.osv.dev'"]


def test_what_was_not_looked_up_is_named_and_not_counted() -> None:
    said, has_finding = told(SKIPPED, "")
    assert not has_finding
    assert said == [
        "ours: could not look. Dependency not found: ours",
        "Known faults of libraries: 0, in 1 that were looked up.",
    ]


def test_a_line_that_swallows_what_is_sent_holds_nothing_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Behind some firewalls nothing is refused, and nothing answered."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        way = f"http://127.0.0.1:{silent.getsockname()[1]}"
        for name in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, way)
        for name in ("no_proxy", "NO_PROXY"):
            monkeypatch.setenv(name, "")
        report, last_words = look(first=5)
    assert (report, last_words) == ("", "No answer within 5 seconds.")
