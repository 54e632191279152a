"""The machine that measures: what it is, and whether it has time."""

from __future__ import annotations

import os
import platform
import resource
from pathlib import Path

#: The load of the last minute, for each processor, from which on times say little.
BUSY = 0.25


def described() -> str:
    """Processors, their model, the memory, and what is busy."""
    cpu = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    models = [line.partition(":")[2].strip() for line in cpu.splitlines() if "model name" in line]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    model = models[0] if models else platform.machine()
    return (
        f"{processors()} processors ({model}), {memory:.0f} GB, Python "
        f"{platform.python_version()}, load average {os.getloadavg()[0]:.1f}"
    )


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0))


def warning() -> str:
    """What to know where something else keeps the machine busy."""
    load = os.getloadavg()[0]
    if load <= BUSY * processors():
        return ""
    return (
        f"WARNING: the load average was {load:.1f} before the test began. Something else keeps the "
        "machine busy: times are longer than they are on an idle one. Processor time an answer "
        "still says something."
    )


def open_many_lines() -> None:
    """Allow this process, and the app that it starts, as many lines as the system lets them."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
