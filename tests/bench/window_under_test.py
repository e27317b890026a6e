"""The program's own window, in this process, so that a benchmark can look into it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from tray_auth_desktop import app
from tray_auth_desktop.cli.qt import make_application
from tray_auth_desktop.cli.window import WindowProgram
from tray_auth_desktop.configuration import Configuration, master_token_from_environment
from tray_auth_desktop.core.dialog_url import DialogRequest
from tray_auth_desktop.onboarding.limits import AttemptLimits


class WindowUnderTest:
    """Built as `tray-auth-desktop` builds it, from the environment.

    Args:
        arguments: Those of `create`: flags and values in turn.
    """

    def __init__(self, arguments: Sequence[str]) -> None:
        values = dict(zip(arguments[::2], arguments[1::2], strict=True))
        self._request = DialogRequest(
            values["--user-id"], values["--service-id"], values["--service-environment-id"]
        )
        configuration = Configuration(
            embedded_id=os.environ["TRAY_EMBEDDED_ID"],
            graphql_url=os.environ["TRAY_GRAPHQL_URL"],
            rest_url=os.environ["TRAY_REST_URL"],
            dialog_url=os.environ["TRAY_DIALOG_URL"],
            master_token=master_token_from_environment(),
            data_dir=Path(os.environ["TRAY_DATA_DIR"]),
        )
        account = app.Account(configuration)
        self._application = make_application(configuration)
        self.program = WindowProgram(self._application, account, configuration, AttemptLimits())

    def on_dialog_loaded(self, call: Callable[[], None]) -> None:
        """Call when a dialog's page is there."""
        self.program.desk.dialog_made.connect(lambda dialog: dialog.loaded.connect(call))

    def open_dialog(self) -> None:
        """Do what the button does."""
        self.program.desk.start(self._request)

    def run(self) -> None:
        """Show the window and run the event loop."""
        self.program.window.show()
        self._application.exec()

    def quit(self) -> None:
        """End the event loop."""
        self._application.quit()
