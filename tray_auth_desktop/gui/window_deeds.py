"""What each action of the table does, and why it cannot be done where it cannot."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from tray_auth_desktop.gui import text_size, theme
from tray_auth_desktop.gui.filter_line import FilterLine, nearest_filter
from tray_auth_desktop.gui.guidance import RUNNING
from tray_auth_desktop.gui.request_form import RequestForm
from tray_auth_desktop.gui.window_actions import Deed
from tray_auth_desktop.gui.window_dialogs import WindowDialogs

if TYPE_CHECKING:
    from tray_auth_desktop.gui.main_window import MainWindow

#: The actions that the table of authentications has itself.
_OF_TABLE = (
    "details", "edit", "rename", "copy_id", "copy_name", "copy_json", "copy_link",
    "export_csv", "export_json", "delete",
)  # fmt: skip


def deeds_of(window: MainWindow) -> dict[str, Deed]:
    """Return what each action of the table does in a window."""
    dialogs = WindowDialogs(window)
    return {
        **_attempt_deeds(window),
        **_part_deeds(window),
        **_page_deeds(window),
        **_look_deeds(window),
        **_workspace_deeds(window, dialogs),
        "palette": Deed(dialogs.open_palette),
        "menu": Deed(dialogs.open_menu),
        "sheet": Deed(dialogs.open_sheet),
        "about": Deed(dialogs.open_about),
        "install_entry": Deed(dialogs.install_entry, partial(_why_no_entry, window)),
        "quit": Deed(window.close),
    }


def _attempt_deeds(window: MainWindow) -> dict[str, Deed]:
    def new_code() -> None:
        window.page.desk.new_code()

    def cancel() -> None:
        window.page.desk.cancel()

    def copy() -> None:
        window.parts.result.copy()

    def export() -> None:
        window.parts.timeline.export_button.open_menu()

    def inspect() -> None:
        window.attempt.inspect()

    return {
        "open_dialog": Deed(partial(_open_chosen, window), partial(_why_not_opened, window)),
        "new_code": Deed(
            new_code, lambda: "" if window.attempt.has_begun else "No dialog has been opened yet."
        ),
        "export_timeline": Deed(
            export,
            lambda: "" if window.attempt.has_begun else "No dialog has been opened yet.",
        ),
        "inspect": Deed(
            inspect,
            lambda: "" if window.attempt.can_be_inspected else "No dialog is open.",
        ),
        "cancel": Deed(cancel, lambda: "" if window.page.desk.is_running else "No attempt is running."),
        "copy_auth_id": Deed(
            copy, lambda: "" if window.parts.result.auth_id else "No authId is captured yet."
        ),
    }


def _open_chosen(window: MainWindow) -> None:
    window.show_page("page_onboard")
    window.attempt.open_dialog()


def _why_not_opened(window: MainWindow) -> str:
    if window.page.desk.is_running:
        return RUNNING
    form = window.parts.form
    missing = form.missing()
    return f"Still to choose: {', '.join(missing)}." if missing else form.choices.problem()


def _part_deeds(window: MainWindow) -> dict[str, Deed]:
    no_user, no_operations = RequestForm.why_no_user, RequestForm.why_no_operations
    return {
        **{name: _of_table(window, name) for name in _OF_TABLE},
        "new_user": _of_form(window, RequestForm.new_user),
        "copy_user_ids": _of_form(window, RequestForm.copy_user_ids, no_user),
        "delete_user": _of_form(window, RequestForm.delete_user, no_user),
        "recent": _of_form(window, lambda form: form.recent_button.open_menu()),
        "operations": _of_form(window, RequestForm.choose_by_operations, no_operations),
    }


def _of_form(
    window: MainWindow,
    run: Callable[[RequestForm], None],
    why_not: Callable[[RequestForm], str] = lambda _form: "",
) -> Deed:
    """Do what the form can do; while an attempt runs, its choices stay as they are."""

    def run_there() -> None:
        window.show_page("page_onboard")
        run(window.parts.form)

    return Deed(run_there, lambda: RUNNING if window.page.desk.is_running else why_not(window.parts.form))


def _of_table(window: MainWindow, name: str) -> Deed:
    """Do what an action of the table of authentications does; its tool tip says why where it cannot."""

    def run() -> None:
        window.show_page("page_onboard")
        window.parts.table.acts[name].trigger()

    def why_not() -> str:
        action = window.parts.table.acts[name]
        return "" if action.isEnabled() else action.toolTip()

    return Deed(run, why_not)


def _page_deeds(window: MainWindow) -> dict[str, Deed]:
    pages = {
        name: Deed(partial(window.show_page, name), is_on=partial(_is_shown, window, name))
        for name in ("page_onboard", "page_history", "page_workspaces")
    }

    def toggle_timeline() -> None:
        window.parts.timeline.toggle.toggle()

    def has_timeline() -> bool:
        return window.parts.timeline.toggle.isChecked()

    return {
        **pages,
        "refresh": Deed(partial(_refresh, window)),
        "focus_filter": Deed(
            partial(_focus_filter, window),
            lambda: "" if _filter_of(window) else "There is no filter on this page.",
        ),
        "timeline": Deed(
            toggle_timeline,
            lambda: "" if _is_shown(window, "page_onboard") else "The timeline is on the page Onboard.",
            has_timeline,
        ),
    }


def _is_shown(window: MainWindow, name: str) -> bool:
    return window.page_name == name


def _refresh(window: MainWindow) -> None:
    if _is_shown(window, "page_history") and window.history is not None:
        window.history.refresh()
    elif _is_shown(window, "page_workspaces"):
        window.reload_workspaces.emit()
    else:
        window.page.load()


def _filter_of(window: MainWindow) -> FilterLine | None:
    """Return the filter that is meant when the keyboard is nowhere near one."""
    if _is_shown(window, "page_onboard"):
        return window.parts.table.filter_line
    page: QWidget | None = window.stack.currentWidget()
    lines = page.findChildren(FilterLine) if page is not None else []
    return next((line for line in lines if line.isVisible()), None)


def _focus_filter(window: MainWindow) -> None:
    fallback = _filter_of(window)
    if fallback is not None:
        line = nearest_filter(QApplication.focusWidget(), fallback)
        line.setFocus()
        line.selectAll()


def _look_deeds(window: MainWindow) -> dict[str, Deed]:
    def choose(scheme: str) -> None:
        theme.choose_scheme(scheme)
        window.backstage.keep_scheme(scheme)

    schemes = {
        f"scheme_{name}": Deed(partial(choose, name), is_on=partial(_is_scheme, name))
        for name in ("system", "light", "dark")
    }

    def scale(factor: float) -> None:
        window.say(f"Text size: {text_size.scale_text(factor):.0%}")

    return {
        **schemes,
        "larger_text": Deed(partial(scale, 1.1), lambda: text_size.why_not(1.1)),
        "smaller_text": Deed(partial(scale, 1 / 1.1), lambda: text_size.why_not(1 / 1.1)),
        "normal_text": Deed(lambda: scale(1 / text_size.current_scale())),
    }


def _is_scheme(name: str) -> bool:
    return theme.chosen_scheme() == name


def _workspace_deeds(window: MainWindow, dialogs: WindowDialogs) -> dict[str, Deed]:
    return {
        "switch_workspace": Deed(dialogs.open_switcher),
        "connect": Deed(dialogs.open_first_run),
        "enter_token": Deed(
            window.token_asked.emit,
            lambda: "The stand-in has a token of its own." if window.workspace.is_stand_in else "",
        ),
    }


def _why_no_entry(window: MainWindow) -> str:
    return "" if window.backstage.install_entry is not None else "Desktop entries are for Linux desktops."
