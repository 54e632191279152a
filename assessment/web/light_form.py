"""The light form: the questions as plain pages, for slow lines and old phones.

Without a script each button sends all that stands on the page; with it, each answer is sent as it
is given, and the page says "Saved" of what the server has confirmed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from assessment.screens.respondent import finishing_texts as texts
from assessment.screens.respondent.promises import beside_a_box, folded
from assessment.screens.respondent.questionnaire_part import SILENCE_TEXT, STILL_HERE
from assessment.screens.shared import markup
from assessment.screens.shared.questions import repeats
from assessment.services.access import sessions
from assessment.services.access.pauses import limit
from assessment.services.content.question_pages import Page, Part
from assessment.services.current_store import store
from assessment.services.respondents import answering, just_handed_in
from assessment.services.respondents.answering import Draft, RefusedError
from assessment.services.respondents.posted_answers import (
    NONE_LABEL,
    NONE_OF_THESE,
    NotTakenError,
    answered_to_all,
    answers_in,
    to_all,
    unseen,
)
from assessment.services.respondents.sent_answers import save_sent
from assessment.services.rounds import overview
from assessment.store import StoreError, UnreachableError
from assessment.web import cookies, pauses
from assessment.web.cookies import COOKIES, LIGHT
from assessment.web.own_pages import Action, Around, around_page, own_page
from assessment.web.receipts import receipts_page
from assessment.web.requests import Fields, one, to
from questionnaires.question_text import Choice, Question
from questionnaires.typed_answers import in_words

CODE, LATER, REVIEW, LEAVE = "code", "later", "review", "leave"
Answer = tuple[Question, ...]


@dataclass(frozen=True)
class FormField:
    """One answer as the page asks for it: a question, or a list to tick.

    Attributes:
        repeats: the question above asks about the same thing, whose words are not shown again.
        given: the codes that are chosen; ``typed``: what stands in the field of a number or text.
        problem: why what stands here is not stored; ``unsaved``: that it is not.
    """

    answer: Answer
    saved: Mapping[str, str]
    title: str = ""
    help: str = ""
    repeats: bool = False
    hidden_title: bool = False
    fields: Fields | None = None
    problem: str = ""
    unsaved: bool = False

    @property
    def question(self) -> Question:
        return self.answer[0]

    @property
    def id(self) -> str:
        return self.question.item.id

    @property
    def anchor(self) -> str:
        return anchor(self.id)

    @property
    def role(self) -> str:
        """A screen reader hears a choice of one as such."""
        several = self.question.item.kind in ("concern", "choices", "number", "text")
        return "" if several else "radiogroup"

    @property
    def answered(self) -> bool:
        return any(question.item.id in self.saved for question in self.answer)

    @property
    def given(self) -> list[str]:
        if self.fields is not None:
            sent = (self.fields.get(self.id + end, []) for end in ("", ":box"))
            return [code for codes in sent for code in codes]
        return self.saved.get(self.id, "").split(";")

    @property
    def typed(self) -> str:
        if self.fields is not None:
            return one(self.fields, self.id)
        saved = self.saved.get(self.id, "")
        return "" if saved in [choice.code for choice in self.question.answers] else saved

    @property
    def read(self) -> str:
        """A stored number, repeated as it was read."""
        number = self.question.item.kind == "number" and self.fields is None and self.typed
        return in_words(self.question.item, self.typed) if number else ""

    @property
    def ticked(self) -> list[str]:
        """The lines of a list that are ticked."""
        return [q.item.id for q in self.answer if self._has(q, *(c.code for c in q.choices[1:]))]

    @property
    def serious(self) -> list[str]:
        return [q.item.id for q in self.answer if self._has(q, q.choices[-1].code)]

    @property
    def to_all(self) -> tuple[Choice, ...]:
        """What stands alone below a list to tick."""
        return (Choice(NONE_OF_THESE, NONE_LABEL), *to_all(self.answer))

    @property
    def alone(self) -> list[str]:
        """What of it is ticked."""
        if self.fields is not None:
            return list(self.fields.get(f"{self.id}:nothing", []))
        least = self.question.choices[0].code
        if not self.ticked and self._has(self.question, least):
            return [NONE_OF_THESE]
        return [answered_to_all(self.answer, self.saved)]

    def _has(self, question: Question, *codes: str) -> bool:
        item = question.item.id
        if self.fields is not None:
            return any(code in codes for code in self.fields.get(item, []))
        return self.saved.get(item, "") in codes


@dataclass(frozen=True)
class FormPart:
    title: str
    sentences: list[str]
    fields: list[FormField] = field(default_factory=list)


def anchor(item: str) -> str:
    """The place of a question on its page."""
    return item.replace(".", "-")


def show(request: Request) -> Response:
    """A part of the questions, or what stands around them."""
    token = request.cookies.get(COOKIES["respondent"])
    visit = answering.find_visit(store(), token)
    if visit.draft is None:
        return to("/thanks" if visit.state == "handed_in" else "/welcome")
    draft = visit.draft
    if pauses.asks(draft):
        return to(texts.YOURS)
    part = request.query_params.get("part", "") or texts.entry(draft)
    if part in AROUND:
        response = around_page(request, "Your answers", _around(request, draft, part))
    else:
        number = int(part) if part.isascii() and part.isdecimal() and len(part) < 5 else 0
        if not 1 <= number <= len(draft.pages):
            return to("/form")
        response = _part(request, draft, number)
    # This is the form in which the person goes on the next time.
    cookies.set_session(response, request, LIGHT, "yes", stays=draft.own_device)
    return response


AROUND = (CODE, LATER, REVIEW, LEAVE)


def _part(
    request: Request,
    draft: Draft,
    number: int,
    *,
    fields: Fields | None = None,
    saved: Saved | None = None,
) -> Response:
    """One part.

    Args:
        fields: what was sent and is not all stored; it stays on the page.
        saved: what became of it.
    """
    saved = saved or Saved({})
    problems, trouble = saved.problems, saved.trouble
    page, parts = draft.pages[number - 1], len(draft.pages)
    return own_page(
        request,
        "part",
        f"Part {number} of {parts}",
        422 if problems else 503 if trouble else 200,
        pause=_pause(draft),
        page=page,
        number=number,
        parts=parts,
        percent=round(100 * number / parts),
        any_saved=bool(draft.saved),
        trouble=trouble or bool(problems),
        silence=SILENCE_TEXT,
        parts_here=_parts(draft, page, fields, saved),
        other_form=other_form(str(number), by_script=True),
        beside_a_box=beside_a_box(draft.record),
        folded=folded(draft.record, draft.reader.group),
    )


def _pause(draft: Draft) -> int:
    """After how many seconds without a tap the page asks whose answers these are."""
    return limit(own_device=draft.own_device)


def _parts(draft: Draft, page: Page, fields: Fields | None, saved: Saved) -> list[FormPart]:
    found, before = [], None
    for part in page.parts:
        first = part is page.parts[0]
        sentences = [text for text in (page.reminder if first else "", part.intro) if text]
        found.append(FormPart(part.title, sentences))
        for answer in part.answers:
            found[-1].fields.append(_field(draft, part, answer, before, fields, saved))
            before = answer[-1]
    return found


def _field(
    draft: Draft,
    part: Part,
    answer: Answer,
    before: Question | None,
    fields: Fields | None,
    saved: Saved,
) -> FormField:
    listed = answer[0].item.kind == "concern"
    repeated = not listed and repeats(answer[0], before)
    return FormField(
        answer,
        draft.saved,
        part.title if listed else answer[0].text,
        "" if listed else answer[0].help,
        repeated,
        repeated or listed,  # the title of a list to tick stands above it already
        fields,
        saved.problems.get(answer[0].item.id, ""),
        answer[0].item.id in saved.unsaved,
    )


def other_form(part: str, *, by_script: bool = False) -> Markup:
    """The way to the full form.

    Args:
        by_script: shown by the script alone, which has sent what stands on the page; the full form
            needs scripts as well.
    """
    link = markup.link("Go on in the full form", f"/answer?part={part}")
    hidden = Markup(" hidden") if by_script else ""
    return Markup('<p class="pw-other-form"{}>{}</p>').format(hidden, link)


def _around(request: Request, draft: Draft, part: str, trouble: str = "") -> Around:
    """What stands around the questions."""
    around = _review(draft, trouble) if part == REVIEW else _stopping(request, draft, part)
    return around._replace(pause=_pause(draft))


def _stopping(request: Request, draft: Draft, part: str) -> Around:
    """Before somebody goes: the code to come back with, which is made when they ask for it."""
    has_code = sessions.has_return_code(store(), draft.token)
    address, door = f"/form/code?part={part}", _door(request)
    make = Action(address, "Show my code")
    anew = Action(f"{address}&new=yes", texts.NEW_CODE, quiet=True)
    back = markup.link("Back to the questions", f"/form?part={_open_part(draft)}", markup.QUIET)
    match part:
        case "later" if draft.own_device:
            another = anew._replace(label="Continue on another device")
            return Around(texts.later_on_own_device(draft), actions=[another], links=[back])
        case "code" if has_code:
            return Around(texts.code_first("", door), actions=[anew], links=[GO_ON])
        case "code":
            content = texts.title("First, a code to come back with") + markup.texts([CODE_WHY])
            return Around(content, actions=[make])
        case "later" if has_code:
            content = texts.later_on_a_shared_device(draft, "", door)
            return Around(content, actions=[anew], links=[back])
        case _ if has_code:
            return Around(texts.leaving(draft, "", door), actions=[anew], links=[back])
    content = texts.title("Your answers are saved") + markup.texts([CODE_BEFORE])
    return Around(content, actions=[make], links=[back])


GO_ON = markup.link("I have it – go on", "/form?part=1", markup.BUTTON)
CODE_BEFORE = "Before you go, write down the code that brings them back. We make it now."
CODE_WHY = (
    "If you stop, or if the page closes, a code brings your answers back, on any phone or "
    "computer. Have something to write with at hand."
)


def _review(draft: Draft, trouble: str) -> Around:
    left = texts.open_parts(draft)
    return Around(
        texts.review(draft, left, "/form"),
        left,
        many=sum(len(part.questions) for part in left) > texts.MAX_NAMED,
        after=markup.texts([texts.CANNOT_CHANGE]),
        trouble=trouble,
        actions=[
            Action("/form/hand-in", "Hand in my answers", disabled=not draft.saved),
            Action("/form/later", "Finish later", quiet=True),
        ],
        links=[markup.link("Back", f"/form?part={len(draft.pages)}", markup.QUIET)],
        end=(Markup() if draft.saved else markup.muted(texts.NOTHING_YET))
        + other_form(REVIEW)
        + folded(draft.record, draft.reader.group),
    )


def _open_part(draft: Draft) -> str:
    return texts.first_open(draft, str(len(draft.pages)))


def _door(request: Request) -> str:
    """The address at which a code is typed, as people type it."""
    return markup.as_typed(overview.base_address(str(request.url)), "/go")


def code(request: Request, _: Fields) -> Response:
    """A code that brings the draft back. Where there is one already, another is made only if it is
    asked for: the earlier one then no longer works, and a browser sends a form again by itself."""
    draft = _draft(request)
    if draft is None:
        return to("/form")
    if pauses.asks(draft):
        return to(texts.YOURS)
    part = request.query_params.get("part", "")
    wants_another = request.query_params.get("new") == "yes"
    if not wants_another and sessions.has_return_code(store(), draft.token):
        return to(f"/form?part={part if part in AROUND else LATER}")
    made, door = sessions.return_code(store(), draft.token) or "", _door(request)
    back = markup.link("Back to the questions", f"/form?part={_open_part(draft)}", markup.QUIET)
    match part:
        case "later" if draft.own_device:
            content = texts.later_on_own_device(draft) + texts.code_for_another_device(made, door)
        case "later":
            content = texts.later_on_a_shared_device(draft, made, door)
        case "leave":
            content = texts.leaving(draft, made, door)
        case _:
            content, back = texts.code_first(made, door), GO_ON
    around = Around(content, links=[back], pause=_pause(draft))
    return around_page(request, "Your code", around)


def _draft(request: Request) -> Draft | None:
    return answering.find_visit(store(), request.cookies.get(COOKIES["respondent"])).draft


@dataclass(frozen=True)
class Saved:
    """What became of answers that were sent.

    Attributes:
        problems: by the id of an answer, why it is not stored.
        trouble: why all of them are not.
        unsaved: the ids of the answers that are not.
    """

    problems: Mapping[str, str]
    trouble: str = ""
    unsaved: frozenset[str] = frozenset()


def _save(draft: Draft, answers: Sequence[Answer], fields: Fields) -> Saved:
    """Store what stands in a form and was not shown when it was drawn, in one commit."""
    problems: dict[str, str] = {}
    sound: dict[str, str] = {}
    changed: set[str] = set()
    for answer in answers:
        try:
            given = unseen(answers_in(answer, fields, draft.saved), fields)
            sound |= answering.check(draft, given)
        except (NotTakenError, RefusedError) as refused:
            problems[answer[0].item.id] = str(refused)
        else:
            changed |= {answer[0].item.id} if given else set()
    try:
        if sound:
            answering.save(store(), draft, sound)
    except UnreachableError:
        return Saved(problems, STILL_HERE, frozenset(changed | problems.keys()))
    except RefusedError as refused:
        return Saved(problems, str(refused), frozenset(changed | problems.keys()))
    return Saved(problems, unsaved=frozenset(problems))


def turn_page(request: Request, fields: Fields) -> Response:
    """A button of a part, which sends all that stands there, and where it leads."""
    draft = _draft(request)
    part = request.query_params.get("part", "")
    if draft is None or not part.isascii() or not part.isdecimal():
        return to("/form")
    number = int(part[:4])
    if not 1 <= number <= len(draft.pages):
        return to("/form")
    fields = dict(fields)
    taken_back = one(fields, "take_back")
    for answer in draft.pages[number - 1].answers:
        if answer[0].item.id == taken_back:
            for question in answer:
                for end in ("", ":box", ":nothing"):
                    fields.pop(question.item.id + end, None)
    # A script has sent all of it before.
    answers = () if fields.get("script") else draft.pages[number - 1].answers
    saved = _save(draft, answers, fields)
    if pauses.asks(draft):
        return to(texts.YOURS)
    if saved.problems or saved.trouble:
        return _part(request, draft, number, fields=fields, saved=saved)
    if taken_back:
        return to(f"/form?part={number}#{anchor(taken_back)}")
    go = one(fields, "go")
    return to(f"/form?part={number if go in ('', 'stay') else go}")


async def save_answer(request: Request, fields: Fields) -> Response:
    """One answer, sent by the script: stored, or why it is not.

    The script may believe what it is told: an answer is called saved when it is on disk.
    """
    headers = {"Cache-Control": "no-store"}
    token = request.cookies.get(COOKIES["respondent"], "")
    try:
        sent = await save_sent(store(), token, one(fields, "question"), fields)
    except UnreachableError:
        return JSONResponse({"problem": STILL_HERE}, 503, headers=headers)
    pauses.goes_on(token)
    if sent is None:
        return JSONResponse({"leave": "/welcome"}, 409, headers=headers)
    read = "" if sent.problem else FormField(sent.answer, sent.saved).read
    status = 422 if sent.problem else 200
    return JSONResponse({"problem": sent.problem, "read": read}, status, headers=headers)


def later(_: Request, __: Fields) -> Response:
    """Stop for now, from the last page."""
    return to(f"/form?part={LATER}")


def hand_in(request: Request, _: Fields) -> Response:
    """Turn the draft into a response, from either form. The browser remembers it; the store does
    not."""
    if pauses.asks_browser(request):
        return to(texts.YOURS)
    try:
        done = answering.hand_in(store(), request.cookies.get(COOKIES["respondent"], ""))
    except (RefusedError, UnreachableError) as fault:
        draft = _draft(request)
        if draft is None:
            return to("/form")
        refused = isinstance(fault, RefusedError)
        trouble = str(fault) if refused else texts.NOT_HANDED_IN
        return around_page(request, "Your answers", _around(request, draft, REVIEW, trouble))
    response = to("/thanks")
    code, typed = cookies.invitation(request)
    with suppress(StoreError):
        if code and sessions.find_invitation(store(), code, typed=typed) is None:
            # It brought the draft back, and opens nothing any more.
            cookies.delete(response, cookies.INVITATION)
    if done is not None:
        cookies.set_handed_in(response, request, done)
        with suppress(StoreError):  # without the secret the link gives one later
            cookies.set_pass(response, request, done.assessment, stays=done.own_device)
    return response


def thanks(request: Request) -> Response:
    """After handing in."""
    done = cookies.handed_in(request)
    visit = answering.handed_in_visit(store(), done) if done else None
    if visit is None or visit.state != "handed_in":
        return to("/welcome")
    # The session, which opens nothing any more, leads to the receipt once.
    token = request.cookies.get(COOKIES["respondent"])
    receipt = just_handed_in.receipt_of(token)
    shown = texts.receipt(receipt, receipts_page(request)) if receipt else Markup()
    response = own_page(request, "page", "Thank you", content=texts.thanks(visit, shown))
    if token and sessions.session_of(store(), token) is None:
        cookies.delete(response, COOKIES["respondent"])
    return response
