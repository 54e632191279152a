"""Receipts: a number with which somebody can ask, after the end, whether their answers stand as
they handed them in.

The number is stored nowhere. Under this installation's secret it gives two things: the id of the
response, which looks as random as every other, and the key of the response's seal, a MAC over the
answers. Both are made fast: 16 signs are 79 bits, which nobody can try, and whoever has the
database alone has not the secret either. A slow hash would cost each person who hands in some
hundredths of a second, and add nothing. Whoever has the number, the database and the secret can
find the response; the page that shows the number says so.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from assessment.services.access.codes import ALPHABET
from assessment.services.access.installation_secret import derived
from assessment.services.rounds.states import Act, allows
from assessment.store import Store

#: 16 signs of 31 are 79 bits. In parts of four, so that nobody takes it for a code.
LENGTH, PART = 16, 4


@dataclass(frozen=True)
class Receipt:
    """What somebody gets who hands in.

    Attributes:
        own_words: they wrote something, which is kept apart and which the receipt does not cover.
    """

    number: str = field(repr=False)
    own_words: bool = False


def new_number() -> str:
    """A number such as ``K7QM-X4PD-9RTC-H2WZ``."""
    return as_written("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))


def as_written(number: str) -> str:
    """A number as we write it, however it was typed."""
    signs = "".join(sign for sign in number.upper() if sign.isalnum())[: 2 * LENGTH]
    return "-".join(signs[at : at + PART] for at in range(0, len(signs), PART))


def response_id(number: str) -> str:
    """The id of the response that was handed in with a receipt."""
    return _under_secret(number, "response").hex()[:32]


def seal(number: str, assessment: str, group: str, answers: Mapping[str, str]) -> str:
    """What the response keeps, so that a changed answer is noticed.

    It covers what was answered, to which round and in which group, in whatever order and spacing
    the store keeps them.
    """
    text = json.dumps([assessment, group, dict(answers)], sort_keys=True, separators=(",", ":"))
    return hmac.digest(_under_secret(number, "seal"), text.encode(), sha256).hex()


def _under_secret(number: str, purpose: str) -> bytes:
    named = f"{purpose} {as_written(number)}".encode()
    return hmac.digest(derived("receipts"), named, sha256)


def stands(store: Store, number: str) -> bool:
    """Whether answers were handed in with a receipt and stand unchanged, in a round that is over.

    Nothing else is told: neither whether something was changed or is gone, nor of which round or
    group it is.

    Raises:
        UnreachableError: the store does not answer.
    """
    with store.read() as work:
        found = work.responses.sealed(response_id(number))
        record = work.assessments.get(found.assessment) if found else None
    if found is None or record is None or not allows(record, Act.SEE_EXACT_COUNTS):
        return False
    made = seal(number, found.assessment, found.group, found.values)
    return hmac.compare_digest(made, found.seal)
