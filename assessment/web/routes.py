"""Addresses that the server answers itself."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from assessment.screens.respondent.finishing_texts import YOURS
from assessment.services.rounds.reachability import PHONE, ROUTE
from assessment.web import (
    arriving,
    leaving,
    light_form,
    pauses,
    provider_sign_in,
    reachability,
    receipts,
    signing_in,
    trouble,
    what_we_found,
)
from assessment.web.own_pages import own_file
from assessment.web.requests import calm, posted, sent, to

POST = ["POST"]
#: Addresses to which the pages for people who come in send their forms.
WITHIN = ("begin", "resume", "put-away", "instead")


async def _alive(_: Request) -> PlainTextResponse:
    return PlainTextResponse("alive")


async def _line(websocket: WebSocket) -> None:
    """A websocket that opens and closes: a page tries whether the app can be reached."""
    await websocket.accept()
    await websocket.close()


routes = [
    Route("/alive", _alive),
    WebSocketRoute("/line", _line),
    Route("/trouble", posted(trouble.noticed), methods=POST),
    Route("/own/{file}", own_file),
    # Coming in: looking at a link changes nothing; whatever begins something is sent by a button.
    Route("/i/{code}", calm(arriving.follow_link)),
    Route("/welcome", calm(arriving.welcome)),
    Route("/go", calm(arriving.code_field)),
    Route("/go", posted(arriving.follow_code), methods=POST),
    Route("/begin", posted(arriving.begin), methods=POST),
    Route("/alone", calm(arriving.alone)),
    Route("/alone", posted(arriving.begin_alone), methods=POST),
    Route("/resume", posted(arriving.resume), methods=POST),
    Route("/put-away", posted(arriving.put_away), methods=POST),
    # A browser that opens such an address anew, by itself or by its list of visited pages.
    *(Route(f"/{name}", calm(lambda _: to("/welcome"))) for name in WITHIN),
    Route("/instead", posted(arriving.instead), methods=POST),
    # Those who run rounds. A link makes an account once, so looking at it uses nothing up.
    Route("/sign-in", calm(signing_in.sign_in_page)),
    Route("/sign-in", posted(signing_in.sign_in), methods=POST),
    # The organisation's own sign-in: links, since a form may lead nowhere else.
    Route("/sign-in/elsewhere", calm(provider_sign_in.lead_there, provider_sign_in.WAITING)),
    Route("/sign-in/back", calm(provider_sign_in.come_back, provider_sign_in.WAITING)),
    Route("/sign-out", posted(signing_in.sign_out), methods=POST),
    Route("/account/{token}", calm(signing_in.link_page)),
    Route("/account/{token}", posted(signing_in.use_link), methods=POST),
    # Whether phones can open it.
    Route(ROUTE, calm(reachability.here)),
    Route(PHONE, calm(reachability.phone)),
    # After a pause.
    Route(YOURS, calm(pauses.ask)),
    Route(YOURS, posted(pauses.confirm), methods=POST),
    Route("/pause", posted(pauses.begun), methods=POST),
    # The light form.
    Route("/form", calm(light_form.show)),
    Route("/form", posted(light_form.turn_page), methods=POST),
    Route("/form/answer", sent(light_form.save_answer), methods=POST),
    Route("/form/later", posted(light_form.later), methods=POST),
    *(Route(f"/form/{name}", calm(lambda _: to("/form"))) for name in ("later", "code", "hand-in")),
    Route("/form/code", posted(light_form.code), methods=POST),
    Route("/form/hand-in", posted(light_form.hand_in), methods=POST),
    Route("/thanks", calm(light_form.thanks)),
    Route("/receipt", calm(receipts.field)),
    Route("/receipt", posted(receipts.check), methods=POST),
    # What was found, for everybody who was invited.
    Route("/what-we-found", calm(what_we_found.show)),
    # Going out.
    Route("/leave", calm(leaving.before)),
    Route("/leave", posted(leaving.leave), methods=POST),
    Route("/left", calm(leaving.left)),
]
