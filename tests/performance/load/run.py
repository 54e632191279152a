"""One run: people arrive one after the other, then each gives an answer every few seconds."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from assessment.services.access.codes import hashed
from assessment.services.access.sessions import draft_key
from assessment.services.respondents.answering import find_visit
from assessment.services.rounds import personal_codes
from assessment.store import Store, open_store
from assessment.store.records import AssessmentRecord
from tests.performance.load.measures import Log, Used
from tests.performance.load.respondents import (
    FullRespondent,
    LightRespondent,
    NotConfirmedError,
    Respondent,
)
from tests.support import loops
from tests.support.assessments import group_plan, opened
from tests.support.running_app import RunningApp

FORMS: dict[str, type[Respondent]] = {"light": LightRespondent, "full": FullRespondent}
#: Who comes by one link, and who by codes of their own.
GROUP, WITH_CODES = "staff", "service_user"
#: How many come and go at once beforehand, and how many answers each gives.
AT_ONCE, ANSWERS_BEFORE = 8, 3
#: How long what is under way at the end may still take, seconds.
PATIENCE = 60
#: After the ramp nobody waits in line any more once all answers of one interval took less than
#: this, seconds; and how long that is waited for. Else the steady part would measure the ramp.
CALM, SETTLING = 0.5, 60


@dataclass(frozen=True)
class Plan:
    """What is tried.

    Attributes:
        people: how many respondents there are, by form.
        ramp: within which time they arrive, seconds; ``steady``: how long they answer after that.
        every: how often each gives an answer, seconds.
        turns: in the light form, people go on to the next page where one is answered.
        codes: which share of them comes with a code of their own instead of the group's link.
        before: how many come, answer a little, and hand in or go, before it begins.
    """

    people: dict[str, int]
    ramp: float
    steady: float
    every: float = 5.0
    turns: bool = False
    codes: float = 0.5
    before: int = 0

    @property
    def with_codes(self) -> int:
        """How many come with a code of their own."""
        return int(self.codes * (sum(self.people.values()) + self.before))


@dataclass
class Outcome:
    """What came of it.

    Attributes:
        logs: by form.
        used: what the app had used when half of those had gone who come before (``half gone``),
            before anybody else came, when all had arrived, when nobody waited in line any more
            (``settling``), and at the end.
        lasted: how long the ramp, the settling and the steady part were, seconds.
        settled: whether nobody waited in line any more when the steady part began.
        checked: how many answers the store was asked for; ``lost``: those that were confirmed
            and that it does not hold.
    """

    logs: dict[str, Log] = field(default_factory=dict)
    used: dict[str, Used] = field(default_factory=dict)
    lasted: dict[str, float] = field(default_factory=dict)
    settled: bool = True
    checked: int = 0
    lost: list[str] = field(default_factory=list)

    @property
    def failed(self) -> list[str]:
        return [why for log in self.logs.values() for why in log.failed]


def run(app: RunningApp, plan: Plan, *, stores: bool = True) -> Outcome:
    """Try an app.

    Args:
        stores: the app keeps answers, so the store is compared with what was confirmed.
    """
    store = open_store(app.database_url)
    try:
        everybody = 10 + 2 * (sum(plan.people.values()) + plan.before)
        groups = tuple(group_plan(group, everybody) for group in (GROUP, WITH_CODES))
        record = opened(store, groups=groups)
        codes = personal_codes_for(store, record, plan.with_codes) if plan.codes else ()
        outcome, people = loops.run(_Run(app, plan, record, codes).run())
        if stores:
            compare(store, record, people, outcome)
    finally:
        store.close()
    return outcome


def personal_codes_for(store: Store, record: AssessmentRecord, number: int) -> list[str]:
    """So many codes, made as a coordinator makes them: a sheet after the other."""
    codes: list[str] = []
    while len(codes) < number:
        sheet = min(number - len(codes), personal_codes.MOST_AT_ONCE)
        codes += personal_codes.make(store, record, WITH_CODES, sheet)
    return codes


class _Run:
    """The clock of a run, and who takes part."""

    def __init__(
        self, app: RunningApp, plan: Plan, record: AssessmentRecord, codes: Sequence[str]
    ) -> None:
        self._app, self._plan = app, plan
        self._link, self._codes = record.group(GROUP).code, list(codes)
        self._outcome = Outcome(logs={form: Log() for form in plan.people})
        self._phase, self._stopped = "ramp", asyncio.Event()

    async def run(self) -> tuple[Outcome, list[Respondent]]:
        outcome, plan = self._outcome, self._plan
        gone, people = self._invited()
        await self._come_and_go(gone)
        outcome.used["before"] = Used.by(self._app)
        # This very process should not pause for its own housekeeping.
        gc.collect()
        gc.freeze()
        start = time.perf_counter()
        arrived = [asyncio.Event() for _ in people]
        tasks = [
            asyncio.create_task(self._take_part(number, start, len(people), *who))
            for number, who in enumerate(zip(people, arrived, strict=True))
        ]
        await asyncio.gather(*(event.wait() for event in arrived))
        outcome.lasted["ramp"] = time.perf_counter() - start
        outcome.used["ramp"] = Used.by(self._app)
        self._phase, settling = "settling", time.perf_counter()
        outcome.settled = await self._settled()
        outcome.lasted["settling"] = time.perf_counter() - settling
        outcome.used["settling"] = Used.by(self._app)
        self._phase, steady = "steady", time.perf_counter()
        await asyncio.sleep(plan.steady)
        self._stopped.set()
        await asyncio.wait(tasks, timeout=PATIENCE)
        outcome.lasted["steady"] = time.perf_counter() - steady
        outcome.used["steady"] = Used.by(self._app)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.gather(*(one.leave() for one in people))
        return outcome, people

    def _invited(self) -> tuple[list[Respondent], list[Respondent]]:
        """Those who come before, and everybody else; where there are two forms, they come in
        turns."""
        plan = self._plan
        everybody = sum(plan.people.values())
        places = sorted(
            (at / count, form) for form, count in plan.people.items() for at in range(count)
        )
        forms = [places[number % everybody][1] for number in range(plan.before)]
        forms += [form for _, form in places]
        people = [self._person(form, number) for number, form in enumerate(forms)]
        return people[: plan.before], people[plan.before :]

    def _person(self, form: str, number: int) -> Respondent:
        # Of every hundred the first ones, so that each form and each phase has its share of codes.
        has_code = self._codes and (number * 0.618) % 1 < self._plan.codes
        return FORMS[form](
            self._app.address,
            self._codes.pop() if has_code else self._link,
            self._outcome.logs[form],
            group=WITH_CODES if has_code else GROUP,
            turns=self._plan.turns,
            number=number,
        )

    async def _come_and_go(self, people: Sequence[Respondent]) -> None:
        """Some at a time, one after the other: each answers a little and hands in, or goes."""
        if not people:
            return
        half = len(people) // 2
        for some in (people[:half], people[half:]):
            waiting = iter(some)

            async def one_after_the_other(waiting: Iterator[Respondent] = waiting) -> None:
                for one in waiting:
                    try:
                        await one.arrive()
                        for _ in range(ANSWERS_BEFORE):
                            await one.answer()
                        await one.end()
                    except (NotConfirmedError, OSError) as fault:
                        one.log.failed.append(f"before: {fault}")

            await asyncio.gather(*(one_after_the_other() for _ in range(AT_ONCE)))
            self._outcome.used.setdefault("half gone", Used.by(self._app))

    async def _settled(self) -> bool:
        """Wait until nobody waits in line any more; whether that came about."""
        answers = [log.answers["settling"] for log in self._outcome.logs.values()]
        end = time.perf_counter() + SETTLING
        while time.perf_counter() < end:
            before = [len(taken) for taken in answers]
            await asyncio.sleep(self._plan.every)
            recent = [one for taken, at in zip(answers, before, strict=True) for one in taken[at:]]
            if recent and max(recent) < CALM:
                return True
        return False

    async def _take_part(
        self, number: int, start: float, count: int, one: Respondent, arrived: asyncio.Event
    ) -> None:
        log = one.log
        await self._until(start + self._plan.ramp * number / count)
        begin = time.perf_counter()
        try:
            await one.arrive()
        except (NotConfirmedError, OSError) as fault:
            log.failed.append(f"did not arrive: {fault}")
            return
        finally:
            arrived.set()
        log.arrivals.append(time.perf_counter() - begin)
        # Whoever arrived at the same time does not answer at the same time.
        due = time.perf_counter() + self._plan.every * (0.2 + number * 0.618 % 1)
        while await self._until(due):
            log.late.append(time.perf_counter() - due)
            await self._answer(one)
            due = max(due + self._plan.every, time.perf_counter())

    async def _answer(self, one: Respondent) -> None:
        phase, begin = self._phase, time.perf_counter()
        try:
            await one.answer()
            one.log.answers[phase].append(time.perf_counter() - begin)
            await one.onward()
        except (NotConfirmedError, OSError) as fault:
            one.log.failed.append(f"{type(fault).__name__}: {fault}")

    async def _until(self, due: float) -> bool:
        """Wait for a moment; whether it came before the end."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopped.wait(), max(0.0, due - time.perf_counter()))
        return not self._stopped.is_set()


def compare(
    store: Store, record: AssessmentRecord, people: Sequence[Respondent], outcome: Outcome
) -> None:
    """Look for every answer that was confirmed last."""
    known: dict[str, dict[tuple[str, str], str]] = {}
    for one in people:
        if not one.confirmed:
            continue
        # Each group is asked in words of its own.
        codes = known.setdefault(one.group, {})
        if not codes:
            draft = find_visit(store, one.token).draft
            assert draft is not None
            codes |= {
                (item, choice.label): choice.code
                for item, question in draft.questions.items()
                for choice in question.answers
            }
        with store.read() as work:
            session = work.sessions.get(hashed(one.token))
            assert session is not None and session.draft is not None
            held = work.drafts.answers(session.draft, draft_key(session, one.token))
        for item, value in one.confirmed.items():
            outcome.checked += 1
            # A respondent of the full form knows answers by their words.
            possible = {value, one.unsure.get(item, value)}
            possible |= {codes.get((item, given), given) for given in possible}
            if held.get(item) not in possible:
                outcome.lost.append(f"{item}: {value} was confirmed, {held.get(item)} is there")
