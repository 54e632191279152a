"""Pauses: whether a browser that shows unfinished answers has been left alone for a while.

Kept in the memory of the process alone: neither the database nor a cookie has a time that could be
joined with anything. So a process that has just started, or another one, knows of no tap, and
somebody is asked once more than is needed.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from threading import Lock

from assessment.services.access.codes import hashed

#: How long without a tap, seconds, until somebody is asked whether the answers are theirs: on a
#: device that others use, and on one's own. Our judgement: a break, and a phone left on a table.
SHARED, OWN = 20 * 60, 2 * 60 * 60
#: The most browsers that are remembered; the one that was quiet longest is forgotten first.
MOST = 50_000

#: When a browser was tapped last, and how long a pause may be there.
_taps: OrderedDict[str, tuple[float, int]] = OrderedDict()
_lock = Lock()


def limit(*, own_device: bool) -> int:
    """How long a pause may be before somebody is asked, seconds."""
    return OWN if own_device else SHARED


def tap(token: str, *, own_device: bool) -> None:
    """Somebody is there, and has said that the answers are theirs."""
    with _lock:
        name = hashed(token)
        _taps[name] = (time.monotonic(), limit(own_device=own_device))
        _taps.move_to_end(name)
        if len(_taps) > MOST:
            _taps.popitem(last=False)


def is_over(token: str) -> bool:
    """Whether somebody has to be asked before anything is shown. If not, the pause begins anew."""
    with _lock:
        name, now = hashed(token), time.monotonic()
        last, longest = _taps.get(name, (now, -1))
        if now - last > longest:
            _taps.pop(name, None)
            return True
        _taps[name] = (now, longest)
        _taps.move_to_end(name)
        return False


def forget(*tokens: str) -> None:
    """A page has seen no tap for long, or a session is given up."""
    with _lock:
        for token in tokens:
            _taps.pop(hashed(token), None)
