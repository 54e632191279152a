"""Members of a working group who answer alone, by the services."""

from __future__ import annotations

from collections.abc import Mapping

from assessment.services.access import sessions
from assessment.services.respondents import answering
from assessment.services.respondents.answering import Draft
from assessment.store import Store
from assessment.store.records import AssessmentRecord
from tests.support.respondents import draft_of


def alone(store: Store, record: AssessmentRecord, *, own_device: bool = True) -> Draft:
    """A member who has just begun alone."""
    found = sessions.find_invitation(store, record.working_group.code)
    assert found is not None
    entered = sessions.begin(store, sessions.alone(found), own_device=own_device)
    assert entered is not None
    return draft_of(store, entered.token)


def handed_in_alone(
    store: Store, record: AssessmentRecord, *answers: Mapping[str, str]
) -> list[Draft]:
    """Members who answer alone and hand in, one after the other."""
    drafts = []
    for values in answers:
        draft = alone(store, record)
        answering.save(store, draft, dict(values))
        assert answering.hand_in(store, draft.token)
        drafts.append(draft)
    return drafts
