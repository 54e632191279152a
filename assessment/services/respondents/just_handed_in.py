"""Who has just handed in: known for a while by the process that did it, and by no database.

The store forgets a session as soon as its answers are handed in. A second tap, another window, or a
reload before the browser has learnt of it would find nothing, as if nothing had ever been begun.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import NamedTuple

from assessment.services.access.codes import hashed
from assessment.services.respondents.receipts import Receipt

#: The most that is remembered; the oldest goes first.
MOST = 1000
#: How long a receipt is remembered, seconds: the page that shows it may be lost on a bad line.
RECEIPT_STAYS = 600


@dataclass(frozen=True)
class HandedIn:
    """That a browser has handed in, to what, and whether it is a device of one's own."""

    assessment: str
    group: str
    own_device: bool

    def __str__(self) -> str:
        """As a browser's cookie has it."""
        return f"{'own' if self.own_device else 'shared'}.{self.assessment}.{self.group}"

    @classmethod
    def read(cls, text: str | None) -> HandedIn | None:
        """What stands in a browser's cookie; None where it is nothing of ours."""
        device, _, rest = (text or "").partition(".")
        assessment, _, group = rest.partition(".")
        return cls(assessment, group, device == "own") if group else None


class _Known(NamedTuple):
    done: HandedIn
    receipt: Receipt | None
    until: float


_known: OrderedDict[str, _Known] = OrderedDict()
_lock = Lock()


def note(token: str, done: HandedIn, receipt: Receipt | None = None) -> None:
    """Remember that a session has handed in, and for some minutes its receipt."""
    with _lock:
        until = time.monotonic() + RECEIPT_STAYS
        _known[hashed(token)] = _Known(done, receipt, until)
        for name in [name for name, known in _known.items() if known.receipt]:
            if _known[name].until > time.monotonic():
                break  # they are in the order in which they came
            _known[name] = _known[name]._replace(receipt=None)
        while len(_known) > MOST:
            _known.popitem(last=False)


def by(token: str | None) -> HandedIn | None:
    """What a session has just handed in; None where that is not known."""
    with _lock:
        known = _known.get(hashed(token)) if token else None
        return known and known.done


def receipt_of(token: str | None) -> Receipt | None:
    """The receipt of what a session has just handed in."""
    with _lock:
        known = _known.get(hashed(token)) if token else None
        fresh = known is not None and known.until > time.monotonic()
        return known.receipt if known and fresh else None


def forget(*tokens: str) -> None:
    """Forget it: somebody leaves this device clean."""
    with _lock:
        for token in tokens:
            _known.pop(hashed(token), None)
