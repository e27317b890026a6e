"""`about`, and how the window starts where the file of workspaces cannot be read."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest

from tray_auth_desktop import __version__

if TYPE_CHECKING:
    from tests.cli.conftest import Program

pytestmark = pytest.mark.program


def test_about_as_json(program: Program) -> None:
    program.environment["TRAY_CONFIG_DIR"] = str(program.folder / "config")

    answer = program.run("about", "--json").answer

    assert answer["version"] == __version__
    assert {"python", "pyside", "qt", "webengine", "chromium", "chromium_security_patch", "platform"} <= set(
        answer
    )
    assert answer["chromium"].count(".") == answer["chromium_security_patch"].count(".") == 3
    assert answer["config_file"] == str(program.folder / "config" / "config.toml")
    assert answer["journal"] == str(program.data_dir / "journal.sqlite3")
    assert "vault" in answer["vault"].lower()


def test_about_for_people(program: Program) -> None:
    ended = program.run("about")

    assert ended.code == 0
    assert "Chromium security patches up to" in ended.out
    assert "not there yet" in ended.out


def test_about_says_nothing_secret(program: Program) -> None:
    program.environment["TRAY_MASTER_TOKEN"] = "5ec7e7" * 7

    ended = program.run("about", "--json", "--log-level", "debug")

    assert "5ec7e7" not in ended.out + ended.err


@pytest.mark.webengine
def test_the_window_opens_although_the_file_cannot_be_read(program: Program) -> None:
    config = program.folder / "config"
    config.mkdir()
    (config / "config.toml").write_text('active = "acme"\n[workspaces.acme]\nregion = 7\n')
    program.environment |= {"TRAY_CONFIG_DIR": str(config), "TRAY_LOG_LEVEL": "info"}
    process = program.start()
    assert process.stderr is not None
    said = ""
    for line in process.stderr:
        said += line
        if "the window is painted" in line:
            break
    process.send_signal(signal.SIGTERM)
    ended = program.end(process)

    assert "line 3" in said + ended.err
    assert "stand-in" in said + ended.err
    assert ended.code == 0
    assert (config / "config.toml").read_text().endswith("region = 7\n")


def test_half_an_account_opens_no_window(program: Program) -> None:
    program.environment |= {"TRAY_GRAPHQL_URL": "https://tray.example/graphql", "TRAY_MASTER_TOKEN": "t"}

    ended = program.run()

    assert ended.code == 2
    assert "Embedded ID" in ended.err
