"""The tutorial is real: its blocks are files of a project whose tests are run."""

from __future__ import annotations

import re

import pytest

from tests.qa.conftest import ROOT, RunPytest
from tray_auth_desktop.qa.dialog_session import DialogSession
from tray_auth_desktop.qa.driver import WindowDriver
from tray_auth_desktop.standin import StandIn

TEXT = (ROOT / "docs" / "testing-dialogs.md").read_text("utf-8")
BLOCKS = re.findall(r"^```python\n# (\S+\.py)\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


@pytest.mark.program
def test_the_tutorial_runs_as_it_stands(run_pytest: RunPytest) -> None:
    names = [name for name, _ in BLOCKS]
    assert len(set(names)) == len(names) == TEXT.count("```python")
    run = run_pytest("", "-W", "error", files=dict(BLOCKS))
    tests = sum(code.count("\ndef test_") + code.startswith("def test_") for _, code in BLOCKS)
    more = len(re.findall(r"parametrize\(\"embedding\"", TEXT))
    assert f"1 failed, {tests - 1 + more} passed" in run.text, run.text
    (shown,) = re.findall(r"^```text\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    said = re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:…", run.text)
    for line in shown.splitlines():
        assert line in said


def test_everything_is_described() -> None:
    for kind in (WindowDriver, DialogSession):
        for name in vars(kind):
            if not name.startswith("_") and name not in ("end", "picture", "last_outcome", "attempt_id"):
                assert re.search(rf"`{name}\b", TEXT), name
    rows = re.findall(r"^\| `(\w+)[^|]*` \|", TEXT, re.MULTILINE)
    assert [name for name in rows if rows.count(name) > 1] == []
    for option in ("--tray-workspace", "--tray-any-user", "--dialog-visible", "--dialog-report-dir"):
        assert option in TEXT


def test_what_it_says_of_the_stand_in_is_there() -> None:
    with StandIn() as stand_in:
        for name in ("graphql_url", "rest_url", "dialog_url", "master_token", "embedded_id", "requests"):
            assert hasattr(stand_in, name)
            assert f"`{name}`" in TEXT
