"""Makes dialogs, and keeps the next one warm so that a click opens it without delay."""

from __future__ import annotations

from PySide6.QtCore import QObject

from tray_auth_desktop.core.presentation import AS_EVER, Presentation
from tray_auth_desktop.dialog import engine_flags
from tray_auth_desktop.dialog.auth_dialog import AuthDialog
from tray_auth_desktop.dialog.network import DialogNetwork


class AuthDialogFactory(QObject):
    """Implements `onboarding.ports.DialogFactory`.

    Args:
        opener_origin: The origin our opener pages have.
        network: The workspace's proxy and certificates; the system's without.
        only_loopback: Whether pages may come from this computer only.

    Raises:
        EngineError: the proxy or the certificates cannot be used.
    """

    def __init__(
        self,
        opener_origin: str,
        parent: QObject,
        network: DialogNetwork | None = None,
        *,
        only_loopback: bool = False,
    ) -> None:
        super().__init__(parent)
        self._network = network or DialogNetwork()
        # in an application of somebody else's, nothing of ours started the engine
        engine_flags.apply(self._network.proxy_at_start, only_loopback=only_loopback)
        self._network.certificates()  # a file that cannot be used is said before a dialog is wanted
        self._network.use_proxy()
        self._opener_origin = opener_origin
        self._only_loopback = only_loopback
        self._warm: AuthDialog | None = None

    def make(self, presentation: Presentation = AS_EVER) -> AuthDialog:
        """Return a dialog that has not been opened: the warm one if it will do, else a new one."""
        if not presentation.is_default:
            return self._new(presentation)
        dialog, self._warm = self._warm, None
        if dialog is None:
            return self._new(presentation)
        dialog.crashed.disconnect(self._on_warm_crashed)
        return dialog

    def warm_up(self) -> None:
        """Start the engine and an opener page for the next dialog."""
        if self._warm is None:
            self._warm = self._new(AS_EVER)
            self._warm.crashed.connect(self._on_warm_crashed)

    def _on_warm_crashed(self, _how: str) -> None:
        """Its process died before anybody wanted it: the next dialog is a new one, and nobody need know."""
        self.dispose()

    def dispose(self) -> None:
        """Let go of the warm dialog, if there is one."""
        if self._warm is not None:
            self._warm.dispose()
            self._warm = None

    def _new(self, presentation: Presentation) -> AuthDialog:
        return AuthDialog(
            self._opener_origin, self, self._network, presentation, only_loopback=self._only_loopback
        )
