"""The questionnaires and the guidance: as they are installed, and as assessments have kept them.

An assessment asks what was asked on the day on which it was opened, and is scored by the rules of
that day. Nearly always that is what is installed, which is read once for each ladder in use and
shared. Another state is read from its snapshot when somebody first needs it.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from threading import Lock

from assessment.services.content.snapshots import (
    Snapshot,
    SnapshotError,
    WithOwnQuestions,
    folder_of,
    snapshot_of,
    unpacked,
)
from assessment.store import Store, UnitOfWork
from assessment.store.records import AssessmentRecord
from questionnaires import content_folder
from questionnaires.content_folder import ContentFolder, use
from questionnaires.conversation import ConversationSheet, load_conversation
from questionnaires.library import Library, load
from questionnaires.own_questions import with_questions
from questionnaires.reference_data import UnknownLadderError
from scoring.rules.loading import load_guidance
from scoring.rules.rulebook import Guidance

log = logging.getLogger(__name__)

#: There are two ladders, and the default may be asked for by name or without.
MAX_LADDERS = 4
#: How many earlier states are held ready, those that were asked for last; each takes some 5 MB.
MOST = 12
#: The same of rounds with questions of their own, each of which takes some kB.
MOST_OWN = 200


@dataclass(frozen=True)
class _Read:
    """What one state of the content comes to, with one ladder."""

    library: Library
    guidance: Guidance
    sheet: ConversationSheet


@dataclass(frozen=True)
class RoundContent:
    """What an assessment asks, and what it is scored by.

    Attributes:
        current: whether new assessments would ask the same.
        readable: whether it is what was kept. This version of the tool may no longer understand
            that; what is installed then stands for it, and results say so.
    """

    library: Library
    current: bool = True
    readable: bool = True
    _kept: _Read | None = None

    @property
    def guidance(self) -> Guidance:
        return self._kept.guidance if self._kept else guidance(self.library.ladder)

    @property
    def sheet(self) -> ConversationSheet:
        """What peer workers may talk about."""
        return self._kept.sheet if self._kept else sheet()


def library(ladder: str | None = None) -> Library:
    """The questionnaires that are installed, with one of the ladders.

    An assessment may have been opened with a ladder that there is no more. What was asked on it
    cannot be asked of another, so these questions are not there.
    """
    return _installed_library(content_folder.INSTALLED, ladder)


def guidance(ladder: str | None = None) -> Guidance:
    """Rules and advice that are installed, for the same ladder."""
    return _installed_guidance(content_folder.INSTALLED, ladder)


def sheet() -> ConversationSheet:
    """The conversation sheet that is installed."""
    return content_folder.INSTALLED.once(_installed_sheet)


def installed() -> Snapshot:
    """What is installed, as an assessment keeps it that is opened now."""
    return content_folder.INSTALLED.once(snapshot_of)


@lru_cache(MAX_LADDERS)
def _installed_library(content: ContentFolder, ladder: str | None) -> Library:
    first = content.once(snapshot_of)
    if _is_still(content, first):
        with use(content):
            return _with_ladder(ladder)
    # What is asked here stays one thing until a new start.
    return _read(first, ladder).library


def _with_ladder(ladder: str | None) -> Library:
    try:
        return load(ladder=ladder)
    except UnknownLadderError:
        return load().without_rungs()


def _is_still(content: ContentFolder, first: Snapshot) -> bool:
    """Whether nobody has changed the files since they were first read."""
    try:
        return snapshot_of(content) == first
    except (OSError, UnicodeDecodeError):
        return False


@lru_cache(MAX_LADDERS)
def _installed_guidance(content: ContentFolder, ladder: str | None) -> Guidance:
    found = library(ladder)
    with use(found.content):
        if found.content is content:
            return load_guidance(found).read_entirely()
    return _read(content.once(snapshot_of), ladder).guidance


def _installed_sheet(_: ContentFolder) -> ConversationSheet:
    return load_conversation(library())


def _read(snapshot: Snapshot, ladder: str | None) -> _Read:
    """A state of the content.

    Raises:
        ProblemsError: it cannot be used.
    """
    with folder_of(snapshot) as content, use(content):
        found = _with_ladder(ladder)
        return _Read(found, load_guidance(found).read_entirely(), load_conversation(found))


#: What rounds ask that have questions of their own. Each shares the rest with the others.
_own: OrderedDict[tuple[str, str], RoundContent] = OrderedDict()
#: What was read of each snapshot, with each ladder; None where it cannot be read.
_earlier: OrderedDict[tuple[str, str], _Read | None] = OrderedDict()
_lock, _reading = Lock(), Lock()


def of_round(store: Store, record: AssessmentRecord) -> RoundContent:
    """What an assessment asks and is scored by.

    Raises:
        UnreachableError: the store does not answer.
    """
    found = _at_hand(record.content, record.ladder)
    if found is not None:
        return found
    with store.read() as work:
        return in_work(work, record.content, record.ladder)


def in_work(work: UnitOfWork, name: str | None, ladder: str) -> RoundContent:
    """The same within a unit of work, by the hash of a snapshot."""
    found = _at_hand(name, ladder)
    if found is not None or name is None:
        return found or RoundContent(library(ladder))
    packed = work.snapshots.files(name)
    own = _own_questions(name, packed)
    if own is not None:
        return _keep_own(name, ladder, own.file, in_work(work, own.base, ladder))
    with _reading:
        # Whoever waited here may find that it has been read.
        return _at_hand(name, ladder) or _keep(name, ladder, packed)


def pin_assessments(store: Store, today: date) -> None:
    """Give assessments that were opened before content was kept what is installed now.

    Raises:
        UnreachableError: the store does not answer.
    """
    with store.read() as work:
        if not work.snapshots.without():
            return
    with store.write() as work:
        work.snapshots.add(installed().hash, installed().packed)
        work.snapshots.pin_those_without(installed().hash, today)
        work.commit()


def read_ahead(store: Store, today: date) -> None:
    """Read what assessments ask that are not over, so that nobody who answers waits for it.

    Raises:
        UnreachableError: the store does not answer.
    """
    with store.read() as work:
        for name, ladder in work.snapshots.of_assessments_open_on(today)[:MOST]:
            in_work(work, name, ladder)


def _at_hand(name: str | None, ladder: str) -> RoundContent | None:
    """What need not be read; None where it must be."""
    if name is None or name == installed().hash:
        return RoundContent(library(ladder))
    with _lock:
        if (name, ladder) in _own:
            _own.move_to_end((name, ladder))
            return _own[name, ladder]
        if (name, ladder) not in _earlier:
            return None
        _earlier.move_to_end((name, ladder))
        return _found(_earlier[name, ladder], ladder)


def _keep(name: str, ladder: str, packed: bytes | None) -> RoundContent:
    """Read a snapshot and hold it ready."""
    found = None
    try:
        if packed is not None:
            snapshot = unpacked(packed, name)
            assert isinstance(snapshot, Snapshot)
            found = _read(snapshot, ladder)
    except Exception:
        # Whatever an older state holds that this version trips over: nobody's answers are lost by
        # it, and what can be said without it is said.
        log.exception("what was asked in %s cannot be read", name)
    with _lock:
        _earlier[name, ladder] = found
        while len(_earlier) > MOST:
            _earlier.popitem(last=False)
    return _found(found, ladder)


def _own_questions(name: str, packed: bytes | None) -> WithOwnQuestions | None:
    """The questions that a round adds to another snapshot; None of any other one."""
    try:
        found = None if packed is None else unpacked(packed, name)
    except SnapshotError:  # said where it is read
        return None
    return found if isinstance(found, WithOwnQuestions) else None


def is_with_own_questions(work: UnitOfWork, name: str | None) -> bool:
    """Whether a snapshot belongs to a round that has questions of its own."""
    return name is not None and _own_questions(name, work.snapshots.files(name)) is not None


def _keep_own(name: str, ladder: str, file: str, base: RoundContent) -> RoundContent:
    """Add a round's own questions to what else it asks, and hold it ready."""
    try:
        found = replace(base, library=with_questions(base.library, file))
    except Exception:
        # As for any other snapshot: what can be said without it is said.
        log.exception("the questions of its own in %s cannot be read", name)
        found = replace(base, readable=False)
    with _lock:
        # Of two that read it at once one stays: what is asked is known by its library.
        found = _own.setdefault((name, ladder), found)
        while len(_own) > MOST_OWN:
            _own.popitem(last=False)
    return found


def _found(read: _Read | None, ladder: str) -> RoundContent:
    if read is None:
        return RoundContent(library(ladder), current=False, readable=False)
    return RoundContent(read.library, current=False, _kept=read)
