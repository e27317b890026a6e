"""Each command and each of its flags stands in docs/command-line.md."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from tray_auth_desktop.cli.given import CONFIGURED
from tray_auth_desktop.cli.root import program

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "command-line.md"
#: The settings, which stand in docs/settings.md.
EVERYWHERE = {option.name for option in CONFIGURED} | {"waive_sandbox"}
#: What each command is described by there, as the heading of its section.
NAMES = (
    "create", "edit", "list", "show", "rename", "delete", "users list", "users create", "users delete",
    "services list", "environments list", "scopes list",
)  # fmt: skip


def command(name: str) -> click.Command:
    found: click.Command = program
    for word in name.split():
        assert isinstance(found, click.Group)
        inner = found.get_command(click.Context(found), word)
        assert inner is not None, name
        found = inner
    return found


def section(name: str) -> str:
    found = re.search(
        rf"^## `{name}`\n(.*?)(?=^## |\Z)", DOCUMENT.read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    assert found is not None, name
    return found.group(1)


@pytest.mark.parametrize("name", NAMES)
def test_each_flag_of_a_command_is_described(name: str) -> None:
    text = section(name) + section_of_all()
    for parameter in command(name).params:
        if isinstance(parameter, click.Argument):
            assert (parameter.name or "").upper() in text
        elif parameter.name not in EVERYWHERE:
            assert all(flag in text for flag in (*parameter.opts, *parameter.secondary_opts)), parameter.opts


@pytest.mark.parametrize("name", NAMES)
def test_each_command_takes_the_settings(name: str) -> None:
    assert {parameter.name for parameter in command(name).params} >= EVERYWHERE


def section_of_all() -> str:
    found = re.search(
        r"^## What is the same everywhere\n(.*?)(?=^## )", DOCUMENT.read_text("utf-8"), re.DOTALL | re.M
    )
    assert found is not None
    return found.group(1)
