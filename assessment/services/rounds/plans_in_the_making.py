"""Plans in the making: kept as they are typed, until the assessment opens or somebody deletes them.

A plan is kept field by field, so that of two windows on one plan each changes only what was changed
in it; of one field the last change stands.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from assessment.store import Store, UnitOfWork
from assessment.store.names import name_key
from assessment.store.records import PlanRecord

#: What stands in the fields of a plan, by their names.
Typed = dict[str, Any]
#: The most that a plan may take, in signs; a full one takes a fortieth of it.
LARGEST = 100_000
#: What says in JSON that a text is a day.
DAY = "day"


class PlanGoneError(Exception):
    """The plan was deleted, or its assessment has opened."""


class PlanTooLargeError(Exception):
    """The texts of a plan are longer than can be kept; nothing of the change is."""


@dataclass(frozen=True)
class PlanInTheMaking:
    """A plan as the first screen names it: by what was typed so far, which may be nothing."""

    id: str
    organisation: str
    title: str
    changed_on: date


def plans(store: Store) -> list[PlanInTheMaking]:
    """Every plan in the making, the one that was changed last first."""
    with store.read() as work:
        records = work.plans.all()
    found = []
    for record in records:
        typed = _typed(record)
        organisation, title = (str(typed.get(name, "")) for name in ("organisation", "title"))
        found.append(
            PlanInTheMaking(record.id, organisation.strip(), title.strip(), record.changed_on)
        )
    return found


def typed_in(store: Store, name: str) -> Typed | None:
    """What stands in a plan; None where there is none of that id."""
    with store.read() as work:
        record = work.plans.get(name)
    return None if record is None else _typed(record)


def going_on_from(store: Store, quick_look: str) -> str | None:
    """The plan in the making that goes on from a quick look; None where there is none."""
    with store.read() as work:
        records = work.plans.all()
    return next(
        (record.id for record in records if _typed(record).get("follows") == quick_look), None
    )


def keep(
    store: Store,
    name: str,
    changed: Mapping[str, Any],
    emptied: Collection[str] = (),
    *,
    begin: bool,
    today: date,
) -> None:
    """Keep what was changed in a plan. Returns when it is on disk.

    Args:
        changed: what stands in the fields that were changed.
        emptied: the fields in which nothing stands any more.
        begin: whether the plan is a new one, of which nothing is kept yet.

    Raises:
        PlanGoneError: it was kept before, and is no more; nothing is kept.
        PlanTooLargeError: nothing is kept.
        UnreachableError: the store does not answer; nothing is kept.
    """
    with store.write() as work:
        if begin and work.assessments.get(name) is None:
            work.plans.add(name, store.scope and store.scope.organisation, today)
        record = work.plans.lock(name)
        if record is None:
            raise PlanGoneError
        typed = {key: v for key, v in _typed(record).items() if key not in emptied} | dict(changed)
        text = _as_text(typed)
        if len(text) > LARGEST:
            raise PlanTooLargeError
        work.plans.put(replace(record, values=text, changed_on=today))
        work.commit()


def delete(store: Store, name: str) -> None:
    """Delete a plan; one that is gone already stays so.

    Raises:
        UnreachableError: the store does not answer; it is still there.
    """
    with store.write() as work:
        work.plans.remove(name)
        work.commit()


def call_otherwise(work: UnitOfWork, kept: Iterable[PlanRecord], before: str, now: str) -> None:
    """Let plans of an organisation that has another name from now on say so: opened as they were,
    they would give it the old one again."""
    for record in kept:
        typed = _typed(record)
        if name_key(str(typed.get("organisation", ""))) == name_key(before):
            values = _as_text(typed | {"organisation": now})
            work.plans.put(replace(record, values=values))


def _as_text(typed: Typed) -> str:
    return json.dumps(typed, default=_day_as_json, sort_keys=True)


def _typed(record: PlanRecord) -> Typed:
    return json.loads(record.values, object_hook=_day_from_json)


def _day_as_json(value: object) -> dict[str, str]:
    if isinstance(value, date):
        return {DAY: value.isoformat()}
    raise TypeError(f"no field holds a {type(value).__name__}")


def _day_from_json(value: dict[str, Any]) -> Any:
    return date.fromisoformat(value[DAY]) if value.keys() == {DAY} else value
