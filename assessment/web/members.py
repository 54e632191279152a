"""The working group's door: to answer together, or each alone first.

Looking changes nothing in the store; whatever begins something is sent by a button.
"""

from __future__ import annotations

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from assessment.screens.respondent import member_texts
from assessment.screens.respondent.promises import help_contact, who_can_read
from assessment.screens.shared import markup
from assessment.screens.shared.markup import BUTTON, QUIET, buttons, link
from assessment.services.access import sessions
from assessment.services.access.sessions import Invitation
from assessment.services.current_store import store
from assessment.services.respondents.asked import asked_of
from assessment.services.rounds import states
from assessment.services.working_group.before_agreement import alone_part
from assessment.store.records import AssessmentRecord
from assessment.web import cookies
from assessment.web.cookies import COOKIES
from assessment.web.first_html import answering_files
from assessment.web.own_pages import own_page
from questionnaires.model import WORKING_GROUP
from questionnaires.phrases import day

OVER = (
    "Your group has ended the part in which each answers alone. Go on together.",
    "What somebody had not handed in by then is deleted.",
)


def door(request: Request, record: AssessmentRecord) -> Response:
    """The working group's link: two doors, since opening either makes a session."""
    part = alone_part(store(), record)
    return own_page(
        request,
        "team",
        "The working group",
        record=record,
        alone=part.open,
        over=part.ended,
        done=part.open and handed_in_here(request, record),
        begun=part.open and _begun_here(request, record),
    )


def _begun_here(request: Request, record: AssessmentRecord) -> bool:
    """Whether somebody has begun to answer alone in this browser."""
    session = sessions.session_of(store(), request.cookies.get(COOKIES["respondent"]))
    if session is None or session[0].draft is None:
        return False
    return (session[1].id, session[0].group) == (record.id, WORKING_GROUP)


def invited(request: Request) -> AssessmentRecord | None:
    """The round whose working group a browser has come to, by its link or by its session."""
    code, typed = cookies.invitation(request)
    found = sessions.find_invitation(store(), code, typed=typed) if code else None
    if found is not None and found.group == WORKING_GROUP:
        return found.record
    for name in COOKIES.values():
        session = sessions.session_of(store(), request.cookies.get(name))
        if session is not None and session[0].group == WORKING_GROUP:
            return session[1]
    return None


def handed_in_here(request: Request, record: AssessmentRecord) -> bool:
    """Whether somebody has handed in alone from this browser."""
    done = cookies.handed_in(request)
    return done is not None and (done.assessment, done.group) == (record.id, WORKING_GROUP)


def before(request: Request, record: AssessmentRecord) -> Response:
    """What a member finds who wants to answer alone, where nothing else is unfinished here."""
    part = alone_part(store(), record)
    if part.ended:
        content = (
            member_texts.title("This part is over")
            + markup.texts(OVER)
            + buttons(link("To the group’s questions", "/welcome", BUTTON))
        )
        return own_page(request, "page", "This part is over", content=content)
    done = handed_in_here(request, record)
    if done and part.open and request.query_params.get("somebody") != "else":
        return own_page(request, "page", "Handed in", content=handed_in())
    asked = asked_of(store(), record, WORKING_GROUP)
    return own_page(
        request,
        "alone",
        "Each alone first",
        who_can_read=who_can_read(),
        record=record,
        open=part.open,
        opens=day(record.opens_on) if states.state_of(record).ahead else "",
        count=asked.counted[0],
        minutes=asked.minutes,
        promised=member_texts.promised(record) + member_texts.limits(record),
        promises=member_texts.promises(record),
        help_contact=help_contact(record),
        ahead=" ".join(answering_files()),
    )


def handed_in() -> Markup:
    """Somebody has handed in alone on this device."""
    return (
        member_texts.title("Answers were handed in alone on this device")
        + markup.texts(
            ["If those were yours, you are done. Wait for the others, or go on together."]
        )
        + buttons(
            link("To the group’s questions", "/welcome", BUTTON),
            link("I am somebody else – start here", "/alone?somebody=else", QUIET),
        )
    )


def as_member(record: AssessmentRecord) -> Invitation:
    """What the door leads to for a member who answers alone."""
    return Invitation(record, WORKING_GROUP, alone=True)
