"""What was found, for everybody who was invited: in short, without the app, on any phone."""

from __future__ import annotations

from urllib.parse import quote

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from assessment.screens.respondent.finishing_texts import title
from assessment.screens.respondent.promises import help_contact
from assessment.screens.shared import markup
from assessment.services.access import sessions
from assessment.services.access.codes import as_written
from assessment.services.current_store import store
from assessment.services.results import viewing
from assessment.services.results.viewing import PublishedResults
from assessment.web import cookies
from assessment.web.own_pages import own_page
from questionnaires.model import WORKING_GROUP
from questionnaires.phrases import day

NOT_HERE = (
    "If you were asked to answer, open your link once more, or type your code. It leads to what "
    "was found, as soon as that is published."
)


def show(request: Request) -> Response:
    """The page for whoever came with a code of the round; for others there is nothing here."""
    browser = cookies.browser(request)
    name = request.query_params.get("assessment") or viewing.newest_pass(browser.passes)
    found = viewing.for_everybody_invited(store(), name, browser)
    if found is None:
        return own_page(
            request,
            "go",
            "Not here",
            404,
            heading="There is nothing to see here",
            content=markup.texts([NOT_HERE]),
            button="Go on",
        )
    record, summary = found.record, found.summary
    return own_page(
        request,
        "what_we_found",
        "What we found",
        heading=title("What we found"),
        record=record,
        published=day(record.published_on) if record.published_on else "",
        summary=summary,
        statements=[
            (said.title, Markup().join(map(markup.quoted, said.texts)), said.about)
            for said in summary.statements
        ],
        follow_ups=[(entry, day(entry.done_on)) for entry in found.follow_ups],
        least=record.minimum_group_size,
        results=f"/results?assessment={quote(record.id)}",
        together=_working_group_link(request, found),
        help_contact=help_contact(record),
    )


def _working_group_link(request: Request, found: PublishedResults) -> Markup:
    """Back to what the working group agreed, for its members; nothing for others."""
    code = as_written(cookies.invitation(request)[0])
    team = sessions.session_of(store(), request.cookies.get(cookies.COOKIES["working_group"]))
    if code == found.record.working_group.code:
        place = "/welcome?to=together"
    elif team is not None and team[0].group == WORKING_GROUP and team[1].id == found.record.id:
        place = "/together"
    else:
        return Markup()
    return markup.link("What the working group agreed", place, markup.QUIET)
