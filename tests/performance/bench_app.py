"""Benchmarks of the running app, over its websocket: each against a floor of the same run."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from assessment.services.access.codes import new_id
from assessment.store import open_store
from questionnaires.library import load
from questionnaires.model import WORKING_GROUP
from tests.support.assessments import group_plan, opened
from tests.support.organisations import answers_table
from tests.support.own_device import say_that_it_is_theirs
from tests.support.publishing import published
from tests.support.respondents import begun
from tests.support.running_app import COORDINATORS, SERVE, RunningApp, running_app
from tests.support.websocket import Visitor

APPS = Path(__file__).with_name("apps")
#: How many answers are given, how often a page is run again, how often an app is
#: started, how often each takes its turn.
ANSWERS, RERUNS, STARTS, TURNS = 160, 40, 5, 9
#: A dashboard has more signs than this.
LEAST = 300_000


def served(app: str) -> tuple[str, ...]:
    """The command that starts one of the apps to measure against."""
    return (sys.executable, "-m", "streamlit", "run", str(APPS / f"{app}.py"), "--server.port")


HEALTH = "/_stcore/health"


def bench_first_visit() -> dict[str, float]:
    """The first page that anybody sees after a start, with everything that it waits for."""

    def first(command: tuple[str, ...]) -> float:
        taken = []
        for _ in range(STARTS):
            with (
                tempfile.TemporaryDirectory() as folder,
                running_app(Path(folder), command=command, wait_for=HEALTH) as app,
            ):
                start = time.perf_counter()
                with Visitor(app.address) as visitor:
                    visitor.visit()
                    taken.append(time.perf_counter() - start)
        return min(taken)

    return {"first_visit": first(SERVE) / first(served("bare"))}


@contextmanager
def answering(app: RunningApp) -> Iterator[Visitor]:
    """A respondent's page with its first questions."""
    store = open_store(app.database_url)
    token = begun(store, opened(store, questionnaires=("participation-ladder",)))
    store.close()
    say_that_it_is_theirs(app.address, token)
    with Visitor(app.address, cookies={"session": token}) as visitor:
        visitor.visit("answer")
        yield visitor


def give_answers(visitor: Visitor, radios: dict[str, Any]) -> None:
    """Give answers one after the other, each another than the question has."""
    for number in range(ANSWERS):
        name = list(radios)[number % len(radios)]
        visitor.set(name, string_value=list(radios[name].options)[number // len(radios) % 2])
        visitor.rerun(fragment=visitor.fragments[name])


def bench_saving() -> dict[str, float]:
    """An answer that is stored, to the same page with nothing stored."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        runs = []
        for name, command in (("ours", SERVE), ("floor", served("unsaved"))):
            app = stack.enter_context(running_app(folder / name, command=command, wait_for=HEALTH))
            visitor = stack.enter_context(answering(app))
            radios = {key: widget for key, widget in visitor.widgets.items() if _is_radio(widget)}
            assert len(radios) == 8, "the first page has eight questions"
            runs.append((app, visitor, partial(give_answers, visitor, radios)))
        ours, floor = least_cpu(runs)
    return {"saving": ours / floor}


def least_cpu(runs: Sequence[tuple[RunningApp, Visitor, Callable[[], object]]]) -> list[float]:
    """The least processor time of each run, seconds. They take turns, so that whatever else the
    machine does falls on all of them."""
    taken: list[list[float]] = [[] for _ in runs]
    for _ in range(TURNS):
        for times, (app, _, run) in zip(taken, runs, strict=True):
            before = app.cpu_seconds()
            run()
            times.append(app.cpu_seconds() - before)
    assert not any(visitor.exceptions for _, visitor, _ in runs)
    return [min(times) for times in taken]


def _is_radio(widget: Any) -> bool:
    return type(widget).__name__ == "Radio"


#: How many of each group answered, and what; everything is in place.
GROUPS = {"service_user": 90, "peer_worker": 30, "staff": 120, "manager": 40, "board": 20}
ANSWERS_BY_KIND = {
    "frequency": ["often", "sometimes", "never"],
    "agreement": ["agree", "disagree", "strongly_agree"],
    "practice": ["in_place", "partly"],
    "concern": ["some", "not_a_concern"],
    "rung_now": ["3", "5"],
    "rung_wanted": "6",
    "boundary": ["sometimes_ok", "not_ok"],
}
ORGANISATION = {
    "practices": "in_place",
    "facts": {"fit.needs": ["arriving", "isolation"], "fit.wants": ["welcome"]},
    "groups": {name: {"people": n, "by_kind": ANSWERS_BY_KIND} for name, n in GROUPS.items()},
}


def fill(app: RunningApp) -> None:
    """An assessment with 300 respondents, as they would have handed in."""
    table = answers_table(ORGANISATION, load())
    store = open_store(app.database_url)
    record = opened(store, groups=tuple(group_plan(name, 2 * n) for name, n in GROUPS.items()))
    responses: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for respondent, group, _, item, value in table.itertuples(index=False):
        responses[respondent, group][item] = value
    with store.write() as work:
        for (_, group), values in responses.items():
            if group == WORKING_GROUP:
                for item, value in values.items():
                    work.agreed.put(record.id, item, value, "", after=0, on=date.today())
            else:
                work.responses.add(new_id(), record.id, group, values, {})
        work.commit()
    published(store, record)
    store.close()


def rerun(visitor: Visitor) -> None:
    for _ in range(RERUNS):
        visitor.rerun()


def content(page: Sequence[ForwardMsg]) -> list[str]:
    """All that a dashboard puts on its page, as HTML, in its order."""
    elements = [
        message.delta.new_element for message in page if message.WhichOneof("type") == "delta"
    ]
    found = [element.html.body for element in elements if element.HasField("html")]
    assert sum(map(len, found)) > LEAST, "the dashboard stands there, with its charts"
    return found


def choose(visitor: Visitor) -> None:
    """Choose one dimension after the other, to see how its answers spread."""
    box, widget = next((key, a) for key, a in visitor.widgets.items() if _is_choice(a))
    for number in range(RERUNS):
        visitor.set(box, string_value=widget.options[number % len(widget.options)])
        visitor.rerun(fragment=visitor.fragments[box])


def _is_choice(widget: Any) -> bool:
    return type(widget).__name__ == "Selectbox" and len(widget.options) > len(GROUPS)


def bench_dashboard() -> dict[str, float]:
    """The dashboard of 300 respondents, to a bare page with the very same content: the whole page,
    and what a reader's choice of a dimension runs again."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        ours = stack.enter_context(running_app(folder / "ours"))
        fill(ours)
        cookies = {"account": COORDINATORS[ours.address]}
        dashboard = stack.enter_context(Visitor(ours.address, cookies=cookies))
        kept = folder / "content.json"
        kept.write_text(json.dumps(content(dashboard.visit("results"))), encoding="utf-8")
        os.environ["BENCH_CONTENT"] = str(kept)
        bare = stack.enter_context(
            running_app(folder / "bare", command=served("content"), wait_for=HEALTH)
        )
        page = stack.enter_context(Visitor(bare.address))
        page.visit()
        all_of_it, choice, floor = least_cpu(
            [
                (ours, dashboard, partial(rerun, dashboard)),
                (ours, dashboard, partial(choose, dashboard)),
                (bare, page, partial(rerun, page)),
            ]
        )
    return {"dashboard": all_of_it / floor, "choice": choice / floor}


ALL = (bench_first_visit, bench_saving, bench_dashboard)
