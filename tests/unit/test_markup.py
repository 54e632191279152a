"""HTML escapes by type, and scripts stand in files.

Ruff's S704 refuses ``Markup`` around anything but a literal; what is left is checked here.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from assessment.screens.shared.page import STATIC, script, shell
from assessment.screens.shared.templates import render

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "assessment").rglob("*.py"))
#: Where all HTML is ``Markup``.
ESCAPED_BY_TYPE = [
    file
    for file in FILES
    for folder in ("web", "render/html", "screens")
    if file.is_relative_to(ROOT / "assessment" / folder)
]
SCRIPTS = sorted(STATIC.rglob("*.js"))


def name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("file", ESCAPED_BY_TYPE, ids=name)
def test_html_is_escaped_by_its_type_and_not_by_memory(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "html":
            assert "escape" not in {alias.name for alias in node.names}, node.lineno
        if isinstance(node, ast.JoinedStr):
            plain = "".join(part.value for part in node.values if isinstance(part, ast.Constant))
            assert not re.search("</?[a-z]", plain), f"line {node.lineno}: HTML without escaping"


def test_scripts_and_styles_stand_in_files() -> None:
    for file in FILES:
        code = file.read_text(encoding="utf-8")
        assert not re.search(r"<script[^>{]*>[^{]|addEventListener|\) =>|<style>[^:{]", code), file


def test_every_script_can_be_put_into_a_page() -> None:
    assert SCRIPTS
    for file in SCRIPTS:
        code = file.read_text(encoding="utf-8")
        # A tag within a script would end it, or have it taken out before it runs.
        assert not re.search(r"<[\w/!]", code), file
        assert code.startswith("// "), f"{file}: says what it is for"
    assert shell().count("<script>") == len(list(STATIC.glob("*.js")))


def test_what_a_script_is_given_is_escaped() -> None:
    put = script("on_visit/leave_for", address="\"><script>alert('1')</script>")
    assert put.count("<script") == 1 and "alert(&#39;1&#39;)" in put


def test_templates_escape_what_is_put_in() -> None:
    page = render("message.html", title="<b>", text="a & b", icon="\"'")
    assert "&lt;b&gt;" in page and "a &amp; b" in page and "&#34;&#39;" in page
