"""A line to an app that can be held, cut and mended, as in a basement or on a bus."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit


class Line:
    """Passes everything on between a browser and an app, until it is told otherwise.

    Attributes:
        address: where the browser finds the app.
    """

    def __init__(self, app: str) -> None:
        parts = urlsplit(app)
        self._app = (str(parts.hostname), int(parts.port or 80))
        self._door = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        self._flows, self._whole = threading.Event(), threading.Event()
        self._flows.set()
        self._whole.set()
        self._open: set[socket.socket] = set()
        threading.Thread(target=self._welcome, daemon=True).start()

    def hold(self) -> None:
        """Let nothing through in either direction; nothing is lost, and nobody is told."""
        self._flows.clear()

    def release(self) -> None:
        self._flows.set()

    def cut(self) -> None:
        """End every connection, and refuse new ones."""
        self._whole.clear()
        for end in tuple(self._open):
            _close(end)

    def mend(self) -> None:
        self._whole.set()

    def close(self) -> None:
        self.cut()
        self.release()
        self._door.close()

    def _welcome(self) -> None:
        while True:
            try:
                here, _ = self._door.accept()
            except OSError:  # the line is closed
                return
            if not self._whole.is_set():
                _close(here)
                continue
            there = socket.create_connection(self._app)
            for one, other in ((here, there), (there, here)):
                self._open.add(one)
                threading.Thread(target=self._pass_on, args=(one, other), daemon=True).start()

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while content := one.recv(65536):
                self._flows.wait()
                other.sendall(content)
        self._open.discard(one)
        _close(one)
        _close(other)


def _close(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()


@contextmanager
def line_to(app: str) -> Iterator[Line]:
    """A line to the address of an app."""
    line = Line(app)
    try:
        yield line
    finally:
        line.close()
