"""Takes what leads to a person out of what somebody wrote, before it is kept: addresses of all
kinds, telephone numbers, other long numbers.

It happens where words leave the encrypted draft, so that a number is not taken out while somebody
is still typing it; until then nobody but the one who writes can read them. A name cannot be known
by its letters: the box asks for none, and whoever reviews texts takes out those that stand there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from questionnaires.library import Library

MAIL, WEB, PROFILE = "[e-mail address]", "[web address]", "[profile name]"
PLACE, NUMBER = "[address]", "[number]"
#: So many digits make a number by which somebody can be found; a year or a price has fewer.
LONG = 5

_BEGINS = r"(?<![^\s,;:<>()\[\]\"'“”‘’])"
#: In one word, with letters of any script. The lengths are limited so that nothing takes long.
_MAIL = re.compile(
    rf"{_BEGINS}[^\s@＠,;:<>()\[\]\"“”]{{1,64}}"
    r"(?:[@＠]|\s[@＠]\s|\s?[(\[{]\s?(?:at|ät)\s?[)\]}]\s?)"
    r"[^\s@＠,;:<>()\[\]\"“”]{1,255}"
    r"(?:\s?[(\[{]\s?(?:dot|punkt)\s?[)\]}]\s?\w{2,24})?",
    re.IGNORECASE,
)
#: Endings that are no words: "me" and "it" follow many a full stop without a blank.
_ENDING = "com|org|net|info|eu|uk|ie|de|ch|fr|nl|pl|se|dk|ca|au|nz|app|online"
#: Whatever begins like an address, before its parts are taken for something else.
_FULL_WEB = re.compile(r"\b(?:https?://|www\.)\S{1,2000}", re.IGNORECASE)
_WEB = re.compile(
    rf"{_BEGINS}[\w-]{{2,63}}(?:\.[\w-]{{1,63}}){{0,3}}"
    rf"\.(?:{_ENDING})(?:/\S{{0,2000}})?(?![\w.-]*\w)",
    re.IGNORECASE,
)
_PROFILE = re.compile(r"(?<![\w@＠])[@＠][\w.-]{2,64}")
_STREETS = (
    "street|st|road|rd|avenue|ave|lane|ln|close|court|crescent|drive|gardens|grove|hill|house|mews|"
    "park|parade|place|row|square|terrace|walk|way|quay"
)
#: "12b Mill Lane", "Mühlgasse 12", "rue du Port 8", and codes of the British post.
_PLACE = re.compile(
    rf"\b\d{{1,4}}[a-z]?,?\s(?:[^\W\d_][\w'’-]{{0,30}}\s){{1,3}}(?:{_STREETS})\b\.?"
    r"|\b[^\W\d_][\w-]{0,40}(?:straße|strasse|str\.|gasse|weg|platz|allee)\s\d{1,4}[a-z]?\b"
    r"|\b(?:rue|avenue|via|calle)\s(?:[\w'’-]{1,30}\s){1,4}\d{1,4}\b"
    r"|\b[a-z]{1,2}\d[a-z\d]?\s?\d[a-z]{2}\b",
    re.IGNORECASE,
)
#: Digits with whatever people put between them.
_NUMBER = re.compile(rf"\+?[(\[]?\d(?:[\s().\-–/·_*]{{0,3}}\d){{{LONG - 1},60}}")


def masked(text: str) -> str:
    """A text with words in brackets in the place of addresses and long numbers."""
    for sign, pattern in (
        (WEB, _FULL_WEB),
        (MAIL, _MAIL),
        (WEB, _WEB),
        (PROFILE, _PROFILE),
        (PLACE, _PLACE),
        (NUMBER, _NUMBER),
    ):
        text = pattern.sub(sign, text)
    return text


def masked_words(answers: Mapping[str, str], library: Library) -> dict[str, str]:
    """Those of some answers that are in words of one's own, by item, as they are kept."""
    items = library.items
    return {
        item: masked(text)
        for item, text in answers.items()
        if item in items and items[item].kind == "text"
    }
