"""What both forms say around the questions: the code to come back with, stopping, looking over,
handing in, thanks."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from assessment.screens.respondent import member_texts
from assessment.screens.respondent.promises import help_contact
from assessment.screens.shared import markup
from assessment.screens.shared.links import what_we_found
from assessment.screens.shared.talk_offered import talk_offered
from assessment.screens.shared.templates import render
from assessment.services.content import question_pages
from assessment.services.respondents.answering import Draft, Visit
from assessment.services.respondents.given_answers import called, given_parts
from assessment.services.respondents.masking import masked_words
from assessment.services.respondents.members import is_member
from assessment.services.respondents.receipts import Receipt
from assessment.services.rounds import dates_in_words
from assessment.services.rounds.states import Act, allows
from assessment.store.records import AssessmentRecord

#: So many open questions are named one by one before handing in; more only by their part.
MAX_NAMED = 12
#: Where a code was made before, which is shown once.
KEPT = (
    "The code that you wrote down still works: it brings your answers back, on any phone or "
    "computer. If you lost it, make a new one. The old one then opens nothing any more."
)
NEW_CODE = "I lost it – make a new code"
CANNOT_CHANGE = "After you hand in, your answers cannot be changed."
NOTHING_YET = "There is nothing to hand in yet."
NOT_HANDED_IN = (
    "We could not hand in your answers just now. They are still saved. Try again in a moment."
)


#: Where somebody says that unfinished answers are theirs.
YOURS = "/yours"


def title(words: str) -> Markup:
    return Markup('<h1 class="pw-title" tabindex="-1">{}</h1>').format(words)


def big_code(code: str) -> Markup:
    """A code, large; a screen reader says it sign by sign."""
    spoken = " ".join(code.replace("-", ", "))
    return Markup('<p class="pw-code"><span aria-hidden="true">{}</span>{}</p>').format(
        code, markup.hidden(f"Your code, sign by sign: {spoken}")
    )


def _code(code: str, door: str) -> Markup:
    """A code and how it leads back; where it is empty, that there is one."""
    back = f"To come back, open {door} on any phone or computer, and type the code."
    return big_code(code) + markup.texts([back]) if code else markup.texts([KEPT])


def leave_button(style: str = markup.BUTTON) -> Markup:
    return markup.buttons(markup.post_button("Leave this device clean", "/leave?sure=yes", style))


def only_handed_in_counts(draft: Draft) -> Markup:
    if is_member(draft.reader.group):
        return member_texts.ONLY_BY_THE_END
    return Markup(
        '<p class="pw-text"><strong>Only what you hand in by {} counts.</strong> {}</p>'
    ).format(dates_in_words.hand_in_by(draft.record), dates_in_words.grace_in_words(draft.record))


def code_first(code: str, door: str) -> Markup:
    """Before the first question, where the page may not find its way back: the code.

    Args:
        code: empty where one was made before, as below.
        door: the address at which it is typed, as below.
    """
    if not code:
        return title("You have a code already") + _code(code, door)
    why = (
        "If you stop, or if the page closes, this code brings your answers back, on any phone or "
        "computer. Keep it to yourself."
    )
    return title("First, write down your code") + markup.texts([why]) + _code(code, door)


def later_on_own_device(draft: Draft) -> Markup:
    """Stopping for now, where the link leads back."""
    return Markup(
        '{}<p class="pw-text">You can close this page now. Open your link again on this '
        "device, and you go on where you stopped.</p>{}"
    ).format(title("Your answers are saved"), only_handed_in_counts(draft))


def code_for_another_device(code: str, door: str) -> Markup:
    newest = "Only this code works now, if you had one before."
    return (
        Markup('<h2 class="pw-finding">Your code for another device</h2>')
        + _code(code, door)
        + markup.texts([newest])
        + leave_button(markup.QUIET)
    )


def later_on_a_shared_device(draft: Draft, code: str, door: str) -> Markup:
    """Stopping for now, where only the code leads back."""
    head = "Write down your code before you go" if code else "Your answers are saved"
    why = "Your answers are saved. This code brings them back, on any phone or computer."
    return (
        title(head)
        + (markup.texts([why]) if code else Markup())
        + _code(code, door)
        + only_handed_in_counts(draft)
        + leave_button()
        + markup.muted("After that nobody can see your answers here.")
    )


def leaving(draft: Draft, code: str, door: str) -> Markup:
    """Before a device of one's own forgets answers that are not handed in: the code for them."""
    head = "Write down your code before you go" if code else "Have your code at hand"
    return (
        title(head)
        + markup.texts(
            [
                "You have answers here that are not handed in. When you leave, this device forgets "
                "them. Only your code brings them back."
            ]
        )
        + _code(code, door)
        + only_handed_in_counts(draft)
        + leave_button()
    )


@dataclass(frozen=True)
class OpenPart:
    """What is left open in a part: each question by its id and words."""

    number: int
    title: str
    questions: tuple[tuple[str, str], ...]


def open_parts(draft: Draft) -> list[OpenPart]:
    """The parts with something left open. Words of one's own are extra, and never left open."""
    found = []
    for number, page in enumerate(draft.pages, 1):
        missing = tuple(
            (answer[0].item.id, called(answer, part.title))
            for part in page.parts
            for answer in part.answers
            if not draft.has(answer) and answer[0].item.kind != "text"
        )
        if missing:
            found.append(OpenPart(number, page.parts[0].title, missing))
    return found


def first_open(draft: Draft, otherwise: str) -> str:
    """The first part with something left open."""
    return next((str(part.number) for part in open_parts(draft)), otherwise)


def entry(draft: Draft) -> str:
    """The part where somebody comes in: at the code, or where something is left open."""
    if not draft.own_device and not draft.saved:
        return "code"
    return first_open(draft, "review")


def review(draft: Draft, left: list[OpenPart], form: str) -> Markup:
    """How much is answered, and what, before handing in.

    Args:
        form: the address of the form in which somebody answers, where it can be changed.
    """
    count = sum(len(part.questions) for part in left)
    asked, places = question_pages.counted(draft.pages)
    written = draft.answered - (asked - count)
    summary = Markup(
        '{}<p class="pw-lead">You answered <strong>{} of {}</strong> questions.{}{}</p>'
    ).format(
        title("Before you hand in"),
        asked - count,
        asked,
        "" if count else " That is all of them.",
        " You also wrote something in your own words." if places and written else "",
    )
    summary += _taken_out(draft)
    if parts := given_parts(draft):
        summary += render("given_answers.html", parts=parts, form=form)
    if not left:
        return summary
    return summary + Markup(
        '<h2 class="pw-finding">What you left open</h2><p class="pw-text">That is fine. If you '
        "like, tap one to go there.</p>"
    )


def _taken_out(draft: Draft) -> Markup:
    """What somebody wrote, as it will be kept, where something is taken out of it."""
    kept = masked_words(draft.saved, draft.library)
    changed = [text for item, text in kept.items() if text != draft.saved[item]]
    if not changed:
        return Markup()
    words = "In what you wrote, numbers or addresses are taken out. It will be kept like this:"
    return markup.texts([words]) + Markup().join(map(markup.quoted, changed))


def receipt(given: Receipt, address: str) -> Markup:
    """The receipt, which is shown once.

    Args:
        address: where it is typed after the end, as people type it.
    """
    spoken = " ".join(given.number.replace("-", ", "))
    number = Markup('<p class="pw-code"><span aria-hidden="true">{}</span>{}</p>').format(
        given.number, markup.hidden(f"Your receipt, sign by sign: {spoken}")
    )
    sentences = (
        f"Once the round has ended, you can type it at {address}. Then we tell you if your answers "
        "are stored and unchanged. We tell nothing else.",
        "It does not cover what you wrote in your own words. That is kept apart."
        if given.own_words
        else "",
        "Whoever has this number and gets into our computer can find your answers. So show it to "
        "nobody. If you do not want it, just leave it.",
    )
    return (
        Markup(
            '<h2 class="pw-finding">Your receipt</h2><p class="pw-text">We show it only this once. '
            "Write it down if you want to check later.</p>"
        )
        + number
        + markup.texts(sentences)
    )


def results_come(record: AssessmentRecord) -> str:
    """When results can be seen, and where."""
    if allows(record, Act.SEE_RESULTS):
        return "The results are there, the same for everybody."
    if record.organisation.closed_on is not None:
        # Closed means closed here: people would take it for the house itself.
        return (
            f"For now no results can come: {record.organisation.name} does not use this tool at "
            "the moment. If that changes, the link or code that you were given shows them."
        )
    return (
        "The results come once, after the end, for everybody at the same time. Nobody sees any "
        "before. The link or code that you were given shows them then."
    )


def to_results(record: AssessmentRecord) -> Markup:
    """The way to them; nothing before they are there."""
    if not allows(record, Act.SEE_RESULTS):
        return Markup()
    return markup.buttons(markup.link("See what came out", what_we_found(record), markup.BUTTON))


def thanks(visit: Visit, receipt: Markup = Markup()) -> Markup:
    """After handing in."""
    record = visit.record
    assert record is not None
    if is_member(visit.group):
        return member_texts.thanks(own_device=visit.own_device)
    return (
        Markup(
            '{}<p class="pw-lead">Your answers are handed in.</p>'
            '<h2 class="pw-finding">What happens next</h2>'
            '<p class="pw-text">{} {}</p>'
        ).format(title("Thank you"), dates_in_words.people_can_answer(record), results_come(record))
        + to_results(record)
        + receipt
        + talk_offered(record, record.group(visit.group))
        + help_contact(record)
        + leave_button(markup.QUIET if visit.own_device else markup.BUTTON)
        + markup.muted(
            "Or just close this page."
            if visit.own_device
            else "Tap this before the next person uses the device."
        )
    )
