"""A browser's line for plain pages: HTTP/1.1 over one connection that is kept open."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie
from ssl import SSLContext
from urllib.parse import urlencode, urlsplit

from assessment.web.safe_cookies import PREFIX
from tests.performance.load.measures import Log

#: What browsers send with every request; reading it is part of what a request costs.
BROWSER = {
    "User-Agent": "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/143.0.0.0 Mobile Safari/537.36",
    "Accept": "*/*",
    "Accept-Encoding": "gzip, deflate",
    "Accept-Language": "en-GB,en;q=0.9",
    "Connection": "keep-alive",
    "sec-ch-ua-mobile": "?1",
    "sec-ch-ua-platform": '"Android"',
    "Sec-Fetch-Dest": "empty",
    "Sec-Fetch-Mode": "cors",
    "Sec-Fetch-Site": "same-origin",
}
SENT = "application/x-www-form-urlencoded;charset=UTF-8"


@dataclass(frozen=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        packed = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.body) if packed else self.body).decode()


class HttpLine:
    """A line to an app, with the cookies that came over it.

    Args:
        network: the address from which a proxy says that this browser comes: from a single one, so
            many would be refused.
        tls: whom it trusts where the address begins with https.
    """

    def __init__(self, address: str, log: Log, network: str, tls: SSLContext | None = None) -> None:
        self._address, self._log, self._tls = address, log, tls
        self._place = urlsplit(address)
        self._ends: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self.cookies: dict[str, str] = {}
        headers = BROWSER | {"X-Forwarded-For": network}
        self._fixed = "".join(f"{name}: {value}\r\n" for name, value in headers.items())

    async def open(self, path: str, fields: Mapping[str, str] | None = None) -> Reply:
        """Ask for a page, or send a form, and go where that leads.

        Raises:
            OSError: the line breaks.
        """
        reply = await self.ask(path, fields)
        while reply.status in (303, 307):
            fields = fields if reply.status == 307 else None
            reply = await self.ask(reply.headers["location"].partition("#")[0], fields)
        return reply

    async def ask(self, path: str, fields: Mapping[str, str] | None = None) -> Reply:
        """One request.

        Raises:
            OSError: the line breaks.
        """
        request = self._written(path, fields)
        again = self._ends is not None
        try:
            return await self._exchange(request)
        except (OSError, asyncio.IncompleteReadError) as fault:
            self.close()
            if not again:
                raise ConnectionError(str(fault)) from None
        # A line that was idle for long has ended at the other side; browsers open another one.
        self._log.reopened += 1
        try:
            return await self._exchange(request)
        except asyncio.IncompleteReadError as fault:
            raise ConnectionError(str(fault)) from None

    def cookie(self, name: str) -> str | None:
        """What a cookie of the app's own holds, over an encrypted line or a plain one."""
        return self.cookies.get(f"{PREFIX}{name}") or self.cookies.get(name)

    def close(self) -> None:
        if self._ends is not None:
            self._ends[1].close()
        self._ends = None

    def _written(self, path: str, fields: Mapping[str, str] | None) -> bytes:
        lines = [f"{'GET' if fields is None else 'POST'} {path} HTTP/1.1\r\n"]
        lines += [f"Host: {self._place.netloc}\r\n", self._fixed]
        lines += [f"Origin: {self._address}\r\n", f"Referer: {self._address}/form\r\n"]
        if self.cookies:
            cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            lines.append(f"Cookie: {cookie}\r\n")
        body = b""
        if fields is not None:
            body = urlencode(fields).encode()
            lines += [f"Content-Type: {SENT}\r\n", f"Content-Length: {len(body)}\r\n"]
        return "".join((*lines, "\r\n")).encode() + body

    async def _exchange(self, request: bytes) -> Reply:
        if self._ends is None:
            host, port = str(self._place.hostname), int(self._place.port or 80)
            self._ends = await asyncio.open_connection(host, port, ssl=self._tls)
        reader, writer = self._ends
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers: dict[str, str] = {}
        for line in head[1:-2]:
            name, _, value = line.partition(": ")
            if name.lower() == "set-cookie":
                self._keep(value)
            headers[name.lower()] = value
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        if headers.get("connection") == "close":
            self.close()
        return Reply(int(head[0].split(" ", 2)[1]), headers, body)

    def _keep(self, cookie: str) -> None:
        for name, morsel in SimpleCookie(cookie).items():
            if morsel.value and morsel["max-age"] != "0":
                self.cookies[name] = morsel.value
            else:
                self.cookies.pop(name, None)
