"""The finder reads the dynamic loader's answer, and looks at all the program loads."""

from __future__ import annotations

import ast
import io
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from scripts.debian import Console
from scripts.qt_libraries import (
    ALWAYS,
    MODULES,
    WAYLAND,
    X11,
    IncompleteQtError,
    Missing,
    Survey,
    has_font,
    look,
    objects,
    parse,
    wanted,
)

ROOT = Path(__file__).resolve().parents[2]
LDD = shutil.which("ldd") or ""
needs_ldd = pytest.mark.skipif(not LDD or sys.platform != "linux", reason="asks the loader of Linux")


def _pyside() -> Path:
    spec = find_spec("PySide6")
    assert spec is not None
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0])


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ("", Missing()),
        ("\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)\n\tlinux-vdso.so.1 (0x7ff)\n", Missing()),
        ("\tlibnss3.so => not found\n", Missing(frozenset({"libnss3.so"}))),
        (
            "a.so:\n\tlibEGL.so.1 => not found\n"
            "b.so:\n\tlibEGL.so.1 => not found\n\tlibGL.so.1 => not found\n",
            Missing(frozenset({"libEGL.so.1", "libGL.so.1"})),
        ),
        (
            "a.so: /lib/libc.so.6: version `GLIBC_2.38' not found (required by /x/libQt6Core.so.6)\n",
            Missing(too_old=frozenset({"libc.so.6 (GLIBC_2.38)"})),
        ),
        ("\tnot a dynamic executable\n", Missing()),
        ("\tlib with spaces.so => not found\n", Missing()),
    ],
)
def test_parse(output: str, expected: Missing) -> None:
    assert parse(output) == expected


@needs_ldd
def test_the_loader_names_what_a_moved_plugin_lost(tmp_path: Path) -> None:
    """Away from PySide6's folder the real plugin finds none of Qt's own libraries."""
    moved = tmp_path / "libqoffscreen.so"
    shutil.copy(_pyside() / "Qt/plugins/platforms/libqoffscreen.so", moved)
    assert {"libQt6Core.so.6", "libQt6Gui.so.6"} <= look(LDD, [moved]).sonames


@needs_ldd
def test_this_system_has_what_the_suite_runs_on() -> None:
    survey = Survey(LDD, _pyside(), {})
    assert survey.must == Missing()
    assert survey.usable


def test_every_pattern_matches_something_in_pyside() -> None:
    if sys.platform == "linux":
        assert len(objects(_pyside(), (*ALWAYS, *X11, *WAYLAND))) >= len((*ALWAYS, *X11, *WAYLAND))


def test_an_incomplete_install_is_named(tmp_path: Path) -> None:
    with pytest.raises(IncompleteQtError, match=r"QtCore\."):
        objects(tmp_path, ALWAYS)


def _imported_qt_modules() -> set[str]:
    found: set[str] = set()
    for path in (ROOT / "tray_auth_desktop").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "PySide6":
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("PySide6."):
                found.add((node.module or "").split(".")[1])
            elif isinstance(node, ast.Import):
                names = [alias.name.split(".") for alias in node.names]
                found |= {name[1] for name in names if name[0] == "PySide6" and len(name) > 1}
    return found


def test_every_qt_module_of_the_program_is_looked_at() -> None:
    assert _imported_qt_modules() <= set(MODULES)


@pytest.mark.parametrize(
    ("environ", "must", "nice"),
    [
        ({}, ALWAYS, X11),
        ({"DISPLAY": ""}, ALWAYS, X11),
        ({"DISPLAY": ":0"}, (*ALWAYS, *X11), ()),
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, (*ALWAYS, *WAYLAND), X11),
    ],
)
def test_the_display_decides_what_must_work(
    environ: dict[str, str], must: tuple[str, ...], nice: tuple[str, ...]
) -> None:
    assert wanted(environ) == (must, nice)


def test_a_font_is_found_in_any_depth(tmp_path: Path) -> None:
    assert not has_font([tmp_path, tmp_path / "none"])
    (tmp_path / "truetype" / "dejavu").mkdir(parents=True)
    (tmp_path / "truetype" / "dejavu" / "README").touch()
    assert not has_font([tmp_path])
    (tmp_path / "truetype" / "dejavu" / "DejaVuSans.TTF").touch()
    assert has_font([tmp_path])


@needs_ldd
def test_the_report_names_what_is_missing() -> None:
    survey, stream = Survey(LDD, _pyside(), {}), io.StringIO()
    survey.must = Missing(frozenset({"libnss3.so"}), frozenset({"libc.so.6 (GLIBC_2.38)"}))
    survey.nice = Missing(frozenset({"libnss3.so", "libxcb-cursor.so.0"}))
    survey.font = False
    survey.report(Console(stream))
    lines = stream.getvalue().splitlines()
    assert [line.rsplit(":", 1)[-1].strip() for line in lines[:3]] == [
        "libnss3.so",
        "libc.so.6 (GLIBC_2.38)",
        "libxcb-cursor.so.0",
    ]
    assert "font" in lines[3]
    assert survey.wishes == (frozenset({"libnss3.so", "libxcb-cursor.so.0"}), ("fonts-dejavu-core",))
    assert not survey.usable
    assert not survey.complete
