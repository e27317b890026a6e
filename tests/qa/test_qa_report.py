"""What a failed test leaves behind of its dialogs, in the terminal, in files and in JUnit XML."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.qa.conftest import RunPytest, junit_properties

pytestmark = pytest.mark.program

FAILS = """
def test_no_field(auth_dialog):
    dialog = auth_dialog("twilio")
    dialog.fill("Auth Token", "my-own-secret-1")
    dialog.fill("Account number", "1", timeout=0.2)

def test_late(auth_dialog):
    dialog = auth_dialog("twilio")
    dialog.close()
    assert dialog.outcome().auth_id

def test_two(auth_dialog):
    auth_dialog("twilio"), auth_dialog("slack", environment="Production")
    raise RuntimeError

def test_fine(auth_dialog):
    auth_dialog("twilio")

def test_skipped(auth_dialog):
    import pytest
    auth_dialog("twilio")
    pytest.skip("not today")
"""


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["alone", "xdist"])
def test_a_failed_test_has_timeline_and_picture_in_its_report(
    run_pytest: RunPytest, workers: tuple[str, ...]
) -> None:
    run = run_pytest(
        FAILS, *workers, "--junit-xml", "report.xml", "--dialog-report-dir", "seen", plugins=("xdist",)
    )
    assert run.code == 1
    assert "3 failed, 1 passed, 1 skipped" in run.text
    sections = re.split(r"^-+ Dialog (\d) -+$", run.text, flags=re.MULTILINE)
    assert sorted(sections[1::2]) == ["1", "1", "1", "2"]
    for text in sections[2::2]:
        assert "Single-use code made" in text
        assert "Loaded http://127.0.0.1:" in text
        (picture,) = re.findall(r"^picture: (.+\.png)$", text, re.MULTILINE)
        assert os.path.normpath(run.folder / "project" / picture).startswith(str(run.folder / "project/seen"))
        assert is_drawn(run.folder / "project" / picture)
    assert "outcome: closed" in run.text
    assert "my-own-secret-1" not in run.text.replace('dialog.fill("Auth Token", "my-own-secret-1")', "")
    files = sorted(path.name for path in (run.folder / "project/seen").iterdir())
    assert files == sorted(
        f"test_dialogs.py-test_{name}.{kind}"
        for name in ("no_field-1", "late-1", "two-1", "two-2")
        for kind in ("json", "png")
    )
    check_json(run.folder / "project/seen/test_dialogs.py-test_late-1.json")
    check_junit(run.folder / "project/report.xml")


def is_drawn(path: Path) -> bool:
    picture = QImage(str(path))
    return len({picture.pixel(x, y) for x in range(0, 500, 5) for y in range(0, 500, 5)}) > 20


def check_json(path: Path) -> None:
    record = json.loads(path.read_text("utf-8"))
    assert record["outcome"] == "closed"
    assert record["timeline"][0]["text"] == "Attempt started"


def check_junit(path: Path) -> None:
    pictures = junit_properties(path, "dialog_1_picture")
    assert [Path(found.get("value") or "").suffix for found in pictures] == [".png"] * 3
    assert len(junit_properties(path, "dialog_2_timeline")) == 1


def test_without_a_folder_the_report_is_in_pytests_own(run_pytest: RunPytest) -> None:
    run = run_pytest(FAILS, "-k", "no_field")
    (picture,) = re.findall(r"^picture: (.+\.png)$", run.text, re.MULTILINE)
    assert Path(picture) == run.folder / "temp/dialogs/test_dialogs.py-test_no_field-1.png"
    assert Path(picture).exists()


def test_a_folder_that_cannot_be_written_costs_no_report(run_pytest: RunPytest) -> None:
    run = run_pytest(FAILS, "-k", "no_field", "--dialog-report-dir", "pytest.ini")
    assert "1 failed" in run.text
    assert "Single-use code made" in run.text
    assert "timeline and picture could not be written" in run.text


MISSPELT = """
def test_key(auth_dialog):
    auth_dialog("twilio").press("Entr")

def test_scenario(auth_dialog):
    auth_dialog("twilio", scenario="happpy")

def test_event(auth_dialog):
    auth_dialog("twilio").expect_event("fnish")

def test_parameters(auth_dialog):
    auth_dialog("twilio", parameters="ab")
"""


def test_what_is_misspelt_is_said_in_a_few_lines(run_pytest: RunPytest) -> None:
    """Only the line of the test is shown, and one that says what there is."""
    run = run_pytest(MISSPELT)
    assert "4 failed" in run.text
    tests = re.split(r"^_+ test_\w+ _+$", run.text, flags=re.MULTILINE)[1:]
    assert len(tests) == 4
    for test in tests:
        shown = test.split("- Dialog 1 -")[0].split("- Captured")[0]
        assert [line for line in shown.splitlines() if line.startswith("E ")][1:] == []
        assert re.findall(r"^(\S+):\d+: ", shown, re.MULTILINE) == ["test_dialogs.py"]
