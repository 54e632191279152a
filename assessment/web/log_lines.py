"""What reaches the log: lines that nobody else can write, and no word that somebody gave.

Names, addresses and texts come from outside and end in messages, of Streamlit and others too. A
line break in one would make a line of its own, a control sign could change what a terminal shows,
and the text of an error may hold an answer.
"""

from __future__ import annotations

import logging
import re
import traceback
from types import TracebackType

#: The most signs of a message, and of a value in it.
LONGEST, LONGEST_VALUE = 2000, 200
#: Control signs, line breaks of every kind, and signs that turn the direction of a line.
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def install() -> None:
    """Let every record of every logger be made so that it can be written down."""
    before = logging.getLogRecordFactory()
    if getattr(before, "is_ours", False):
        return

    def make(*args: object, **more: object) -> logging.LogRecord:
        record = before(*args, **more)
        record.msg, record.args = clean(_message(record), LONGEST), None
        if record.exc_info:
            record.exc_text = _told(record.exc_info)
        return record

    make.is_ours = True  # type: ignore[attr-defined]
    logging.setLogRecordFactory(make)


def _message(record: logging.LogRecord) -> str:
    """The message with its values, each cut to what a person needs to know it again."""
    try:
        args = record.args
        if isinstance(args, dict):
            record.args = {name: _short(value) for name, value in args.items()}
        elif args:
            record.args = tuple(map(_short, args))
        return record.getMessage()
    except Exception:
        return str(record.msg)


def _short(value: object) -> object:
    if isinstance(value, int | float | None):
        return value
    text = str(value)
    return f"{text[:LONGEST_VALUE]}…" if len(text) > LONGEST_VALUE else value


def clean(text: str, longest: int) -> str:
    """A text on one line, without control signs, cut where it is too long."""
    text = CONTROL.sub(lambda sign: sign[0].encode("unicode_escape").decode(), text)
    return f"{text[:longest]}…" if len(text) > longest else text


def _told(
    exc_info: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, ...],
) -> str:
    """Where an error arose and of which kind it is, without its own words: they may quote what
    somebody wrote."""
    error = exc_info[1]
    lines: list[str] = []
    while error is not None and len(lines) < LONGEST:
        frames = traceback.extract_tb(error.__traceback__)
        told = [
            f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}' for frame in frames
        ]
        kind = f"{type(error).__module__}.{type(error).__qualname__}"
        lines = [*told, kind, *(["caused:"] if lines else []), *lines]
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n".join(lines)
