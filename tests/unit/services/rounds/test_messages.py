"""What a coordinator sends to a group."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from urllib.parse import unquote

import pytest
import textstat

from assessment.services.rounds.messages import NOTHING_DEPENDS, Message, Way, messages
from assessment.store.records import AssessmentRecord
from tests.support.clock import set_clock

WAY = Way("https://ready.example/i/AB-CD", "ready.example/go")


def sent(record: AssessmentRecord, monkeypatch: pytest.MonkeyPatch, on: str) -> list[Message]:
    set_clock(monkeypatch, on)
    days = {"opens_on": date(2026, 12, 1), "closes_on": date(2026, 12, 18)}
    dated = replace(record, **days)
    return list(messages(dated, dated.group("service_user"), 7, WAY))


def test_each_text_is_complete_by_itself(
    record: AssessmentRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = sent(record, monkeypatch, "2026-12-05T12:00")
    assert [message.title for message in found] == ["Invitation", "Reminder"]
    for message in found:
        for part in (
            "Willow Street",
            "people who have been through hard times themselves",
            "about 7 minutes",
            "You do not have to take part",
            NOTHING_DEPENDS,
            "https://ready.example/i/AB-CD",
            f"ready.example/go and type the code {record.group('service_user').code}",
            "until Friday 18 December 2026, midnight (London time)",
            "Do not tell us anything that must stay secret.",
            "Ask for Sam at the front desk",
        ):
            assert part in message.text, (message.title, part)


def test_a_reminder_goes_to_everybody_and_only_while_people_can_begin(
    record: AssessmentRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    reminder = sent(record, monkeypatch, "2026-12-05T12:00")[1]
    assert "We keep no list of who has answered" in reminder.text
    (early,) = sent(record, monkeypatch, "2026-11-05T12:00")
    assert "from 1 December 2026 until Friday 18 December 2026, midnight" in early.text


def test_a_mail_has_the_whole_text_and_no_receiver(
    record: AssessmentRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = replace(record.organisation, name="A & B?body=x")
    for message in sent(replace(record, organisation=owner), monkeypatch, "2026-12-05T12:00"):
        address, _, query = message.mail.partition("?")
        subject, body = query.split("&")
        assert address == "mailto:"
        assert unquote(subject) == f"subject={message.subject}"
        assert unquote(body) == f"body={message.text}"


def test_the_texts_are_plain(record: AssessmentRecord, monkeypatch: pytest.MonkeyPatch) -> None:
    for message in sent(record, monkeypatch, "2026-12-05T12:00"):
        prose = [p for p in message.text.split("\n\n") if "https://" not in p and p != "Hello,"]
        text = re.sub(r"[0-9]+", "ten", " ".join(prose))
        assert textstat.flesch_kincaid_grade(text) <= 6, message.title
