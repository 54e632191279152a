"""The file of the organisation's own sign-in: what is read from it, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from assessment.exchange.sign_in_file import read_sign_in
from questionnaires.problems import ProblemsError
from tests.support.places import ROOT

HEAD = """\
name: Example ID
issuer: https://id.example.org
client_id: app
client_secret_file: secret
"""
ROLES = """\
roles:
  - {address: sam@example.org, role: coordinator, organisation: Willow}
"""


def written(folder: Path, text: str, secret: str = "hush\n") -> Path:
    (folder / "secret").write_text(secret, encoding="utf-8")
    path = folder / "sign-in.yaml"
    path.write_text(dedent(text), encoding="utf-8")
    return path


def told(folder: Path, text: str, secret: str = "hush\n") -> list[str]:
    path = written(folder, text, secret)
    with pytest.raises(ProblemsError) as refused:
        read_sign_in(path)
    return [line.replace(path.as_posix(), "FILE") for line in refused.value.lines()]


def test_the_secret_comes_from_its_file_and_is_never_shown(tmp_path: Path) -> None:
    found = read_sign_in(written(tmp_path, HEAD + ROLES))
    assert found.client_secret == "hush" and "hush" not in repr(found)
    assert (found.file.scopes, found.file.only) == (("email",), False)


def test_the_example_is_read_once_it_has_its_secret(tmp_path: Path) -> None:
    example = (ROOT / "docs" / "sign-in.yaml").read_text(encoding="utf-8")
    (tmp_path / "client-secret").write_text("hush", encoding="utf-8")
    found = read_sign_in(written(tmp_path, example))
    assert [rule.role for rule in found.file.roles] == ["administrator", "coordinator", "viewer"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            HEAD.replace("https", "http") + ROLES,
            "FILE:2: issuer: found 'http://id.example.org'; write an address that begins with "
            "'https://' and has no '?' and no '#' ('http://' only for a provider on this computer: "
            "localhost, 127.0.0.1)",
        ),
        (
            HEAD + "roles: []\n",
            "FILE:5: roles: found []; at least 1 needed",
        ),
        (
            HEAD + "roles:\n  - {address: sam, role: administrator}\n",
            "FILE:6: roles > number 1: found 'sam'; write one e-mail address, such as "
            "'sam@example.org'",
        ),
        (
            HEAD + "roles:\n  - {role: administrator}\n",
            "FILE:6: roles > number 1: nothing says who this is for; write either 'address' with "
            "an e-mail address, or 'claim' with 'has'",
        ),
        (
            HEAD + "roles:\n  - {claim: groups, role: administrator}\n",
            "FILE:6: roles > number 1: 'has' is missing beside 'claim'; write both",
        ),
        (
            HEAD + "roles:\n  - {address: a@b, claim: c, has: d, role: administrator}\n",
            "FILE:6: roles > number 1: found 'address' and 'claim'; write either 'address', or "
            "'claim' with 'has', not both",
        ),
        (
            HEAD + "roles:\n  - {address: a@b, role: viewer}\n",
            "FILE:6: roles > number 1: 'organisation' is missing; a viewer belongs to one: write "
            "its name",
        ),
        (
            HEAD + "roles:\n  - {address: a@b, role: administrator, organisation: Willow}\n",
            "FILE:6: roles > number 1: an administrator belongs to no organisation: take "
            "'organisation' away, or make the role 'coordinator' or 'viewer'",
        ),
        (
            HEAD + "roles:\n  - {address: a@b, role: boss}\n",
            "FILE:6: roles > number 1 > role: 'boss' is not allowed; allowed: 'administrator', "
            "'coordinator' or 'viewer'",
        ),
        (
            HEAD + "isuer: here\n" + ROLES,
            "FILE:5: isuer: there is no field 'isuer' (did you mean 'issuer'?); allowed: name, "
            "issuer, client_id, client_secret_file, scopes, only, roles",
        ),
        (
            HEAD.replace("secret\n", "nowhere\n") + ROLES,
            "FILE:4: client_secret_file: the file 'nowhere' cannot be read (No such file or "
            "directory); name a file that holds the client secret and nothing else, seen from the "
            "folder of this file",
        ),
    ],
)
def test_each_mistake_is_told_with_its_line_and_what_is_allowed(
    tmp_path: Path, text: str, line: str
) -> None:
    assert told(tmp_path, text) == [line]


def test_an_empty_secret_is_told(tmp_path: Path) -> None:
    (line,) = told(tmp_path, HEAD + ROLES, " \n")
    assert line.startswith("FILE:4: client_secret_file: the file 'secret' is empty")


@pytest.mark.parametrize("address", ["http://localhost:9400", "http://127.0.0.1:9400"])
def test_a_provider_on_this_computer_needs_no_encryption(tmp_path: Path, address: str) -> None:
    text = HEAD.replace("https://id.example.org", address) + ROLES
    assert read_sign_in(written(tmp_path, text)).file.issuer == address
