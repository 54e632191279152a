"""The audit log of a round: what those who run it did, in words.

Never anything about a respondent, and nothing that a respondent causes: an entry has a time, and
answers have none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from assessment.services import clock
from assessment.services.access.codes import new_id
from assessment.services.rounds.dates_in_words import told
from assessment.store import Store, UnitOfWork
from assessment.store.records import AssessmentRecord, AuditRecord, OrganisationRecord
from questionnaires.phrases import city, counted, day, moment

#: What is told in all rounds of the organisation, since the round itself is gone.
DELETED: Final = "deleted"
#: The same of what holds all rounds of it.
BACKUP_MADE: Final = "backup_made"
#: Who does what is done on the command line.
MACHINE: Final = "Whoever runs the machine"
#: What happened, by its code. The names in braces are those of the details.
WORDS: Mapping[str, str] = {
    "launched": "Opened the round: {first} to {last}.",
    "days_changed": "Changed the days: {old_first} to {old_last} became {first} to {last}.",
    "last_day_changed": "Changed the last day from {old} to {new}.",
    "grace_changed": "Changed the time to finish after the end from {old} to {new}.",
    "closed_with_organisation": "Closed with the organisation, by whoever looks after this "
    "installation.",
    "closed_early": "Closed the round before its last day, {last}.",
    "head_count_changed": "Changed the head count of {group} from {old} to {new}.",
    "renamed": "Changed the name of the round from “{old}” to “{new}”.",
    "group_renamed": "Changed the name of the group “{old}” to “{new}”.",
    "help_contact_changed": "Changed whom people can turn to from “{old}” to “{new}”.",
    "time_zone_changed": "Changed the time zone from {old} to {new}.",
    "codes_made": "Made {codes} for {group}.",
    "codes_called_back": "Called back the codes of {group} that nobody had begun with.",
    "one_link_again": "Let {group} come in by one link again.",
    "texts_begun": "Began to read what people wrote.",
    "text_shown": "Decided that a text may be shown.",
    "text_hidden": "Decided that a text is not shown, because {reason}.",
    "text_shortened": "Took a part out of a text.",
    "statement_written": "Wrote down the statement of {group}.",
    "statement_changed": "Changed the statement of {group}.",
    "statement_taken_back": "Took back the statement of {group}.",
    "published": "Published the results.",
    "follow_up_added": "Added to “you said, we did”: “{said}”.",
    "follow_up_removed": "Took out of “you said, we did”: “{said}”.",
    "archived": "Put the round away.",
    "account_link_made": "Made a link for a {role}.",
    "account_link_withdrawn": "Withdrew the link for a {role} that {maker} made.",
    "account_made_by": "Made an account by a link that {maker} made, as a {role}.",
    "passphrase_changed_by": "Chose another passphrase by a link that {maker} made.",
    "passphrase_link_made": "Made a link for another passphrase of {name}.",
    "passphrase_link_withdrawn": "Withdrew the link for another passphrase of {name} that {maker} "
    "made.",
    # Before links knew who made them.
    "account_made": "Made an account by a link, as a {role}.",
    "passphrase_changed": "Chose another passphrase by a link.",
    "account_removed": "Let {name} in no more.",
    "came_by_provider": "Came in by the organisation’s own sign-in, as a {role}.",
    "handed_over": "Signs in by the organisation’s own sign-in from now on, without a passphrase.",
    "role_ended": "Has no role at the organisation’s own sign-in any more: the account is gone.",
    "organisation_renamed": "Called the organisation “{new}”; it was “{old}” before.",
    "organisation_opened": "Opened the organisation.",
    "organisation_closed": "Closed the organisation.",
    "organisation_reopened": "Opened the organisation again.",
    BACKUP_MADE: "Made a backup of the organisation.",
    DELETED: "Deleted the round “{title}” with all that was given to it.",
}
DAYS = frozenset({"first", "last", "old_first", "old_last"})


@dataclass(frozen=True)
class Told:
    """An entry in words: when, who, and what."""

    at: str
    who: str
    what: str


def note(work: UnitOfWork, record: AssessmentRecord, action: str, **details: Any) -> None:
    """Write down in a unit of work what is done in it. Days are kept as ISO writes them."""
    assert action in WORDS, action
    values = {k: v.isoformat() if isinstance(v, date) else v for k, v in details.items()}
    entry = AuditRecord(
        new_id(), record.id, record.organisation.id, clock.now(), work.who, action, values
    )
    work.audit.add(entry)


def note_of_organisation(
    work: UnitOfWork,
    organisation: str,
    who: str,
    action: str,
    assessment: str | None = None,
    **details: str,
) -> None:
    """The same for what somebody does to an organisation.

    Args:
        assessment: the round that it concerns; None where it concerns none.
    """
    assert action in WORDS, action
    entry = AuditRecord(new_id(), assessment, organisation, clock.now(), who, action, details)
    work.audit.add(entry)


def entries_of_organisation(store: Store, organisation: OrganisationRecord) -> list[Told]:
    """What concerns no round, the newest first."""
    with store.read() as work:
        found = work.audit.of_organisation(organisation.id)
    zone = clock.zone(organisation.time_zone)
    return [
        Told(moment(entry.at.astimezone(zone)), entry.who, in_words(entry))
        for entry in found
        if entry.assessment is None
    ]


def entries(store: Store, record: AssessmentRecord) -> list[Told]:
    """What was done to a round, the newest first, with what was deleted beside it."""
    with store.read() as work:
        found = work.audit.of(record.id, record.organisation.id, DELETED, BACKUP_MADE)
    return [Told(told(record, entry.at), entry.who, in_words(entry)) for entry in found]


def in_words(entry: AuditRecord) -> str:
    """What somebody did; of an action that this version does not know, its code."""
    words = WORDS.get(entry.action)
    if words is None:
        return entry.action
    return words.format(**{name: _value(entry, name) for name in entry.details})


def _value(entry: AuditRecord, name: str) -> object:
    value = entry.details[name]
    if name in DAYS or entry.action == "last_day_changed":
        return day(date.fromisoformat(value))
    if name == "codes":
        return counted(value, "personal code")
    if entry.action == "grace_changed":
        return counted(value, "hour")
    return city(value) if entry.action == "time_zone_changed" else value
