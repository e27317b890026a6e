"""The web engine inside an application that may have started it already."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QThread

from tray_auth_desktop.core.workspace import Workspace
from tray_auth_desktop.errors import EngineError
from tray_auth_desktop.secrets import Secret

if TYPE_CHECKING:
    from tray_auth_desktop.dialog.factory import AuthDialogFactory

#: What is deleted gives others to delete: views their pages, pages their profile.
_DELETION_ROUNDS = 3
_SHARING = Qt.ApplicationAttribute.AA_ShareOpenGLContexts


def prepare_application() -> None:
    """Before there is an application: let it share its OpenGL contexts, which the web engine demands."""
    if QCoreApplication.instance() is None:
        QCoreApplication.setAttribute(_SHARING)


def finish_deletions() -> None:
    """Delete what was given to `deleteLater`, where no event loop is left that would.

    Otherwise pages would outlive their profile, which the engine complains of.
    """
    if QThread.currentThread().loopLevel() == 0:
        for _ in range(_DELETION_ROUNDS):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


class HostEngine:
    """Makes the dialogs of one workspace; the first time, that imports the web engine."""

    def __init__(self, workspace: Workspace, proxy_password: Secret | None) -> None:
        self._workspace = workspace
        self._proxy_password = proxy_password
        self._factory: AuthDialogFactory | None = None

    def factory(self) -> AuthDialogFactory:
        """Return what makes dialogs.

        Raises:
            EngineError: the engine may not or cannot run here; says why and what to do.
        """
        if self._factory is None:
            self._factory = self._made()
        return self._factory

    def close(self) -> None:
        """Let go of what was kept warm. The factory stays the application's: pages may outlive this call."""
        if self._factory is not None:
            self._factory.dispose()
            self._factory = None

    def _made(self) -> AuthDialogFactory:
        application = QCoreApplication.instance()
        if application is None:
            raise EngineError("The dialog needs a QApplication.", advice="Make one, then open the dialog.")
        only_loopback = self._decide_on_the_sandbox()
        _require_sharing()
        try:
            from tray_auth_desktop.dialog.factory import AuthDialogFactory
            from tray_auth_desktop.dialog.network import DialogNetwork
        except ImportError as error:
            raise EngineError(f"The web engine cannot be loaded: {error}.") from error
        workspace, password = self._workspace, self._proxy_password
        network = DialogNetwork(workspace.proxy, lambda: password, workspace.ca_file, keeps_application=True)
        return AuthDialogFactory(workspace.opener_origin, application, network, only_loopback=only_loopback)

    def _decide_on_the_sandbox(self) -> bool:
        """Return whether pages may come from this computer only."""
        import os

        from tray_auth_desktop.dialog import sandbox

        is_waived = os.environ.get(sandbox.VARIABLE, "0") not in ("", "0")
        decision = sandbox.decide(
            as_root=sandbox.is_root(), is_local=self._workspace.is_local, is_waived=is_waived
        )
        sandbox.apply(decision)
        return decision.only_loopback


def _require_sharing() -> None:
    if not QCoreApplication.testAttribute(_SHARING) and "PySide6.QtWebEngineCore" not in sys.modules:
        raise EngineError(
            "The web engine cannot start: the QApplication was made before it was told to share contexts.",
            advice="Import AuthDialog, or set Qt.AA_ShareOpenGLContexts, before the QApplication is made.",
        )
