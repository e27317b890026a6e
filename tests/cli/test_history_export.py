"""`history export`: a real attempt's timeline as a file, for a program and for a person."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.conftest import MadeUpTray, Program
from tests.report.schema import violations
from tests.serving import running

pytestmark = [pytest.mark.program, pytest.mark.webengine]

FAILS = (
    "<!doctype html><script>console.error('it broke'); window.opener.postMessage("
    "{type: 'tray.authpopup.error', err: 'no such environment'}, '*')</script>"
)


@dataclass(frozen=True)
class Failed:
    """An attempt whose dialog failed: its id, the folder of its journal, where its dialog was."""

    attempt_id: str
    data_dir: Path
    origin: str


@pytest.fixture(scope="module")
def attempt(tmp_path_factory: pytest.TempPathFactory) -> Failed:
    """It is made once, and every test has a copy of its journal."""
    program, server = Program(tmp_path_factory.mktemp("failed")), MadeUpTray()
    program.environment |= server.environment()
    server.page = FAILS
    with running(server):
        ended = program.run(*program.create)
    assert ended.code == 4
    return Failed(str(ended.answer["attempt_id"]), program.data_dir, server.origin)


@pytest.fixture
def failed(program: Program, attempt: Failed) -> str:
    """Its id, in the journal of `program`."""
    shutil.copytree(attempt.data_dir, program.data_dir)
    return attempt.attempt_id


def test_the_timeline_of_a_real_attempt_has_what_happened(
    program: Program, failed: str, attempt: Failed
) -> None:
    ended = program.run("history", "export", failed[:8])
    assert (ended.code, ended.err) == (0, "")
    document = json.loads(ended.out)
    assert violations(document) == []
    assert document["attempt"]["outcome"] == "failed"
    assert [finding["contract"] for finding in document["findings"]] == ["spelling", "error-field"]
    assert all(document["versions"].values())
    by_kind = {event["kind"]: event for event in document["timeline"]}
    assert by_kind["console"]["details"]["level"] == "error"
    assert document["timeline"][by_kind["message"]["page"]]["details"]["url"].startswith(attempt.origin)
    calls = [event["details"] for event in document["timeline"] if "duration_ms" in event["details"]]
    assert {call["operation"] for call in calls} == {"Make a single-use code", "List the authentications"}
    statuses = [event["details"].get("status") for event in document["timeline"]]
    assert 200 in statuses


def test_the_format_is_what_the_files_name_ends_in_unless_it_is_said(program: Program, failed: str) -> None:
    for name, form, begins in (
        ("a.html", (), "<!doctype html>"),
        ("a.json", (), "{"),
        ("a.txt", (), "{"),
        ("b.json", ("--format", "html"), "<!doctype html>"),
    ):
        ended = program.run("history", "export", failed, "-o", name, *form)
        assert (ended.code, ended.out) == (0, "")
        assert name in ended.err
        assert (program.folder / name).read_text(encoding="utf-8").startswith(begins)
    assert program.run("history", "export", failed, "--format", "html").out.startswith("<!doctype html>")


def test_a_file_that_is_there_is_left_as_it_is(program: Program, failed: str) -> None:
    there = program.folder / "there.json"
    there.write_text("mine")
    ended = program.run("history", "export", failed, "-o", str(there))
    assert (ended.code, there.read_text()) == (2, "mine")
    assert "--force" in ended.err
    assert program.run("history", "export", failed, "-o", str(there), "--force").code == 0
    assert json.loads(there.read_text(encoding="utf-8"))["schema_version"] == 1


@pytest.mark.parametrize("name", ["no/such/folder.json", "."])
def test_a_file_that_cannot_be_written_is_said_so(program: Program, failed: str, name: str) -> None:
    ended = program.run("history", "export", failed, "-o", name)
    assert ended.code in (1, 2)
    assert name.partition("/")[0] in ended.err
    assert sorted(path.suffix for path in Path(program.folder).iterdir()).count(".json") == 0


def test_findings_are_shown_too(program: Program, failed: str) -> None:
    assert "Compare types without regard to letter case" in program.run("history", "show", failed).out
    shown = json.loads(program.run("history", "show", failed, "--json").out)
    assert [finding["contract"] for finding in shown["findings"]] == ["spelling", "error-field"]


def test_an_unknown_attempt_is_a_usage_error(program: Program) -> None:
    assert program.run("history", "export", "nothing").code == 2
