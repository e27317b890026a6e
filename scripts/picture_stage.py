"""The program's window for a picture, and what a person does in it and in its dialog."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from tray_auth_desktop import app
from tray_auth_desktop.cli.window import WindowProgram
from tray_auth_desktop.core.attempt import Outcome, OutcomeKind
from tray_auth_desktop.core.contract_check import check_contract
from tray_auth_desktop.core.dialog_url import DialogRequest
from tray_auth_desktop.core.presentation import Embedding, Presentation
from tray_auth_desktop.core.timeline import TimelineEvent
from tray_auth_desktop.onboarding.load_state import Loading
from tray_auth_desktop.qa.waiting import wait_for

if TYPE_CHECKING:  # the engine is not needed to know which pictures there are
    from tray_auth_desktop.dialog.auth_dialog import AuthDialog
    from tray_auth_desktop.dialog.popup_page import PopupPage

_LIMIT_S = 60.0
_AGAIN_MS = 100
#: Of the ordinary seed: an end user, and service and environment of two dialogs.
_AVA = "14ee78f9-73d8-527a-bd84-7734b8424c08"
TWILIO = ("55d1154c-4fd8-4c2c-ba22-041deabfcbfd", "973b1afa-aa13-42c7-86c3-3964f44c53dd")
SLACK = ("3e21b055-1597-40ae-bcc2-72af0843b283", "a2f2ece8-2ecf-5954-b93f-92092e850c19")
#: So many of a code's 300 seconds are left when nothing but waiting is to be seen.
_CODE_LEFT_S = 294
_KILL = 9
#: Of the columns, and of the timeline beneath them once there is an outcome.
_HEIGHTS_PX = (460, 240)


class Stage(QObject):
    """One window against one stand-in, and what a person does there.

    Attributes:
        outcome: Of the last attempt; None while it runs.
        facts: What came of it, in the words of docs/scenarios.md.

    Signals:
        stirred(): something has happened that may have been waited for.
    """

    stirred = Signal()

    def __init__(self, program: WindowProgram) -> None:
        super().__init__()
        self.window, self.form, self.desk = program.window, program.window.parts.form, program.desk
        self.outcome: Outcome | None = None
        self._events: list[TimelineEvent] = []
        self._dialog: AuthDialog | None = None
        self._is_settled = self._has_list = False
        self._code_left_s = 0
        self.window.first_painted.connect(self.stirred)
        self.form.changed.connect(self.stirred)
        program.catalog.authentications_changed.connect(self._on_list)
        self.desk.attempt_started.connect(self._on_started)
        self.desk.dialog_made.connect(self._on_dialog_made)
        self.desk.observed.connect(self._events.append)
        self.desk.code_life_changed.connect(self._on_code_life)
        self.desk.ended.connect(partial(self._on_outcome, is_confirmation=False))
        self.desk.confirmed.connect(partial(self._on_outcome, is_confirmation=True))

    @property
    def facts(self) -> str:
        """Return how the attempt ended, for people; what the docs have to say too."""
        ended = self.outcome
        if ended is None:
            return "It has none."
        seen = "confirmed" if ended.confirmed else "not confirmed"
        how = f" by `{ended.via}`, {seen}" if ended.via else ""
        found = ", ".join(f"`{one.contract}`" for one in check_contract(self._events, ended)) or "none"
        return f"Outcome `{ended.kind}`{how}; exit code {ended.exit_code:d}; findings: {found}."

    def wait(self, is_so: Callable[[], bool], what: str) -> None:
        """Wait until something is so.

        Raises:
            TimeoutError: it does not come.
        """
        if not wait_for(is_so, self.stirred, _LIMIT_S):
            raise TimeoutError(f"{what} did not come within {_LIMIT_S:g} s")

    def open(
        self,
        place: tuple[str, str] = TWILIO,
        embedding: Embedding = Embedding.POPUP,
        parameters: Sequence[tuple[str, str]] = (),
    ) -> None:
        """Choose an end user, a service, its environment and what else counts, and open the dialog."""
        options = self.form.choices.presentation_options
        if embedding is not Embedding.POPUP:
            options.fields.show_presentation(Presentation(embedding=embedding))
        self.form.fill(DialogRequest(_AVA, *place, extra_parameters=tuple(parameters)))
        self.wait(lambda: self.form.request() is not None and self._has_list, "what can be chosen")
        self.window.attempt.open_dialog()

    def fill(self, values: Mapping[str, str], button: str, *, in_popup: bool = False) -> None:
        """Fill in fields of the dialog, or of the window that it opened, and press a button."""
        for label, value in values.items():
            self._act("fill", label, value, in_popup=in_popup)
        self._act("press", button, in_popup=in_popup)

    def read(self, text: str) -> None:
        """Wait until the dialog says something, and is drawn."""
        self._act("find_text", text)
        self._act("draw")

    def scroll_to(self, name: str) -> None:
        """Bring a part of the dialog's page into view."""
        self.until(f"document.getElementById('{name}').scrollIntoView({{block: 'end'}}); true")
        self._act("draw")

    def until(self, script: str) -> None:
        """Wait until a script says yes in the dialog's page, which need not have loaded."""
        said: list[object] = []

        def answered(answer: object) -> None:
            said.append(answer)
            self.stirred.emit()

        def look() -> None:
            page = self._page()
            if page is not None:
                page.run(script, answered)

        again = QTimer(self, interval=_AGAIN_MS)
        again.timeout.connect(look)
        again.start()
        self.wait(lambda: True in said, script)
        again.stop()

    def until_settled(self) -> None:
        """Wait for the outcome, and after a captured authId for its confirmation."""
        self.wait(lambda: self._is_settled, "the outcome")

    def until_waited(self) -> None:
        """Wait for some seconds of the code's life to be over."""
        self.wait(lambda: 0 < self._code_left_s <= _CODE_LEFT_S, "the age of the code")

    def crash(self) -> None:
        """Kill the process that shows the dialog."""
        page = self._page()
        if page is not None:
            os.kill(page.renderProcessPid(), _KILL)

    def show_first_finding(self) -> None:
        """Choose the first finding of the timeline, where there is one."""
        for action in self.window.parts.timeline.findings_button.entries.actions()[:1]:
            action.trigger()

    def _act(self, deed: str, *words: str, in_popup: bool = False) -> None:
        """Let somebody act in a page, once it has what that takes.

        Raises:
            LookupError: it never has.
        """
        self.wait(lambda: self._dialog is not None, "a dialog")
        assert self._dialog is not None  # noqa: S101 - was waited for
        page = self._popup if in_popup else self._page
        driver = app.page_driver(self._dialog, self, page=page, limit_ms=round(_LIMIT_S * 1_000))
        said: list[str] = []

        def done(missing: str) -> None:
            said.append(missing)
            self.stirred.emit()

        getattr(driver, deed)(*words, done)
        self.wait(lambda: bool(said), deed)
        if said[0]:
            raise LookupError(f"{deed} {words}: {said[0]}")

    def _page(self) -> PopupPage | None:
        return self._dialog.page() if self._dialog is not None else None

    def _popup(self) -> PopupPage | None:
        popups = self._dialog.popup_pages() if self._dialog is not None else ()
        return popups[-1] if popups else None

    def _on_list(self, state: object) -> None:
        self._has_list = not isinstance(state, Loading)
        self.stirred.emit()

    def _on_started(self) -> None:
        self.outcome, self._dialog, self._is_settled = None, None, False
        self._events.clear()

    def _on_dialog_made(self, dialog: AuthDialog) -> None:
        self._dialog = dialog
        self.stirred.emit()

    def _on_code_life(self, left_s: int) -> None:
        self._code_left_s = left_s
        self.stirred.emit()

    def _on_outcome(self, outcome: Outcome, *, is_confirmation: bool) -> None:
        if self.outcome is None:  # no dialog needs the room any more
            self.window.page.arrangement.rows.setSizes(list(_HEIGHTS_PX))
        self.outcome = outcome
        self._is_settled = is_confirmation or outcome.kind is not OutcomeKind.CAPTURED
        QTimer.singleShot(0, self, self.stirred.emit)  # the timeline has its last line by then
