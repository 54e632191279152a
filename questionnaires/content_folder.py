"""Where questionnaires and guidance are read from: what is installed, unless something else is in
use.

An assessment keeps what was asked when it was opened, so one process may work with several states
of the content at a time. Whoever works with another one than the installed one says so around it::

    with use(library.content):
        result = result_of(answers, guidance)

Groups, reference data and thresholds are looked up in what is in use there. A generator must not
hold ``use`` open over a ``yield``: whoever asks it for more may use something else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


class ContentFolder:
    """A folder with ``questionnaires`` and ``data/guidance`` in it, laid out as in this project.

    What was read once stays, so that a folder may go after it was read.
    """

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.packs = self.root / "questionnaires" / "packs"
        self.reference = self.root / "questionnaires" / "reference"
        self.forms = self.root / "questionnaires" / "forms.yaml"
        self.conversation = self.root / "questionnaires" / "conversation.yaml"
        self.statements = self.root / "questionnaires" / "statements.yaml"
        self.guidance = self.root / "data" / "guidance"
        self.thresholds = self.guidance / "thresholds.yaml"
        self._made: dict[Callable[[ContentFolder], Any], Any] = {}

    def once(self, make: Callable[[ContentFolder], T]) -> T:
        """What a function makes of this folder; made when it is first wanted."""
        try:
            return self._made[make]
        except KeyError:
            # Two at once make the same, and one of them stays.
            return self._made.setdefault(make, make(self))


#: What this version of the tool came with, or what somebody has made of it.
INSTALLED = ContentFolder(Path(__file__).resolve().parents[1])
_in_use: ContextVar[ContentFolder | None] = ContextVar("content_in_use", default=None)


def content_in_use() -> ContentFolder:
    """What is installed, unless ``use`` names something else."""
    return _in_use.get() or INSTALLED


@contextmanager
def use(content: ContentFolder) -> Iterator[None]:
    """Look groups, reference data and thresholds up in this content."""
    before = _in_use.set(content)
    try:
        yield
    finally:
        _in_use.reset(before)
