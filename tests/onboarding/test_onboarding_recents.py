"""Recent choices: a small file, kept for each workspace, that nothing can be broken by."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tray_auth_desktop.onboarding.recents import RecentChoice, Recents

SLACK = RecentChoice("svc-1", "env-1", ("a", "b"), "slack", "4", "Slack", "Production")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "recent.json"


def test_a_choice_is_kept_across_programs(path: Path) -> None:
    assert Recents(path).of("Acme") == ()
    Recents(path).add("Acme", SLACK)
    assert Recents(path).of("Acme") == (SLACK,)
    assert Recents(path).of("Other") == ()
    assert list(path.parent.iterdir()) == [path], "no half-written file stays behind"


def test_the_last_ten_are_kept_newest_first_and_each_once(path: Path) -> None:
    recents = Recents(path)
    for number in range(12):
        recents.add("Acme", replace(SLACK, service_environment_id=f"env-{number}"))
    recents.add("Acme", replace(SLACK, service_environment_id="env-5", environment_label="Renamed"))
    kept = [choice.service_environment_id for choice in recents.of("Acme")]
    assert kept == [
        "env-5",
        "env-11",
        "env-10",
        "env-9",
        "env-8",
        "env-7",
        "env-6",
        "env-4",
        "env-3",
        "env-2",
    ]
    assert recents.of("Acme")[0].environment_label == "Renamed"


def test_other_scopes_are_another_choice_whatever_their_order(path: Path) -> None:
    recents = Recents(path)
    recents.add("Acme", SLACK)
    recents.add("Acme", replace(SLACK, scopes=("b", "a")))
    assert len(recents.of("Acme")) == 1
    recents.add("Acme", replace(SLACK, scopes=("a",)))
    assert len(recents.of("Acme")) == 2


@pytest.mark.parametrize(
    "content",
    [
        "", "{", "[]", "null", '{"Acme": 1}', '{"Acme": [1, {"service_id": 5}, {}]}',
        '{"Acme": [{"service_id": "s", "service_environment_id": "e", "scopes": "x"}]}',
        "[" * 100_000,
    ],
)  # fmt: skip
def test_a_broken_file_holds_none_and_can_be_written_again(path: Path, content: str) -> None:
    path.parent.mkdir()
    path.write_text(content)
    assert Recents(path).of("Acme") == ()
    Recents(path).add("Acme", SLACK)
    assert Recents(path).of("Acme") == (SLACK,)


def test_what_one_entry_lacks_does_not_cost_the_others(path: Path) -> None:
    path.parent.mkdir()
    entry = {"service_id": "s", "service_environment_id": "e", "scopes": ["x", 1], "unknown": 2}
    path.write_text(json.dumps({"Acme": [{}, entry]}))
    assert Recents(path).of("Acme") == (RecentChoice("s", "e", ("x",)),)


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert Recents(blocked / "recent.json").add("Acme", SLACK) == (SLACK,)


def test_choices_can_be_forgotten(path: Path) -> None:
    recents = Recents(path)
    recents.add("Acme", SLACK)
    recents.add("Other", SLACK)
    recents.clear("Acme")
    assert recents.of("Acme") == ()
    assert recents.of("Other") == (SLACK,)


def test_a_choice_is_shown_by_what_it_was_called() -> None:
    assert SLACK.label == "Slack v4 — Production"
    assert SLACK.detail == "a, b"
    assert RecentChoice("svc-1", "env-1").label == "svc-1 — env-1"
    assert RecentChoice("svc-1", "env-1").detail == "no scopes"
