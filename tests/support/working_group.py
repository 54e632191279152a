"""A working group that sits down, and what it says about its facts."""

from __future__ import annotations

from assessment.services.working_group.agreed_answers import (
    WorkingGroupRound,
    agreed,
    change,
    working_group_round,
)
from assessment.store import Store
from assessment.store.records import AgreedRecord, AssessmentRecord
from tests.support.respondents import entered

PRACTICE = "staff_buy_in.buy_in_plan"
NOTHING = AgreedRecord("", "", 0)


def round_of(store: Store, record: AssessmentRecord) -> WorkingGroupRound:
    round_ = working_group_round(store, entered(store, record.working_group.code).token)
    assert round_ is not None
    return round_


FACTS = {
    "fit.needs": "isolation;families",
    "fit.main_need": "isolation",
    "fit.wants": "groups",
    "fit.wished_model": "one_to_one",
    "fit.people_experience": "none",
    "fit.organisation_experience": "none",
    "fit.already_running": "none",
    "fit.pay": "expenses_only",
    "fit.peers_are_clients": "no",
    "fit.risk_appetite": "low",
    "fit.staff_roles": "co_facilitate",
}


def stored(store: Store, round_: WorkingGroupRound, item: str = PRACTICE) -> AgreedRecord:
    return agreed(store, round_.record.id).get(item, NOTHING)


def know(store: Store, record: AssessmentRecord, **facts: str) -> WorkingGroupRound:
    """The round once some facts are agreed."""
    round_ = round_of(store, record)
    for item, value in {**FACTS, **{f"fit.{name}": value for name, value in facts.items()}}.items():
        change(store, round_, item, seen=stored(store, round_, item), value=value)
    return round_of(store, record)
