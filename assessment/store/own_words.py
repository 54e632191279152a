"""What people wrote, as it is reviewed, and what groups say in the report."""

from __future__ import annotations

from dataclasses import asdict, fields, replace

from sqlalchemy import delete, select, update

from assessment.store.answers import INSERTS
from assessment.store.records import Review, StatementRecord, WrittenRecord
from assessment.store.repository import Repository
from assessment.store.tables import assessment, group_statement, text_review, written_text

#: What a decision says, as the record of its text has it.
DECISION = ("review", "reason", "revision")
DECIDED = tuple(text_review.c[name] for name in DECISION)
STATED = tuple(group_statement.c[field.name] for field in fields(StatementRecord))


class WrittenTexts(Repository):
    """Keeps what was decided of the texts of an assessment."""

    def all(self, name: str) -> list[WrittenRecord]:
        """Every text, by its random id, which tells nothing of who wrote it or when."""
        rows = self._run(
            select(written_text.c.id, written_text.c.item, written_text.c.text)
            .where(written_text.c.assessment == name)
            .order_by(written_text.c.id)
        )
        texts = {row.id: WrittenRecord(*row) for row in rows}
        decided = self._run(
            select(*DECIDED, text_review.c.text).where(text_review.c.assessment == name)
        )
        for *decision, text in decided:
            if text in texts:
                found = dict(zip(DECISION, decision, strict=True))
                texts[text] = replace(texts[text], **found)
        return list(texts.values())

    def decide(
        self, name: str, text: WrittenRecord, review: Review, reason: str, words: str
    ) -> bool:
        """Keep a decision that was made after having seen a text; what it was is gone.

        Args:
            words: what is left of the text.

        Returns:
            Whether it is kept: not where somebody else has decided since.
        """
        values = {"review": review, "reason": reason, "revision": text.revision + 1}
        if text.revision == 0:
            fresh = INSERTS[self._dialect](text_review)
            fresh = fresh.values(text=text.id, assessment=name, **values)
            putting = fresh.on_conflict_do_nothing().returning(text_review.c.text)
        else:
            seen = (text_review.c.text == text.id, text_review.c.revision == text.revision)
            changed = update(text_review).where(*seen, text_review.c.assessment == name)
            putting = changed.values(**values).returning(text_review.c.text)
        if self._run(putting).first() is None:
            return False
        if words != text.text:
            here = update(written_text).where(written_text.c.id == text.id)
            self._run(here.values(text=words))
        return True

    def read(self, name: str) -> bool:
        """Whether somebody has begun to read the texts."""
        return bool(
            self._run(select(assessment.c.texts_read).where(assessment.c.id == name)).scalar()
        )

    def begin_to_read(self, name: str) -> None:
        """Keep that somebody reads the texts from now on."""
        self._run(update(assessment).where(assessment.c.id == name).values(texts_read=True))


class Statements(Repository):
    """Keeps what groups say."""

    def all(self, name: str) -> dict[str, StatementRecord]:
        """The statements of an assessment by group."""
        rows = self._run(select(*STATED).where(group_statement.c.assessment == name))
        return {record.group: record for record in (StatementRecord(*row) for row in rows)}

    def put(self, name: str, record: StatementRecord, *, after: int) -> bool:
        """Keep a statement that was written after having seen a revision (0: none yet).

        Returns:
            Whether it is kept: not where somebody else has changed it since.
        """
        values = asdict(replace(record, revision=after + 1))
        if after == 0:
            fresh = INSERTS[self._dialect](group_statement).values(assessment=name, **values)
            putting = fresh.on_conflict_do_nothing().returning(group_statement.c.id)
        else:
            del values["id"]
            here = (
                group_statement.c.assessment == name,
                group_statement.c.group == record.group,
                group_statement.c.revision == after,
            )
            changed = update(group_statement).where(*here).values(**values)
            putting = changed.returning(group_statement.c.id)
        return self._run(putting).first() is not None

    def remove(self, name: str, group: str, *, after: int) -> bool:
        """Take back a statement of which a revision was seen. Returns whether it was there."""
        here = (
            group_statement.c.assessment == name,
            group_statement.c.group == group,
            group_statement.c.revision == after,
        )
        return self._run(delete(group_statement).where(*here)).rowcount == 1
