"""``make scale``: what grows with the number of organisations."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from assessment.store import open_store
from tests.performance.load import machine
from tests.performance.load.measures import table
from tests.performance.scale.filling import ENDED, example, fill
from tests.performance.scale.measuring import measured

HEADS = ("", "ms at the first", "ms at the last", "times", "statements")


def main() -> int:
    """Measure with a tenth of the organisations and with all, and print."""
    parser = argparse.ArgumentParser(prog="make scale", description=__doc__)
    parser.add_argument("--organisations", type=int, default=500)
    parser.add_argument("--database", default="", metavar="URL", help="an empty one; else SQLite")
    options = parser.parse_args()
    few = max(1, options.organisations // 10)
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(options.database or f"sqlite:///{Path(folder) / 'store.sqlite'}")
        like = example(store)
        print(machine.described())
        if warning := machine.warning():
            print(warning)
        fill(store, like, few)
        first = measured(store, like.record)
        begin = time.perf_counter()
        fill(store, like, options.organisations - few, first=few)
        print(f"filled in {time.perf_counter() - begin:.0f} s")
        last = measured(store, like.record)
        store.close()
    rows = [
        (
            name,
            f"{found.milliseconds:.1f}",
            f"{last[name].milliseconds:.1f}",
            f"{last[name].milliseconds / found.milliseconds:.1f}",
            str(len(last[name].statements)),
        )
        for name, found in first.items()
    ]
    kind = options.database.partition(":")[0] or "sqlite"
    print(f"{few} and {options.organisations} organisations, {len(ENDED)} rounds each, on {kind}")
    print(table(HEADS, rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
