"""An audit as JUnit XML, which every CI shows: one test case for each dialog."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING
from xml.etree import ElementTree as Tree

from tray_auth_desktop.qa.audit.model import Finding, Result

if TYPE_CHECKING:
    from tray_auth_desktop.qa.audit.report import Report

#: What XML cannot hold, not even as a reference.
_UNFIT = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_xml(report: Report) -> bytes:
    """Return the file. What is not there, because the audit was stopped or a part is missing, is an error."""
    errors = 0 if report.is_complete else 1
    counts = {
        "tests": str(len(report.results) + errors),
        "failures": str(report.failed),
        "errors": str(errors),
        "time": f"{report.seconds:.2f}",
    }
    suites = Tree.Element("testsuites", counts)
    suite = Tree.SubElement(suites, "testsuite", {"name": "dialog audit", **counts})
    for result in report.results:
        _add_case(suite, result)
    if errors:
        case = Tree.SubElement(suite, "testcase", {"classname": "audit", "name": "all dialogs were audited"})
        Tree.SubElement(case, "error", {"message": _fit(report.gap)}).text = _fit(report.gap)
    text: str = Tree.tostring(suites, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def _add_case(suite: Tree.Element, result: Result) -> None:
    where = f"{result.service}.{result.environment}"
    about = {"classname": where, "name": result.id, "time": f"{result.seconds:.2f}"}
    case = Tree.SubElement(suite, "testcase", {name: _fit(text) for name, text in about.items()})
    properties = Tree.SubElement(case, "properties")
    for name in ("tries", "http_status", "loaded_ms", "usable_ms", "outcome", "picture", "difference"):
        if value := getattr(result, name):
            Tree.SubElement(properties, "property", {"name": name, "value": _fit(str(value))})
    problems = [one for one in result.findings if one.severity == "problem"]
    if problems:
        summary = f"{problems[0].check}: {problems[0].text}"
        failure = Tree.SubElement(case, "failure", {"message": _fit(summary)})
        failure.text = _fit(_lines(problems))
    if notes := [one for one in result.findings if one.severity == "note"]:
        Tree.SubElement(case, "system-out").text = _fit(_lines(notes))
    if result.earlier:
        text = f"before the last try:\n{_lines(result.earlier)}"
        Tree.SubElement(case, "system-err").text = _fit(text)


def _lines(findings: Iterable[Finding]) -> str:
    return "\n".join(f"{one.check} ({one.rule}): {one.text}" for one in findings)


def _fit(text: str) -> str:
    return _UNFIT.sub("\ufffd", text)
