"""Questionnaires of an organisation's own: what they may hold, and what is said about a mistake.

``tests/packs`` holds one tiny questionnaire for each behaviour. Those under ``wrong`` hold one
mistake each; behind ``# <-`` stands, on the line that must be named, what must be said about it
(with `` ... `` between parts).
"""

from __future__ import annotations

import json
import re
import shutil
import textwrap
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.render.result_json import dumps, result_json
from assessment.render.text import report_text
from assessment.report.build import build_report
from assessment.services.content.check import check_content
from assessment.services.results.evaluation import evaluate
from questionnaires.content_folder import INSTALLED
from questionnaires.library import Library, load
from questionnaires.model import WORKING_GROUP
from questionnaires.problems import ProblemsError
from scoring.answers.context import Context
from scoring.answers.matrix import read_answers
from scoring.result import Result
from scoring.rules.coverage import check_coverage
from scoring.rules.loading import load_guidance
from tests.support import shapes
from tests.support.content_files import assert_named, change, file_with, read_reference_from
from tests.support.files import answers, demo, run, table
from tests.support.places import PACKS
from tests.support.sizes import at_most

GOOD = sorted(PACKS.glob("*.yaml"))
WRONG = sorted((PACKS / "wrong").glob("*.yaml"))


@pytest.fixture(scope="module")
def own() -> Library:
    """The built-in questionnaires and all the packs."""
    return load([PACKS])


def evaluated(*parts: list[Any], context: Context | None = None) -> Result:
    return evaluate(table(*parts), context or Context(), name="answers.csv", folders=[PACKS])


def published(found: Result) -> dict[str, Any]:
    """The result as other programs read it; the summary must be tellable, too."""
    report = build_report(found)
    result = result_json(report.result, report.round)
    shapes.check(json.loads(dumps(result)))
    assert report_text(report)
    return result


# -- every kind of item ------------------------------------------------------------------------


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_each_pack_stands_by_itself(path: Path, tmp_path: Path) -> None:
    shutil.copy(path, tmp_path)
    assert len(load([tmp_path]).questionnaires) == len(load().questionnaires) + 1


def test_all_packs_together_pass_the_check() -> None:
    problems, counted = check_content([PACKS])
    assert not problems
    assert f"{len(load().questionnaires) + len(GOOD)} questionnaires" in counted


def test_the_packs_cover_every_kind_of_item(own: Library) -> None:
    kinds = {
        i.kind for i in own.items.values() if own.questionnaire_of[i.id].id not in own.built_in
    }
    assert kinds == {item.kind for item in own.items.values()}


def test_items_lists_them_with_their_own_wording_scale_and_groups() -> None:
    listed = {item["item"]: item for item in json.loads(run("items", "--json", *folder()).stdout)}
    evening = listed["evenings.planned"]
    assert evening["groups"] == ["families", "volunteers", "staff"]
    assert evening["text"]["families"] == "We plan our evenings with staff."
    assert (evening["dimension"], evening["domain"]) == ("good_evenings", "evenings")
    assert [(o["code"], o["score"]) for o in listed["bicycles.lent"]["options"]] == [
        ("none_yet", 0),
        ("some", 40),
        ("for_all", 100),
        ("dont_know", None),
        ("does_not_apply", None),
    ]
    assert listed["house.chairs"]["options"] == []
    assert [o["code"] for o in listed["house.rooms"]["options"]] == ["kitchen", "hall", "none"]


def folder() -> tuple[str, Path]:
    return "--questionnaires", PACKS


@pytest.mark.parametrize(
    ("group", "item", "value"),
    [
        ("staff", "meetings.plain_words", "always"),
        ("staff", "welcome.at_the_door", "sideways"),
        ("staff", "welcome.by_name", "strongly_agree"),
        ("manager", "bicycles.lent", "some"),
        ("manager", "bicycles.lent", "does_not_apply"),
        ("manager", "bicycles.lent.note", "There are two in the shed."),
        (WORKING_GROUP, "bicycles.lent", "did_not_agree:none_yet;some"),
        ("staff", "concern.keys", "serious"),
        ("staff", "boundary.pets.rule", "sometimes_ok"),
        ("staff", "boundary.pets.mine", "not_ok"),
        ("staff", "words.anything", '=1+1 "quoted", with a comma\nand a second line'),
        (WORKING_GROUP, "house.floor", "dont_know"),
        (WORKING_GROUP, "house.rooms", "kitchen; hall"),
        (WORKING_GROUP, "house.chairs", "12.5"),
        ("service_user", "asked.kindly", "prefer_not"),
    ],
)
def test_what_an_item_allows_is_read(own: Library, group: str, item: str, value: str) -> None:
    read_answers(table(answers(own, group, {item: value})), own, Context())


@pytest.mark.parametrize(
    ("group", "item", "value", "message"),
    [
        ("staff", "welcome.at_the_door", "agree", "allowed: down, sideways, up, dont_know"),
        ("staff", "welcome.at_the_door", "prefer_not", "'prefer_not' is not offered here"),
        ("manager", "bicycles.lent", "in_place", "allowed: none_yet, some, for_all"),
        ("manager", "bicycles.lent", "did_not_agree:some", "found 'did_not_agree:some'"),
        (WORKING_GROUP, "bicycles.lent", "did_not_agree:few", "did_not_agree:none_yet;for_all"),
        ("staff", "concern.keys", "dont_know", "'dont_know' is not offered here"),
        (WORKING_GROUP, "house.floor", "attic", "allowed: ground, upstairs, dont_know"),
        (WORKING_GROUP, "house.rooms", "kitchen;cellar", "found 'cellar'"),
        (WORKING_GROUP, "house.rooms", "kitchen;kitchen", "twice"),
        (WORKING_GROUP, "house.rooms", "none;hall", "'none' stands alone"),
        (WORKING_GROUP, "house.chairs", "200.5", "the largest allowed is 200"),
        (WORKING_GROUP, "house.chairs", "-1", "the smallest allowed is 0"),
        (WORKING_GROUP, "house.chairs", "a dozen", "a number such as 12 or 7.5"),
        (WORKING_GROUP, "house.chairs", "7,5", "with a point"),
        ("board", "words.anything", "Hello", "not asked of 'board'; asked of: service_user, staff"),
    ],
)
def test_what_an_item_does_not_allow_is_refused(
    own: Library, group: str, item: str, value: str, message: str
) -> None:
    with pytest.raises(ProblemsError, match=re.escape(message)):
        read_answers(table(answers(own, group, {item: value})), own, Context())


# -- what results say about them ---------------------------------------------------------------


def bad_everywhere(library: Library) -> list[list[Any]]:
    """The lowest answers to everything in the packs."""
    return [
        answers(
            library, "service_user", {"meetings.plain_words": "never", "music.played": "never"}
        ),
        answers(library, "staff", {"meetings.plain_words": "never", "music.played": "never"}),
        answers(library, "staff", {"concern.keys": "serious", "evenings.planned": "never"}),
        answers(library, WORKING_GROUP, {"bicycles.lent": "none_yet", "house.chairs": "0"}),
    ]


def from_other_people(rows: list[Any]) -> list[Any]:
    """The same rows from people who are not in the demonstration, or from its working group."""
    made = demo().table
    team = made.loc[made["group"] == WORKING_GROUP, "respondent"].iloc[0]
    return [(team if row[1] == WORKING_GROUP else f"own-{row[0]}", *row[1:]) for row in rows]


@pytest.fixture(scope="module")
def with_and_without(own: Library) -> tuple[dict[str, Any], dict[str, Any]]:
    """The demonstration's result with the worst answers to the packs added, and without."""
    demonstration = demo()
    before = list(demonstration.table.itertuples(index=False, name=None))
    # The same people in both, so that only the own items differ.
    extra = [from_other_people(part) for part in bad_everywhere(own)]
    silent = [[(*row[:4], "") for row in part] for part in extra]
    without = evaluated(before, *silent, context=Context(organisation="Without"))
    added = evaluated(before, *extra, context=Context(organisation="With"))
    return published(added), published(without)


def test_an_own_dimension_is_reported(
    with_and_without: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    added, _ = with_and_without
    fair = added["dimensions"]["fair_meetings"]
    assert fair["score"] == 0
    assert {group: cell["score"] for group, cell in fair["groups"].items()} == {
        "service_user": 0,
        "staff": 0,
    }
    assert added["domains"]["meetings"]["score"] == 0
    assert added["dimensions"]["bicycles"]["score"] == 0
    assert {"id": "concern.keys", "share_serious": 1.0, "responses": []}.items() <= next(
        concern for concern in added["concerns"] if concern["id"] == "concern.keys"
    ).items()


def test_an_own_dimension_never_enters_the_overall_band(
    with_and_without: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    added, without = with_and_without
    for key in ("readiness", "gates", "recommendation"):
        assert added[key] == without[key]


def test_an_own_dimension_in_a_built_in_domain_stands_beside_its_score(
    with_and_without: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    added, without = with_and_without
    assert added["dimensions"]["music"]["score"] == 0
    assert added["domains"]["culture"] == without["domains"]["culture"]


def test_an_own_dimension_does_not_count_as_having_heard_anybody(own: Library) -> None:
    result = evaluated(answers(own, "service_user", {"music.played": "always"}))
    assert "culture" not in result.profile.evidence.heard


def test_a_practice_in_an_own_dimension_takes_agreed_answers(own: Library) -> None:
    found = published(
        evaluated(
            answers(own, "manager", {"bicycles.lent": "for_all", "bicycles.mended": "some"}),
            answers(own, WORKING_GROUP, {"bicycles.lent": "some", "bicycles.lent.note": "Two."}),
        )
    )["dimensions"]["bicycles"]
    assert (found["basis"], found["score"], found["n"]) == ("agreed", 40, 1)
    assert found["claimed"] == {"manager": 70}
    assert found["shown"] == {"with_note": 1, "agreed": 1}


def test_we_did_not_agree_counts_as_the_lowest_that_members_chose(own: Library) -> None:
    rows = answers(own, WORKING_GROUP, {"bicycles.lent": "did_not_agree:for_all;some"})
    assert published(evaluated(rows))["dimensions"]["bicycles"]["score"] == 40


def test_a_dimension_of_mixed_scales_has_a_score_and_no_agreement(own: Library) -> None:
    rows = answers(own, "staff", {"welcome.at_the_door": "up", "welcome.by_name": "disagree"})
    found = published(evaluated(rows))["dimensions"]["feeling_welcome"]
    assert found["score"] == 63
    assert found["agreement"] is None


def test_the_ladder_reports_an_area_of_its_own(own: Library) -> None:
    codes = own.scales["ladder"].codes
    found = published(
        evaluated(
            answers(own, "service_user", {"garden.now": codes[2]}),
            answers(own, "staff", {"garden.now": codes[4], "garden.wanted": codes[6]}),
        )
    )["ladder"]["garden"]
    assert found["now"] == {"service_user": 3.0, "staff": 5.0}
    assert found["wanted"] == {"staff": 7.0}
    assert found["evidenced"] is None


def test_prefer_not_to_say_is_neither_a_score_nor_a_dont_know(own: Library) -> None:
    declined = answers(own, "service_user", {"asked.kindly": "prefer_not"}, people=4)
    gave = [
        (f"other-{row[0]}", *row[1:])
        for row in answers(own, "service_user", {"asked.kindly": "agree"}, people=5)
    ]
    found = published(evaluated(declined, gave))["dimensions"]["kindly_asked"]
    assert found["score"] == 75
    assert found["groups"]["service_user"]["n"] == 5
    assert found["groups"]["service_user"]["dont_know"] == 0


# -- groups of any name ------------------------------------------------------------------------


def test_groups_of_any_name_answer_on_their_side(own: Library) -> None:
    result = published(
        evaluated(
            answers(own, "families", {"evenings.planned": "never"}),
            answers(own, "volunteers", {"evenings.planned": "always"}),
        )
    )
    assert result["respondents"] == {"families": 6, "volunteers": 6}
    # Half for each side, whatever its groups are called.
    assert result["dimensions"]["good_evenings"]["score"] == 50
    assert result["gaps"][0] | {"interval": None} == {
        "dimension": "good_evenings",
        "high": "volunteers",
        "low": "families",
        "difference": 100,
        "interval": None,
        "evidence": "clear",
    }


def test_a_group_renamed_in_the_context_answers_what_its_side_is_asked(own: Library) -> None:
    rows = answers(own, "residents", {"valued_input.listened_to": "always"})
    with pytest.raises(ProblemsError, match="there is no group 'residents'"):
        evaluated(rows)
    context = Context(sides={"residents": "lived_experience"})
    result = published(evaluated(rows, context=context))
    assert result["respondents"] == {"residents": 6}
    assert result["dimensions"]["valued_input"]["groups"].keys() == {"residents"}


def test_a_renamed_group_is_not_asked_what_only_the_other_side_is_asked(own: Library) -> None:
    rows = answers(own, "residents", {"concern.keys": "some"})
    with pytest.raises(ProblemsError, match=r"'concern\.keys' is not asked of 'residents'"):
        evaluated(rows, context=Context(sides={"residents": "lived_experience"}))


def test_the_context_cannot_move_a_group_of_a_pack_to_the_other_side(own: Library) -> None:
    rows = answers(own, "families", {"evenings.planned": "never"})
    with pytest.raises(ProblemsError, match="'families' stands on the side 'lived_experience'"):
        evaluated(rows, context=Context(sides={"families": "organisation"}))


# -- only own questionnaires -------------------------------------------------------------------


def test_with_own_answers_only_the_built_in_keys_stay_and_are_null(own: Library) -> None:
    result = published(evaluated(*bad_everywhere(own)))
    assert result["readiness"]["band"] is None
    assert result["readiness"]["score"] is None
    counting = [domain.id for domain in own.domains.values() if domain.counts]
    assert len(counting) == 7
    for domain in counting:
        assert result["domains"][domain]["score"] is None
        assert result["domains"][domain]["band"] is None
    for dimension in own.dimensions.values():
        if dimension.counts:
            assert result["dimensions"][dimension.id]["score"] is None
    assert result["recommendation"]["start"]["id"] == "build_involvement"
    assert result["dimensions"]["fair_meetings"]["score"] == 0


# -- mistakes in questionnaires ----------------------------------------------------------------


def expected(path: Path) -> list[tuple[int, list[str]]]:
    """The lines that hold a mistake, each with the parts of what must be said."""
    return [
        (number, found[1].strip().split(" ... "))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if (found := re.search("# <- (.*)", line))
    ]


@pytest.mark.parametrize("path", WRONG, ids=lambda path: path.stem)
def test_a_mistake_in_a_questionnaire_is_named_with_its_line(path: Path, tmp_path: Path) -> None:
    wanted = expected(path)
    assert wanted
    copy = tmp_path / path.name
    shutil.copy(path, copy)
    with pytest.raises(ProblemsError) as caught:
        load([tmp_path])
    messages = [str(problem) for problem in caught.value.problems]
    assert len(messages) == len(wanted), messages
    for line, parts in wanted:
        assert any(
            message.startswith(f"{copy}:{line}: ") and all(part in message for part in parts)
            for message in messages
        ), (line, parts, messages)


def test_all_mistakes_of_all_files_are_named_at_once() -> None:
    readable = [
        p for p in WRONG if not re.search("not YAML|stands twice here", p.read_text("utf-8"))
    ]
    with pytest.raises(ProblemsError) as caught:
        load([PACKS / "wrong"])
    messages = "\n".join(map(str, caught.value.problems))
    for path in readable:
        assert path.name in messages


@pytest.mark.parametrize("command", ["items", "check"])
def test_the_commands_refuse_a_questionnaire_with_a_mistake(command: str, tmp_path: Path) -> None:
    shutil.copy(PACKS / "wrong" / "dimension.yaml", tmp_path)
    result = run(command, "--questionnaires", tmp_path)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "dimension.yaml:12: item x.one: there is no dimension 'shared_decsions'" in result.stderr


def test_evaluate_refuses_a_questionnaire_with_a_mistake_and_writes_nothing(tmp_path: Path) -> None:
    folder, out = tmp_path / "packs", tmp_path / "out.json"
    folder.mkdir()
    shutil.copy(PACKS / "wrong" / "steps.yaml", folder)
    good = tmp_path / "answers.csv"
    demo().table.to_csv(good, index=False)
    result = run("evaluate", good, "--questionnaires", folder, "--json", out)
    assert result.exit_code == 2
    assert "steps.yaml:15" in result.stderr
    assert not out.exists()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda folder: folder / "nowhere", "there is no such folder"),
        (lambda folder: folder, "holds no questionnaire: no file ends in .yaml"),
        (lambda folder: PACKS / "text.yaml", "this is a file: name the folder that it lies in"),
    ],
    ids=["missing", "empty", "a file"],
)
def test_a_folder_without_questionnaires_is_refused(
    make: Any, message: str, tmp_path: Path
) -> None:
    with pytest.raises(ProblemsError, match=message):
        load([make(tmp_path)])


def test_the_same_folder_twice_is_read_once(own: Library) -> None:
    assert load([PACKS, PACKS / ".." / "packs"]).items.keys() == own.items.keys()


def test_the_order_of_files_changes_nothing(tmp_path: Path) -> None:
    """A dimension may use a domain that stands in a file which is read later."""
    pack = (PACKS / "frequency.yaml").read_text(encoding="utf-8")
    domain = "domains:\n  - {id: meetings, title: Meetings, description: How people meet here.}\n"
    assert domain in pack
    later = (PACKS / "text.yaml").read_text(encoding="utf-8")
    (tmp_path / "a.yaml").write_text(pack.replace(domain, ""), encoding="utf-8")
    (tmp_path / "b.yaml").write_text(
        later.replace("sections:", domain + "sections:"), encoding="utf-8"
    )
    assert load([tmp_path]).dimensions["fair_meetings"].domain == "meetings"


def test_a_group_stands_on_one_side_in_all_files(tmp_path: Path) -> None:
    pack = (PACKS / "groups.yaml").read_text(encoding="utf-8")
    (tmp_path / "a.yaml").write_text(pack, encoding="utf-8")
    other = (PACKS / "text.yaml").read_text(encoding="utf-8")
    other = other.replace("sections:", "sides: {families: organisation}\nsections:")
    (tmp_path / "b.yaml").write_text(other, encoding="utf-8")
    with pytest.raises(ProblemsError, match=r"b\.yaml:7: group 'families' stands on the side"):
        load([tmp_path])


def test_what_editors_leave_behind_is_passed_over(tmp_path: Path) -> None:
    shutil.copy(PACKS / "text.yaml", tmp_path)
    (tmp_path / "._text.yaml").write_bytes(b"\x00\x05\x16\x07")
    assert "words.anything" in load([tmp_path]).items


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff\xfei\x00d\x00", "pack.yaml:1: not UTF-8 text"),
        (b"id: caf\xe9\n", "pack.yaml:1: not UTF-8 text: byte 0xe9 cannot be read"),
        (b"id: x\ndescription: \x07\n", "pack.yaml:2: not YAML: a character stands here"),
        (b"description: 2024-13-45\n", "put dates and codes in quotes"),
        (b"description: !!bool perhaps\n", "a value cannot be read"),
        (b"description: !python/object:x {}\n", "pack.yaml:1: not YAML"),
        (b"? [a, b]\n: c\n", "pack.yaml:1: not YAML"),
        (b"a: &a [*a]\n", "there is no field 'a'"),
        (b"a: b\n---\na: b\n", "pack.yaml:2: not YAML"),
        (b"[" * 100_000, "pack.yaml:1: more than 50 levels stand within each other here"),
        (b"- " * 100_000, "pack.yaml:1: more than 50 levels stand within each other here"),
        (b"#" * 3_000_000, "pack.yaml: has more than 2 MB"),
        (b"a: *nowhere\n", "pack.yaml:1: not YAML"),
    ],
    ids=lambda value: None,
)
def test_a_file_that_is_no_yaml_is_refused(content: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_bytes(content)
    with pytest.raises(ProblemsError) as caught:
        load([tmp_path])
    assert message in str(caught.value)
    assert len(str(caught.value)) < 3000


SNIPPETS = [
    *(
        "",
        "x",
        "null",
        "true",
        "-1",
        ".nan",
        "[]",
        "{}",
        "- ",
        ": ",
        "'",
        '"',
        "\t",
        "  ",
        "#",
        "&a",
    ),
    *(
        "*a",
        "<<",
        "!!int",
        "2024-13-01",
        "staff",
        "practice",
        "dont_know",
        "culture",
        "organisation",
    ),
]


@at_most(40, deep=1000)
@given(data=st.data())
def test_a_pack_with_something_changed_is_read_or_refused(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(GOOD))
    lines = path.read_text(encoding="utf-8").splitlines()
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        match data.draw(st.sampled_from(["value", "insert", "indent", "delete", "repeat"])):
            case "value":
                lines[at] = (
                    lines[at].partition(":")[0] + ": " + data.draw(st.sampled_from(SNIPPETS))
                )
            case "insert":
                within = data.draw(st.integers(0, len(lines[at])))
                snippet = data.draw(st.sampled_from(SNIPPETS))
                lines[at] = lines[at][:within] + snippet + lines[at][within:]
            case "indent":
                lines[at] = " " * data.draw(st.integers(0, 8)) + lines[at].lstrip()
            case "delete":
                lines[at] = ""
            case "repeat":
                lines.insert(at, lines[at])
    with TemporaryDirectory() as folder:
        (Path(folder) / "pack.yaml").write_text("\n".join(lines), encoding="utf-8")
        try:
            load([Path(folder)])
        except ProblemsError as error:
            assert error.problems
            for problem in error.problems:
                assert problem.message.strip()


# -- mistakes in rules and advice --------------------------------------------------------------

BOUNDARIES = "needs: {practice: boundaries.discussed_and_written, at_least: in_place}"
SAFEGUARD = "missing: {practice: supervision.peer_supervision, below: in_place}"
FIT = "when: {fact: fit.wants, includes: advice}"


def too_many_ways(library: Library) -> str:
    practices = [item.id for item in library.items.values() if item.kind == "practice"][:9]
    ways = ", ".join(f"{{practice: {name}, at_least: in_place}}" for name in practices)
    return f"needs: {{all: [{', '.join([f'{{any: [{ways}]}}'] * 4)}]}}"


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "gates",
            BOUNDARIES,
            BOUNDARIES.replace("at_least", "below"),
            "'below' is not allowed here",
        ),
        (
            "gates",
            BOUNDARIES,
            BOUNDARIES.replace("in_place", "80"),
            "a threshold on a practice names a code, such as in_place; found 80",
        ),
        (
            "gates",
            BOUNDARIES,
            BOUNDARIES.replace("in_place", "inplace"),
            "'inplace' is no step of 'boundaries.discussed_and_written' (did you mean 'in_place'?)",
        ),
        (
            "gates",
            BOUNDARIES,
            BOUNDARIES.replace("written", "writen"),
            "there is no item 'boundaries.discussed_and_writen' (did you mean",
        ),
        ("gates", BOUNDARIES, "needs: {all: []}", "needs > all: found []; at least 1 needed"),
        ("gates", BOUNDARIES, "needs: {heard: [principels]}", "(did you mean 'principles'?)"),
        ("gates", BOUNDARIES, "needs: {score: boundaries, at_least: 250}", "from 0 to 100; found"),
        ("gates", BOUNDARIES, "needs: {score: boundary, at_least: 50}", "no dimension or domain"),
        ("gates", BOUNDARIES, "needs: {agreement: x, at_least: 50}", "no field 'agreement'"),
        (
            "gates",
            BOUNDARIES,
            "needs: {fact: fit.pay, is_one_of: [payd]}",
            "'payd' is no answer to",
        ),
        ("gates", BOUNDARIES, "needs: {fact: fit.pay, includes: paid}", "is read with is_one_of"),
        ("gates", BOUNDARIES, "needs: {fact: concern.effective, includes: x}", "of kind 'concern'"),
        ("gates", "- id: boundaries_written", "- id: costs_met", "id 'costs_met' stands twice"),
        (
            "gates",
            "force: must",
            "force: most",
            "(did you mean 'must'?); allowed: 'must', 'should'",
        ),
        ("gates", "gates:\n", "gate:\n", "expected 'gates:' with a list below it"),
        (
            "offers",
            "[papers_early,",
            "[papers_erly,",
            "no gate 'papers_erly' (did you mean 'papers_e",
        ),
        (
            "offers",
            FIT,
            f"when: {BOUNDARIES.removeprefix('needs: ')}",
            "only facts may be read here",
        ),
        ("offers", FIT, "when: {score: culture, at_least: 50}", "only facts may be read here"),
        ("offers", "      D: ", "      Z: ", "there is no exposure 'Z'; allowed: C, D"),
        ("offers", "    role_level: advisory\n", "", "write its model, role_level and arrangement"),
        (
            "offers",
            "points: 40",
            "points: 60",
            "another need and the points under 'fits' reach 75; they must stay under",
        ),
        (
            "risk",
            SAFEGUARD,
            SAFEGUARD.replace("supervision.peer_supervision", "boundaries.discussed_and_written"),
            "which one of its gates asks for: a failed gate is not also a risk point",
        ),
        (
            "risk",
            SAFEGUARD,
            SAFEGUARD.replace("below", "at_least"),
            "'at_least' is not allowed here",
        ),
        ("risk", SAFEGUARD, "missing: {heard: [culture]}", "'heard' is not allowed here"),
        ("risk", "document: doing-peer-work", "document: doing", "no source document 'doing'"),
        ("risk", "letter: C", "letter: V", "letter 'V' stands for another exposure"),
        ("choice", "highest_risk: moderate", "highest_risk: high", "high risk is never allowed"),
        ("choice", "fallback: build_inv", "fallback: build_invo", "there is no offer 'build_invoo"),
        ("choice", "{low: low, moderate", "{moderate", "say the highest risk for the answer 'low'"),
        ("ladders", "default: seven_step", "default: six_step", "there is no ladder 'six_step'"),
        ("ladders", "- area: evaluation", "- area: evaluaton", "(did you mean 'evaluation'?)"),
        ("ladders", "rung: {seven_step: 4", "rung: {seven_step: 9", "there is no rung 9"),
        (
            "thresholds",
            "[service_user, staff",
            "[service_usr, staff",
            "(did you mean 'service_user'?)",
        ),
        (
            "actions",
            "dimension: belief_in",
            "dimension: beleif_in",
            "no dimension 'beleif_in_peers'",
        ),
        ("concerns", "concern: concern.", "concern: concerns.", "there is no item 'concerns."),
        (
            "concerns",
            "- {concern: concern.relapse, result:",
            "- {concern: concern.fragile, result:",
            "concern concern.relapse has no line for the shared results: add one",
        ),
        (
            "concerns",
            "- {concern: concern.relapse, result:",
            "- {concern: concern.fragile, result:",
            "concern concern.fragile has a line already: keep one",
        ),
        ("concerns", "needs: [appetite.asked]", "needs: [appetite.want_it]", "allowed: practice"),
        ("concerns", "needs: [appetite.asked]", "needs: [appetite.ask]", "no item 'appetite.ask'"),
        (
            "coverage",
            "- lines: 35-66",
            "- lines: 36-66",
            "expected a row from line 35, found 36-66",
        ),
        (
            "coverage",
            "- lines: 35-66",
            "- lines: 30-66",
            "expected a row from line 35, found 30-66",
        ),
        ("coverage", "- lines: 35-66", "- lines: 35–66", "a range such as 12-15"),
        ("coverage", "lines: 1182", "lines: 1180", "has 1182 lines in sources.yaml, found 1180"),
        (
            "coverage",
            "[belief_in_peers.evidence_shared,",
            "[belief_in_peers.evidence_sharde,",
            "nothing has the id 'belief_in_peers.evidence_sharde' (did you mean",
        ),
        (
            "coverage",
            "document: peer-work-policy",
            "document: peer-work-polici",
            "there is no source 'peer-work-polici' (did you mean 'peer-work-policy'?)",
        ),
        ("coverage", "- document: peer-work-policy", "- document: doing-peer-work", "stands twice"),
    ],
    ids=lambda value: None,
)
def test_a_mistake_in_the_guidance_is_named_with_its_line(
    file: str,
    old: str,
    new: str,
    message: str,
    own: Library,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    copy = shutil.copytree(INSTALLED.guidance, tmp_path / "guidance")
    reference = shutil.copytree(INSTALLED.reference, tmp_path / "reference")
    read_reference_from(reference, monkeypatch)
    change(file_with(old, reference if file == "ladders" else copy, file), old, new)
    assert_named(guidance_problems(own, copy, file), message)


def guidance_problems(library: Library, folder: Path, file: str = "coverage") -> list[str]:
    """What is wrong with the guidance, looking no further than a mistake in this file needs."""
    try:
        guidance = load_guidance(
            library, folder=folder, deep=file in ("actions", "concerns", "thresholds")
        )
        found = check_coverage(guidance, library) if file == "coverage" else ()
        return [str(problem) for problem in found]
    except ProblemsError as error:
        return [str(problem) for problem in error.problems]


def in_a_folder(folder: Path) -> Path:
    """A questionnaire of two sections, each in its file."""
    folder.mkdir()
    head, _, sections = (
        (PACKS / "asked_if.yaml").read_text(encoding="utf-8").partition("sections:\n")
    )
    section = textwrap.dedent(sections.replace("  - id:", "    id:", 1))
    (folder / "questionnaire.yaml").write_text(f"{head}sections: [last, first]\n", "utf-8")
    (folder / "last.yaml").write_text(section, "utf-8")
    (folder / "first.yaml").write_text(
        "id: first\ntitle: First\nitems:\n  - id: first.text\n    kind: text\n    text: Why?\n"
        "    groups: [working_group]\n    source: [{document: doing-peer-work, section: '1'}]\n",
        "utf-8",
    )
    return folder


def test_a_questionnaire_may_be_a_folder_of_its_sections(tmp_path: Path) -> None:
    folder = in_a_folder(tmp_path / "own")
    from_folder, from_files = load([tmp_path]), load([PACKS])
    own = from_folder.questionnaires[-1]
    assert [section.id for section in own.sections[-1:]] == ["first"]
    same = next(q for q in from_files.questionnaires if q.id == own.id)
    assert own.sections[:-1] == same.sections
    # The folder may be named itself, too.
    assert load([folder]).questionnaires[-1] == own


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("last", "kind: ", "knd: ", r"own/last\.yaml:\d+: .*there is no field 'knd'"),
        ("first", "title: First", "title: ", r"own/first\.yaml:2: sections > number 2 > title"),
        ("first", "id: first\n", "- id: first\n", r"own/first\.yaml:\d+: not YAML"),
        (
            "first",
            "document: doing",
            "document: dong",
            r"own/first\.yaml:8: item first\.text: there",
        ),
        (
            "questionnaire",
            "last, first",
            "last",
            r"questionnaire\.yaml:\d+: first\.yaml is not list",
        ),
        (
            "questionnaire",
            "last, first",
            "last, frst",
            r"no file frst\.yaml here \(did you mean 'first'",
        ),
        (
            "questionnaire",
            "last, first",
            "last, first, last",
            r"questionnaire\.yaml:\d+: 'last' stands",
        ),
        (
            "questionnaire",
            "[last, first]",
            "{last: 1}",
            r"questionnaire\.yaml:\d+: expected 'sections:'",
        ),
    ],
)
def test_a_mistake_in_a_folder_is_named_with_its_file_and_line(
    file: str, old: str, new: str, message: str, tmp_path: Path
) -> None:
    change(in_a_folder(tmp_path / "own") / f"{file}.yaml", old, new)
    with pytest.raises(ProblemsError, match=message):
        load([tmp_path])


def test_an_id_that_stands_in_two_sections_is_named_with_both(tmp_path: Path) -> None:
    path = in_a_folder(tmp_path / "own") / "first.yaml"
    first = next(iter(load([tmp_path]).questionnaires[-1].items())).id
    change(path, "id: first.text", f"id: {first}")
    with pytest.raises(
        ProblemsError,
        match=rf"own/first\.yaml:4: item '{first}' stands in .*own/last\.yaml already",
    ):
        load([tmp_path])


@pytest.mark.parametrize(
    ("conditions", "called", "message"),
    [
        ("{x: {fact: fit.pay, is_one_of: [paid]}}", "x", None),
        ("{y: {any: [x]}, x: {fact: fit.pay, is_one_of: [paid]}}", "y", None),
        ("{y: {any: [{all: [x]}]}, x: {fact: fit.pay, is_one_of: [paid]}}", "y", None),
        ("{x: y, y: x}", "x", "goes in a circle: x calls y calls x"),
        ("{x: {all: [x]}}", "x", "goes in a circle: x calls x"),
        ("{paid: {fact: fit.pay, is_one_of: [paid]}}", "payd", "did you mean 'paid'"),
        ("&a {x: {any: [*a]}}", "x", "conditions"),
        ("{x: {fact: fit.pay, is_one_of: [payd]}}", "x", r"pack\.yaml:1: 'payd' is no answer to"),
        ("[x]", "x", "there is no condition 'x'; allowed: none yet"),
    ],
)
def test_conditions_are_called_by_name(
    conditions: str, called: str, message: str | None, tmp_path: Path
) -> None:
    (tmp_path / "pack.yaml").write_text(
        f"conditions: {conditions}\nid: own\nversion: 1\ntitle: Own\ndescription: Own\n"
        "groups: [working_group]\nsections:\n  - id: s\n    title: S\n    items:\n"
        "      - id: own.text\n        kind: text\n        text: Why?\n"
        f"        asked_if: {called}\n"
        "        source: [{document: doing-peer-work, section: '1'}]\n",
        "utf-8",
    )
    if message is None:
        asked = load([tmp_path]).items["own.text"].asked_if
        assert asked and asked.leaves()[0].fact == "fit.pay"
        return
    with pytest.raises(ProblemsError, match=message) as raised:
        load([tmp_path])
    assert len(raised.value.problems) <= 2


def test_more_than_4096_combinations_are_refused(own: Library, tmp_path: Path) -> None:
    copy = shutil.copytree(INSTALLED.guidance, tmp_path / "guidance")
    change(file_with(BOUNDARIES, copy, "gates"), BOUNDARIES, too_many_ways(own))
    problems = guidance_problems(own, copy)
    # 9 ways in each of 4 places, and the two ways that another gate leaves.
    assert "leave 13122 combinations of alternatives" in problems[0]
    # The gate is asked for every offer but those of advice, so each of the others is named.
    offers = load_guidance(own).offers.values()
    named = [offer.id for offer in offers if offer.model and offer.role_level != "advisory"]
    assert [problem.split("offer ")[1].split(":")[0] for problem in problems] == named


def test_the_guidance_as_it_stands_has_no_problem(own: Library) -> None:
    for file in ("actions", "coverage"):
        assert guidance_problems(own, INSTALLED.guidance, file) == []
