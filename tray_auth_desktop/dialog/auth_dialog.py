"""One opening of the auth-only dialog: profile, opener page, dialog page and its popups."""

from __future__ import annotations

import json
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from tray_auth_desktop.core.dialog_state import LoadFailure, WindowGone
from tray_auth_desktop.core.dialog_url import DialogLaunch
from tray_auth_desktop.core.presentation import AS_EVER, Presentation
from tray_auth_desktop.core.timeline import EventKind, Observation
from tray_auth_desktop.core.window_message import MessageSource, WindowMessage
from tray_auth_desktop.dialog import page_events
from tray_auth_desktop.dialog.dialog_view import DialogView
from tray_auth_desktop.dialog.inspector import Inspector
from tray_auth_desktop.dialog.network import DialogNetwork
from tray_auth_desktop.dialog.opening import make_opening
from tray_auth_desktop.dialog.popup_page import PopupPage
from tray_auth_desktop.dialog.popup_window import PopupWindow
from tray_auth_desktop.dialog.profile import AttemptProfile
from tray_auth_desktop.dialog.scripts import call
from tray_auth_desktop.secrets import DialogSecrets

MAX_POPUPS = 8
#: How long after a load that broke off the dialog must have gone on, in milliseconds.
_NOTHING_TO_SHOW_MS = 1_500


class AuthDialog(QObject):
    """The dialog and all that belongs to it; implements `onboarding.ports.Dialog`.

    Signals: as listed there, and
        became_ready(): the opener page listens, so the dialog opens without delay.
    """

    message_received = Signal(object)
    observed = Signal(object)
    loaded = Signal()
    load_failed = Signal(object)
    gone = Signal(object)
    crashed = Signal(str)
    result_suspected = Signal(str)
    became_ready = Signal()

    def __init__(
        self,
        opener_origin: str,
        parent: QObject,
        network: DialogNetwork | None = None,
        presentation: Presentation = AS_EVER,
        *,
        only_loopback: bool = False,
    ) -> None:
        super().__init__(parent)
        self._launch: DialogLaunch | None = None
        self._has_loaded = False
        self._has_closed = False
        self._page: PopupPage | None = None
        self._popups: list[PopupWindow] = []
        self._inspector: Inspector | None = None
        self._is_inspected = False
        self._secrets = DialogSecrets()
        self._view = DialogView(presentation.size)
        origin = presentation.opener_origin or opener_origin
        self._profile = AttemptProfile(origin, parent, network, presentation, only_loopback=only_loopback)
        self._profile.observed.connect(self.observed)
        self._profile.cookie_seen.connect(self._secrets.cookie)
        self._opening = make_opening(self._profile, origin, presentation, self)
        self._opening.became_ready.connect(self.became_ready)
        self._opening.page_made.connect(self._on_page_made)
        self._opening.message_received.connect(self._on_opener_message)
        self._opening.observed.connect(self.observed)
        self._opening.was_blocked.connect(self._on_blocked)
        self._opening.opener_left.connect(self._on_opener_left)
        self._opening.opener_died.connect(self._on_opener_died)

    def widget(self) -> QWidget:
        """Return the widget that shows the dialog. It is the caller's to place, not to delete."""
        return self._view

    def page(self) -> PopupPage | None:
        """Return the dialog's page; None until it is opened. For drivers and tests."""
        return self._page

    def popup_pages(self) -> tuple[PopupPage, ...]:
        """Return the pages of the windows that the dialog opened, oldest first."""
        return tuple(window.page for window in self._popups)

    def open(self, launch: DialogLaunch) -> None:
        """Open the dialog as soon as the opener page listens."""
        self._launch = launch
        self._opening.open(launch)

    def answer_account_id(self, account_id: str) -> None:
        """Answer the dialog's `accountIdRequest` (tray-protocol notes §5.2)."""
        if self._launch is not None:
            answer = json.dumps({"type": "tray.authpopup.accountIdRequest", "data": account_id})
            self._opening.answer(answer, str(self._launch.trusted_origin))

    def inspect(self) -> None:
        """Open the web inspector, now or as soon as there is a page; it closes with the dialog."""
        self._is_inspected = True
        if self._page is None:
            return
        if self._inspector is None:
            self.observed.emit(page_events.inspector(ends_options=self._page.devToolsPage() is not None))
            self._inspector = Inspector(self._page)
        self._inspector.come_forward()

    def _close_inspector(self) -> None:
        if self._inspector is not None:
            self._inspector.dispose()
            self._inspector = None

    def close_windows(self) -> None:
        """Take the dialog and its popups off the screen; the pages live on until `dispose`."""
        self._close_inspector()
        self._let_page_close()
        self._refuse_windows()
        self._view.hide()
        for window in tuple(self._popups):
            window.hide()

    def dispose(self) -> None:
        """Delete all pages, then the profile. Nothing is signalled afterwards."""
        self.blockSignals(True)
        self._profile.fall_silent()
        self._close_inspector()
        self._secrets.drop()
        self._refuse_windows()
        for window in self._popups:
            window.blockSignals(True)
            window.page.deleteLater()
            window.deleteLater()
        self._popups.clear()
        self._opening.close()
        if self._page is not None:
            self._view.release_page()
        self._view.deleteLater()
        self._profile.deleteLater()
        self.deleteLater()

    def _refuse_windows(self) -> None:
        for page in (self._page, *self.popup_pages()):
            if page is not None:
                page.may_open_windows = False

    def _on_opener_left(self) -> None:
        """A page sent its opener elsewhere: what is posted from now on is not heard."""
        text = "The dialog sent the page that opened it elsewhere: its message cannot be heard any more."
        self.observed.emit(Observation(EventKind.MESSAGE, text, is_problem=True))
        self.result_suspected.emit("the dialog sent its opener elsewhere")

    def _on_blocked(self) -> None:
        self.load_failed.emit(
            LoadFailure("The web engine did not open a window for the dialog.", is_network=False)
        )

    def _on_opener_died(self, code: int) -> None:
        self.crashed.emit(f"The process that carries the dialog's messages ended (code {code}).")

    def _on_page_made(self, page: PopupPage) -> None:
        """The dialog's page exists and loads next."""
        if self._launch is None:
            return
        self._page = page
        self._listen_to(page)
        page.load_succeeded.connect(self._on_load_succeeded)
        page.load_failed.connect(self._on_load_failed)
        page.load_broken_off.connect(self._on_load_broken_off)
        page.crashed.connect(self.crashed)
        page.windowCloseRequested.connect(self._on_window_close_requested)
        page.bridge.opener_missed.connect(self._on_opener_missed)
        page.bridge.message_received.connect(self.message_received)
        self._view.show_page(page, self._launch.trusted_origin)
        if self._is_inspected:
            self.inspect()

    def _on_opener_message(self, message: WindowMessage) -> None:
        """Pass a message on. A window that is gone can only be the dialog's where the dialog's page was left.

        Frames and other windows that post and vanish have no source either.
        """
        if message.source is MessageSource.GONE:
            page = self._page
            is_dialogs = page is not None and (self._has_closed or page.was_left)
            source = page.source_when_gone if page is not None and is_dialogs else MessageSource.OTHER
            message = replace(message, source=source)
        self.message_received.emit(message)

    def _listen_to(self, page: PopupPage) -> None:
        """Hear what any page says. What it was given must be in nothing that it says from now on."""
        page.observed.connect(self.observed)
        page.popup_requested.connect(self._on_popup_requested)
        page.typed_into.connect(self._secrets.typed)
        page.secret_seen.connect(self._secrets.in_address)

    def _on_window_close_requested(self) -> None:
        if not self._has_closed:
            self._let_page_close()
            self.gone.emit(WindowGone.BY_PAGE)

    def _let_page_close(self) -> None:
        """Run the page's own closing, once: a message posted from `pagehide` is only sent then.

        WORKAROUND: without this, a page that calls `window.close()` never gets its `pagehide`
        (0 of 5 delivered, with it 5 of 5; seen in 6.11.3). It asks to be closed again after it.
        """
        if self._page is not None and not self._has_closed:
            self._has_closed = True
            self._page.triggerAction(PopupPage.WebAction.RequestClose)

    def _on_load_succeeded(self) -> None:
        is_empty = self._page is not None and self._page.url().scheme() == "about"
        if not self._has_loaded and not is_empty:
            self._has_loaded = True
            self._view.take_keyboard()
            self.loaded.emit()

    def _on_load_failed(self, failure: LoadFailure) -> None:
        if not self._has_loaded:
            self.load_failed.emit(failure)

    def _on_load_broken_off(self, address: str) -> None:
        """Wait a little: a page that goes elsewhere or closes itself breaks its load off too."""
        QTimer.singleShot(_NOTHING_TO_SHOW_MS, self, lambda: self._say_if_empty(address))

    def _say_if_empty(self, address: str) -> None:
        page = self._page
        if page is not None and not page.isLoading():
            page.run("location.protocol", lambda protocol: self._on_document_known(address, str(protocol)))

    def _on_document_known(self, address: str, protocol: str) -> None:
        """Tell a page that stays, though it broke off its own loading, from none at all.

        A page does so that goes to another program's address or to a download, or calls `stop()`.
        """
        if self._has_loaded or self._has_closed:
            return
        if protocol.startswith("http"):
            self._on_load_succeeded()
            return
        reason = f"{address} answered with nothing that can be shown (no page, or a download)."
        self.load_failed.emit(LoadFailure(reason, is_network=False))

    def _on_opener_missed(self, origin: str) -> None:
        text = "The dialog's opener was severed: a web page of your own would not get its message."
        self.observed.emit(page_events.severed(text, origin))

    def _on_popup_requested(self, page: PopupPage) -> None:
        if self._launch is None or len(self._popups) >= MAX_POPUPS:
            text = f"More than {MAX_POPUPS} windows: refused."
            self.observed.emit(Observation(EventKind.POPUP, text, is_problem=True))
            page.deleteLater()
            return
        window = PopupWindow(page, self._launch.trusted_origin, None)
        self._popups.append(window)
        self._listen_to(page)
        page.bridge.opener_missed.connect(self._on_popup_opener_missed)
        page.bridge.message_received.connect(self._on_popup_message)
        window.closed.connect(self._on_popup_closed)
        self.observed.emit(page_events.popup("The dialog opened a window.", page.name))
        window.show()

    def _on_popup_closed(self, window: PopupWindow) -> None:
        if window in self._popups:
            self._popups.remove(window)
            window.page.deleteLater()
            window.deleteLater()
            text = "The window that the dialog opened was closed."
            self.observed.emit(page_events.popup(text, window.page.name))

    def _on_popup_opener_missed(self, origin: str) -> None:
        """A window of the dialog came back to the dialog's origin without its opener."""
        text = "A window of the dialog lost its opener: without this program the dialog would wait for ever."
        self.observed.emit(page_events.severed(text, origin))
        self.result_suspected.emit("a window of the dialog came back without its opener")

    def _on_popup_message(self, message: WindowMessage) -> None:
        """Hand on to the dialog what its own window could not tell it."""
        if self._page is None or self._launch is None or message.payload is None:
            return
        constants = {"payload": message.payload, "trustedOrigin": str(self._launch.trusted_origin)}
        self._page.run(call("forward_message.js", constants), lambda _answer: None)
