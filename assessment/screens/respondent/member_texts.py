"""What a member of the working group reads who answers alone first: what becomes of the answers,
and what happens next. Only what holds."""

from __future__ import annotations

from markupsafe import Markup

from assessment.render.html.charts.drawing import listing
from assessment.screens.shared import markup
from assessment.store.records import AssessmentRecord
from scoring.disclosure.before_agreement import LEAST_TO_COMPARE

ONLY_BY_THE_END = Markup(
    '<p class="pw-text"><strong>Only what you hand in before your group ends this part counts.'
    "</strong> After that it is deleted.</p>"
)


def lines(record: AssessmentRecord) -> tuple[tuple[str, str], ...]:
    """Each promise in short, and what it means."""
    least = record.minimum_group_size
    return (
        (
            "It is up to you.",
            "You need not answer alone first. We tell nobody who did. You can skip any question, "
            "and stop when you like.",
        ),
        (
            "We do not ask who you are.",
            "No name, and not if you have lived experience. With your answers we keep no date or "
            "time.",
        ),
        (
            "Nobody sees your answers one by one.",
            "Nothing is shown until your group ends this part together. Then you see, for each "
            f"question, how your answers spread. With {least} or more answers: how many gave which "
            f"kind of answer. With {LEAST_TO_COMPARE} or more: only “we agree” or “we differ”. "
            "With fewer: nothing.",
        ),
        (
            "Your answers are deleted.",
            "When this part ends, we keep only what the screen then shows. It also stands in the "
            "results.",
        ),
        (
            "You can stop and come back.",
            "Each answer is saved as you give it, and locked: only this device, or a code that you "
            "can get, opens it. You can change it until you hand it in.",
        ),
    )


def limits(record: AssessmentRecord) -> Markup:
    """What cannot be promised to so few."""
    least = record.minimum_group_size
    return Markup(
        '<p class="pw-text"><strong>You are few, so not everything can be hidden.</strong> If all '
        "the others say the same, they can tell what you said. All of you use one link, so "
        "somebody could answer twice. While this part is open, the group’s screen says whether {} "
        "or more have handed in, and whether {} or more have. Whoever watches it can see that "
        "change. Once the part is over you are told how many handed in, if there are {} or more."
        "</p>"
    ).format(LEAST_TO_COMPARE, least, least)


def promised(record: AssessmentRecord) -> Markup:
    """The promises in short."""
    return listing((head for head, _ in lines(record)), "pw-promised")


def promises(record: AssessmentRecord) -> Markup:
    """The promises, and what each means."""
    entries = (Markup("<strong>{}</strong> {}").format(*line) for line in lines(record))
    return listing(entries, "pw-promises") + limits(record)


def title(words: str) -> Markup:
    return Markup('<h1 class="pw-title" tabindex="-1">{}</h1>').format(words)


def thanks(*, own_device: bool) -> Markup:
    """After a member has handed in."""
    return (
        Markup(
            '{}<p class="pw-lead">Your answers are handed in.</p>'
            '<h2 class="pw-finding">What happens next</h2>'
            '<p class="pw-text">If somebody asks, it is enough to say that you are done. When all '
            "who want to have handed in, end this part together, on the working group’s screen. "
            "Then you see where you agree and where you differ, and you find your answer together."
            "</p>"
        ).format(title("Thank you"))
        + markup.buttons(markup.link("To the group’s questions", "/welcome", markup.BUTTON))
        + markup.buttons(
            markup.post_button("Leave this device clean", "/leave?sure=yes", markup.QUIET)
        )
        + markup.muted(
            "Or just close this page."
            if own_device
            else "Others use this device? Then leave it clean before the next person has it. They "
            "open the working group’s link anew."
        )
    )
