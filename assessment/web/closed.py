"""What the server behind the screens offers and the screens do not need: it stays closed.

Figures about the server, an interface for programs, messages that empty what is kept for
everybody: the browser of somebody who answers asks for none of it.
"""

from __future__ import annotations

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

#: What a page asks for below ``/_stcore``.
NEEDED = frozenset({"health", "host-config", "stream", "upload_file", "bidi-components"})
#: What a page of ours never says, and what would be done to others: to forget what was worked out
#: for all, to watch the source, to end the server.
NEVER_SAID = frozenset(
    {"clear_cache", "set_run_on_save", "debug_disconnect_websocket", "debug_shutdown_runtime"}
)
#: Codes with which a websocket is closed: text where it carries bytes, and broken bytes.
TEXT, BROKEN = 1003, 1002


def is_closed(path: str) -> bool:
    """Whether an address of the server is none that our pages ask for."""
    first, _, rest = path.strip("/").partition("/")
    return first == "_stcore" and rest.partition("/")[0] not in NEEDED


class KnownMessagesOnly:
    """Takes from websockets what our pages say, and nothing else."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return

        async def known() -> Message:
            while True:
                message = await receive()
                if message["type"] != "websocket.receive":
                    return message
                data = message.get("bytes")
                if data is None:
                    return await _closed(send, TEXT)
                try:
                    said = BackMsg.FromString(data).WhichOneof("type")
                except DecodeError:
                    return await _closed(send, BROKEN)
                if said not in NEVER_SAID:
                    return message

        await self.app(scope, known, send)


async def _closed(send: Send, code: int) -> Message:
    """Close a websocket, and what the app behind it is told."""
    await send({"type": "websocket.close", "code": code})
    return {"type": "websocket.disconnect", "code": code}
