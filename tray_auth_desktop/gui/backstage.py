"""What the window gets from the program: what stands behind it and outlives each of its pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from tray_auth_desktop.gui.window_state import WindowState
from tray_auth_desktop.onboarding.tasks import Tasks

if TYPE_CHECKING:
    from tray_auth_desktop.gui.history_ports import PastAttempts
    from tray_auth_desktop.onboarding.recents import Recents


def _no_journal() -> PastAttempts | None:
    return None


def _no_facts() -> Sequence[tuple[str, str]]:
    return ()


def _blank_page(parent: QWidget) -> QWidget:
    return QWidget(parent)


def _ignore(_text: str) -> None:
    return


@dataclass(frozen=True)
class Backstage:
    """Everything has a stand-in that does nothing, for a window that is shown by itself.

    Attributes:
        tasks: Runs what may wait.
        state: How the window looked when it was closed.
        journal: Returns the journal; None while there is none.
        recents: Returns the choices that were made before; None remembers none.
        facts: Returns what the About dialog shows. Called on a worker thread.
        make_workspaces_page: Makes the page of workspaces when it is first shown.
        keep_scheme: Remembers a colour scheme: system, light or dark.
        scheme: The one that is in use at the start.
        install_entry: Installs the desktop entry and returns what to tell. Called on a worker
            thread; None where there is none to install.
    """

    tasks: Tasks = field(default_factory=Tasks)
    state: WindowState = field(default_factory=lambda: WindowState(None))
    journal: Callable[[], PastAttempts | None] = _no_journal
    recents: Callable[[], Recents] | None = None
    facts: Callable[[], Sequence[tuple[str, str]]] = _no_facts
    make_workspaces_page: Callable[[QWidget], QWidget] = _blank_page
    keep_scheme: Callable[[str], None] = _ignore
    scheme: str = "system"
    install_entry: Callable[[], str] | None = None
