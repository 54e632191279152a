"""Benchmarks: each figure as a ratio to a floor that is measured in the same run.

Ratios travel between machines, seconds do not. Run with ``make bench``; the README quotes them.
Each is the least of several runs, since the least is what the machine can do undisturbed.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from questionnaires.library import Library, load
from questionnaires.model import Dimension, Domain, Item, Questionnaire, Reference, Section, Wording
from scoring.answers.matrix import DONT_KNOW_CELL, Answers, Context, Group, Matrix, fill_matrix
from scoring.disclosure.groups_and_rounding import Partition, partition
from scoring.measures.dimension_results import dimension_result
from scoring.measures.group_scores import Scorer
from tests.performance import bench_app
from tests.support.organisations import answers_table

RESPONDENTS, ITEMS, PER_DIMENSION = 1_000_000, 60, 3
GROUPS = ("service_user", "peer_worker", "staff", "manager", "board")
FLOOR_IMPORTS = "import numpy, pandas, pydantic, yaml"
#: How often each run of a comparison takes its turn.
TURNS = 9


def seconds(run: Callable[[], object]) -> float:
    """The wall time of a run, seconds."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def least_in_turns(*runs: Callable[[], object]) -> list[float]:
    """The least wall time of each run, seconds. They take turns, so that whatever else the machine
    does falls on all of them."""
    taken = [[seconds(run) for run in runs] for _ in range(TURNS)]
    return [min(times) for times in zip(*taken, strict=True)]


def wide_library() -> Library:
    """A library of sixty frequency items in twenty dimensions."""
    real = load()
    source = (Reference(document="doing-peer-work", section="1.3"),)
    dimensions = {
        f"d{n}": Dimension(id=f"d{n}", domain="wide", title=f"D{n}", description="Measured")
        for n in range(ITEMS // PER_DIMENSION)
    }
    items = tuple(
        Item(
            id=f"d{n // PER_DIMENSION}.i{n % PER_DIMENSION}",
            kind="frequency",
            dimension=f"d{n // PER_DIMENSION}",
            text=Wording(default="It is so here"),
            offers=("dont_know",),
            source=source,
        )
        for n in range(ITEMS)
    )
    wide = Questionnaire(
        id="wide",
        version=1,
        title=Wording(default="Wide"),
        description="Sixty items",
        groups=GROUPS,
        sections=(Section(id="all", title=Wording(default="All"), items=items),),
    )
    return Library(
        questionnaires=(wide,),
        scales=real.scales,
        special=real.special,
        dimensions=dimensions,
        domains={"wide": Domain(id="wide", title="Wide", description="Measured")},
        sources=real.sources,
        ladder=real.ladder,
    )


def million(library: Library) -> Answers:
    """A million respondents in five groups; one answer in twenty is don't know."""
    random = np.random.default_rng(0)
    matrix: Matrix = random.integers(0, 5, size=(ITEMS, RESPONDENTS), dtype=np.uint8)
    for row in matrix:
        row[random.random(RESPONDENTS, dtype=np.float32) < 0.05] = DONT_KNOW_CELL
    edges = np.linspace(0, RESPONDENTS, len(GROUPS) + 1).astype(int)
    groups = tuple(
        Group(name, library.sides[name], int(start), int(stop), None)
        for name, start, stop in zip(GROUPS, edges, edges[1:], strict=False)
    )
    rows = {item: number for number, item in enumerate(library.items)}
    return Answers(library, Context(), matrix, rows, groups, {}, {})


def score_everything(answers: Answers, published: Partition) -> None:
    """Matrix to group scores, intervals and agreement."""
    scorer = Scorer(answers)
    for name in answers.library.dimensions:
        dimension_result(name, scorer, published)


def long_table(answers: Answers) -> tuple[pd.DataFrame, pd.Series]:
    """The same answers in long form, one row an answer, as columns of categories.

    That is how columnar files and pandas hold repeated words; sixty million Python strings would
    measure the memory, not the layout.
    """
    library = answers.library
    items = list(library.items.values())
    codes = [option.code for option in library.options(items[0])]
    names = [f"r{n}" for n in range(RESPONDENTS)]
    cells = np.where(answers.matrix == DONT_KNOW_CELL, len(codes), answers.matrix).ravel()
    table = pd.DataFrame(
        {
            "respondent": pd.Categorical.from_codes(np.tile(np.arange(RESPONDENTS), ITEMS), names),
            "item": pd.Categorical.from_codes(
                np.repeat(np.arange(ITEMS), RESPONDENTS), [item.id for item in items]
            ),
            "value": pd.Categorical.from_codes(cells, [*codes, "dont_know"]),
        }
    )
    return table, pd.Series(np.arange(RESPONDENTS), index=names)


def bench_matrix() -> dict[str, float]:
    library = wide_library()
    answers = million(library)
    published = partition(answers.groups, 5)
    floor, scoring = least_in_turns(
        answers.matrix.sum, partial(score_everything, answers, published)
    )
    table, column = long_table(answers)
    items = list(library.items.values())
    built: list[Matrix] = []
    layout = min(
        seconds(lambda: built.append(fill_matrix(table, items, answers.rows, column, library)))
        for _ in range(2)
    )
    assert (built[-1] == answers.matrix).all()
    return {"scoring": scoring / floor, "layout": layout / floor}


def bench_evaluate() -> dict[str, float]:
    """300 respondents from file to JSON, the thousand resamples included."""
    with tempfile.TemporaryDirectory() as folder:
        file, out = Path(folder) / "answers.csv", Path(folder) / "result.json"
        answers_table(bench_app.ORGANISATION, load()).to_csv(file, index=False)
        command = [sys.executable, "-m", "assessment", "evaluate", str(file), "--json", str(out)]

        def run(command: list[str]) -> None:
            subprocess.run(command, check=True, capture_output=True)

        imports = [sys.executable, "-c", FLOOR_IMPORTS]
        floor, taken = least_in_turns(partial(run, imports), partial(run, command))
    return {"evaluate": taken / floor}


def main() -> None:
    for bench in (bench_matrix, bench_evaluate, *bench_app.ALL):
        for name, ratio in bench().items():
            print(f"{name} ratio {ratio:.2f}", flush=True)


if __name__ == "__main__":
    main()
