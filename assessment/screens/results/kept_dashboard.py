"""A dashboard as it was published: drawn once, on that day, and kept in the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Final
from urllib.parse import quote

from markupsafe import Markup
from pydantic import TypeAdapter

from assessment.report.model import Report
from assessment.screens.results.drawn_dashboard import Dashboard, Drawn
from assessment.services.content import loaded
from assessment.services.results.viewing import PublishedResults
from assessment.store import Store
from assessment.store.records import AssessmentRecord

#: The parts of a publication that are drawn: the page, and what opens on it.
PAGE: Final = "page"
OPENED: Final = "opened"


@dataclass(frozen=True)
class KeptPage:
    """The page as text.

    Attributes:
        empty: nobody has answered anything.
        choices: the dimensions that open, by their ids; ``groups``: whose answers can be seen.
    """

    organisation: str
    empty: bool
    drawn: Mapping[str, str]
    choices: Mapping[str, str]
    first_choice: str
    groups: Mapping[str, Mapping[str, str]]


PAGES = TypeAdapter(KeptPage)
#: By dimension and group, what opens there.
OPENINGS = TypeAdapter(dict[str, dict[str, str]])


def drawn_parts(store: Store, record: AssessmentRecord, report: Report) -> dict[str, bytes]:
    """The page of a report and everything that opens on it, as it is kept."""
    sheet_at = f"/conversation?assessment={quote(record.id)}&from=results"
    dashboard = Dashboard(report, sheet_at, loaded.of_round(store, record).sheet.why)
    groups = {name: dashboard.groups(name) for name in dashboard.choices}
    page = KeptPage(
        dashboard.organisation,
        dashboard.empty,
        {name: str(html) for name, html in asdict(dashboard.drawn).items()},
        dashboard.choices,
        dashboard.first_choice,
        groups,
    )
    opened = {
        name: {group: str(dashboard.opened(name, group)) for group in of}
        for name, of in groups.items()
    }
    return {PAGE: PAGES.dump_json(page), OPENED: OPENINGS.dump_json(opened)}


@dataclass(frozen=True)
class KeptDashboard:
    """A page that was published, for whoever may see it: the same as a dashboard that is drawn."""

    _page: KeptPage
    _opened: Mapping[str, Mapping[str, str]] = field(repr=False)
    _results: PublishedResults = field(repr=False)

    @classmethod
    def of(cls, results: PublishedResults) -> KeptDashboard:
        page = PAGES.validate_json(results.published_part(PAGE))
        return cls(page, OPENINGS.validate_json(results.published_part(OPENED)), results)

    @property
    def empty(self) -> bool:
        return self._page.empty

    @property
    def organisation(self) -> str:
        return self._page.organisation

    @property
    def drawn(self) -> Drawn:
        return Drawn(**{name: _ours(html) for name, html in self._page.drawn.items()})

    @property
    def choices(self) -> Mapping[str, str]:
        return self._page.choices

    @property
    def first_choice(self) -> str:
        return self._page.first_choice

    def groups(self, dimension: str) -> Mapping[str, str]:
        return self._page.groups[dimension]

    def opened(self, dimension: str, group: str) -> Markup:
        return _ours(self._opened[dimension][group])

    def workbook(self) -> bytes:
        return self._results.workbook()

    def json(self) -> str:
        return self._results.data()


def _ours(html: str) -> Markup:
    """HTML that this app drew, on the day of the publication."""
    return Markup(html)  # noqa: S704
