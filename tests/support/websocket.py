"""Talks to a running app as a browser does, without one: over its websocket.

So a test can send what no browser would, and a benchmark measures the app alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from ssl import SSLContext
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import connect

PATIENCE = 60
EARLY = ForwardMsg.FINISHED_EARLY_FOR_RERUN


class OpenPage:
    """What an open page sends, and what it keeps of what it is sent. Knows no line.

    Attributes:
        widgets: the last message of each widget by its id, as the app described it.
        session: what the app calls this visit.
        html: all text of ours on the page, in the order in which it came.
        exceptions: the app's own words for faults, which should never come.
    """

    def __init__(self) -> None:
        self.widgets: dict[str, Any] = {}
        self.fragments: dict[str, str] = {}
        self.html: list[str] = []
        self.exceptions: list[str] = []
        self.states: dict[str, WidgetState] = {}
        self.page = self.query = self.session = ""
        self._fragment = ""
        #: What a browser keeps by its hash, so that the app need not send it again.
        self._cached: dict[str, ForwardMsg] = {}

    def visiting(self, page_name: str = "", query: str = "") -> bytes:
        """The message that opens a page by its address."""
        message = BackMsg()
        message.rerun_script.page_name = page_name
        message.rerun_script.query_string = self.query = query
        self._fragment = ""
        return message.SerializeToString()

    def rerunning(self, fragment: str = "") -> bytes:
        """The message that runs the page, or one fragment, with the states as they are set."""
        message = BackMsg()
        state = message.rerun_script
        state.page_script_hash = self.page
        state.fragment_id = self._fragment = fragment
        state.query_string = self.query
        state.widget_states.widgets.extend(self.states.values())
        state.cached_message_hashes.extend(self._cached)
        return message.SerializeToString()

    def set(self, widget: str, **value: Any) -> WidgetState:
        """Set a widget's value as it goes over the wire, whatever it is."""
        state = WidgetState(id=widget, **value)
        self.states[widget] = state
        return state

    def take(self, data: str | bytes) -> tuple[ForwardMsg, bool]:
        """Take a message of the app: what it says, and whether the run is finished with it."""
        message = ForwardMsg()
        message.ParseFromString(data if isinstance(data, bytes) else data.encode())
        if message.WhichOneof("type") == "ref_hash":
            cached = ForwardMsg()
            cached.CopyFrom(self._cached[message.ref_hash])
            cached.metadata.CopyFrom(message.metadata)
            message = cached
        elif message.metadata.cacheable:
            self._cached[message.hash] = message
        self._note(message)
        # A page that leads to another one ends early, and the other one follows by itself.
        ended = message.WhichOneof("type") == "script_finished"
        return message, ended and message.script_finished != EARLY

    def _note(self, message: ForwardMsg) -> None:
        match message.WhichOneof("type"):
            case "new_session":
                self.session = message.new_session.initialize.session_id
                if not self._fragment:
                    self.widgets.clear()
                    self.html.clear()
            case "navigation":
                self.page = message.navigation.page_script_hash
            case "delta" if message.delta.WhichOneof("type") == "new_element":
                element = message.delta.new_element
                kind = element.WhichOneof("type") or ""
                content = getattr(element, kind, None)
                if kind == "exception":
                    self.exceptions.append(content.message if content else "")
                elif kind == "html" and content is not None:
                    self.html.append(content.body)
                elif widget := getattr(content, "id", ""):
                    self.widgets[widget] = content
                    self.fragments[widget] = message.delta.fragment_id


def opening(
    address: str, cookies: Mapping[str, str], tls: SSLContext | None = None
) -> dict[str, Any]:
    """How a browser with these cookies opens the line of a page to an app.

    Args:
        tls: whom it trusts where the address begins with https.
    """
    cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
    return {
        "uri": f"{'wss' if tls else 'ws'}://{urlsplit(address).netloc}/_stcore/stream",
        "ssl": tls,
        "origin": address,
        "subprotocols": ["streamlit"],
        "additional_headers": {"Cookie": cookie} if cookie else None,
        "max_size": None,
        "open_timeout": PATIENCE,
        "compression": None,
    }


class Visitor(OpenPage):
    """One open page with its line to the app."""

    def __init__(
        self,
        address: str,
        *,
        cookies: dict[str, str] | None = None,
        tls: SSLContext | None = None,
    ) -> None:
        super().__init__()
        # ``legacy``: a connection at once, closed by ``__exit__``.
        self._socket = connect(**opening(address, cookies or {}, tls), legacy=True)

    def __enter__(self) -> Visitor:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._socket.close()

    def visit(self, page_name: str = "", query: str = "") -> list[ForwardMsg]:
        """Open a page by its address and wait until it stands, or the one that it leads to."""
        return self._run(self.visiting(page_name, query))

    def rerun(self, *, fragment: str = "") -> list[ForwardMsg]:
        """Run the page, or one fragment, with the states as they are set."""
        return self._run(self.rerunning(fragment))

    def _run(self, message: bytes) -> list[ForwardMsg]:
        self._socket.send(message)
        return list(self._until_finished())

    def _until_finished(self) -> Iterator[ForwardMsg]:
        finished = False
        # What nobody reads would also keep the socket from closing.
        while not finished:
            message, finished = self.take(self._socket.recv(timeout=PATIENCE))
            yield message
