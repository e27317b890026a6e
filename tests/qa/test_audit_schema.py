"""The report as JSON is as its schema says, which knows all that there can be."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tray_auth_desktop import assets
from tray_auth_desktop.core.attempt import OutcomeKind
from tray_auth_desktop.qa.audit.model import CHECKS, VARIED, Finding, Result
from tray_auth_desktop.qa.audit.report import FORMAT, Report, write_report

SCHEMA: dict[str, Any] = json.loads(assets.read_text("qa/report.schema.json"))
FULL = Result(
    "twilio/Production/iframe/375x667/dark/language=de-DE",
    "Twilio",
    "Production",
    "iframe",
    "375x667",
    "dark",
    "failed",
    findings=(Finding("run", "error", "it said so"), Finding("picture", "no-baseline", "none", "note")),
    tries=2,
    earlier=(Finding("load", "process", "it broke down"),),
    http_status=200,
    loaded_ms=120,
    usable_ms=80,
    outcome="captured",
    auth_id="a",
    left=("a", "b"),
    picture="pictures/x.png",
    seconds=3.5,
    user="Rosa",
    scopes=("read",),
    presentation={"language": "de-DE", "reduced_motion": True},
    parameters={"scenario": "slow"},
    place=7,
)
BARE = Result("a", "S", "E", "popup", "500x500", "light", "passed")


def violations(document: object) -> list[str]:
    jsonschema: Any = importlib.import_module("jsonschema")  # it comes without types
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    checker = jsonschema.Draft202012Validator(SCHEMA)
    return [f"{error.json_path}: {error.message}" for error in checker.iter_errors(document)]


def written(folder: Path, *results: Result, **changes: Any) -> dict[str, Any]:
    report = Report("1.0", "acme", "2026-01-02T03:04:05+00:00", 9.5, len(results), results)
    write_report(msgspec.structs.replace(report, **changes), folder)
    document: dict[str, Any] = json.loads((folder / "report.json").read_text())
    return document


def test_a_report_is_as_its_schema_says(tmp_path: Path) -> None:
    assert violations(written(tmp_path, FULL, BARE)) == []
    assert violations(written(tmp_path, shards=("1/3",), missing=("2/3", "3/3"), planned=9)) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"format": 2},
        {"shards": ["2 of 5"]},
        {"planned": "many"},
        {"results": [{}]},
        {"results": [{**msgspec.to_builtins(BARE), "status": "odd"}]},
        {"results": [{**msgspec.to_builtins(BARE), "findings": [{"check": "none"}]}]},
    ],
)
def test_the_schema_refuses_what_is_none(tmp_path: Path, changes: dict[str, Any]) -> None:
    assert violations({**written(tmp_path, BARE), **changes}) != []


def test_the_schema_has_every_field_and_every_word() -> None:
    known = SCHEMA["$defs"]
    for kind, place in ((Report, SCHEMA), (Result, known["result"]), (Finding, known["finding"])):
        names = {field.name for field in msgspec.structs.fields(kind)}
        assert set(place["properties"]) == set(place["required"]) == names
    assert known["finding"]["properties"]["check"]["enum"] == list(CHECKS)
    assert set(known["presentation"]["properties"]) == set(VARIED)
    assert known["result"]["properties"]["outcome"]["enum"] == ["", *(kind.value for kind in OutcomeKind)]
    assert SCHEMA["properties"]["format"]["const"] == FORMAT
