"""What a coordinator sends to a group, by mail or messenger: the invitation and the reminder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from assessment.services.rounds import dates_in_words
from assessment.services.rounds.states import Act, allows
from assessment.store.records import AssessmentRecord, GroupRecord
from questionnaires.phrases import day

#: As people are promised before they begin, whichever group they are in.
NOTHING_DEPENDS: Final = (
    "Your support, your place, your benefits and your job stay as they are, whatever you say."
)
SECRETS: Final = "Do not tell us anything that must stay secret."
ABOUT: Final = (
    "{organisation} is thinking about peer work: people who have been through hard times "
    "themselves, working with us to help others. We would like to hear how things are here, from "
    "where you stand."
)
VOLUNTARY: Final = (
    "It is up to you. You do not have to take part, you can skip any question, and we ask for no "
    f"name and no email. {NOTHING_DEPENDS}"
)


@dataclass(frozen=True)
class Message:
    """A text to send; the subject is for mail."""

    title: str
    subject: str
    text: str

    @property
    def mail(self) -> str:
        """An address that opens a mail program with it, and with no receiver yet."""
        return f"mailto:?subject={quote(self.subject)}&body={quote(self.text)}"


@dataclass(frozen=True)
class Way:
    """How somebody comes to the questions: a link, or a page where they type a code."""

    link: str
    code_at: str


def messages(
    record: AssessmentRecord, group: GroupRecord, minutes: int, way: Way
) -> tuple[Message, ...]:
    """The invitation of a group, and once people can answer a reminder."""
    owner = record.organisation
    invited = Message(
        "Invitation",
        f"Peer work at {owner.name}: what do you think?",
        _paragraphs(
            "Hello,",
            ABOUT.format(organisation=owner.name),
            f"The questions take about {minutes} minutes. They are for: {group.title}. {VOLUNTARY}",
            _the_way(group, way),
            f"{_when(record)} {SECRETS}",
            f"Questions, or do you need help? {owner.help_contact}",
        ),
    )
    if not allows(record, Act.BEGIN):
        return (invited,)
    reminder = Message(
        "Reminder",
        f"A reminder: peer work at {owner.name}",
        _paragraphs(
            "Hello,",
            f"we have asked how you see peer work at {owner.name}: people who have been through "
            "hard times themselves, working with us to help others. Have you handed in your "
            "answers? Then you are done. Thank you! We keep no list of who has answered, so this "
            "goes to everybody.",
            f"If not, there is still time. It takes about {minutes} minutes. {VOLUNTARY}",
            _the_way(group, way),
            f"{_when(record)} {SECRETS}",
            f"Questions, or do you need help? {owner.help_contact}",
        ),
    )
    return invited, reminder


def _the_way(group: GroupRecord, way: Way) -> str:
    if group.entry == "codes":
        return f"Open {way.code_at} and type the code on the card that you draw."
    return f"Open this link: {way.link}\nOr open {way.code_at} and type the code {group.code}"


def _when(record: AssessmentRecord) -> str:
    end = dates_in_words.end(record)
    if allows(record, Act.BEGIN):
        return f"You can answer until {end}."
    return f"You can answer from {day(record.opens_on)} until {end}."


def _paragraphs(*texts: str) -> str:
    return "\n\n".join(texts)
