"""`install-desktop-entry`: what stands in which file, that it starts the program, and that it goes again."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtGui import QGuiApplication, QImage

from tray_auth_desktop import assets
from tray_auth_desktop.cli import run
from tray_auth_desktop.cli.desktop_files import SIZES_PX, desktop_files, install
from tray_auth_desktop.cli.exec_line import Installation, exec_line, running_installation
from tray_auth_desktop.errors import UsageError

if TYPE_CHECKING:
    from tests.cli.conftest import Program

ROOT = Path(__file__).resolve().parents[2]
COMMAND = "install-desktop-entry"
VALIDATOR = shutil.which("desktop-file-validate")
AWKWARD = (
    "/opt/plain/tray-auth-desktop",
    "/opt/with space/tray-auth-desktop",
    "/opt/qu\"ote/it's/$HOME/`x`/tray-auth-desktop",
    "/opt/back\\slash/100%/tray-auth-desktop",
    "/opt/Ü é 😀/#a;b&c|d(e)*?~<>/tray-auth-desktop",
)


def entries(text: str) -> dict[str, str]:
    """The keys and values of a desktop entry, with the escapes of values taken back."""
    head, *lines = text.splitlines()
    assert head == "[Desktop Entry]"
    found = dict(line.split("=", 1) for line in lines)
    assert len(found) == len(lines)
    return {
        key: value.replace("\\\\", "\0").replace("\\n", "\n").replace("\\t", "\t").replace("\0", "\\")
        for key, value in found.items()
    }


def unquoted(line: str) -> list[str]:
    """Read an `Exec` value as a desktop does: it quotes as the shell does, and `%%` is a percent sign."""
    ran = subprocess.run(["sh", "-c", f"printf '%s\\0' {line}"], capture_output=True, text=True, check=True)
    return [part.replace("%%", "%") for part in ran.stdout.split("\0")[:-1]]


def validate(path: Path) -> None:
    if VALIDATOR is not None:
        ran = subprocess.run([VALIDATOR, "--no-hints", str(path)], capture_output=True, text=True)
        assert (ran.returncode, ran.stdout) == (0, ""), ran.stdout


@pytest.mark.parametrize("program", AWKWARD)
def test_any_path_is_quoted_so_that_it_comes_back(tmp_path: Path, program: str) -> None:
    folder = Path("/srv/a\tb\\c")
    install(tmp_path, Installation((program, "-m", "a b"), folder), is_dry_run=False)
    path = tmp_path / "applications" / "tray-auth-desktop.desktop"
    found = entries(path.read_text("utf-8"))
    assert unquoted(found["Exec"]) == [program, "-m", "a b"]
    assert found["TryExec"] == program
    assert found["Path"] == str(folder)
    validate(path)


def test_plain_arguments_are_left_plain() -> None:
    assert exec_line(["/usr/bin/tray-auth-desktop", "-m"]) == "/usr/bin/tray-auth-desktop -m"
    assert exec_line(["/a b", ""]) == '"/a b" ""'
    assert exec_line(["/a\\b"]) == '"/a\\\\\\\\b"'


@pytest.mark.parametrize("program", ["/opt/a=b/tray-auth-desktop", "/opt/a\nb/tray-auth-desktop"])
def test_a_path_that_no_entry_can_hold_is_refused(program: str) -> None:
    with pytest.raises(UsageError, match="cannot name the program"):
        exec_line([program])


def test_the_running_installation_is_its_script_or_its_module(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    script = tmp_path / "tray-auth-desktop"
    script.write_text("#!/bin/sh\n")
    script.chmod(0o755)
    monkeypatch.setattr(sys, "argv", [str(script), COMMAND])
    assert running_installation() == Installation((str(script),))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["./tray-auth-desktop", COMMAND])
    assert Path(running_installation().command[0]).is_absolute()
    script.chmod(0o644)
    expected = Installation((sys.executable, "-m", "tray_auth_desktop"), ROOT)
    assert running_installation() == expected


def test_icons_of_all_sizes_are_what_they_say(tmp_path: Path, qapp: QGuiApplication) -> None:
    files = desktop_files(tmp_path, Installation(("/x",)))
    for size_px in SIZES_PX:
        folder = tmp_path / "icons" / "hicolor" / f"{size_px}x{size_px}" / "apps"
        image = QImage.fromData(files[folder / "tray-auth-desktop.png"])
        assert (image.width(), image.height()) == (size_px, size_px)
        assert image.pixelColor(0, 0).alpha() == 0
        assert image.pixelColor(size_px // 2, size_px - size_px // 12 - 1).blue() > 100
    scalable = files[tmp_path / "icons" / "hicolor" / "scalable" / "apps" / "tray-auth-desktop.svg"]
    assert scalable.startswith(b"<svg")
    assert len(files) == len(SIZES_PX) + 2


def test_the_pictures_are_of_the_drawing_as_it_is(qapp: QGuiApplication) -> None:
    """Whoever changes the drawing has to render it again."""
    from PySide6.QtSvg import QSvgRenderer

    from scripts.icons import rendered

    drawing = QSvgRenderer(str(assets.path("icons/tray-auth-desktop.svg")))
    for size_px in SIZES_PX:
        kept = QImage(str(assets.path(f"icons/program/{size_px}.png"))).convertToFormat(
            QImage.Format.Format_ARGB32
        )
        fresh = rendered(drawing, size_px)
        points = [(x * size_px // 16, y * size_px // 16) for x in range(16) for y in range(16)]
        far = [at for at in points if _distance(kept.pixelColor(*at), fresh.pixelColor(*at)) > 24]
        assert far == []


def _distance(one: Any, other: Any) -> int:
    pairs = zip(one.getRgb(), other.getRgb(), strict=True)
    return int(max(abs(left - right) for left, right in pairs))


# The command itself.


@pytest.fixture
def home(program: Program) -> Path:
    folder = program.folder / "share d"
    program.environment["XDG_DATA_HOME"] = str(folder)
    return folder


def answer(program: Program, *arguments: str) -> dict[str, Any]:
    ended = program.run(COMMAND, "--json", *arguments)
    assert ended.code == 0, ended.err
    return ended.answer


@pytest.mark.program
def test_it_is_installed_started_repeated_and_taken_away(program: Program, home: Path) -> None:
    planned = answer(program, "--dry-run")
    assert (len(planned["written"]), planned["dry_run"], home.exists()) == (10, True, False)

    done = answer(program)
    assert done["written"] == planned["written"]
    assert all(Path(name).is_file() for name in done["written"])
    assert all(Path(name).is_relative_to(home) for name in done["written"])
    path = Path(done["desktop_file"])
    assert path == home / "applications" / "tray-auth-desktop.desktop"
    validate(path)
    found = entries(path.read_text("utf-8"))
    assert (found["Type"], found["Icon"], found["Terminal"]) == ("Application", "tray-auth-desktop", "false")
    assert Path(found["TryExec"]).is_absolute()
    started = subprocess.run(
        [*unquoted(found["Exec"]), "--version"],
        cwd=found.get("Path"),
        env={key: value for key, value in program.environment.items() if key != "PYTHONPATH"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert started.stdout.startswith("tray-auth-desktop, version"), started.stderr

    again = answer(program)
    assert (again["written"], again["unchanged"]) == ([], done["written"])
    path.write_text("[Desktop Entry]\n")
    assert answer(program)["written"] == [str(path)]
    assert not [found for found in home.rglob("*") if found.name.startswith(".")]

    (home / "applications" / "other.desktop").write_text("kept")
    assert answer(program, "--uninstall", "--dry-run")["removed"] == done["written"]
    assert answer(program, "--uninstall")["removed"] == done["written"]
    left = {found.name for found in home.rglob("*") if found.is_file()}
    assert left <= {"other.desktop", "icon-theme.cache", "mimeinfo.cache"}
    assert "other.desktop" in left
    assert answer(program, "--uninstall")["removed"] == []


@pytest.mark.program
def test_without_xdg_data_home_it_goes_below_the_home_folder(program: Program) -> None:
    program.environment["XDG_DATA_HOME"] = "not/absolute"
    ended = program.run(COMMAND)
    assert ended.code == 0
    assert (program.folder / ".local/share/applications/tray-auth-desktop.desktop").is_file()
    assert "written" in ended.out


@pytest.mark.program
def test_a_folder_that_cannot_be_written_is_said_in_words(program: Program, home: Path) -> None:
    home.mkdir()
    (home / "applications").write_text("in the way")
    ended = program.run(COMMAND)
    assert (ended.code, ended.out) == (1, "")
    assert "could not be written" in ended.err
    assert "XDG_DATA_HOME" in ended.err
    assert "Traceback" not in ended.err


@pytest.mark.parametrize(("platform", "name"), [("win32", "Windows"), ("darwin", "macOS")])
def test_on_other_systems_it_says_that_it_is_for_linux(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], platform: str, name: str
) -> None:
    monkeypatch.setattr("tray_auth_desktop.cli.desktop_entry.sys.platform", platform)
    assert run([COMMAND]) == 2
    said = capsys.readouterr().err
    assert "Linux" in said
    assert name in said
