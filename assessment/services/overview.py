"""An assessment under way: its links, and how many have replied."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from assessment.services import content
from assessment.services.answering import asked_of
from assessment.services.asking import Reader, minutes, pages
from assessment.services.planning import MONTHS
from assessment.services.seats import state
from assessment.settings import settings
from assessment.store import Store
from assessment.store.records import AssessmentRecord, GroupRecord
from questionnaires.model import WORKING_GROUP


@dataclass(frozen=True)
class Replies:
    """A group and how far it is. Counts are all that anybody sees before results.

    Attributes:
        handed_in: None in a group of fewer people than the minimum: there a count could say who.
        begun: have answered something and not handed in yet; None where they are fewer than the
            minimum. Somebody in the same room could otherwise watch one person begin.
    """

    group: GroupRecord
    handed_in: int | None
    begun: int | None
    answers: int
    minutes: int


def assessments(store: Store) -> list[AssessmentRecord]:
    """Every assessment, the one that opens last first."""
    with store.read() as work:
        return work.assessments.all()


def chosen(store: Store, name: str | None) -> AssessmentRecord | None:
    """The assessment of that id, or the newest one; None where there is none."""
    with store.read() as work:
        if name:
            return work.assessments.get(name)
        known = work.assessments.all()
    return known[0] if known else None


def replies(store: Store, record: AssessmentRecord) -> list[Replies]:
    """How many of each group have handed in and begun, where that points at nobody."""
    least = record.minimum_group_size
    with store.read() as work:
        handed_in = work.responses.counts(record.id)
        begun = work.drafts.begun(record.id)
    found = []
    for group in record.groups:
        library, reader, asked = asked_of(record, group.group)
        small = group.head_count < least
        so_far = begun.get(group.group, 0)
        found.append(
            Replies(
                group,
                None if small else handed_in.get(group.group, 0),
                None if small or so_far < least else so_far,
                sum(len(page.questions) for page in asked),
                minutes(library, asked, reader),
            )
        )
    return found


def agreed_answers(store: Store, record: AssessmentRecord) -> tuple[int, int]:
    """How many questions the working group has answered, and how many it is asked."""
    library = content.library(record.ladder)
    reader = Reader(WORKING_GROUP, None, WORKING_GROUP)
    asked = {
        question.item.id
        for page in pages(library, record.questionnaires, reader)
        for question in page.questions
    }
    with store.read() as work:
        agreed = work.agreed.all(record.id)
    return sum(bool(answer.value) for item, answer in agreed.items() if item in asked), len(asked)


def state_in_words(record: AssessmentRecord, today: date) -> str:
    """Whether an assessment is open, and until or from when."""
    match state(record, today):
        case "early":
            return f"opens on {day(record.opens_on)}"
        case "closed":
            return f"closed on {day(record.closes_on)}"
    return f"open until {day(record.closes_on)}"


def day(when: date) -> str:
    """A day as people write it: ``3 March 2026``."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def link(code: str, seen_at: str | None) -> str:
    """The address that opens a questionnaire.

    Args:
        seen_at: the address that the browser has this app open at, used where the installation
            does not say its own.
    """
    return f"{base_address(seen_at)}/i/{code}"


def base_address(seen_at: str | None) -> str:
    """The address of this installation without a path, such as ``https://ready.example``."""
    public = settings().public_address
    if public is not None:
        return str(public).rstrip("/")
    parts = urlsplit(seen_at or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def only_here(address: str) -> bool:
    """Whether an address leads nowhere from another device."""
    return urlsplit(address).hostname in ("localhost", "127.0.0.1", "::1", "0.0.0.0", None)
