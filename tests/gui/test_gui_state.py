"""What the window remembers: in one file, in which nothing can break a start."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QByteArray, QRect, QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tray_auth_desktop.gui import window_memory
from tray_auth_desktop.gui.backstage import Backstage
from tray_auth_desktop.gui.window_state import WindowState, fit, is_on_a_screen, size_on, user_key

if TYPE_CHECKING:
    from tests.gui.conftest import Stage

Maker = Callable[..., "Stage"]
SCREENS = [QRect(0, 0, 1920, 1080), QRect(1920, 0, 1280, 800)]


def shown(make: Maker, path: Path, qtbot: QtBot) -> Stage:
    stage = make(backstage=Backstage(state=WindowState(path)))
    stage.window.show()
    qtbot.waitExposed(stage.window)
    return stage


def test_place_sizes_columns_and_page_come_back(stage_maker: Maker, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "config" / "window.ini"
    window = shown(stage_maker, path, qtbot).window
    window.setGeometry(40, 30, 700 + 400, 600)
    window.parts.table.view.horizontalHeader().resizeSection(0, 77)
    window.parts.table.view.horizontalHeader().moveSection(0, 2)
    window.parts.timeline.toggle.click()
    window.page.arrangement.columns.setSizes([350, 400, 350])
    sizes = window.page.arrangement.columns.sizes()
    window.show_page("page_history")
    window.close()

    again = shown(stage_maker, path, qtbot).window
    # the screen of the tests is narrower than the window, and its frame is made up
    assert abs(again.y() - 30) <= 4
    assert again.height() == 600
    header = again.parts.table.view.horizontalHeader()
    assert (header.sectionSize(0), header.visualIndex(0)) == (77, 2)
    assert not again.parts.timeline.toggle.isChecked()
    qtbot.waitUntil(lambda: again.page_name == "page_history")
    again.show_page("page_onboard")
    again.grab()
    assert again.page.arrangement.columns.sizes()[0] == pytest.approx(sizes[0], abs=8)
    again.parts.timeline.toggle.click()
    qtbot.waitUntil(lambda: again.parts.timeline.height() > 100)


def test_the_last_end_user_is_remembered_for_each_workspace(
    stage_maker: Maker, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "window.ini"
    stage = shown(stage_maker, path, qtbot)
    stage.choose("user-3")
    stage.window.close()

    state = WindowState(path)
    assert state.text(user_key("Acme")) == "user-3"
    assert state.text(user_key("Another: with / signs")) == ""
    again = shown(stage_maker, path, qtbot)
    again.window.load()
    qtbot.waitUntil(lambda: again.window.parts.form.user_picker.key == "user-3")


@pytest.mark.parametrize(
    "content", [b"", b"\x00\xff\xfe garbage", b"[General]\nversion=1\ngeometry=12\ncolumns=@ByteArray(x)\n",
                b"[General]\nversion=99\npage=page_history\n", b"version"],
)  # fmt: skip
def test_a_file_that_is_broken_counts_as_none(
    stage_maker: Maker, tmp_path: Path, qtbot: QtBot, content: bytes
) -> None:
    path = tmp_path / "window.ini"
    path.write_bytes(content)
    window = shown(stage_maker, path, qtbot).window
    assert window.size().toTuple() == (1280, 800)
    assert window.page_name == "page_onboard"
    window.close()


def test_a_folder_that_cannot_be_written_is_no_error(
    stage_maker: Maker, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "file").write_text("in the way")
    window = shown(stage_maker, tmp_path / "file" / "window.ini", qtbot).window
    window.close()
    assert not window.isVisible()


def test_a_place_on_no_screen_is_not_taken(stage_maker: Maker, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "window.ini"
    first = shown(stage_maker, path, qtbot).window
    first.setGeometry(50_000, 50_000, 900, 700)
    state = WindowState(path)
    window_memory.keep(first, state)
    again = shown(stage_maker, path, qtbot).window
    assert is_on_a_screen(again.frameGeometry(), [again.screen().availableGeometry()])


@pytest.mark.parametrize(
    ("frame", "is_seen"),
    [
        (QRect(0, 0, 1280, 800), True),
        (QRect(1900, 100, 1280, 800), True),
        (QRect(3190, 10, 1280, 800), False),
        (QRect(-1200, 0, 1280, 800), False),
        (QRect(100, -790, 1280, 800), False),
        (QRect(100, 1075, 1280, 800), False),
    ],
)
def test_on_a_screen_means_that_its_upper_edge_can_be_taken(frame: QRect, is_seen: bool) -> None:
    assert is_on_a_screen(frame, SCREENS) is is_seen


def test_values_of_the_wrong_kind_count_as_none(tmp_path: Path) -> None:
    state = WindowState(tmp_path / "window.ini")
    state.put("page", QByteArray(b"bytes"))
    state.put("geometry", "text")
    state.put("text", "not a number")
    assert (state.text("page"), state.blob("geometry").isEmpty(), state.number("text", 1.5)) == (
        "",
        True,
        1.5,
    )


@pytest.mark.parametrize(
    ("screen", "size"),
    [
        (QRect(0, 0, 1920, 1080), (1280, 800)),
        (QRect(1920, 0, 960, 540), (952, 504)),  # full HD at twice the size
        (QRect(0, 30, 1366, 738), (1280, 702)),
    ],
)
def test_a_first_window_is_no_larger_than_its_screen(screen: QRect, size: tuple[int, int]) -> None:
    assert size_on(screen, QSize(1280, 800)).toTuple() == size


def test_only_a_window_that_is_too_large_is_made_smaller(qtbot: QtBot) -> None:
    large, small = QWidget(), QWidget()
    free = large.screen().availableGeometry().size()
    for window, size in ((large, free * 2), (small, free / 2)):
        qtbot.addWidget(window)
        window.resize(size)
        fit(window)
    assert large.width() < free.width()
    assert large.height() < free.height()
    assert small.size() == free / 2


def test_another_workspace_takes_over_the_window_but_nothing_of_the_one_before(
    stage_maker: Maker, qtbot: QtBot
) -> None:
    stage, other = stage_maker(), stage_maker(is_stand_in=False)
    window = stage.window
    window.show()
    stage.choose()
    window.parts.timeline.toggle.click()
    window.parts.table.view.horizontalHeader().resizeSection(0, 91)
    window.show_page("page_history")
    before = window.page
    with qtbot.waitSignal(before.destroyed):
        window.show_session(other.window.workspace, other.catalog, other.desk)
    assert window.page_name == "page_history"
    assert window.parts.form.user_picker.key == ""
    assert window.parts.table.model.rowCount() == 0
    assert window.parts.table.view.horizontalHeader().sectionSize(0) == 91
    assert not window.parts.timeline.toggle.isChecked()
    assert "Acme" in window.banner.text
    other.desk.fail  # noqa: B018 - it is the other desk's window now
    window.show_page("page_onboard")
    window.close()
    assert not window.isVisible()
