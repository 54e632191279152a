"""Asks a web application without a server."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message

from tests.support import loops


@dataclass(frozen=True)
class Answer:
    """What came back.

    Attributes:
        unread: how many pieces of what was sent were never read.
    """

    status: int
    headers: Headers
    body: bytes
    unread: int = 0

    @property
    def text(self) -> str:
        return self.body.decode()


def ask(
    app: ASGIApp,
    path: str,
    method: str = "GET",
    *,
    client: str = "192.0.2.1",
    scheme: str = "http",
    body: Sequence[bytes] = (b"",),
    **headers: str,
) -> Answer:
    """What an application answers.

    Args:
        path: with what follows a question mark, if anything does.
        client: the address that the request comes from.
        body: what is sent, in the pieces in which it comes.
        headers: by their names with _ for -, such as ``accept_encoding="gzip"``.
    """
    named = {"host": "localhost"} | {n.replace("_", "-"): v for n, v in headers.items()}
    raw = [(name.encode(), value.encode("latin-1")) for name, value in named.items()]
    pieces = deque(body)
    path, _, query = path.partition("?")
    scope: dict[str, Any] = {
        "type": "http",
        "scheme": scheme,
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": raw,
        "client": (client, 50_000),
    }
    sent: list[Message] = []

    async def receive() -> Message:
        piece = pieces.popleft() if pieces else b""
        return {"type": "http.request", "body": piece, "more_body": bool(pieces)}

    async def send(message: Message) -> None:
        sent.append(message)

    async def run() -> None:
        await app(scope, receive, send)

    loops.run(run())
    start = sent[0]
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return Answer(start["status"], Headers(raw=start["headers"]), body, len(pieces))


def converse(app: ASGIApp, path: str, said: Sequence[Message], **headers: str) -> list[Message]:
    """What an application sends over a websocket to which this is said, until it ends."""
    named = {"host": "localhost"} | {n.replace("_", "-"): v for n, v in headers.items()}
    scope: dict[str, Any] = {
        "type": "websocket",
        "path": path,
        "headers": [(name.encode(), value.encode()) for name, value in named.items()],
        "subprotocols": [],
    }
    waiting = deque[Message]([{"type": "websocket.connect"}, *said])
    sent: list[Message] = []

    async def receive() -> Message:
        return waiting.popleft() if waiting else {"type": "websocket.disconnect", "code": 1000}

    async def send(message: Message) -> None:
        sent.append(message)

    async def run() -> None:
        await app(scope, receive, send)

    loops.run(run())
    return sent
