"""docs/scenarios.md shows every scenario and every kind of fault, each chosen by its command."""

from __future__ import annotations

import os
import re
import shlex
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest

from scripts.pictures import scenes
from tray_auth_desktop.standin import Fault
from tray_auth_desktop.standin.state.fault_text import fault_from_text
from tray_auth_desktop.standin.state.scenarios import scenarios

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
TEXT = (DOCS / "scenarios.md").read_text("utf-8")
_SECTION = re.compile(
    r"^### `(?P<name>[a-z_-]+)`\n\n    (?P<command>tray-auth-desktop .+)\n(?P<rest>(?s:.+?))(?=^##|\Z)", re.M
)
SECTIONS = {found["name"]: found for found in _SECTION.finditer(TEXT)}
KINDS_OF_FAULT = [one.name for one in msgspec.structs.fields(Fault) if one.name != "operation"]
PICTURES = {f"scenario-{name}": name for name in scenarios()} | {
    f"fault-{name.replace('_', '-')}": name for name in KINDS_OF_FAULT
}
MOST_BYTES = 60_000


def test_the_script_can_be_started() -> None:
    script = ROOT / "scripts" / "pictures"
    assert script.read_text("utf-8").startswith("#!/usr/bin/env bash\n")
    assert os.access(script, os.X_OK)


def test_there_is_a_scene_for_each() -> None:
    assert set(scenes()) == set(PICTURES)
    for picture, name in PICTURES.items():
        for fault in scenes()[picture].faults:
            assert name in msgspec.to_builtins(fault)


def test_there_is_a_heading_for_each() -> None:
    headings = re.findall(r"^### (.+)$", TEXT, re.MULTILINE)
    assert headings == [f"`{name}`" for name in SECTIONS]
    assert sorted(SECTIONS) == sorted(PICTURES.values())


@pytest.mark.parametrize("picture", PICTURES)
def test_a_section_has_its_picture_with_words_for_those_who_do_not_see_it(picture: str) -> None:
    shown = re.findall(
        r"^!\[(.{20,})\]\(images/(.+)\.png\)$", SECTIONS[PICTURES[picture]]["rest"], re.MULTILINE
    )
    assert [name for _, name in shown] == [picture]


@pytest.mark.parametrize("picture", PICTURES)
def test_a_picture_is_there_and_small(picture: str) -> None:
    data = (DOCS / "images" / f"{picture}.png").read_bytes()
    assert data.startswith(b"\x89PNG")
    assert len(data) < MOST_BYTES


def test_every_picture_is_shown() -> None:
    there = {path.stem for kind in ("scenario", "fault") for path in (DOCS / "images").glob(f"{kind}-*.png")}
    assert there == set(PICTURES)


@pytest.mark.parametrize("picture", PICTURES)
def test_the_command_chooses_what_the_picture_shows(picture: str) -> None:
    scene = scenes()[picture]
    given = list(pairwise(shlex.split(SECTIONS[PICTURES[picture]]["command"])))
    named = [
        value.rpartition("=")[2]
        for flag, value in given
        if flag == "--scenario" or (flag, value[:9]) == ("--parameter", "scenario=")
    ]
    assert named == list(scene.scenarios.values())
    assert [fault_from_text(value) for flag, value in given if flag == "--fault"] == list(scene.faults)
