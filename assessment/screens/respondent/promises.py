"""What respondents are promised, in plain words, and only what holds today."""

from __future__ import annotations

from markupsafe import Markup

from assessment.render.html.charts.drawing import listing
from assessment.screens.respondent import member_texts
from assessment.services.content import loaded
from assessment.services.current_store import store
from assessment.services.respondents.members import is_member
from assessment.services.rounds import dates_in_words
from assessment.store.records import AssessmentRecord
from questionnaires.forms import asks_to_write


def who_can_read() -> Markup:
    """What no promise keeps from happening."""
    return Markup(
        '<p class="pw-text"><strong>One thing to know.</strong> The person who runs the computer '
        "that keeps your answers could read them. So do not tell us anything that must stay "
        "secret.</p>"
    )


def who(record: AssessmentRecord) -> Markup:
    """Who sees the results, as it is today."""
    return Markup(
        '<p class="pw-text"><strong>Who sees the results?</strong> Everybody who was asked, and '
        "those who run this. They see numbers "
        "for whole groups, after the end. Groups with fewer than {} answers are left out.</p>"
    ).format(record.minimum_group_size)


def _asks_to_write(record: AssessmentRecord) -> bool:
    library = loaded.of_round(store(), record).library
    asked = [one for one in library.questionnaires if one.id in record.questionnaires]
    return asks_to_write(library.forms, record.form, asked)


def _lines(record: AssessmentRecord) -> tuple[tuple[str, str], ...]:
    """Each promise in short, and what it means. What becomes of one's own words is told only where
    some are asked for."""
    least = record.minimum_group_size
    written = (
        "What you write is read with care.",
        "Your own words are kept without your group or your other answers. After the end, those "
        "who run this round read them, and take out what could show who wrote it. They are shown "
        f"only if {least} or more people wrote something there. Please write no names.",
    )
    return (
        (
            "It is up to you.",
            "You do not have to take part. You can skip any question, and stop when you like.",
        ),
        (
            "Nothing depends on it.",
            "Your support, your place, your benefits and your job stay as they are, whatever you "
            "say.",
        ),
        (
            "We do not ask who you are.",
            "No name, no email. With your answers we keep your group, but no date or time.",
        ),
        (
            "Small groups stay hidden.",
            f"We show numbers for a group only when {least} or more people in it have answered. "
            "We never show the answers of one person. But if everybody in a group says the same, "
            "people can tell what each one said.",
        ),
        (
            "Results come once, for everybody.",
            "Nobody sees any while people answer, not even those who run this. After the end all "
            "who were asked see the same, by the link or code that they were given.",
        ),
        *([written] if _asks_to_write(record) else []),
        (
            "You can stop and come back.",
            "Each answer is saved as you give it, and locked: only this device, or a code that you "
            "can get, opens it. You can change it until you hand it in. Only what you hand in by "
            f"{dates_in_words.hand_in_by(record)} counts. "
            f"{dates_in_words.grace_in_words(record)}".strip(),
        ),
    )


def promised(record: AssessmentRecord) -> Markup:
    """The promises in short, so that all of them fit on one screen."""
    return listing((head for head, _ in _lines(record)), "pw-promised")


def promises(record: AssessmentRecord) -> Markup:
    """The promises, and what each means."""
    entries = (Markup("<strong>{}</strong> {}").format(*line) for line in _lines(record))
    return listing(entries, "pw-promises")


def help_contact(record: AssessmentRecord) -> Markup:
    """Whom to turn to."""
    return Markup(
        '<p class="pw-help"><strong>Nobody watches this page.</strong> If you need help now: {}</p>'
    ).format(record.organisation.help_contact)


def beside_a_box(record: AssessmentRecord) -> Markup:
    """Below each box for words of one's own: that nobody watches it, and what is taken out."""
    return Markup(
        '<p class="pw-box-note"><strong>Nobody watches this box.</strong> If you need help now: '
        "{}<br>Please write no names. Phone numbers, long numbers and addresses are taken out when "
        "you hand in.</p>"
    ).format(record.organisation.help_contact)


def folded(record: AssessmentRecord, group: str) -> Markup:
    """Below every part: whom to turn to, always in sight, and the promises once more, folded.

    Args:
        group: who reads them; members of a working group are promised something else.
    """
    if is_member(group):
        told = member_texts.promises(record) + who_can_read()
    else:
        told = who(record) + promises(record) + who_can_read()
    return help_contact(record) + Markup(
        '<details class="pw-fold"><summary>Who sees my answers?</summary>{}</details>'
    ).format(told)
