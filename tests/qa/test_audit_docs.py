"""docs/audit.md says what there is: flags, keys of a plan, fields of the report, checks and rules."""

from __future__ import annotations

import re
from pathlib import Path

import click
import msgspec
import pytest

from tests.qa.conftest import ROOT
from tray_auth_desktop.cli.audit import audit
from tray_auth_desktop.cli.given import CONFIGURED
from tray_auth_desktop.qa.audit.model import CHECKS, Finding, Result, Step
from tray_auth_desktop.qa.audit.plan import Plan, PlannedDialog, read_plan
from tray_auth_desktop.qa.audit.report import Report

TEXT = (ROOT / "docs" / "audit.md").read_text("utf-8")
COMMANDS = (ROOT / "docs" / "command-line.md").read_text("utf-8")
ELSEWHERE = {option.name for option in CONFIGURED} | {"waive_sandbox", "help"}


def test_each_flag_is_described() -> None:
    section = COMMANDS.partition("## `audit`")[2].partition("\n## ")[0] + TEXT
    for parameter in audit.params:
        if isinstance(parameter, click.Option) and parameter.name not in ELSEWHERE:
            assert all(flag in section for flag in (*parameter.opts, *parameter.secondary_opts)), (
                parameter.opts
            )


def test_no_flag_means_two_things() -> None:
    flags = [flag for parameter in audit.params for flag in parameter.opts]
    assert sorted(flags) == sorted(set(flags))


def test_the_plan_in_it_is_one(tmp_path: Path) -> None:
    (shown,) = re.findall(r"^```toml\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    (tmp_path / "plan.toml").write_text(shown)
    plan = read_plan(tmp_path / "plan.toml")
    assert [dialog.service for dialog in plan.dialogs] == ["twilio", "slack"]


@pytest.mark.parametrize("kind", [Plan, PlannedDialog, Step, Report, Result, Finding])
def test_each_field_is_described(kind: type[msgspec.Struct]) -> None:
    for field in msgspec.structs.fields(kind):
        assert re.search(rf"\b{field.name}\b", TEXT), field.name


def test_each_check_and_each_rule_is_described() -> None:
    for check in CHECKS:
        assert f"| `{check}` |" in TEXT
    folder = ROOT / "tray_auth_desktop" / "qa" / "audit"
    source = "".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    rules = set(re.findall(r"Finding\(\s*\"[a-z-]+\",\s*\"([a-z-]+)\"", source))
    assert rules >= {"step", "left", "changed", "never-usable"}
    for rule in (*rules, "outside", "cut-off", "text", "sideways"):
        assert f"`{rule}`" in TEXT, rule
