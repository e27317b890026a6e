"""The report of an audit: as JSON, JUnit XML and HTML, of one part and of several."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Tree

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tray_auth_desktop.errors import UsageError
from tray_auth_desktop.qa.audit.model import Finding, Result
from tray_auth_desktop.qa.audit.report import Report, merge, read_report, write_report
from tray_auth_desktop.qa.audit.results_file import NAME, ResultsFile

EVIL = "<script>document.title = 'evil'</script>\x00\x1b[2J"
PROBLEM = Finding("accessibility", "label", f"no label: {EVIL}")


def a_result(number: int, **changes: Any) -> Result:
    values: dict[str, Any] = {
        "id": f"twilio/{number}",
        "service": "Twilio" if number % 2 else "Slack",
        "environment": "Production",
        "embedding": "popup",
        "size": "500x500",
        "color_scheme": "light",
        "status": "passed",
        "seconds": 1.5,
    }
    return Result(**{**values, **changes})


def failed(number: int, **changes: Any) -> Result:
    return a_result(
        number, status="failed", findings=(PROBLEM, Finding("run", "x", "a note", "note")), **changes
    )


def a_report(*results: Result, planned: int | None = None, **changes: Any) -> Report:
    values = {
        "program": "1.0",
        "workspace": "acme",
        "started_at": "2026-01-02T03:04:05+00:00",
        "seconds": 9.0,
    }
    return Report(**{**values, **changes}, planned=planned or len(results), results=results)


def test_the_three_forms_say_the_same(tmp_path: Path) -> None:
    report = a_report(a_result(1), failed(2, tries=2, earlier=(PROBLEM,)))
    write_report(report, tmp_path)
    assert read_report(tmp_path) == read_report(tmp_path / "report.json") == report
    document = json.loads((tmp_path / "report.json").read_text())
    assert [one["status"] for one in document["results"]] == ["passed", "failed"]
    suites = Tree.parse(tmp_path / "junit.xml").getroot()
    assert (suites.get("tests"), suites.get("failures")) == ("2", "1")
    cases = list(suites.iter("testcase"))
    assert [case.get("name") for case in cases] == ["twilio/1", "twilio/2"]
    assert cases[0].find("failure") is None
    failure = cases[1].find("failure")
    assert failure is not None
    assert failure.get("message", "").startswith("accessibility: no label: <script>")
    assert "before the last try" in (cases[1].findtext("system-err") or "")
    page = (tmp_path / "report.html").read_text("utf-8")
    assert "1 failed" in page
    assert "2 tries" in page


def test_what_a_page_said_cannot_act_in_the_report(tmp_path: Path) -> None:
    write_report(a_report(failed(1, service=EVIL)), tmp_path)
    page = (tmp_path / "report.html").read_text("utf-8")
    assert "<script>document" not in page
    assert "&lt;script&gt;document" in page


def page_of(report: Report, folder: Path) -> str:
    write_report(report, folder)
    return (folder / "report.html").read_text("utf-8")


def test_dialogs_of_one_service_are_told_apart_in_their_headings(tmp_path: Path) -> None:
    results = (
        a_result(1, user="Rosa"),
        a_result(3, user="Sam"),
        a_result(5, parameters={"scenario": "slow", "skipTitleField": "true"}),
        a_result(7, presentation={"language": "de-DE", "reduced_motion": True}, scopes=("a", "b")),
    )
    page = page_of(a_report(*results), tmp_path)
    headings = [
        re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", one))
        for one in re.findall(r"<h3.*?</h3>", page, re.DOTALL)
    ]
    assert len(set(headings)) == 4
    assert "for Rosa" in headings[0]
    assert "scenario=slow, skipTitleField=true" in headings[2]
    assert "language=de-DE, reduced_motion, scopes a b" in headings[3]
    for result in results:
        assert f'<code class="id">{result.id}</code>' in page


def test_an_audit_that_was_stopped_has_not_passed(tmp_path: Path) -> None:
    page = page_of(a_report(a_result(1), planned=3), tmp_path)
    assert re.search(r'<p class="verdict odd">stopped</p>', page)
    assert "1 of 3 dialogs were audited: the audit was stopped before the other 2" in page
    suites = Tree.parse(tmp_path / "junit.xml").getroot()
    assert (suites.get("tests"), suites.get("failures"), suites.get("errors")) == ("2", "0", "1")
    (error,) = suites.iter("error")
    assert "stopped before the other 2" in error.get("message", "")
    assert 'verdict bad">1 failed, stopped<' in page_of(a_report(failed(1), planned=3), tmp_path)
    assert 'verdict good">passed<' in page_of(a_report(a_result(1)), tmp_path)
    assert not list(Tree.parse(tmp_path / "junit.xml").getroot().iter("error"))


def a_part(folder: Path, number: int, count: int = 3) -> Path:
    shards = (f"{number}/{count}",)
    write_report(a_report(a_result(number, place=number), shards=shards), folder / str(number))
    return folder / str(number)


def test_a_part_that_is_missing_is_said_in_all_forms(tmp_path: Path) -> None:
    first, third = a_part(tmp_path, 1), a_part(tmp_path, 3)
    merged = merge([first, third], tmp_path / "all")
    assert (merged.shards, merged.missing, merged.is_complete) == (("1/3", "3/3"), ("2/3",), False)
    page = page_of(merged, tmp_path / "all")
    assert 'verdict odd">1 part missing<' in page
    assert "1 part missing: 2/3" in page
    assert json.loads((tmp_path / "all" / "report.json").read_text())["missing"] == ["2/3"]
    assert "2/3" in (tmp_path / "all" / "junit.xml").read_text()
    whole = merge([tmp_path / "all", a_part(tmp_path, 2)], tmp_path / "whole")
    assert (whole.missing, whole.is_complete) == ((), True)
    assert [result.place for result in whole.results] == [1, 2, 3]


def test_of_two_audits_in_parts_each_needs_all(tmp_path: Path) -> None:
    parts = [a_part(tmp_path / "eu", number, 2) for number in (1, 2)]
    other = a_report(a_result(9), shards=("1/2",), workspace="us")
    write_report(other, tmp_path / "us")
    assert merge([*parts, tmp_path / "us"], tmp_path / "all").missing == ("2/2",)


def test_a_report_of_nothing_is_one(tmp_path: Path) -> None:
    write_report(a_report(planned=3), tmp_path)
    assert "0 of 3 dialogs were audited: the audit was stopped" in (tmp_path / "report.html").read_text(
        "utf-8"
    )
    assert read_report(tmp_path).is_complete is False


@pytest.mark.webengine
def test_the_page_is_filtered(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    write_report(a_report(a_result(1), failed(2), a_result(3, size="375x667")), tmp_path)
    profile = QWebEngineProfile(qapp)
    page = QWebEnginePage(profile, qapp)

    def shown(change: str = "") -> list[str]:
        answers: list[object] = []
        event = "document.querySelector('.filter').dispatchEvent(new Event('input'));"
        cases = "[...document.querySelectorAll('.case:not([hidden]) h3')].map((one) => one.innerText)"
        page.runJavaScript(f"{change};{event}JSON.stringify({cases})", 0, answers.append)
        qtbot.waitUntil(lambda: bool(answers), timeout=60_000)
        found: list[str] = json.loads(str(answers[0]))
        return [re.sub(r"\s+", " ", one) for one in found]

    with qtbot.waitSignal(page.loadFinished, timeout=60_000):
        page.load(QUrl.fromLocalFile(str(tmp_path / "report.html")))
    assert len(shown()) == 3
    assert len(shown("document.getElementById('words').value = 'no label'")) == 1
    shown("document.getElementById('words').value = ''")
    assert len(shown("document.getElementById('words').value = 'twilio/3'")) == 1
    shown("document.getElementById('words').value = ''")
    assert len(shown("document.querySelector('[data-field=size]').value = '375x667'")) == 1
    shown("document.querySelector('[data-field=size]').value = ''")
    assert "Slack" in shown("document.getElementById('check').value = 'accessibility'")[0]
    with qtbot.waitSignal(page.destroyed, timeout=60_000):
        page.deleteLater()
    profile.deleteLater()


def test_parts_become_one_in_the_order_of_the_plan(tmp_path: Path) -> None:
    for number, places in ((1, (1, 3, 5)), (2, (2, 4))):
        folder = tmp_path / str(number)
        (folder / "pictures").mkdir(parents=True)
        results = [a_result(place, place=place, picture=f"pictures/{place}.png") for place in places]
        for result in results:
            (folder / result.picture).write_bytes(b"png")
        write_report(a_report(*results, seconds=float(number)), folder)
    merged = merge([tmp_path / "1", tmp_path / "2" / "report.json"], tmp_path / "all")
    assert [result.id for result in merged.results] == [f"twilio/{place}" for place in range(1, 6)]
    assert (merged.planned, merged.seconds, merged.workspace) == (5, 3.0, "acme")
    assert sorted(path.name for path in (tmp_path / "all" / "pictures").iterdir()) == [
        f"{place}.png" for place in range(1, 6)
    ]


def test_what_cannot_be_merged_is_said(tmp_path: Path) -> None:
    write_report(a_report(a_result(1)), tmp_path / "1")
    with pytest.raises(UsageError, match="The case twilio/1 is in"):
        merge([tmp_path / "1", tmp_path / "1"], tmp_path / "all")
    (tmp_path / "bad.json").write_text("{}")
    with pytest.raises(UsageError, match="is no report of an audit"):
        merge([tmp_path / "bad.json"], tmp_path / "all")
    write_report(a_report(a_result(1), format=99), tmp_path / "new")
    with pytest.raises(UsageError, match="is of format 99"):
        merge([tmp_path / "new"], tmp_path / "all")


def test_results_survive_a_line_that_was_cut_off(tmp_path: Path) -> None:
    file = ResultsFile(tmp_path, goes_on=False)
    file.add(a_result(1))
    file.add(failed(2))
    with (tmp_path / NAME).open("ab") as raw:
        raw.write(b'{"id":"twilio/3","serv')
    again = ResultsFile(tmp_path, goes_on=True)
    assert list(again.results.values()) == [a_result(1), failed(2)]
    again.add(a_result(3))
    assert len(ResultsFile(tmp_path, goes_on=True).results) == 3
    assert ResultsFile(tmp_path, goes_on=False).results == {}


def test_an_audit_that_is_gone_on_with_took_all_its_time(tmp_path: Path) -> None:
    now = [100.0]
    first = ResultsFile(tmp_path, goes_on=False, started_at="2026-01-02T03:04:05+00:00", now=lambda: now[0])
    now[0] += 20
    first.add(a_result(1))  # and then it is killed: nothing is written at its end
    now[0] = 5.0
    second = ResultsFile(tmp_path, goes_on=True, started_at="2026-02-02T00:00:00+00:00", now=lambda: now[0])
    assert second.seconds == 20
    now[0] += 7
    second.add(a_result(2))
    third = ResultsFile(tmp_path, goes_on=True, started_at="2026-03-03T00:00:00+00:00", now=lambda: now[0])
    assert third.seconds == 27
    assert third.started_at == "2026-01-02T03:04:05+00:00"
    assert list(third.results.values()) == [a_result(1), a_result(2)]


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="The report cannot be written to"):
        ResultsFile(tmp_path / "file", goes_on=False)
    with pytest.raises(UsageError, match="The report cannot be written to"):
        write_report(a_report(), tmp_path / "file")
