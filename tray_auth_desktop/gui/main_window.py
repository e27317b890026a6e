"""The window: the workspace on top, then the pages, of which the first onboards."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial
from types import ModuleType
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QIcon, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from tray_auth_desktop import assets
from tray_auth_desktop.gui.attempt_view import AttemptView, Parts
from tray_auth_desktop.gui.backstage import Backstage
from tray_auth_desktop.gui.banner import Notices, WorkspaceBanner
from tray_auth_desktop.gui.filter_line import FilterLine
from tray_auth_desktop.gui.guidance import RUNNING
from tray_auth_desktop.gui.onboard_page import OnboardPage
from tray_auth_desktop.gui.page_bar import PageBar

if TYPE_CHECKING:
    from tray_auth_desktop.core.attempt import Outcome
    from tray_auth_desktop.core.dialog_url import DialogRequest
    from tray_auth_desktop.core.subject import Subject
    from tray_auth_desktop.core.workspace import Workspace
    from tray_auth_desktop.gui.history_page import HistoryPage
    from tray_auth_desktop.gui.leaving_question import LeavingQuestion
    from tray_auth_desktop.gui.ports import Desk
    from tray_auth_desktop.gui.window_actions import WindowActions
    from tray_auth_desktop.onboarding.catalog import Catalog

_SAID_FOR_MS = 4_000
#: The pages, by the names that their actions have.
ONBOARD, HISTORY, WORKSPACES = "page_onboard", "page_history", "page_workspaces"
_PAGES = (
    (ONBOARD, "Onboard", "Ctrl+1"),
    (HISTORY, "History", "Ctrl+2"),
    (WORKSPACES, "Workspaces", "Ctrl+3"),
)


class MainWindow(QMainWindow):
    """Builds the parts and joins them. Loads nothing by itself: see `first_painted`.

    Attributes:
        page: The page that onboards, for the workspace that is worked against.

    Signals:
        first_painted(): the window is on the screen; now there is time to load.
        closing(): the window closes, and no attempt runs any more.
        workspace_asked(str): the person wants to work against this one; no attempt runs any more.
        workspaces_wanted(): the list of workspaces is about to be shown.
        reload_workspaces(): the person wants the page of workspaces as the file has them now.
        first_run_asked(): the person wants to connect an account.
        token_asked(): the person wants to enter the master token.
    """

    first_painted = Signal()
    closing = Signal()
    workspace_asked = Signal(str)
    workspaces_wanted = Signal()
    reload_workspaces = Signal()
    first_run_asked = Signal()
    token_asked = Signal()

    def __init__(
        self,
        workspace: Workspace,
        catalog: Catalog,
        desk: Desk,
        *,
        notices: Sequence[str] = (),
        backstage: Backstage | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.backstage = backstage or Backstage()
        self.workspace = workspace
        self._is_painted = False
        self._pages: dict[str, QWidget] = {}
        self.setWindowIcon(QIcon(str(assets.path("icons/tray-auth-desktop.svg"))))
        self._build()
        self.page = self._make_onboard_page(catalog, desk)
        self._show_workspace()
        for text in notices:
            self.notices.add(text)
        self.show_page(ONBOARD)
        if self.backstage.state.is_kept:
            self._memory.restore(self, self.backstage.state)
        self.page.parts.form.user_picker.setFocus()

    def _build(self) -> None:
        centre = QWidget(self)
        self.banner = WorkspaceBanner(self.workspace, centre)
        self.notices = Notices(centre)
        self.bar = PageBar(_PAGES, centre)
        self.stack = QStackedWidget(centre)
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part, share in ((self.banner, 0), (self.notices, 0), (self.bar, 0), (self.stack, 1)):
            layout.addWidget(part, share)
        self.setCentralWidget(centre)
        self.statusBar().setSizeGripEnabled(False)
        self.resize(1280, 800)
        self.bar.page_asked.connect(self.show_page)
        self.bar.palette_asked.connect(partial(self._do, "palette"))
        self.bar.menu_asked.connect(partial(self._do, "menu"))
        self.banner.switch_asked.connect(partial(self._do, "switch_workspace"))

    def _do(self, name: str) -> None:
        self.actions_of_window.action(name).trigger()

    def _make_onboard_page(self, catalog: Catalog, desk: Desk) -> OnboardPage:
        page = OnboardPage(catalog, desk, self.stack, self.backstage)
        page.said.connect(self.statusBar().showMessage)
        page.copied.connect(self.say_copied)
        page.user_chosen.connect(self._on_user_chosen)
        page.dialog_requested.connect(self.open_dialog)
        page.parts.form.user_picker.token_asked.connect(partial(self._do, "enter_token"))
        page.attempt.ended.connect(self._on_attempt_ended)
        desk.journal_failed.connect(self.notices.add)
        self.stack.addWidget(page)
        self._pages[ONBOARD] = page
        return page

    @cached_property
    def actions_of_window(self) -> WindowActions:
        """Everything that can be done, with its shortcuts. Made after the first paint, or when asked for."""
        from tray_auth_desktop.gui.window_actions import WindowActions
        from tray_auth_desktop.gui.window_deeds import deeds_of

        actions = WindowActions(self, deeds_of(self))
        actions.refused.connect(self.say)
        actions.workspace_asked.connect(self.ask_for_workspace)
        return actions

    @cached_property
    def _question(self) -> LeavingQuestion:
        from tray_auth_desktop.gui.leaving_question import LeavingQuestion

        question = LeavingQuestion(self)
        question.progressed.connect(self.say)
        return question

    @property
    def parts(self) -> Parts:
        """The parts of the page that onboards."""
        return self.page.parts

    @property
    def attempt(self) -> AttemptView:
        """What shows how an attempt goes."""
        return self.page.attempt

    @property
    def page_name(self) -> str:
        """Which page is shown."""
        shown = self.stack.currentWidget()
        return next((name for name, page in self._pages.items() if page is shown), ONBOARD)

    def show_session(self, workspace: Workspace, catalog: Catalog, desk: Desk) -> None:
        """Work against another workspace: nothing of the one before is left."""
        before, shown = self.page, self.page_name
        before.desk.journal_failed.disconnect(self.notices.add)
        self.workspace = workspace
        self.page = self._make_onboard_page(catalog, desk)
        self.page.arrangement.take_from(before.arrangement)
        self._memory.take_columns(self.page, before)
        self.stack.removeWidget(before)
        before.hide()
        before.deleteLater()
        self._show_workspace()
        self.show_page(shown)
        self.statusBar().clearMessage()

    def load(self) -> None:
        """Fetch what a page that was just made shows, and choose who was chosen last."""
        if self.backstage.recents is not None:
            self.parts.form.use_recents(self.backstage.recents(), self.workspace.name)
        self.page.load()
        self._explain_labels(self)
        self._memory.restore_user(self, self.backstage.state)

    def _explain_labels(self, root: QWidget) -> None:
        from tray_auth_desktop.gui.glossary import explain_labels

        explain_labels(root)

    @property
    def _memory(self) -> ModuleType:
        from tray_auth_desktop.gui import window_memory

        return window_memory

    def _show_workspace(self) -> None:
        self.setWindowTitle(self.workspace.name)  # the program's name is appended by Qt
        self.banner.show_workspace(self.workspace)
        if self.history is not None:
            self.history.set_workspace(self.workspace.name)

    @property
    def history(self) -> HistoryPage | None:
        """The page of past attempts; None until it was shown for the first time."""
        page: HistoryPage | None = self._pages.get(HISTORY)  # type: ignore[assignment]  # one name, one class
        return page

    def show_page(self, name: str) -> QWidget:
        """Show a page; the first time, make it. Returns it."""
        if name not in self._pages:
            self._pages[name] = self._make_later(name)
            self.stack.addWidget(self._pages[name])
            self._memory.restore_page(self, name, self.backstage.state)
            self._explain_labels(self._pages[name])
        page = self._pages[name]
        if self.stack.currentWidget() is not page:
            self.stack.setCurrentWidget(page)
            self._first_on(name).setFocus()
        self.bar.show_page(name)
        return page

    def _first_on(self, name: str) -> QWidget:
        """Return what has the keyboard on a page at first."""
        if name == ONBOARD:
            return self.parts.form.user_picker
        lines = self._pages[name].findChildren(FilterLine)
        return lines[0] if lines else self._pages[name]

    def _make_later(self, name: str) -> QWidget:
        if name == WORKSPACES:
            return self.backstage.make_workspaces_page(self.stack)
        from tray_auth_desktop.gui.history_page import HistoryPage

        page = HistoryPage(self.backstage.journal, self.backstage.tasks, self.stack)
        page.set_workspace(self.workspace.name)
        page.repeat_requested.connect(self.repeat)
        page.copied.connect(self.say_copied)
        return page

    def open_dialog(self, request: DialogRequest, subject: Subject) -> None:
        """Open a dialog for what was not chosen in the form."""
        if self.page.desk.is_running:
            self.say(RUNNING)
            return
        self.show_page(ONBOARD)
        self.attempt.open_for(request, subject)

    def repeat(self, request: DialogRequest, subject: Subject) -> None:
        """Choose what an earlier attempt was for, and open the dialog for it."""
        if not self.page.desk.is_running:
            self.parts.form.fill(request, subject)
        self.open_dialog(request, subject)

    def ask_for_workspace(self, key: str) -> None:
        """Switch, after asking while an attempt runs."""
        from tray_auth_desktop.gui.leaving_question import SWITCH

        self._question.leave(self.page.desk, SWITCH, lambda: self.workspace_asked.emit(key))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint, and say so the first time."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self, self._on_first_painted)

    def _on_first_painted(self) -> None:
        self.first_painted.emit()
        _ = self.actions_of_window  # their shortcuts count from now on

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Close at once, or ask while an attempt runs."""
        if self.page.desk.is_running:
            event.ignore()
            from tray_auth_desktop.gui.leaving_question import CLOSE

            self._question.leave(self.page.desk, CLOSE, self.close)
            return
        event.accept()
        self._memory.keep(self, self.backstage.state)
        self.closing.emit()

    def say(self, text: str) -> None:
        """Show a line in the status bar for a while."""
        self.statusBar().showMessage(text, _SAID_FOR_MS)

    def say_copied(self, text: str) -> None:
        """Say what went to the clipboard."""
        self.say(f"Copied: {text.splitlines()[0]}")

    def _on_attempt_ended(self, outcome: Outcome) -> None:
        self._question.on_attempt_ended(outcome)
        if self.history is not None:
            self.history.refresh()

    def _on_user_chosen(self, user_id: str) -> None:
        if user_id:
            self._memory.keep_user(self.backstage.state, self.workspace.name, user_id)
