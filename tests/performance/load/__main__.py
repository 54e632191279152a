"""``make load``: how the app bears many respondents at once."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.performance.bench_app import HEALTH, served
from tests.performance.load import machine
from tests.performance.load.measures import milliseconds, table
from tests.performance.load.run import Outcome, Plan, run
from tests.support.running_app import SERVE, running_app

#: How long each arrival has, seconds. Ten a second, three in the full form, are more than the
#: busiest hour of 100,000 respondents a week brings (docs/scale.md); where more come at once than
#: can be served, what is measured afterwards is how the line of those who wait grows shorter.
ARRIVAL = {"light": 0.1, "full": 0.3}
HEADS = ("", "answers", "a second", "p50 ms", "p95 ms", "p99 ms", "CPU ms", "memory MB")
SHOWN_FAILURES = 5


def main() -> int:
    """Measure and print; 1 where an answer was lost or not confirmed."""
    options = parsed(sys.argv[1:])
    machine.open_many_lines()
    plan = planned(options)
    print(machine.described())
    if warning := machine.warning():
        print(warning)
    print(
        f"{' and '.join(f'{count} in the {form} form' for form, count in plan.people.items())}, "
        f"an answer every {plan.every:g} s, on {options.database.partition(':')[0] or 'sqlite'}"
    )
    rows, outcomes = [], []
    kinds = [("", SERVE)] if options.no_floor else [("", SERVE), ("unsaved, ", served("unsaved"))]
    for kind, command in kinds:
        with (
            tempfile.TemporaryDirectory() as folder,
            running_app(
                Path(folder), command=command, wait_for=HEALTH, database_url=options.database
            ) as app,
        ):
            outcome = run(app, plan, stores=not kind)
        rows += [(kind + row[0], *row[1:]) for row in figures(outcome)]
        outcomes.append(outcome)
    print("\n" + table(HEADS, rows) + "\n")
    print(*told(outcomes[0]), sep="\n")
    return int(any(outcome.lost or outcome.failed for outcome in outcomes))


def parsed(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make load", description=__doc__)
    parser.add_argument("--people", type=int, default=500, help="how many respondents")
    parser.add_argument("--form", choices=("light", "full", "both"), default="both")
    parser.add_argument("--seconds", type=float, default=60, help="the steady part")
    parser.add_argument("--ramp", type=float, help="within how many seconds all arrive")
    parser.add_argument("--every", type=float, default=5, help="seconds between answers")
    parser.add_argument("--turn", action="store_true", help="turn pages too, in the light form")
    parser.add_argument("--codes", type=float, default=0.5, help="which share has personal codes")
    parser.add_argument(
        "--before", type=int, default=0, help="how many come, answer a little and go beforehand"
    )
    parser.add_argument("--database", default="", metavar="URL", help="an empty one; else SQLite")
    parser.add_argument("--no-floor", action="store_true", help="do not measure unsaved pages")
    return parser.parse_args(arguments)


def planned(options: argparse.Namespace) -> Plan:
    people = {options.form: options.people}
    if options.form == "both":
        people = {"light": options.people // 2, "full": options.people - options.people // 2}
    ramp = sum(ARRIVAL[form] * count for form, count in people.items())
    return Plan(
        people,
        options.ramp or ramp,
        options.seconds,
        options.every,
        options.turn,
        options.codes,
        options.before,
    )


def figures(outcome: Outcome) -> Iterator[tuple[str, ...]]:
    """A row for each form and phase. The app's own figures are of all forms together."""
    for before, phase in (("before", "ramp"), ("settling", "steady")):
        used, earlier = outcome.used[phase], outcome.used[before]
        total = sum(len(log.answers[phase]) for log in outcome.logs.values())
        cpu = 1000 * (used.cpu - earlier.cpu) / total if total else float("nan")
        for form, log in outcome.logs.items():
            answers = log.answers[phase]
            shares = [f"{share:.0f}" for share in milliseconds(answers)]
            rate = f"{len(answers) / outcome.lasted[phase]:.0f}"
            # Who arrives costs far more than who answers.
            cost = f"{cpu:.2f}" if phase == "steady" else "–"
            memory = f"{used.memory / 1e6:.0f}"
            yield (f"{form}, {phase}", str(len(answers)), rate, *shares, cost, memory)


def told(outcome: Outcome) -> Iterator[str]:
    """What the table does not say."""
    for form, log in outcome.logs.items():
        arrivals = " / ".join(f"{share:.0f}" for share in milliseconds(log.arrivals))
        yield f"{form}: from the link to the first questions {arrivals} ms (p50 / p95 / p99)"
        late = milliseconds(log.late)[1]
        yield (
            f"{form}: lines opened again {log.reopened}; this test itself was late by up to "
            f"{late:.0f} ms (p95)"
        )
    used = [outcome.used[phase] for phase in ("before", "ramp", "settling", "steady")]
    gone = f"gone after {outcome.lasted['settling']:.0f} s" if outcome.settled else "never gone"
    yield f"after the ramp, the line of those who waited was {gone}"
    yield f"processor time of the ramp, its answers included, {used[1].cpu - used[0].cpu:.1f} s"
    if "half gone" in outcome.used:
        half, gone = outcome.used["half gone"], used[0]
        yield (
            f"memory {half.memory / 1e6:.0f} MB when half of those before had come and gone, and "
            f"{gone.memory / 1e6:.0f} MB when all had"
        )
    share = (used[3].cpu - used[2].cpu) / outcome.lasted["steady"]
    yield f"the app kept {100 * share:.0f} % of a processor busy in the steady part"
    yield (
        f"lost {len(outcome.lost)} of {outcome.checked} answers; not confirmed "
        f"{len(outcome.failed)}"
    )
    yield from (f"  lost: {what}" for what in outcome.lost[:SHOWN_FAILURES])
    yield from (f"  not confirmed: {why}" for why in outcome.failed[:SHOWN_FAILURES])


if __name__ == "__main__":
    sys.exit(main())
