"""Every page of the window: names for a screen reader, reach of the keyboard, large letters, mirrored."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSplitterHandle,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tray_auth_desktop.core.attempt import Outcome, OutcomeKind, Via
from tray_auth_desktop.core.connection_check import CheckResult
from tray_auth_desktop.core.dialog_url import DialogRequest
from tray_auth_desktop.core.subject import Subject
from tray_auth_desktop.gui.backstage import Backstage
from tray_auth_desktop.gui.main_window import HISTORY, ONBOARD, WORKSPACES
from tray_auth_desktop.gui.workspaces_page import WorkspacesPage
from tray_auth_desktop.journal import Journal
from tray_auth_desktop.onboarding.tasks import Tasks
from tray_auth_desktop.secrets import Secret
from tray_auth_desktop.workspaces.entry import WorkspaceEntry
from tray_auth_desktop.workspaces.file import put_entry
from tray_auth_desktop.workspaces.vault import Vault

if TYPE_CHECKING:
    from tests.gui.conftest import Stage

Page = Callable[[str], QWidget]
PAGES = (ONBOARD, HISTORY, WORKSPACES)


def journal_of_some_attempts() -> Journal:
    journal = Journal.in_memory("")
    request = DialogRequest("user-1", "svc-slack", "env-slack", service_name="slack")
    for number, kind in enumerate((None, OutcomeKind.CLOSED, OutcomeKind.FAILED)):
        attempt_id = f"attempt-{number}"
        journal.begin(attempt_id, "Acme", request, Subject("Michael Scott", "Slack", "Production"))
        outcome = (
            Outcome.without_result(kind, "It was closed.")
            if kind
            else Outcome.captured("5d0f6c0a-4b3e-4f57-9d4e-2f1b7c9a8e10", Via.OPENER)
        )
        journal.settle(attempt_id, outcome, 1_000)
    return journal


def no_checks(_name: str, _token: Secret | None) -> Iterator[CheckResult]:
    return iter(())


@pytest.fixture
def whole(qtbot: QtBot, tmp_path: Path, stage_maker: Callable[..., Stage]) -> Iterator[tuple[Stage, Page]]:
    """A window with all its pages, and what shows one of them."""
    path = tmp_path / "config.toml"
    put_entry(path, WorkspaceEntry("Acme EU", region="eu1", embedded_id="acme"))
    journal, tasks = journal_of_some_attempts(), Tasks()
    backstage = Backstage(
        tasks=tasks,
        journal=lambda: journal,
        make_workspaces_page=lambda parent: WorkspacesPage(path, Vault(), no_checks, tasks, parent),
    )
    stage = stage_maker(backstage=backstage)
    stage.window.notices.add("A notice that is long enough to need a second line where there is little room.")

    def page(name: str) -> QWidget:
        shown = stage.window.show_page(name)
        if isinstance(shown, WorkspacesPage):
            qtbot.waitUntil(lambda: not shown.is_first_run)
        return shown

    stage.window.show()
    qtbot.waitExposed(stage.window)
    stage.choose()
    qtbot.waitUntil(lambda: stage.window.parts.table.model.rowCount() > 0)
    yield stage, page
    tasks.close()
    journal.close()


def visible(root: QWidget) -> list[QWidget]:
    """Return what is on the screen; not Qt's own parts of views."""
    found = [child for child in root.findChildren(QWidget) if child.isVisibleTo(root.window())]
    return [child for child in found if not _is_qts_own(child)]


def _is_qts_own(widget: QWidget) -> bool:
    return widget.objectName().startswith("qt_") or isinstance(widget.parentWidget(), QLineEdit)


def takes_keyboard(widget: QWidget) -> bool:
    return (
        bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and widget.isEnabled()
        and not widget.focusProxy()
    )


def described(widget: QWidget) -> str:
    return (
        f"{type(widget).__name__} {widget.accessibleName() or widget.property('text') or widget.objectName()}"
    )


@pytest.mark.parametrize("name", PAGES)
def test_everything_that_takes_the_keyboard_has_a_name(whole: tuple[Stage, Page], name: str) -> None:
    stage, page = whole
    page(name)
    every = [child for child in stage.window.findChildren(QWidget) if not _is_qts_own(child)]
    nameless = [
        described(widget)
        for widget in every
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (widget.accessibleName() or widget.property("text"))
    ]
    assert nameless == []


@pytest.mark.parametrize("name", PAGES)
def test_tab_reaches_everything(whole: tuple[Stage, Page], name: str) -> None:
    stage, page = whole
    page(name)
    window = stage.window
    window.activateWindow()
    wanted = {widget for widget in visible(window) if takes_keyboard(widget)}
    window.bar.menu_button.setFocus()
    reached: set[QWidget] = set()
    for _ in range(3 * len(wanted)):
        focused = QApplication.focusWidget()
        assert focused is not None
        reached.add(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    left = {widget for widget in wanted - reached if not _is_one_of_a_group(widget, reached)}
    assert sorted(map(described, left)) == []


def _is_one_of_a_group(widget: QWidget, reached: set[QWidget]) -> bool:
    """Whether the arrows lead to a button: Qt lets Tab come to one of an exclusive group only."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return group is not None and group.exclusive() and bool(set(group.buttons()) & reached)


@pytest.mark.usefixtures("large_letters")
@pytest.mark.parametrize("name", PAGES)
def test_letters_twice_as_large_are_not_cut(whole: tuple[Stage, Page], name: str) -> None:
    stage, page = whole
    page(name)
    stage.window.resize(1280, 800)
    stage.window.grab()
    assert stage.window.size().toTuple() == (1280, 800)
    assert cut(stage.window) == []
    assert overlapping(stage.window) == []
    assert out_of_sight(stage.window) == []


@pytest.mark.usefixtures("right_to_left")
@pytest.mark.parametrize("name", PAGES)
def test_right_to_left_mirrors_the_window(whole: tuple[Stage, Page], name: str) -> None:
    stage, page = whole
    page(name)
    window = stage.window
    window.resize(1024, 640)
    window.grab()
    assert window.size().toTuple() == (1024, 640)
    assert window.bar.menu_button.x() < window.width() / 4
    assert cut(window) == []
    assert overlapping(window) == []
    assert out_of_sight(window) == []


@pytest.mark.parametrize("name", PAGES)
def test_each_page_fits_a_small_screen(whole: tuple[Stage, Page], name: str) -> None:
    stage, page = whole
    page(name)
    stage.window.resize(1024, 640)
    stage.window.grab()
    assert stage.window.size().toTuple() == (1024, 640)
    assert cut(stage.window) == []
    assert overlapping(stage.window) == []
    assert out_of_sight(stage.window) == []


def cut(window: QWidget) -> list[str]:
    """Return the widgets whose text has less room than it needs."""
    found = []
    for widget in visible(window):
        if isinstance(widget, QLabel) and widget.wordWrap():
            needed = widget.heightForWidth(widget.width())
            if widget.text() and widget.height() < needed:
                found.append(f"{described(widget)}: {widget.height()} of {needed} px high")
        elif isinstance(widget, QLabel | QAbstractButton | QComboBox):
            hint = widget.minimumSizeHint()
            if widget.width() < hint.width() or widget.height() < hint.height():
                found.append(f"{described(widget)}: {widget.size().toTuple()} of {hint.toTuple()}")
    return found


def out_of_sight(window: QWidget) -> list[str]:
    """Return the widgets that stand out of a column sideways, where nothing can bring them into view."""
    found = []
    for area in window.findChildren(QScrollArea):
        column = area.widget()
        if not area.isVisible() or column is None:
            continue
        room = area.viewport().width()
        for widget in visible(column):
            left = widget.mapTo(column, QPoint(0, 0)).x() + column.x()
            if left < 0 or left + widget.width() > room:
                found.append(f"{described(widget)}: {left} to {left + widget.width()} of {room} px")
    return found


def overlapping(window: QWidget) -> list[str]:
    """Return pairs of widgets of one parent that lie on each other."""
    found = []
    for parent in [window, *visible(window)]:
        if isinstance(parent, QScrollArea | QComboBox | QTabBar) or parent.layout() is None:
            continue
        children = [child for child in parent.children() if isinstance(child, QWidget)]
        shown = [child for child in children if child.isVisible() and not child.isWindow()]
        shown = [child for child in shown if not isinstance(child, QSplitterHandle)]
        for index, one in enumerate(shown):
            for other in shown[index + 1 :]:
                common = one.geometry().intersected(other.geometry())
                if common.width() > 1 and common.height() > 1:
                    found.append(f"{described(one)} and {described(other)}")
    return found


def test_the_judge_of_overlaps_sees_one(qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QHBoxLayout

    root = QWidget()
    qtbot.addWidget(root)
    layout = QHBoxLayout(root)
    labels = [QLabel(text, root) for text in ("one", "other")]
    layout.addWidget(labels[0])
    root.resize(200, 60)
    root.show()
    root.grab()
    labels[1].setGeometry(QRect(QPoint(0, 0), root.size()))
    labels[1].show()
    assert overlapping(root)
    labels[0].setMaximumWidth(3)
    root.grab()
    assert cut(root)
