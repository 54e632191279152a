"""Another site: it shows one page, and notes all that it is asked for."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class OtherSite:
    """Where it is, the page that it shows, and the addresses that it was asked for."""

    address: str
    page: str = "<!doctype html><title>Elsewhere</title>"
    asked: list[str] = field(default_factory=list)


@contextmanager
def other_site() -> Iterator[OtherSite]:
    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(site.page.encode())

        do_POST = do_GET  # noqa: N815  the name that the library looks for

        def log_message(self, *_: object) -> None:
            """Nothing: tests read what is noted."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    site = OtherSite(f"http://localhost:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
