"""Questions of service users' own: up to three that one round asks beside ours.

They are written into a questionnaire as anybody might write one, so everything that reads
questionnaires reads them too. They have no dimension and never score. A question keeps its id
wherever it is asked in the same words and in the same way.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import yaml
from pydantic import Field

from questionnaires import asked_like
from questionnaires.checks import questionnaire_files
from questionnaires.content_files.yaml_files import Document, build
from questionnaires.content_folder import use
from questionnaires.library import Library
from questionnaires.model import DONT_KNOW, PREFER_NOT, Id, Item, Model, Questionnaire, Sentence
from questionnaires.problems import ProblemsError

#: Their questionnaire, and where its file lies in the content of a round.
OWN_QUESTIONS: Final = "own-questions"
OWN_FILE = f"questionnaires/own/{OWN_QUESTIONS}.yaml"
ASKED_BY_SERVICE_USERS = "Asked by service users"
#: How many there can be, and how long each.
MOST, LONGEST = 3, 160
#: What is easy to read has fewer words, and a school grade no higher.
EASY_WORDS, EASY_GRADE = 18, 6.0

OwnKind = Literal["agree", "yes_no", "words"]
KINDS: Mapping[OwnKind, str] = {
    "agree": "From “disagree a lot” to “agree a lot”",
    "yes_no": "Yes or no",
    "words": "In their own words",
}
#: The scale whose words the answers have; they have no score here.
AGREE_LIKE = "agreement_plain"
YES_NO = ({"code": "yes", "label": "Yes"}, {"code": "no", "label": "No"})


class OwnQuestion(Model):
    """One question.

    Attributes:
        asked: the built-in groups that are asked, or like which a group is asked.
    """

    text: Annotated[Sentence, Field(max_length=LONGEST)]
    kind: OwnKind
    asked: Annotated[tuple[Id, ...], Field(min_length=1)]

    @property
    def id(self) -> str:
        digest = hashlib.sha256(f"{self.kind} {' '.join(self.text.split())}".encode())
        return f"own.q{digest.hexdigest()[:10]}"


def as_file(questions: Sequence[OwnQuestion], library: Library) -> str:
    """The questionnaire of some questions, as a file has it."""
    asked = {group for question in questions for group in question.asked}
    content = {
        "id": OWN_QUESTIONS,
        "version": 1,
        "order": 900,
        "title": ASKED_BY_SERVICE_USERS,
        "description": "Questions that people who use the service wanted to ask in this round.",
        "groups": sorted(asked),
        "sections": [
            {
                "id": "asked-by-service-users",
                "title": ASKED_BY_SERVICE_USERS,
                "intro": "People who use the service here wanted to know this.",
                "items": [_item(question, library) for question in questions],
            }
        ],
    }
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=100)


def _item(question: OwnQuestion, library: Library) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    if question.kind != "words":
        scale = library.scales[AGREE_LIKE].options
        agree = [{"code": option.code, "label": option.label} for option in scale]
        options = agree if question.kind == "agree" else [dict(option) for option in YES_NO]
        answers = {"options": options, "offers": [DONT_KNOW, PREFER_NOT]}
    return {
        "id": question.id,
        "kind": "text" if question.kind == "words" else "choice",
        "text": question.text,
        "groups": list(question.asked),
        **answers,
        "source": [{"document": "doing-peer-work", "section": "5", "lines": "987"}],
        "reason": "Asked by service users of this round. The source expects concerns of their own.",
    }


def with_questions(library: Library, file: str) -> Library:
    """A library that also has the questions of such a file.

    Raises:
        ProblemsError: it cannot be used.
    """
    document = Document(Path(OWN_FILE), file, yaml.safe_load(file))
    with use(library.content):
        pack = asked_like.widened(build(Questionnaire, document.content, document))
        problems = questionnaire_files.questionnaire(pack, document, library)
    ids = {item.id for item in pack.items()}
    if problems or ids & library.items.keys() or pack.id in library.built_in:
        raise ProblemsError(problems or [document.problem("id_taken", (), pack.id, what="item")])
    return replace(library, questionnaires=(*library.questionnaires, pack))


def questions_of(library: Library) -> tuple[OwnQuestion, ...]:
    """The questions of their own that a library has."""
    packs = (pack for pack in library.questionnaires if pack.id == OWN_QUESTIONS)
    return tuple(
        OwnQuestion(text=item.text.default or "", kind=_kind(item), asked=item.groups)
        for pack in packs
        for item in pack.items()
    )


def _kind(item: Item) -> OwnKind:
    if item.kind == "text":
        return "words"
    return "yes_no" if [o.code for o in item.options] == ["yes", "no"] else "agree"


def hints(question: str) -> Iterator[str]:
    """What could be better about the words of a question; nothing of it is forbidden."""
    words = question.split()
    if not words:
        return
    if len(words) > EASY_WORDS:
        yield f"It is long: {len(words)} words. Most people read up to {EASY_WORDS} easily."
    if question.count("?") > 1 or re.search(r"\b(and|or|as well as)\b|/", question, re.IGNORECASE):
        yield "It may ask two things at once. Then nobody knows what an answer means: ask one."
    if len(re.findall(r"\b(?:not|no|never|nobody|nothing)\b|n[’']t\b", question, re.I)) > 1:
        yield "Two times “not” is hard to answer. Say it the other way round."
    if reading_grade(question) > EASY_GRADE:
        yield "It may be hard to read for some. Shorter words help."


def reading_grade(text: str) -> float:
    """About the school grade at which a text is read, after Flesch and Kincaid (1975): 0.39 words a
    sentence and 11.8 syllables a word, less 15.59. Syllables are groups of vowels."""
    words = re.findall(r"[^\W\d_]+(?:[’'][^\W\d_]+)?", text)
    sentences = max(1, len(re.findall(r"[.!?]+(?:\s|$)", text)))
    if not words:
        return 0.0
    syllables = sum(map(_syllables, words))
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def _syllables(word: str) -> int:
    word = word.lower()
    count = len(re.findall(r"[aeiouyäöüáéíóúàèìòùâêîôû]+", word))
    # A last e is silent, but for "-le" after a consonant; so is the e of most "-ed" and "-es".
    if re.search(r"[^aeiouy](?:e|es|ed)$", word) and not re.search(
        r"(?:[^aeiouy]le|[td]ed|[szx]es|[sc]hes|ges|ces)$", word
    ):
        count -= 1
    return max(count, 1)
