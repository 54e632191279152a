"""Coming in: a link or a typed code, what is promised, and whose device this is.

Looking at any of these pages changes nothing in the store. A link leaves its code in a cookie, so
that it stays in no address.
"""

from __future__ import annotations

import re

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from assessment.screens.respondent import finishing_texts as texts
from assessment.screens.respondent.finishing_texts import YOURS, big_code, leave_button, title
from assessment.screens.respondent.promises import (
    help_contact,
    promised,
    promises,
    who,
    who_can_read,
)
from assessment.screens.shared import markup
from assessment.screens.shared.links import what_we_found
from assessment.screens.shared.markup import BUTTON, QUIET, buttons, link
from assessment.screens.shared.talk_offered import talk_offered
from assessment.services.access import pauses, sessions
from assessment.services.access.sessions import Invitation
from assessment.services.current_store import store
from assessment.services.respondents.answering import find_visit
from assessment.services.respondents.arriving import Arrival, arrive, named
from assessment.services.respondents.asked import asked_of
from assessment.services.rounds import dates_in_words
from assessment.services.rounds.states import Act, allows
from assessment.store.records import AssessmentRecord
from assessment.web import cookies, members, personal_codes, receipts, trouble
from assessment.web.cookies import COOKIES, HANDED_IN, LIGHT
from assessment.web.first_html import answering_files
from assessment.web.light_form import CODE
from assessment.web.own_pages import Action, Around, around_page, own_page
from assessment.web.requests import Fields, one, to
from questionnaires.model import WORKING_GROUP
from questionnaires.phrases import day

#: Browsers that stand inside an app, whose cookies are often gone the next time: by the names that
#: apps give, by what Android calls such a browser, and by what iOS leaves out in one.
INSIDE_AN_APP = re.compile(
    r"FBAN|FBAV|FB_IAB|Instagram|\bLine/|MicroMessenger|Snapchat/|TikTok|musical_ly|BytedanceWebview|"
    r"Viber|Telegram|Twitter for|LinkedInApp|GSA/|Pinterest/|; wv\)|"
    r"\((?:iPhone|iPad|iPod)(?!.*Safari/)",
)
#: Programs that look at a link for its preview.
A_PROGRAM = re.compile(r"^(?!Mozilla/)|bot\b|externalhit|preview", re.IGNORECASE)
NO_CODE = "Type the code first."
OPENS_NOTHING = (
    "This link or code opens nothing. Look at it letter by letter. Or its round no longer exists."
)
NO_COOKIES = (
    "This browser does not keep what we have to remember for you: which questions you opened. "
    "Nothing is wrong with your link. Allow cookies for this address in the settings of the "
    "browser, or open the link in another browser, and not inside an app. You can also ask the "
    "person who gave you the link for a workbook to fill in."
)


def follow_link(request: Request) -> Response:
    """A link: on to its page, and no code left in the address."""
    response = _to_welcome(request, request.path_params["code"], typed=False)
    session = sessions.session_of(store(), request.cookies.get(COOKIES["respondent"]))
    if session is not None and not session[0].own_device:
        # Others use this device too: a link begins afresh. What was begun comes back by its code.
        cookies.delete(response, COOKIES["respondent"])
    done = cookies.handed_in(request)
    if done is not None and not done.own_device:
        cookies.delete(response, HANDED_IN)
    return response


def _to_welcome(request: Request, code: str, *, typed: bool) -> Response:
    response = to("/welcome?from=link")
    cookies.set_invitation(response, request, code, typed=typed)
    return response


def welcome(request: Request) -> Response:
    """What somebody finds who came by a link."""
    code, typed = cookies.invitation(request)
    token = request.cookies.get(COOKIES["respondent"])
    if not code and request.query_params.get("from") == "link":
        if not A_PROGRAM.search(request.headers.get("user-agent", "")):
            trouble.tell("cookie")
        # Programs that make the preview of a link keep no cookies either, and show this title.
        content = title("This browser keeps no cookies") + markup.texts([NO_COOKIES])
        return own_page(request, "page", "Before you begin", content=content)
    somebody_else = request.query_params.get("somebody") == "else"
    done = cookies.handed_in(request)
    found = arrive(store(), code, token, done, typed=typed, somebody_else=somebody_else)
    together = found.state == "working_group" and request.query_params.get("to") == "together"
    if found.published is not None and not together:
        # The old link shows what came of it.
        response = to(what_we_found(found.published))
        stays = done is not None and done.own_device
        cookies.set_pass(response, request, found.published.id, stays=stays)
        return response
    match found.state:
        case "nobody":
            return code_field(request)
        case "unknown":
            return _field(request, code, OPENS_NOTHING, 404)
        case "working_group":
            return _working_group(request, found)
        case "answering":
            return to(cookies.form_address(request))
        case "elsewhere":
            return _elsewhere(request, found)
        case "handed_in":
            alone = found.group == WORKING_GROUP
            content = members.handed_in() if alone else _handed_in(found)
            return own_page(request, "page", "Handed in", content=content)
        case "closed":
            return own_page(request, "page", "This round has ended", content=_closed(found))
        case "used" | "revoked" | "needs_code" | "type_it" | "resume":
            return personal_codes.show(request, found)
    if found.group == WORKING_GROUP:
        return to("/alone")
    return _invitation(request, found)


PUT_AWAY = Action("/put-away", "Get a code for them, and open the new one", quiet=True)
INSTEAD = Action("/instead", "I have it – open the new one")


def _invitation(request: Request, found: Arrival) -> Response:
    """The promises, and the question whose device this is."""
    record = found.record
    assert record is not None
    count = places = minutes = 0
    if found.state == "fresh":
        asked = asked_of(store(), record, found.group)
        (count, places), minutes = asked.counted, asked.minutes
    return own_page(
        request,
        "welcome",
        "Before you begin",
        who_can_read=who_can_read(),
        record=record,
        group=record.group(found.group).title,
        opens="" if found.state == "fresh" else day(record.opens_on),
        until=dates_in_words.end(record),
        count=count,
        places=places,
        minutes=minutes,
        promised=promised(record),
        promises=promises(record),
        who=who(record),
        help_contact=help_contact(record),
        ahead=" ".join(answering_files()),
    )


def _handed_in(found: Arrival) -> Markup:
    record = found.record
    assert record is not None
    if found.visit.own_device:
        done = (
            title("Answers were handed in on this device")
            + markup.texts(
                [
                    "If those were yours, you are done. Thank you. There is nothing more to do.",
                    texts.results_come(record),
                    "Are you somebody else? Then you can give your own answers. You cannot see "
                    "theirs.",
                ]
            )
            + buttons(link("I am somebody else – start here", "/welcome?somebody=else", QUIET))
        )
    else:
        done = (
            title("You have handed in your answers")
            + markup.texts(
                [
                    "Thank you. They are stored, and there is nothing more to do.",
                    texts.results_come(record),
                ]
            )
            + leave_button(QUIET)
        )
    done += _check_receipt(record) + talk_offered(record, record.group(found.group))
    return done + help_contact(record)


def _closed(found: Arrival) -> Markup:
    """After the last day: what counts, and what does not."""
    record = found.record
    assert record is not None
    unfinished = "You had begun on this device and not handed in. Those answers are not counted."
    sentences = (
        f"It took answers until {dates_in_words.end(record)}. What was handed in is kept and "
        "counted.",
        unfinished if found.visit.had_answers else "",
        f"{texts.results_come(record)} Thank you for coming.",
    )
    head = title("This round has ended") + markup.texts(sentences)
    return head + _check_receipt(record) + help_contact(record)


def _check_receipt(record: AssessmentRecord) -> Markup:
    """The way to where a receipt is checked, as soon as it can be."""
    if not allows(record, Act.SEE_EXACT_COUNTS):
        return Markup()
    return buttons(link("Check my receipt", receipts.ADDRESS, QUIET))


def _elsewhere(request: Request, found: Arrival) -> Response:
    """This device has unfinished answers to something else."""
    go_on = link("Go on with my unfinished answers", cookies.form_address(request), BUTTON)
    around = Around(_unfinished_here(found), links=[go_on], actions=[PUT_AWAY])
    return around_page(request, "You have unfinished answers here", around)


def _unfinished_here(found: Arrival) -> Markup:
    """Somebody opened another link, with unfinished answers on this device."""
    draft = found.visit.draft
    assert found.record is not None and draft is not None
    return Markup(
        '{}<p class="pw-text">They are for: <strong>{}</strong>.</p>'
        '<p class="pw-text">You have now opened: <strong>{}</strong>.</p>'
    ).format(
        title("You have unfinished answers on this device"),
        named(draft.record, draft.reader.group),
        named(found.record, found.group),
    )


def put_away(request: Request, _: Fields) -> Response:
    """The code for unfinished answers, before another link takes their place on this device."""
    token = request.cookies.get(COOKIES["respondent"], "")
    found = sessions.session_of(store(), token)
    if found is not None and pauses.is_over(token):
        return to(YOURS)
    code = sessions.return_code(store(), token)
    if found is None or code is None:
        return to("/welcome")
    alone = found[0].group == WORKING_GROUP
    by = f"by {dates_in_words.hand_in_by(found[1])}"
    before = "before your group ends that part" if alone else by
    content = (
        title("The code for your unfinished answers")
        + big_code(code)
        + markup.texts(
            [
                "Write it down. Only this code brings them back, on any phone or computer. Hand "
                f"them in {before}, or they do not count."
            ]
        )
    )
    return around_page(request, "Your code", Around(content, actions=[INSTEAD]))


def instead(request: Request, _: Fields) -> Response:
    """Open what was asked for last, in place of the unfinished answers on this device."""
    sessions.leave(store(), request.cookies.get(COOKIES["respondent"], ""))
    code, typed = cookies.invitation(request)
    found = sessions.find_invitation(store(), code, typed=typed)
    response = to("/welcome") if found is None or found.draft is None else _enter(request, found)
    if "set-cookie" not in response.headers and COOKIES["respondent"] in request.cookies:
        cookies.delete(response, COOKIES["respondent"])
    return response


def _working_group(request: Request, found: Arrival) -> Response:
    """The working group's link: its doors are buttons, since opening one makes a session."""
    record = found.record
    assert record is not None
    team = sessions.session_of(store(), request.cookies.get(COOKIES["working_group"]))
    if team is not None and team[1].id == record.id:
        return to("/together")
    return members.door(request, record)


def alone(request: Request) -> Response:
    """Before a member of the working group answers alone."""
    record = members.invited(request)
    if record is None:
        return to("/welcome")
    visit = find_visit(store(), request.cookies.get(COOKIES["respondent"]))
    if visit.draft is not None:
        if (visit.draft.record.id, visit.group) == (record.id, WORKING_GROUP):
            return to(cookies.form_address(request))
        if visit.own_device and visit.draft.saved:
            found = Arrival("elsewhere", visit, record, WORKING_GROUP)
            return _elsewhere(request, found)
    return members.before(request, record)


def begin_alone(request: Request, fields: Fields) -> Response:
    """Begin to answer alone, as a member of the working group."""
    record = members.invited(request)
    if record is None:
        return to("/welcome")
    own, light = one(fields, "device") == "own", one(fields, "light") == "yes"
    response = _enter(request, members.as_member(record), own_device=own, light=light)
    return to("/alone") if response.headers["location"] == "/welcome" else response


def code_field(request: Request) -> Response:
    """One field for a code, one button: the address that posters print."""
    return _field(request, "", "")


def _field(request: Request, code: str, problem: str, status: int = 200) -> Response:
    sentence = "It is on the poster or in your link, or you wrote it down when you stopped."
    return own_page(
        request,
        "go",
        "Type your code",
        status,
        heading="Type your code",
        content=markup.texts([f"{sentence} Small letters and blanks do not matter."]),
        code=code,
        problem=problem,
    )


def follow_code(request: Request, fields: Fields) -> Response:
    """A code that somebody typed. One that opens nothing stays in the field."""
    code = one(fields, "code").strip()
    if not any(sign.isalnum() for sign in code):
        return _field(request, code, NO_CODE, 422)
    found = sessions.find_invitation(store(), code)
    if found is None:
        return _field(request, code, OPENS_NOTHING, 404)
    published = allows(found.record, Act.SEE_RESULTS)
    if not published and (found.role == "working_group" or (found.draft and not found.answered)):
        response = _enter(request, found, light=one(fields, "light") == "yes")
        if response.headers["location"] != "/welcome":
            return response
    response = _to_welcome(request, code, typed=True)
    # What a script has found out here, for the page that comes next.
    light = "yes" if one(fields, "light") == "yes" else "no"
    cookies.set_session(response, request, LIGHT, light, stays=False)
    return response


def resume(request: Request, _: Fields) -> Response:
    """Go on with what was begun with a code that was typed, after saying that it is one's own."""
    code, typed = cookies.invitation(request)
    found = sessions.find_invitation(store(), code, typed=typed)
    if found is None or found.draft is None:
        return to("/welcome")
    return _enter(request, found, light=request.cookies.get(LIGHT) != "no")


def begin(request: Request, fields: Fields) -> Response:
    """Begin with what was opened, on a device of one's own or on one that others use too."""
    code, typed = cookies.invitation(request)
    found = sessions.find_invitation(store(), code, typed=typed)
    if found is None:
        return to("/welcome")
    own, light = one(fields, "device") == "own", one(fields, "light") == "yes"
    return _enter(request, found, own_device=own, light=light)


def _enter(
    request: Request, found: Invitation, *, own_device: bool = False, light: bool = True
) -> Response:
    """A session for what a code opens, and on to its questions."""
    role = found.role
    token = request.cookies.get(COOKIES[role], "")
    entered = sessions.begin(store(), found, token, own_device=own_device)
    if entered is None:
        return to("/welcome")
    # The working group sits together, often at a shared computer: its session ends with the
    # browser, as does one on a device that others use.
    if role == "working_group":
        response = to("/together")
    else:
        inside_an_app = bool(INSIDE_AN_APP.search(request.headers.get("user-agent", "")))
        fresh = not found.draft and entered.token != token
        response = _to_questions(light=light, code=fresh and (inside_an_app or not own_device))
        cookies.set_session(response, request, LIGHT, "yes" if light else "no", stays=own_device)
        cookies.delete(response, HANDED_IN)
    cookies.set_session(response, request, COOKIES[role], entered.token, stays=entered.stays)
    return response


def _to_questions(*, light: bool, code: bool) -> Response:
    """On to the questions.

    Args:
        code: by way of the code, where nothing else leads back.
    """
    if light:
        return to(f"/form?part={CODE}" if code else "/form")
    return to(f"/answer?part={CODE}" if code else "/answer")
