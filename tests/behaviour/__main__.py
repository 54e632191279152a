"""Whether a change of the code changes what it says: ``python -m tests.behaviour COMMIT``.

The demonstration and a hundred random organisations are scored by the code as it is and as it was
at a commit. Result, summary, workbook and list of questions must be the same to the byte; for one
that is not, the first lines that differ are printed, and the exit code is 1.
"""

from __future__ import annotations

import difflib
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import yaml

from questionnaires.reference_data import GROUP_SIDES
from tests.support.strategies import OWN_GROUPS, Organisation, answers_of, table_of

ROOT = Path(__file__).resolve().parents[2]
MAX_FILES, MAX_LINES = 5, 20


def random_organisation(seed: int) -> Organisation:
    """From hopeless to perfect, with whole groups, answers and facts missing."""
    random = np.random.default_rng(seed)
    names = [*GROUP_SIDES, *OWN_GROUPS][: int(random.integers(3, 8))]
    people = {name: int(random.integers(1, 14)) for name in names if random.random() < 0.85}
    mood = random.choice([0.1, 0.4, 0.6, 0.75, 0.9])
    return Organisation(
        seed=seed,
        people=people,
        mood={name: mood + random.choice([-0.3, 0.0, 0.3]) for name in people},
        spread=random.choice([0.0, 0.1, 0.3]),
        gaps=(random.choice([0, 0.05, 0.3]), random.choice([0, 0.1]), random.choice([0, 0.2])),
        tidy=random.choice([0, 0.5, 0.9, 0.97, 1.0, 1.0, 1.0]),
        agreed=random.choice([0, 0.6, 1.0, 1.0, 1.0]),
        unguarded=random.choice([0, 0, 0.5]),
        favour=random.choice([0.3, 0.9, 1.0]),
        silent=random.choice([0, 0, 0.1, 0.6]),
        newcomers=bool(random.random() < 0.3),
        minimum=int(random.integers(4, 7)),
        head_counts={name: n + 3 for name, n in people.items() if random.random() < 0.5},
        weights={name: 0.5 for name in people if random.random() < 0.2},
    )


def write_organisations(folder: Path, how_many: int) -> None:
    """Their answers and contexts, as ``evaluate`` reads them."""
    for seed in range(how_many):
        organisation = random_organisation(seed)
        name = folder / f"organisation-{seed:03d}"
        table_of(answers_of(organisation)).to_csv(name.with_suffix(".csv"), index=False)
        context = organisation.context
        known = {
            "organisation": f"Organisation {seed}",
            "minimum_group_size": context.minimum_group_size,
            "eligible": dict(context.eligible),
            "weights": {group: float(weight) for group, weight in context.weights.items()},
            "sides": dict(context.sides),
            "seed": context.seed,
        }
        name.with_suffix(".yaml").write_text(yaml.safe_dump(known), encoding="utf-8")


def differences(before: Path, after: Path) -> Iterator[str]:
    """The first lines that differ, file by file."""
    names = {
        path.relative_to(folder).as_posix()
        for folder in (before, after)
        for path in folder.rglob("*")
        if path.is_file()
    }
    for name in sorted(names):
        was, now = (
            (folder / name).read_bytes() if (folder / name).exists() else b""
            for folder in (before, after)
        )
        if was != now:
            lines = difflib.unified_diff(_lines(was), _lines(now), "before", "after", n=1)
            yield "\n".join([name, *[line[:300] for line in lines][:MAX_LINES]])


def _lines(content: bytes) -> list[str]:
    # The parts of a workbook are one line of XML each.
    return content.decode("utf-8", "replace").replace("><", ">\n<").splitlines()


def main(commit: str, how_many: int = 100) -> int:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        inputs, earlier = place / "organisations", place / "earlier"
        inputs.mkdir()
        write_organisations(inputs, how_many)
        add = ["git", "worktree", "add", "--quiet", "--detach", str(earlier), commit]
        subprocess.run(add, cwd=ROOT, check=True)
        try:
            runs = [
                subprocess.Popen(
                    [sys.executable, ROOT / "tests/behaviour/run.py", inputs, place / out],
                    cwd=tree,
                )
                for tree, out in ((earlier, "before"), (ROOT, "after"))
            ]
            codes = [run.wait() for run in runs]
            if any(codes):
                return 2
        finally:
            remove = ["git", "worktree", "remove", "--force", str(earlier)]
            subprocess.run(remove, cwd=ROOT, check=True)
        found = list(differences(place / "before", place / "after"))
    for difference in found[:MAX_FILES]:
        print(difference, end="\n\n")
    print(f"{len(found)} files differ." if found else f"The same for {how_many} organisations.")
    return 1 if found else 0


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit("python -m tests.behaviour COMMIT [HOW MANY]")
    sys.exit(main(sys.argv[1], *map(int, sys.argv[2:])))
