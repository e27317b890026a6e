"""What of the window is the same at the next start: place, sizes, columns, page, last end user."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QGuiApplication

from tray_auth_desktop.gui import text_size
from tray_auth_desktop.gui.window_state import WindowState, is_on_a_screen, user_key

if TYPE_CHECKING:
    from tray_auth_desktop.gui.authentication_table import AuthenticationTable
    from tray_auth_desktop.gui.main_window import MainWindow
    from tray_auth_desktop.gui.onboard_page import OnboardPage
    from tray_auth_desktop.gui.timeline_panel import TimelinePanel

_GEOMETRY, _COLUMNS, _ROWS, _COLLAPSED, _PAGE = "geometry", "columns", "rows", "collapsed", "page"
_TABLE, _TIMELINE, _HISTORY, _HISTORY_PARTS = "table", "timeline", "history", "history_parts"
_HISTORY_PAGE = "page_history"
_LATER_PAGES = (_HISTORY_PAGE, "page_workspaces")


def restore(window: MainWindow, state: WindowState) -> None:
    """Let the window look as it was kept; what is missing or cannot be read stays as it is made."""
    _restore_geometry(window, state.blob(_GEOMETRY))
    page = window.page
    page.arrangement.restore(state.blob(_COLUMNS), state.blob(_ROWS), state.is_set(_COLLAPSED))
    for name, table in _tables(page):
        table.restore_columns(state.blob(name))
    if state.text(_PAGE) in _LATER_PAGES:  # their first paint is none that the window's waits for
        window.first_painted.connect(partial(window.show_page, state.text(_PAGE)))


def restore_user(window: MainWindow, state: WindowState) -> None:
    """Choose the end user who was chosen last in the workspace that is worked against."""
    user_id = state.text(user_key(window.workspace.name))
    if user_id:
        window.parts.form.restore(user_id)


def restore_page(window: MainWindow, name: str, state: WindowState) -> None:
    """Let a page that was just made look as it was kept."""
    if name == _HISTORY_PAGE and window.history is not None:
        if not state.blob(_HISTORY).isEmpty():
            window.history.restore_columns(state.blob(_HISTORY))
        window.history.parts.restoreState(state.blob(_HISTORY_PARTS))


def keep(window: MainWindow, state: WindowState) -> None:
    """Take down how the window looks, and write it."""
    page = window.page
    state.put(_GEOMETRY, window.saveGeometry())
    state.put(_COLUMNS, page.arrangement.columns.saveState())
    state.put(_ROWS, page.arrangement.opened_rows())
    state.put(_COLLAPSED, "yes" if page.arrangement.is_collapsed else "no")
    state.put(_PAGE, window.page_name)
    state.put(text_size.KEPT_AS, f"{text_size.current_scale():.3f}")
    for name, table in _tables(page):
        state.put(name, table.column_state())
    if window.history is not None:
        state.put(_HISTORY, window.history.column_state())
        state.put(_HISTORY_PARTS, window.history.parts.saveState())
    state.write()


def keep_user(state: WindowState, workspace: str, user_id: str) -> None:
    """Remember who was chosen last in a workspace."""
    state.put(user_key(workspace), user_id)


def take_columns(page: OnboardPage, before: OnboardPage) -> None:
    """Let the tables of a page have the columns of another."""
    for (_, table), (_, other) in zip(_tables(page), _tables(before), strict=True):
        table.restore_columns(other.column_state())


def _tables(page: OnboardPage) -> tuple[tuple[str, AuthenticationTable | TimelinePanel], ...]:
    return ((_TABLE, page.parts.table), (_TIMELINE, page.parts.timeline))


def _restore_geometry(window: MainWindow, kept: QByteArray) -> None:
    """Put the window where it was, unless no screen is there any more."""
    if kept.isEmpty():
        return
    made = window.geometry()
    screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    if not window.restoreGeometry(kept) or not is_on_a_screen(window.normalGeometry(), screens):
        window.setGeometry(made)
