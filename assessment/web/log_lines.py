"""What reaches the log: lines that nobody else can write, and no word that somebody gave.

Names, addresses and texts come from outside and end in messages, of Streamlit and others too. A
line break in one would make a line of its own, a control sign could change what a terminal shows,
and the text of an error may hold an answer. What opens something, a code or a token, stands in no
line, and neither does from where somebody came: who was here when is nobody's business.
"""

from __future__ import annotations

import logging
import re
import traceback
from ipaddress import ip_address
from types import TracebackType

from assessment.services.access.code_words import NUMBER, as_written
from assessment.services.access.codes import ALPHABET

#: The most signs of a message, and of a value in it.
LONGEST, LONGEST_VALUE = 2000, 200
#: Control signs, line breaks of every kind, and signs that turn the direction of a line.
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]")
#: A link's address; a code and a receipt as they are written.
LINK = re.compile(r"/i/[^\s\"'<>]+")
CODE = re.compile(
    rf"(?<![\w-])(?:[{ALPHABET}]{{5}}-[{ALPHABET}]{{5}}-[{ALPHABET}]{{3}}"
    rf"|[{ALPHABET}]{{4}}(?:-[{ALPHABET}]{{4}}){{3}}|(?-i:[{ALPHABET}]{{13}}|[{ALPHABET}]{{16}}))"
    r"(?![\w-])",
    re.IGNORECASE,
)
#: What may be a code of words.
WORDS = re.compile(r"(?<![\w-])[a-z]{4,8}(?:[-+ ][a-z]{4,8}){5,}(?![\w-])", re.IGNORECASE)
#: A token of a browser, an id, a hash.
SECRET = re.compile(r"(?<![\w-])(?:(?=[\w-]*\d)[\w-]{43}|[0-9a-f]{32}|[0-9a-f]{64})(?![\w-])")
#: What may be the address of somebody's device.
NUMBERS = re.compile(r"(?<![\w.:])[0-9a-f:.]*[.:][0-9a-f:.]*[0-9a-f](?![\w])", re.IGNORECASE)
HIDDEN = "…"
#: Who asked for which page, which a server can write down at each request, and at each websocket.
REQUESTS, WEBSOCKETS = "uvicorn.access", "uvicorn.error"


def install() -> None:
    """Let every record of every logger be made so that it can be written down, and none say who
    asked for what."""
    logging.getLogger(REQUESTS).disabled = True
    if not any(held is _tells_of_no_visit for held in logging.getLogger(WEBSOCKETS).filters):
        logging.getLogger(WEBSOCKETS).addFilter(_tells_of_no_visit)
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


def _tells_of_no_visit(record: logging.LogRecord) -> bool:
    return '"WebSocket ' not in record.getMessage()


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
    """A text on one line, without control signs and what nobody may read in it, cut where it is too
    long."""
    text = LINK.sub(f"/i/{HIDDEN}", text)
    text = WORDS.sub(_unless_a_sentence, text)
    text = NUMBERS.sub(_unless_of_a_device, SECRET.sub(HIDDEN, CODE.sub(HIDDEN, text)))
    text = CONTROL.sub(lambda sign: sign[0].encode("unicode_escape").decode(), text)
    return f"{text[:longest]}…" if len(text) > longest else text


def _unless_a_sentence(found: re.Match[str]) -> str:
    """Six words in a row are a code where all of them are words of codes."""
    words = re.split("[-+ ]", found[0])
    runs = (words[at : at + NUMBER] for at in range(len(words) - NUMBER + 1))
    return HIDDEN if any(as_written(" ".join(run)) for run in runs) else found[0]


def _unless_of_a_device(found: re.Match[str]) -> str:
    """What is no address in a network is left; so are those that every machine calls itself."""
    text = found[0]
    name, _, port = text.rpartition(":")
    for candidate in (text, name if port.isdecimal() else text):
        try:
            address = ip_address(candidate)
        except ValueError:
            continue
        return text if address.is_loopback or address.is_unspecified else HIDDEN
    return text


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
