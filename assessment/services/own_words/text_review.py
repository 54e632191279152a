"""The review of what people wrote: after closing, somebody reads each text and says whether it may
be shown. What nobody has decided about is not shown. Where fewer people than the minimum wrote in
answer to a question nothing of it can be shown, so nobody is given it to read.

The texts come in the order of their random ids, without group, response or time. Taking a part out
is for good: the store does not keep what stood there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from assessment.services.content import loaded
from assessment.services.rounds.audit import note
from assessment.services.rounds.changes import GONE, NOT_NOW, NotChangedError
from assessment.services.rounds.states import ALLOWED, Act, state_of
from assessment.store import Store, UnitOfWork
from assessment.store.records import AssessmentRecord, Review, WrittenRecord
from questionnaires.library import Library
from questionnaires.model import WORKING_GROUP, Item
from scoring.answers.context import LEAST_MINIMUM
from scoring.disclosure.written_texts import enough_wrote

#: Why a text is not shown, by the code that is stored.
REASONS: Mapping[str, str] = {
    "names": "it names somebody",
    "tells": "people could tell who wrote it",
    "hurts": "it hurts somebody",
}
#: Stands where something was taken out.
TAKEN_OUT = "[…]"
#: How somebody may type it.
DOTS = ("[...]", "[…]", "[. . .]")
MEANWHILE = (
    "Somebody else has just decided about this text. What stands there now is theirs; nothing of "
    "yours was kept."
)
ONLY_LESS = (
    "Only leave words out: put [...] in the place of what you take out, and change nothing else. "
    "Nothing was changed."
)
NOTHING_LEFT = "Nothing is left of it that could be read. Hide the text instead."
NOTHING_TAKEN = "Nothing was taken out. Put [...] in the place of what nobody may read."
TOO_FEW = (
    "Fewer than {least} people wrote in answer to this question, so nobody reads it and nothing of "
    "it is shown."
)


@dataclass(frozen=True)
class QuestionTexts:
    """What was written in answer to one question, by random ids; no texts where too few wrote for
    any to be shown."""

    item: Item
    texts: tuple[WrittenRecord, ...]

    @property
    def too_few(self) -> bool:
        return not self.texts

    @property
    def waiting(self) -> int:
        return sum(text.review == "waiting" for text in self.texts)


def asks_to_write(store: Store, record: AssessmentRecord) -> bool:
    """Whether anybody who answers alone is asked for words of their own."""
    return bool(_items(store, record))


def asked_in_words(library: Library, record: AssessmentRecord) -> dict[str, Item]:
    """The questions that people who answer alone are asked to answer in words, by id.

    Args:
        library: what the round asks.
    """
    return {
        item.id: item
        for item in library.items.values()
        if item.kind == "text"
        and (asked := library.questionnaire_of[item.id]).id in record.questionnaires
        and set(library.forms.groups(record.form, item, asked)) - {WORKING_GROUP}
    }


def _items(store: Store, record: AssessmentRecord) -> dict[str, Item]:
    return asked_in_words(loaded.of_round(store, record).library, record)


def least_to_show(record: AssessmentRecord) -> int:
    """How many people must write in answer to a question for anything of it to be shown."""
    return max(record.minimum_group_size, LEAST_MINIMUM)


def _showable(
    work: UnitOfWork, record: AssessmentRecord, items: Collection[str]
) -> dict[str, tuple[WrittenRecord, ...]]:
    """The texts by question, of questions that the round asks; none where too few wrote."""
    written, again = work.written.all(record.id), work.assessments.replaced(record.id)
    by_item = {item: tuple(text for text in written if text.item == item) for item in items}
    least = least_to_show(record)
    return {
        item: texts if enough_wrote(len(texts), least, perhaps_again=again) else ()
        for item, texts in by_item.items()
    }


def _all_showable(store: Store, record: AssessmentRecord) -> list[WrittenRecord]:
    items = _items(store, record)
    with store.read() as work:
        return [text for texts in _showable(work, record, items).values() for text in texts]


def waiting(store: Store, record: AssessmentRecord) -> int:
    """How many texts nobody has decided about, of those that may be shown at all."""
    return sum(text.review == "waiting" for text in _all_showable(store, record))


def too_few_everywhere(store: Store, record: AssessmentRecord) -> bool:
    """Whether to no question enough people wrote for anything to be shown, as it stands now."""
    return not _all_showable(store, record)


def any_shown(store: Store, record: AssessmentRecord) -> bool:
    """Whether the results show anything of what people wrote, as it stands now."""
    return any(text.review == "shown" for text in _all_showable(store, record))


def has_begun(store: Store, record: AssessmentRecord) -> bool:
    """Whether somebody has begun to read."""
    with store.read() as work:
        return work.written.read(record.id)


def begin(store: Store, record: AssessmentRecord) -> None:
    """Read the texts from now on. No text comes in afterwards.

    Raises:
        NotChangedError: the round does not allow it now.
        UnreachableError: the store does not answer.
    """
    with _reviewing(store, record) as (work, now):
        if not work.written.read(now.id):
            work.written.begin_to_read(now.id)
            note(work, now, "texts_begun")


def to_review(store: Store, record: AssessmentRecord) -> tuple[QuestionTexts, ...]:
    """The texts by question; nothing before somebody has begun to read, or once results are out.
    Of a question to which too few wrote there are no texts, not even how many."""
    if Act.REVIEW_TEXTS not in ALLOWED[state_of(record)]:
        return ()
    items = _items(store, record)
    with store.read() as work:
        if not work.written.read(record.id):
            return ()
        found = _showable(work, record, items)
    return tuple(QuestionTexts(items[item], texts) for item, texts in found.items())


def show(store: Store, record: AssessmentRecord, text: WrittenRecord) -> None:
    """Let a text be shown as it stands.

    Raises:
        NotChangedError: somebody else has decided, too few wrote for it to be shown, or the round
            does not allow it now.
        UnreachableError: the store does not answer.
    """
    _decide(store, record, text, "shown")


def hide(store: Store, record: AssessmentRecord, text: WrittenRecord, reason: str) -> None:
    """Do not show a text, for one of ``REASONS``. Raises as ``show``."""
    if reason not in REASONS:
        raise NotChangedError("Choose why it is not shown.", text.id)
    _decide(store, record, text, "hidden", reason)


def shorten(store: Store, record: AssessmentRecord, text: WrittenRecord, left: str) -> None:
    """Take parts out of a text for good, and let the rest be shown. Raises as ``show``.

    Args:
        left: the text with ``[...]`` in the place of what is taken out, and nothing else changed.
    """
    _decide(store, record, text, "shown", words=shortened(text.text, left, text.id))


def shortened(text: str, left: str, place: str = "") -> str:
    """What is left of a text; refused where something else than leaving out was done to it.

    Raises:
        NotChangedError: words were added or changed, nothing was taken out, or nothing is left.
    """
    for dots in DOTS:
        left = left.replace(dots, TAKEN_OUT)
    kept = [" ".join(part.split()) for part in left.split(TAKEN_OUT)]
    plain, at = " ".join(text.split()), 0
    for number, part in enumerate(kept):
        found = plain.find(part, at)
        # The beginning and the end stand where they stood, unless something was taken out there.
        if found < 0 or (number == 0 and part and found != 0):
            raise NotChangedError(ONLY_LESS, place)
        at = found + len(part)
    if kept[-1] and not plain.endswith(kept[-1]):
        raise NotChangedError(ONLY_LESS, place)
    if len(kept) == 1:
        raise NotChangedError(NOTHING_TAKEN if kept[0] == plain else ONLY_LESS, place)
    if not any(sign.isalnum() for part in kept for sign in part):
        raise NotChangedError(NOTHING_LEFT, place)
    return left.strip()


def _decide(
    store: Store,
    record: AssessmentRecord,
    text: WrittenRecord,
    review: Review,
    reason: str = "",
    words: str | None = None,
) -> None:
    items = _items(store, record)
    with _reviewing(store, record) as (work, now):
        if not work.written.read(now.id):
            raise NotChangedError(NOT_NOW)
        showable = _showable(work, now, items).values()
        if not any(text.id == one.id for texts in showable for one in texts):
            raise NotChangedError(TOO_FEW.format(least=least_to_show(now)))
        left = text.text if words is None else words
        if not work.written.decide(now.id, text, review, reason, left):
            raise NotChangedError(MEANWHILE, text.id)
        if words is not None:
            note(work, now, "text_shortened")
        elif review == "hidden":
            note(work, now, "text_hidden", reason=REASONS[reason])
        else:
            note(work, now, "text_shown")
    if words is not None:
        # PostgreSQL keeps the row as it was until it is vacuumed.
        store.traces.erase()


@contextmanager
def _reviewing(
    store: Store, record: AssessmentRecord
) -> Iterator[tuple[UnitOfWork, AssessmentRecord]]:
    """The round, where texts may be reviewed in it now; committed at the end."""
    with store.write() as work:
        work.assessments.lock(record.id)
        now = work.assessments.get(record.id)
        if now is None:
            raise NotChangedError(GONE)
        if Act.REVIEW_TEXTS not in ALLOWED[state_of(now)]:
            raise NotChangedError(NOT_NOW)
        yield work, now
        work.commit()
