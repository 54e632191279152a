"""An assessment under way: its links, and how many have replied."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from assessment.report.wording.flags import ALWAYS
from assessment.services.content import loaded
from assessment.services.respondents.asked import asked_of
from assessment.services.rounds.what_applies import what_applies, with_answers
from assessment.settings import settings
from assessment.store import Store
from assessment.store.records import AssessmentRecord, GroupRecord
from questionnaires.model import WORKING_GROUP
from questionnaires.phrases import day


@dataclass(frozen=True)
class Asking:
    """What a group is asked: how many questions, and about how long that takes."""

    group: GroupRecord
    questions: int
    minutes: int


def assessments(store: Store) -> list[AssessmentRecord]:
    """Every assessment, the one that opens last first; of those that open on one day, the one that
    was set up last."""
    with store.read() as work:
        found, set_up = work.assessments.all(), work.audit.moments("launched")
    newest_first = sorted(found, key=lambda one: _moment(set_up.get(one.id)), reverse=True)
    return sorted(newest_first, key=lambda one: one.opens_on, reverse=True)


def _moment(at: datetime | None) -> datetime:
    """For sorting: what nobody wrote down was long ago."""
    return at or datetime.min.replace(tzinfo=UTC)


def chosen(store: Store, name: str | None) -> AssessmentRecord | None:
    """The assessment of that id, or the newest one; None where there is none."""
    with store.read() as work:
        name = name or work.assessments.newest()
        return work.assessments.get(name) if name else None


def goes_on_in(store: Store, quick_look: AssessmentRecord) -> AssessmentRecord | None:
    """The newest full round that goes on from a quick look; None where there is none."""
    return next((one for one in assessments(store) if one.follows == quick_look.id), None)


def newest(store: Store) -> str | None:
    """The id of the assessment that opens last; None where there is none."""
    with store.read() as work:
        return work.assessments.newest()


def asking(store: Store, record: AssessmentRecord) -> list[Asking]:
    """How much each group is asked now."""
    every = ((group, asked_of(store, record, group.group)) for group in record.groups)
    return [Asking(group, asked.counted[0], asked.minutes) for group, asked in every]


def agreed_answers(store: Store, record: AssessmentRecord) -> tuple[int, int]:
    """How many questions the working group has answered, and how many it is asked."""
    with store.read() as work:
        agreed = work.agreed.all(record.id)
        library = loaded.in_work(work, record.content, record.ladder).library
    applies = with_answers(record, agreed, library)
    asked = {
        item.id
        for item in applies.items_for(WORKING_GROUP)
        if applies.library.questionnaire_of[item.id].id in record.questionnaires
    }
    return sum(bool(answer.value) for item, answer in agreed.items() if item in asked), len(asked)


def carried_over(store: Store, quick_look: AssessmentRecord) -> str:
    """What a full round takes over from the quick look that it goes on from, in words."""
    answered, _ = agreed_answers(store, quick_look)
    wording = (
        "The working group has answered nothing yet, so nothing comes along. "
        if not answered
        else f"The {answered} answers of the working group come along with their notes: "
        "they are not asked again, and can be changed. "
        if answered > 1
        else "The one answer of the working group comes along with its note. "
    )
    return wording + (
        "Everybody else is asked anew, by new links: a full round asks more, and their answers to "
        "the quick look belong to that day. Those answers and their results stay where they are."
    )


def waiting_groups(store: Store, record: AssessmentRecord) -> list[str]:
    """Groups whose questions hang on something that the working group has not said yet."""
    applies = what_applies(store, record)
    asked = [q for q in applies.library.questionnaires if q.id in record.questionnaires]
    return [
        group.title
        for group in record.groups
        if any(
            not applies.asks_group(q, group.asked_like)
            and applies.asks_group(q, group.asked_like, unanswered=True)
            and any(applies.lists(item, group.asked_like) for item in q.items())
            for q in asked
        )
    ]


def about_content(store: Store, record: AssessmentRecord) -> str:
    """That an assessment asks something else than new ones would; empty where it does not."""
    content = loaded.of_round(store, record)
    if not content.readable:
        return ALWAYS["content_unreadable"]
    if content.current or record.content_of is None:
        return ""
    return (
        f"This round asks the questions as they were on {day(record.content_of)}; the content has "
        "changed since. New rounds use the new content."
    )


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


def code_address(seen_at: str | None) -> str:
    """The address where somebody types a code, as people type it: https goes without saying."""
    return f"{base_address(seen_at).removeprefix('https://')}/go"


def only_here(address: str) -> bool:
    """Whether an address leads nowhere from another device."""
    return urlsplit(address).hostname in ("localhost", "127.0.0.1", "::1", "0.0.0.0", None)
