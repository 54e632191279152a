"""Pages on why it is so, in ``docs/design``: what cites them finds them, and they find each other.

A citation stands in the ``source`` of a scenario: ``design: scoring.md, Overall; doing-peer-work
1.3``. Its parts are separated by semicolons. A part that names a page names headings of it,
separated by commas; of a heading with a colon the words before it are enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import yaml

from questionnaires.library import load
from scoring.rules.loading import load_guidance
from tests.support.places import ROOT, SCENARIOS

PAGES = ROOT / "docs" / "design"

HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.MULTILINE)
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
PAGE = re.compile(r"[\w/-]+\.md")
#: All of them, and the page on who could want what.
ALL = (*sorted(PAGES.rglob("*.md")), ROOT / "docs" / "threat-model.md")
NAMED = re.compile(r"`(tests/[\w./-]*)`")


def text_of(page: Path) -> str:
    """A page without its blocks of code, in which a # is no heading."""
    return FENCE.sub("", page.read_text(encoding="utf-8"))


def headings(page: Path) -> set[str]:
    """The headings of a page, and what stands before the first colon of each."""
    found = HEADING.findall(text_of(page))
    return {*found, *(heading.partition(":")[0] for heading in found)}


def anchors(page: Path) -> set[str]:
    """How links within pages name its headings: small, without marks, with dashes for blanks."""
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        for heading in HEADING.findall(text_of(page))
    }


def cited(source: str) -> Iterator[tuple[str, list[str]]]:
    """The pages that a source cites, each with the headings that it names."""
    for part in source.split(";"):
        citation = part.strip()
        ours = citation.startswith("design:")
        page, *names = [word.strip() for word in citation.removeprefix("design:").split(",")]
        if ours or PAGE.fullmatch(page):
            yield page, names


def broken(source: str) -> Iterator[str]:
    """What a source cites that is not there, in words."""
    for page, names in cited(source):
        if not PAGE.fullmatch(page) or not (PAGES / page).is_file():
            yield f"there is no page {page!r}"
            continue
        if not names:
            yield f"{page}: names no heading"
        there = headings(PAGES / page)
        yield from (f"{page}: has no heading {name!r}" for name in names if name not in there)


def entries(content: Any) -> Iterator[dict[str, Any]]:
    """Everything in a file of scenarios that has a source."""
    if isinstance(content, dict):
        if isinstance(content.get("source"), str):
            yield content
        for inner in content.values():
            yield from entries(inner)
    elif isinstance(content, list):
        for inner in content:
            yield from entries(inner)


def scenarios() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(SCENARIOS.glob("*.yaml")):
        for entry in entries(yaml.safe_load(path.read_text(encoding="utf-8"))):
            yield path.name, entry


def check(failures: Iterable[str]) -> None:
    found = list(failures)
    assert not found, "\n" + "\n".join(found)


def test_every_citation_of_a_scenario_names_a_page_and_a_heading_that_there_are() -> None:
    check(
        f"{file}: {entry.get('name', '?')}: {problem}"
        for file, entry in scenarios()
        for problem in broken(entry["source"])
    )


def test_scenarios_cite_these_pages() -> None:
    """Else the test above could hold by finding nothing."""
    found = [page for _, entry in scenarios() for page, _ in cited(entry["source"])]
    assert len(found) > 150
    assert {"domain.md", "scoring.md", "privacy.md", "contract.md", "product.md"} == set(found)


@pytest.mark.parametrize(
    ("source", "problems"),
    [
        ("doing-peer-work 1.3 lines 257-259; our judgement", []),
        ("design: scoring.md, Overall, Bands; peer-work-policy 6.2, 9.1", []),
        ("design: domain.md, Property 2; scoring.md, Item", []),
        ("design: privacy.md, promise 3", ["privacy.md: has no heading 'promise 3'"]),
        ("our judgement; scoring.md", ["scoring.md: names no heading"]),
        ("design: score.md, Overall", ["there is no page 'score.md'"]),
        ("design: scoring, Overall", ["there is no page 'scoring'"]),
    ],
)
def test_a_citation_that_leads_nowhere_is_named(source: str, problems: list[str]) -> None:
    assert list(broken(source)) == problems


def links(page: Path) -> Iterator[str]:
    """The relative links of a page that lead nowhere."""
    for target in LINK.findall(text_of(page)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = unquote(target).partition("#")
        to = (page.parent / path).resolve() if path else page
        if not to.exists():
            yield f"{target}: there is no such file"
        elif anchor and anchor not in anchors(to):
            yield f"{target}: there is no such heading"


def test_links_between_pages_lead_somewhere() -> None:
    check(f"{page.relative_to(ROOT)}: {problem}" for page in ALL for problem in links(page))


def test_every_page_is_found_from_the_first() -> None:
    first = PAGES / "README.md"
    linked = {
        (PAGES / target.partition("#")[0]).resolve() for target in LINK.findall(text_of(first))
    }
    check(
        f"{page.relative_to(PAGES)}: the README of the pages does not name it"
        for page in sorted(PAGES.rglob("*.md"))
        if page != first and page.resolve() not in linked
    )


def test_the_tests_that_pages_name_are_there() -> None:
    check(
        f"{page.relative_to(ROOT)}: there is no {name}"
        for page in ALL
        for name in NAMED.findall(text_of(page))
        if not (ROOT / name).exists()
    )


def test_the_domain_page_names_what_the_content_has() -> None:
    library = load()
    guidance = load_guidance(library)
    page = text_of(PAGES / "domain.md")
    critical = [dimension.id for dimension in library.dimensions.values() if dimension.critical]
    names = [
        *library.domains,
        *library.dimensions,
        *(questionnaire.id for questionnaire in library.questionnaires),
        *(gate.id for gate in guidance.every_offer_gates),
    ]
    check(f"domain.md does not name {name}" for name in names if f"`{name}`" not in page)
    check(f"domain.md: {name} is critical" for name in critical if f"**`{name}`**" not in page)
    offers = re.findall(r"^\d+\. `(\w+)`", page, re.MULTILINE)
    assert offers == list(guidance.offers)
