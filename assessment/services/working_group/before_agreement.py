"""Each alone, then together: the part in which members answer alone, and how their answers spread.

Nothing is shown of them until the group ends that part, once. From then on nobody can answer alone,
and of what was answered only what may be shown is kept.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from assessment.services.content import loaded
from assessment.services.respondents.answering import RefusedError
from assessment.services.rounds import states
from assessment.services.rounds.states import Act
from assessment.services.working_group.agreed_answers import GONE, not_open_message
from assessment.store import Store
from assessment.store.records import AssessmentRecord, SpreadRecord
from questionnaires.content_folder import use
from questionnaires.model import WORKING_GROUP
from scoring.answers.context import LEAST_MINIMUM
from scoring.disclosure.before_agreement import (
    LEAST_TO_COMPARE,
    ClassCounts,
    SpreadBefore,
    WhetherAgreed,
    members_told,
)
from scoring.measures.before_agreement import spreads_before_agreement

ENDED_ALREADY = "Somebody of your group has ended this part already."
#: What ending would show by now. It goes in steps, so that it tells nobody who hands in.
Enough = Literal["nothing", "whether", "counts"]


@dataclass(frozen=True)
class AlonePart:
    """The part in which members answer alone.

    Attributes:
        open: members can answer alone now.
        enough: what ending it would show by now.
        members: once it has ended, how many handed in; None where that may not be told.
        spreads: once it has ended, what may be shown by item.
    """

    open: bool
    ended: bool
    enough: Enough = "nothing"
    members: int | None = None
    spreads: Mapping[str, SpreadBefore] = field(default_factory=dict)


#: Nobody can answer alone, and nobody could before.
NO_PART = AlonePart(open=False, ended=False)


def least_of(record: AssessmentRecord) -> int:
    """The minimum that holds for members, too: the round's own."""
    return max(record.minimum_group_size, LEAST_MINIMUM)


def alone_part(store: Store, record: AssessmentRecord) -> AlonePart:
    """Where the part in which members answer alone stands."""
    with store.read() as work:
        kept = work.members.spread(record.id)
        handed_in = work.members.count(record.id)
    if kept is not None:
        return AlonePart(False, True, members=kept.members, spreads=_read(kept.spreads))
    enough: Enough = "nothing"
    if handed_in >= LEAST_TO_COMPARE:
        enough = "counts" if handed_in >= least_of(record) else "whether"
    return AlonePart(states.allows(record, Act.BEGIN), False, enough)


def end(store: Store, record: AssessmentRecord) -> None:
    """End the part in which members answer alone, for good. What they handed in, and what is not
    handed in, is deleted; how it spread is kept as far as it may be shown.

    Raises:
        RefusedError: it has ended already, or the round takes no agreed answers now.
        UnreachableError: the store does not answer; nothing is changed.
    """
    library = loaded.of_round(store, record).library
    with store.write() as work:
        work.assessments.lock(record.id)
        now = work.assessments.get(record.id)
        if now is None or not states.allows(now, Act.AGREE):
            raise RefusedError(GONE if now is None else not_open_message(now))
        if work.members.spread(now.id) is not None:
            raise RefusedError(ENDED_ALREADY)
        responses, least = work.members.all(now.id), least_of(now)
        with use(library.content):
            found = spreads_before_agreement(responses, library, least)
        told = members_told(len(responses), least)
        work.members.end(now.id, SpreadRecord(states.today(now), told, _kept(found)))
        work.members.remove(now.id)
        work.drafts.remove_of_group(now.id, WORKING_GROUP)
        work.commit()
    store.traces.erase()


def _kept(spreads: Mapping[str, SpreadBefore]) -> str:
    """What may be shown, as it is kept: by item its figures."""
    return json.dumps({item: asdict(one) for item, one in spreads.items()}, ensure_ascii=False)


def _read(text: str) -> dict[str, SpreadBefore]:
    return {item: _spread(figures) for item, figures in json.loads(text).items()}


def _spread(figures: Mapping[str, Any]) -> SpreadBefore:
    if "agree" in figures:
        return WhetherAgreed(figures["agree"])
    classes, counts = tuple(figures["classes"]), tuple(figures["counts"])
    return ClassCounts(classes, counts, figures["off_scale"])
