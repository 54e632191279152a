"""Whether people's phones can open the links: tried for real, as far as this computer can.

The name is looked up, and a route of ours is asked over the very address that the links print. It
answers with something that only this installation can know. A phone that opens a page for that
purpose is the surest try; that one came is kept in memory, and nothing of the phone.
"""

from __future__ import annotations

import hmac
import secrets
import socket
import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import closing
from enum import StrEnum
from hashlib import sha256
from ipaddress import IPv4Address, IPv6Address, ip_address
from threading import Lock
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, build_opener

from assessment.services.access.installation_secret import derived
from assessment.services.rounds.overview import only_here
from assessment.settings import settings

#: The route that is asked, and the page that a phone opens.
ROUTE, PHONE = "/here", "/phone"
#: How long an answer is waited for, and how long what was found holds, seconds.
PATIENCE, HOLDS = 2.0, 300.0
MOST = 200
Address = IPv4Address | IPv6Address


class Reach(StrEnum):
    """From where an address can be opened, or why it cannot."""

    #: On this computer alone.
    HERE = "here"
    #: In the network that this computer is in.
    NETWORK = "network"
    INTERNET = "internet"
    #: Nobody knows the name; nothing answers; something else does; it is not tried.
    UNKNOWN_NAME = "unknown_name"
    SILENT = "silent"
    ANOTHER = "another"
    UNTRIED = "untried"


def answer_to(question: str) -> str:
    """What the route of this installation answers, in each of its processes."""
    return hmac.digest(derived("this installation answers"), question.encode(), sha256).hex()


def tried(
    address: str,
    resolve: Callable[[str, int], list[str]] | None = None,
    ask: Callable[[str], str] | None = None,
) -> Reach:
    """From where an address can be opened; asks it.

    Args:
        address: without a path, such as ``https://ready.example``.
        resolve: gives the numbers of a name; ``ask``: gives what an address answers.
    """
    if only_here(address):
        return Reach.HERE
    parts = urlsplit(address)
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        numbers = [ip_address(text) for text in (resolve or _resolve)(parts.hostname or "", port)]
    except (OSError, ValueError):
        return Reach.UNKNOWN_NAME
    if all(number.is_loopback for number in numbers):
        return Reach.HERE
    # A browser may say any number in its request; only those of this machine are asked, so that
    # nobody lets it ask others.
    if settings().public_address is None and not all(map(_is_ours, numbers)):
        return Reach.UNTRIED
    question = secrets.token_hex(16)
    try:
        said = (ask or _ask)(f"{address}{ROUTE}?question={question}")
    except (OSError, ValueError):
        return Reach.SILENT
    if not hmac.compare_digest(said.strip().encode(), answer_to(question).encode()):
        return Reach.ANOTHER
    return Reach.INTERNET if any(number.is_global for number in numbers) else Reach.NETWORK


def _resolve(name: str, port: int) -> list[str]:
    found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found))


def _is_ours(number: Address) -> bool:
    """Whether a number is one of this machine: nobody else's can be listened at."""
    family = socket.AF_INET if number.version == 4 else socket.AF_INET6
    with closing(socket.socket(family, socket.SOCK_STREAM)) as trying:
        try:
            trying.bind((str(number), 0))
        except OSError:
            return False
    return True


def _ask(address: str) -> str:
    """What an address answers, straight and not by a proxy.

    Raises:
        OSError: it does not, or not encrypted as it says.
    """
    try:
        with build_opener(ProxyHandler({})).open(address, timeout=PATIENCE) as answer:
            return answer.read(200).decode("ascii", "replace")
    except URLError as error:
        raise OSError(str(error)) from None


_found: OrderedDict[str, tuple[float, Reach]] = OrderedDict()
_phones: OrderedDict[str, bool] = OrderedDict()
_lock = Lock()


def reach(address: str) -> Reach:
    """The same as ``tried``, asked again only after some minutes."""
    with _lock:
        at, known = _found.get(address, (0.0, Reach.UNTRIED))
    if at and time.monotonic() - at < HOLDS:
        return known
    now = tried(address)
    with _lock:
        _found[address] = (time.monotonic(), now)
        while len(_found) > MOST:
            _found.popitem(last=False)
    return now


def new_try() -> str:
    """A mark for a page that a phone will open."""
    mark = secrets.token_urlsafe(9)
    with _lock:
        _phones[mark] = False
        while len(_phones) > MOST:
            _phones.popitem(last=False)
    return mark


def phone_came(mark: str) -> bool:
    """A phone has opened the page with a mark. Returns whether somebody waits for it."""
    with _lock:
        if mark not in _phones:
            return False
        _phones[mark] = True
        return True


def has_come(mark: str) -> bool:
    """Whether a phone has."""
    with _lock:
        return _phones.get(mark, False)
