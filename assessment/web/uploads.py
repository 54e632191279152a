"""How much of what is uploaded may be held in memory.

Streamlit limits each file and holds as many as are sent, from whatever page. Here only a page that
asks for files takes any, and what one visit, one network and all together may hold is limited, so
that nobody fills the memory of the others. A file is counted as it comes in, not as it is
announced: whoever announces much and sends nothing takes no room.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.state import SessionState

from assessment.web.rates import network_of

PLACE = "/_stcore/upload_file/"
MEGABYTE = 1024 * 1024
#: What a file counts at least, since what is around it takes memory as well.
SMALLEST = 16 * 1024
#: How much of a refused file is still let come in, and thrown away. A line that is shut while a
#: browser sends is a broken line to it, and the refusal is never read.
LET_COME = 32 * MEGABYTE


@dataclass(frozen=True)
class Room:
    """How many bytes of files may be held at once: of one visit, of one network, and of all."""

    visit: int = 40 * MEGABYTE
    network: int = 80 * MEGABYTE
    all: int = 240 * MEGABYTE


NO_UPLOADER = "This page takes no files. Reload it, then choose your files again."
VISIT_FULL = "These are too many files for one visit. Remove some, or reload the page."
ALL_FULL = "Too many files are being read just now. Wait a minute, then choose your file again."


def held_by_visit() -> dict[str, int]:
    """The bytes that are held, by visit."""
    manager = Runtime.instance().uploaded_file_mgr
    if not isinstance(manager, MemoryUploadedFileManager):
        return {}
    return {
        visit: sum(max(SMALLEST, len(file.data)) for file in list(files.values()))
        for visit, files in list(manager.file_storage.items())
    }


def takes_files(visit: str) -> bool:
    """Whether the page that a visit shows has a place for files."""
    info = Runtime.instance()._session_mgr.get_active_session_info(visit)
    return info is not None and has_uploader(info.session.session_state)


def has_uploader(state: SessionState) -> bool:
    """Whether a place for files is on the page, or was on it before the run that is under way."""
    widgets = state._new_widget_state
    # While a script runs, what it has not drawn yet is among what was there before.
    on_page = {*list(widgets.states), *list(state._old_state)}
    known = (widgets.widget_metadata.get(name) for name in on_page)
    return any(found and found.value_type == "file_uploader_state_value" for found in known)


class _NoRoomError(Exception):
    """There is no room for what comes in; carries what to say."""

    def __init__(self, refusal: PlainTextResponse) -> None:
        self.refusal = refusal
        super().__init__("no room")


def read_before_refusing(receive: Receive, send: Send) -> tuple[Receive, Send]:
    """Both ends of a request, where a refusal waits until what is being sent has come in."""
    more = True

    async def reading() -> Message:
        nonlocal more
        message = await receive()
        more = message["type"] == "http.request" and message.get("more_body", False)
        return message

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] >= 400:
            let_in = 0
            while more and let_in < LET_COME:
                let_in += len((await reading()).get("body", b""))
        await send(message)

    return reading, sending


class LimitedUploads:
    """Takes files as long as there is room for them."""

    def __init__(
        self,
        app: ASGIApp,
        room: Room = Room(),
        held: Callable[[], dict[str, int]] = held_by_visit,
        takes: Callable[[str], bool] = takes_files,
    ) -> None:
        self.app, self.room, self.held, self.takes = app, room, held, takes
        #: What has come in of files that are under way, by visit.
        self._coming: Counter[str] = Counter()
        self._networks: dict[str, str] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(PLACE):
            await self.app(scope, receive, send)
            return
        if scope["method"] not in ("PUT", "POST"):
            await self.app(scope, receive, send)
            return
        visit = scope["path"].removeprefix(PLACE).partition("/")[0]
        receive, send = read_before_refusing(receive, send)
        if not self.takes(visit):
            await PlainTextResponse(NO_UPLOADER, 403)(scope, receive, send)
            return
        self._networks[visit] = network_of((scope.get("client") or ("",))[0])
        if refusal := self._full(visit):
            await refusal(scope, receive, send)
            return
        await self._take(visit, scope, receive, send)

    async def _take(self, visit: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a file in, until there is no room for what comes."""
        came, stopped = 0, False

        async def counted() -> Message:
            nonlocal came, stopped
            message = await receive()
            size = len(message.get("body", b""))
            came += size
            self._coming[visit] += size
            if refusal := self._full(visit):
                stopped = True
                raise _NoRoomError(refusal)
            return message

        async def unless_stopped(message: Message) -> None:
            if not stopped:  # what the app makes of being stopped is no answer
                await send(message)

        try:
            await self.app(scope, counted, unless_stopped)
        except _NoRoomError as full:
            await full.refusal(scope, receive, send)
        finally:
            self._coming[visit] -= came
            self._forget()

    def _full(self, visit: str) -> PlainTextResponse | None:
        """What to say where there is no room; None where there is."""
        held = Counter(self.held())
        held.update(self._coming)
        network = self._networks[visit]
        of_network = sum(
            size for other, size in held.items() if self._networks.get(other) == network
        )
        if held[visit] > self.room.visit:
            return PlainTextResponse(VISIT_FULL, 413)
        if of_network > self.room.network or held.total() > self.room.all:
            return PlainTextResponse(ALL_FULL, 503, headers={"Retry-After": "60"})
        return None

    def _forget(self) -> None:
        """Forget visits that hold nothing any more."""
        self._coming = +self._coming
        holding = self.held().keys() | self._coming.keys()
        self._networks = {v: n for v, n in self._networks.items() if v in holding}
