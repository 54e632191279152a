"""Respondents: from a link to the questions, and then an answer at a time, in either form."""

from __future__ import annotations

import json
import re
from abc import ABC, abstractmethod
from contextlib import suppress
from html import unescape
from ipaddress import ip_network
from itertools import cycle
from ssl import SSLContext
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from tests.performance.load.line import HttpLine
from tests.performance.load.measures import Log
from tests.support.websocket import OpenPage, opening

#: One question of a page of the light form, and each box in it that stands for one of its answers.
QUESTION = re.compile(r'<fieldset[^>]* data-question="([^"]+)".*?</fieldset>', re.DOTALL)
RADIO = re.compile(r'<input type="radio" name="([^"]+)" value="([^"]+)"')
PART = re.compile(r'action="/form\?part=(\d+)"')
#: Where people come from, each from a network of their own.
NETWORKS = ip_network("10.0.0.0/8")
#: What the full form says when everything on its page is stored.
SAVED = re.compile(r'class="pw-saved">.*Saved')


class NotConfirmedError(Exception):
    """An answer was not confirmed; the message says what came instead."""


class Respondent(ABC):
    """Somebody who answers.

    Attributes:
        confirmed: by item, the answer that was confirmed last.
        group: of which group they are.
        unsure: by item, an answer that was sent later and never confirmed: the store may hold it.
    """

    def __init__(
        self,
        address: str,
        code: str,
        log: Log,
        *,
        group: str = "staff",
        turns: bool = False,
        number: int = 0,
        tls: SSLContext | None = None,
    ) -> None:
        self._address, self._code, self._turns, self._tls = address, code, turns, tls
        self.log, self.group = log, group
        self._line = HttpLine(address, log, str(NETWORKS[number]), tls)
        self.confirmed: dict[str, str] = {}
        self.unsure: dict[str, str] = {}

    @property
    def token(self) -> str:
        """What the cookie of the session holds."""
        token = self._line.cookie("session")
        assert token, "nothing was begun"
        return token

    async def arrive(self) -> None:
        """Come by the link, read the promises, begin, and wait for the first questions."""
        await self._line.open(f"/i/{self._code}")
        light = "yes" if isinstance(self, LightRespondent) else "no"
        await self._first(await self._begin(light))

    async def _begin(self, light: str) -> str:
        fields = {"device": "own", "light": light}
        reply = await self._line.ask("/begin", fields)
        if self._line.cookie("session") is None:
            raise NotConfirmedError(f"nothing was begun: {reply.status}")
        return reply.headers["location"]

    async def answer(self) -> None:
        """Give the next answer, another one than before, and wait until it is confirmed.

        Raises:
            NotConfirmedError: it was not.
            OSError: the line broke.
        """
        item, value = self._next()
        self.unsure[item] = value
        await self._give(item, value)
        self.confirmed[item] = self.unsure.pop(item)

    @abstractmethod
    async def _first(self, place: str) -> None:
        """Open the first questions."""

    @abstractmethod
    def _next(self) -> tuple[str, str]:
        """The item that is answered next, and how."""

    @abstractmethod
    async def _give(self, item: str, value: str) -> None:
        """Send an answer and wait until it is confirmed."""

    async def onward(self) -> bool:
        """Turn the page where everything on it is answered; whether it was turned."""
        return False

    async def leave(self) -> None:
        """Go away without a word."""
        self._line.close()

    async def end(self) -> None:
        """Hand in, look at the receipt, and close the page."""
        handed_in = await self._line.ask("/form/hand-in", {})
        if handed_in.headers.get("location") != "/thanks":
            raise NotConfirmedError(f"not handed in: {handed_in.status}")
        await self._line.open("/thanks")
        await self.leave()
        self._line.close()


def _rounds(options: dict[str, list[str]]) -> Any:
    """Each item in turn, and in each round the other one of its first two answers."""
    return cycle(
        [(item, values[at % len(values)]) for at in range(2) for item, values in options.items()]
    )


class LightRespondent(Respondent):
    """Answers in the light form, with its script."""

    async def _first(self, place: str) -> None:
        await self._stand_on(place)

    async def _stand_on(self, place: str) -> None:
        page = (await self._line.open(place)).text
        part = PART.search(page)
        if part is None:
            raise NotConfirmedError(f"{place} shows no questions")
        self._part = int(part[1])
        options: dict[str, list[str]] = {}
        for question in QUESTION.finditer(page):
            for name, value in RADIO.findall(question[0]):
                options.setdefault(unescape(name), []).append(unescape(value))
        self._left = len(options)
        self._answers = _rounds(options)

    def _next(self) -> tuple[str, str]:
        self._left -= 1
        return next(self._answers)

    async def _give(self, item: str, value: str) -> None:
        reply = await self._line.ask("/form/answer", {"question": item, item: value})
        if reply.status != 200 or json.loads(reply.body)["problem"]:
            raise NotConfirmedError(f"{reply.status} {reply.body[:100]!r}")

    async def onward(self) -> bool:
        turned = False
        while self._turns and self._left <= 0:
            turned = True
            part = self._part + 1
            reply = await self._line.ask(
                f"/form?part={self._part}", {"script": "yes", "go": str(part)}
            )
            place = reply.headers["location"]
            try:
                await self._stand_on(place)
            except NotConfirmedError:  # after the last part
                await self._stand_on("/form?part=1")
        return turned


class FullRespondent(Respondent):
    """Answers in the full form, over its websocket."""

    async def _first(self, place: str) -> None:
        self._page = OpenPage()
        self._socket: ClientConnection = await connect(
            **opening(self._address, self._line.cookies, self._tls), ping_interval=None
        )
        self._line.close()
        await self._run(self._page.visiting(place.strip("/")))
        self._radios = {
            name.rpartition("answer:")[2]: name
            for name, widget in self._page.widgets.items()
            if type(widget).__name__ == "Radio"
        }
        options = {
            item: [str(option) for option in self._page.widgets[name].options]
            for item, name in self._radios.items()
        }
        if not options:
            raise NotConfirmedError(f"{place} shows no questions: {self._page.exceptions}")
        self._answers = _rounds(options)

    def _next(self) -> tuple[str, str]:
        return next(self._answers)

    async def _give(self, item: str, value: str) -> None:
        name, page = self._radios[item], self._page
        page.set(name, string_value=value)
        page.html.clear()
        await self._run(page.rerunning(page.fragments[name]))
        if page.exceptions or not any(SAVED.search(html) for html in page.html):
            raise NotConfirmedError(str(page.exceptions or page.html)[:300])

    async def _run(self, message: bytes) -> None:
        try:
            await self._socket.send(message)
            finished = False
            while not finished:
                _, finished = self._page.take(await self._socket.recv())
        except WebSocketException as fault:
            raise ConnectionError(str(fault)) from None

    async def leave(self) -> None:
        with suppress(WebSocketException, AttributeError):
            self._socket.transport.abort()
