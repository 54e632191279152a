"""Under which names the app answers.

A page elsewhere whose name is made to point at this machine (DNS rebinding) would otherwise be the
same site to a browser, and read what the app shows. It cannot choose the name that stands in
``Host``: that stays its own.
"""

from __future__ import annotations

import socket
from functools import cache
from ipaddress import ip_address

from starlette.datastructures import Headers
from starlette.types import Scope

from assessment.settings import settings

#: What home and office networks put behind the name of a machine; nobody can register them.
LOCAL_ENDINGS = ("local", "lan", "home", "home.arpa", "internal", "localdomain")
#: What a load balancer asks, which knows no name.
WITHOUT_NAME = ("/alive", "/_stcore/health")


def is_ours(headers: Headers, path: str) -> bool:
    """Whether a request asks for a name under which this installation answers.

    That is the one of its public address, where it is set. Any number is one that was typed, so it
    names this machine; so do ``localhost`` and the machine's own names, unless there is a public
    name: then they are for checks on the machine itself, which use numbers or ``localhost``.
    """
    if path in WITHOUT_NAME:
        return True
    name = host_name(headers.get("host", ""))
    if _is_number(name) or name == "localhost" or name.endswith(".localhost"):
        return True
    public = settings().public_address
    if public is not None and not _is_number(host_name(public.host or "")):
        return name == host_name(public.host or "")
    return name in own_names()


def is_https(scope: Scope) -> bool:
    """Whether a request came encrypted: to this server, to a proxy whose word the server takes (by
    itself only one on this machine), or to the public address, where that is an encrypted one."""
    if scope.get("scheme") in ("https", "wss"):
        return True
    public = settings().public_address
    if public is None or public.scheme != "https":
        return False
    return host_name(Headers(scope=scope).get("host", "")) == host_name(public.host or "")


def host_name(host: str) -> str:
    """The name in ``Host``, without a port; empty where it is no name."""
    host = host.strip().lower()
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.rpartition(":")[0].rstrip(".") if host.count(":") == 1 else host.rstrip(".")


def _is_number(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


@cache
def own_names() -> frozenset[str]:
    """What this machine is called, in its network too."""
    name = socket.gethostname().lower()
    first = name.partition(".")[0]
    found = {name, first, *(f"{first}.{ending}" for ending in LOCAL_ENDINGS)}
    return frozenset(found - {""})
