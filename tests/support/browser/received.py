"""What comes over a page's line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page


@dataclass
class Received:
    """What came, by address: bytes as they were sent, their heads included.

    What a page loads for the next one is counted apart.
    """

    sizes: dict[str, int] = field(default_factory=dict)
    ahead: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.sizes.values())

    @property
    def requests(self) -> int:
        """How many files came over the line, and not out of the browser's cache."""
        return sum(size > 0 for size in self.sizes.values())

    def heaviest(self) -> list[tuple[str, int]]:
        """The eight largest, the largest first."""
        return sorted(self.sizes.items(), key=lambda entry: -entry[1])[:8]


def receive(page: Page) -> Received:
    """What a page receives from now on; websockets are not counted."""
    received = Received()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    addresses: dict[str, str] = {}
    ahead: set[str] = set()

    def asked(event: dict[str, Any]) -> None:
        headers = {name.lower(): value for name, value in event["headers"].items()}
        if "prefetch" in headers.get("sec-purpose", "") + headers.get("purpose", ""):
            ahead.add(event["requestId"])

    def named(event: dict[str, Any]) -> None:
        addresses[event["requestId"]] = event["response"]["url"]

    def arrived(event: dict[str, Any]) -> None:
        name = event["requestId"]
        kept = received.ahead if name in ahead else received.sizes
        address = addresses.get(name, "")
        kept[address] = kept.get(address, 0) + int(event["encodedDataLength"])

    session.on("Network.requestWillBeSentExtraInfo", asked)
    session.on("Network.responseReceived", named)
    session.on("Network.loadingFinished", arrived)
    return received
