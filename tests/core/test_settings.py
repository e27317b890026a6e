"""One table of options; the documentation says what the table says."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from tray_auth_desktop.configuration import Configuration
from tray_auth_desktop.settings import ALL_OPTIONS, MASTER_TOKEN, TIMEOUT, USER_TOKEN, Option

_DOC = Path(__file__).resolve().parents[2] / "docs" / "settings.md"
_ROW = re.compile(r"\| `(?P<variable>[A-Z_]+)` \| (?P<flag>.+?) \| (?P<default>.+?) \| (?P<meaning>.+?) \|")


def _documented() -> dict[str, re.Match[str]]:
    rows = [
        match for line in _DOC.read_text(encoding="utf-8").splitlines() if (match := _ROW.fullmatch(line))
    ]
    return {row["variable"]: row for row in rows}


def test_the_documentation_lists_each_option_once_and_no_other() -> None:
    text = _DOC.read_text(encoding="utf-8")
    assert list(_documented()) == [option.variable for option in ALL_OPTIONS]
    for option in ALL_OPTIONS:
        assert len(re.findall(rf"^\| `{option.variable}`", text, re.MULTILINE)) == 1


@pytest.mark.parametrize("option", ALL_OPTIONS, ids=lambda option: option.name)
def test_the_documentation_says_what_the_table_says(option: Option) -> None:
    row = _documented()[option.variable]
    assert row["flag"] == (f"`{option.flag}`" if option.flag else "none")
    assert row["default"] == (f"`{option.default}`" if option.default else "none")
    meaning = row["meaning"]
    assert meaning.startswith(option.meaning)
    if option.choices:
        choices = ", ".join(f"`{choice}`" for choice in option.choices)
        assert meaning == f"{option.meaning} One of {choices}."
    else:
        assert meaning == option.meaning


@pytest.mark.parametrize("option", ALL_OPTIONS, ids=lambda option: option.name)
def test_an_option_keeps_to_the_form_of_all_options(option: Option) -> None:
    assert option.variable == f"TRAY_{option.name.upper()}"
    assert option.flag in (None, f"--{option.name.replace('_', '-')}")
    assert option.meaning.endswith(".")
    assert option.default is None or not option.choices or option.default in option.choices


def test_no_two_options_share_a_name() -> None:
    assert len({option.name for option in ALL_OPTIONS}) == len(ALL_OPTIONS)


def test_secrets_are_the_only_options_without_a_flag() -> None:
    assert [option for option in ALL_OPTIONS if option.flag is None] == [MASTER_TOKEN, USER_TOKEN]


def test_the_configuration_has_a_field_for_each_option_but_that_of_one_command() -> None:
    fields = {field.name for field in dataclasses.fields(Configuration)}
    of_one_command = (TIMEOUT, USER_TOKEN)
    assert fields == {option.name for option in ALL_OPTIONS if option not in of_one_command} | {
        "waive_sandbox"
    }


def test_the_documentation_names_the_switch_that_is_no_option() -> None:
    assert "`--no-engine-sandbox`" in _DOC.read_text(encoding="utf-8")
